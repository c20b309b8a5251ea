import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalDay, text, version } from '../../platform/actions/fields.ts';
import { type Faults, invalid, notFound, refuse } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import { dueBy, holidaysHere } from '../../record/tasks/clocks.ts';
import {
  type HeldSupport,
  hasRoom,
  holdSupport,
  insertSupportStep,
  supportBegins,
  supportPeople,
} from './helping-records.ts';
import { type Level, levels, type Programme } from './programme.ts';
import { programmeOf, tellOne, worksIn } from './records.ts';
import { toHelp } from './refusals.ts';
import { stepOf } from './rules.ts';

// What those who help a family do with the help itself: begin it, lead it, step it up or down, pause it, look at it together.

const seen = { support: id(), version: version() };

/** Why help cannot change to a level: it stands there now, or the programme does not help at it. */
function whyNotLevel(
  support: HeldSupport,
  programme: Programme | undefined,
  level: Level | undefined,
): Faults {
  if (level === undefined) return {};
  if (level === support.level) return { level: 'It stands at this level now: choose another' };
  return programme?.levels.includes(level)
    ? {}
    : { level: 'This programme does not help at that level. End it with what comes next, and ask for that' };
}

const whyNotBack = (backBy: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  backBy !== undefined && Temporal.PlainDate.compare(backBy, today) <= 0
    ? { backBy: 'Enter a day after today' }
    : {};

const whyNotReviewed = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  on !== undefined && Temporal.PlainDate.compare(on, today) > 0
    ? { on: 'This day has not come yet: enter today or a day before' }
    : {};

export const begin = action({
  name: 'support.begin',
  title: 'Begin help for a family that waits',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({ ...seen, lead: id('Choose who leads') }),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['waiting']);
    const { rows, today, identity } = doing;
    const [programme, people, holidays] = await Promise.all([
      programmeOf(rows, support.programme),
      supportPeople(rows, support.id),
      holidaysHere(rows),
    ]);
    if (programme === undefined) throw notFound();
    const full = await hasRoom(rows, programme, people.length);
    if (full !== undefined) throw invalid({ lead: full });
    if (!(await worksIn(rows, input.lead, support.team)))
      throw invalid({ lead: 'Choose somebody of the team' });
    await rows.run(sql`update support.support set lead = ${input.lead} where id = ${support.id}`);
    await supportBegins(rows, {
      id: support.id,
      family: support.family,
      programme,
      people,
      level: support.level,
      on: today,
      holidays,
    });
    if (input.lead !== identity.account)
      await tellOne(
        rows,
        input.lead,
        'You lead help for a family.',
        `/support/supports/${support.id}`,
        support.family,
      );
    return { about: [support.family], support: support.id };
  },
});

export const setLead = action({
  name: 'support.set-lead',
  title: 'Say who leads help for a family',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({ ...seen, lead: id('Choose who leads') }),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['waiting', 'active', 'paused']);
    const { rows, today, identity } = doing;
    if (input.lead === support.lead) throw invalid({ lead: 'They lead it now: choose somebody else' });
    if (!(await worksIn(rows, input.lead, support.team)))
      throw invalid({ lead: 'Choose somebody of the team' });
    const [named] = await rows.many<{ name: string }>(
      sql`select name from access.account where id = ${input.lead}`,
    );
    await rows.run(
      sql`update support.support set lead = ${input.lead}, version = version + 1 where id = ${support.id}`,
    );
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'lead',
      what: named?.name ?? '',
      on: today,
    });
    if (input.lead !== identity.account)
      await tellOne(
        rows,
        input.lead,
        'You lead help for a family.',
        `/support/supports/${support.id}`,
        support.family,
      );
    return { about: [support.family], support: support.id };
  },
});

