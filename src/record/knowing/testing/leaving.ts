import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { expect } from 'vitest';
import { enter } from '../../../platform/access/identity.ts';
import { prepared } from '../../../platform/database/rows.ts';
import type { Worker } from '../../../platform/testing/people.ts';
import { testServer } from '../../../platform/testing/server.ts';
import { recordAreas } from '../../area.ts';
import { type KnowingWorld, knowingWorld } from '../testing.ts';

interface LeavingWorld extends KnowingWorld {
  /** Whether somebody reads a family: in the tables themselves as the application, and, unless told not to, as a page over HTTP. */
  reads(worker: Worker, family: string, overHttp?: boolean): Promise<boolean>;
  /** A reason of a post to decide on a request, as a practice gives it; `days` when it has been decided. The request's id. */
  deciding(family: string, post: string, days?: number): Promise<string>;
  /** Ends it as a decision does: those who decided look back on it for four weeks. */
  decides(by: Worker, family: string, request: string): Promise<void>;
  close(): Promise<void>;
}

/** A team that nobody is in yet. */
export const inNewTeam = () => ({ team: `Team ${randomUUID().slice(0, 8)}` });

/** People, families and posts that decide, for the tests of leaving. */
export async function leavingWorld(): Promise<LeavingWorld> {
  const world = await knowingWorld();
  const { database } = world;
  const server = await testServer(database, recordAreas(), { now: Temporal.Now.instant() });
  await database.superuser.query(
    `insert into access.reason_kind (id, title, scope) values ('deciding', 'Decides on a request', 'practice') on conflict do nothing`,
  );
  return {
    ...world,
    async reads(worker, family, overHttp = true) {
      const client = await database.pools.app.connect();
      try {
        await client.query('begin');
        await client.query(prepared(enter(worker.asking.tokenHash, '')));
        const counts: boolean[] = [];
        for (const statement of [
          sql`select from record.family where id = ${family}`,
          sql`select from record.family_member where family_id = ${family}`,
          sql`select from access.my_reason where subject = ${family}`,
          sql`select from access.reason where subject = ${family}`,
          sql`select where access.look_any(${family})`,
        ])
          counts.push(((await client.query(prepared(statement))).rowCount ?? 0) > 0);
        await client.query('rollback');
        const [first = false] = counts;
        expect(counts).toEqual(counts.map(() => first));
        if (overHttp) {
          const headers = { cookie: server.cookie(worker.token) };
          const page = await server.app.inject({ url: `/families/${family}`, headers });
          expect(page.statusCode).toBe(first ? 200 : 404);
        }
        return first;
      } finally {
        client.release();
      }
    },
    async deciding(family, post, days) {
      const request = randomUUID();
      await database.superuser.query(
        `insert into access.reason (subject, holder, kind, scope, about_record, until)
         values ($1, $2, 'deciding', 'practice', $3, now() + make_interval(days => $4::int))`,
        [family, post, request, days ?? null],
      );
      return request;
    },
    async decides(by, family, request) {
      const client = await database.pools.app.connect();
      try {
        await client.query('begin');
        await client.query(prepared(enter(by.asking.tokenHash, '')));
        await client.query("select access.end_reason($1, 'deciding', $2, now() + interval '28 days')", [
          family,
          request,
        ]);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    async close() {
      await server.close();
      await database.close();
    },
  };
}
