import type { Fields } from '../../../platform/web/page.ts';
import { bornOn, type Told, toldText } from './rules.ts';

// What somebody told of themselves from outside, as the fields of a family that is begun: whoever begins the record looks at it and
// puts right what is not so, and types nothing twice. A name is never known for certain from how it was written: nothing is saved here.

/** At most as many as the form has places for, with one for whoever asks. */
const mostChildren = 7;
/** Words that belong to the family name that follows them. */
const particles = new Set([
  'mac',
  'nic',
  'van',
  'von',
  'de',
  'der',
  'den',
  'del',
  'della',
  'di',
  'da',
  'la',
  'le',
  'al',
  'el',
  'bin',
  'ibn',
]);

/** "Skye Munro, called Sky" is Skye, Munro. One word is a given name. */
export function namesIn(written: string): { given: string; family: string } {
  const words = (written.split(/[,;(\n]/)[0] ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length < 2) return { given: words[0] ?? '', family: '' };
  let from = words.length - 1;
  while (from > 1 && particles.has((words[from - 1] ?? '').toLowerCase())) from--;
  return { given: words.slice(0, from).join(' '), family: words.slice(from).join(' ') };
}

/** "Jamie Munro (9) and Eilidh, 4" is Jamie Munro and Eilidh. */
export const childrenIn = (written: string): string[] =>
  written
    .replaceAll(/\([^)]*\)/g, ' ')
    .split(/[\n,;&+]|\band\b/i)
    .map((each) =>
      each
        .replaceAll(/\b(aged?|is|who|years?|old|months?|my|our|son|daughter)\b|[\d.]+/gi, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter((each) => each !== '' && !/^(me|myself|us|i|none|nobody|no)$/i.test(each))
    .slice(0, mostChildren);

/** The postcode within what was written; '' where there is none. */
export const postcodeIn = (address: string): string =>
  /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i.exec(address)?.[0].toUpperCase() ?? '';

/** The fields of "Add a family" from what was told. A day that has not come yet is left out: nobody is born on it. */
export function familyFrom(told: Told, today: Temporal.PlainDate): Fields {
  const own = toldText(told, 'who') === 'myself';
  const first = namesIn(toldText(told, 'name'));
  const children = own ? [] : childrenIn(toldText(told, 'young')).map(namesIn);
  const day = bornOn(told);
  const born = day === undefined || Temporal.PlainDate.compare(day, today) > 0 ? '' : day.toString();
  const written = toldText(told, 'age');
  const age =
    born === ''
      ? written === ''
        ? undefined
        : Number(written)
      : day?.until(today, { largestUnit: 'years' }).years;
  const young = age !== undefined && age >= 16 ? 'young person' : 'child';
  const name = first.family || children.find(({ family }) => family !== '')?.family || '';
  const members = [
    { ...first, part: own ? young : 'parent or carer', born: own ? born : '' },
    // Whose day of birth it is, is known when there is one of them.
    ...children.map((child) => ({
      ...child,
      part: children.length === 1 ? young : 'child',
      born: children.length === 1 ? born : '',
    })),
  ].filter(({ given }) => given !== '');
  return {
    name,
    locality: toldText(told, 'locality'),
    postcode: postcodeIn(toldText(told, 'address')),
    ...Object.fromEntries(
      members.flatMap(({ given, family, part, born: on }, index) => [
        [`members.${index}.givenName`, given],
        [`members.${index}.familyName`, family === name ? '' : family],
        [`members.${index}.dateOfBirth`, on],
        [`members.${index}.part`, part],
      ]),
    ),
  };
}

/** Those of a family for whom it was asked, by their names: the young of it who were named, or whoever asks for themselves. */
export function askedFor(
  told: Told,
  members: readonly { id: string; name: string; part: string }[],
): string[] {
  const named = (
    toldText(told, 'who') === 'myself' ? [toldText(told, 'name')] : childrenIn(toldText(told, 'young'))
  ).map((each) => namesIn(each).given.toLowerCase());
  return members
    .filter(({ name }) =>
      named.some((given) => given !== '' && `${name.toLowerCase()} `.startsWith(`${given} `)),
    )
    .map(({ id }) => id);
}
