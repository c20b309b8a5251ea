import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optionalDay,
  optionalId,
  optionalText,
  several,
  text,
} from '../../platform/actions/fields.ts';
import { invalid, notFound, Problem } from '../../platform/problem.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { frontLine } from '../roles.ts';
import { inFamily, professionalWords, type Shared, standing, writeShared } from './records.ts';
import { basisOn, directions } from './rules.ts';

const fields = {
  family: familyId(),
  people: several(id()),
  direction: oneOf(directions, 'Choose whether you gave it or were given it'),
  on: day('Enter the day it was shared'),
  what: text(4000, 'Say what was shared'),
  withWhom: optionalText(300),
  professional: optionalId(),
  place: optionalId(),
  basis: text(60, 'Choose why it could be shared'),
  because: text(2000, 'Say why it was needed'),
  told: oneOf(['yes', 'no'], 'Choose whether the family was told'),
  toldOn: optionalDay('Enter the day the family was told'),
  toldBy: optionalText(200),
  notToldBecause: optionalText(2000),
  askedBy: optionalText(300),
  sharedBy: optionalText(200),
};
type Entered = z.output<z.ZodObject<typeof fields>>;

/** What must go together, said in the same answer as what is missing. */
const together = <T extends z.ZodType<Partial<Entered>>>(schema: T): T =>
  schema
    .refine(({ withWhom, professional }) => Boolean(withWhom || professional), {
      path: ['withWhom'],
      error: 'Say with whom: a name and an organisation',
      when: () => true,
    })
    .refine(({ told, toldOn }) => told !== 'yes' || toldOn !== undefined, {
      path: ['toldOn'],
      error: 'Enter the day the family was told',
      when: () => true,
    })
    .refine(({ told, notToldBecause }) => told !== 'no' || Boolean(notToldBecause), {
      path: ['notToldBecause'],
      error: 'Say why the family was not told',
      when: () => true,
    });

const isLater = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0;

/** What is wrong with the days and the basis of an entry, seen from today: one sentence for each field; none when all is well. */
function mistakes({ on, toldOn, basis }: Entered, today: Temporal.PlainDate): Record<string, string> {
  return {
    ...(isLater(on, today)
      ? { on: 'Enter today or an earlier day: what is not shared yet is not written here' }
      : {}),
    ...(toldOn !== undefined && isLater(toldOn, today) ? { toldOn: 'Enter today or an earlier day' } : {}),
    ...(basisOn(basis, on) === undefined ? { basis: 'Choose why it could be shared from the list' } : {}),
  };
}

/** What is kept: only the half of "told" that was answered, and with whom in words as they stand on the day. */
async function kept(doing: Doing, entered: Entered): Promise<Shared> {
  const { rows, today, identity } = doing;
  const wrong = mistakes(entered, today);
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  const told = entered.told === 'yes';
  const known = entered.professional && (await professionalWords(rows, entered.professional, entered.on));
  if (entered.professional !== undefined && !known)
    throw invalid({ professional: 'Choose somebody from the list' });
  return {
    ...entered,
    withWhom: entered.withWhom || (known ? known.words : ''),
    place: entered.place ?? (known ? known.place : undefined),
    told,
    toldOn: told ? entered.toldOn : undefined,
    toldBy: told ? entered.toldBy || identity.name : '',
    notToldBecause: told ? '' : entered.notToldBecause,
    sharedBy: entered.sharedBy || identity.name,
    correctedBecause: '',
  };
}

/** "Not found" unless whoever asks sees the family and everybody it is said to be about is in it. */
async function checkAbout({ rows }: Doing, { family, people }: Entered): Promise<string[]> {
  const them = [...new Set(people)];
  const [name, members] = await Promise.all([familyName(rows, family), inFamily(rows, family, them)]);
  if (name === undefined) throw notFound();
  if (members < them.length) throw invalid({ people: 'Choose people who are in this family' });
  return them;
}

const placeGone = () => invalid({ place: 'Choose a place from the list' });

export const add = action({
  name: 'sharing.add',
  title: 'Write down that information about a family was shared',
  who: frontLine,
  about: 'the family, and those the information was about',
  input: together(z.object(fields)),
  async run(doing, entered) {
    const people = await checkAbout(doing, entered);
    const shared = await writeShared(doing.rows, entered.family, await kept(doing, entered), people);
    return { about: [entered.family, ...people], family: entered.family, shared };
  },
  refusals: { information_shared_place_id_fkey: placeGone },
});

export const correct = action({
  name: 'sharing.correct',
  title: 'Correct what was written down about information shared',
  who: frontLine,
  about: 'the family, and those the information was about',
  input: together(
    z.object({ ...fields, corrects: id(), correctedBecause: text(1000, 'Say what was wrong before') }),
  ),
  async run(doing, { corrects, correctedBecause, ...entered }) {
    const people = await checkAbout(doing, entered);
    const stands = await standing(doing.rows, entered.family, corrects);
    if (stands === undefined) throw notFound();
    if (stands === 'corrected') throw correctedAlready();
    const shared = { ...(await kept(doing, entered)), corrects, correctedBecause };
    const made = await writeShared(doing.rows, entered.family, shared, people);
    return { about: [entered.family, ...people], family: entered.family, shared: made };
  },
  refusals: { information_shared_place_id_fkey: placeGone, shared_corrected_once: () => correctedAlready() },
});

const correctedAlready = () =>
  new Problem(409, 'corrected-already', 'Somebody has corrected this already', {
    detail: 'What you wrote is below. Look at the correction, and correct that one if it is still not right.',
  });
