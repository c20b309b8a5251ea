import { type Marked, nextNumber } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, type Input, type Sample } from './sample.ts';

/** Somebody new in the family, so that nobody whom others look for is changed; every word of them is a mark. */
async function spare(
  { database: { superuser } }: World,
  of: Marked,
  expected: string | null = null,
): Promise<string> {
  const { rows } = await superuser.query<{ person: string }>(
    `with p as (insert into record.person (given_name, family_name, expected_on) values ($2, $2, $3) returning id)
     insert into record.family_member (family_id, person_id, part) select $1, id, 'other' from p returning person_id as person`,
    [of.family, `Zqx${of.key}spare`, expected],
  );
  return rows[0]?.person ?? '';
}

const onSomebody = (more: (of: Marked) => Input): Sample =>
  about(async (world, of) => ({ person: await spare(world, of), version: 1, ...more(of) }));
const toSomebody = (more: (of: Marked) => Input): Sample =>
  about(async (world, of) => ({ person: await spare(world, of), ...more(of) }));

/** An entry of somebody new: the statement takes their id and a word that is a mark, and returns its own id. */
const withEntry = (statement: string, more: Input): Sample =>
  about(async (world, of) => {
    const person = await spare(world, of);
    const { rows } = await world.database.superuser.query<{ id: string }>(statement, [
      person,
      `Zqx${of.key} ${nextNumber()}`,
    ]);
    return { person, entry: rows[0]?.id, ...more };
  });

const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const samples: Readonly<Record<string, Sample>> = {
  'people.change-name': onSomebody((of) => ({
    givenName: `Zqx${of.key}other`,
    familyName: `Zqx${of.key}`,
    how: 'changed',
  })),
  'people.change-birth': onSomebody(() => ({ state: 'born', born: 'about 1980' })),
  'people.note-birth': about(async (world, of) => ({
    person: await spare(world, of, '2026-11-10'),
    version: 1,
    born: '2026-11-12',
    givenName: `Zqx${of.key}baby`,
    familyName: `Zqx${of.key}`,
  })),
  'people.change-about': onSomebody((of) => ({ pronouns: `Zqx${of.key}`, ethnicity: 'White: Scottish' })),
  'people.change-needs': onSomebody((of) => ({ communication: `Zqx${of.key} slowly` })),
  'people.say-what-matters': onSomebody((of) => ({ words: `Zqx${of.key} matters` })),
  'people.note-death': onSomebody(() => ({ died: '2026-11-01' })),
  'people.add-name': toSomebody((of) => ({ kind: 'known as', givenName: `Zqx${of.key}also` })),
  'people.add-identifier': toSomebody((of) => ({
    scheme: 'housing',
    value: `Zqx${of.key}`,
    source: `Zqx${of.key} letter`,
  })),
  'people.add-contact': toSomebody((of) => ({
    kind: 'email',
    value: `zqx${of.key}@example.scot`,
    doNotRing: true,
  })),
  'people.change-contact': withEntry(
    `insert into record.contact (person_id, kind, value) values ($1, 'other', $2) returning id`,
    { version: 1, doNotRing: true },
  ),
  'people.add-language': toSomebody((of) => ({ language: `Zqx${of.key}ish`, first: true })),
  'people.add-care-experience': toSomebody((of) => ({ kind: 'told us', source: `Zqx${of.key} told us` })),
  'people.set-picture': toSomebody(() => ({ picture: onePixel })),
  'people.take-out': withEntry(
    `insert into record.person_name (person_id, kind, given_name) values ($1, 'known as', $2) returning id`,
    { what: 'name', why: 'It was wrong' },
  ),
  'people.open': about((_world, of) => ({ person: of.child })),
  'people.looked': about((_world, of) => ({ person: of.child })),
};