export const changeLevel = action({
  name: 'support.change-level',
  title: 'Change how much help a family has: step up or step down',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({
    ...seen,
    level: oneOf(levels, 'Choose how much help'),
    why: text(5000, 'Say why, in words the family could read'),
  }),
  async faults({ rows }, { support: id, level }) {
    const support = id === undefined ? undefined : await holdSupport(rows, id);
    return support === undefined
      ? {}
      : whyNotLevel(support, await programmeOf(rows, support.programme), level);
  },
  async run(doing, input) {
    const support = await toHelp(doing, input);
    const { rows, today } = doing;
    refuse(whyNotLevel(support, await programmeOf(rows, support.programme), input.level));
    const step = stepOf(support.level, input.level) ?? 'stepped up';
    await rows.run(
      sql`update support.support set level = ${input.level}, version = version + 1 where id = ${support.id}`,
    );
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step,
      level: input.level,
      why: input.why,
      on: today,
    });
    return { about: [support.family], support: support.id, step };
  },
});

export const moveStage = action({
  name: 'support.move-stage',
  title: 'Say at which stage help for a family is',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({ ...seen, stage: text(60, 'Choose the stage') }),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['active']);
    const { rows, today } = doing;
    const [programme, holidays] = await Promise.all([
      programmeOf(rows, support.programme),
      holidaysHere(rows),
    ]);
    const stage = programme?.stages.find((each) => each.id === input.stage);
    if (stage === undefined) throw invalid({ stage: 'Choose a stage from the list' });
    if (stage.id === support.stage) throw invalid({ stage: 'It is at this stage now: choose another' });
    const by = stage.within === undefined ? null : dueBy(stage.within, today, holidays);
    await rows.run(sql`
      update support.support set stage = ${stage.id}, stage_by = ${by}, version = version + 1 where id = ${support.id}`);
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'stage',
      what: stage.title,
      on: today,
    });
    return { about: [support.family], support: support.id };
  },
});

export const pause = action({
  name: 'support.pause',
  title: 'Stop help for a family for a while',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({
    ...seen,
    why: text(5000, 'Say why, in words the family could read'),
    backBy: optionalDay('Enter the day by which you look at it again'),
  }),
  faults: ({ today }, { backBy }) => whyNotBack(backBy, today),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['active']);
    const { rows, today } = doing;
    refuse(whyNotBack(input.backBy, today));
    await rows.run(sql`
      update support.support set state = 'paused', back_by = ${input.backBy ?? null}, version = version + 1 where id = ${support.id}`);
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'paused',
      why: input.why,
      on: today,
    });
    return { about: [support.family], support: support.id };
  },
});

export const goOn = action({
  name: 'support.go-on',
  title: 'Go on with help for a family after a pause',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object(seen),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['paused']);
    const { rows, today } = doing;
    await rows.run(sql`
      update support.support set state = 'active', back_by = null, version = version + 1 where id = ${support.id}`);
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'went on',
      on: today,
    });
    return { about: [support.family], support: support.id };
  },
});

export const review = action({
  name: 'support.review',
  title: 'Review help together with a family',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({
    ...seen,
    on: day('Enter the day on which you looked at it together'),
    said: text(10_000, 'Write what was said, and what happens next'),
  }),
  faults: ({ today }, { on }) => whyNotReviewed(on, today),
  async run(doing, input) {
    const support = await toHelp(doing, input);
    const { rows, today } = doing;
    refuse(whyNotReviewed(input.on, today));
    const [programme, holidays] = await Promise.all([
      programmeOf(rows, support.programme),
      holidaysHere(rows),
    ]);
    const every = programme?.clocks.review;
    const next = every === undefined ? null : dueBy(every, input.on, holidays);
    await rows.run(
      sql`update support.support set review_by = ${next}, version = version + 1 where id = ${support.id}`,
    );
    await insertSupportStep(rows, {
      support: support.id,
      family: support.family,
      step: 'reviewed',
      why: input.said,
      on: input.on,
    });
    return { about: [support.family], support: support.id };
  },
});
