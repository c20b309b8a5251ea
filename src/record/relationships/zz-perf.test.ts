import { afterAll, test } from 'vitest';
import { enter } from '../../platform/access/identity.ts';
import { makeDesk } from '../../platform/actions/desk.ts';
import { prepared } from '../../platform/database/rows.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker } from '../../platform/testing/people.ts';
import * as queries from './queries.ts';
import { aroundFamily, aroundPerson, networkOfFamily } from './records.ts';

const database = await testDatabase();
afterAll(() => database.close());
const su = database.superuser;
const today = Temporal.PlainDate.from('2026-11-22');
test('perf', { timeout: 900000 }, async () => {
  const N = 40000;
  const w = await makeWorker(database, { name: 'A' });
  await su.query(`set session_replication_role = replica`);
  await su.query(
    `insert into record.family (id, name) select md5('0:' || i)::uuid, 'F' || i from generate_series(1, ${N / 4}) i`,
  );
  await su.query(
    `insert into record.person (id, given_name, family_name, date_of_birth) select md5('1:' || i)::uuid, 'G' || i, 'F' || i / 4, date '1980-01-01' + (i % 4) * 5000 from generate_series(0, ${N - 1}) i`,
  );
  await su.query(
    `insert into record.family_member (family_id, person_id, part) select md5('0:' || (1 + i / 4))::uuid, md5('1:' || i)::uuid, 'child' from generate_series(0, ${N - 1}) i`,
  );
  const t0 = performance.now();
  await su.query(`insert into record.relationship (person_id, other_id, kind)
    select md5('1:' || a)::uuid, md5('1:' || b)::uuid, k
    from (select i * 4 as a, i * 4 + 2 as b, 'parent' as k from generate_series(0, ${N / 4 - 1}) i union all select i * 4 + 1, i * 4 + 2, 'parent' from generate_series(0, ${N / 4 - 1}) i
     union all select i * 4, i * 4 + 3, 'parent' from generate_series(0, ${N / 4 - 1}) i union all select i * 4 + 1, i * 4 + 3, 'parent' from generate_series(0, ${N / 4 - 1}) i
     union all select i * 4, i * 4 + 1, 'partner' from generate_series(0, ${N / 4 - 1}) i
     union all select i, (i::bigint * 7919 + 13) % ${N}, 'cousin' from generate_series(0, ${N - 1}) i where i <> (i::bigint * 7919 + 13) % ${N}
     union all select i, (i::bigint * 104729 + 17) % ${N}, 'friend' from generate_series(0, ${N - 1}) i where i <> (i::bigint * 104729 + 17) % ${N}) x on conflict do nothing`);
  console.log(
    'insert relationships',
    performance.now() - t0,
    (await su.query('select count(*) from record.relationship')).rows,
  );
  await su.query(
    `insert into record.address (id, lines) select md5('2:' || i)::uuid, i || ' Road' from generate_series(0, ${N / 4}) i`,
  );
  await su.query(
    `insert into record.home (person_id, address_id) select md5('1:' || i)::uuid, md5('2:' || (i / 4))::uuid from generate_series(0, ${N - 1}) i`,
  );
  await su.query(
    `insert into access.reason (subject, holder, kind, scope) select md5('0:' || i)::uuid, $1, 'allocated', 'practice' from generate_series(1, 150) i`,
    [w.account],
  );
  await su.query('set session_replication_role = origin');
  await su.query('vacuum analyze');
  const client = await database.pools.app.connect();
  const person = (await su.query(`select md5('1:' || 42)::uuid as id`)).rows[0].id;
  const family = (await su.query(`select md5('0:' || 11)::uuid as id`)).rows[0].id;
  for (const [name, s] of [
    ['person', aroundPerson(person, today)],
    ['family', aroundFamily(family, today)],
    ['network', networkOfFamily(family, today)],
  ] as const) {
    await client.query('begin');
    await client.query(prepared(enter(w.asking.tokenHash, '')));
    const p = prepared(s);
    for (let i = 0; i < 6; i++) {
      const t = performance.now();
      await client.query(p);
      if (i > 3) console.log(name, (performance.now() - t).toFixed(1));
    }
    await client.query('set local plan_cache_mode = force_generic_plan');
    await client.query('set local auto_explain.log_min_duration = -1').catch(() =>
      client
        .query('rollback')
        .then(() => client.query('begin'))
        .then(() => client.query(prepared(enter(w.asking.tokenHash, '')))),
    );
    const values = p.values.map((v) => (v === null ? 'null' : `'${String(v).replaceAll("'", "''")}'`));
    const types = p.values.map(() => 'unknown').join(',');
    await client.query(`prepare x_${name} as ${p.text}`);
    const { rows } = await client.query(
      `explain (analyze, buffers, costs off) execute x_${name}(${values.join(',')})`,
    );
    const plan = rows.map((r) => r['QUERY PLAN']).join('\n');
    console.log(name, plan.split('\n').slice(-4).join('\n'));
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`/tmp/plan-${name}.txt`, plan);
    await client.query('rollback');
    void types;
  }
  client.release();
  const t1 = performance.now(); await su.query(`insert into record.relationship (person_id, other_id, kind) select gen_random_uuid(), gen_random_uuid(), 'cousin' from generate_series(1, 10000)`).catch((e) => console.log(e.message)); console.log('with', performance.now() - t1);
  const desk = makeDesk(database.pools, () => Temporal.Now.instant());
  for (let i = 0; i < 12; i++) {
    const t = performance.now();
    const r = await desk.ask(queries.around, { person }, w.asking);
    if (i > 9) console.log('desk', (performance.now() - t).toFixed(1), r.length);
  }
});
