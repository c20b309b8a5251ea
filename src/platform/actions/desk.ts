import { hash } from 'node:crypto';
import type { Pool } from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import type { z } from 'zod';
import { enter, type Identity, identityFrom, may, sessionEnded, type Who } from '../access/identity.ts';
import { auditTable } from '../audit/months.ts';
import {
  auditStatement,
  type Origin,
  type ReadEvent,
  readEvent,
  withEvent,
  withReasons,
} from '../audit/record.ts';
import type { Disk } from '../database/disk.ts';
import { rowsOn } from '../database/rows.ts';
import type { Answer } from '../database/together.ts';
import { inOneFlight, sharedFlights, transaction } from '../database/transaction.ts';
import { changedMeanwhile, type Faults, invalid, notFound, Problem } from '../problem.ts';
import { type AsAt, asItStood, pastIsPast, pastNames, standsAt } from './as-at.ts';
import type { Action, Done, Query } from './declare.ts';
import { parsed, readable, readInput } from './input.ts';

/** Who asks, from where. The token's hash is what the database checks; the identity is what it said last time. */
export interface Asking {
  tokenHash: Buffer;
  identity: Identity;
  origin: Origin;
  /** Set when the record is wanted as it stood on a past day: queries then read that. Nothing can be done in the past. */
  asAt?: AsAt | undefined;
}

/** The desk at which everything is asked and done: the only way from the web, the API or a test to the data. */
export interface Desk {
  /** Who holds this session, or a Problem when it has ended. */
  identify(tokenHash: Buffer): Promise<Identity>;
  ask<I extends z.ZodType, R extends z.ZodType>(
    query: Query<I, R>,
    input: unknown,
    asking: Asking,
  ): Promise<z.output<R>[]>;
  /** The one row of the answer; "not found" when there is none that the asker may see. */
  askOne<I extends z.ZodType, R extends z.ZodType>(
    query: Query<I, R>,
    input: unknown,
    asking: Asking,
  ): Promise<z.output<R>>;
  /** Does it once for each key: the same key again gives the first answer and does nothing. */
  act<I extends z.ZodType, O extends Done>(
    action: Action<I, O>,
    input: unknown,
    asking: Asking,
    once?: { key?: string | undefined; draft?: string | undefined },
  ): Promise<O>;
  today(): Temporal.PlainDate;
  now(): Temporal.Instant;
}

const retries = 4;

interface DatabaseError extends Error {
  code: string;
  constraint?: string;
}
const isDatabaseError = (error: unknown): error is DatabaseError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'severity' in error;

/** The table of the month has gone since it was looked for, or takes this event no more: the trail as a whole is always there. */
const isGone = (error: unknown): boolean =>
  isDatabaseError(error) && ['42P01', '42501', '23514'].includes(error.code);

