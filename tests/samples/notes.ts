import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { Persona, World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

const entered = (of: Marked): Input => ({
  people: [of.child],
  words: `Zqx${of.key} words`,
  on: '2026-11-03',
  how: 'home',
  there: `Zqx${of.key} there`,
  quotations: [{ words: `Zqx${of.key} own words`, person: of.child }],
});

/** A note of a family with a file, every word of it a mark, as PostgreSQL's own administrator writes it: not signed yet. */
export async function noteBy(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, key }: Pick<Marked, 'family' | 'child' | 'key'>,
  account: string,
): Promise<{ note: string; file: string }> {
  const mark = `Zqx${key}`;
  const { rows } = await superuser.query<{ note: string }>(
    `insert into record.note (family_id, happened_on, how, who_was_there, words, written_by, search)
     values ($1, '2026-10-01', 'home', $2, $2, $3, to_tsvector('english', $2)) returning id as note`,
    [family, `${mark} note`, account],
  );
  const note = rows[0]?.note ?? '';
  await superuser.query(
    'insert into record.note_person (note_id, family_id, person_id) values ($1, $2, $3)',
    [note, family, child],
  );
  const files = await superuser.query<{ file: string }>(
    `insert into record.note_attachment (note_id, family_id, title, kind, content) values ($1, $2, $3, 'text/plain', $4)
     returning id as file`,
    [note, family, `${mark} file`, Buffer.from(`${mark} content`)],
  );
  return { note, file: files.rows[0]?.file ?? '' };
}

/** The same, signed. */
export async function signedNote(...of: Parameters<typeof noteBy>): Promise<{ note: string; file: string }> {
  const made = await noteBy(...of);
  await of[0].superuser.query('update record.note set signed_at = now() where id = $1', [made.note]);
  return made;
}

/** A note that whoever asks has not signed yet. */
const unsigned = (world: World, of: Marked, asker: Persona | undefined) =>
  noteBy(world.database, of, asker?.account ?? of.crew.maker.account);
const signed = (world: World, of: Marked) => signedNote(world.database, of, of.crew.maker.account);

/** A note whose writer has gone before signing it. */
const leftBehind = async (world: World, of: Marked) => {
  const { superuser } = world.database;
  const { rows } = await superuser.query<{ id: string }>(
    `insert into access.account (name, left_at) values ('Gone Away', now()) returning id`,
  );
  return noteBy(world.database, of, rows[0]?.id ?? '');
};

const ofFamily = about(async (world, of) => {
  await signed(world, of);
  return { family: of.family };
});
const ofPerson = about(async (world, of) => {
  await signed(world, of);
  return { person: of.child };
});
const letter = `data:text/plain;base64,${Buffer.from('A letter').toString('base64')}`;

export const samples: Readonly<Record<string, Sample>> = {
  'notes.write': about((_world, of) => ({ family: of.family, ...entered(of) })),
  'notes.change': about(async (world, of, asker) => ({
    note: (await unsigned(world, of, asker)).note,
    version: 1,
    ...entered(of),
  })),
  'notes.discard': about(async (world, of, asker) => ({
    note: (await unsigned(world, of, asker)).note,
    version: 1,
  })),
  'notes.sign-left': about(async (world, of) => ({ note: (await leftBehind(world, of)).note, version: 1 })),
  'notes.left-unsigned': about(async (world, of) => {
    await leftBehind(world, of);
    return {};
  }),
  'notes.amend': about(async (world, of) => ({
    note: (await signed(world, of)).note,
    words: `Zqx${of.key} amendment`,
    why: `Zqx${of.key} why`,
  })),
  'notes.attach': about(async (world, of, asker) => ({
    note: (await unsigned(world, of, asker)).note,
    title: `Zqx${of.key} title`,
    file: letter,
  })),
  'notes.detach': about(async (world, of, asker) => {
    const { note, file } = await unsigned(world, of, asker);
    return { note, attachment: file };
  }),
  'notes.of-family': ofFamily,
  'notes.latest': ofFamily,
  'notes.writers': ofFamily,
  'notes.about-person': ofPerson,
  'notes.for-person': ofPerson,
  'notes.one': about(async (world, of) => ({ note: (await signed(world, of)).note })),
  // Everybody has one of their own that is not signed, since nobody sees those of others.
  'notes.unsigned': about(async (world, of) => {
    for (const { account } of world.personas) await noteBy(world.database, of, account);
    return { family: of.family };
  }),
  'notes.file': about(async (world, of) => {
    const { note, file } = await signed(world, of);
    return { note, attachment: file };
  }),
};
