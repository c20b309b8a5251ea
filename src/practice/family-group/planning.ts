import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import {
  day,
  dayFrom,
  id,
  oneOf,
  optionalDay,
  optionalText,
  several,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { type Faults, invalid, Problem, refuse } from '../../platform/problem.ts';
import { happened } from '../../record/chronology/happened.ts';
import { practitioners } from '../../record/roles.ts';
import { addTask, endTasksOf } from '../../record/tasks/tasks.ts';
import { clockOf, processHref } from './asking.ts';
import {
  childrenOf,
  endReasons,
  guestsOf,
  insertStep,
  nameOf,
  setEnded,
  setFollowing,
  tellOne,
  touch,
} from './records.ts';
import {
  actionsOf,
  holdPlan,
  insertGiven,
  insertPlan,
  insertReview,
  meetingsOf,
  type NewAction,
  setPlanAnswered,
  setReviewed,
} from './records-of-meetings.ts';
import { toCoordinate, toLookAt } from './refusals.ts';
import { endingIds, givenWays, reviewIds, reviewOutcomes, visibleDaysAfter, whyNotAnswer } from './rules.ts';

// The family's plan in the family's words; the answer of whoever holds the bottom line; to whom it was given; reviews; the end.

/** The most things that a plan can say are done. */
export const mostActions = 12;

const written = z.object({
  what: z.string().default(''),
  guest: z.string().default(''),
  service: z.string().default(''),
  due: z.string().default(''),
});

/** What each of a plan's things says: one sentence for each field at fault. */
function actionsFrom(
  lines: readonly z.output<typeof written>[],
  guests: readonly { id: string }[],
): { actions: NewAction[]; faults: Record<string, string> } {
  const faults: Record<string, string> = {};
  const actions = lines.flatMap((line, at): NewAction[] => {
    const what = line.what.trim();
    const service = line.service.trim();
    const due = line.due.trim();
    if (what === '' && service === '' && due === '' && line.guest === '') return [];
    const on = dayFrom(due);
    if (what === '' || what.length > 1000)
      faults[`what-${at}`] = 'Write what is done, in 1,000 characters or fewer';
    if (line.guest === '' && service === '')
      faults[`guest-${at}`] = 'Choose who does it, or write which service';
    else if (line.guest !== '' && service !== '')
      faults[`service-${at}`] = 'Choose somebody or write a service, not both';
    else if (line.guest !== '' && !guests.some((each) => each.id === line.guest))
      faults[`guest-${at}`] = 'Choose somebody of the network';
    else if (service.length > 200) faults[`service-${at}`] = 'Use 200 characters or fewer';
    if (due !== '' && on === undefined)
      faults[`due-${at}`] = 'Enter a day, like 27/3/2026, or leave it empty';
    return [{ what, guest: line.guest || null, service: service || null, due: on ?? null }];
  });
  return { actions, faults };
}

/** Why a day on which something is looked at again cannot be: it has gone by, or is today. */
const notToCome = (
  field: string,
  day: Temporal.PlainDate | undefined,
  today: Temporal.PlainDate,
): Record<string, string> =>
  day !== undefined && Temporal.PlainDate.compare(day, today) <= 0
    ? { [field]: 'Enter a day that is still to come, or leave it empty' }
    : {};

export const writePlan = action({
  name: 'family-group.write-plan',
  title: 'Write down a family’s plan in its own words',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    version: version(),
    words: text(20_000, 'Write the plan in the family’s words'),
    offered: optionalText(10_000),
    reviewOn: optionalDay('Enter the day on which the family looks at it again'),
    actions: z.array(written).max(mostActions).default([]),
  }),
  refusals: {
    plan_once: () =>
      new Problem(409, 'plan-there', 'A plan waits for its answer already', {
        detail: 'Look at that one first. What you wrote is below.',
      }),
  },
  async faults({ rows, today }, { process, actions = [], reviewOn }) {
    const guests = process === undefined ? [] : await guestsOf(rows, process);
    return { ...actionsFrom(actions, guests).faults, ...notToCome('reviewOn', reviewOn, today) };
  },
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const { rows, today } = doing;
    const [guests, meetings, usual] = await Promise.all([
      guestsOf(rows, process.id),
      meetingsOf(rows, process.id),
      clockOf(rows, 'review', today),
    ]);
    const met = meetings.filter(({ held }) => held).at(-1);
    const { actions, faults } = actionsFrom(input.actions, guests);
    if (met === undefined) faults.form = 'A plan is made when the family meets: write that down first';
    const reviewOn = input.reviewOn ?? usual;
    Object.assign(faults, notToCome('reviewOn', reviewOn, today));
    if (met === undefined || Object.keys(faults).length > 0) throw invalid(faults);
    await insertPlan(rows, process, {
      meeting: met.id,
      words: input.words,
      offered: input.offered,
      reviewOn,
      on: today,
      actions,
    });
    await insertStep(rows, process, 'plan written', today);
    await touch(rows, process.id);
    await tellOne(
      rows,
      process.bottomLineOf,
      `A family has made its plan and waits for your answer (${process.reference}).`,
      processHref(process.id),
      process.family,
    );
    return { about: [process.family], process: process.id };
  },
});

