import sql from 'sql-template-tag';
import { z } from 'zod';
import type { Pools } from '../../platform/database/connect.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { transaction } from '../../platform/database/transaction.ts';
import type { Comparable, NameShares } from './matching/comparable.ts';
import { foldName } from './matching/names.ts';
import { worthAsking } from './matching/parameters.ts';
import { score } from './matching/score.ts';
import { comparable } from './rules.ts';

/** How many people are compared in one transaction: enough to be quick, few enough to lose little when stopped. */
const batchSize = 500;
/** A name that fewer records have is as rare as any other rare one: it is not counted. */
const countedFrom = 5;

// Planned for the people at hand: a plan for any number of them would read every family there is.
const forMatching = sql`
  select set_config('kith.purpose', 'matching', true), set_config('plan_cache_mode', 'force_custom_plan', true)`;

/** How often each given name and family name occurs, and among how many people. */
async function nameShares(rows: Rows): Promise<{ shares: NameShares; records: number }> {
  const [all] = await rows.many<{ many: number }>(sql`select count(*)::int as many from record.person`);
  const records = Math.max(1, all?.many ?? 1);
  const counted = await rows.many<{ kind: 'given' | 'family'; name: string; many: number }>(sql`
    select 'given' as kind, given_name as name, count(*)::int as many from record.person group by given_name having count(*) >= ${countedFrom}
    union all
    select 'family', family_name, count(*)::int from record.person group by family_name having count(*) >= ${countedFrom}`);
  const shares = { given: new Map<string, number>(), family: new Map<string, number>() };
  for (const { kind, name, many } of counted) {
    const folded = foldName(name);
    shares[kind].set(folded, (shares[kind].get(folded) ?? 0) + many / records);
  }
  return { shares, records };
}

const factRow = z.object({ id: z.uuid(), facts: comparable });
const pairRow = z.object({ one: z.uuid(), other: z.uuid() });

async function factsOf(rows: Rows, ids: readonly string[]): Promise<Map<string, Comparable>> {
  const facts = await rows.rows(factRow, sql`select id, facts from record.match_facts(${ids}::uuid[])`);
  return new Map(facts.map((each) => [each.id, each.facts]));
}

/** Compares a batch with everybody it may be compared with, and writes down the pairs that are worth asking about. */
async function compareBatch(
  rows: Rows,
  ids: readonly string[],
  known: { shares: NameShares; records: number },
): Promise<number> {
  const pairs = await rows.rows(pairRow, sql`select one, other from record.match_pairs(${ids}::uuid[])`);
  const facts = await factsOf(rows, [
    ...new Set([...ids, ...pairs.flatMap(({ one, other }) => [one, other])]),
  ]);
  const found = pairs.flatMap(({ one, other }) => {
    const [a, b] = [facts.get(one), facts.get(other)];
    if (a === undefined || b === undefined) return [];
    const scored = score(a, b, known);
    return scored.probability >= worthAsking ? [{ one, other, scored }] : [];
  });
  await rows.run(sql`
    update record.same_person s set state = 'dropped', version = s.version + 1
    where s.state = 'waiting' and (s.one = any (${ids}::uuid[]) or s.other = any (${ids}::uuid[]))
      and not (s.one, s.other) in (select * from unnest(${found.map(({ one }) => one)}::uuid[], ${found.map(({ other }) => other)}::uuid[]))`);
  if (found.length > 0) {
    await rows.run(sql`
      insert into record.same_person as s (one, other, probability, weight, explanation)
      select * from unnest(${found.map(({ one }) => one)}::uuid[], ${found.map(({ other }) => other)}::uuid[],
        ${found.map(({ scored }) => scored.probability)}::float8[], ${found.map(({ scored }) => scored.weight)}::float8[],
        ${found.map(({ scored }) => JSON.stringify(scored.reasons()))}::jsonb[])
      on conflict (one, other) do update set probability = excluded.probability, weight = excluded.weight,
        explanation = excluded.explanation, state = case s.state when 'dropped' then 'waiting' else s.state end, version = s.version + 1
      where s.state in ('waiting', 'not sure', 'dropped')
        and (s.state = 'dropped' or s.explanation is distinct from excluded.explanation)`);
  }
  await rows.run(sql`
    insert into record.match_checked as c (person_id, version, checked_at)
    select p.id, p.version, clock_timestamp() from record.person p where p.id = any (${ids}::uuid[])
    on conflict (person_id) do update set version = excluded.version, checked_at = excluded.checked_at`);
  return found.length;
}

/**
 * Compares the people given, as after an import, or everybody who is new or has changed since they were last compared. Gives
 * how many people were compared and how many pairs were found. Runs as the owner; what it finds waits for somebody to look.
 */
export async function findDuplicates(
  pools: Pick<Pools, 'owner'>,
  people?: readonly string[],
): Promise<{ compared: number; found: number }> {
  const { due, known } = await transaction(pools.owner, [forMatching], async (rows) => ({
    due:
      people ??
      (await rows.many<{ id: string }>(sql`select id from record.match_due() id`)).map(({ id }) => id),
    known: await nameShares(rows),
  }));
  let found = 0;
  for (let from = 0; from < due.length; from += batchSize) {
    const batch = due.slice(from, from + batchSize);
    found += await transaction(pools.owner, [forMatching], (rows) => compareBatch(rows, batch, known));
  }
  return { compared: due.length, found };
}

/** At night: what was written for a record in the moment it was merged follows it, and whoever is new or changed is compared. */
export const nightly = {
  name: 'same-person',
  cron: '40 1 * * *',
  async run(pools: Pools): Promise<void> {
    await transaction(pools.owner, [sql`select set_config('kith.purpose', 'merging', true)`], (rows) =>
      rows.run(sql`select record.merge_stragglers()`),
    );
    await findDuplicates(pools);
  },
};
