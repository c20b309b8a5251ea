import { nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { open, type Sample } from './sample.ts';

const entered = () => ({
  term: `word ${nextNumber()}`,
  instead: 'another',
  why: 'It is kinder',
  source: 'A young person',
  because: 'Asked for',
});

async function listed(world: World): Promise<string> {
  const { rows } = await world.database.superuser.query<{ id: string }>(
    `insert into record.listed_word (term, instead, why, source) values ($1, 'another', 'why', 'source') returning id`,
    [`word ${nextNumber()}`],
  );
  return rows[0]?.id ?? '';
}

export const samples: Readonly<Record<string, Sample>> = {
  'language.words': open(),
  'language.word': open(async (world) => ({ word: await listed(world) })),
  'language.add': open(entered),
  'language.change': open(async (world) => ({ ...entered(), word: await listed(world), version: 1 })),
  'language.end': open(async (world) => ({ word: await listed(world), version: 1, because: 'Asked for' })),
};
