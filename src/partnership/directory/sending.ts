import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, optionalText, text } from '../../platform/actions/fields.ts';
import { notFound } from '../../platform/problem.ts';
import { familyId } from '../../record/fields.ts';
import { begin } from '../../record/letters/actions.ts';
import { practitioners } from '../../record/roles.ts';
import { type Entry, entryRow, oneEntry, servedBy } from './found.ts';
import { agesWords, daysWords, timeWords } from './rules.ts';

// Help from the directory, sent to somebody in a letter: kept in their record like any other, with when and how it was given.

const placeText = (place: Entry['places'][number]): string =>
  [
    [place.name, place.lines, place.town, place.postcode].filter((part) => part !== '').join(', '),
    ...place.openings.map(
      ({ days, opens, closes }) => `${daysWords(days)}, ${timeWords(opens)} to ${timeWords(closes)}`,
    ),
  ].join('. ');

/** An entry as paragraphs of a letter. Braces would be asked for as something still to fill in. */
export function letterText(entry: Entry): string {
  const lines = [
    `Who it is for: ${entry.who_for} ${agesWords(servedBy(entry))}.`,
    `How to get in: ${entry.how_to_get_in}`,
    `Where: ${entry.where_words}`,
    `When: ${entry.when_words}`,
    `Cost: ${entry.cost}`,
    ...(entry.phone === '' ? [] : [`Phone: ${entry.phone}`]),
    ...(entry.email === '' ? [] : [`E-mail: ${entry.email}`]),
    ...(entry.web === '' ? [] : [`Website: ${entry.web}`]),
    ...entry.places.map(placeText),
  ].map((line) => `- ${line.replaceAll(/\s*\n\s*/g, ' ')}`);
  return [entry.title, entry.what, lines.join('\n')].join('\n\n').replaceAll('{', '(').replaceAll('}', ')');
}

export const send = action({
  name: 'directory.send',
  title: 'Write to somebody about help in the directory',
  who: practitioners,
  about: 'the family, and whoever the letter is to',
  input: z.object({
    family: familyId(),
    person: id('Choose who the letter is to'),
    entry: id(),
    why: text(2000, 'Say in your own words why you thought of this for them'),
    phone: optionalText(60),
  }),
  async run(doing, { family, person, entry, why, phone }) {
    const { rows } = doing;
    const [found] = await rows.rows(entryRow, oneEntry(entry));
    if (found === undefined || found.state === 'closed') throw notFound();
    const { letter } = await begin.run(doing, { family, person, template: 'from-the-directory', phone });
    await rows.run(sql`
      update record.letter set title = ${`Help that might be for you: ${found.title}`},
        body = replace(replace(body, '{Why I thought of this for you}', ${why.replaceAll('{', '(').replaceAll('}', ')')}), '{What is in the directory}', ${letterText(found)})
      where id = ${letter}::uuid`);
    return { about: [family, person], family, letter };
  },
});
