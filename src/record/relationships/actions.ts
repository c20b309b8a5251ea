import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalDay, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { frontLine } from '../roles.ts';
import {
  changeRelationship,
  type Details,
  endRelationship,
  familiesOf,
  keepAsItStood,
  peopleSeen,
  relationshipAt,
  takeOutRelationship,
  writeRelationship,
} from './records.ts';
import { endingNames, fromWord, isPartner, kinds, words, wrongWayRound } from './rules.ts';

const person = () => id('Choose a person');

/** What people say of a relationship, from the end of `person`: what the other is to them, since when, and how it is known. */
const said = {
  is: oneOf(words as [string, ...string[]], 'Choose what they are to each other'),
  since: optionalDay('Enter the day it began'),
  until: optionalDay('Enter the day it ended'),
  rights: oneOf(['yes', 'no', ''], 'Choose yes, no or not known').default(''),
  note: optionalText(1000),
  source: optionalText(200),
};

type Said = z.output<z.ZodObject<typeof said>>;

const isAfter = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0;

/** A day so far: neither end of a relationship is in the future, and it ends after it began. */
function checkDays(
  since: Temporal.PlainDate | null | undefined,
  until: Temporal.PlainDate | null | undefined,
  today: Temporal.PlainDate,
): void {
  if (since && isAfter(since, today)) throw invalid({ since: 'Enter a day that is today or earlier' });
  if (until && isAfter(until, today)) throw invalid({ until: 'Enter a day that is today or earlier' });
  if (since && until && !isAfter(until, since)) {
    throw invalid({ until: `Enter a day after it began, ${since.toLocaleString('en-GB')}` });
  }
}

const rightsFrom = (answer: string): boolean | null => (answer === '' ? null : answer === 'yes');

/**
 * What is to be written, checked: whoever asks must see both people, who are two, of whom a parent is the older; rights only where
 * the kind can hold them.
 */
async function checked({ rows, today }: Doing, one: string, other: string, given: Said): Promise<Details> {
  if (one === other) throw invalid({ other: 'Choose somebody else: nobody is related to themselves' });
  const seen = await peopleSeen(rows, [one, other]);
  const [me, them] = [one, other].map((wanted) => seen.find((each) => each.id === wanted));
  const read = fromWord(given.is);
  if (me === undefined || them === undefined || read === undefined) throw notFound();
  checkDays(given.since, given.until, today);
  const { kind, end } = read;
  const [from, to] = end === 'from' ? [them, me] : [me, them];
  if (wrongWayRound(kind, from.born, to.born)) {
    throw invalid({
      is: `${from.name} was not born before ${to.name}. Check which way round it is, and their dates of birth`,
    });
  }
  return {
    from: from.id,
    to: to.id,
    kind,
    since: given.since,
    until: given.until,
    rights: kinds[kind].rights ? rightsFrom(given.rights) : null,
    note: given.note,
    source: given.source,
  };
}

/** Everybody whom a change to a relationship is about: both people, and their families that whoever does it may see. */
const aboutBoth = async ({ rows }: Doing, one: string, other: string): Promise<string[]> => [
  one,
  other,
  ...(await familiesOf(rows, [one, other])),
];

const recordedAlready = () =>
  new Problem(409, 'recorded-already', 'This is recorded already for a time that overlaps', {
    detail: 'Look at it on the page of either person, and change that one instead.',
  });
const refusals = { relationship_once: recordedAlready };

/** The relationship, if it is one of this person's and both ends can be seen: who sees one end may look, not write. */
async function mayWrite({ rows }: Doing, of: string, relationship: string) {
  const found = await relationshipAt(rows, relationship);
  if (found === undefined || (found.from !== of && found.to !== of)) throw notFound();
  const other = found.from === of ? found.to : found.from;
  if ((await peopleSeen(rows, [of, other])).length < 2) throw notFound();
  return { ...found, other };
}

export const add = action({
  name: 'relationships.add',
  title: 'Write down how two people are related',
  who: frontLine,
  about: 'both people',
  input: z.object({ person: person(), other: id('Choose who it is'), ...said }),
  async run(doing, { person: one, other, ...given }) {
    const details = await checked(doing, one, other, given);
    const relationship = await writeRelationship(doing.rows, details);
    return { about: await aboutBoth(doing, one, other), relationship, person: one };
  },
  refusals,
});

export const change = action({
  name: 'relationships.change',
  title: 'Change what is written about how two people are related',
  who: frontLine,
  about: 'both people',
  input: z.object({ person: person(), relationship: id(), version: version(), ...said }),
  async run(doing, { person: one, relationship, version: opened, ...given }) {
    const { other } = await mayWrite(doing, one, relationship);
    const details = await checked(doing, one, other, given);
    if ((await changeRelationship(doing.rows, relationship, opened, details)) === 0) throw changedMeanwhile();
    return {
      about: await aboutBoth(doing, one, other),
      relationship,
      person: one,
      version: opened + 1,
    };
  },
  refusals,
});

export const end = action({
  name: 'relationships.end',
  title: 'Write down that a relationship ended',
  who: frontLine,
  about: 'both people',
  input: z.object({
    person: person(),
    relationship: id(),
    version: version(),
    until: day('Enter the day it ended'),
    how: oneOf(endingNames, 'Choose how it ended'),
    because: optionalText(1000),
  }),
  async run(doing, { person: one, relationship, version: opened, until, how, because }) {
    const found = await mayWrite(doing, one, relationship);
    checkDays(found.since, until, doing.today);
    if (!isPartner(found.kind) && (how === 'separated' || how === 'divorced')) {
      throw invalid({ how: 'Only partners separate or divorce. Choose another way' });
    }
    if (how === 'other' && because === '') throw invalid({ because: 'Say in a few words how it ended' });
    if ((await endRelationship(doing.rows, relationship, opened, { until, how, why: because })) === 0)
      throw changedMeanwhile();
    return {
      about: await aboutBoth(doing, one, found.other),
      relationship,
      person: one,
      version: opened + 1,
    };
  },
  refusals,
});

export const takeOut = action({
  name: 'relationships.take-out',
  title: 'Take out a relationship that was written down by mistake',
  who: frontLine,
  about: 'both people',
  input: z.object({
    person: person(),
    relationship: id(),
    version: version(),
    why: text(1000, 'Say why it was a mistake'),
  }),
  async run(doing, { person: one, relationship, version: opened, why }) {
    const { other } = await mayWrite(doing, one, relationship);
    await keepAsItStood(doing.rows, relationship, opened, why);
    if ((await takeOutRelationship(doing.rows, relationship, opened)) === 0) throw changedMeanwhile();
    return { about: await aboutBoth(doing, one, other), relationship, person: one };
  },
  refusals,
});
