import { tidyPostcode } from '../people.ts';

// What somebody may mean by what they typed into the one box, and the words for why a person was found. No tables, no clock.

/** What was typed, taken apart. Each part may be empty; everything empty means that nothing can be looked for. */
export interface Asked {
  /** Names, as typed. */
  name: string;
  /** Days between which somebody is born, both included: one day, a month or a year. */
  born: { from: Temporal.PlainDate; to: Temporal.PlainDate } | undefined;
  /** Numbers by which other systems know somebody, without spaces, in the ways they may be kept. */
  numbers: string[];
  /** Postcodes as kept ("ML1 1AA"), or the beginnings of some ("ML1 1"). */
  postcodes: string[];
  /** Words of an address, in small letters. */
  place: string[];
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNames =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec';
const monthOf = (word: string): number => months.indexOf(word.slice(0, 3).toLowerCase()) + 1;

/** The four digits of a year written with two: the last that is not after today. */
function wholeYear(written: string, today: Temporal.PlainDate): number {
  const year = Number(written);
  if (written.length > 2) return year;
  const century = today.year - (today.year % 100);
  return century + year > today.year ? century + year - 100 : century + year;
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

type Born = NonNullable<Asked['born']>;
const oneDay = (day: Temporal.PlainDate | undefined): Born | undefined => day && { from: day, to: day };
function wholeMonth(year: number, month: number): Born | undefined {
  const from = dayOf(year, month, 1);
  return from && { from, to: from.with({ day: from.daysInMonth }) };
}

/** The ways in which a date of birth is written, surest first. Days come before months, as people here write them. */
const dates: readonly [RegExp, (parts: string[], today: Temporal.PlainDate) => Born | undefined][] = [
  [/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, ([y, m, d]) => oneDay(dayOf(Number(y), Number(m), Number(d)))],
  [
    /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/,
    ([d, m, y = ''], today) =>
      oneDay(
        dayOf(wholeYear(y, today), Number(m), Number(d)) ?? dayOf(wholeYear(y, today), Number(d), Number(m)),
      ),
  ],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(${monthNames})\\s+(\\d{4}|\\d{2})\\b`, 'i'),
    ([d, m = '', y = ''], today) => oneDay(dayOf(wholeYear(y, today), monthOf(m), Number(d))),
  ],
  [
    new RegExp(`\\b(${monthNames})\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'),
    ([m = '', d, y]) => oneDay(dayOf(Number(y), monthOf(m), Number(d))),
  ],
  [new RegExp(`\\b(${monthNames})\\s+(\\d{4})\\b`, 'i'), ([m = '', y]) => wholeMonth(Number(y), monthOf(m))],
  [/\b(\d{1,2})[/.](\d{4})\b/, ([m, y]) => wholeMonth(Number(y), Number(m))],
  [
    /\b(?:aged?\s+(\d{1,2})|(\d{1,2})\s*(?:yo|years? old|year old))\b/i,
    ([first, second], today) => {
      const years = Number(first || second);
      return { from: today.subtract({ years: years + 1 }).add({ days: 1 }), to: today.subtract({ years }) };
    },
  ],
  [
    /\b((?:19|20)\d\d)\b/,
    ([y]) => oneDay(dayOf(Number(y), 1, 1)) && { from: yearDay(y, 1, 1), to: yearDay(y, 12, 31) },
  ],
];
const yearDay = (year: string | undefined, month: number, day: number) =>
  Temporal.PlainDate.from({ year: Number(year), month, day });

function takeBorn(text: string, today: Temporal.PlainDate): [Born | undefined, string] {
  for (const [pattern, read] of dates) {
    const match = pattern.exec(text);
    const born = match ? read(match.slice(1), today) : undefined;
    if (match && born) return [born, text.replace(match[0], ' ')];
  }
  return [undefined, text];
}

/** Postcodes as kept that begin with what was typed: "ML11" begins "ML11 …" and "ML1 1…". */
function beginnings(typed: string): string[] {
  const close = typed.replaceAll(/\s/g, '').toUpperCase();
  const whole = tidyPostcode(close);
  if (whole) return [whole];
  const [outward = '', inward] = typed.toUpperCase().split(/\s+/);
  if (inward !== undefined) return [`${outward} ${inward}`];
  const found = new Set<string>();
  if (/^[A-Z]{1,2}\d[\dA-Z]?$/.test(close)) found.add(`${close} `);
  const split = /^([A-Z]{1,2}\d[\dA-Z]?)(\d[A-Z]?)$/.exec(close);
  if (split) found.add(`${split[1]} ${split[2]}`);
  const shorter = /^([A-Z]{1,2}\d)(\d[A-Z]?)$/.exec(close);
  if (shorter) found.add(`${shorter[1]} ${shorter[2]}`);
  return [...found];
}

const postcodeIn = /\b[A-Z]{1,2}\d[A-Z\d]?(?:\s*\d[A-Z]{2}|\s+\d[A-Z]?)?\b/i;

const streets =
  /^(street|st|road|rd|avenue|ave|lane|ln|drive|dr|crescent|cres|court|place|pl|terrace|gardens|gdns|way|close|wynd|view|square|sq|park|grove|brae|path|row)$/i;
const longer: Readonly<Record<string, string>> = {
  rd: 'road',
  ave: 'avenue',
  ln: 'lane',
  dr: 'drive',
  cres: 'crescent',
  pl: 'place',
  gdns: 'gardens',
  sq: 'square',
};

/**
 * Takes apart what was typed: "Rory 2012", "nowak march 2012", "14/2/12", a CHI number, "ML1 1AA", "12 Main Street". Whatever
 * is no date, number, postcode or address is a name. At most 200 characters are read.
 */
export function readAsked(typed: string, today: Temporal.PlainDate): Asked {
  let text = ` ${typed.slice(0, 200).normalize('NFC').replaceAll(/\s+/g, ' ')} `;
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) text = text.replace(found, ' ');
    return found?.trim();
  };
  // A CHI number is often typed with a space after the day.
  const chi = take(/(?<![\w/.-])\d{6}[ -]?\d{4}(?![\w/.-])/);
  const postcode = take(postcodeIn);
  const [born, rest] = takeBorn(text, today);
  text = rest;
  const words = text.trim().split(' ').filter(Boolean);
  const numbered = words.filter((word) => /\d/.test(word) && word.replaceAll(/\W/g, '').length >= 4);
  const others = words.filter((word) => !numbered.includes(word));
  const houses = others.some((word) => /\d/.test(word));
  const names = others.filter((word) => !/\d/.test(word) && /\p{L}/u.test(word));
  const isAddress = names.length > 0 && (houses || (names.length > 1 && names.some((w) => streets.test(w))));
  const compact = [chi, ...numbered].filter((each) => each !== undefined);
  return {
    name: isAddress && houses && names.some((word) => streets.test(word)) ? '' : names.join(' '),
    born,
    numbers: [
      ...new Set(
        compact.flatMap((each) => [
          each.replaceAll(/[\s-]/g, ''),
          each,
          each.replaceAll(/[\s-]/g, '').toUpperCase(),
        ]),
      ),
    ],
    postcodes: postcode ? beginnings(postcode) : [],
    place: isAddress ? others.map((word) => longer[word.toLowerCase()] ?? word.toLowerCase()) : [],
  };
}

