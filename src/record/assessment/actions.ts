import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  optional,
  optionalText,
  several,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { happened } from '../chronology/happened.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import {
  deleteAssessment,
  insertAssessment,
  lastOf,
  peopleOf,
  questionsIn,
  type Saved,
  saveAssessment,
  signAssessment,
  standing,
} from './records.ts';
import { signedAlready } from './refusals.ts';
import { type AnswerForm, isAnswered, rangeOf } from './rules.ts';

const notLater = (on: Temporal.PlainDate, today: Temporal.PlainDate): void => {
  if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'Enter today or an earlier day' });
};

const refusals = { assessment_signed: signedAlready };

export const begin = action({
  name: 'assessments.begin',
  title: 'Start to look together at how somebody is doing',
  who: practitioners,
  about: 'the family, and those it is about',
  input: z.object({
    family: familyId(),
    kind: text(40, 'Choose what to start'),
    people: several(id()).refine((people) => people.length > 0, 'Choose who this is about'),
    on: day('Enter the day'),
    /** Fills in what was answered in the last one, and shows later what is different. */
    fromLast: tick(),
  }),
  async run({ rows, today }, { family, kind, people, on, fromLast }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    notLater(on, today);
    const persons = [...new Set(people)];
    const from = fromLast ? await lastOf(rows, family, kind, persons) : undefined;
    const made = await insertAssessment(rows, { family, kind, persons, on, from, today });
    if (made === undefined) throw invalid({ kind: 'Choose what to start' });
    if (made.people < persons.length) throw invalid({ people: 'Choose people who are in this family' });
    return { about: [family, ...persons], family, assessment: made.id, from };
  },
});

/** A number, or nothing; text from a form or a number from a machine. */
const number = () =>
  z.preprocess(
    (given) => given ?? undefined,
    optional(z.coerce.number({ error: 'Choose from the list' }).int('Choose from the list')),
  );

const answer = z.object({ code: text(60), words: optionalText(10_000), number: number() });
const scaled = z.object({
  whose: optionalText(100),
  person: optional(z.uuid()),
  number: optional(
    z.coerce
      .number({ error: 'Enter a number from 0 to 10' })
      .int('Enter a whole number from 0 to 10')
      .min(0, 'Enter a number from 0 to 10')
      .max(10, 'Enter a number from 0 to 10'),
  ),
  why: optionalText(2000),
});

/** What is kept of what was entered; a Problem says which fields are at fault, all in one answer. */
async function kept(
  { rows, today }: Doing,
  assessment: string,
  entered: { on: Temporal.PlainDate; answers: z.output<typeof answer>[]; numbers: z.output<typeof scaled>[] },
): Promise<Saved> {
  notLater(entered.on, today);
  const asked = new Map(
    (await questionsIn(rows, assessment)).map(({ code, form }) => [code, form as AnswerForm]),
  );
  const wrong: Record<string, string> = {};
  entered.answers.forEach(({ code, number: given }, index) => {
    const form = asked.get(code);
    if (form === undefined) wrong[`answers.${index}.words`] = 'This is not asked here. Open the page again';
    else if (given !== undefined) {
      const range = rangeOf(form);
      if (range === undefined || given < range[0] || given > range[1])
        wrong[`answers.${index}.number`] = 'Choose a number from the list';
    }
  });
  const said = entered.numbers.map((each, index) => ({ ...each, index }));
  for (const { whose, number: given, why, index } of said) {
    if (given !== undefined && whose === '') wrong[`numbers.${index}.whose`] = 'Say whose number this is';
    if (given === undefined && why !== '') wrong[`numbers.${index}.number`] = 'Enter a number from 0 to 10';
  }
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return {
    on: entered.on,
    answers: entered.answers.map((each) => ({ ...each, number: each.number ?? null })),
    numbers: said.flatMap(({ whose, person = null, number: given, why }) =>
      given === undefined ? [] : [{ whose, person, number: given, why }],
    ),
  };
}

export const save = action({
  name: 'assessments.save',
  title: 'Write down how somebody is doing',
  who: practitioners,
  about: 'the family, and those it is about',
  input: z.object({
    assessment: id(),
    version: version(),
    on: day('Enter the day'),
    answers: z.array(answer).max(200).default([]),
    numbers: z.array(scaled).max(20, 'Write 20 numbers or fewer').default([]),
    finish: z.enum(['sign', 'keep']).default('keep'),
  }),
  async run(doing, { assessment, version: opened, finish, ...entered }) {
    const { rows, identity } = doing;
    const stands = await standing(rows, assessment);
    if (stands === undefined) throw notFound();
    if (stands.signed) throw signedAlready();
    const saved = await kept(doing, assessment, entered);
    if ((await saveAssessment(rows, assessment, opened, stands.family, saved)) === 0)
      throw changedMeanwhile();
    if (finish === 'sign') {
      if (saved.numbers.length === 0 && !saved.answers.some(isAnswered))
        throw invalid({ form: 'Nothing is answered yet. Answer at least one question before you sign' });
      const post = postAs(identity, practitioners);
      const as = post ? `${post.roleTitle}, ${post.teamName}` : '';
      if ((await signAssessment(rows, assessment, as)) === 0) throw signedAlready();
    }
    const persons = await peopleOf(rows, assessment);
    if (finish === 'sign')
      await happened(rows, {
        family: stands.family,
        people: persons,
        kind: 'assessment-signed',
        on: saved.on,
        what: stands.title,
        from: { area: 'assessments', id: assessment },
      });
    return {
      about: [stands.family, ...persons],
      family: stands.family,
      assessment,
      signed: finish === 'sign',
    };
  },
  refusals,
});

export const discard = action({
  name: 'assessments.discard',
  title: 'Throw away what was begun and not signed',
  who: practitioners,
  about: 'the family',
  input: z.object({ assessment: id(), version: version() }),
  async run({ rows }, { assessment, version: opened }) {
    const stands = await standing(rows, assessment);
    if (stands === undefined) throw notFound();
    if (stands.signed) throw signedAlready();
    if ((await deleteAssessment(rows, assessment, opened)) === 0) throw changedMeanwhile();
    return { about: [stands.family], family: stands.family };
  },
  refusals,
});
