import { dayFrom } from '../../platform/actions/fields.ts';
import { dayText, months, monthText } from '../../platform/days.ts';
import { ageOn, ageText } from '../people.ts';

// Rules about who somebody is: dates half known, numbers, names over time. Nothing here reads a clock, a table or a form.

/** How much of a date is known: the whole day, the month, the year, or only about which year. */
export const precisions = ['day', 'month', 'year', 'about'] as const;
export type Precision = (typeof precisions)[number];

/** A date of which not everything may be known. `day` is the first day it can be: 1 March 2012 for "March 2012". */
export interface PartDay {
  day: Temporal.PlainDate;
  known: Precision;
}

const monthFrom = (written: string): number | undefined => {
  const at = months.findIndex((name) => name.toLowerCase().startsWith(written.toLowerCase()));
  return written.length >= 3 && at >= 0 ? at + 1 : undefined;
};

const inTheRecord = (year: number): boolean => year >= 1900 && year <= 2199;

const firstOf = (year: number, month: number, known: Precision): PartDay | undefined =>
  inTheRecord(year) && month >= 1 && month <= 12
    ? { day: Temporal.PlainDate.from({ year, month, day: 1 }), known }
    : undefined;

/**
 * A date as people write it when they know it wholly or in part: "14/3/2012", "14 March 2012", "March 2012", "3/2012", "2012",
 * "about 2012". `undefined` for anything else, and for years before 1900 or after 2199.
 */
export function partDayFrom(written: string): PartDay | undefined {
  const said = written.trim().replaceAll(/\s+/g, ' ');
  const about = /^(?:about|around|circa|c\.?)\s?(\d{4})$/i.exec(said);
  if (about) return firstOf(Number(about[1]), 1, 'about');
  if (/^\d{4}$/.test(said)) return firstOf(Number(said), 1, 'year');
  const numbers = /^(\d{1,2})[/.-](\d{4})$/.exec(said);
  if (numbers) return firstOf(Number(numbers[2]), Number(numbers[1]), 'month');
  const iso = /^(\d{4})-(\d{2})$/.exec(said);
  if (iso) return firstOf(Number(iso[1]), Number(iso[2]), 'month');
  const worded = /^([A-Za-z]{3,9}) (\d{4})$/.exec(said);
  if (worded) return firstOf(Number(worded[2]), monthFrom(worded[1] ?? '') ?? 0, 'month');
  const day = dayFrom(said);
  return day && inTheRecord(day.year) ? { day, known: 'day' } : undefined;
}

/** A date as people read it, saying no more than is known: "14 March 2012", "March 2012", "2012", "about 2012". */
export function partDayText({ day, known }: PartDay): string {
  if (known === 'day') return dayText(day);
  if (known === 'month') return monthText(day);
  return known === 'year' ? String(day.year) : `about ${day.year}`;
}

/** The last day that a date half known can be; for "about 2012" the end of that year, though it may be out by more. */
export function lastDayOf({ day, known }: PartDay): Temporal.PlainDate {
  if (known === 'day') return day;
  return known === 'month' ? day.with({ day: day.daysInMonth }) : day.with({ month: 12, day: 31 });
}

const monthsBetween = (from: Temporal.PlainDate, on: Temporal.PlainDate): number =>
  from.until(on, { largestUnit: 'month' }).months;

/**
 * An age in words, no surer than the date of birth: "14", "13 or 14", "about 14", "4 or 5 months", "under 2". The day is that
 * on which the age is asked for, or that of the death.
 */
export function ageWords(birth: PartDay, on: Temporal.PlainDate): string {
  const last = lastDayOf(birth);
  const most = ageOn(birth.day, on);
  if (birth.known === 'about') return most < 2 ? 'under 2' : `about ${most}`;
  if (ageText(birth.day, on) === ageText(last, on)) return ageText(birth.day, on);
  if (most >= 2) return `${ageOn(last, on)} or ${most}`;
  if (birth.known === 'year') return `under ${most + 1}`;
  const oldest = monthsBetween(birth.day, on);
  return oldest === 0 ? 'under 1 month' : `${oldest - 1} or ${oldest} months`;
}

