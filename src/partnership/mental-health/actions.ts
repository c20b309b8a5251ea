import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, oneOf, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { writers, yearField } from './rules.ts';

// What planning officers say of a year and of how it is looked at: priorities, indicators, signs. Its money is in `money.ts`.

const who = writers;
const about = 'nobody';

const there = async ({ rows }: Pick<Doing, 'rows'>, statement: ReturnType<typeof sql>): Promise<boolean> =>
  (await rows.many(statement)).length > 0;

export const addPriority = action({
  name: 'mental-health.add-priority',
  title: 'Add a priority of a year',
  who,
  about,
  refusals: { priority_once: () => invalid({ title: 'This priority is there already' }) },
  input: z.object({
    year: yearField(),
    title: text(200, 'Enter the priority in a few words'),
    why: text(2000, 'Say why: what children, young people and families said, and what is known'),
  }),
  async run({ rows }, { year, title, why }) {
    await rows.run(
      sql`insert into mental_health.priority (year, title, why) values (${year}, ${title}, ${why})`,
    );
    return { about: [], year };
  },
});

export const takeOutPriority = action({
  name: 'mental-health.take-out-priority',
  title: 'Take out a priority of a year',
  who,
  about,
  refusals: {
    funded_priority_id_fkey: () =>
      new Problem(422, 'priority-in-use', 'A support is funded for this priority, so that it stays', {
        detail: 'Change that support first.',
      }),
  },
  input: z.object({ priority: id() }),
  async run({ rows }, { priority }) {
    const [gone] = await rows.many<{ year: number }>(
      sql`delete from mental_health.priority where id = ${priority} returning year`,
    );
    if (gone === undefined) throw notFound();
    return { about: [], year: gone.year };
  },
});

/** Ticked in a form, or the short names of tools one on each line. */
const toolIds = z.preprocess(
  (given) => (Array.isArray(given) ? given.join('\n') : given),
  optionalText(2000).transform((written) => [
    ...new Set(
      written
        .split(/[\s,]+/)
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    ),
  ]),
);
const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const indicatorFields = {
  title: text(200, 'Enter what the indicator is called'),
  what: text(1000, 'Say what it shows, in plain words'),
  tools: toolIds.refine(
    (ids) => ids.length <= 20 && ids.every((each) => slug.test(each) && each.length <= 60),
    'Enter the short names of tools, one on each line, like how-i-feel',
  ),
};
const indicatorRefusals = {
  indicator_pkey: () => invalid({ title: 'There is an indicator of this name' }),
  indicator_title_once: () => invalid({ title: 'There is an indicator of this name' }),
};

export const addIndicator = action({
  name: 'mental-health.add-indicator',
  title: 'Add an indicator of the wellbeing quality framework',
  who,
  about,
  refusals: indicatorRefusals,
  input: z.object(indicatorFields),
  async run({ rows }, { title, what, tools }) {
    const made = title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^[-0-9]+|-+$/g, '')
      .slice(0, 60);
    const slugged = made.replace(/-+$/, '');
    if (!slug.test(slugged)) throw invalid({ title: 'Begin with a letter' });
    await rows.run(
      sql`insert into mental_health.indicator (id, title, what, tools) values (${slugged}, ${title}, ${what}, ${tools}::text[])`,
    );
    return { about: [], indicator: slugged };
  },
});

export const changeIndicator = action({
  name: 'mental-health.change-indicator',
  title: 'Change an indicator of the wellbeing quality framework',
  who,
  about,
  refusals: indicatorRefusals,
  input: z.object({
    indicator: text(60),
    version: version(),
    ...indicatorFields,
    state: oneOf(['open', 'closed'], 'Say whether it is still looked at'),
  }),
  async run(doing, { indicator, version: seen, title, what, tools, state }) {
    const changed = await doing.rows.run(sql`
      update mental_health.indicator set title = ${title}, what = ${what}, tools = ${tools}::text[], state = ${state}, version = version + 1
      where id = ${indicator} and version = ${seen}`);
    if (changed === 0)
      throw (await there(doing, sql`select from mental_health.indicator where id = ${indicator}`))
        ? changedMeanwhile()
        : notFound();
    return { about: [], indicator };
  },
});

export const addSign = action({
  name: 'mental-health.add-sign',
  title: 'Add a sign that somebody went on to crisis support',
  who,
  about,
  refusals: { crisis_sign_once: () => invalid({ value: 'This sign is there already' }) },
  input: z.object({
    kind: oneOf(['ending', 'next programme', 'said yes'], 'Choose what kind of sign it is'),
    value: text(60, 'Choose what else says that somebody went on to crisis support').refine(
      (written) => slug.test(written),
      'Use small letters, figures and single hyphens, like crisis-support',
    ),
  }),
  async run({ rows }, { kind, value }) {
    await rows.run(sql`insert into mental_health.crisis_sign (kind, value) values (${kind}, ${value})`);
    return { about: [] };
  },
});

export const takeOutSign = action({
  name: 'mental-health.take-out-sign',
  title: 'Take out a sign that somebody went on to crisis support',
  who,
  about,
  input: z.object({ sign: id() }),
  async run({ rows }, { sign }) {
    if ((await rows.run(sql`delete from mental_health.crisis_sign where id = ${sign}`)) === 0)
      throw notFound();
    return { about: [] };
  },
});