export function makeDesk(pools: { app: Pool; disk: Disk<ReadEvent> }, clock: () => Temporal.Instant): Desk {
  const into = auditTable(pools.app);
  const past = pastNames(pools.app);
  const fly = sharedFlights(pools.app);
  const known = new Map<string, Identity>();
  const now = () => clock();
  const today = () => clock().toZonedDateTimeISO('Europe/London').toPlainDate();

  async function identify(tokenHash: Buffer): Promise<Identity> {
    const key = tokenHash.toString('latin1');
    const cached = known.get(key);
    if (cached) return cached;
    const client = await pools.app.connect();
    try {
      const [row] = await rowsOn(client).many<{ who: unknown }>(enter(tokenHash, ''));
      const identity = identityFrom(row?.who);
      if (known.size > 10_000) known.clear();
      known.set(key, identity);
      return identity;
    } catch (error) {
      throw isDatabaseError(error) && error.code === 'KT401' ? sessionEnded() : error;
    } finally {
      client.release();
    }
  }

  /**
   * Runs `work` with an identity that the database confirms inside the same transaction. If the posts have changed since it
   * was cached, or two transactions stood in each other's way, it starts again from the beginning.
   */
  async function confirmed<T>(asking: Asking, work: (identity: Identity) => Promise<T>): Promise<T> {
    let identity = asking.identity;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(identity);
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        if (error.code === 'KT401') {
          known.delete(asking.tokenHash.toString('latin1'));
          throw sessionEnded();
        }
        const again = error.code === 'KT409' || error.code === '40001' || error.code === '40P01';
        if (!again || attempt > retries) throw error;
        if (error.code === 'KT409') {
          known.delete(asking.tokenHash.toString('latin1'));
          identity = await identify(asking.tokenHash);
        }
      }
    }
  }

  /** The asker's identity if they may do this; looked up again before refusing, since a post may just have begun. */
  async function admitted(
    what: { name: string; who: Who },
    asking: Asking,
    identity: Identity,
  ): Promise<Identity> {
    if (may(identity, what.who)) return identity;
    known.delete(asking.tokenHash.toString('latin1'));
    const fresh = await identify(asking.tokenHash);
    if (may(fresh, what.who)) return fresh;
    await transaction(
      pools.app,
      [enter(asking.tokenHash, '')],
      async () => undefined,
      () => [auditStatement({ kind: 'refused', name: what.name, about: [] }, asking.origin)],
    );
    throw notFound();
  }

  async function ask<I extends z.ZodType, R extends z.ZodType>(
    query: Query<I, R>,
    input: unknown,
    asking: Asking,
  ) {
    const wanted = parsed(query.input, input);
    return pools.disk.read((alone) =>
      confirmed(asking, async (last) => {
        const identity = await admitted(query, asking, last);
        const { asAt, origin } = asking;
        const statement = query.sql(wanted, { identity, today: asAt?.day ?? today() });
        const parsedRows = (answer: Answer) => answer.rows.map((row) => query.row.parse(row));
        const opening = [enter(asking.tokenHash, identity.print), ...(asAt ? [standsAt(asAt)] : [])];
        const read = asAt ? asItStood(statement, await past()) : statement;
        const by = `${asking.tokenHash.toString('latin1')} ${identity.print} ${asAt?.moment ?? ''}`;
        if (query.about === 'nobody') return parsedRows(await fly(by, opening, read));
        // Nobody is answered before it is on the disk that they have read: their own commit sees to that where they are alone.
        if (alone()) {
          const asked = (table?: Sql) =>
            inOneFlight(pools.app, opening, withEvent(read, query.name, origin, asAt, table));
          return parsedRows(
            await asked(into()).catch((error: unknown) => (isGone(error) ? asked() : Promise.reject(error))),
          );
        }
        const answer = await fly(by, opening, withReasons(read));
        const written = pools.disk.written(readEvent(query.name, answer.rows, identity, origin, asAt));
        // The answer is put together meanwhile.
        const [result] = await Promise.all([Promise.try(parsedRows, answer), written]);
        return result;
      }),
    );
  }

  /** What else is wrong with an input that could not be read as a whole. Nothing is done, and nothing of it is written down. */
  async function otherFaults<I extends z.ZodType, O extends Done>(
    action: Action<I, O>,
    input: unknown,
    asking: Asking,
  ): Promise<Faults> {
    const { faults } = action;
    if (faults === undefined) return {};
    const typed = readable(action.input, input);
    try {
      return await confirmed(asking, async (last) => {
        const identity = await admitted(action, asking, last);
        return transaction(
          pools.app,
          [enter(asking.tokenHash, identity.print)],
          async (rows) => faults({ rows, identity, today: today(), now: now() }, typed),
          () => [],
        );
      });
    } catch (error) {
      throw asProblem(error, action);
    }
  }

  async function act<I extends z.ZodType, O extends Done>(
    action: Action<I, O>,
    input: unknown,
    asking: Asking,
    once: { key?: string | undefined; draft?: string | undefined } = {},
  ): Promise<O> {
    if (asking.asAt) throw pastIsPast();
    if (!asking.identity.mayWrite) {
      throw new Problem(403, 'read-only-token', 'This access token may only read', {
        detail: 'Make a token that may also write, and use that.',
      });
    }
    // Roles before input: somebody who may not do this learns nothing of what it would take.
    await admitted(action, asking, asking.identity);
    const read = readInput(action.input, input);
    if ('fields' in read) {
      const { fields } = read;
      throw invalid({ ...fields, ...(await otherFaults(action, input, asking)), ...fields });
    }
    const wanted = read.data;
    const fingerprint = hash('sha256', JSON.stringify(input) ?? '', 'buffer');
    try {
      return await confirmed(asking, async (last) => {
        const identity = await admitted(action, asking, last);
        const result = await pools.disk.kept((waits) =>
          transaction(
            pools.app,
            [enter(asking.tokenHash, identity.print, waits)],
            async (rows) => {
              if (once.key !== undefined) {
                const fresh = await rows.run(sql`
                insert into platform.submission (account_id, action, key, fingerprint)
                values (access.account_id(), ${action.name}, ${once.key}::uuid, ${fingerprint}) on conflict do nothing`);
                if (fresh === 0)
                  return { replay: await earlierOutcome<O>(rows, action, once.key, fingerprint) };
              }
              return { done: await action.run({ rows, identity, today: today(), now: now() }, wanted) };
            },
            (result) => {
              if ('replay' in result) return [];
              const { done } = result;
              return [
                auditStatement(
                  { kind: 'action', name: action.name, about: done.about },
                  asking.origin,
                  into(),
                ),
                ...(once.key === undefined
                  ? []
                  : [
                      sql`update platform.submission set outcome = ${plainJson(done)}::jsonb
                        where account_id = access.account_id() and action = ${action.name} and key = ${once.key}::uuid`,
                    ]),
                ...(once.draft === undefined
                  ? []
                  : [
                      sql`delete from platform.draft where account_id = access.account_id() and name = ${once.draft}`,
                    ]),
              ];
            },
          ),
        );
        return 'replay' in result ? result.replay : result.done;
      });
    } catch (error) {
      throw asProblem(error, action);
    }
  }

  return {
    identify,
    ask,
    async askOne(query, input, asking) {
      const [row] = await ask(query, input, asking);
      if (row === undefined) throw notFound();
      return row;
    },
    act,
    today,
    now,
  };
}

