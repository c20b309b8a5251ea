import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { prepared, rowsOn } from './rows.ts';
import { sendAlone, sendTogether } from './together.ts';
import { inOneFlight, sharedFlights, transaction } from './transaction.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.superuser.query(
    'create table public.mark (n integer primary key); grant all on public.mark to kith_app',
  );
});
afterAll(() => database.close());

const mark = (n: number) => sql`insert into public.mark (n) values (${n})`;
const marks = async () =>
  (await database.superuser.query<{ n: number }>('select n from public.mark order by n')).rows.map(
    (row) => row.n,
  );
const divided = (by: number) => sql`select 10 / ${by}::integer as quotient`;

describe('statements that travel together', () => {
  test('are answered in order, whether or not they return rows', async () => {
    const client = await database.pools.app.connect();
    const statements = [divided(5), mark(1), divided(2)].map(prepared);
    for (const each of [divided(5), mark(0)].map(prepared)) await sendAlone(client, each);
    const [first, second, third] = await sendTogether(client, statements);
    client.release();
    expect([first?.rows, second?.rowCount, third?.rows]).toEqual([[{ quotient: 2 }], 1, [{ quotient: 5 }]]);
    expect(await marks()).toContain(1);
  });

  test('undo one another when one fails, and leave the connection fit for use', async () => {
    const client = await database.pools.app.connect();
    for (const each of [divided(5), mark(2)].map(prepared)) await sendAlone(client, each);
    await expect(sendTogether(client, [mark(3), divided(0), mark(4)].map(prepared))).rejects.toMatchObject({
      code: '22012',
    });
    expect((await sendTogether(client, [divided(5), mark(5)].map(prepared))).length).toBe(2);
    client.release();
    const written = await marks();
    expect(written).toContain(5);
    expect(written).not.toContain(3);
    expect(written).not.toContain(4);
  });

  test('a flight fails whole, the first time on a connection and every time after', async () => {
    for (let n = 0; n < 30; n++)
      await expect(inOneFlight(database.pools.app, [mark(100 + n)], divided(0))).rejects.toMatchObject({
        code: '22012',
      });
    for (let n = 0; n < 30; n++) {
      const { rows } = await inOneFlight(database.pools.app, [mark(200 + n)], divided(5));
      expect(rows).toEqual([{ quotient: 2 }]);
    }
    const written = await marks();
    expect(written.filter((n) => n >= 100 && n < 200)).toEqual([]);
    expect(written.filter((n) => n >= 200).length).toBe(30);
  });

  test('a transaction keeps its order and undoes all when its work fails', async () => {
    for (let n = 0; n < 20; n++) {
      await expect(
        transaction(database.pools.app, [mark(300 + n)], async (rows) => {
          await Promise.all([rows.run(mark(400 + n)), rows.many(divided(5))]);
          await rows.many(divided(0));
        }),
      ).rejects.toMatchObject({ code: '22012' });
      await transaction(
        database.pools.app,
        [mark(500 + n)],
        async (rows) =>
          expect(await rows.many(sql`select n from public.mark where n = ${500 + n}`)).toHaveLength(1),
        () => [mark(600 + n)],
      );
    }
    const written = await marks();
    expect(written.filter((n) => n >= 300 && n < 500)).toEqual([]);
    expect(written.filter((n) => n >= 500 && n < 700).length).toBe(40);
  });
});

test('values arrive as they were given', async () => {
  const client = await database.pools.app.connect();
  const words = ['plain', '', 'with "quotes", {braces} and \\ strokes', 'NULL', 'café\n2'];
  const [row] = await rowsOn(client).many<Record<string, unknown>>(sql`
    select ${words}::text[] as words, ${[null, 'x']}::text[] as "withNothing", ${[]}::uuid[] as empty,
      ${[[1, 2], [3, 4]]}::integer[][] as nested, ${[Buffer.from('00ff', 'hex')]}::bytea[] as "manyBytes", ${Buffer.from('00ff', 'hex')}::bytea as bytes,
      ${true}::boolean as yes, ${12345678901234567890n}::numeric::text as big, ${Temporal.PlainDate.from('2024-02-29')}::date as day, ${null}::text as nothing`);
  client.release();
  expect(row).toEqual({
    words,
    withNothing: [null, 'x'],
    empty: [],
    nested: [
      [1, 2],
      [3, 4],
    ],
    manyBytes: [Buffer.from('00ff', 'hex')],
    bytes: Buffer.from('00ff', 'hex'),
    yes: true,
    big: '12345678901234567890',
    day: Temporal.PlainDate.from('2024-02-29'),
    nothing: null,
  });
});

describe('reads that share a flight', () => {
  const saying = (who: string) => [sql`select set_config('kith.tried', ${who}, true)`];
  const heard = sql`select current_setting('kith.tried') as who, now()::text as at, pg_backend_pid() as on`;

  test('are those of one person in one turn, eight at a time, and never those of somebody else', async () => {
    const fly = sharedFlights(database.pools.app);
    for (let round = 0; round < 5; round++) {
      const asked = Array.from({ length: 20 }, (_, n) => `person ${n % 2}`);
      const answers = await Promise.all(asked.map((who) => fly(who, saying(who), heard)));
      expect(answers.map(({ rows }) => rows[0]?.who)).toEqual(asked);
      // Ten each: a flight of eight and one of two.
      const flights = Map.groupBy(answers, ({ rows: [row] }) => `${row?.who} ${row?.on} ${row?.at}`);
      expect([...flights.values()].map((each) => each.length).sort()).toEqual([2, 2, 8, 8]);
    }
  });

  test('are answered though one of them fails, and the failed one says why', async () => {
    const fly = sharedFlights(database.pools.app);
    for (let round = 0; round < 12; round++) {
      const by = [5, 0, 2, round % 2];
      const answers = await Promise.allSettled(by.map((n) => fly('one', saying('one'), divided(n))));
      expect(
        answers.map((each) =>
          each.status === 'fulfilled' ? each.value.rows[0]?.quotient : (each.reason as { code: string }).code,
        ),
      ).toEqual(by.map((n) => (n === 0 ? '22012' : 10 / n)));
    }
    const { rows } = await inOneFlight(database.pools.app, saying('another'), heard);
    expect(rows[0]?.who).toBe('another');
  });

  test('are all refused when who asks is refused', async () => {
    const fly = sharedFlights(database.pools.app);
    const answers = await Promise.allSettled(
      Array.from({ length: 9 }, () => fly('nobody', [divided(0)], divided(5))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']));
  });
});
