import { nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { open, type Sample } from './sample.ts';

// The mental health and wellbeing framework: about nobody; those who plan write, managers read.

let years = 0;
/** A year that no award had yet. */
const nextYear = (): number => 2030 + (years++ % 160);

interface Made {
  award: string;
  support: string;
  priority: string;
  year: number;
}

/** An award of a year: a temporary fund on which the framework draws; its id. */
async function awarded({ database }: World, year: number): Promise<string> {
  const number = String(nextNumber());
  const { rows } = await database.superuser.query<{ id: string }>(
    `insert into funds.fund (code, year, title, given_by, letter, letter_on, purpose, exit_plan, open_during)
     values ('tried-award-' || $2, $1, 'A framework', 'Government', 'Letter ' || $2, '2026-04-20', 'Supports', 'Schools go on', '[2026-04-01,2027-03-31]')
     returning id`,
    [year, number],
  );
  const award = rows[0]?.id ?? '';
  await database.superuser.query(`insert into funds.fund_area (fund_id, area) values ($1, 'mental-health')`, [
    award,
  ]);
  await database.superuser.query(
    `insert into funds.entry (fund_id, kind, amount_pence, made_on) values ($1, 'allocation', 1000000, '2026-04-20')`,
    [award],
  );
  return award;
}

async function made(world: World): Promise<Made> {
  const year = nextYear();
  const award = await awarded(world, year);
  const { rows } = await world.database.superuser.query<Pick<Made, 'support' | 'priority'>>(
    `with wanted as (
       insert into mental_health.priority (year, title, why) values ($2, $3, 'They said so') returning id
     ), paid as (
       insert into mental_health.funded (award_id, title, about, level, provider, first_on, last_on)
       values ($1, 'Art', 'Art', 'universal', 'Tide Arts', '2026-04-01', '2027-03-31') returning id
     )
     select paid.id as support, wanted.id as priority from paid, wanted`,
    [award, year, `Priority ${nextNumber()}`],
  );
  const found = rows[0];
  if (found === undefined) throw new Error('no support was written');
  await world.database.superuser.query(
    `insert into funds.draw (fund_id, area, of_id, amount_pence, on_day, note) values ($1, 'mental-health', $2, 10000, '2026-04-20', 'Promised')`,
    [award, found.support],
  );
  return { ...found, award, year };
}

let halves = 0;
/** A half year that is over and that no return has: one that a sample had long before is thrown away. */
async function halfYear({ database }: World): Promise<{ year: number; half: number }> {
  const at = halves++ % 52;
  const slot = { year: 2000 + Math.floor(at / 2), half: (at % 2) + 1 };
  await database.superuser.query('alter table mental_health.half_year disable trigger keep_sent');
  await database.superuser.query('delete from mental_health.half_year where year = $1 and half = $2', [
    slot.year,
    slot.half,
  ]);
  await database.superuser.query('alter table mental_health.half_year enable trigger keep_sent');
  return slot;
}

/** A draft return of a half year that is over. */
async function drafted(world: World): Promise<string> {
  const { year, half } = await halfYear(world);
  const { rows } = await world.database.superuser.query<{ id: string }>(
    'insert into mental_health.half_year (year, half) values ($1, $2) returning id',
    [year, half],
  );
  return rows[0]?.id ?? '';
}

async function indicator({ database }: World): Promise<string> {
  const id = `indicator-${nextNumber()}`;
  await database.superuser.query(
    `insert into mental_health.indicator (id, title, what) values ($1, $1, 'Something')`,
    [id],
  );
  return id;
}

async function sign({ database }: World): Promise<string> {
  const { rows } = await database.superuser.query<{ id: string }>(
    `insert into mental_health.crisis_sign (kind, value) values ('ending', $1) returning id`,
    [`sign-${nextNumber()}`],
  );
  return rows[0]?.id ?? '';
}

const awardFields = () => ({
  source: 'Government',
  letter: `Letter ${nextNumber()}`,
  letterOn: '2026-04-20',
  purpose: 'Supports',
  amount: '10,000',
});
const fundFields = () => ({
  title: `Project ${nextNumber()}`,
  about: 'A project',
  level: 'universal',
  provider: 'Tide Arts',
  amount: '100',
  firstOn: '2026-04-01',
  lastOn: '2027-03-31',
});
const told = { from: '2026-04-01', to: '2026-06-30', source: 'Their report' };

export const samples: Readonly<Record<string, Sample>> = {
  'mental-health.years': open(),
  'mental-health.awards-ending': open(async (world) => {
    await made(world);
    return {};
  }),
  'mental-health.funded-in': open(async (world) => {
    await made(world);
    return { year: 2026 };
  }),
  'mental-health.indicators': open(),
  'mental-health.signs': open(),
  'mental-health.returns-kept': open(async (world) => {
    await made(world);
    return { from: 2000 };
  }),
  'mental-health.year': open(async (world) => ({ year: (await made(world)).year })),
  'mental-health.choices': open(async (world) => ({ year: (await made(world)).year })),
  'mental-health.award': open(async (world) => ({ award: (await made(world)).award })),
  'mental-health.support': open(async (world) => ({ support: (await made(world)).support })),
  'mental-health.indicator': open(async (world) => ({ indicator: await indicator(world) })),
  'mental-health.return': open(async (world) => ({ return: await drafted(world) })),
  'mental-health.add-award': open(() => ({ year: nextYear(), ...awardFields() })),
  'mental-health.change-award': open(async (world) => ({
    award: (await made(world)).award,
    version: 1,
    ...awardFields(),
  })),
  'mental-health.add-priority': open(() => ({
    year: 2026,
    title: `Priority ${nextNumber()}`,
    why: 'They said so',
  })),
  'mental-health.take-out-priority': open(async (world) => ({ priority: (await made(world)).priority })),
  'mental-health.fund': open(async (world) => ({ award: (await made(world)).award, ...fundFields() })),
  'mental-health.change-support': open(async (world) => ({
    support: (await made(world)).support,
    version: 1,
    ...fundFields(),
  })),
  'mental-health.spend': open(async (world) => ({
    support: (await made(world)).support,
    amount: '5',
    note: 'Paint',
    on: '2026-05-01',
  })),
  'mental-health.add-indicator': open(() => ({ title: `Indicator ${nextNumber()}`, what: 'Something' })),
  'mental-health.change-indicator': open(async (world) => {
    const id = await indicator(world);
    return { indicator: id, version: 1, title: `${id} again`, what: 'Something', state: 'open' };
  }),
  'mental-health.add-sign': open(() => ({ kind: 'ending', value: `sign-${nextNumber()}` })),
  'mental-health.take-out-sign': open(async (world) => ({ sign: await sign(world) })),
  'mental-health.tell': open(async (world) => ({
    support: (await made(world)).support,
    children: '12',
    ...told,
  })),
  'mental-health.tell-reading': open(async (world) => ({
    support: (await made(world)).support,
    indicator: await indicator(world),
    first: '12',
    both: '10',
    better: '6',
    ...told,
  })),
  'mental-health.begin-return': open(async (world) => {
    const { year, half } = await halfYear(world);
    return { year, half: String(half) };
  }),
  'mental-health.remark': open(async (world) => ({ return: await drafted(world), version: 1 })),
  'mental-health.send-return': open(async (world) => ({ return: await drafted(world), version: 1 })),
};