async function earlierOutcome<O>(
  rows: ReturnType<typeof rowsOn>,
  action: { name: string },
  key: string,
  fingerprint: Buffer,
): Promise<O> {
  const [earlier] = await rows.many<{ fingerprint: Buffer; outcome: O }>(sql`
    select fingerprint, outcome from platform.submission
    where account_id = access.account_id() and action = ${action.name} and key = ${key}::uuid`);
  if (!earlier?.fingerprint.equals(fingerprint)) {
    throw new Problem(409, 'key-used', 'This form was already sent, with other content', {
      detail: 'What was sent first is saved. Open the page again to send something new.',
    });
  }
  return earlier.outcome;
}

// JSON knows no bigint: pence are a whole number there. Said once here, since a function that JSON asks of every value in a list
// took a tenth of the server's time.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value(this: bigint) {
    return Number(this);
  },
});

/** bigint and Temporal values as JSON: pence as a whole number, days and moments as ISO 8601. */
export const plainJson = (value: unknown): string => JSON.stringify(value);

/** What a refusal by the database means to the person who asked. Anything unknown stays an internal fault. */
function asProblem(error: unknown, action: Action<z.ZodType, Done>): unknown {
  if (!isDatabaseError(error)) return error;
  const declared = error.constraint === undefined ? undefined : action.refusals?.[error.constraint];
  if (declared) return declared();
  // Row-level security refuses a write to a record the asker has no reason to touch, and so do our own functions.
  if (error.code === '42501' || error.code === 'KT403') return notFound();
  if (error.code === '40001' || error.code === '40P01') return changedMeanwhile();
  if (error.code === '57014') {
    return new Problem(503, 'too-slow', 'This took too long and was stopped', {
      detail: 'Nothing was saved. Try again in a minute.',
    });
  }
  return error;
}
