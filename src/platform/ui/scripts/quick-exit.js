// Leaving at once. The link works without this; with it the page that is left takes no place of its own in the browser's history, and a
// page of a form that the browser kept by itself is asked for again when somebody comes back to it.
for (const link of document.querySelectorAll('a[data-leave]')) {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    document.title = '';
    document.body.hidden = true;
    location.replace(link.href);
  });
}
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
