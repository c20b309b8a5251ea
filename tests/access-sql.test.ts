import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveHolding, makeWorker, type Worker } from '../src/platform/testing/people.ts';
import { call } from './access-calls.ts';
import { blind, leaksIn, type Sight, sightOf } from './access-oracle.ts';
import { strangeToken } from './access-samples.ts';
import { makeWorld, type Persona, type World } from './access-world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.database.superuser.query('analyze');
});
afterAll(() => world.close());

/** An id that no family has. */
const strangeFamily = randomUUID();

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

interface Relation {
  name: string;
  columns: string[];
}

/** Every table and view that a database role can read something of, with the columns it can read. */
async function readable(role: string): Promise<Relation[]> {
  const { rows } = await world.database.superuser.query<Relation>(
    `select format('%I.%I', n.nspname, c.relname) as name, array_agg(format('%I', a.attname) order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p', 'v', 'm') and (n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') or c.relname = 'pg_stats')
        and has_schema_privilege($1, n.oid, 'usage') and has_column_privilege($1, c.oid, a.attnum, 'select')
      group by 1 order by 1`,
    [role],
  );
  return rows;
}

interface Callable {
  name: string;
  types: string[];
}

/** Every function of ours that a database role may call. */
async function callable(role: string): Promise<Callable[]> {
  const { rows } = await world.database.superuser.query<Callable>(
    `select format('%I.%I', n.nspname, p.proname) as name,
        array(select format_type(t, null) from unnest(p.proargtypes) with ordinality as each (t, n) order by n) as types
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema', 'public') and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
        and has_schema_privilege($1, n.oid, 'usage') and has_function_privilege($1, p.oid, 'execute')
      order by 1`,
    [role],
  );
  return rows;
}

