import { randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import { listQuery } from '../../platform/notices/queries.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker, type WorkerOptions } from '../../platform/testing/people.ts';
import { add } from '../families/actions.ts';
import { open } from '../families/queries.ts';

const named = (id: ReturnType<typeof sql>) =>
  sql`select f.id, f.name from record.family f where f.id = ${id}`;
export const noticeList = listQuery(named);

const council = 'Strathmorran Council';
export const notFound = { status: 404, code: 'not-found' };

export interface KnowingWorld {
  database: TestDatabase;
  desk: Desk;
  worker(name: string, options?: WorkerOptions): Promise<Worker>;
  /** A family of Jamie, born 1 May 2019, that this worker adds. */
  family(by: Worker, name?: string): Promise<string>;
  /** Whether somebody sees a family now. */
  sees(worker: Worker, family: string): Promise<boolean>;
  /** The words of what somebody was told, newest first. */
  told(worker: Worker): Promise<string[]>;
  /** The reason of a kind that a holder has for a family. */
  reason(family: string, holder: string, kind?: string): Promise<string>;
}

/** A database with people who work with families, for the tests of who may know. */
export async function knowingWorld(): Promise<KnowingWorld> {
  const database = await testDatabase();
  const desk = makeDesk(database.pools, () => Temporal.Now.instant());
  const { superuser } = database;
  return {
    database,
    desk,
    worker: (name, options = {}) =>
      makeWorker(database, { name, organisation: council, team: 'North', ...options }),
    async family(by, name = `Family ${randomUUID().slice(0, 8)}`) {
      const { family } = await desk.act(
        add,
        {
          name,
          locality: 'Lochside',
          members: [
            { givenName: 'Jamie', familyName: name, dateOfBirth: '2019-05-01', part: 'child' },
            { givenName: 'Isla', familyName: name, part: 'parent or carer' },
          ],
        },
        by.asking,
      );
      return family;
    },
    async sees(worker, family) {
      return (await desk.ask(open, { family }, worker.asking)).length > 0;
    },
    async told(worker) {
      return (await desk.ask(noticeList, {}, worker.asking)).map((notice) =>
        notice.name ? `${notice.words} [${notice.name}]` : notice.words,
      );
    },
    async reason(family, holder, kind = 'allocated') {
      const { rows } = await superuser.query<{ id: string }>(
        `select id from access.reason where subject = $1 and holder = $2 and kind = $3 and (until is null or until > now())
         order by since desc limit 1`,
        [family, holder, kind],
      );
      return rows[0]?.id ?? randomUUID();
    },
  };
}

/** Ends somebody's work here as the account pages do: posts, reasons of their own and sessions end at once. */
export async function leaves({ database }: KnowingWorld, worker: Worker): Promise<void> {
  const { superuser } = database;
  await superuser.query('update access.account set left_at = now() where id = $1', [worker.account]);
  await superuser.query(
    'update access.holding set during = tstzrange(lower(during), now()) where account_id = $1 and during @> now()',
    [worker.account],
  );
  await superuser.query('update access.reason set until = now() where holder = $1 and until is null', [
    worker.account,
  ]);
}
