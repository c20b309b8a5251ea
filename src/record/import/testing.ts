import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Made people for trying the import: somebody who is known already comes again under another id, misspelt as people misspell.

/** Numbers from a seed, the same each time (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Row {
  id: string;
  family: string;
  given: string;
  last: string;
  born: string;
  gender: string;
  chi: string;
  part: string;
  postcode: string;
}

const headings =
  'person_id,family_id,given_name,family_name,date_of_birth,gender,chi_number,role_in_family,care_experienced';

/** A folder of a direct payments package with these people and no request. */
export async function peoplePackage(rows: readonly Row[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-people-'));
  const families = [...Map.groupBy(rows, (row) => row.family)].map(
    ([id, [first]]) => `${id},${first?.last},Bellshill,${first?.postcode},3`,
  );
  const people = rows.map((row) =>
    [row.id, row.family, row.given, row.last, row.born, row.gender, row.chi, row.part, 'no'].join(','),
  );
  const files = {
    'families.csv': ['family_id,family_name,locality,postcode,simd_decile', ...families],
    'people.csv': [headings, ...people],
    'payment_requests.csv': [
      'request_id,family_id,service,requested_on,category,need,amount,decision,decided_on,decided_by,paid_on',
    ],
    'payment_funding.csv': ['request_id,funding_source,amount'],
  };
  for (const [name, lines] of Object.entries(files))
    await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  return folder;
}

/** A folder with the children of a care records system. */
export async function childrenPackage(
  lines: readonly string[],
  more: Record<string, string> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-children-'));
  const head = 'child_id,family_id,given_name,family_name,date_of_birth,gender';
  await writeFile(join(folder, 'children.csv'), `${[head, ...lines].join('\n')}\n`);
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder, name), text);
  return folder;
}

const letters = 'aeiounrstlm';

/** One slip of the fingers: a letter left out, doubled, taken for another, or changed about with its neighbour. */
function slip(random: () => number, word: string): string {
  const at = 1 + Math.floor(random() * (word.length - 1));
  const kind = Math.floor(random() * 4);
  if (kind === 0 && word.length > 4) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + word[at] + word.slice(at);
  if (kind === 2)
    return word.slice(0, at) + letters[Math.floor(random() * letters.length)] + word.slice(at + 1);
  return word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);
}

/** Somebody as another system wrote them down: a name misspelt, a day wrong, a number or a home left out. */
export function misspelt(random: () => number, row: Row): Row {
  const made = { ...row, chi: random() < 0.5 ? row.chi : '' };
  const kind = random();
  if (kind < 0.3) return { ...made, given: slip(random, row.given) };
  if (kind < 0.55) return { ...made, last: slip(random, row.last) };
  if (kind < 0.65) return { ...made, given: row.last, last: row.given };
  const [year = '', month = '', day = ''] = row.born.split('-');
  if (kind < 0.75 && Number(day) <= 12) return { ...made, born: [year, day, month].join('-') };
  if (kind < 0.85)
    return { ...made, born: [String(Number(year) + 1), month, day === '29' ? '28' : day].join('-') };
  return { ...made, postcode: '' };
}
