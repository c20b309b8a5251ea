import type { TestDatabase } from '../../platform/testing/database.ts';

// Made-up people for tests of finding: who they are, in which names they may be typed, and a crowd for them to be lost in.

export interface MadeUp {
  given: string;
  family: string;
  born?: string;
  /** Names that they are known by as well, or had: given and family name. */
  others?: readonly (readonly [string, string])[];
}

/** A number between 0 and 1, the same in every run of one seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const list = (words: string): string[] => words.split(' ');

const givenNames = list(
  'Jack Olivia Noah Isla Leo Emily Harris Amelia Rory Ava James Freya Alexander Sophie Lucas Ella Finlay Grace Logan Charlotte Lewis Aria Charlie Emma Theo Lily Harry Millie Archie Orla Oliver Rosie Arthur Harper Luca Mila Thomas Eilidh Brodie Lucy Daniel Sophia Adam Maisie Muhammad Ailsa Oscar Skye Callum Hannah Max Anna Ollie Ellie Jude Zara Alfie Erin Angus Poppy Hamish Georgia Cameron Ruby Matthew Mirren Joshua Evie Ethan Sofia Ruaridh Robyn Struan Iona Fraser Alice Innes Chloe Hunter Jessica Murray Niamh Blair Katie Euan Abigail Samuel Mia Benjamin Thea Joseph Eva David Sarah Michael Rachel William Catherine John Margaret Robert Elizabeth Andrew Mary Peter Agnes George Helen Kenneth Jean Ian Linda Alan Susan Stuart Karen Gordon Fiona Derek Alison Colin Lorraine Brian Jacqueline Mark Tracey Paul Angela Steven Donna Scott Nicola Craig Claire Gary Lynne Jakub Zuzanna Jan Julia Antoni Maja Szymon Zofia Franciszek Hanna Filip Lena Mikołaj Alicja Piotr Agnieszka Tomasz Magdalena Krzysztof Ewa Marek Joanna Ahmed Fatima Ali Aisha Hassan Zainab Ibrahim Maryam Omar Khadija Bilal Amina Imran Saima Tariq Nasreen Mykola Oksana Andriy Iryna Dmytro Tetiana Serhiy Nataliia Bohdan Olha Taras Kateryna Vasyl Svitlana',
);
const familyNames = list(
  'Smith Brown Wilson Campbell Stewart Robertson Thomson Anderson Scott Reid Murray Taylor Clark MacDonald Ross Watson Morrison Paterson Young Mitchell Walker Fraser Miller Gray Henderson Hamilton Johnston Duncan Graham Ferguson Kerr Davidson Bell Cameron Kelly Martin Hunter Allan Mackenzie Grant Simpson MacKay McLean Black Russell Marshall Wallace Gibson Kennedy Gordon Burns Sutherland Stevenson Munro Milne Watt Wood Hughes Crawford Docherty Boyle Sinclair Craig McIntyre McGregor McMillan Gallagher Nowak Wójcik Kamiński Lewandowska Zielińska Szymański Woźniak Dąbrowska Kozłowski Jankowska Mazur Krawczyk Piotrowski Grabowska Khan Ahmed Ali Malik Akhtar Mahmood Iqbal Singh Kaur Shah Begum Bibi Rehman Aslam Kovalenko Bondarenko Tkachenko Kravchenko Melnyk Boyko Oliynyk Lysenko Rudenko Petrenko Marchenko Moroz Savchenko Hutchison Laird Lamont Lindsay Logan Love Lyle Mair Moffat Muir Neilson Nicol Ogilvie Orr Pirie Rae Ramsay Rankin Rennie Ritchie Rodger Shaw Skinner Speirs Steel Struthers Swan Tait Telfer Todd Turnbull Tweedie Urquhart Waddell Weir Whitelaw Wylie Yuill Aitken Auld Barr Beattie Bisset Blackwood Borland Bowie Boyd Bremner Brodie Buchan Cairns Calder Carmichael Christie Cochrane Cowan Cunningham Dalgleish Dick Dunlop Eadie Erskine Ewing Fairlie Findlay Forsyth Gemmell Gilmour Goudie Haddow Heggie Inglis Jamieson Jardine',
);

/** So many people of common names, the same in every run of one seed. The first names of each list are the commonest. */
export function crowd(many: number, seed: number): MadeUp[] {
  const random = seeded(seed);
  const pick = (names: readonly string[]) => names[Math.floor(names.length * random() ** 1.4)] ?? '';
  const two = (number: number) => String(number).padStart(2, '0');
  return Array.from({ length: many }, () => ({
    given: pick(givenNames),
    family: pick(familyNames),
    born: `${1950 + Math.floor(random() * 76)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
  }));
}

/** Writes people as they are, each in a family of that name; answers the people's and the families' ids in the order given. */
export async function writeMadeUp(
  { superuser }: TestDatabase,
  people: readonly MadeUp[],
): Promise<{ people: string[]; families: string[] }> {
  const { rows } = await superuser.query<{ person: string; family: string }>(
    `select gen_random_uuid() as person, gen_random_uuid() as family from generate_series(1, $1)`,
    [people.length],
  );
  const ids = { people: rows.map((row) => row.person), families: rows.map((row) => row.family) };
  await superuser.query(`insert into record.family (id, name) select * from unnest($1::uuid[], $2::text[])`, [
    ids.families,
    people.map(({ family }) => family),
  ]);
  await superuser.query(
    `insert into record.person (id, given_name, family_name, date_of_birth) select * from unnest($1::uuid[], $2::text[], $3::text[], $4::date[])`,
    [
      ids.people,
      people.map(({ given }) => given),
      people.map(({ family }) => family),
      people.map(({ born }) => born ?? null),
    ],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) select *, 'child' from unnest($1::uuid[], $2::uuid[])`,
    [ids.families, ids.people],
  );
  const others = people.flatMap(({ others: named = [] }, at) =>
    named.map(([given, family]) => [ids.people[at], given, family]),
  );
  await superuser.query(
    `insert into record.person_name (person_id, kind, given_name, family_name)
     select person, 'known as', given, family from unnest($1::uuid[], $2::text[], $3::text[]) as new (person, given, family)`,
    [
      others.map(([person]) => person),
      others.map(([, given]) => given),
      others.map(([, , family]) => family),
    ],
  );
  return ids;
}

/** Gives somebody, an account or a post, a reason to see these families. */
export const giveReasons = ({ superuser }: TestDatabase, holder: string, families: readonly string[]) =>
  superuser.query(
    `insert into access.reason (subject, holder, kind, scope) select family, $1, 'allocated', 'practice' from unnest($2::uuid[]) family`,
    [holder, families],
  );
