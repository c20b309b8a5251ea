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
import { largeSum } from '../../../record/funds/sums.ts';
import { programmeOf } from '../records.ts';
import { contractKinds, type TargetSource, targetSources } from './rules.ts';
import { keepers } from './who.ts';

// What is agreed with a provider: for which programme, how long, for how much, what is measured, and when it is looked at again.

/** Refuses those who keep contracts for a provider and not for the council or the health board: they would write their own. */
async function commissionersOnly(rows: Rows): Promise<void> {
  const [answer] = await rows.many<{ commissions: boolean }>(
    sql`select support.commissions('{planning-officer,senior-manager}') as commissions`,
  );
  if (answer?.commissions !== true)
    throw new Problem(403, 'not-a-commissioner', 'Contracts are kept by the council and the health board', {
      detail: 'Ask the planning officer of the partnership to write this down.',
    });
}

const terms = {
  kind: oneOf(contractKinds, 'Choose what kind of agreement it is'),
  firstOn: day('Enter its first day'),
  lastOn: day('Enter its last day'),
  value: largeSum('Enter what it is worth in pounds, like 48,000, and 0 if nothing is paid'),
  measured: optionalText(5000),
  returns: tick(),
  dueDays: z.coerce
    .number({ error: 'Enter how many days' })
    .int('Enter a whole number of days')
    .min(0, 'Enter 0 or more')
    .max(120, 'Enter 120 or fewer')
    .default(14),
  reviewOn: optionalDay('Enter the day on which it is looked at again'),
};
type Terms = z.output<z.ZodObject<typeof terms>>;

const outOfOrder = ({ firstOn, lastOn }: Partial<Terms>): Faults =>
  firstOn && lastOn && Temporal.PlainDate.compare(lastOn, firstOn) < 0
    ? { lastOn: 'It cannot end before it begins' }
    : {};

const refusals = {
  contract_once: () =>
    invalid({
      firstOn:
        'There is an agreement with this provider for this programme in these days. Change that one, or choose other days',
    }),
  contract_organisation_id_fkey: () => invalid({ organisation: 'Choose the provider from the list' }),
};

export const addContract = action({
  name: 'support.add-contract',
  title: 'Add a contract with a provider',
  who: keepers,
  about: 'nobody',
  refusals,
  input: z.object({
    programme: text(60, 'Choose the programme'),
    organisation: id('Choose the provider'),
    ...terms,
  }),
  faults: (_doing, typed) => outOfOrder(typed),
  async run({ rows }, input) {
    await commissionersOnly(rows);
    const programme = await programmeOf(rows, input.programme);
    if (programme === undefined) throw invalid({ programme: 'Choose a programme from the list' });
    refuse(outOfOrder(input));
    const [made] = await rows.many<{ id: string }>(sql`
      insert into support.contract (programme, organisation_id, kind, first_on, last_on, value_pence, measured, returns, due_days, review_on)
      values (${programme.id}, ${input.organisation}, ${input.kind}, ${input.firstOn}, ${input.lastOn}, ${input.value}, ${input.measured},
        ${input.returns && programme.returns !== undefined}, ${input.dueDays}, ${input.reviewOn ?? null}) returning id`);
    if (made === undefined) throw new Error('the contract was not written');
    return { about: [], contract: made.id };
  },
});

export const changeContract = action({
  name: 'support.change-contract',
  title: 'Change a contract: its days, value, what is measured and when it is looked at',
  who: keepers,
  about: 'nobody',
  refusals,
  input: z.object({ contract: id(), version: version(), ...terms }),
  faults: (_doing, typed) => outOfOrder(typed),
  async run({ rows }, input) {
    await commissionersOnly(rows);
    refuse(outOfOrder(input));
    const changed = await rows.run(sql`
      update support.contract set kind = ${input.kind}, first_on = ${input.firstOn}, last_on = ${input.lastOn}, value_pence = ${input.value},
        measured = ${input.measured}, returns = ${input.returns}, due_days = ${input.dueDays}, review_on = ${input.reviewOn ?? null}, version = version + 1
      where id = ${input.contract} and version = ${input.version}`);
    if (changed === 0) {
      const there = await rows.many(sql`select from support.contract where id = ${input.contract}`);
      throw there.length === 0 ? notFound() : changedMeanwhile();
    }
    return { about: [], contract: input.contract };
  },
});

const mostTargets = 20;

/** Why what is measured cannot be counted from returns as it is said to be. */
async function itemFaults(
  rows: Rows,
  programme: string,
  { source, item = '' }: { source?: TargetSource | undefined; item?: string | undefined },
): Promise<Faults> {
  if (source !== 'returns') return {};
  const asks = (await programmeOf(rows, programme))?.returns?.asks ?? [];
  const counted = asks.filter(({ kind }) => kind !== 'words').map((each) => each.id);
  if (counted.includes(item)) return {};
  return {
    item:
      counted.length === 0
        ? 'This programme asks for no numbers in returns: choose another way of counting'
        : 'Choose which number of the returns it is',
  };
}

export const addTarget = action({
  name: 'support.add-target',
  title: 'Add something that is measured of a contract',
  who: keepers,
  about: 'nobody',
  input: z.object({
    contract: id(),
    title: text(200, 'Say what is measured'),
    source: oneOf(targetSources, 'Choose where it is counted'),
    /** An item of the returns, where it is counted from them. */
    item: optionalText(60),
    atLeast: z.coerce
      .number({ error: 'Enter how many there should be' })
      .positive('Enter a number above 0')
      .max(100_000_000, 'Enter a smaller number'),
  }),
  async faults({ rows }, typed) {
    const [contract] = await rows.many<{ programme: string }>(
      sql`select programme from support.contract where id = ${typed.contract ?? null}::uuid`,
    );
    return contract === undefined ? {} : itemFaults(rows, contract.programme, typed);
  },
  async run({ rows }, input) {
    await commissionersOnly(rows);
    const [contract] = await rows.many<{ programme: string; organisation: string; targets: number }>(sql`
      select c.programme, c.organisation_id as organisation, (select count(*)::integer from support.contract_target t where t.contract_id = c.id) as targets
      from support.contract c where c.id = ${input.contract} for update`);
    if (contract === undefined) throw notFound();
    if (contract.targets >= mostTargets)
      throw invalid({ title: `Measure ${mostTargets} things or fewer: take one out first` });
    refuse(await itemFaults(rows, contract.programme, input));
    await rows.run(sql`
      insert into support.contract_target (contract_id, organisation_id, title, source, item, at_least)
      values (${input.contract}, ${contract.organisation}, ${input.title}, ${input.source}, ${input.source === 'returns' ? input.item : null},
        round(${String(input.atLeast)}::numeric, 1))`);
    return { about: [], contract: input.contract };
  },
});

export const takeOutTarget = action({
  name: 'support.take-out-target',
  title: 'Take out something that was measured of a contract',
  who: keepers,
  about: 'nobody',
  input: z.object({ contract: id(), target: id() }),
  async run({ rows }, input) {
    await commissionersOnly(rows);
    const gone = await rows.run(
      sql`delete from support.contract_target where id = ${input.target} and contract_id = ${input.contract}`,
    );
    if (gone === 0) throw notFound();
    return { about: [], contract: input.contract };
  },
});
