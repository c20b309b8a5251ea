import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Persona, World } from '../access-world.ts';
import { writtenFund } from './funds.ts';
import { type Input, open, type Sample } from './sample.ts';

// Providers, projects and money: nobody's record is behind them, and a provider acts for its own organisation.

type Database = Pick<TestDatabase, 'superuser'>;

/** A programme that comes with Kith and asks for returns every month. */
const programme = 'online-support';

let months = 0;
/** A month that no contract had yet: two with one provider for one programme never overlap. */
function nextMonth(): { firstOn: string; lastOn: string } {
  const first = Temporal.PlainDate.from('1960-01-01').add({ months: months++ });
  return { firstOn: first.toString(), lastOn: first.add({ months: 1 }).subtract({ days: 1 }).toString() };
}

const organisationOf = (asker: Persona | undefined): string =>
  asker?.standing === 'other organisation' ? 'Another Council' : 'Strathmorran Council';

async function contractOf({ superuser }: Database, asker: Persona | undefined) {
  const { firstOn, lastOn } = nextMonth();
  const { rows } = await superuser.query<{ id: string; from: string }>(
    `insert into support.contract (programme, organisation_id, kind, first_on, last_on, value_pence)
     select $1, o.id, 'contract', $3, $4, 100 from access.organisation o where o.name = $2
     returning id, (select g.from_on::text from support.programme p, support.periods(p.definition -> 'returns' ->> 'every', $3, $4) g
       where p.id = $1 order by 1 limit 1) as from`,
    [programme, organisationOf(asker), firstOn, lastOn],
  );
  return { contract: rows[0]?.id ?? '', from: rows[0]?.from ?? '' };
}

/** A valid answer to everything that the programme's returns ask. */
async function answers({ superuser }: Database): Promise<Record<string, string>> {
  const { rows } = await superuser.query<{ key: string; kind: string }>(
    `select a ->> 'id' || coalesce('--' || (b ->> 'id'), '') as key, a ->> 'kind' as kind
     from support.programme p cross join lateral jsonb_array_elements(p.definition -> 'returns' -> 'asks') a
       left join lateral jsonb_array_elements(a -> 'by') b on true where p.id = $1`,
    [programme],
  );
  return Object.fromEntries(rows.map(({ key, kind }) => [key, kind === 'words' ? 'Quiet' : '7']));
}

async function returnOf(database: Database, asker: Persona | undefined): Promise<string> {
  const { contract, from } = await contractOf(database, asker);
  const { rows } = await database.superuser.query<{ id: string }>(
    `with made as (
       insert into support.provider_return (contract_id, organisation_id, programme, from_on, to_on, number, sent_on)
       select c.id, c.organisation_id, c.programme, $2::date, $2::date + 27, 1, '2026-11-10' from support.contract c where c.id = $1
       returning id, organisation_id),
     said as (insert into support.return_value (return_id, organisation_id, position, item, title, kind, amount)
       select id, organisation_id, 0, 'registrations', 'Registrations', 'count', 7 from made)
     select id from made`,
    [contract, from],
  );
  return rows[0]?.id ?? '';
}

