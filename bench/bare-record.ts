import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import sql, { type Sql } from 'sql-template-tag';
import type { Identity } from '../src/platform/access/identity.ts';
import { prepared } from '../src/platform/database/rows.ts';
import {
  type Answer,
  canTravelTogether,
  sendAlone,
  sendTogether,
} from '../src/platform/database/together.ts';
import type { Prepared } from '../src/platform/database/wire.ts';
import { find as findFamily, looked, mine } from '../src/record/families/queries.ts';
import { find } from '../src/record/finding/queries.ts';
import { open, looked as personLooked } from '../src/record/people/queries.ts';
import { map } from '../src/record/relationships/queries.ts';

// The shared record with nothing around it: the statements of Kith's own queries as superuser. Some of them call functions that
// run as the owner in Kith; here they are copies that run as superuser, so no row-level security applies inside them either.
// The copies still begin at the reasons of whoever asks, since what they answer depends on them; so the bare server says who
// asks, in one message with the statement, but looks nothing up and checks nothing.

const copied = [
  'record.find_people',
  'record.brothers_and_sisters_elsewhere',
  'record.who_looked',
  'record.who_looked_at_person',
  'record.changed_for_me',
  'record.team_caseload',
  'support.standing',
  'support.in_group',
];

const copyOf = (name: string): string => name.replace(/^\w+\./, 'bench.');

/** Makes the copies, new each time: the schema `bench` exists only in a database that is measured. */
export async function copyFunctions(superuser: pg.Client): Promise<void> {
  await superuser.query('drop schema if exists bench cascade; create schema bench');
  for (const name of copied) {
    const { rows } = await superuser.query<{ definition: string }>(
      `select pg_get_functiondef($1::regproc) as definition`,
      [name],
    );
    const definition = rows[0]?.definition;
    if (definition === undefined) throw new Error(`there is no function ${name}`);
    await superuser.query(
      definition.replace(/FUNCTION \w+\./, 'FUNCTION bench.').replace(/\bSECURITY DEFINER\b/, ''),
    );
  }
}

const begin: Prepared = { name: 'begin', text: 'begin', values: [] };
const commit: Prepared = { name: 'commit', text: 'commit', values: [] };
const known = new Map<string, string>();

/** Kith's statement with the copies in place of the functions. */
export function bare(statement: Sql): Prepared {
  const { name, text, values } = prepared(statement);
  let ours = known.get(text);
  if (ours === undefined) {
    ours = copied.reduce((said, each) => said.replaceAll(`${each}(`, `${copyOf(each)}(`), text);
    known.set(text, ours);
  }
  return { name, text: ours, values };
}

export const asks = (identity: Identity): Prepared =>
  prepared(
    sql`select set_config('kith.account', ${identity.account}, true), set_config('kith.holders', ${[...identity.posts.map((post) => post.id), identity.account]}, true)`,
  );

/** What each of these answers, sent in one message where the server has parsed them on the connection. */
export async function inOneMessage(pool: pg.Pool, statements: Prepared[]): Promise<unknown[][]> {
  const client = await pool.connect();
  try {
    if (canTravelTogether(client, statements))
      return (await sendTogether(client, statements)).map(({ rows }) => rows);
    const results: Answer[] = [];
    for (const each of [begin, ...statements, commit]) results.push(await sendAlone(client, each));
    return results.slice(1, -1).map(({ rows }) => rows);
  } finally {
    client.release();
  }
}

/** What stands in an address of the bare server, behind its question mark or in its path. */
export type Input = Record<string, string | undefined>;

/** Who asks the bare server, and on which day. */
export interface Asked {
  identity: Identity;
  today: Temporal.PlainDate;
}
type AskedBy = (incoming: FastifyRequest) => Asked;

/** Reads who asks, without a look at whether they may. */
export const askedOf =
  (asker: (request: FastifyRequest) => Identity): AskedBy =>
  (incoming) => ({ identity: asker(incoming), today: Temporal.Now.plainDateISO('Europe/London') });

/** Adds queries to the bare server, each one statement. */
export function addQueries(
  app: FastifyInstance,
  pool: pg.Pool,
  askedBy: AskedBy,
  queries: Readonly<Record<string, (input: Input, asked: Asked) => Sql>>,
): void {
  for (const [name, statement] of Object.entries(queries)) {
    app.get(`/api/queries/${name}`, async (incoming) => {
      const asked = askedBy(incoming);
      const answers = await inOneMessage(pool, [
        asks(asked.identity),
        bare(statement(incoming.query as Input, asked)),
      ]);
      return { rows: answers.at(-1) };
    });
  }
}

/** Adds pages to the bare server: all statements of each in one message, and nothing drawn. */
export function addPages(
  app: FastifyInstance,
  pool: pg.Pool,
  askedBy: AskedBy,
  pages: Readonly<Record<string, (input: Input, asked: Asked) => Sql[]>>,
): void {
  for (const [path, statements] of Object.entries(pages)) {
    app.get(path, async (incoming) => {
      const asked = askedBy(incoming);
      const all = statements(incoming.params as Input, asked).map(bare);
      return { answers: (await inOneMessage(pool, [asks(asked.identity), ...all])).slice(1) };
    });
  }
}

/** Adds the queries of the shared record to the bare server. */
export function addRecord(
  app: FastifyInstance,
  pool: pg.Pool,
  asker: (request: FastifyRequest) => Identity,
): void {
  addQueries(app, pool, askedOf(asker), {
    'people.open': ({ person = '' }, asked) => open.sql({ person }, asked),
    'people.find': ({ text = '' }, asked) => find.sql({ text, limit: 20 }, asked),
    'people.looked': ({ person = '' }, asked) =>
      personLooked.sql({ person, beforeAt: undefined, beforeId: undefined, most: 50 }, asked),
    'relationships.map': ({ family = '' }, asked) => map.sql({ family }, asked),
    'families.mine': (_input, asked) => mine.sql({ afterName: '', afterId: undefined }, asked),
    'families.find': ({ text = '' }, asked) => findFamily.sql({ text }, asked),
    'families.looked': ({ family = '' }, asked) =>
      looked.sql({ family, beforeAt: undefined, beforeId: undefined }, asked),
  });
}
