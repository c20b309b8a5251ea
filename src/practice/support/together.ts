import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { day, id, oneOf, optionalId, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, type Faults, invalid, notFound, refuse } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import { answersFrom, questionsAt } from './answers.ts';
import { givenAnswers } from './asking.ts';
import {
  goalsOf,
  type HeldSupport,
  holdSupport,
  insertReading,
  insertSession,
  readAlready,
  supportPeople,
} from './helping-records.ts';
import type { Programme, Tool } from './programme.ts';
import { programmeOfSupport } from './records.ts';
import { toHelp } from './refusals.ts';
import { cameIds, hourFrom, ways, whyNotThen } from './rules.ts';

// What is done together with a family: goals in their words, sessions, and readings of how things are.

export const addGoal = action({
  name: 'support.add-goal',
  title: 'Write down what a family wants, in their words',
  who: practitioners,
  about: 'the family that is helped, and whose goal it is',
  input: z.object({
    support: id(),
    person: optionalId(),
    words: text(2000, 'Write what they want, in their words'),
  }),
  async run(doing, input) {
    const support = await toHelp(doing, input, ['waiting', 'active', 'paused']);
    const { rows, today } = doing;
    const people = await supportPeople(rows, support.id);
    if (input.person !== undefined && !people.includes(input.person))
      throw invalid({ person: 'Choose somebody whom this helps' });
    await rows.run(sql`
      insert into support.goal (support_id, family_id, person_id, words, set_on)
      values (${support.id}, ${support.family}, ${input.person ?? null}, ${input.words}, ${today})`);
    return { about: [support.family, ...(input.person ? [input.person] : [])], support: support.id };
  },
});

export const endGoal = action({
  name: 'support.end-goal',
  title: 'Say that a goal was reached, or was let go',
  who: practitioners,
  about: 'the family that is helped',
  input: z.object({
    goal: id(),
    version: version(),
    state: oneOf(['reached', 'let go'], 'Choose what became of it'),
  }),
  async run(doing, input) {
    const { rows, today } = doing;
    const [goal] = await rows.many<{ support: string; version: number; state: string }>(
      sql`select support_id as support, version, state from support.goal where id = ${input.goal} for update`,
    );
    if (goal === undefined) throw notFound();
    const support = await toHelp(doing, { support: goal.support });
    if (goal.version !== input.version || goal.state !== 'working on it') throw changedMeanwhile();
    await rows.run(sql`
      update support.goal set state = ${input.state}, ended_on = ${today}, version = version + 1 where id = ${input.goal}`);
    return { about: [support.family], support: support.id };
  },
});

const hour = () =>
  z.string({ error: 'Enter the hour at which it began' }).transform((written, context) => {
    const read = hourFrom(written);
    if (read === undefined) {
      context.addIssue({ code: 'custom', message: 'Enter the hour at which it began, like 14:30 or 2:30pm' });
      return z.NEVER;
    }
    return read;
  });

/** When a session was and how long. */
export const whenFields = {
  on: day('Enter the day'),
  began: hour(),
  minutes: z.coerce
    .number({ error: 'Enter how many minutes it took' })
    .int('Enter whole minutes')
    .min(1, 'Enter how many minutes it took')
    .max(1440, 'Enter 1,440 minutes or fewer: a longer time is several sessions'),
};

/** What is wrong with a time together, as far as it could be read: when it was, and the programme's own questions. */
const sessionFaults = (
  programme: Programme,
  support: HeldSupport,
  {
    on,
    began,
    answers = {},
  }: {
    on?: Temporal.PlainDate | undefined;
    began?: Temporal.PlainTime | undefined;
    answers?: Readonly<Record<string, string>> | undefined;
  },
  now: Temporal.Instant,
): Faults => ({
  ...(on === undefined ? {} : whyNotThen(on, began, now, support.agreedOn)),
  ...answersFrom(questionsAt(programme, 'session'), answers).faults,
});

export const addSession = action({
  name: 'support.add-session',
  title: 'Write down a time together with a family',
  who: practitioners,
  about: 'the family that is helped, and who was there',
  input: z.object({
    support: id(),
    ...whenFields,
    way: oneOf(ways, 'Choose where or how'),
    came: z.record(z.uuid(), z.enum(cameIds)).default({}),
    what: optionalText(5000),
    items: z.record(z.string().max(60), z.coerce.number().int().min(0).max(100_000)).default({}),
    answers: givenAnswers(),
  }),
  async faults({ rows, now }, typed) {
    if (typed.support === undefined) return {};
    const [support, programme] = await Promise.all([
      holdSupport(rows, typed.support),
      programmeOfSupport(rows, typed.support),
    ]);
    return support === undefined || programme === undefined
      ? {}
      : sessionFaults(programme, support, typed, now);
  },
  async run(doing, input) {
    const { rows, now } = doing;
    const [support, programme, people] = await Promise.all([
      toHelp(doing, input, ['active', 'paused']),
      programmeOfSupport(rows, input.support),
      supportPeople(rows, input.support),
    ]);
    if (programme === undefined) throw notFound();
    const { answers } = answersFrom(questionsAt(programme, 'session'), input.answers);
    const came = Object.entries(input.came).map(([person, how]) => ({ person, came: how }));
    const items = Object.entries(input.items).filter(([, amount]) => amount > 0);
    const fields: Record<string, string> = { ...sessionFaults(programme, support, input, now) };
    if (came.some(({ person }) => !people.includes(person))) fields.came = 'Choose people whom this helps';
    for (const [item] of items)
      if (!programme.items.some((each) => each.id === item))
        fields[`item-${item}`] = 'This is not in the list';
    if (Object.keys(fields).length > 0) throw invalid(fields);
    const session = await insertSession(rows, {
      support,
      on: input.on,
      began: input.began,
      minutes: input.minutes,
      way: input.way,
      what: input.what,
      answers,
      came,
      items: items.map(([item, amount]) => ({ item, amount })),
    });
    return {
      about: [support.family, ...came.map(({ person }) => person)],
      support: support.id,
      session,
    };
  },
});