/** Whether there is anything to look for. */
export const asksNothing = ({ name, born, numbers, postcodes, place }: Asked): boolean =>
  name === '' && born === undefined && numbers.length + postcodes.length + place.length === 0;

/** Why somebody was found, as the database says it: `said` is the word typed, `name` the word or the address it met. */
interface Why {
  how: 'same' | 'form' | 'sound' | 'slip' | 'start' | 'number' | 'born' | 'born near' | 'place';
  said?: string | undefined;
  name?: string | undefined;
  /** Whether it is a name other than the one they go by. */
  earlier?: boolean | undefined;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A Latin word as the database compares it: small letters without accents and apostrophes. */
const plain = (word: string): string =>
  word
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f'’]/g, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replace(/^mc(?=[a-z])/, 'mac');

/** A compared word as somebody wrote it, where that can be told; with a capital where not. */
const asWritten = (word: string | undefined, texts: readonly string[]): string =>
  capital(texts.flatMap((text) => text.split(/[\s,-]+/)).find((each) => plain(each) === word) ?? word ?? '');

/** What is known of somebody besides why they were found, for saying it in words. */
interface Known {
  /** What was typed. */
  typed: string;
  /** The name they go by, given and family name. */
  name: string;
  /** Names they are known as as well; earlier names are not repeated. */
  knownAs: readonly string[];
  /** The kinds of number of theirs that were typed. */
  schemes: readonly string[];
}

const schemeText = (scheme: string): string =>
  ({ CHI: 'CHI number', SCN: 'Scottish Candidate Number', other: 'number' })[scheme] ?? `${scheme} number`;

/** One reason in words; empty where the name is just as it was typed. */
function whyOne(why: Why, { typed, name, knownAs, schemes }: Known): string {
  if (why.how === 'number') return `same ${schemes.map(schemeText).join(' and ') || 'number'}`;
  if (why.how === 'born') return 'born when you said';
  if (why.how === 'born near') return 'born near when you said';
  if (why.how === 'place') return `has or had a home at ${why.name}`;
  const said = asWritten(why.said, [typed]);
  const also = why.earlier
    ? knownAs.find((each) => each.split(/[\s-]+/).some((word) => plain(word) === why.name))
    : undefined;
  // A name that somebody has left behind is found by, and not said.
  if (why.earlier && also === undefined) return 'by another name they had';
  const met = asWritten(why.name, [name, ...knownAs]);
  const alike = {
    same: '',
    form: `${met} and ${said} are forms of one name`,
    sound: `${met} sounds like ${said}`,
    slip: `${met} is spelt nearly like ${said}`,
    start: `${met} begins with ${said}`,
  }[why.how];
  return [alike, also === undefined ? '' : `also known as ${also}`]
    .filter((words) => words !== '')
    .join('; ');
}

/** Why somebody was found, in one line: "Iain and Ian are forms of one name; born when you said". */
export function whyText(whys: readonly Why[], known: Known): string {
  const said = [...new Set(whys.map((why) => whyOne(why, known)))].filter((words) => words !== '');
  return said.length === 0 ? 'Same name' : capital(said.join('; '));
}