/** Runs statements in one transaction that is rolled back; what each gave, or what its error said, as text. */
async function attempt(pool: pg.Pool, statements: { text: string; values?: unknown[] }[]): Promise<string[]> {
  const client = await pool.connect();
  const said: string[] = [];
  try {
    await client.query('begin');
    for (const statement of statements) {
      await client.query('savepoint here');
      try {
        const { rows } = await client.query(statement);
        said.push(JSON.stringify(rows, (_key, each) => (typeof each === 'bigint' ? String(each) : each)));
      } catch (error) {
        const { message, detail, hint, where } = error as pg.DatabaseError;
        said.push([message, detail, hint, where].join('\n'));
        await client.query('rollback to savepoint here');
      }
    }
    return said;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

const everything = (tables: readonly Relation[]) =>
  tables.map(({ name, columns }) => ({
    name,
    text: `select ${columns.map((column) => `${column}::text`).join(', ')} from ${name}`,
  }));

const entering = (token: string) => ({ text: 'select access.enter($1, $2)', values: [hashOf(token), ''] });
const enter = (persona: Persona) => entering(persona.bearer);

/** What answers the ids of records that the asker may not see, alone, so that the audit trail names them. */
const idsAlone = ['record.may_exist', 'record.people_like', 'record.find_people'];

const ids = () =>
  world.families
    .flatMap(({ practice, money }) => [...practice, ...money])
    .filter((mark) => /^[0-9a-f-]{36}$/.test(mark));

test('the application role alone reads no person, whatever it selects', async () => {
  const tables = everything(await readable('kith_app'));
  expect(tables.length).toBeGreaterThan(25);
  const said = await attempt(world.database.pools.app, tables);
  for (const [at, table] of tables.entries())
    expect(leaksIn(world, said[at] ?? '', blind), table.name).toEqual([]);
});

test('the application role reads, for whoever is signed in, what their reasons allow and no more', async () => {
  const tables = everything(await readable('kith_app'));
  let shown = 0;
  for (const persona of world.personas.filter(({ standing }) => standing !== 'left')) {
    const sight = await sightOf(world.database, persona.account);
    const [, ...said] = await attempt(world.database.pools.app, [enter(persona), ...tables]);
    for (const [at, table] of tables.entries()) {
      // Administrators read the audit trail, which has ids of families and no word about them.
      const sent =
        table.name.startsWith('audit.event') && persona.role === 'system-administrator'
          ? ids().join(' ')
          : '';
      expect(
        leaksIn(world, said[at] ?? '', sight, { sent }),
        `${table.name} for ${persona.role}, ${persona.standing}`,
      ).toEqual([]);
      if (table.name === 'record.person' && /zqx/i.test(said[at] ?? '')) shown += 1;
    }
  }
  expect(shown).toBeGreaterThan(0);
});

test('what a transaction remembers of whom it saw is forgotten when a reason or a membership changes', async () => {
  const { family, child, crew } = world.ours;
  const { superuser } = world.database;
  const ofPeople = ['event_person', 'home', 'identifier', 'language', 'network'];
  const seen = async (): Promise<number[]> => {
    await superuser.query('set local role kith_app');
    const counts: number[] = [];
    for (const table of ['family', 'person', 'family_member', 'note', 'task_person', ...ofPeople]) {
      const { rows } = await superuser.query<{ n: number }>(
        `select count(*)::int as n from record.${table} t where to_jsonb(t) ->> 'family_id' = $1 or to_jsonb(t) ->> 'id' = any ($2)
          or to_jsonb(t) ->> 'person_id' = $3`,
        [family, [family, child], child],
      );
      counts.push(rows[0]?.n ?? 0);
    }
    await superuser.query('reset role');
    return counts;
  };
  const changes: [string, string, unknown[]][] = [
    [
      'every reason for the family ends',
      `update access.reason set until = since + interval '1 microsecond' where subject = $1`,
      [family],
    ],
    ['every reason for the family is taken out', 'delete from access.reason where subject = $1', [family]],
  ];
  for (const [what, change, values] of changes) {
    await superuser.query('begin');
    await superuser.query(entering(crew.maker.token));
    const before = await seen();
    await superuser.query(change, values);
    const after = await seen();
    await superuser.query('rollback');
    expect(
      before.slice(0, 4).every((count) => count > 0),
      `${before} before`,
    ).toBe(true);
    expect(
      before.slice(-ofPeople.length).some((count) => count > 0),
      `${before} before`,
    ).toBe(true);
    expect(after, what).toEqual(before.map(() => 0));
  }
  // Somebody whom a restricted family keeps is kept from then on, though the rest of the family is seen as before.
  await superuser.query('begin');
  await superuser.query(entering(crew.maker.token));
  await seen();
  await superuser.query('update record.family_member set kept_to = $2 where person_id = $1', [
    child,
    [strangeFamily],
  ]);
  await superuser.query('set local role kith_app');
  const kept = await superuser.query(
    `select (select count(*)::int from record.person where id = $1) as person, (select count(*)::int from record.home where person_id = $1) as homes,
      (select count(*)::int from record.family where id = $2) as family`,
    [child, family],
  );
  await superuser.query('rollback');
  expect(kept.rows).toEqual([{ person: 0, homes: 0, family: 1 }]);
});

/** Values to call a function with, by the type of its argument: those that would find the family, if anything could. */
const values = (type: string): unknown[] => {
  const { family, child, practice, requests, crew } = world.ours;
  const known: Record<string, unknown[]> = {
    uuid: [family, requests.paid, child, crew.maker.account],
    'uuid[]': [[family, child]],
    text: ['Zqxours Family', practice[1], practice[2], 'allocated'],
    'text[]': [[practice[2]], ['Zqxours Family']],
    bytea: [hashOf(strangeToken())],
    'bytea[]': [[hashOf(strangeToken())]],
    integer: [50],
    'integer[]': [[5]],
    smallint: [5],
    bigint: [0],
    boolean: [true],
    date: ['2026-11-01'],
    jsonb: ['{}'],
    inet: ['192.0.2.1'],
    xid8: ['0'],
    'timestamp with time zone': [null, '2100-01-01'],
  };
  return known[type] ?? [null];
};

const calls = ({ name, types }: Callable) =>
  Array.from({ length: 4 }, (_, turn) => ({
    name,
    text: `select * from ${name}(${types.map((type, at) => `$${at + 1}::${type}`).join(', ')}) as answer`,
    values: types.map((type, at) => {
      const choice = values(type);
      return choice[(turn === 3 ? at : turn) % choice.length];
    }),
  }));

test('no function that the application role may call gives a person away, or opens a record', async () => {
  const functions = await callable('kith_app');
  expect(functions.length).toBeGreaterThan(40);
  const look = { text: `select name from record.family union all select given_name from record.person` };
  const outsiders = world.personas.filter(
    ({ standing }) => standing === 'post ended yesterday' || standing === 'other organisation',
  );
  const askers = [
    undefined,
    ...outsiders.filter(({ role }) => ['administrator', 'senior-manager', 'finance-officer'].includes(role)),
  ];
  for (const asker of askers) {
    const sight: Sight = asker ? await sightOf(world.database, asker.account) : blind;
    const first = asker ? enter(asker) : { text: 'select 1' };
    for (const each of functions.flatMap(calls)) {
      const [, answer, after] = await attempt(world.database.pools.app, [first, each, look]);
      const where = `${each.name}(${JSON.stringify(each.values)}) for ${asker?.role ?? 'nobody'}`;
      // Families and people that may be the one somebody looks for are given to the application as ids alone, for the audit trail.
      const sent = JSON.stringify(idsAlone.includes(each.name) ? ids() : each.values);
      expect(leaksIn(world, answer ?? '', sight, { sent }), where).toEqual([]);
      expect(leaksIn(world, after ?? '', sight), `${where}, then looking`).toEqual([]);
    }
  }
});

test('the figures role is denied every column in which a name, a word or an account stands', async () => {
  const { superuser, pools } = world.database;
  const { rows: columns } = await superuser.query<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as table, format('%I', a.attname) as column
       from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      where c.relkind in ('r', 'p', 'v') and not c.relispartition and not a.attisdropped
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss')`,
  );
  // Ids, days and sums are what figures are made of; everything else that marks a family names it.
  const naming = world.families.flatMap(({ practice, money }) => [
    ...practice.slice(0, 3),
    ...money.slice(0, 4),
  ]);
  const holding: string[] = [];
  for (const { table, column } of columns) {
    const { rows } = await superuser.query<{ named: boolean }>(
      `select exists (select from ${table} t where lower(${column}::text) like any ($1)) as named`,
      [naming.map((mark) => `%${mark.toLowerCase()}%`)],
    );
    if (!rows[0]?.named) continue;
    holding.push(`${table}.${column}`);
    await expect(pools.figures.query(`select ${column} from ${table}`), `${table}.${column}`).rejects.toThrow(
      /permission denied/,
    );
  }
  expect(holding).toEqual(
    expect.arrayContaining([
      'record.family.name',
      'record.identifier.value',
      'record.address.postcode',
      'direct_payments.payee.account_number',
    ]),
  );
  const tables = everything(await readable('kith_figures'));
  const said = await attempt(pools.figures, tables);
  const functions = (await callable('kith_figures')).flatMap(calls);
  const answers = await attempt(pools.figures, functions);
  const all = [
    ...tables.map(({ name }, at) => [name, said[at]]),
    ...functions.map(({ name }, at) => [name, answers[at]]),
  ];
  for (const [name, text] of all)
    for (const mark of naming.filter((each) => /[a-z]/i.test(each)))
      if (!functions.some((each) => each.name === name))
        expect((text ?? '').toLowerCase(), name).not.toContain(mark.toLowerCase());
});

type Time = 'before' | 'during' | 'after';
const spans: Record<Time, [string, string]> = {
  before: [`now() + interval '1 hour'`, 'null'],
  during: [`now() - interval '1 hour'`, 'null'],
  after: [`now() - interval '1 hour'`, `now() - interval '1 second'`],
};

interface Changing {
  worker: Worker;
  /** The worker's posts by their ids, each with its holding. */
  posts: { post: string; holding: string; time: Time }[];
  reasons: { id: string; family: string; holder: string; time: Time }[];
}

/** Somebody with posts in three teams, and families that they or one of the posts work with. */
async function makeChanging(): Promise<Changing> {
  const { database } = world;
  const { superuser } = database;
  const worker = await makeWorker(database, { team: 'Changing 0', role: 'social-worker', kind: 'token' });
  const posts: Changing['posts'] = [{ post: worker.post, holding: worker.holding, time: 'during' }];
  for (const team of ['Changing 1', 'Changing 2']) {
    const { post } = await makeWorker(database, { team, role: 'team-manager' });
    posts.push({ post, holding: await giveHolding(database, worker.account, post), time: 'during' });
  }
  const reasons: Changing['reasons'] = [];
  const holders = [worker.account, ...posts.map(({ post }) => post)];
  for (const holder of [...holders, ...holders]) {
    const [id, family] = [randomUUID(), randomUUID()];
    await superuser.query('insert into record.family (id, name) values ($1, $2)', [
      family,
      `Family ${family}`,
    ]);
    await superuser.query(
      `insert into access.reason (id, subject, holder, kind, scope, since) values ($1, $2, $3, 'allocated', 'practice', now() - interval '1 hour')`,
      [id, family, holder],
    );
    reasons.push({ id, family, holder, time: 'during' });
  }
  return { worker, posts, reasons };
}

const time = fc.constantFrom<Time>('before', 'during', 'after');
const step = fc.oneof(
  fc.record({ kind: fc.constant('post' as const), at: fc.nat(2), time }),
  fc.record({ kind: fc.constant('reason' as const), at: fc.nat(7), time }),
);

test('whatever posts and reasons begin and end, exactly the families with a live reason are seen', async () => {
  const { database } = world;
  const { superuser } = database;
  const changing = await makeChanging();
  const { worker, posts, reasons } = changing;
  const seen = async (): Promise<{ listed: string[]; selected: string[] }> => {
    const answer = await call(world, { kind: 'query', name: 'families.mine' }, {}, { bearer: worker.token });
    const { rows = [] } = JSON.parse(answer.body) as { rows?: { about: string }[] };
    const [, selected = '[]'] = await attempt(database.pools.app, [
      { text: 'select access.enter($1, $2)', values: [worker.asking.tokenHash, ''] },
      { text: 'select id from record.family' },
    ]);
    const found = JSON.parse(selected) as { id: string }[];
    return { listed: rows.map(({ about }) => about).sort(), selected: found.map(({ id }) => id).sort() };
  };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const { kind, at, time: next } of steps) {
        const [since, until] = spans[next];
        const held = kind === 'post' ? posts[at] : undefined;
        const reason = kind === 'reason' ? reasons[at] : undefined;
        if (held) {
          await superuser.query(
            `update access.holding set during = tstzrange(${since}, ${until}) where id = $1`,
            [held.holding],
          );
          held.time = next;
        }
        if (reason) {
          await superuser.query(`update access.reason set since = ${since}, until = ${until} where id = $1`, [
            reason.id,
          ]);
          reason.time = next;
        }
        const live = posts.filter((each) => each.time === 'during').map(({ post }) => post);
        const wanted = reasons
          .filter(
            (each) =>
              live.length > 0 && each.time === 'during' && [worker.account, ...live].includes(each.holder),
          )
          .map(({ family }) => family)
          .sort();
        // Whoever holds no post sees nobody, whatever reasons they were given.
        expect(await seen()).toEqual({ listed: wanted, selected: wanted });
        expect([...(await sightOf(database, worker.account)).keys()].sort()).toEqual(wanted);
      }
    }),
    { numRuns: 25 },
  );
});
