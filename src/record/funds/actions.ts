import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optionalDay,
  optionalText,
  several,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { invalid, Problem, refuse } from '../../platform/problem.ts';
import { changeTerms, codeOf, giveMoney, mayBeDrawnBy, noSuchFund, openFund } from './records.ts';
import { fundKeepers } from './rules.ts';
import { largeSumOf } from './sums.ts';
import { fundTerms, termFaults } from './terms.ts';

// What keepers of funds do. The database keeps a fund from being overdrawn, also by a correction.

const terms = {
  ...fundTerms,
  givenBy: optionalText(200),
  letter: optionalText(200),
  letterOn: optionalDay('Enter the day of the letter'),
  areas: several(z.string().regex(/^[a-z]+(-[a-z]+)*$/)).pipe(
    z.array(z.string()).min(1, 'Choose who draws on it').max(20),
  ),
  year: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number({ error: 'Choose the year' }).int().min(2000).max(2199).optional(),
  ),
};

const noYear = () =>
  invalid({ year: 'Choose its financial year: one of those who may draw on it has its money by the year' });
const taken = () => invalid({ title: 'There is already a fund of this name' });

export const open = action({
  name: 'funds.open',
  title: 'Open a fund with its first allocation, and say who draws on it',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({
    ...terms,
    amount: largeSumOf('Enter the first allocation in pounds'),
    note: optionalText(1000),
  }),
  refusals: { fund_code_key: taken, fund_once: taken, fund_area_has_its_year: noYear },
  faults: (_doing, typed) => termFaults(typed),
  async run({ rows, identity, today }, { amount: pence, note, ...input }) {
    refuse(termFaults(input));
    const code = codeOf(input.title);
    if (code === '') throw invalid({ title: 'Name the fund in letters or numbers' });
    const fund = await openFund(rows, {
      ...input,
      code,
      first: { kind: 'allocation', pence, on: today, note, by: identity.account },
    });
    return { about: [], fund };
  },
});

export const give = action({
  name: 'funds.give',
  title: 'Give a fund more money, or put right what was written',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({
    fund: id('Choose the fund'),
    kind: oneOf(['top-up', 'more', 'less'], 'Choose what it is'),
    amount: largeSumOf('Enter an amount in pounds, like 4,500'),
    note: text(1000, 'Say where the money comes from, or what was wrong'),
  }),
  refusals: {
    ...noSuchFund,
    fund_cannot_be_overdrawn: () =>
      new Problem(409, 'fund-empty', 'More than that is promised or paid out of the fund', {
        detail: 'Nothing was changed. Enter less, or have some of what is promised given up first.',
        fields: { amount: 'More than what would stay is promised or paid' },
      }),
  },
  async run({ rows, identity, today }, { fund, kind, amount, note }) {
    await giveMoney(rows, {
      fund,
      kind: kind === 'top-up' ? 'top-up' : 'correction',
      pence: kind === 'less' ? -amount : amount,
      on: today,
      note,
      by: identity.account,
    });
    return { about: [], fund };
  },
});

export const change = action({
  name: 'funds.change',
  title:
    'Change what a fund is for, who gives it, how long it lasts, what comes after it, or who draws on it',
  who: fundKeepers,
  about: 'nobody',
  input: z.object({ fund: id(), version: version(), ...terms }),
  faults: (_doing, typed) => termFaults(typed),
  refusals: {
    fund_once: taken,
    fund_area_has_its_year: noYear,
    draw_fund_is_of_area: () =>
      invalid({ areas: 'Something is drawn on it already by one that you took off: leave that ticked' }),
    forecast_fund_is_of_area: () =>
      invalid({ areas: 'One that you took off has said what it will cost: leave that ticked' }),
  },
  async run({ rows }, input) {
    refuse(termFaults(input));
    await changeTerms(rows, input);
    await mayBeDrawnBy(rows, input.fund, input.areas);
    return { about: [], fund: input.fund };
  },
});
