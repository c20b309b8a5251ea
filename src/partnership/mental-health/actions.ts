import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  money,
  oneOf,
  optionalId,
  optionalText,
  poundsToPence,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { levels, writers } from './rules.ts';

// What planning officers do: awards, priorities, what is funded, what was spent. The database keeps an award from being overdrawn.

const who = writers;
const about = 'nobody';

/** Pounds above 0, up to a thousand million; whole pence after parsing. */
const sum = (missing: string) =>
  z.string({ error: missing }).transform((written, context) => {
    const pence = poundsToPence(written);
    if (pence === undefined || pence <= 0n || pence > 100_000_000_000n) {
      context.addIssue({ code: 'custom', message: missing });
      return z.NEVER;
    }
    return pence;
  });
const yearField = () =>
  z.coerce
    .number({ error: 'Choose the year' })
    .int('Choose the year')
    .min(2000, 'Choose the year')
    .max(2199, 'Choose the year');

const overdrawn = () =>
  invalid({
    amount:
      'This is more than is left of the award. Enter less, or choose another award: nothing was promised',
  });
const awardTooSmall = () =>
  invalid({ amount: 'More than this is promised to supports already. Enter at least what is promised' });

const awardFields = {
  source: text(200, 'Enter who gives the money'),
  letter: text(200, 'Enter the reference of the letter'),
  letterOn: day('Enter the day of the letter'),
  purpose: text(2000, 'Say what the money is for'),
  amount: sum('Enter the amount in pounds, like 234,000'),
};
const awardRefusals = {
  award_once: () => invalid({ letter: 'This letter is written down for this year already. Open that award' }),
  award_not_overdrawn: awardTooSmall,
};

export const addAward = action({
  name: 'mental-health.add-award',
  title: 'Add an award of the mental health and wellbeing framework',
  who,
  about,
  refusals: awardRefusals,
  input: z.object({ year: yearField(), ...awardFields }),
  async run({ rows }, { year, source, letter, letterOn, purpose, amount }) {
    const [made] = await rows.many<{ id: string }>(sql`
      insert into mental_health.award (year, source, letter, letter_on, purpose, pence)
      values (${year}, ${source}, ${letter}, ${letterOn}, ${purpose}, ${amount}) returning id`);
    if (made === undefined) throw new Error('no award was written');
    return { about: [], award: made.id, year };
  },
});

export const changeAward = action({
  name: 'mental-health.change-award',
  title: 'Change an award of the mental health and wellbeing framework',
  who,
  about,
  refusals: awardRefusals,
  input: z.object({ award: id(), version: version(), ...awardFields }),
  async run({ rows }, { award, version: seen, source, letter, letterOn, purpose, amount }) {
    const [changed] = await rows.many<{ year: number }>(sql`
      update mental_health.award set source = ${source}, letter = ${letter}, letter_on = ${letterOn}, purpose = ${purpose}, pence = ${amount},
        version = version + 1
      where id = ${award} and version = ${seen} returning year`);
    if (changed === undefined)
      throw (await there({ rows }, sql`select from mental_health.award where id = ${award}`))
        ? changedMeanwhile()
        : notFound();
    return { about: [], award, year: changed.year };
  },
});

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

const item = () => optionalText(60).transform((written) => (written === '' ? null : written));
const fundedFields = {
  title: optionalText(200),
  about: text(2000, 'Say what it is and what it is for'),
  level: oneOf(levels, 'Choose a level'),
  provider: text(200, 'Enter who gives it'),
  coProduced: optionalText(1000),
  phase: optionalText(100),
  priority: optionalId(),
  amount: sum('Enter the amount in pounds, like 12,500'),
  firstOn: day('Enter the day from which it is paid for'),
  lastOn: day('Enter the day until which it is paid for'),
  childrenItem: item(),
  familiesItem: item(),
  crisisItem: item(),
};
const fundedRefusals = {
  award_not_overdrawn: overdrawn,
  funded_not_overspent: () =>
    invalid({ amount: 'More than this was spent on it already. Enter at least what was spent' }),
  funded_once: () =>
    invalid({ title: 'This award pays for a support of this name and phase already. Open that one' }),
  funded_award_id_fkey: () => invalid({ award: 'Choose the award' }),
  funded_priority_id_fkey: () => invalid({ priority: 'Choose from the list' }),
};
type FundedInput = z.output<z.ZodObject<typeof fundedFields>>;