async function projectOf({ superuser }: Database): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into support.project (title, about, need, first_on, reach_from, children, reach_source)
     values ('Breakfast club', 'Breakfast', 'Hungry mornings', '2026-09-01', 'stated', 40, 'Lists') returning id`,
  );
  return rows[0]?.id ?? '';
}

let grants = 0;
async function grantOf({ superuser }: Database): Promise<string> {
  const fund = await writtenFund(superuser, 'support');
  const { rows } = await superuser.query<{ id: string }>(
    `with made as (insert into support.award (programme, fund_id, year) values ($1, $2, 2026) returning id, fund_id),
       promised as (insert into funds.draw (fund_id, area, of_id, amount_pence, on_day, note)
         select fund_id, 'support', id, 90000, '2026-04-01', 'Its share' from made)
     select id from made`,
    [programme, fund],
  );
  return rows[0]?.id ?? '';
}

/** The fund of a grant is shared once another area may draw on it. */
async function shareOf(database: Database): Promise<string> {
  const grant = await grantOf(database);
  await database.superuser.query(
    `insert into funds.fund_area (fund_id, area) select fund_id, 'direct-payments' from support.award where id = $1`,
    [grant],
  );
  return grant;
}

const terms = { kind: 'contract', value: '100', returns: 'yes', dueDays: '14' };
const project = {
  title: 'Breakfast club',
  need: 'Hungry mornings',
  about: 'Breakfast',
  firstOn: '2026-09-01',
  reachFrom: 'stated',
  children: '40',
  reachSource: 'Lists',
};
const grant = { givenBy: 'The government', purpose: 'Early help', amount: '1000' };

const made = (input: (world: World, asker: Persona | undefined) => Promise<Input>): Sample =>
  open((world, _of, asker) => input(world, asker));

export const samples: Readonly<Record<string, Sample>> = {
  'support.send-return': made(async ({ database }, asker) => ({
    ...(await contractOf(database, asker)),
    values: await answers(database),
  })),
  'support.correct-return': made(async ({ database }, asker) => ({
    return: await returnOf(database, asker),
    why: 'One was missed',
    values: await answers(database),
  })),
  'support.add-contract': made(async ({ organisation }) => ({
    programme,
    organisation,
    ...terms,
    ...nextMonth(),
  })),
  'support.change-contract': made(async ({ database }, asker) => ({
    contract: (await contractOf(database, asker)).contract,
    version: 1,
    ...terms,
    ...nextMonth(),
  })),
  'support.add-target': made(async ({ database }, asker) => ({
    contract: (await contractOf(database, asker)).contract,
    title: 'Families',
    source: 'families',
    atLeast: '10',
  })),
  'support.take-out-target': made(async ({ database }, asker) => {
    const { contract } = await contractOf(database, asker);
    const { rows } = await database.superuser.query<{ id: string }>(
      `insert into support.contract_target (contract_id, organisation_id, title, source, at_least)
       select id, organisation_id, 'Families', 'families', 10 from support.contract where id = $1 returning id`,
      [contract],
    );
    return { contract, target: rows[0]?.id ?? '' };
  }),
  'support.add-project': open(() => project),
  'support.change-project': made(async ({ database }) => ({
    project: await projectOf(database),
    version: 1,
    ...project,
  })),
  'support.evaluate-project': made(async ({ database }) => ({
    project: await projectOf(database),
    finding: 'spread',
    evidence: 'More schools asked',
    on: '2026-11-10',
  })),
  'support.add-grant': open(() => ({ programme, title: `Grant ${++grants}`, year: '2026', ...grant })),
  'support.change-grant': made(async ({ database }) => ({
    grant: await grantOf(database),
    version: 1,
    title: `Grant ${++grants}`,
    ...grant,
  })),
  'support.draw-on-fund': made(async ({ database }) => ({
    programme,
    fund: await writtenFund(database.superuser, 'support'),
    year: '2026',
    amount: '400',
  })),
  'support.change-share': made(async ({ database }) => ({
    grant: await shareOf(database),
    version: 1,
    amount: '950',
    note: 'More were helped',
  })),
  'support.add-spend': made(async ({ database }) => ({
    grant: await grantOf(database),
    kind: 'spent',
    amount: '10',
    note: 'Food',
    on: '2026-11-10',
  })),
  'support.contracts': open(),
  'support.contract': made(async ({ database }, asker) => ({
    contract: (await contractOf(database, asker)).contract,
  })),
  'support.returns-owed': open(),
  'support.return': made(async ({ database }, asker) => ({ return: await returnOf(database, asker) })),
  'support.organisations': open(),
  'support.projects': open(),
  'support.project': made(async ({ database }) => ({ project: await projectOf(database) })),
  'support.grants': open(),
  'support.grant': made(async ({ database }) => ({ grant: await grantOf(database) })),
  'support.funds-to-draw-on': made(async ({ database }) => {
    await writtenFund(database.superuser, 'support');
    return {};
  }),
  'support.commissioning': made(async ({ database }) => {
    await database.superuser.query(`update support.contract set review_on = first_on where id = $1`, [
      (await contractOf(database, undefined)).contract,
    ]);
    return {};
  }),
};
