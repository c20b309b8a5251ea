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
import { changedMeanwhile, invalid, notFound } from '../../../platform/problem.ts';
import { programmeOf } from '../records.ts';
import { largeSum } from './contracts.ts';
import { moneyKeepers } from './who.ts';

// The money of a programme: grants with their purpose and year, what was spent and what the year is expected to cost, and what
// comes after money that is temporary. Funds out of which families are paid are those of the direct payment scheme.

const fields = {
  title: text(200, 'Enter what the grant is called'),
  givenBy: text(200, 'Enter who gives it'),
  purpose: text(2000, 'Say what it may be spent on'),
  amount: largeSum('Enter the amount in pounds, like 234,000').refine(
    (pence) => pence > 0n,
    'Enter an amount above 0',
  ),
  temporary: tick(),
  endsOn: optionalDay('Enter the day on which the money ends'),
  exitPlan: optionalText(5000),
};
type Written = z.output<z.ZodObject<typeof fields>>;

function checkExit({ temporary, endsOn, exitPlan }: Written): void {
  if (!temporary) return;
  const wrong = {
    ...(endsOn === undefined ? { endsOn: 'Enter the day on which the temporary money ends' } : {}),
    ...(exitPlan === ''
      ? { exitPlan: 'Say what happens to the help, and to those who have it, when the money ends' }
      : {}),
  };
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
}

const refusals = {
  award_once: () => invalid({ title: 'This programme has a grant of this name in this year: open that one' }),
};

export const addAward = action({
  name: 'support.add-grant',
  title: 'Add a grant that a programme draws on',
  who: moneyKeepers,
  about: 'nobody',
  refusals,
  input: z.object({
    programme: text(60, 'Choose the programme'),
    year: z.coerce
      .number({ error: 'Choose the year' })
      .int('Choose the year')
      .min(2000, 'Choose the year')
      .max(2199, 'Choose the year'),
    ...fields,
  }),
  async run({ rows }, input) {
    if ((await programmeOf(rows, input.programme)) === undefined)
      throw invalid({ programme: 'Choose a programme from the list' });
    checkExit(input);
    const [made] = await rows.many<{ id: string }>(sql`
      insert into support.award (programme, title, given_by, purpose, year, pence, temporary, ends_on, exit_plan)
      values (${input.programme}, ${input.title}, ${input.givenBy}, ${input.purpose}, ${input.year}, ${input.amount}, ${input.temporary},
        ${input.endsOn ?? null}, ${input.exitPlan}) returning id`);
    if (made === undefined) throw new Error('the grant was not written');
    return { about: [], grant: made.id };
  },
});

export const changeAward = action({
  name: 'support.change-grant',
  title: 'Change a grant that a programme draws on',
  who: moneyKeepers,
  about: 'nobody',
  refusals,
  input: z.object({ grant: id(), version: version(), ...fields }),
  async run({ rows }, input) {
    checkExit(input);
    const changed = await rows.run(sql`
      update support.award set title = ${input.title}, given_by = ${input.givenBy}, purpose = ${input.purpose}, pence = ${input.amount},
        temporary = ${input.temporary}, ends_on = ${input.endsOn ?? null}, exit_plan = ${input.exitPlan}, version = version + 1
      where id = ${input.grant} and version = ${input.version}`);
    if (changed === 0) {
      const there = await rows.many(sql`select from support.award where id = ${input.grant}`);
      throw there.length === 0 ? notFound() : changedMeanwhile();
    }
    return { about: [], grant: input.grant };
  },
});

export const addSpend = action({
  name: 'support.add-spend',
  title: 'Write down what was spent of a grant, or what its year will cost',
  who: moneyKeepers,
  about: 'nobody',
  input: z.object({
    grant: id(),
    kind: oneOf(['spent', 'forecast'], 'Choose what the amount is'),
    amount: largeSum('Enter the amount in pounds, like 4,500'),
    /** Money that came back: the amount is taken off what was spent. */
    back: tick(),
    note: text(500, 'Say what it was for, or how it was worked out'),
    on: day('Enter the day'),
  }),
  async run({ rows, today }, input) {
    if (Temporal.PlainDate.compare(input.on, today) > 0) throw invalid({ on: 'This day has not come yet' });
    if (input.back && input.kind === 'forecast')
      throw invalid({ back: 'Only money that was spent can come back' });
    const there = await rows.many(sql`select from support.award where id = ${input.grant}`);
    if (there.length === 0) throw notFound();
    await rows.run(sql`
      insert into support.award_line (award_id, kind, pence, note, on_day)
      values (${input.grant}, ${input.kind}, ${input.back ? -input.amount : input.amount}, ${input.note}, ${input.on})`);
    return { about: [], grant: input.grant };
  },
});
