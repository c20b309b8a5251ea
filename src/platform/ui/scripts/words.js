// Words to think about, said under a field while somebody writes in it. The server does the same when the form is sent to be
// checked; without this script that is the way. Nothing that is written is ever changed here.

const PAUSE_MS = 700;

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

// A phrase, however its dashes and spaces are written.
const pattern = (phrase) =>
  phrase
    .toLowerCase()
    .split(/[\s-]+/)
    .map(escaped)
    .join('[\\s-]*');

const same = (phrase) => phrase.toLowerCase().replaceAll(/[\s-]/g, '');

const quoted = /“[^”]*(?:”|$)|"[^"\n]*"|‘(?:[^’\n]|’(?=\p{L}))*(?:’|$)|«[^»]*»/gu;

const begin = (place) => {
  const field = document.getElementById(place.dataset.wordsFor);
  const shown = place.querySelector('[data-words-found]');
  if (!field || !shown) return;
  const list = JSON.parse(place.dataset.words);
  const most = Number(place.dataset.wordsMost);
  const known = new Map(list.map(([phrase, instead, why]) => [same(phrase), { instead, why }]));
  // The longest first, so that "contact centre" is not taken for "contact".
  const phrases = list
    .map(([phrase]) => phrase)
    .sort((one, other) => other.length - one.length)
    .map(pattern);
  if (phrases.length === 0) return;
  const any = new RegExp(`(?<![\\p{L}-])(?:${phrases.join('|')})(?![\\p{L}-])`, 'giu');

  const look = () => {
    // A child's own words are left alone: what stands in quotation marks is not looked at.
    const text = field.value.replaceAll(quoted, (words) => ' '.repeat(words.length));
    const found = new Map();
    for (const [wrote] of text.matchAll(any)) {
      const entry = known.get(same(wrote));
      if (entry && entry.instead !== '' && !found.has(wrote.toLowerCase()))
        found.set(wrote.toLowerCase(), { wrote, ...entry });
    }
    const lines = [...found.values()]
      .slice(0, most)
      .map(({ wrote, instead, why }) => `You wrote “${wrote}”. Could it be “${instead}”? ${why}.`);
    const before = [...shown.querySelectorAll('li')].map((line) => line.textContent.replaceAll(/\s+/g, ' '));
    if (lines.join('\n') === before.join('\n')) return;
    if (lines.length === 0) {
      shown.replaceChildren();
      return;
    }
    const items = document.createElement('ul');
    for (const line of lines) {
      const item = document.createElement('li');
      item.textContent = line;
      items.append(item);
    }
    const words = document.createElement('div');
    words.className = 'ds_inset-text__text';
    words.append(items);
    const inset = document.createElement('div');
    inset.className = 'ds_inset-text kith-inset';
    inset.append(words);
    shown.replaceChildren(inset);
  };

  let timer;
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
};

for (const place of document.querySelectorAll('[data-words-for]')) begin(place);