/** When somebody not yet born is expected, as it is said at the top of a page: the month is enough. */
export const expectedText = (expected: Temporal.PlainDate): string => `expected in ${monthText(expected)}`;

const scnWeights = [3, 2, 7, 6, 5, 4, 3, 2];

/** The check digit of a Scottish Candidate Number over its first eight digits, or `undefined` where there is none. */
export function scnCheckDigit(firstEight: string): number | undefined {
  const sum = scnWeights.reduce((total, weight, at) => total + weight * Number(firstEight[at] ?? 0), 0);
  const remainder = sum % 11;
  if (remainder === 1) return undefined;
  return remainder === 0 ? 0 : 11 - remainder;
}

/**
 * A Scottish Candidate Number as nine digits, leading noughts kept, or `undefined` when it is not one: two digits of a year, six
 * digits, and a check digit of modulus 11 by the weights 3 2 7 6 5 4 3 2 (domain handbook, section 10). One number may have
 * been given to two learners, so it is never a key.
 */
export function scnNumber(written: string): string | undefined {
  const digits = written.replaceAll(/[\s-]/g, '');
  if (!/^\d{9}$/.test(digits)) return undefined;
  return Number(digits.slice(8)) === scnCheckDigit(digits.slice(0, 8)) ? digits : undefined;
}

/** A telephone number as it is kept, with single spaces, or `undefined` when it cannot be rung. */
export function phoneNumber(written: string): string | undefined {
  const tidy = written
    .trim()
    .replaceAll(/[\s().-]+/g, ' ')
    .trim();
  return /^\+?[\d ]+$/.test(tidy) && /^\D*(\d\D*){6,15}$/.test(tidy) ? tidy : undefined;
}

/** Whether an e-mail address can be one: something, an @, and a domain with a dot. */
export const isEmail = (written: string): boolean => /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/.test(written);

/** A time as people read it: "since 1 May 2020", "until…", "from … to …", or nothing when neither end is known. */
export function periodText(from: Temporal.PlainDate | null, until: Temporal.PlainDate | null): string {
  if (from && until) return `${dayText(from)} to ${dayText(until)}`;
  if (from) return `Since ${dayText(from)}`;
  return until ? `Until ${dayText(until)}` : 'Dates not recorded';
}

/**
 * A time as it is kept, both its days included, or `undefined` when the end comes before the beginning. Either end may be
 * open.
 */
export function rangeOf(
  from: Temporal.PlainDate | undefined,
  until: Temporal.PlainDate | undefined,
): string | undefined {
  if (from && until && Temporal.PlainDate.compare(from, until) > 0) return undefined;
  return `[${from ?? ''},${until ?? ''}]`;
}

export const nameKinds = ['known as', 'legal', 'birth', 'previous', 'other spelling'] as const;
export type NameKind = (typeof nameKinds)[number];

interface Named {
  givenName: string;
  familyName: string;
}

/** A name as it is read. */
export const fullName = ({ givenName, familyName }: Named): string => `${givenName} ${familyName}`.trim();

/**
 * The other names that stand under somebody's name: what they are known as, and nothing they have left behind or that they
 * could be outed by. Earlier names, and those on papers, are further down the page.
 */
export function alsoKnownAs(main: Named, names: readonly (Named & { kind: NameKind })[]): string[] {
  const own = fullName(main).toLowerCase();
  const said = names.filter(({ kind }) => kind === 'known as').map(fullName);
  return [...new Set(said)].filter((name) => name.toLowerCase() !== own);
}

/** The largest picture that is kept, in bytes. */
export const pictureLimit = 700_000;

const pictureKinds = [
  { type: 'image/png', begins: /^\x89PNG\r\n/ },
  { type: 'image/jpeg', begins: /^\xff\xd8\xff/ },
  { type: 'image/webp', begins: /^RIFF[\s\S]{4}WEBP/ },
] as const;

