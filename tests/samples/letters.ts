import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

type Of = Pick<Marked, 'family' | 'child' | 'key'>;
type Database = Pick<TestDatabase, 'superuser'>;

/** A letter to the child of a family, written past every policy. */
export async function writtenLetter(
  { superuser }: Database,
  { family, child, key }: Of,
  by: string,
  given = false,
): Promise<string> {
  const mark = `Zqx${key}`;
  const { rows } = await superuser.query<{ id: string }>(
    `insert into record.letter (family_id, person_id, template_id, title, body, written_by, how, given_on, given_at, given_by)
     values ($1, $2, 'hello', $3, $3, $4, case when $5 then 'post' end, case when $5 then date '2026-11-10' end,
       case when $5 then now() end, case when $5 then $4::uuid end) returning id`,
    [family, child, `${mark} letter`, by, given],
  );
  return rows[0]?.id ?? '';
}

/** An offer of advocacy to the child of a family, to be made again. */
export async function writtenOffer(
  { superuser }: Database,
  { family, child, key }: Of,
  by: string,
): Promise<string> {
  const { rows } = await superuser.query<{ id: string }>(
    `insert into record.advocacy_offer (family_id, person_id, offered_on, offered_at, offered_by, advocate, ask_again_on)
     values ($1, $2, '2026-11-10', 'visit', $3, $4, '2026-12-10') returning id`,
    [family, child, by, `Zqx${key} advocate`],
  );
  return rows[0]?.id ?? '';
}

const letterOf = (world: World, of: Marked, given?: boolean) =>
  writtenLetter(world.database, of, of.crew.maker.account, given);
const offerOf = (world: World, of: Marked) => writtenOffer(world.database, of, of.crew.maker.account);

const ofFamily = about(async (world, of) => {
  await letterOf(world, of, true);
  await offerOf(world, of);
  return { family: of.family };
});

async function templateVersion({ database }: World): Promise<number> {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select version from record.letter_template where id = 'hello'`,
  );
  return rows[0]?.version ?? 0;
}

export const samples: Readonly<Record<string, Sample>> = {
  'letters.begin': about((_world, of) => ({
    family: of.family,
    person: of.child,
    template: 'rights-12-to-15',
    phone: '01234 567890',
  })),
  'letters.change': about(async (world, of) => ({
    letter: await letterOf(world, of),
    version: 1,
    title: `Zqx${of.key} title`,
    body: `Zqx${of.key} body`,
    language: 'English',
  })),
  'letters.discard': about(async (world, of) => ({ letter: await letterOf(world, of), version: 1 })),
  'letters.give': about(async (world, of) => ({
    letter: await letterOf(world, of),
    version: 1,
    how: 'post',
    on: '2026-11-12',
  })),
  'letters.of-family': ofFamily,
  'letters.rights': ofFamily,
  'letters.one': about(async (world, of) => ({ letter: await letterOf(world, of, true) })),
  'letters.templates': open(),
  'letters.template': open(() => ({ template: 'hello' })),
  'letters.add-template': open(() => ({
    title: `Trial ${randomUUID()}`,
    body: 'Dear {name}',
    source: 'The partnership',
    used: 'yes',
    why: 'To try it',
  })),
  'letters.set-template': open(async (world) => ({
    template: 'hello',
    version: await templateVersion(world),
    title: 'Hello',
    body: 'Dear {name}',
    source: 'The partnership',
    used: 'yes',
    why: 'Shorter',
  })),
  'advocacy.offer': about((_world, of) => ({
    family: of.family,
    person: of.child,
    on: '2026-11-12',
    at: 'visit',
    answer: 'yes',
    words: `Zqx${of.key} words`,
  })),
  'advocacy.answer': about(async (world, of) => ({
    offer: await offerOf(world, of),
    version: 1,
    answer: 'no',
    words: `Zqx${of.key} words`,
  })),
  'advocacy.of-family': ofFamily,
  'advocacy.one': about(async (world, of) => ({ offer: await offerOf(world, of) })),
  'advocacy.owed': about(),
};
