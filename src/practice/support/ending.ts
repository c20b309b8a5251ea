import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, optional, optionalText, text, version } from '../../platform/actions/fields.ts';
import { type Faults, invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { happened } from '../../record/chronology/happened.ts';
import { practitioners } from '../../record/roles.ts';
import { endTasksOf } from '../../record/tasks/tasks.ts';
import { answersFrom, questionsAt } from './answers.ts';
import { givenAnswers } from './asking.ts';
import {
  type HeldSupport,
  holdSupport,
  insertSupport,
  insertSupportStep,
  supportPeople,
} from './helping-records.ts';
import type { Programme } from './programme.ts';
import { endReasons, giveTeam, membersOf, programmeOf, teamsFor, tellTeam } from './records.ts';
import { restrictedRecord, toHelp } from './refusals.ts';
import { findingsFor } from './rules.ts';

// How help ends, with what comes next; and how a family comes back to it without asking again.

/** What is wrong with how help is said to have ended, as far as it could be read. */
function endingFaults(
  programme: Programme,
  support: HeldSupport,
  {
    outcome,
    on,
    answers = {},
  }: {
    outcome?: string | undefined;
    on?: Temporal.PlainDate | undefined;
    answers?: Readonly<Record<string, string>> | undefined;
  },
  today: Temporal.PlainDate,
): Faults {
  const faults = { ...answersFrom(questionsAt(programme, 'ending'), answers).faults };
  if (outcome !== undefined && !programme.outcomes.some(({ id: each }) => each === outcome))
    faults.outcome = 'Choose what came of it from the list';
  if (on !== undefined && Temporal.PlainDate.compare(on, today) > 0)
    faults.on = 'This day has not come yet: enter today or a day before';
  else if (on !== undefined && Temporal.PlainDate.compare(on, support.since ?? support.agreedOn) < 0)
    faults.on = 'This is before it began: enter that day or a later one';
  return faults;
}

export const end = action({
  name: 'support.end',
  title: 'End help for a family, with the reason and what comes next',
  who: practitioners,
  about: 'the family that was helped',
  input: z.object({
    support: id(),
    version: version(),
    outcome: text(60, 'Choose what came of it'),
    why: text(10_000, 'Say why it ends, in words the family could read'),
    next: text(5000, 'Say what comes next for the family, and whom they can ask'),
    nextProgramme: optional(z.string().max(60)),
    view: optionalText(10_000),
    on: day('Enter the day on which it ended'),
    answers: givenAnswers(),
  }),
  async faults({ rows, today }, typed) {
    const support = typed.support === undefined ? undefined : await holdSupport(rows, typed.support);
    const programme = support && (await programmeOf(rows, support.programme));
    return support === undefined || programme === undefined
      ? {}
      : endingFaults(programme, support, typed, today);
  },
  async run(doing, input) {
    const support = await toHelp(doing, input, ['waiting', 'active', 'paused']);
    const { rows, today } = doing;
    const [programme, people] = await Promise.all([
      programmeOf(rows, support.programme),
      supportPeople(rows, support.id),
    ]);
    if (programme === undefined) throw notFound();
    refuse(endingFaults(programme, support, input, today));
    if (input.nextProgramme !== undefined && (await programmeOf(rows, input.nextProgramme)) === undefined)
      throw invalid({ nextProgramme: 'Choose a programme from the list' });
    const { answers } = answersFrom(questionsAt(programme, 'ending'), input.answers);
    await rows.run(sql`
      insert into support.ending (support_id, family_id, outcome, why, next, next_programme, view, answers, ended_on)
      values (${support.id}, ${support.family}, ${input.outcome}, ${input.why}, ${input.next}, ${input.nextProgramme ?? null}, ${input.view},
        ${JSON.stringify(answers)}::jsonb, ${input.on})`);
    await rows.run(sql`
      update support.support set state = 'ended', until = ${input.on}, stage_by = null, review_by = null, back_by = null, version = version + 1
      where id = ${support.id}`);
    await rows.run(sql`
      update support.group_member set left_on = greatest(joined_on, ${input.on}) where support_id = ${support.id} and left_on is null`);
    const title = programme.outcomes.find(({ id: outcome }) => outcome === input.outcome)?.title ?? '';
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'ended',
      what: title,
      why: input.why,
      on: input.on,
    });
    await endTasksOf(rows, { area: 'support', id: support.id }, 'The help has ended');
    if (support.since !== null)
      await happened(rows, {
        family: support.family,
        people,
        kind: 'help-ended',
        on: input.on,
        what: `${programme.title} ended: ${title.toLowerCase()}`,
        from: { area: 'support', id: support.id },
        source: 'Family support',
      });
    await endReasons(rows, support.family, 'support', support.id);
    return { about: [support.family], support: support.id, family: support.family };
  },
});

export const comeBack = action({
  name: 'support.come-back',
  title: 'Call on help that a family had before, without asking anew',
  who: practitioners,
  about: 'the family that comes back',
  input: z.object({
    support: id(),
    why: text(5000, 'Say what would help now'),
    agreed: text(1000, 'Say who in the family agreed to this'),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const { rows, today } = doing;
    const before = await holdSupport(rows, input.support);
    if (before === undefined) throw notFound();
    if (before.state !== 'ended')
      throw new Problem(409, 'going-on', 'This help has not ended', { detail: 'The family has it already.' });
    const [live] = await rows.many<{ id: string }>(sql`
      select id from support.support where family_id = ${before.family} and programme = ${before.programme} and state <> 'ended' limit 1`);
    if (live !== undefined)
      throw new Problem(409, 'back-already', 'The family has come back to this already', {
        detail: 'It waits or goes on: look at what is helping on the page of the family.',
      });
    const [programme, members, was, teams] = await Promise.all([
      programmeOf(rows, before.programme),
      membersOf(rows, before.family, today),
      supportPeople(rows, before.id),
      teamsFor(rows, before.programme, before.family),
    ]);
    if (programme === undefined || programme.state !== 'open')
      throw new Problem(409, 'closed-programme', 'This help takes nobody new at present', {
        detail: 'Ask for something else for the family.',
      });
    const people = members.filter((member) => was.includes(member.id));
    const unmet = findingsFor(programme, people, today).filter(({ met }) => !met);
    if (unmet.length > 0) throw invalid({ why: unmet.map(({ because }) => because).join(' ') });
    const team = teams.find((each) => each.id === before.team) ?? teams[0];
    if (team === undefined)
      throw invalid({ why: 'Nobody answers for this help at present. Ask for other help' });
    const support = await insertSupport(rows, {
      family: before.family,
      programme: programme.id,
      request: null,
      cameBackFrom: before.id,
      level: before.level,
      team: team.id,
      lead: null,
      urgency: 'soon',
      agreedOn: today,
      waitedFrom: today,
      people: people.map((person) => person.id),
    });
    await insertSupportStep(rows, {
      support,
      family: before.family,
      step: 'came back',
      level: before.level,
      what: input.agreed.slice(0, 200),
      why: input.why,
      on: today,
    });
    await giveTeam(rows, before.family, team.id, 'support', support);
    await tellTeam(
      rows,
      team.id,
      `A family has come back: ${programme.title}.`,
      `/support/supports/${support}`,
      before.family,
    );
    return { about: [before.family], support, team: team.name };
  },
});
