import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  money,
  oneOf,
  optionalId,
  optionalText,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { returnNumbers } from '../../practice/support/providers/return-numbers.ts';
import { programmeOf } from '../../practice/support/records.ts';
import * as funds from '../../record/funds/records.ts';
import { largeSumOf } from '../../record/funds/sums.ts';
import { fundTerms, termFaults } from '../../record/funds/terms.ts';
import { area, isAward, writesAwards } from './awards.ts';
import { levels, writers, yearField, yearPeriod } from './rules.ts';

// What planning officers do with the money: awards, what they pay for, what was spent. An award is a fund, and what it pays for draws
// on that fund, so that the database keeps it from being overdrawn as it keeps every other.

const who = writers;
const about = 'nobody';

const awardFields = {
  source: text(200, 'Enter who gives the money'),
  letter: text(200, 'Enter the reference of the letter'),
  letterOn: day('Enter the day of the letter'),
  purpose: text(2000, 'Say what the money is for'),
  amount: largeSumOf('Enter the amount in pounds, like 234,000'),
  nonRecurring: fundTerms.nonRecurring,
  from: fundTerms.from,
  to: fundTerms.to,
  exitPlan: fundTerms.exitPlan,
};
type AwardInput = z.output<z.ZodObject<typeof awardFields>>;

/** An award as the terms of its fund: it lasts from the first day of its year, unless another is said. */
function termsOf({ source, amount: _amount, ...input }: AwardInput, year: number) {
  const terms = { ...input, from: input.from ?? yearPeriod(year).from, givenBy: source };
  refuse(termFaults(terms));
  return terms;
}

const awardRefusals = {
  fund_once: () => invalid({ letter: 'This letter is written down for this year already. Open that award' }),
  fund_cannot_be_overdrawn: () =>
    invalid({ amount: 'More than this is promised to supports already. Enter at least what is promised' }),
};

export const addAward = action({
  name: 'mental-health.add-award',
  title: 'Add an award of the mental health and wellbeing framework',
  who,
  about,
  faults: (_doing, typed) => termFaults(typed),
  refusals: awardRefusals,
  input: z.object({ year: yearField(), ...awardFields }),
  async run({ rows, identity, today }, { year, ...input }) {
    const [writes] = await rows.many<{ may: boolean }>(sql`select ${writesAwards} as may`);
    if (writes?.may !== true) throw notFound();
    const award = await funds.openFund(rows, {
      ...termsOf(input, year),
      title: 'Community mental health and wellbeing framework',
      code: `mental-health-${year}-${randomUUID().slice(0, 8)}`,
      year,
      areas: [area],
      first: {
        kind: 'allocation',
        pence: input.amount,
        on: today,
        note: 'As the award was added',
        by: identity.account,
      },
    });
    return { about: [], award, year };
  },
});

interface Award {
  year: number;
  title: string;
  pence: bigint;
  /** Whether others draw on its fund too, or may. */
  shared: boolean;
}

/** An award that whoever asks may write on; nothing where there is none. */
async function awardOf(rows: Rows, award: string): Promise<Award | undefined> {
  const [found] = await rows.many<Award>(sql`
    select a.year::integer as year, a.title, a.allocated_pence as pence,
      exists (select from funds.fund_area o where o.fund_id = a.id and o.area <> ${area}) as shared
    from funds.fund a where a.id = ${award} and ${isAward} and ${writesAwards}`);
  return found;
}

