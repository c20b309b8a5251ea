import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optionalDay,
  optionalText,
  text,
  tick,
  version,
} from '../../../platform/actions/fields.ts';
import type { Rows } from '../../../platform/database/rows.ts';
import {
  changedMeanwhile,
  type Faults,
  invalid,
  notFound,
  Problem,
  refuse,
} from '../../../platform/problem.ts';
import * as funds from '../../../record/funds/records.ts';
import { largeSum, largeSumOf } from '../../../record/funds/sums.ts';
import { programmeOf } from '../records.ts';
import { moneyKeepers } from './who.ts';

// The money of a programme: grants with their purpose and year, what was spent and what the year is expected to cost, and what comes
// after money that is temporary. A grant is what a programme draws of a fund (src/record/funds): the whole of one that is its own, or a
// share of one on which others draw too. It is promised to the programme, and paid as it is spent.

const area = 'support';
const fields = {
  title: text(200, 'Enter what the grant is called'),
  givenBy: text(200, 'Enter who gives it'),
  purpose: text(2000, 'Say what it may be spent on'),
  amount: largeSumOf('Enter the amount in pounds, like 234,000'),
  temporary: tick(),
  endsOn: optionalDay('Enter the day on which the money ends'),
  exitPlan: optionalText(5000),
};
type Written = z.output<z.ZodObject<typeof fields>>;
const yearField = () =>
  z.coerce
    .number({ error: 'Choose the year' })
    .int('Choose the year')
    .min(2000, 'Choose the year')
    .max(2199, 'Choose the year');

/** The first day of a financial year. */
const firstDay = (year: number) => new Temporal.PlainDate(year, 4, 1);

/** What is wrong with how a grant ends, as far as it could be read. */
function exitFaults({ temporary, endsOn, exitPlan }: Partial<Written>, year: number | undefined): Faults {
  if (!temporary) return {};
  return {
    ...(endsOn === undefined ? { endsOn: 'Enter the day on which the temporary money ends' } : {}),
    ...(endsOn && year !== undefined && Temporal.PlainDate.compare(endsOn, firstDay(year)) < 0
      ? { endsOn: 'This is before the year of the grant begins' }
      : {}),
    ...(exitPlan === ''
      ? { exitPlan: 'Say what happens to the help, and to those who have it, when the money ends' }
      : {}),
  };
}

/** A grant as the terms of its fund. */
const termsOf = ({ title, givenBy, purpose, temporary, endsOn, exitPlan }: Written, year: number) => ({
  title,
  givenBy,
  purpose,
  nonRecurring: temporary,
  from: firstDay(year),
  to: temporary ? endsOn : undefined,
  exitPlan,
});

const once = () =>
  invalid({
    title:
      'This year has a grant of this name by the same giver already: open it, or let the programme draw on its fund',
  });
const tooSmall = () =>
  invalid({ amount: 'This is less than was spent of it already. Enter what was spent, or more' });
const overdrawn = () =>
  invalid({ amount: 'This is more than is left of the fund: enter less, or have the fund given more' });

/** The year's share of a fund, of a programme that is there. */
async function insertAward(rows: Rows, programme: string, fund: string, year: number): Promise<string> {
  const [made] = await rows.many<{ id: string }>(
    sql`insert into support.award (programme, fund_id, year) values (${programme}, ${fund}, ${year}) returning id`,
  );
  if (made === undefined) throw new Error('the grant was not written');
  return made.id;
}

