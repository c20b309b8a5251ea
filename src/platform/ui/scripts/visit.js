// Writing a visit, with signal or without. What is typed is sealed and kept on the device at each pause (visits.js), and sent when
// there is signal. Where the browser cannot do that, the form is sent to the server as any other.

const PAUSE_MS = 800;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 300_000;
const LONGEST = 600_000;
const WORKER = '/visit-worker.js';
const PAGE = '/visit';

const words = {
  preparing: 'Getting this device ready …',
  ready: 'This device is ready: you can write here with no signal.',
  noSignal: 'No signal. What you write is saved here, and sent when there is signal.',
  notNow: 'The server does not answer. What you wrote is saved here; we will try again.',
  signedOut: 'Sign in to send what you have written. It is saved here until then.',
  somebodyElse:
    'Somebody else is signed in here now. What you have written is saved here, and is sent when you sign in again.',
  mayNot: 'What you wrote could not be taken. It is saved here: tell whoever looks after Kith.',
  arrived: 'What you wrote has arrived. Choose the family and sign it.',
  saved: 'Saved here.',
  empty: 'Write what happened',
  tooLong: 'This is more than one visit can hold. Put some of it in a second visit',
  failed: 'Not saved: this device could not keep it. Keep this page open, and copy what you wrote.',
  notReady: 'This device is not ready yet. Open this page once with signal, signed in.',
};

const place = document.querySelector('[data-visit]');
const form = place?.querySelector('form');
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

const whenText = (at) => {
  const day = new Date(at);
  return day.toDateString() === new Date().toDateString()
    ? `at ${clock.format(day)}`
    : `on ${calendar.format(day)} at ${clock.format(day)}`;
};

const element = (name, className, content) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(content);
  return made;
};

