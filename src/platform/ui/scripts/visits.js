// What is written with no signal: sealed, kept on the device, and sent. The page (visit.js) and the service worker (visit-worker.js)
// both use it, as `kithVisits`. A visit is sealed to a key whose other half only the server has: nothing that is kept here can be
// read on the device, by anybody, from then on. src/record/offline/seal.ts opens it.

const kithVisits = (() => {
  const INFO = 'kith visit 1';
  const KEYS = '/api/queries/visits.keys';
  const SESSION = '/api/session';
  const ARRIVE = '/api/actions/visits.arrive';
  const WAIT_MS = 30_000;

  const text = new TextEncoder();

  const base64url = (bytes) => {
    let letters = '';
    for (const byte of new Uint8Array(bytes)) letters += String.fromCharCode(byte);
    return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  };

  const bytesOf = (letters) =>
    Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));

  // What is kept.

  let opened;
  const database = () => {
    opened ??= new Promise((resolve, reject) => {
      const asking = indexedDB.open('kith-visits', 1);
      asking.onupgradeneeded = () => {
        asking.result.createObjectStore('visits', { keyPath: 'visit' });
        asking.result.createObjectStore('device', { keyPath: 'name' });
      };
      asking.onsuccess = () => resolve(asking.result);
      asking.onerror = () => {
        opened = undefined;
        reject(asking.error);
      };
    });
    return opened;
  };

  /** Does something with a store and gives the answer once it is on the disk. */
  const withStore = async (name, mode, work) => {
    const within = (await database()).transaction(name, mode, { durability: 'strict' });
    const asking = work(within.objectStore(name));
    await new Promise((resolve, reject) => {
      within.oncomplete = resolve;
      within.onerror = () => reject(within.error);
      within.onabort = () => reject(within.error);
    });
    return asking.result;
  };

  const all = () => withStore('visits', 'readonly', (store) => store.getAll());
  const put = (visit) => withStore('visits', 'readwrite', (store) => store.put(visit));
  const remove = (id) => withStore('visits', 'readwrite', (store) => store.delete(id));
  /** Whose the device was when it last had signal: `{ now: { id, point }, ids }`, public keys and nothing else. */
  const keys = () => withStore('device', 'readonly', (store) => store.get('keys')).then((kept) => kept?.keys);
  const keepKeys = (now) =>
    withStore('device', 'readwrite', (store) => store.put({ name: 'keys', keys: now }));

  // Sealing: ECDH on P-256 with a key made for this visit and never kept, HKDF, AES-256-GCM.

  const seal = async (visit, key, content) => {
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const theirs = bytesOf(key.point);
    const mine = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
    const from = new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey));
    const shared = await crypto.subtle.deriveBits(
      { name: 'ECDH', public: await crypto.subtle.importKey('raw', theirs, curve, false, []) },
      mine.privateKey,
      256,
    );
    const salt = new Uint8Array([...from, ...theirs]);
    const sealing = await crypto.subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt, info: text.encode(INFO) },
      await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']),
      { name: 'AES-GCM', length: 256 },
      false,
      ['encrypt'],
    );
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const words = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: text.encode(`${INFO} ${visit} ${key.id}`) },
      sealing,
      text.encode(JSON.stringify(content)),
    );
    return { visit, key: key.id, from: base64url(from), iv: base64url(iv), words: base64url(words) };
  };

  // Sending.

  /** The lock that a page holds on the visit that is being written in it, so that it is not sent half written. */
  const writing = (id) => `kith visit ${id}`;

  const ask = (address, more = {}) =>
    fetch(address, {
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(WAIT_MS),
      ...more,
      headers: { accept: 'application/json', ...more.headers },
    });

  /** What an answer that is not "yes" means for the visits that wait. */
  const stateFrom = (status) => {
    if (status === 401 || status === 403) return 'signed out';
    return status >= 500 || status === 429 ? 'not now' : 'refused';
  };

  /** Who is signed in now, as far as sending needs it. Keeps their keys, for writing later with no signal. */
  const session = async () => {
    const [about, asked] = await Promise.all([ask(SESSION), ask(KEYS)]);
    const wrong = [about, asked].find((answer) => !answer.ok);
    if (wrong) return { state: stateFrom(wrong.status) };
    const [{ csrf }, { rows }] = await Promise.all([about.json(), asked.json()]);
    await keepKeys(rows[0]);
    return { csrf, keys: rows[0] };
  };

  const sendOne = async ({ sealed }, csrf) => {
    const answer = await ask(ARRIVE, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
      body: JSON.stringify(sealed),
    });
    if (answer.ok) {
      // Only now is it anywhere else. If this answer is lost the visit is sent again, and is still one.
      await remove(sealed.visit);
      return { state: 'arrived' };
    }
    const state = stateFrom(answer.status);
    if (state !== 'refused') return { state };
    const why = await answer.json().catch(() => ({}));
    return { state, why: [why.title, why.detail].filter(Boolean).join('. ') };
  };

  /** Sends one that nobody is writing at this moment; nothing when somebody is. */
  const sendUnlessWriting = (visit, csrf) =>
    visit.finished
      ? sendOne(visit, csrf)
      : navigator.locks.request(writing(visit.visit), { ifAvailable: true }, (lock) =>
          lock ? sendOne(visit, csrf) : undefined,
        );

  const sendAll = async () => {
    const outcome = { arrived: 0, state: 'nothing waits', refused: {}, keys: undefined };
    if ((await all()).length === 0) return outcome;
    try {
      const now = await session();
      if (now.state) return { ...outcome, state: now.state };
      outcome.keys = now.keys;
      outcome.state = 'sent';
      const theirs = (await all()).filter(({ key }) => now.keys.ids.includes(key));
      for (const visit of theirs) {
        const done = await sendUnlessWriting(visit, now.csrf);
        if (done?.state === 'arrived') outcome.arrived++;
        else if (done?.state === 'refused') outcome.refused[visit.visit] = done.why;
        else if (done) outcome.state = done.state;
        if (done?.state === 'signed out') break;
      }
    } catch {
      outcome.state = 'no signal';
    }
    return outcome;
  };

  /**
   * Sends whatever waits of whoever is signed in, one sender at a time. `state`: 'nothing waits', 'sent', 'no signal', 'not now',
   * 'signed out' or 'refused'. A visit leaves the device only when the server has said that it has it.
   */
  const send = () => navigator.locks.request('kith visits', sendAll);

  return { all, put, remove, keys, keepKeys, session, seal, send, writing, channel: 'kith visits' };
})();

globalThis.kithVisits = kithVisits;
