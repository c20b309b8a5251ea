import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Identity } from '../src/platform/access/identity.ts';
import { prepared, type Rows, typeParsers } from '../src/platform/database/rows.ts';
import { queue, request } from '../src/practice/direct-payments/queries.ts';
import {
  limitsOf,
  membersOf,
  openFundsToTryFirst,
  postsInTeam,
  postsWithoutLimit,
  requestsNear,
} from '../src/practice/direct-payments/records.ts';
import { deciders } from '../src/record/roles.ts';
import { addHappened } from './bare-happened.ts';
import { addRecord } from './bare-record.ts';
import { addSupport, type ParsingPools } from './bare-support.ts';

// What the same work costs with nothing around it: Fastify and pg with the same SQL, prepared, as superuser. No row-level
// security applies, nothing is checked, nothing is written down.

/** Text and values of a query's own statement, with the place of each thing that changes between requests found once. */
function fixed(statement: { text: string; values: unknown[] }, marks: Readonly<Record<string, unknown>>) {
  const places = statement.values.map(
    (value) => Object.keys(marks).find((name) => sameMark(marks[name], value)) ?? '',
  );
  return (name: string, now: Readonly<Record<string, unknown>>) => ({
    name,
    text: statement.text,
    values: places.map((place, index) => (place === '' ? statement.values[index] : now[place])),
  });
}
const sameMark = (mark: unknown, value: unknown) => JSON.stringify(mark) === JSON.stringify(value);

const marked = '00000000-0000-4000-8000-00000000000';
const [account, team, organisation, record] = [1, 2, 3, 4].map((n) => `${marked}${n}`) as [
  string,
  string,
  string,
  string,
];
const asked = {
  today: Temporal.PlainDate.from('2026-01-01'),
  identity: {
    print: '',
    session: account,
    account,
    name: '',
    kind: 'token',
    mayWrite: true,
    posts: [
      {
        id: account,
        role: 'team-manager',
        roleTitle: '',
        team,
        teamName: '',
        service: '',
        organisation,
        organisationName: '',
      },
    ],
  } satisfies Identity,
};
const marks = { account, places: [team], id: record };

/** The statement of opening a request, as the bare server sends it. */
export const openStatement = fixed(request.sql({ id: record }, asked), marks);
const queueStatement = fixed(queue.sql({ after: undefined, afterDay: undefined }, asked), marks);

const insertRequest = `with made as (
    insert into direct_payments.request (reference, family_id, service, school, cluster, category, asked_pence, status, asked_on,
      asked_by, asked_team, waiting_with, above_limit)
    values ('DP-' || extract(year from $1::date) || '-' || lpad(nextval('direct_payments.reference_number')::text, 5, '0'),
      $2::uuid, $3, null, null, $4, $5, 'asked', $1, $6, $7, $7, false)
    returning id, reference
  ), words as (
    insert into direct_payments.conversation (request_id, family_id, words, who_was_there, used_for, hoped_for, other_funds, eligibility)
    select id, $2, $9, $10, $11, $12, '', $8::jsonb from made
  ), young as (
    insert into direct_payments.request_child (request_id, person_id, family_id) select made.id, child, $2 from made, unnest($13::uuid[]) as child
  ), to_whom as (
    insert into direct_payments.payee (request_id, family_id, name, method) select id, $2, $14, $15 from made
  )
  select id, reference from made`;

const holdRequest = `select r.id, r.family_id as "familyId", r.status, r.asked_pence as "askedPence", r.version
  from direct_payments.request r where r.id = $1 for update of r`;
const approve = `update direct_payments.request set status = 'approved', approved_pence = $2, decided_on = $3, decided_by = $4,
  decided_role = 'team-manager', waiting_with = null, version = version + 1 where id = $1`;
const insertDecision = `insert into direct_payments.decision (request_id, family_id, outcome, amount_pence, reason, how_told, decided_by, role_id, on_day)
  values ($1, $2, 'approved', $3, $4, $5, $6, 'team-manager', $7)`;
const insertEvent = `with made as (
    insert into record.event (family_id, happened_on, kind, what, source, from_area, from_id, written_by)
    values ($1, $2, 'payment', 'A direct payment was approved', 'Family support', 'direct-payments', $3, $4) returning id
  )
  insert into record.event_person (event_id, person_id, happened_on)
  select made.id, c.person_id, $2 from made, direct_payments.request_child c where c.request_id = $3`;
const insertPayment = `insert into direct_payments.payment (request_id, family_id, amount_pence, state) values ($1, $2, $3, 'ready')`;
const insertDraw = `insert into funds.draw (area, of_id, family_id, fund_id, amount_pence) values ('direct-payments', $1, $2, $3, $4)`;

