import { dayFrom } from '../actions/fields.ts';
import { Problem } from '../problem.ts';
import type { ReportDocument } from './document.ts';

// The head of a report is edited as lines of "Name: value", so that it is versioned with the rest of the words.

const names = [
  'Council',
  'Committee',
  'For',
  'Reference',
  'Date',
  'Title',
  'From',
  'Post',
  'E-mail',
  'Telephone',
] as const;
type Name = (typeof names)[number];

const cannotRead = (title: string, detail: string) => new Problem(422, 'head-not-read', title, { detail });

/**
 * The head of a report, and who signs it, from lines of "Name: value". The council and the date may be left empty: then
 * they are the ones given. Throws a `Problem` that says which line to correct.
 */
export function headFrom(
  words: string,
  { council, today }: { council: string; today: Temporal.PlainDate },
): Pick<ReportDocument, 'head' | 'signOff'> {
  const values = new Map<Name, string>();
  for (const line of words.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, name = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    const known = names.find((each) => each.toLowerCase() === name.trim().toLowerCase());
    if (known === undefined) {
      throw cannotRead(
        `The line "${line.slice(0, 60)}" of the head could not be read`,
        `Start it with one of: ${names.join(', ')}; then a colon.`,
      );
    }
    values.set(known, value.trim());
  }
  const of = (name: Name): string => values.get(name) ?? '';
  const date = of('Date') === '' ? today : dayFrom(of('Date'));
  if (date === undefined)
    throw cannotRead(`"${of('Date')}" is not a date`, 'Write the date of the head like 1 June 2021.');
  for (const name of ['Committee', 'Title'] as const) {
    if (of(name) === '')
      throw cannotRead(`The head needs a ${name.toLowerCase()}`, `Add a line that starts with "${name}:".`);
  }
  const person = { name: of('From'), post: of('Post') };
  return {
    head: {
      council: of('Council') || council,
      committee: of('Committee'),
      purpose: { approval: /approval/i.test(of('For')), noting: /noting/i.test(of('For')) },
      reference: of('Reference'),
      date,
      title: of('Title'),
      from: person,
      email: of('E-mail'),
      telephone: of('Telephone'),
    },
    // A report signed by a post alone prints it where the name would stand.
    signOff: person.name === '' ? { name: person.post, post: '' } : person,
  };
}
