import { appendFile, readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Rows, rowsOn } from '../database/rows.ts';
import { Problem } from '../problem.ts';

/** The number and hash (64 hexadecimal digits) of a seal: what is kept outside the database as a witness. */
export interface SealMark {
  number: bigint;
  hash: string;
}

/** What a walk along the chain found. `fault` is one sentence about the first thing that is not as it was sealed. */
export interface Verification {
  seals: bigint;
  /** Events that seals cover. */
  events: bigint;
  /** Events written since the newest seal: in order as far as is known, and not yet proof against the owner. */
  unsealed: bigint;
  newest?: SealMark;
  fault?: string;
}

/**
 * Seals every event of a finished transaction that no seal covers yet, as the application role; how many events that was.
 * Safe to run from several places at once. An event of a transaction that is still running waits for the next time.
 */
export async function sealAudit(pool: Pool): Promise<bigint> {
  const client = await pool.connect();
  try {
    const rows = rowsOn(client);
    let events = 0n;
    for (;;) {
      const [sealed] = await rows.many<{ events: bigint }>(sql`select audit.seal_now() as events`);
      if (sealed === undefined || sealed.events === 0n) return events;
      events += sealed.events;
    }
  } finally {
    client.release();
  }
}

const sealRow = z.object({
  number: z.bigint(),
  expected_number: z.bigint(),
  joined: z.boolean(),
  events: z.bigint(),
  hash: z.string(),
  found_events: z.bigint(),
  found_hash: z.string(),
  to_era: z.int(),
  to_xid: z.string(),
});
type SealRow = z.output<typeof sealRow>;

const atOnce = 200;

/** The next seals in order, each beside what its events give now. Where no seal was before, the chain begins. */
const sealsAfter = (
  rows: Rows,
  last: { number: bigint; to_era: number; to_xid: string; hash: string } | undefined,
) =>
  rows.rows(
    sealRow,
    sql`
    with start as (
      select ${last?.number ?? 0n}::bigint as number, ${last?.to_era ?? 0}::int as to_era, ${last?.to_xid ?? '0'}::xid8 as to_xid,
        coalesce(decode(${last?.hash ?? null}, 'hex'), sha256('kith'::bytea)) as hash
    ), next as (
      select number, from_era, from_xid, to_era, to_xid, events, hash from audit.seal
      where number > (select number from start) order by number limit ${atOnce}
    ), chain as (
      select n.*, coalesce(lag(n.number) over w, s.number) as before_number, coalesce(lag(n.to_era) over w, s.to_era) as before_era,
        coalesce(lag(n.to_xid) over w, s.to_xid) as before_xid, coalesce(lag(n.hash) over w, s.hash) as before_hash
      from next n cross join start s window w as (order by n.number)
    )
    select c.number, c.before_number + 1 as expected_number,
      (c.from_era, c.from_xid) = (c.before_era, c.before_xid) and (c.from_era, c.from_xid) < (c.to_era, c.to_xid) as joined,
      c.events, encode(c.hash, 'hex') as hash, found.events as found_events, encode(found.hash, 'hex') as found_hash,
      c.to_era, c.to_xid::text as to_xid
    from chain c cross join lateral audit.run_hash(c.before_hash, c.before_era, c.before_xid, c.to_era, c.to_xid) found
    order by c.number`,
  );

const events = (count: bigint) => (count === 1n ? '1 event' : `${count} events`);

function faultIn(seal: SealRow): string | undefined {
  if (seal.number !== seal.expected_number)
    return `Seal ${seal.expected_number} is missing: the next one found is ${seal.number}.`;
  if (!seal.joined)
    return `Seal ${seal.number} does not begin where the seal before it ended: a seal has been changed.`;
  if (seal.events !== seal.found_events) {
    return `Seal ${seal.number} was set on ${events(seal.events)} and ${events(seal.found_events)} are there now: events have been added or removed.`;
  }
  if (seal.hash !== seal.found_hash) {
    return `Seal ${seal.number} does not fit its ${events(seal.events)}: an event, or a seal, has been changed.`;
  }
  return undefined;
}

