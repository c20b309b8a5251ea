// Stops the second click of a double click from sending a form twice. It lets go again after a few seconds, and when the
// page is shown again, so that nobody is ever kept from sending once more after a failure.

const HOLD_MS = 3000;

/** @type {WeakMap<HTMLFormElement, number>} */
const sentAt = new WeakMap();

const letGo = (form) => {
  sentAt.delete(form);
  for (const button of form.querySelectorAll('[data-sending]')) button.removeAttribute('data-sending');
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !('once' in form.dataset) || event.defaultPrevented) return;
  if (performance.now() - (sentAt.get(form) ?? Number.NEGATIVE_INFINITY) < HOLD_MS) {
    event.preventDefault();
    return;
  }
  sentAt.set(form, performance.now());
  event.submitter?.setAttribute('data-sending', '');
  setTimeout(letGo, HOLD_MS, form);
});

addEventListener('pageshow', () => {
  for (const form of document.forms) letGo(form);
});