/** The kind of picture that bytes are, by how they begin and never by what their sender calls them; `undefined` for others. */
export function pictureType(content: Buffer): (typeof pictureKinds)[number]['type'] | undefined {
  const head = content.subarray(0, 16).toString('latin1');
  return pictureKinds.find(({ begins }) => begins.test(head))?.type;
}

/**
 * Ethnic groups as Scotland’s Census 2022 asks for them (National Records of Scotland), under its headings, with
 * room beside each for people's own words.
 */
export const ethnicGroups = [
  'White: Scottish',
  'White: Other British',
  'White: Irish',
  'White: Gypsy or Traveller',
  'White: Polish',
  'White: Roma',
  'White: Showman or Showwoman',
  'White: another white group',
  'Mixed or multiple ethnic groups',
  'Asian: Pakistani, Scottish Pakistani or British Pakistani',
  'Asian: Indian, Scottish Indian or British Indian',
  'Asian: Bangladeshi, Scottish Bangladeshi or British Bangladeshi',
  'Asian: Chinese, Scottish Chinese or British Chinese',
  'Asian: another Asian group',
  'African: African, Scottish African or British African',
  'Caribbean or Black',
  'Arab: Arab, Scottish Arab or British Arab',
  'Another ethnic group',
  'Prefers not to say',
] as const;

export const sexes = ['female', 'male', 'not known'] as const;
export const schemes = ['CHI', 'SCN', 'school', 'social work', 'housing', 'police', 'other'] as const;
export type Scheme = (typeof schemes)[number];
export const contactKinds = ['phone', 'email', 'other'] as const;

/** A number by which another system knows somebody, as it is kept; or the sentence that says why it cannot be. */
export function identifierValue(
  scheme: Scheme,
  written: string,
  chi: (written: string) => string | undefined,
): { value: string } | { wrong: string } {
  const said = written.trim();
  if (scheme === 'CHI') {
    const value = chi(said);
    return value ? { value } : { wrong: 'This is not a valid CHI number. Check its ten digits' };
  }
  if (scheme === 'SCN') {
    const value = scnNumber(said);
    return value
      ? { value }
      : { wrong: 'This is not a valid Scottish Candidate Number. Check its nine digits' };
  }
  return { value: said };
}

/** Kinds of care experience, each with its words. It lasts: a kind that has ended is still written down. */
export const careKinds = {
  'looked after at home': 'Looked after at home',
  'looked after away from home': 'Looked after away from home',
  'kinship care': 'Kinship care',
  'foster care': 'Foster care',
  'residential care': 'Residential care',
  adopted: 'Adopted',
  'told us': 'They told us they are care experienced',
} as const;
export type CareKind = keyof typeof careKinds;

/** The words for what was corrected. */
export const correctedWords: Readonly<Record<string, string>> = {
  name: 'A name',
  identifier: 'A number',
  contact: 'A way to reach them',
  language: 'A language',
  'care experience': 'Care experience',
  picture: 'The picture',
  birth: 'Date of birth',
  about: 'About them',
  needs: 'What they need',
  death: 'Date of death',
  'what matters': 'What matters to them',
  relationship: 'A relationship',
};

const correctedOrder = [
  'scheme',
  'kind',
  'givenName',
  'given_name',
  'familyName',
  'family_name',
  'value',
  'language',
];

/** What stood there before it was corrected, in one line; '' where only the reason is shown. */
export function correctedText(what: string, earlier: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(correctedWords, what) || what === 'picture') return '';
  const hidden = /_id$|^id$|_by$|_at$|^version$|^during$|^safe$|^first$/;
  const place = (key: string) => {
    const at = correctedOrder.indexOf(key);
    return at < 0 ? correctedOrder.length : at;
  };
  return Object.entries(earlier)
    .filter(([key, value]) => !hidden.test(key) && typeof value === 'string' && value !== '')
    .sort(([a], [b]) => place(a) - place(b))
    .map(([, value]) => String(value))
    .join(', ');
}
