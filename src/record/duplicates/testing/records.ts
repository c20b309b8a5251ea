import { makeDesk } from '../../../platform/actions/desk.ts';
import type { TestDatabase } from '../../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';

/** Workers, and ways to write families, people and pairs past every policy: what a test of merging begins with. */
export async function recordsIn(database: TestDatabase) {
  const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
  const { superuser } = database;
  const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  const sorcha = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
  const away = await makeWorker(database, {
    name: 'Hamish Orr',
    organisation: 'NHS Strathmorran',
    team: 'Health visiting',
  });
  const officer = await makeWorker(database, {
    name: 'Rona Bisset',
    role: 'records-officer',
    team: 'Records',
  });
  const finance = await makeWorker(database, { name: 'Fiona Laird', role: 'finance-officer' });
  const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
    (await superuser.query(text, values)).rows[0] as T;

  async function family(...workers: Worker[]): Promise<string> {
    const { id } = await one<{ id: string }>(
      `insert into record.family (name) values ('Tulloch') returning id`,
    );
    for (const worker of workers)
      await superuser.query(
        `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
        [id, worker.account],
      );
    return id;
  }

  async function person(of: string, more: Record<string, string> = {}): Promise<string> {
    const fields = { given_name: 'Iain', family_name: 'Tulloch', date_of_birth: '2014-03-09', ...more };
    const names = Object.keys(fields);
    const { id } = await one<{ id: string }>(
      `insert into record.person (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) returning id`,
      Object.values(fields),
    );
    await superuser.query(
      `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child')`,
      [of, id],
    );
    return id;
  }

  async function pair(a: string, b: string): Promise<string> {
    const explanation = JSON.stringify([
      {
        comparison: 'given',
        level: 'exact',
        title: 'Same given name',
        words: 'Both are called Iain',
        weight: 6,
      },
    ]);
    const { id } = await one<{ id: string }>(
      `insert into record.same_person (one, other, probability, weight, explanation)
       values (least($1, $2)::uuid, greatest($1, $2)::uuid, 0.97, 5, $3) returning id`,
      [a, b, explanation],
    );
    return id;
  }

  const versionOf = async (id: string) =>
    (await one<{ version: number }>('select version from record.person where id = $1', [id])).version;

  /** The input of a merge of a pair, keeping `keep`. */
  async function mergeInput(of: string, keep: string, more: object = {}) {
    const { a, b } = await one<{ a: string; b: string }>(
      'select one as a, other as b from record.same_person where id = $1',
      [of],
    );
    return {
      pair: of,
      keep,
      oneVersion: await versionOf(a),
      otherVersion: await versionOf(b),
      why: 'Their mother said so',
      ...more,
    };
  }

  /** Two records of one person, each with a worker of its own besides the one who sees both. */
  async function two(
    more: { kept?: Record<string, string>; gone?: Record<string, string>; both?: Worker[] } = {},
  ) {
    const both = more.both ?? [ailsa];
    const families = [await family(...both), await family(...both, sorcha)] as const;
    const kept = await person(families[0], more.kept);
    const gone = await person(families[1], more.gone);
    return { families, kept, gone, pair: await pair(kept, gone) };
  }

  const seesPerson = async (worker: Worker, id: string) => {
    const { rows } = await (async () => {
      const client = await database.pools.app.connect();
      try {
        await client.query('begin');
        await client.query('select access.enter($1, $2)', [worker.asking.tokenHash, '']);
        return await client.query('select id from record.person where id = $1', [id]);
      } finally {
        await client.query('rollback');
        client.release();
      }
    })();
    return rows.length > 0;
  };
  return {
    desk,
    superuser,
    ailsa,
    sorcha,
    away,
    officer,
    finance,
    one,
    family,
    person,
    pair,
    mergeInput,
    two,
    seesPerson,
  };
}
