import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cut, importing } from './cut.fixture.ts';

const { open, close, clear, database, importFrom, rowsOf, one, moneyFaults, changed, withLines } =
  importing();
beforeEach(open);
afterEach(close);
afterAll(clear);

describe('the limit', () => {
  test('a system without limits gets the first one, and keeps the ones it has', async () => {
    await database().superuser.query(
      `insert into direct_payments.delegated_limit (role_id, up_to_pence, during) values ('team-manager', 200000, '[2024-04-01,)')`,
    );
    await importFrom(cut);
    expect(
      await rowsOf(
        'select role_id, up_to_pence, during::text from direct_payments.delegated_limit order by 1, 3',
      ),
    ).toEqual([
      { role_id: 'school-wellbeing-lead', up_to_pence: '150000', during: '[2021-02-15,)' },
      { role_id: 'senior-manager', up_to_pence: null, during: '[2021-02-15,)' },
      { role_id: 'social-worker', up_to_pence: '150000', during: '[2021-02-15,)' },
      { role_id: 'team-manager', up_to_pence: '150000', during: '[2021-02-15,2024-04-01)' },
      { role_id: 'team-manager', up_to_pence: '200000', during: '[2024-04-01,)' },
    ]);
  });

  test('exactly £1,500 is within the front line’s limit, a penny more is above it', async () => {
    const dir = await withLines(
      'payment_requests.csv',
      'N1,F00002,social-work,2021-03-03,clothing,,"1,500.00",approved,2021-03-04,worker,2021-03-05',
      'N2,F00002,social-work,2021-03-03,clothing,,1500.01,approved,2021-03-04,senior-manager,2021-03-05',
      'N3,F00002,social-work,2021-03-03,clothing,,1500.01,approved,2021-03-04,team-manager,2021-03-05',
    );
    const funding = join(dir, 'payment_funding.csv');
    await writeFile(
      funding,
      `${await readFile(funding, 'utf8')}N1,core,1500\nN2,core,1500.01\nN3,core,1500.01\n`,
    );
    const { rejects } = await importFrom(dir);
    expect(rejects.map((each) => each.id)).toEqual(['N3']);
    expect(
      await rowsOf(
        `select reference, above_limit from direct_payments.request where reference in ('N1', 'N2') order by 1`,
      ),
    ).toEqual([
      { reference: 'N1', above_limit: false },
      { reference: 'N2', above_limit: true },
    ]);
  });
});

describe('rows of other kinds are refused with what to do, and hold up no others', () => {
  const request = (more: string) => withLines('payment_requests.csv', more);
  const cases: readonly [string, () => Promise<string>, string][] = [
    [
      'an unknown decision',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,perhaps,2021-03-04,worker,'),
      'unknown decision: decision is "perhaps"; use one of: approved, declined, withdrawn',
    ],
    [
      'an unknown decider',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,janitor,'),
      'unknown decided_by: decided_by is "janitor"; use one of: worker, team-manager, senior-manager',
    ],
    [
      'a declined request without a decider',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,,'),
      'missing: decided_by',
    ],
    [
      'paid before it was decided',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,2021-03-03'),
      'paid before decided: ',
    ],
    [
      'paid though declined',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,declined,2021-03-04,worker,2021-03-05'),
      'paid without approval: ',
    ],
    [
      'approved with no fund',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,'),
      'funding does not add up: the funds give 0.00 and 90.00 was approved',
    ],
    [
      'asked in the future',
      () => request('N1,F00002,social-work,2031-03-03,clothing,,90,declined,2031-03-04,worker,'),
      'not yet happened: ',
    ],
    [
      'more than can be asked for',
      () => request('N1,F00002,social-work,2021-03-03,clothing,,1000000.01,declined,2021-03-04,worker,'),
      'amount too large: ',
    ],
    [
      'a CHI number of nine digits',
      () => withLines('people.csv', 'N1,F00002,Rory,Orr,2012-04-03,male,304129993,child,no'),
      'not a CHI number: ',
    ],
    [
      'a family of a person that is not there',
      () => withLines('people.csv', 'N1,F99999,Rory,Orr,2012-04-03,male,,child,no'),
      'unknown family: ',
    ],
    ['a decile that is none', () => withLines('families.csv', 'N1,Orr,Motherwell,ML1 1AA,11'), 'too large: '],
    [
      'a postcode that is none',
      () => withLines('families.csv', 'N1,Orr,Motherwell,Motherwell,3'),
      'not a postcode: ',
    ],
  ];
  test.each(cases)('%s', async (_, make, reason) => {
    const { rejects, accepted } = await importFrom(await make(), { commit: false });
    expect(rejects.map((each) => each.id)).toEqual(['N1']);
    expect(rejects[0]?.reason.startsWith(reason), rejects[0]?.reason).toBe(true);
    expect(accepted).toBe(60 + 197 + 88 + 76);
  });

  test('a withdrawn request was decided by nobody; localities and kinds of other partnerships are taken as they are', async () => {
    const dir = await changed('families.csv', (text) => text.replaceAll('Coatbridge', 'Balnahard'));
    const path = join(dir, 'payment_requests.csv');
    await writeFile(
      path,
      `${await readFile(path, 'utf8')}N1,F00002,social-work,2021-03-03,kiln hire,,1900,withdrawn,2021-03-04,,\n`,
    );
    expect((await importFrom(dir)).rejects).toEqual([]);
    expect(
      await one(`select category || ' ' || status from direct_payments.request where reference = 'N1'`),
    ).toBe('kiln hire withdrawn');
  });

  test('one fund named twice under two spellings is refused with its request, and no money moves', async () => {
    const dir = await withLines(
      'payment_requests.csv',
      'N1,F00002,social-work,2021-03-03,clothing,,90,approved,2021-03-04,worker,',
    );
    const funding = join(dir, 'payment_funding.csv');
    await writeFile(funding, `${await readFile(funding, 'utf8')}N1,Winter plan,45\nN1,winter-plan,45\n`);
    const { rejects } = await importFrom(dir);
    expect(rejects.map((each) => each.reason.split(':')[0]).toSorted()).toEqual([
      'fund named twice',
      'part refused',
    ]);
    expect(await one(`select count(*)::int from funds.fund where code = 'winter-plan'`)).toBe(0);
    expect(await moneyFaults()).toEqual([]);
  });
});