export const answerPlan = action({
  name: 'family-group.answer-plan',
  title: 'Agree a family’s plan, or say why not',
  who: practitioners,
  about: 'the family, and the children whom it decides for',
  input: z.object({
    process: id(),
    version: version(),
    answer: oneOf(['agreed', 'not agreed'], 'Say whether the plan is agreed'),
    why: optionalText(10_000),
  }),
  async run(doing, input) {
    const process = await toLookAt(doing, input);
    const { rows, identity, today } = doing;
    const why = whyNotAnswer(identity, {
      ...process,
      bottomLineName: await nameOf(rows, process.bottomLineOf),
    });
    if (why !== undefined)
      throw new Problem(403, 'not-your-bottom-line', 'Somebody else answers this plan', { detail: why });
    const plan = await holdPlan(rows, process.id, 'to be answered');
    if (plan === undefined)
      throw new Problem(409, 'no-plan', 'No plan waits for an answer', {
        detail: 'Look at where it stands now.',
      });
    if (input.answer === 'not agreed' && input.why === '')
      throw invalid({
        why: 'Say which part of the bottom line it does not meet, in words the family could read',
      });
    const children = await childrenOf(rows, process.id);
    await setPlanAnswered(rows, plan.id, input.answer, input.why, today);
    await insertStep(rows, process, input.answer === 'agreed' ? 'plan agreed' : 'plan not agreed', today, {
      why: input.why,
    });
    if (input.answer === 'agreed') {
      await setFollowing(rows, process.id, today);
      await insertReview(rows, process, plan.reviewOn);
      const todo = await actionsOf(rows, plan.id);
      await Promise.all(
        todo.map(({ what, who, person, due }) =>
          addTask(rows, {
            family: process.family,
            people: person === null ? [] : [person],
            what,
            owner: { named: who },
            due: due ?? undefined,
            from: { area: 'family-group', id: process.id },
          }),
        ),
      );
      await happened(rows, {
        family: process.family,
        people: children,
        kind: 'plan-agreed',
        on: today,
        what: 'The family’s own plan was agreed',
        from: { area: 'family-group', id: plan.id },
      });
    }
    if (input.answer === 'not agreed') await touch(rows, process.id);
    await tellOne(
      rows,
      process.coordinator,
      input.answer === 'agreed'
        ? `The family’s plan is agreed (${process.reference}). Give it to everybody.`
        : `The family’s plan is not agreed as it stands: see why (${process.reference}).`,
      processHref(process.id),
      process.family,
    );
    return { about: [process.family, ...children], process: process.id, answer: input.answer };
  },
});

/** What is wrong with to whom a plan was given, and when. */
function givenFaults(
  { to = [], on }: { to?: readonly string[] | undefined; on?: Temporal.PlainDate | undefined },
  guests: Awaited<ReturnType<typeof guestsOf>>,
  today: Temporal.PlainDate,
): Faults {
  const may = guests.filter(({ standing }) => standing !== 'should not be there').map((each) => each.id);
  return {
    ...(to.length === 0 ? { to: 'Choose who has it now' } : {}),
    ...(to.some((each) => !may.includes(each)) ? { to: 'Choose people of the network who may have it' } : {}),
    ...(on !== undefined && Temporal.PlainDate.compare(on, today) > 0
      ? { on: 'This day has not come yet' }
      : {}),
  };
}