export const addAward = action({
  name: 'support.add-grant',
  title: 'Add a grant that a programme draws on',
  who: moneyKeepers,
  about: 'nobody',
  refusals: { fund_once: once },
  input: z.object({ programme: text(60, 'Choose the programme'), year: yearField(), ...fields }),
  faults: (_doing, typed) => exitFaults(typed, typed.year),
  async run({ rows, identity, today }, { programme, year, ...input }) {
    if ((await programmeOf(rows, programme)) === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    refuse(exitFaults(input, year));
    const by = identity.account;
    const fund = await funds.openFund(rows, {
      ...termsOf(input, year),
      // Grants of other years and givers are called the same: the code has to be of this one.
      code: `${funds.codeOf(input.title).slice(0, 60) || 'grant'}-${year}-${randomUUID().slice(0, 8)}`,
      year,
      areas: [area],
      first: { kind: 'allocation', pence: input.amount, on: today, note: 'As the grant was added', by },
    });
    const grant = await insertAward(rows, programme, fund, year);
    await funds.promise(rows, {
      fund,
      area,
      of: grant,
      pence: input.amount,
      on: today,
      note: 'The whole grant',
      by,
    });
    return { about: [], grant };
  },
});

export const drawOnFund = action({
  name: 'support.draw-on-fund',
  title: 'Let a programme draw on a fund that is there, up to an amount',
  who: moneyKeepers,
  about: 'nobody',
  refusals: {
    award_once: () =>
      invalid({ fund: 'This programme draws on this fund in this year already: open that grant' }),
    award_fund_id_fkey: () => invalid({ fund: 'Choose a fund from the list' }),
    draw_fund_is_of_area: () =>
      invalid({ fund: 'Choose a fund from the list: programmes may not draw on this one' }),
    fund_cannot_be_overdrawn: overdrawn,
  },
  input: z.object({
    programme: text(60, 'Choose the programme'),
    fund: id('Choose the fund'),
    year: yearField(),
    amount: largeSumOf('Enter the amount in pounds, like 40,000'),
  }),
  async run({ rows, identity, today }, { programme, fund, year, amount }) {
    if ((await programmeOf(rows, programme)) === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    const grant = await insertAward(rows, programme, fund, year);
    await funds.promise(rows, {
      fund,
      area,
      of: grant,
      pence: amount,
      on: today,
      note: 'Its share of the fund',
      by: identity.account,
    });
    return { about: [], grant };
  },
});

interface Grant {
  fund: string;
  year: number;
  share: bigint;
  /** Whether others draw on the fund too, or may. */
  shared: boolean;
}

/** What of which fund a grant is; spending leaves its share as it is. */
async function grantOf(rows: Rows, grant: string): Promise<Grant> {
  const [held] = await rows.many<Grant>(sql`
    select w.fund_id as fund, w.year::integer as year, ${funds.shareOf(area, sql`w.id`)} as share, ${sharedFund} as shared
    from support.award w where w.id = ${grant}`);
  if (held === undefined) throw notFound();
  return held;
}

/** Whether anybody else draws on the fund of `support.award w`, or may: a condition. */
export const sharedFund = sql`(exists (select from support.award o where o.fund_id = w.fund_id and o.id <> w.id)
  or exists (select from funds.fund_area fa where fa.fund_id = w.fund_id and fa.area <> ${area}))`;

export const changeAward = action({
  name: 'support.change-grant',
  title: 'Change a grant that a programme draws on',
  who: moneyKeepers,
  about: 'nobody',
  refusals: { fund_once: once, promise_cannot_be_overspent: tooSmall, fund_cannot_be_overdrawn: tooSmall },
  input: z.object({ grant: id(), version: version(), ...fields }),
  async run({ rows, identity, today }, { grant, version: seen, ...input }) {
    const held = await grantOf(rows, grant);
    if (held.shared) {
      throw new Problem(409, 'shared-fund', 'Others draw on the fund of this grant too', {
        detail:
          'Nothing was changed. Change how much of it the programme may draw; the finance team changes the fund.',
      });
    }
    refuse(exitFaults(input, held.year));
    const { fund } = held;
    await funds.changeTerms(rows, { fund, version: seen, ...termsOf(input, held.year) });
    const pence = input.amount - held.share;
    const more = {
      fund,
      pence,
      on: today,
      by: identity.account,
      note: 'The amount of the grant was changed',
    };
    const given = () => funds.giveMoney(rows, { ...more, kind: pence > 0n ? 'top-up' : 'correction' });
    const promised = () => funds.promise(rows, { ...more, area, of: grant });
    // What is promised goes up after the fund does, and down before it does.
    const steps = pence === 0n ? [] : pence > 0n ? [given, promised] : [promised, given];
    for (const step of steps) await step();
    return { about: [], grant };
  },
});

export const changeShare = action({
  name: 'support.change-share',
  title: 'Change how much a programme may draw of a fund on which others draw too',
  who: moneyKeepers,
  about: 'nobody',
  refusals: { promise_cannot_be_overspent: tooSmall, fund_cannot_be_overdrawn: overdrawn },
  input: z.object({
    grant: id(),
    version: version(),
    amount: largeSumOf('Enter the amount in pounds, like 40,000'),
    note: text(500, 'Say why it is changed'),
  }),
  async run({ rows, identity, today }, { grant, version: seen, amount, note }) {
    const { fund } = await grantOf(rows, grant);
    const same = await rows.run(
      sql`update funds.fund set version = version + 1 where id = ${fund} and version = ${seen}`,
    );
    if (same === 0) throw changedMeanwhile();
    const { share } = await grantOf(rows, grant);
    if (share !== amount)
      await funds.promise(rows, {
        fund,
        area,
        of: grant,
        pence: amount - share,
        on: today,
        note,
        by: identity.account,
      });
    return { about: [], grant };
  },
});

/** What is wrong with money that is said to be spent, or to be needed, as far as it could be read. */
const spendFaults = (
  {
    kind,
    amount,
    back,
    on,
  }: {
    kind?: 'spent' | 'forecast' | undefined;
    amount?: bigint | undefined;
    back?: boolean | undefined;
    on?: Temporal.PlainDate | undefined;
  },
  today: Temporal.PlainDate,
): Faults => ({
  ...(on !== undefined && Temporal.PlainDate.compare(on, today) > 0
    ? { on: 'This day has not come yet' }
    : {}),
  ...(back && kind === 'forecast' ? { back: 'Only money that was spent can come back' } : {}),
  ...(kind === 'spent' && amount === 0n ? { amount: 'Enter an amount above 0' } : {}),
});

export const addSpend = action({
  name: 'support.add-spend',
  title: 'Write down what was spent of a grant, or what its year will cost',
  who: moneyKeepers,
  about: 'nobody',
  refusals: {
    promise_cannot_be_overspent: () =>
      invalid({ amount: 'This is more than is left of the grant. Enter less, or change the grant first' }),
    paid_not_below_nought: () => invalid({ amount: 'This is more than was spent: it cannot have come back' }),
  },
  input: z.object({
    grant: id(),
    kind: oneOf(['spent', 'forecast'], 'Choose what the amount is'),
    amount: largeSum('Enter the amount in pounds, like 4,500'),
    /** Money that came back: the amount is taken off what was spent. */
    back: tick(),
    note: text(500, 'Say what it was for, or how it was worked out'),
    on: day('Enter the day'),
  }),
  faults: ({ today }, typed) => spendFaults(typed, today),
  async run({ rows, identity, today }, { grant, kind, amount, back, note, on }) {
    refuse(spendFaults({ kind, amount, back, on }, today));
    const { fund } = await grantOf(rows, grant);
    const line = { fund, area, of: grant, on, note, by: identity.account };
    if (kind === 'forecast') await funds.forecast(rows, { ...line, pence: amount });
    else await funds.spend(rows, { ...line, pence: back ? -amount : amount });
    return { about: [], grant };
  },
});
