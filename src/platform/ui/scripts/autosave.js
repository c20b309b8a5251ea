// Keeps what people type on the server while they type it. A form with data-draft="name" is sent to /drafts/name when they
// pause, and when they leave the page. Passwords, files and hidden values are never sent.

const PAUSE_MS = 800;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 60_000;

const words = {
  offline: 'Not saved: no connection. Keep this page open; we will try again.',
  refused:
    'Not saved: you may have been signed out. Keep this page open and sign in again in another tab; we will try again.',
  tooLong: 'Not saved: there is more here than can be kept. What you wrote is still on this page.',
  failed: 'Not saved: something went wrong. Keep this page open; we will try again.',
};

const typedByPeople = (control) =>
  control.name !== '' &&
  !control.name.startsWith('_') &&
  !control.disabled &&
  !['hidden', 'password', 'file', 'submit', 'button', 'reset', 'image'].includes(control.type) &&
  !['one-time-code', 'current-password', 'new-password'].includes(control.autocomplete) &&
  (!['checkbox', 'radio'].includes(control.type) || control.checked);

/** What stands in the form, as name and value pairs in the order of the page. */
const typed = (form) => {
  const body = new URLSearchParams();
  for (const control of form.elements) {
    if (control instanceof HTMLFieldSetElement || !typedByPeople(control)) continue;
    const values =
      control instanceof HTMLSelectElement
        ? [...control.selectedOptions].map((option) => option.value)
        : [control.value];
    for (const value of values) body.append(control.name, value);
  }
  return body;
};

const why = (status) => {
  if (status === 401 || status === 403) return words.refused;
  return status === 413 ? words.tooLong : words.failed;
};

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const keep = (form) => {
  const address = `/drafts/${encodeURIComponent(form.dataset.draft)}`;
  const status = form.querySelector('[data-draft-status]');
  let kept = typed(form).toString();
  let timer;
  let retryMs = FIRST_RETRY_MS;
  let inFlight;
  let leaving = false;

  const say = (state, text) => {
    if (!status) return;
    status.dataset.state = state;
    // Only a change of words is read out, so a long loss of connection is announced once.
    if (status.textContent !== text) status.textContent = text;
  };

  const withToken = (body) => {
    const sent = new URLSearchParams(body);
    sent.set('_csrf', form.elements.namedItem('_csrf')?.value ?? '');
    return sent;
  };

  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };

  const tryAgain = (text) => {
    say('failed', text);
    later(retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  };

  const save = async () => {
    clearTimeout(timer);
    if (leaving || inFlight) return;
    const now = typed(form).toString();
    if (now === kept) return;
    inFlight = new AbortController();
    try {
      const answer = await fetch(address, {
        method: 'POST',
        body: withToken(now),
        headers: { accept: 'application/json' },
        redirect: 'manual',
        signal: inFlight.signal,
      });
      inFlight = undefined;
      // A redirect means that the session has ended: the server is sending us to sign in.
      const code = answer.type === 'opaqueredirect' ? 401 : answer.status;
      if (answer.ok) {
        kept = now;
        retryMs = FIRST_RETRY_MS;
        say('saved', `Saved ${clock.format(new Date())}`);
        if (typed(form).toString() !== kept) later(PAUSE_MS);
      } else if (code === 413) {
        say('failed', why(code));
      } else {
        tryAgain(why(code));
      }
    } catch {
      inFlight = undefined;
      if (!leaving) tryAgain(words.offline);
    }
  };

  form.addEventListener('input', () => later(PAUSE_MS));
  form.addEventListener('change', () => later(PAUSE_MS));
  addEventListener('online', save);

  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    // The form itself now carries the words; a draft arriving after it would come back from the dead.
    leaving = true;
    clearTimeout(timer);
    inFlight?.abort();
    setTimeout(() => {
      leaving = false;
    }, 10_000);
  });

  addEventListener('pagehide', () => {
    const now = typed(form).toString();
    if (leaving || now === kept) return;
    if (navigator.sendBeacon(address, withToken(now))) kept = now;
  });

  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    leaving = false;
    later(PAUSE_MS);
  });
};

for (const form of document.querySelectorAll('form[data-draft]')) keep(form);
