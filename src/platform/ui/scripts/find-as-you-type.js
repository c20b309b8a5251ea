// Answers a search while it is typed. On a page with [data-find-results], the form's own page is asked for with what stands in
// the box, and its results take the place of those shown. Without this script the form is sent as any other.

const PAUSE_MS = 250;
const FEWEST_LETTERS = 2;
const LONGEST_WAIT_MS = 30_000;

const words = {
  looking: 'Looking …',
  failed: 'The search did not work. Press Find to try again.',
  tooMany: 'There have been very many searches from here. Wait a little, then press Find.',
};

const results = document.querySelector('[data-find-results]');
const status = document.querySelector('[data-find-status]');
const form = document.querySelector('search form');
const box = form?.querySelector('input[type="search"]');

const begin = () => {
  // What stands there when nothing is asked; on a page that opens with results, nothing.
  const first = box.value.trim() === '' ? [...results.childNodes] : [];
  let shown = box.value.trim();
  let timer;
  let slow;
  let inFlight;
  let notBefore = 0;

  const say = (text) => {
    // Only a change of words is read out.
    if (status.textContent !== text) status.textContent = text;
  };

  const wait = (ms) => {
    notBefore = performance.now() + ms;
  };

  const show = (text, page) => {
    shown = text;
    results.replaceChildren(...(page.querySelector('[data-find-results]')?.childNodes ?? []));
    say(page.querySelector('[data-find-status]')?.textContent ?? '');
    const address = new URL(form.action);
    address.searchParams.set(box.name, text);
    // What is shown has an address of its own, so that the way back leads to it.
    history.replaceState(null, '', address);
  };

  const look = async () => {
    const text = box.value.trim();
    inFlight?.abort();
    clearTimeout(slow);
    if (text === shown || performance.now() < notBefore) return;
    if (text === '') {
      shown = text;
      results.replaceChildren(...first);
      say('');
      return;
    }
    if (text.length < FEWEST_LETTERS) return;
    const mine = new AbortController();
    inFlight = mine;
    slow = setTimeout(say, 1000, words.looking);
    try {
      const address = new URL(form.action);
      address.searchParams.set(box.name, text);
      const answer = await fetch(address, {
        signal: mine.signal,
        redirect: 'manual',
        headers: { accept: 'text/html' },
      });
      if (answer.type === 'opaqueredirect') {
        // The session has ended: the server sends us to sign in, and back here afterwards.
        location.assign(address);
        return;
      }
      if (answer.status === 429) wait(LONGEST_WAIT_MS);
      if (!answer.ok) {
        say(answer.status === 429 ? words.tooMany : words.failed);
        return;
      }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (!mine.signal.aborted) show(text, page);
    } catch {
      if (!mine.signal.aborted) say(words.failed);
    } finally {
      if (inFlight === mine) clearTimeout(slow);
    }
  };

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });

  // The arrow keys go from the box to the people found, and between them.
  form.closest('main').addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const people = [...results.querySelectorAll('tbody th a')];
    const at = people.indexOf(document.activeElement);
    if (people.length === 0 || (at < 0 && document.activeElement !== box)) return;
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    (people[Math.min(next, people.length - 1)] ?? box).focus();
  });
};

if (results && status && box) begin();