export const changeAward = action({
  name: 'mental-health.change-award',
  faults: (_doing, typed) => termFaults(typed),
  title: 'Change an award of the mental health and wellbeing framework',
  who,
  about,
  refusals: awardRefusals,
  input: z.object({ award: id(), version: version(), ...awardFields }),
  async run({ rows, identity, today }, { award, version: seen, ...input }) {
    const held = await awardOf(rows, award);
    if (held === undefined) throw notFound();
    if (held.shared)
      throw new Problem(409, 'shared-fund', 'Others may draw on this award too', {
        detail: 'Nothing was changed. The finance team changes it among the funds.',
      });
    const terms = { ...termsOf(input, held.year), title: held.title };
    await funds.changeTerms(rows, { fund: award, version: seen, ...terms });
    // Looked at again now that the row is locked.
    const pence = input.amount - ((await awardOf(rows, award)) ?? held).pence;
    if (pence !== 0n)
      await funds.giveMoney(rows, {
        fund: award,
        kind: pence > 0n ? 'top-up' : 'correction',
        pence,
        on: today,
        note: 'The amount of the award was changed',
        by: identity.account,
      });
    return { about: [], award, year: held.year };
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
  amount: largeSumOf('Enter the amount in pounds, like 12,500'),
  firstOn: day('Enter the day from which it is paid for'),
  lastOn: day('Enter the day until which it is paid for'),
  childrenItem: item(),
  familiesItem: item(),
  crisisItem: item(),
};
const chooseAward = () => invalid({ award: 'Choose the award' });
const fundedRefusals = {
  fund_cannot_be_overdrawn: () =>
    invalid({
      amount:
        'This is more than is left of the award. Enter less, or choose another award: nothing was promised',
    }),
  promise_cannot_be_overspent: () =>
    invalid({ amount: 'More than this was spent on it already. Enter at least what was spent' }),
  funded_once: () =>
    invalid({ title: 'This award pays for a support of this name and phase already. Open that one' }),
  funded_award_id_fkey: chooseAward,
  draw_fund_is_of_area: chooseAward,
  funded_priority_id_fkey: () => invalid({ priority: 'Choose from the list' }),
};
type FundedInput = z.output<z.ZodObject<typeof fundedFields>>;

/** What is wrong with a support that an award pays for, as far as it could be read. */
async function fundedFaults(
  rows: Rows,
  input: Partial<FundedInput>,
  programme: string | null,
): Promise<Faults> {
  const { childrenItem, familiesItem, crisisItem } = input;
  const chosen = Object.entries({ childrenItem, familiesItem, crisisItem }).filter(([, item]) => item);
  const returned = programme === null || chosen.length === 0 ? undefined : await programmeOf(rows, programme);
  const counts = new Set(returnNumbers(returned ? [returned] : []).map(({ value }) => value));
  const unasked = chosen
    .filter(([, item]) => !counts.has(String(item)))
    .map(([name]) => [name, 'The returns of this programme do not ask that. Choose another, or “None”']);
  return {
    ...Object.fromEntries(unasked),
    ...(input.lastOn && input.firstOn && Temporal.PlainDate.compare(input.lastOn, input.firstOn) < 0
      ? { lastOn: 'It cannot end before it begins' }
      : {}),
    ...(programme === null && (input.childrenItem ?? input.familiesItem ?? input.crisisItem ?? null) !== null
      ? { childrenItem: 'Only a programme has returns. Choose “None”: sums are told later' }
      : {}),
  };
}

export const fund = action({
  name: 'mental-health.fund',
  title: 'Add a support that an award pays for',
  who,
  about,
  refusals: fundedRefusals,
  input: z.object({ award: id('Choose the award'), programme: optionalText(60), ...fundedFields }),
  faults: async ({ rows }, typed) => ({
    ...(await fundedFaults(rows, typed, typed.programme || null)),
    ...(typed.programme === '' && typed.title === ''
      ? { title: 'Choose a programme, or give the project a name' }
      : {}),
  }),
  async run(doing, { award, programme: chosen, ...input }) {
    const { rows, identity, today } = doing;
    const programme = chosen === '' ? null : chosen;
    refuse(await fundedFaults(rows, input, programme));
    if ((await awardOf(rows, award)) === undefined) throw chooseAward();
    const [found] = await rows.many<{ title: string }>(
      sql`select title from support.programme where id = ${programme}`,
    );
    if (programme !== null && found === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    const title = input.title === '' ? found?.title : input.title;
    if (title === undefined) throw invalid({ title: 'Choose a programme, or give the project a name' });
    const [made] = await rows.many<{ id: string }>(sql`
      insert into mental_health.funded (award_id, programme, title, about, level, provider, co_produced, phase, priority_id, first_on, last_on,
        children_item, families_item, crisis_item)
      values (${award}, ${programme}, ${title}, ${input.about}, ${input.level}, ${input.provider}, ${input.coProduced}, ${input.phase},
        ${input.priority ?? null}, ${input.firstOn}, ${input.lastOn}, ${input.childrenItem}, ${input.familiesItem}, ${input.crisisItem})
      returning id`);
    if (made === undefined) throw new Error('no support was written');
    await funds.promise(rows, {
      fund: award,
      area,
      of: made.id,
      pence: input.amount,
      on: today,
      note: 'What it is promised of the award',
      by: identity.account,
    });
    return { about: [], support: made.id };
  },
});

interface Funded {
  award: string;
  programme: string | null;
  /** What it is promised of its award, spent of it or not. */
  share: bigint;
}

/** @throws Problem where there is no such support, or none for whoever asks. */
async function fundedOf(rows: Rows, support: string): Promise<Funded> {
  const [found] = await rows.many<Funded>(sql`
    select f.award_id as award, f.programme, ${funds.shareOf(area, sql`f.id`)} as share from mental_health.funded f where f.id = ${support}`);
  if (found === undefined) throw notFound();
  return found;
}

export const changeFunded = action({
  name: 'mental-health.change-support',
  title: 'Change a support that an award pays for',
  who,
  about,
  refusals: fundedRefusals,
  input: z.object({ support: id(), version: version(), ...fundedFields }),
  async run(doing, { support, version: seen, ...input }) {
    const { rows, identity, today } = doing;
    const found = await fundedOf(rows, support);
    refuse(await fundedFaults(rows, input, found.programme));
    if (input.title === '') throw invalid({ title: 'Enter what it is called' });
    const changed = await rows.run(sql`
      update mental_health.funded set title = ${input.title}, about = ${input.about}, level = ${input.level}, provider = ${input.provider},
        co_produced = ${input.coProduced}, phase = ${input.phase}, priority_id = ${input.priority ?? null},
        first_on = ${input.firstOn}, last_on = ${input.lastOn}, children_item = ${input.childrenItem}, families_item = ${input.familiesItem},
        crisis_item = ${input.crisisItem}, version = version + 1
      where id = ${support} and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    // Looked at again now that the row is locked: spending leaves the share as it is.
    const pence = input.amount - (await fundedOf(rows, support)).share;
    if (pence !== 0n)
      await funds.promise(rows, {
        fund: found.award,
        area,
        of: support,
        pence,
        on: today,
        note: 'What it is promised was changed',
        by: identity.account,
      });
    return { about: [], support };
  },
});

const notYet = (on: Temporal.PlainDate | undefined, today: Temporal.PlainDate): Faults =>
  on !== undefined && Temporal.PlainDate.compare(on, today) > 0 ? { on: 'This day has not come yet' } : {};

export const spend = action({
  name: 'mental-health.spend',
  title: 'Write down what was spent on a funded support',
  who,
  about,
  refusals: {
    promise_cannot_be_overspent: () =>
      invalid({ amount: 'This is more than is left of what it was promised' }),
    paid_not_below_nought: () => invalid({ amount: 'This is more than was spent: it cannot have come back' }),
  },
  input: z.object({
    support: id(),
    amount: largeSumOf('Enter the amount in pounds, like 4,500'),
    back: tick(),
    note: text(500, 'Say what it was for'),
    on: day('Enter the day'),
  }),
  faults: ({ today }, { on }) => notYet(on, today),
  async run({ rows, identity, today }, { support, amount, back, note, on }) {
    refuse(notYet(on, today));
    const { award: fund } = await fundedOf(rows, support);
    const pence = back ? -amount : amount;
    await funds.spend(rows, { fund, area, of: support, pence, on, note, by: identity.account });
    return { about: [], support, words: money(amount) };
  },
});
