import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

const mark = (of: Marked): string => `Zqx${of.key}`;

/** An event about the child of a family, every word of it a mark, as PostgreSQL's own administrator writes it. */
export async function eventOf(
  { database }: { database: Pick<World['database'], 'superuser'> },
  of: Pick<Marked, 'family' | 'child' | 'key'>,
): Promise<string> {
  const { rows } = await database.superuser.query<{ id: string }>(
    `insert into record.event (family_id, happened_on, kind, what, impact, response, source, written_by)
     values ($1, '2026-09-01', 'health', $2, $2, $2, $2, null) returning id`,
    [of.family, `Zqx${of.key} event`],
  );
  const id = rows[0]?.id ?? '';
  await database.superuser.query(
    `insert into record.event_person (event_id, person_id, happened_on) values ($1, $2, '2026-09-01')`,
    [id, of.child],
  );
  return id;
}

const ofFamily = about(async (world, of) => {
  await eventOf(world, of);
  return { family: of.family };
});

export const samples: Readonly<Record<string, Sample>> = {
  'chronology.write': about(
    (_world, of): Input => ({
      family: of.family,
      people: [of.child],
      kind: 'health',
      on: 'March 2024',
      what: `${mark(of)} what`,
      impact: `${mark(of)} impact`,
      response: `${mark(of)} response`,
      source: `${mark(of)} source`,
      indicators: ['healthy'],
    }),
  ),
  'chronology.add': about(async (world, of) => ({
    event: await eventOf(world, of),
    kind: 'correction',
    words: `${mark(of)} correction`,
    why: `${mark(of)} why`,
  })),
  'chronology.analyse': about((_world, of) => ({
    family: of.family,
    on: '2026-11-03',
    words: `${mark(of)} analysis`,
  })),
  'chronology.of-family': ofFamily,
  'chronology.document': ofFamily,
  'chronology.choices': ofFamily,
  'chronology.latest': ofFamily,
  'chronology.analyses': about(async (world, of) => {
    await world.database.superuser.query(
      `insert into record.event_analysis (family_id, analysed_on, words, written_by)
       select $1, '2026-11-01', $2, id from access.account limit 1`,
      [of.family, `${mark(of)} analysis`],
    );
    return { family: of.family };
  }),
  'chronology.one': about(async (world, of) => ({ family: of.family, event: await eventOf(world, of) })),
  'chronology.for-person': about(async (world, of) => {
    await eventOf(world, of);
    return { person: of.child };
  }),
  'chronology.about-person': about(async (world, of) => {
    await eventOf(world, of);
    return { person: of.child };
  }),
};
