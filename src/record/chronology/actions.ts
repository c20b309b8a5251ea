import { z } from 'zod';
import { type Identity, postAs } from '../../platform/access/identity.ts';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalId, optionalText, text } from '../../platform/actions/fields.ts';
import { invalid, notFound, Problem } from '../../platform/problem.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { eventFields } from './fields.ts';
import { familiesOf, membersOf, standingOf, writeAddition, writeAnalysis, writeEvent } from './records.ts';
import { additionKinds, tidyAgency } from './rules.ts';

/** Role and team in which somebody writes. */
const writerOf = (identity: Identity): string => {
  const post = postAs(identity, practitioners);
  return post ? `${post.roleTitle}, ${post.teamName}` : '';
};

/** A day that has not come yet has not happened. */
function notAhead(on: Temporal.PlainDate, today: Temporal.PlainDate): void {
  if (Temporal.PlainDate.compare(on, today) > 0)
    throw invalid({ on: 'Enter today or an earlier day: a chronology holds what has happened' });
}

const peopleRefusals = {
  event_people: () => invalid({ people: 'Choose people who are in this family' }),
};

export const write = action({
  name: 'chronology.write',
  title: 'Write a significant event into the chronology',
  who: practitioners,
  about: 'the family, and those the event is about',
  input: z.object({ family: familyId(), ...eventFields }),
  async run(doing, { family, people, on, ...entered }) {
    const { rows, identity, today } = doing;
    if (on === undefined)
      throw invalid({ on: 'Enter when it happened, as far as it is known, like 14/3/2024 or March 2024' });
    notAhead(on.day, today);
    const them = [...new Set(people)];
    const event = await writeEvent(rows, family, them, {
      ...entered,
      source: tidyAgency(entered.source),
      happened_on: on.day.toString(),
      known: on.known,
      written_as: writerOf(identity),
    });
    return { about: [family, ...them], family, event };
  },
  refusals: peopleRefusals,
});

const takenOutAlready = () =>
  new Problem(409, 'taken-out', 'This event is taken out already', {
    detail: 'Open the chronology again to see by whom, and why.',
  });

export const add = action({
  name: 'chronology.add',
  title: 'Add to an event in the chronology what it meant, what was done, or what was wrong',
  who: practitioners,
  about: 'those the event is about, and their families',
  input: z.object({
    event: id(),
    kind: oneOf(additionKinds, 'Choose what you add'),
    words: text(4000, 'Write what should be known'),
    why: optionalText(1000),
  }),
  async run(doing, { event, kind, words, why }) {
    const { rows, identity } = doing;
    const stands = await standingOf(rows, event);
    if (stands === undefined) throw notFound();
    if (stands.takenOut) throw takenOutAlready();
    const corrects = kind === 'correction' || kind === 'taken out';
    if (corrects && stands.made)
      throw invalid({
        kind: 'This event follows what was written down elsewhere: correct it there, and the chronology follows',
      });
    if (kind === 'correction' && why === '') throw invalid({ why: 'Say how you know that it was wrong' });
    const [families] = await Promise.all([
      familiesOf(rows, stands.people),
      writeAddition(rows, event, { kind, words, why, as: writerOf(identity) }),
    ]);
    return { about: [...stands.people, ...families], event, kind };
  },
  refusals: { event_taken_out_once: takenOutAlready },
});

export const analyse = action({
  name: 'chronology.analyse',
  title: 'Write down what a chronology says as a whole',
  who: practitioners,
  about: 'the family',
  input: z.object({
    family: familyId(),
    person: optionalId(),
    on: day('Enter the day on which you looked at it'),
    words: text(20_000, 'Write what it says as a whole'),
  }),
  async run(doing, { family, person, on, words }) {
    const { rows, identity, today } = doing;
    if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'Enter today or an earlier day' });
    const members = await membersOf(rows, family);
    if (members.length === 0) throw notFound();
    if (person !== undefined && !members.includes(person))
      throw invalid({ person: 'Choose somebody who is in this family' });
    await writeAnalysis(rows, family, { person, on, words, as: writerOf(identity) });
    return { about: person === undefined ? [family] : [family, person], family };
  },
});
