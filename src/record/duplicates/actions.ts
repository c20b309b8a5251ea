import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, oneOf, optionalText, several, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { recordKeepers } from '../roles.ts';
import { decidePair, familiesOf, lookAtPair, mergeOf, mergePeople, peopleOf, undoMerge } from './records.ts';
import { mergedMeanwhile, restricted } from './refusals.ts';
import { choiceNames, columnsFromGone } from './rules.ts';

export const look = action({
  name: 'same-person.look',
  title: 'Look at two records for a day, to see whether they are of one person',
  who: ['records-officer'],
  about: 'the families of the two people',
  input: z.object({ pair: id() }),
  async run({ rows }, { pair }) {
    const about = await lookAtPair(rows, pair);
    return { about, pair };
  },
});

export const merge = action({
  name: 'same-person.merge',
  title: 'Say that two records are of one person, and make them one',
  who: recordKeepers,
  about: 'the two people and their families',
  input: z.object({
    pair: id(),
    keep: id('Choose which record to keep'),
    oneVersion: version(),
    otherVersion: version(),
    fromOther: several(z.enum(choiceNames)),
    why: text(2000, 'Say how you know that they are one person'),
  }),
  async run({ rows }, input) {
    const people = await peopleOf(rows, input.pair);
    if (people === undefined) throw notFound();
    if (input.keep !== people.one && input.keep !== people.other)
      throw invalid({ keep: 'Choose which record to keep' });
    const keepsOne = input.keep === people.one;
    const letGo = keepsOne ? people.other : people.one;
    const families = await familiesOf(rows, [people.one, people.other]);
    const merged = await mergePeople(rows, {
      pair: input.pair,
      keep: input.keep,
      letGo,
      keptVersion: keepsOne ? input.oneVersion : input.otherVersion,
      goneVersion: keepsOne ? input.otherVersion : input.oneVersion,
      columns: columnsFromGone(input.fromOther),
      why: input.why,
    });
    return { about: [...families, input.keep, letGo], merge: merged, person: input.keep };
  },
  refusals: {
    changed_meanwhile: changedMeanwhile,
    merge_gone: mergedMeanwhile,
    restricted_record: restricted,
    person_check: () => invalid({ fromOther: 'Choose a date of birth or an expected date, not both' }),
    person_check1: () =>
      invalid({ fromOther: 'They would have died before they were born: look at the dates' }),
  },
});

export const decide = action({
  name: 'same-person.decide',
  title: 'Say that two records are of different people, or that it is not sure',
  who: recordKeepers,
  about: 'the families of the two people',
  input: z
    .object({
      pair: id(),
      version: version(),
      answer: oneOf(['different', 'not sure'], 'Choose what you think'),
      because: optionalText(2000),
    })
    .refine(({ answer, because }) => answer === 'not sure' || because !== '', {
      path: ['because'],
      message: 'Say how you know that they are different people',
    }),
  async run({ rows }, { pair, version: opened, answer, because }) {
    const people = await peopleOf(rows, pair);
    if (people === undefined) throw notFound();
    const about = await familiesOf(rows, [people.one, people.other]);
    if ((await decidePair(rows, pair, opened, answer, because)) === 0) throw changedMeanwhile();
    return { about, pair };
  },
});

export const undo = action({
  name: 'same-person.undo',
  title: 'Undo that two records were made one',
  who: recordKeepers,
  about: 'the people and their families',
  input: z.object({ merge: id(), why: text(2000, 'Say why this has to be undone') }),
  async run({ rows }, { merge: of, why }) {
    const merged = await mergeOf(rows, of);
    if (merged === undefined) throw notFound();
    const families = await familiesOf(rows, [merged.kept]);
    const since = await undoMerge(rows, of, why);
    return { about: [...families, merged.kept, merged.gone], merge: of, since };
  },
  refusals: {
    later_merge_first: () =>
      new Problem(409, 'later-merge-first', 'A later merge of these records stands', {
        detail: 'Undo that one first, then this one.',
      }),
    restricted_record: restricted,
  },
});
