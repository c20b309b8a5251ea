// The service worker of /visit. It keeps the empty page for writing a visit, with its styles, scripts and fonts: nothing that anybody
// has written, and nothing of any other page. The server puts visits.js and the list of what is kept (`kept`) before it.

const SLOW_MS = 5000;
const cacheName = `kith-visit-${kept.version}`;

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(kept.files.map((file) => new Request(file, { credentials: 'omit' }))))
      .then(() => skipWaiting()),
  );
});

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))),
      )
      .then(() => clients.claim()),
  );
});

/** The page from the server; where that does not answer, or only says that it cannot, the empty one. */
const page = async (request) => {
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise((_resolve, reject) => {
        setTimeout(reject, SLOW_MS, new Error('no answer'));
      }),
    ]);
    if (answer.status < 500) return answer;
  } catch {
    // No signal, or so little that it comes to the same.
  }
  return (await caches.match(kept.page)) ?? Response.error();
};

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname === kept.address) event.respondWith(page(request));
  } else if (kept.files.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((found) => found ?? fetch(request)));
  }
});

const tell = (outcome) => {
  const channel = new BroadcastChannel(kithVisits.channel);
  channel.postMessage(outcome);
  channel.close();
};

addEventListener('sync', (event) => {
  if (event.tag !== kithVisits.channel) return;
  event.waitUntil(
    kithVisits.send().then((outcome) => {
      tell(outcome);
      // The browser tries again later. Whoever has to sign in first does that in the page.
      if (outcome.state === 'no signal' || outcome.state === 'not now') throw new Error(outcome.state);
    }),
  );
});