export const give = action({
  name: 'family-group.give',
  title: 'Give a family’s plan to everybody',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    to: several(z.uuid('Choose from the list')),
    way: oneOf(givenWays, 'Choose how it was given'),
    on: day('Enter the day on which you gave it'),
  }),
  async faults({ rows, today }, typed) {
    return givenFaults(typed, typed.process === undefined ? [] : await guestsOf(rows, typed.process), today);
  },
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const { rows, today } = doing;
    const plan = await holdPlan(rows, process.id, 'agreed');
    if (plan === undefined) throw invalid({ form: 'A plan is given when it is agreed' });
    const guests = await guestsOf(rows, process.id);
    refuse(givenFaults(input, guests, today));
    await insertGiven(rows, process, { plan: plan.id, guests: input.to, on: input.on, way: input.way });
    await touch(rows, process.id);
    return { about: [process.family], process: process.id };
  },
});

const reviewFaults = (
  { on, next }: { on?: Temporal.PlainDate | undefined; next?: Temporal.PlainDate | undefined },
  today: Temporal.PlainDate,
): Faults => ({
  ...(on !== undefined && Temporal.PlainDate.compare(on, today) > 0
    ? { on: 'This day has not come yet: write it down when you have met' }
    : {}),
  ...notToCome('next', next, today),
});

export const review = action({
  name: 'family-group.review',
  title: 'Write down how a family’s plan goes',
  who: practitioners,
  about: 'the family, and the children whom it decides for',
  input: z.object({
    process: id(),
    version: version(),
    on: day('Enter the day on which you looked at it together'),
    said: text(10_000, 'Write how it goes, in the family’s words where you can'),
    outcome: oneOf(reviewIds, 'Choose how it goes'),
    next: optionalDay('Enter the day on which you look at it again'),
  }),
  faults: ({ today }, typed) => reviewFaults(typed, today),
  async run(doing, input) {
    const process = await toCoordinate(doing, input, ['following']);
    const { rows, today } = doing;
    refuse(reviewFaults(input, today));
    const children = await childrenOf(rows, process.id);
    await setReviewed(rows, process, input);
    await insertStep(rows, process, 'reviewed', input.on, { why: reviewOutcomes[input.outcome] });
    if (input.next !== undefined) await insertReview(rows, process, input.next);
    await touch(rows, process.id);
    return { about: [process.family, ...children], process: process.id, next: input.next !== undefined };
  },
});

export const end = action({
  name: 'family-group.end',
  title: 'End the work of a family group meeting',
  who: practitioners,
  about: 'the family, and the children whom it decides for',
  input: z.object({
    process: id(),
    version: version(),
    ending: oneOf(endingIds, 'Choose how it ends'),
    why: text(10_000, 'Say why, in words the family could read'),
    next: text(5000, 'Say what comes next, and whom the family can ask'),
  }),
  async run(doing, input) {
    const process = await toCoordinate(doing, input);
    const { rows, today } = doing;
    if (process.state === 'preparing' && input.ending === 'has what it needs')
      throw invalid({ ending: 'No plan is agreed yet: choose how it ends without one' });
    const children = await childrenOf(rows, process.id);
    await insertStep(rows, process, 'ended', today, { why: input.why, next: input.next });
    await setEnded(rows, process.id, 'ended', input.ending, today);
    if (input.ending !== 'has what it needs')
      await endTasksOf(
        rows,
        { area: 'family-group', id: process.id },
        'The family’s plan is not followed any more',
      );
    await tellOne(
      rows,
      process.askedBy,
      `The work of a family group meeting has ended (${process.reference}): see what comes next.`,
      processHref(process.id),
      process.family,
    );
    await endReasons(rows, process.family, 'family-group', process.id, visibleDaysAfter);
    return { about: [process.family, ...children], process: process.id };
  },
});
