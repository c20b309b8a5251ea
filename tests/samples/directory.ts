import { nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

const need = async ({ database }: World): Promise<string> =>
  (
    await database.superuser.query<{ id: string }>(
      `select t.id from directory.term t where t.code = 'money and food'`,
    )
  ).rows[0]?.id ?? '';

/** An entry at its second version, with a place and a time, that was to be checked before the day the tests are told it is. */
async function made({ database }: World): Promise<{ entry: string; place: string }> {
  const { rows } = await database.superuser.query<{ entry: string; place: string }>(
    `with who as (
       insert into directory.organisation (name, about) values ($1, 'A charity') returning id
     ), entry as (
       insert into directory.entry (title, what, who_for, how_to_get_in, where_words, when_words, organisation_id, check_by, version)
       select 'Pantry', 'Good food', 'Anybody', 'Just come', 'The hall', 'Tuesdays', id, '2026-11-16', 2 from who returning id
     ), hall as (
       insert into directory.location (name, lines, town) values ($2, '1 Quay', 'Invermarn') returning id
     ), placed as (
       insert into directory.entry_place (entry_id, location_id) select entry.id, hall.id from entry, hall returning id
     ), opened as (
       insert into directory.opening (entry_place_id, days, opens, closes) select id, '{TU}', '09:00', '12:00' from placed
     ), before as (
       insert into directory.entry_version (entry_id, version, was, why) select id, 1, '{"title": "Before"}', 'Another name' from entry
     ), sorted as (
       insert into directory.entry_term (entry_id, term_id) select entry.id, t.id from entry, directory.term t where t.code = 'money and food'
     )
     select entry.id as entry, placed.id as place from entry, placed`,
    [`Charity ${nextNumber()}`, `Hall ${nextNumber()}`],
  );
  return { entry: rows[0]?.entry ?? '', place: rows[0]?.place ?? '' };
}

const written = async (world: World) => ({
  title: `Club ${nextNumber()}`,
  what: 'A club',
  terms: [await need(world)],
  whoFor: 'Anybody',
  howToGetIn: 'Just come',
  whereWords: 'The hall',
  whenWords: 'Tuesdays',
  cost: 'Free',
  organisation: 'Cairn Family Trust',
  state: 'open',
});

async function listed(world: World): Promise<string> {
  const { rows } = await world.database.superuser.query<{ id: string }>(
    `insert into directory.word (said, area) values ($1, 'Invermarn') returning id`,
    [`village ${nextNumber()}`],
  );
  return rows[0]?.id ?? '';
}

const time = { days: 'MO', opens: '9am', closes: '5pm' };

export const samples: Readonly<Record<string, Sample>> = {
  'directory.to-keep': open(),
  'directory.to-check': open(),
  'directory.due': open(),
  'directory.choices': open(),
  'directory.words': open(),
  'directory.kept': open(async (world) => ({ entry: (await made(world)).entry })),
  'directory.entry': open(async (world) => ({ entry: (await made(world)).entry })),
  'directory.version': open(async (world) => ({ entry: (await made(world)).entry, version: 1 })),
  'directory.add': open(written),
  'directory.change': open(async (world) => ({
    ...(await written(world)),
    entry: (await made(world)).entry,
    version: 2,
    why: 'It has another name',
  })),
  'directory.check': open(async (world) => ({ entry: (await made(world)).entry, version: 2 })),
  'directory.add-place': open(async (world) => ({
    entry: (await made(world)).entry,
    name: `Hall ${nextNumber()}`,
    lines: '1 Quay',
    town: 'Invermarn',
    ...time,
  })),
  'directory.add-time': open(async (world) => {
    const { entry, place } = await made(world);
    return { entry, place, ...time };
  }),
  'directory.take-out-place': open(async (world) => {
    const { entry, place } = await made(world);
    return { entry, place };
  }),
  'directory.add-word': open(() => ({ said: `village ${nextNumber()}`, area: 'Invermarn' })),
  'directory.take-out-word': open(async (world) => ({ word: await listed(world) })),
  'directory.send': about(async (world, of) => ({
    family: of.family,
    person: of.child,
    entry: (await made(world)).entry,
    why: 'You said that it would help',
  })),
};