/** The areas of a reading: a tool's own, or the goals of the support; one without areas has one number. */
export const areasOf = (
  tool: Tool,
  goals: readonly { id: string; words: string }[],
): readonly { id: string; title: string }[] =>
  tool.kind === 'goals'
    ? goals.map((goal) => ({ id: goal.id, title: goal.words }))
    : tool.areas.length > 0
      ? tool.areas
      : [{ id: tool.id, title: tool.title }];

/** There is one first and one last reading for each tool and person. */
const readBefore = (moment: 'first' | 'last'): string =>
  `There is a ${moment} reading already: choose another of these`;

interface Reading {
  tool?: string | undefined;
  moment?: 'first' | 'between' | 'last' | undefined;
  on?: Temporal.PlainDate | undefined;
  person?: string | undefined;
  scores?: Readonly<Record<string, string>> | undefined;
}

/** What is wrong with a reading, as far as it could be read, and its numbers. */
function readingFrom(
  tool: Tool,
  goals: readonly { id: string; words: string }[],
  { on, scores: written = {} }: Reading,
  today: Temporal.PlainDate,
): { faults: Record<string, string>; scores: { area: string; title: string; score: number }[] } {
  const faults: Record<string, string> = {};
  const areas = areasOf(tool, goals);
  if (areas.length === 0) faults.tool = 'Write down a goal first: this asks how close each goal is';
  const scores = areas.map(({ id: area, title }) => {
    const said = (written[area] ?? '').trim();
    const score = Number(said);
    if (said === '' || !Number.isFinite(score) || score < tool.from || score > tool.to)
      faults[`score-${area}`] = `Enter a number from ${tool.from} to ${tool.to}: ${title}`;
    return { area, title, score };
  });
  if (on !== undefined && Temporal.PlainDate.compare(on, today) > 0)
    faults.on = 'This day has not come yet: write a reading down when it was made';
  return { faults, scores };
}

export const addReading = action({
  name: 'support.add-reading',
  title: 'Write down how things are now, on a tool of the programme',
  who: practitioners,
  about: 'the family that is helped, and whose reading it is',
  input: z.object({
    support: id(),
    tool: text(60, 'Choose the tool'),
    person: optionalId(),
    moment: oneOf(['first', 'between', 'last'], 'Choose whether this is the first, one between, or the last'),
    on: day('Enter the day'),
    scores: z.record(z.string().max(60), z.string().max(20)).default({}),
    words: optionalText(5000),
  }),
  async faults({ rows, today }, typed) {
    if (typed.support === undefined) return {};
    const [programme, goals] = await Promise.all([
      programmeOfSupport(rows, typed.support),
      goalsOf(rows, typed.support),
    ]);
    const tool = programme?.tools.find((each) => each.id === typed.tool);
    return tool === undefined ? {} : readingFrom(tool, goals, typed, today).faults;
  },
  async run(doing, input) {
    const support = await toHelp(doing, input, ['waiting', 'active', 'paused']);
    const { rows, today } = doing;
    const [programme, people, goals] = await Promise.all([
      programmeOfSupport(rows, support.id),
      supportPeople(rows, support.id),
      goalsOf(rows, support.id),
    ]);
    const tool = programme?.tools.find((each) => each.id === input.tool);
    if (tool === undefined) throw invalid({ tool: 'Choose a tool from the list' });
    const { faults, scores } = readingFrom(tool, goals, input, today);
    if (input.person !== undefined && !people.includes(input.person))
      faults.person = 'Choose somebody whom this helps';
    // The support is held until the transaction ends, so nobody makes the same reading beside this one.
    if (
      input.moment !== 'between' &&
      (await readAlready(rows, support.id, { ...input, moment: input.moment }))
    )
      faults.moment = readBefore(input.moment);
    refuse(faults);
    await insertReading(rows, {
      support,
      tool: tool.id,
      person: input.person ?? null,
      moment: input.moment,
      on: input.on,
      words: input.words,
      scores,
    });
    return { about: [support.family, ...(input.person ? [input.person] : [])], support: support.id };
  },
});