/**
 * Walks the whole chain, oldest seal first, as the owner role and in one snapshot: numbers have no gaps, each seal begins where
 * the one before ended, and each fits the events it covers in number and in content. Then looks at what no seal covers. With
 * `witnesses`, marks kept outside the database, it also sees seals that were taken away or made anew.
 *
 * It reads every event: minutes on millions. What it cannot prove is said in the README beside it.
 */
export async function verifyAudit(owner: Pool, witnesses: readonly SealMark[] = []): Promise<Verification> {
  const client = await owner.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    try {
      return await walk(rowsOn(client), witnesses);
    } finally {
      await client.query('rollback');
    }
  } finally {
    client.release();
  }
}

async function walk(rows: Rows, witnesses: readonly SealMark[]): Promise<Verification> {
  const awaited = new Map(witnesses.map((mark) => [mark.number, mark.hash]));
  let last: SealRow | undefined;
  let sealed = 0n;
  let fault: string | undefined;
  for (;;) {
    const seals = await sealsAfter(rows, last);
    for (const seal of seals) {
      const witnessed = awaited.get(seal.number) ?? seal.hash;
      awaited.delete(seal.number);
      fault ??= faultIn(seal);
      if (witnessed !== seal.hash)
        fault ??= `Seal ${seal.number} is not the one that was witnessed: the trail has been made anew.`;
      sealed += seal.found_events;
      last = seal;
    }
    if (seals.length < atOnce) break;
  }
  for (const number of awaited.keys()) {
    fault ??= `Seal ${number} was witnessed and is not there: the newest seals have been taken away.`;
  }
  const loose = await unsealed(rows, last);
  fault ??= loose.fault;
  return {
    seals: last?.number ?? 0n,
    events: sealed,
    unsealed: loose.count,
    ...(last ? { newest: { number: last.number, hash: last.hash } } : {}),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Events that no seal covers, and those among them that cannot have been written as they stand. */
async function unsealed(rows: Rows, last: SealRow | undefined): Promise<{ count: bigint; fault?: string }> {
  const [found] = await rows.many<{ after: bigint; before: bigint; impossible: bigint }>(sql`
    select count(*) filter (where (era, xid) > (${last?.to_era ?? 0}, ${last?.to_xid ?? '0'}::xid8)) as after,
      count(*) filter (where (era, xid) <= (0, '0'::xid8)) as before,
      count(*) filter (where era > (select max(number) from audit.era)
        or (era = (select max(number) from audit.era) and xid >= pg_snapshot_xmax(pg_current_snapshot()))) as impossible
    from audit.event
    where (era, xid) > (${last?.to_era ?? 0}, ${last?.to_xid ?? '0'}::xid8) or (era, xid) <= (0, '0'::xid8)`);
  const { after = 0n, before = 0n, impossible = 0n } = found ?? {};
  if (before > 0n)
    return {
      count: after,
      fault: `Events have been added before the beginning of the trail: ${before}.`,
    };
  if (impossible > 0n) {
    return {
      count: after,
      fault: `Events have been added that claim a transaction which has not happened yet: ${impossible}.`,
    };
  }
  return { count: after };
}

/**
 * Adds the newest seal's mark to a file (or a log, or a pipe) that the database's owner cannot rewrite. One line each: moment,
 * number, hash.
 */
export async function addWitness(file: string, mark: SealMark, now: Temporal.Instant): Promise<void> {
  await appendFile(file, `${now.toString()} ${mark.number} ${mark.hash}\n`, { mode: 0o600 });
}

/**
 * The marks in a file that `addWitness` wrote.
 *
 * @throws Problem `bad-witness` when the file cannot be read, or a line of it is not a mark
 */
export async function readWitnesses(file: string): Promise<SealMark[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem(400, 'bad-witness', `The file of witnessed seals ${file} cannot be read`, {
      cause: error,
    });
  });
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      const match = /^\S+ (\d{1,18}) ([0-9a-f]{64})$/.exec(line);
      if (!match) {
        throw new Problem(400, 'bad-witness', `Line ${number} of ${file} is not a witnessed seal`, {
          detail: 'Each line holds a moment, the number of a seal and its hash, as they were written.',
        });
      }
      return { number: BigInt(match[1] ?? 0), hash: match[2] ?? '' };
    });
}