function checkFunded(input: FundedInput, programme: string | null): void {
  if (Temporal.PlainDate.compare(input.lastOn, input.firstOn) < 0)
    throw invalid({ lastOn: 'It cannot end before it begins' });
  if (programme === null && (input.childrenItem ?? input.familiesItem ?? input.crisisItem) !== null)
    throw invalid({ childrenItem: 'Only a programme has returns. Leave this empty: sums are told later' });
}

export const fund = action({
  name: 'mental-health.fund',
  title: 'Add a support that an award pays for',
  who,
  about,
  refusals: fundedRefusals,
  input: z.object({ award: id('Choose the award'), programme: optionalText(60), ...fundedFields }),
  async run(doing, { award, programme: chosen, ...input }) {
    const { rows } = doing;
    const programme = chosen === '' ? null : chosen;
    checkFunded(input, programme);
    const [found] = await rows.many<{ title: string }>(
      sql`select title from support.programme where id = ${programme}`,
    );
    if (programme !== null && found === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    const title = input.title === '' ? found?.title : input.title;
    if (title === undefined) throw invalid({ title: 'Choose a programme, or give the project a name' });
    const [made] = await rows.many<{ id: string }>(sql`
      insert into mental_health.funded (award_id, programme, title, about, level, provider, co_produced, phase, priority_id, pence, first_on, last_on,
        children_item, families_item, crisis_item)
      values (${award}, ${programme}, ${title}, ${input.about}, ${input.level}, ${input.provider}, ${input.coProduced}, ${input.phase},
        ${input.priority ?? null}, ${input.amount}, ${input.firstOn}, ${input.lastOn}, ${input.childrenItem}, ${input.familiesItem}, ${input.crisisItem})
      returning id`);
    if (made === undefined) throw new Error('no support was written');
    return { about: [], support: made.id };
  },
});

export const changeFunded = action({
  name: 'mental-health.change-support',
  title: 'Change a support that an award pays for',
  who,
  about,
  refusals: fundedRefusals,
  input: z.object({ support: id(), version: version(), ...fundedFields }),
  async run(doing, { support, version: seen, ...input }) {
    const { rows } = doing;
    const [found] = await rows.many<{ programme: string | null }>(
      sql`select programme from mental_health.funded where id = ${support}`,
    );
    if (found === undefined) throw notFound();
    checkFunded(input, found.programme);
    if (input.title === '') throw invalid({ title: 'Enter what it is called' });
    const changed = await rows.run(sql`
      update mental_health.funded set title = ${input.title}, about = ${input.about}, level = ${input.level}, provider = ${input.provider},
        co_produced = ${input.coProduced}, phase = ${input.phase}, priority_id = ${input.priority ?? null}, pence = ${input.amount},
        first_on = ${input.firstOn}, last_on = ${input.lastOn}, children_item = ${input.childrenItem}, families_item = ${input.familiesItem},
        crisis_item = ${input.crisisItem}, version = version + 1
      where id = ${support} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    return { about: [], support };
  },
});

export const spend = action({
  name: 'mental-health.spend',
  title: 'Write down what was spent on a funded support',
  who,
  about,
  refusals: {
    funded_not_overspent: () =>
      invalid({
        amount: 'This is more than is left of what it was promised, or more came back than was spent',
      }),
    spend_funded_id_fkey: notFound,
  },
  input: z.object({
    support: id(),
    amount: sum('Enter the amount in pounds, like 4,500'),
    back: tick(),
    note: text(500, 'Say what it was for'),
    on: day('Enter the day'),
  }),
  async run({ rows, today }, { support, amount, back, note, on }) {
    if (Temporal.PlainDate.compare(on, today) > 0) throw invalid({ on: 'This day has not come yet' });
    await rows.run(sql`
      insert into mental_health.spend (funded_id, pence, note, on_day) values (${support}, ${back ? -amount : amount}, ${note}, ${on})`);
    return { about: [], support, words: money(amount) };
  },
});

const toolIds = optionalText(1000).transform((written) => [
  ...new Set(
    written
      .split(/[\s,]+/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
]);
const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const indicatorFields = {
  title: text(200, 'Enter what the indicator is called'),
  what: text(1000, 'Say what it shows, in plain words'),
  tools: toolIds.refine(
    (ids) => ids.length <= 20 && ids.every((each) => slug.test(each) && each.length <= 60),
    'Enter the ids of tools, one on each line, like how-i-feel',
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
    value: text(60, 'Enter the id, as the file of the programme has it').refine(
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
