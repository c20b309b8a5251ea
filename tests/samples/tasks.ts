import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

/** Something to do for a family, written past every policy; its id. */
export async function writtenTask(
  { superuser }: TestDatabase,
  { family, child, key }: Pick<Marked, 'family' | 'child' | 'key'>,
  owner: string,
  state = 'open',
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `with made as (
       insert into record.task (family_id, what, owner_account, due, from_area, made_by, state, outcome, ended_by, ended_at)
       values ($1, $2, $3, '2026-12-01', 'tasks', $3, $5::text, case when $5 <> 'open' then $2 end,
         case when $5 <> 'open' then $3::uuid end, case when $5 <> 'open' then now() end) returning id),
     them as (insert into record.task_person (task_id, family_id, person_id) select id, $1, $4 from made)
     select id from made`,
    [family, `Zqx${key} task`, owner, child, state],
  );
  return rows[0]?.id ?? '';
}

const written = (world: World, of: Marked, state?: string): Promise<string> =>
  writtenTask(world.database, of, of.crew.maker.account, state);

const entered = (of: Marked) => ({
  what: `Zqx${of.key} what`,
  owner: of.crew.maker.account,
  due: '2027-01-15',
  people: [of.child],
});

const ofFamily = about(async (world, of) => {
  await written(world, of);
  return { family: of.family };
});

let days = 0;
/** A day that no other sample has taken. */
const nextDay = (): string => Temporal.PlainDate.from('2030-01-01').add({ days: ++days }).toString();

async function dayOff({ database }: World): Promise<string> {
  const day = nextDay();
  await database.superuser.query(
    `insert into record.day_off (day, title, source) values ($1, 'A day off', 'The partnership')`,
    [day],
  );
  return day;
}

async function clockVersion({ database }: World): Promise<number> {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select max(version) as version from record.clock where id = 'meeting-notes'`,
  );
  return rows[0]?.version ?? 0;
}

export const samples: Readonly<Record<string, Sample>> = {
  'tasks.add': about((_world, of) => ({ family: of.family, ...entered(of) })),
  'tasks.change': about(async (world, of) => ({
    task: await written(world, of),
    version: 1,
    ...entered(of),
  })),
  'tasks.done': about(async (world, of) => ({
    task: await written(world, of),
    version: 1,
    outcome: `Zqx${of.key} outcome`,
  })),
  'tasks.reopen': about(async (world, of) => ({ task: await written(world, of, 'done'), version: 1 })),
  'tasks.one': about(async (world, of) => ({ task: await written(world, of) })),
  'tasks.of-family': ofFamily,
  'tasks.next': ofFamily,
  'tasks.ended': about(async (world, of) => {
    await written(world, of, 'done');
    return { family: of.family };
  }),
  'tasks.owners': ofFamily,
  'tasks.mine': about(async (world, of) => {
    const standing = of === world.ours ? 'own team' : 'other organisation';
    const theirs = world.personas.find((each) => each.standing === standing && each.role === 'social-worker');
    await world.database.superuser.query('update record.task set owner_account = $2 where id = $1', [
      await written(world, of),
      theirs?.account,
    ]);
    return {};
  }),
  'clocks.list': open(),
  'clocks.one': open(() => ({ clock: 'meeting-notes' })),
  'clocks.days-off': open(async (world) => {
    await dayOff(world);
    return {};
  }),
  'clocks.set': open(async (world) => ({
    clock: 'meeting-notes',
    version: await clockVersion(world),
    amount: 10,
    unit: 'working days',
    from: '2027-01-01',
    source: 'A decision of the partnership',
  })),
  'clocks.add-day-off': open(() => ({ day: nextDay(), title: 'A day off', source: 'The partnership' })),
  'clocks.end-day-off': open(async (world) => ({ day: await dayOff(world) })),
};