/** Days and whole numbers as they go into JSON: no types of our own. */
const plainTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    if (oid === pg.types.builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** A pool of the same size as Kith's, as superuser. */
export const barePool = (superuser: pg.ClientConfig): pg.Pool =>
  new pg.Pool({ ...superuser, max: 16, types: plainTypes, pipeline: true } as pg.PoolConfig);
/** The same, planning each statement once as Kith does: the statements of the record take milliseconds to plan. */
export const recordPool = (superuser: pg.ClientConfig): pg.Pool =>
  barePool({ ...superuser, options: '-c plan_cache_mode=force_generic_plan' });
/** Pools whose rows are parsed as Kith parses them: for what is written, and one as large as Kith's for figures. */
export const parsingPools = (superuser: pg.ClientConfig): ParsingPools => {
  const pool = (max: number, options?: string) =>
    new pg.Pool({ ...superuser, max, types: typeParsers, pipeline: true, options } as pg.PoolConfig);
  return { writing: pool(16, '-c plan_cache_mode=force_generic_plan'), figures: pool(4) };
};

const placesOf = (identity: Identity) => [...new Set(identity.posts.map((post) => post.team))];

interface AskBody {
  family: string;
  service: string;
  category: string;
  amount: string;
  words: string;
  whoWasThere: string;
  usedFor: string;
  hopedFor: string;
  children: string[];
  payee: string;
  method: string;
}
interface DecideBody {
  id: string;
  version: number;
  howTold: string;
  draws: { fund: string; amount: string }[];
}

const pence = (pounds: string) => Math.round(Number(pounds) * 100);

/** What the rules of asking need to know, by Kith's own statements, sent one behind the other. */
async function whatTheRulesRead(pool: pg.Pool, identity: Identity, family: string): Promise<void> {
  const [post] = identity.posts;
  if (post === undefined) throw new Error('nobody asks');
  const client = await pool.connect();
  const many = async <T>(statement: Sql): Promise<T[]> => (await client.query(prepared(statement))).rows;
  const rows: Rows = {
    many,
    rows: (_schema, statement) => many(statement),
    run: async (statement) => (await many(statement)).length,
  };
  const today = Temporal.Now.plainDateISO();
  try {
    await Promise.all([
      membersOf(rows, family, today),
      limitsOf(rows),
      openFundsToTryFirst(rows, today),
      requestsNear(rows, family, today, null),
      postsInTeam(rows, post.team, identity.account, deciders),
      postsWithoutLimit(rows, post.organisation, identity.account, deciders, today),
    ]);
  } finally {
    client.release();
  }
}

/** The bare server. Who asks is looked up in a map, since the list of a team needs to know the team. */
export function bareServer(
  pool: pg.Pool,
  records: pg.Pool,
  parsing: ParsingPools,
  identities: ReadonlyMap<string, Identity>,
): FastifyInstance {
  const app = Fastify({ logger: false });
  const asker = (request: FastifyRequest): Identity => {
    const identity = identities.get(request.headers.authorization?.slice(7) ?? '');
    if (identity === undefined) throw new Error('nobody asks');
    return identity;
  };
  addRecord(app, records, asker);
  addHappened(app, records, asker);
  addSupport(app, records, parsing, asker);
  app.get('/api/queries/direct-payments.request', async (incoming) => {
    const identity = asker(incoming);
    const { id } = incoming.query as { id: string };
    const { rows } = await pool.query(
      openStatement('open', { account: identity.account, places: placesOf(identity), id }),
    );
    return { rows };
  });
  app.get('/api/queries/direct-payments.queue', async (incoming) => {
    const identity = asker(incoming);
    const { rows } = await pool.query(
      queueStatement('queue', { account: identity.account, places: placesOf(identity) }),
    );
    return { rows };
  });
  app.post('/api/actions/direct-payments.ask', async (incoming) => {
    const identity = asker(incoming);
    const body = incoming.body as AskBody;
    if ((incoming.query as { reads?: string }).reads !== undefined)
      await whatTheRulesRead(pool, identity, body.family);
    const eligibility = {
      eligible: true,
      findings: [{ met: true, because: 'It is for Isla.' }],
      livesWith: 'parents',
    };
    const { rows } = await pool.query({
      name: 'ask',
      text: insertRequest,
      values: [
        Temporal.Now.plainDateISO().toString(),
        body.family,
        body.service,
        body.category,
        pence(body.amount),
        identity.account,
        identity.posts[0]?.team,
        JSON.stringify(eligibility),
        body.words,
        body.whoWasThere,
        body.usedFor,
        body.hopedFor,
        body.children,
        body.payee,
        body.method,
      ],
    });
    return { about: [body.family], ...rows[0], goesUp: false };
  });
  app.post('/api/actions/direct-payments.decide', async (incoming) => {
    const identity = asker(incoming);
    const body = incoming.body as DecideBody;
    const today = Temporal.Now.plainDateISO().toString();
    const client = await pool.connect();
    try {
      const [, held] = await Promise.all([
        client.query('begin'),
        client.query<{ familyId: string; status: string; askedPence: number; version: number }>({
          name: 'hold',
          text: holdRequest,
          values: [body.id],
        }),
      ]);
      const row = held.rows[0];
      if (row === undefined || row.version !== body.version || row.status !== 'asked') {
        await client.query('rollback');
        throw new Error('not waiting');
      }
      const { familyId, askedPence } = row;
      const [draw] = body.draws;
      await Promise.all([
        client.query({
          name: 'approve',
          text: approve,
          values: [body.id, askedPence, today, identity.account],
        }),
        client.query({
          name: 'decision',
          text: insertDecision,
          values: [body.id, familyId, askedPence, '', body.howTold, identity.account, today],
        }),
        client.query({
          name: 'event',
          text: insertEvent,
          values: [familyId, today, body.id, identity.account],
        }),
        client.query({ name: 'payment', text: insertPayment, values: [body.id, familyId, askedPence] }),
        client.query({
          name: 'draw',
          text: insertDraw,
          values: [body.id, familyId, draw?.fund, pence(draw?.amount ?? '0')],
        }),
        client.query('commit'),
      ]);
      return { about: [familyId], id: body.id, status: 'approved' };
    } finally {
      client.release();
    }
  });
  return app;
}
