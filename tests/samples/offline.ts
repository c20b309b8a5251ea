import { randomUUID } from 'node:crypto';
import { content, sealFor } from '../../src/record/offline/testing/seal.ts';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

/** A visit that has arrived and waits, written past every policy; its id. */
async function waiting({ database }: World, of: Marked, asker: Persona | undefined): Promise<string> {
  const visit = randomUUID();
  await database.superuser.query(
    `insert into record.visit_arrived (account_id, id, written_at, finished, fields) values ($1, $2, now(), true, $3)`,
    [asker?.account ?? of.crew.maker.account, visit, { who: 'Them', words: 'What happened' }],
  );
  return visit;
}

export const samples: Readonly<Record<string, Sample>> = {
  'visits.arrive': open((world, of, asker) => ({
    ...sealFor(
      world.database.secret,
      asker?.account ?? of.crew.maker.account,
      content({ words: 'What happened' }),
    ),
  })),
  'visits.write': open(() => ({ words: 'What happened', who: 'Them' })),
  'visits.sign': about(async (world, of, asker) => ({
    visit: await waiting(world, of, asker),
    family: of.family,
    people: [of.child],
    words: `Zqx${of.key} words`,
    on: '2026-11-03',
  })),
  'visits.discard': open(async (world, of, asker) => ({
    visit: await waiting(world, of, asker),
    why: 'Written twice',
  })),
  'visits.keys': open(),
  'visits.arrived': open(),
  'visits.one': {
    ...open(async (world, of, asker) => ({ visit: await waiting(world, of, asker) })),
    own: true,
  },
};
