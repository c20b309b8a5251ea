import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measures } from '../src/app.ts';
import { loadDemonstration } from '../src/partnership/demonstration/load.ts';
import { dueEntries } from '../src/partnership/directory/queries.ts';
import { readPublished, reconcile, reconcileTable } from '../src/partnership/reconcile.ts';
import { matchings } from '../src/partnership/reconcile-map.ts';
import { makeDesk } from '../src/platform/actions/desk.ts';
import { testDatabase } from '../src/platform/testing/database.ts';
import { signIn } from '../src/platform/testing/people.ts';
import * as providers from '../src/practice/support/providers/queries.ts';
import { unallocated } from '../src/record/knowing/queries.ts';

// The demonstration is made so that the published figures of programmes come out of its records.

const database = await testDatabase();
const today = Temporal.Now.plainDateISO('Europe/London');
beforeAll(() => loadDemonstration(database.pools, today, () => {}));
afterAll(() => database.close());

test('every number that a programme published agrees with the records of the demonstration, but for a known slip', async () => {
  const lines = await reconcile({ measures, pools: database.pools }, await readPublished());
  // The scheme's own figures of 2021 come with an import, beside the demonstration.
  const ours = lines.filter(({ figure }) => !figure.startsWith('dps-'));
  const wrong = ours.filter(({ standing }) => standing !== 'agrees');
  expect(
    wrong.map(({ label, published, recomputed, standing }) => [label, published, recomputed, standing]),
  ).toEqual([
    [
      'Dedicated counselling for care experienced young people: Reporting improved wellbeing (percent)',
      '78',
      '78.6',
      'known slip',
    ],
    ['Most reported issue by age group: 10-12', null, expect.stringContaining('Friends'), 'not published'],
  ]);
  expect(ours).toHaveLength(92);
  expect(reconcileTable(ours)).toContain('Anxiety');
});

test('those who were helped in years gone by are in nobody’s list', async () => {
  const { rows } = await database.superuser.query<{ live: number; open: number; pairs: number }>(`
    select (select count(*)::int from access.reason r join record.family f on f.id = r.subject
        where f.created_at < now() - interval '5 years' and r.until is null) as live,
      (select count(*)::int from support.support s join record.family f on f.id = s.family_id
        where f.created_at < now() - interval '5 years' and s.state <> 'ended') as open,
      (select count(*)::int from record.same_person w join record.person p on p.id in (w.one, w.other)
        where p.created_at < now() - interval '5 years') as pairs`);
  expect(rows).toEqual([{ live: 0, open: 0, pairs: 0 }]);
});

describe('providers, projects and money', () => {
  const desk = makeDesk(database.pools, () => Temporal.Now.instant());
  const as = async (name: string) => {
    const { rows } = await database.superuser.query<{ id: string }>(
      'select id from access.account where name = $1',
      [name],
    );
    return (await signIn(database, rows[0]?.id ?? '')).asking;
  };

  test('a returns officer has her own contracts, one return to send, and nobody else’s', async () => {
    const fern = await as('Fern Adair');
    const theirs = await desk.ask(providers.contracts, {}, fern);
    expect(new Set(theirs.map(({ provider }) => provider))).toEqual(new Set(['Quiet Corner']));
    const [due, ...others] = await desk.ask(providers.owed, {}, fern);
    expect([due?.programme, due?.own, others.length]).toEqual(['online-support', true, 0]);
    const whole = await desk.askOne(providers.contract, { contract: due?.contract }, fern);
    expect(whole.targets).toHaveLength(2);
    expect(whole.sent.length).toBeGreaterThan(6);
    const opened = await desk.askOne(providers.oneReturn, { return: whole.sent[0]?.id }, fern);
    expect(opened.values.length).toBeGreaterThan(40);
  });

  test('whoever commissions sees all contracts, what is late, projects of every kind of reach, and grants', async () => {
    const planner = await as('Yuliia Bondarenko');
    const all = await desk.ask(providers.contracts, {}, planner);
    expect(new Set(all.map(({ provider }) => provider)).size).toBeGreaterThan(4);
    const late = (await desk.ask(providers.owed, {}, planner)).filter(
      ({ due }) => Temporal.PlainDate.compare(due, today) < 0,
    );
    expect(late.map(({ programme }) => programme)).toContain('community-hubs');
    expect(late.length).toBeLessThanOrEqual(2);
    const projects = await desk.ask(providers.projects, {}, planner);
    expect(new Set(projects.slice(0, 3).map(({ reachFrom }) => reachFrom))).toEqual(
      new Set(['stated', 'returns', 'help']),
    );
    expect(projects.some(({ finding }) => finding === 'change')).toBe(true);
    const grants = await desk.ask(providers.awards, {}, planner);
    expect(grants.filter(({ temporary, forecast }) => temporary && forecast !== null)).toHaveLength(3);
    const due = await desk.ask(providers.commissioning, {}, planner);
    expect(new Set(due.map(({ kind }) => kind))).toEqual(new Set(['review', 'money']));
  });

  test('the directory editor has a handful of entries to check', async () => {
    const due = await desk.ask(dueEntries, {}, await as('Kirsteen Logie'));
    expect(due.length).toBeGreaterThan(2);
    expect(due.length).toBeLessThan(12);
  });

  test('managers are not offered the families of years gone by', async () => {
    const { rows } = await database.superuser.query<{ id: string }>(
      `select id from record.family where created_at < now() - interval '5 years'`,
    );
    expect(rows.length).toBeGreaterThan(1000);
    const past = new Set(rows.map(({ id }) => id));
    for (const name of ['Gordon Rennie', 'Catriona Buchan']) {
      const offered = await desk.ask(unallocated, {}, await as(name));
      expect(offered.filter(({ about }) => past.has(about))).toEqual([]);
    }
  });
});

test('what is changed in the records differs: a slip excuses only what it says, and another issue is named', async () => {
  const lineOf = async (figure: string, label: string) => {
    const own = matchings.filter((each) => each.figure === figure);
    const lines = await reconcile({ measures, pools: database.pools }, await readPublished(), own);
    return lines.find((line) => line.label.endsWith(label));
  };
  const notBetter = (many: number) =>
    database.superuser.query(
      `update support.ending set answers = jsonb_set(answers, '{0,value}', '"no"') where support_id in (
         select e.support_id from support.ending e join support.support s on s.id = e.support_id
         where s.programme = 'care-experienced-counselling' and e.answers @> '[{"value": "yes"}]' limit $1)`,
      [many],
    );
  const better = () => lineOf('counselling-outcomes', '(percent)');
  await notBetter(1);
  expect(await better()).toMatchObject({ recomputed: '76.2', standing: 'known slip' });
  await notBetter(1);
  expect(await better()).toMatchObject({ recomputed: '73.8', difference: '-4.2', standing: 'differs' });

  await database.superuser.query(
    `update support.return_value v set amount = v.amount + 100 from support.provider_return r
      where r.id = v.return_id and r.to_on = '2023-06-30' and v.item = 'issues-16-to-17' and v.part = 'school'`,
  );
  expect(await lineOf('kooth-most-reported-issue', '(16 and 17)')).toMatchObject({
    published: 'Anxiety',
    recomputed: expect.stringContaining('School and exams'),
    difference: null,
    standing: 'differs',
  });
});
