import sql from 'sql-template-tag';
import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optional,
  optionalText,
  pounds,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, refuse } from '../../platform/problem.ts';
import { changeTerms, codeOf, giveMoney, noSuchFund, openFund } from '../../record/funds/records.ts';
import { fundTerms, termFaults } from '../../record/funds/terms.ts';
import { deciders } from '../../record/roles.ts';

// What a partnership sets: funds and their money, who may decide how much, what requests are for, which funds come first.

const fundKeepers = ['finance-officer'] as const;
/** What is set here holds for every partner, so it is not for the administrator of one of them. */
export const settingsKeepers = ['system-administrator'] as const;

export const addFund = action({
  name: 'direct-payments.add-fund',
  title: 'Open a fund with its first allocation',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({
    ...fundTerms,
    from: day('Enter the first day of the fund'),
    to: day('Enter the last day of the fund'),
    amount: pounds('Enter the first allocation in pounds'),
    note: optionalText(1000),
  }),
  refusals: {
    fund_code_key: () => invalid({ title: 'There is already a fund of this name' }),
  },
  faults: (_doing, typed) => termFaults(typed),
  async run({ rows, identity, today }, input) {
    refuse(termFaults(input));
    const code = codeOf(input.title);
    if (code === '') throw invalid({ title: 'Name the fund in letters or numbers' });
    const { amount: pence, note, ...terms } = input;
    const id = await openFund(rows, {
      ...terms,
      code,
      areas: ['direct-payments'],
      first: { kind: 'allocation', pence, on: today, note, by: identity.account },
    });
    return { about: [], id };
  },
});

export const topUp = action({
  name: 'direct-payments.top-up',
  title: 'Give a fund more money',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({
    fund: id('Choose the fund'),
    amount: pounds(),
    note: text(1000, 'Say where the money comes from'),
  }),
  refusals: noSuchFund,
  async run({ rows, identity, today }, input) {
    await giveMoney(rows, {
      fund: input.fund,
      kind: 'top-up',
      pence: input.amount,
      on: today,
      note: input.note,
      by: identity.account,
    });
    return { about: [], id: input.fund };
  },
});

export const changeFund = action({
  name: 'direct-payments.change-fund',
  title: 'Change what a fund is called, what it is for, when it is open, or what comes after it',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({
    fund: id(),
    version: version(),
    ...fundTerms,
  }),
  faults: (_doing, typed) => termFaults(typed),
  async run({ rows }, input) {
    refuse(termFaults(input));
    await changeTerms(rows, input);
    return { about: [], id: input.fund };
  },
});

export const setLimit = action({
  name: 'direct-payments.set-limit',
  title: 'Set how much a role may decide, from a day on',
  who: settingsKeepers,
  about: 'nobody',
  input: z.object({
    role: oneOf(deciders, 'Choose a role'),
    limit: oneOf(['up to', 'no limit', 'nothing'], 'Choose how much'),
    amount: optional(pounds('Enter the limit in pounds')),
    from: day('Enter the day from which it holds'),
    /** `limitsVersion` of the settings as they were seen. */
    version: version(),
  }),
  async run({ rows, today }, input) {
    if (input.limit === 'up to' && input.amount === undefined)
      throw invalid({ amount: 'Enter the limit in pounds' });
    // What was decided under a limit stays explained by it, so only today and later can be changed.
    if (Temporal.PlainDate.compare(input.from, today) < 0)
      throw invalid({ from: 'Choose today or a later day: limits of the past stay as they were' });
    // One at a time, so that the version that is compared is the one that is changed.
    await rows.many(
      sql`select pg_advisory_xact_lock(hashtextextended('direct_payments.delegated_limit', 0))`,
    );
    const [now] = await rows.many<{ version: number }>(
      sql`select direct_payments.limits_version() as version`,
    );
    if (now?.version !== input.version) throw changedMeanwhile();
    await rows.run(
      sql`delete from direct_payments.delegated_limit where role_id = ${input.role} and lower(during) >= ${input.from}`,
    );
    await rows.run(sql`update direct_payments.delegated_limit set during = daterange(lower(during), ${input.from})
      where role_id = ${input.role} and during @> ${input.from}::date`);
    if (input.limit !== 'nothing') {
      await rows.run(sql`insert into direct_payments.delegated_limit (role_id, up_to_pence, during)
        values (${input.role}, ${input.limit === 'no limit' ? null : (input.amount ?? null)}, daterange(${input.from}, null))`);
    }
    return { about: [] };
  },
});

export const keepCategory = action({
  name: 'direct-payments.keep-category',
  title: 'Keep the list of what requests can be for',
  who: settingsKeepers,
  about: 'nobody',
  input: z.object({
    category: text(60, 'Name it in a word or two'),
    examples: optionalText(500),
    closed: tick(),
    /** The version that was seen of a kind that is there; left out for a new one. */
    version: optional(version()),
  }),
  refusals: {
    category_pkey: () =>
      invalid({ category: 'There is already a kind of this name: choose it in the table to change it' }),
  },
  async run({ rows, today }, input) {
    const category = input.category.toLowerCase();
    if (input.version === undefined) {
      await rows.run(
        sql`insert into direct_payments.category (id, examples, closed_on) values (${category}, ${input.examples}, ${input.closed ? today : null})`,
      );
      return { about: [] };
    }
    const changed = await rows.run(sql`
      update direct_payments.category set examples = ${input.examples}, version = version + 1,
        closed_on = case when ${input.closed} then coalesce(closed_on, ${today}) end
      where id = ${category} and version = ${input.version}`);
    if (changed === 0) throw changedMeanwhile();
    return { about: [] };
  },
});

export const keepOtherFund = action({
  name: 'direct-payments.keep-other-fund',
  title: 'Keep the list of funds that are to be tried first',
  who: settingsKeepers,
  about: 'nobody',
  input: z.object({
    name: text(120, 'Name the fund'),
    covers: text(1000, 'Say what it covers'),
    closed: tick(),
    /** The version that was seen of a fund that is there; left out for a new one. */
    version: optional(version()),
  }),
  refusals: {
    other_fund_name_key: () =>
      invalid({ name: 'There is already a fund of this name: choose it in the table to change it' }),
  },
  async run({ rows, today }, input) {
    if (input.version === undefined) {
      await rows.run(
        sql`insert into direct_payments.other_fund (name, covers, closed_on) values (${input.name}, ${input.covers}, ${input.closed ? today : null})`,
      );
      return { about: [] };
    }
    const changed = await rows.run(sql`
      update direct_payments.other_fund set covers = ${input.covers}, version = version + 1,
        closed_on = case when ${input.closed} then coalesce(closed_on, ${today}) end
      where name = ${input.name} and version = ${input.version}`);
    if (changed === 0) throw changedMeanwhile();
    return { about: [] };
  },
});