const begin = (mine) => {
  const { kithVisits: visits } = globalThis;
  const device = place.querySelector('[data-visit-device]');
  const list = place.querySelector('[data-visit-list]');
  const status = place.querySelector('[data-visit-status]');
  const kept = place.querySelector('[data-visit-kept]');
  const box = form.elements.namedItem('words');

  const described = box.getAttribute('aria-describedby') ?? '';

  let id;
  let letGo = () => {};
  let first = '';
  let saved = '';
  let timer;
  let saving = Promise.resolve();
  let retry;
  let retryMs = FIRST_RETRY_MS;
  let refused = {};
  const awaited = new Set();
  let prepared = false;

  const say = (where, state, message) => {
    where.dataset.state = state;
    if (where.textContent !== message) where.textContent = message;
  };

  const typed = () => Object.fromEntries([...new FormData(form)].filter(([name]) => !name.startsWith('_')));

  const item = ({ visit, at, finished }) => {
    const line = element('li', '', element('span', 'ds_tag kith-tag ds_tag--yellow', 'Saved here'));
    line.append(` A visit written ${whenText(at)}${finished ? '' : ', not finished'}`);
    if (refused[visit]) line.append(element('p', 'ds_question__error-message', refused[visit]));
    return line;
  };

  /** One that is being written in another window is sent when that window lets go of it. */
  const sendOnceClosed = (visit) => {
    if (awaited.has(visit)) return;
    awaited.add(visit);
    navigator.locks.request(visits.writing(visit), () => {}).then(() => send());
  };

  const show = async () => {
    const ours = (await visits.all()).filter(({ key, visit }) => mine.ids.includes(key) && visit !== id);
    list.replaceChildren(...ours.toSorted((one, other) => one.at.localeCompare(other.at)).map(item));
    device.hidden = ours.length === 0;
    for (const { visit, finished } of ours) if (!finished) sendOnceClosed(visit);
    return ours.length;
  };

  // A visit that is being written.

  const startVisit = () => {
    letGo();
    id = crypto.randomUUID();
    navigator.locks.request(visits.writing(id), () => new Promise((resolve) => (letGo = resolve)));
    first = JSON.stringify(typed());
    saved = first;
  };

  /** Seals what is in the form now, over what was sealed of it before. */
  const keepNow = async (finished) => {
    const fields = typed();
    const now = JSON.stringify(fields);
    if (!finished && now === saved) return;
    if (!finished && now === first) {
      await visits.remove(id);
      saved = now;
      say(kept, 'saved', '');
      return;
    }
    if (now.length > LONGEST) throw new RangeError(words.tooLong);
    const at = new Date().toISOString();
    const sealed = await visits.seal(id, mine.now, { fields, at, finished });
    await visits.put({ visit: id, key: mine.now.id, at, finished, sealed });
    saved = now;
    say(kept, 'saved', `Saved here ${clock.format(new Date())}`);
  };

  /** One after the other, so that what was typed last is what is kept. */
  const keep = (finished) => {
    clearTimeout(timer);
    const before = saving;
    saving = (async () => {
      await before.catch(() => {});
      await keepNow(finished);
    })();
    return saving;
  };

  const failed = (error) =>
    say(kept, 'failed', error instanceof RangeError ? `${error.message}.` : words.failed);

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(false).catch(failed), PAUSE_MS);
  };

  const blame = (message) => {
    const question = box.closest('.ds_question');
    question.querySelector('.ds_question__error-message')?.remove();
    question.classList.toggle('ds_question--error', message !== '');
    box.classList.toggle('ds_input--error', message !== '');
    box.toggleAttribute('aria-invalid', message !== '');
    box.setAttribute('aria-describedby', described);
    if (message === '') return;
    const sentence = element('p', 'ds_question__error-message', message);
    sentence.id = 'visit-words-error';
    box.setAttribute('aria-describedby', `${described} ${sentence.id}`.trim());
    sentence.setAttribute('role', 'alert');
    box.setAttribute('aria-invalid', 'true');
    box.before(sentence);
    box.focus();
  };

  // Sending.

  /** What has arrived, as the server shows it: the part of the page that is only there with signal. */
  const showArrived = async () => {
    const answer = await fetch(PAGE, { redirect: 'manual', headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const there = page.querySelector('[data-visit-arrived]');
    if (there) place.querySelector('[data-visit-arrived]')?.replaceChildren(...there.childNodes);
  };

  const signIn = () => {
    const link = element('a', '', 'Sign in');
    link.href = `/sign-in?to=${PAGE}`;
    status.append(' ', link);
  };

  const sayHowItStands = () => {
    if (!navigator.onLine) say(status, 'failed', words.noSignal);
    else say(status, 'saved', prepared ? words.ready : words.preparing);
  };

  const sayOutcome = (outcome, waiting) => {
    const other = outcome.keys && !outcome.keys.ids.includes(mine.now.id);
    if (outcome.state === 'no signal') say(status, 'failed', words.noSignal);
    else if (outcome.state === 'not now') say(status, 'failed', words.notNow);
    else if (outcome.state === 'signed out') {
      say(status, 'failed', words.signedOut);
      signIn();
    } else if (waiting > 0 && other) say(status, 'failed', words.somebodyElse);
    else if (outcome.state === 'refused' || Object.keys(outcome.refused).length > 0)
      say(status, 'failed', words.mayNot);
    else if (outcome.arrived > 0) say(status, 'saved', words.arrived);
    else sayHowItStands();
  };

  const hear = async (outcome) => {
    refused = outcome.refused;
    const waiting = await show();
    sayOutcome(outcome, waiting);
    if (outcome.arrived > 0) await showArrived().catch(() => {});
    clearTimeout(retry);
    if (outcome.state === 'no signal' || outcome.state === 'not now') {
      retry = setTimeout(send, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    } else retryMs = FIRST_RETRY_MS;
  };

  const send = () => visits.send().then(hear).catch(failed);

  const sendWhenThereIsSignal = async () => {
    const worker = await navigator.serviceWorker?.getRegistration(PAGE);
    await worker?.sync?.register(visits.channel).catch(() => {});
  };

  form.addEventListener('input', later);
  form.addEventListener('change', later);
  addEventListener('pagehide', () => keep(false).catch(() => {}));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') keep(false).catch(failed);
    else send();
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const empty = box.value.trim() === '';
    const tooLong = JSON.stringify(typed()).length > LONGEST;
    blame(empty ? words.empty : tooLong ? words.tooLong : '');
    if (empty || tooLong) return;
    try {
      await keep(true);
    } catch (error) {
      failed(error);
      return;
    }
    form.reset();
    setDay();
    say(kept, 'saved', '');
    startVisit();
    say(status, 'saved', words.saved);
    await show();
    status.focus();
    navigator.storage?.persist?.().catch(() => {});
    await sendWhenThereIsSignal().catch(() => {});
    await send();
  });

  const setDay = () => {
    const day = form.elements.namedItem('on');
    const now = new Date();
    if (day.value === '') day.value = `${now.getDate()}/${now.getMonth() + 1}/${now.getFullYear()}`;
  };

  addEventListener('online', send);
  addEventListener('offline', () => say(status, 'failed', words.noSignal));
  new BroadcastChannel(visits.channel).addEventListener('message', ({ data }) => hear(data));

  // What browsers keep of a form to bring it back after a crash would be readable.
  form.autocomplete = 'off';
  setDay();
  startVisit();
  place.querySelector('[data-visit-signal]').hidden = false;
  sayHowItStands();
  navigator.serviceWorker.ready.then(() => {
    prepared = true;
    if (status.textContent === words.preparing) sayHowItStands();
  });
  show().then(send).catch(failed);
};

const ready = async () => {
  const { kithVisits: visits } = globalThis;
  const given = place.dataset.visit === '' ? undefined : JSON.parse(place.dataset.visit);
  if (given) {
    await visits.keepKeys(given);
    await navigator.serviceWorker.register(WORKER, { scope: PAGE, updateViaCache: 'none' });
  }
  const mine = given ?? (await visits.keys());
  if (mine) begin(mine);
  else notReady();
};

/** The page that is kept on the device, where it can do nothing: there is nowhere to send the form. */
const notReady = () => {
  place.querySelector('[data-visit-signal]').hidden = false;
  place.querySelector('[data-visit-status]').textContent = words.notReady;
  form.querySelector('button').disabled = true;
};

// Where there is no sealing, or nothing can be kept, the form is an ordinary one.
const able = globalThis.isSecureContext && navigator.serviceWorker && crypto.subtle && navigator.locks;
const beginIfAble = () => (able ? ready() : Promise.reject(new Error(words.notReady)));
if (form) {
  beginIfAble().catch(() => {
    if (place.dataset.visit === '') notReady();
  });
}
