import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transaction } from '../../platform/database/transaction.ts';
import { type Importer, runImport } from '../../platform/import/index.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { careImport } from '../../record/import/care.ts';
import {
  childrenPackage,
  misspelt,
  peoplePackage,
  type Row,
  randomFrom,
} from '../../record/import/testing.ts';
import { directPaymentsImport } from './import.ts';

// Two systems brought in, in either order: the same people, nobody twice.

const shared = process.env.KITH_SHARED_DATA ?? join(import.meta.dirname, '../../../../shared/data');
const payments = join(shared, 'direct-payments-2021');
const care = join(shared, 'care-2017-20');

type Bringing = readonly [source: string, dir: string, importer: Importer];

/** Brings packages in one after another; who is whom afterwards: each record as the sorted ids that became it. */
async function bringAll(packages: readonly Bringing[]) {
  const database = await testDatabase();
  try {
    for (const [source, dir, importer] of packages)
      await runImport({
        dir,
        importer,
        source,
        commit: true,
        db: { transaction: (work) => transaction(database.pools.owner, [], work) },
        now: Temporal.Instant.from('2026-11-22T10:00:00Z'),
        by: 'test',
      });
    const { rows } = await database.superuser.query<{ people: number; joined: string[] }>(`
      select (select count(*)::int from record.person) as people, array(
        select string_agg(source_id, ' ' order by source, source_id) from import.source_row
        where resource in ('people', 'children') group by target_id order by 1) as joined`);
    const [found] = rows;
    if (!found) throw new Error('nothing was counted');
    return found;
  } finally {
    await database.close();
  }
}

/** Children of some families in a system of each, half of them misspelt in the second; and some in one only. */
function madeChildren(): { paid: Row[]; cared: Row[] } {
  const random = randomFrom(8);
  const given = ['Ailsa', 'Brodie', 'Cora', 'Duncan', 'Effie', 'Fraser', 'Greer', 'Hector', 'Innes', 'Jura'];
  const last = ['Tulloch', 'Urquhart', 'Lamont', 'Sinclair', 'Geddes', 'Moncur', 'Wishart', 'Fyfe'];
  const first = Temporal.PlainDate.from('2009-01-04');
  const paid = Array.from({ length: 120 }, (_, at) => {
    const family = Math.floor(at / 2);
    return {
      id: `P${at}`,
      family: `F${family}`,
      given: given[(at * 7) % given.length] ?? '',
      last: last[family % last.length] ?? '',
      born: first.add({ days: at * 37 }).toString(),
      gender: 'girl',
      chi: '',
      part: 'child',
      postcode: `ML${1 + (family % 9)} ${family % 10}AB`,
    };
  });
  const cared = paid.slice(0, 80).map((row, at) => ({
    ...(at % 2 === 0 ? row : misspelt(random, row)),
    id: `C${at}`,
    family: `CF${row.family}`,
  }));
  const alone = paid.slice(80).map((row, at) => ({
    ...row,
    id: `D${at}`,
    family: `DF${at}`,
    last: 'Nairn',
    born: first.add({ days: 5000 + at * 29 }).toString(),
  }));
  return { paid, cared: [...cared, ...alone] };
}

test('two systems that know some of the same children give the same people in either order', async () => {
  const { paid, cared } = madeChildren();
  const folders = [
    await peoplePackage(paid),
    await childrenPackage(
      cared.map(({ id, family, given, last, born, gender }) =>
        [id, family, given, last, born, gender].join(','),
      ),
    ),
  ];
  try {
    const [first = '', second = ''] = folders;
    const one: Bringing = ['payments', first, directPaymentsImport];
    const other: Bringing = ['care', second, careImport];
    const forwards = await bringAll([one, other]);
    const backwards = await bringAll([other, one]);
    expect(backwards).toEqual(forwards);
    // Nobody of one system is taken for two of the other, and most of those whom both know are one.
    expect(forwards.joined.every((each) => each.split(' ').length <= 2)).toBe(true);
    const both = forwards.joined.filter((each) => each.includes(' '));
    expect(both.length).toBeGreaterThan(20);
    for (const each of both) {
      const [c = '', p = ''] = each.split(' ');
      expect(`P${c.slice(1)}`, each).toBe(p);
    }
    expect(forwards.people).toBe(paid.length + cared.length - both.length);
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true });
  }
});

test('the care records of 2017-20 and the payments of 2021, where they are at hand, give the same people in either order', async () => {
  if (!existsSync(payments) || !existsSync(care)) return;
  const one: Bringing = ['care', care, careImport];
  const other: Bringing = ['payments', payments, directPaymentsImport];
  const forwards = await bringAll([one, other]);
  const backwards = await bringAll([other, one]);
  expect(forwards.people).toBe(8296);
  expect(backwards).toEqual(forwards);
});
