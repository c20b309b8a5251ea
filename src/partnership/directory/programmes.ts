import { hash } from 'node:crypto';
import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Programme } from '../../practice/support/programme.ts';
import { readProgrammes, shippedFolder } from '../../practice/support/programmes.ts';
import { organisationNamed, sortEntry } from './records.ts';
import type { AgeRange } from './rules.ts';

// Every programme of help is an entry by itself. Its words come from its file (programmes/*.yaml), at each start.

/** An entry as the file of a programme says it. */
interface ProgrammeEntry {
  programme: string;
  title: string;
  what: string;
  whoFor: string;
  ages: AgeRange;
  care: AgeRange | undefined;
  careOnly: boolean;
  otherwise: string;
  howToGetIn: string;
  whereWords: string;
  whenWords: string;
  outOfHours: boolean;
  cost: string;
  organisation: string;
  phone: string;
  email: string;
  web: string;
  state: 'open' | 'closed';
  /** Codes of terms: what it is about, and how much help it is. */
  needs: readonly string[];
  levels: readonly string[];
  areas: readonly string[];
}

type Ages = Programme['serves']['ages'];
const range = ({ from, to }: Ages): AgeRange => ({
  from: from === 'before birth' ? null : from,
  to: to ?? null,
});

/** What a programme is in the directory. `council` gives those whose file names nobody else. */
function entryOf(programme: Programme, council: string): ProgrammeEntry {
  const { serves, directory, answeredBy, providers } = programme;
  return {
    programme: programme.id,
    title: programme.title,
    what: programme.forFamilies,
    whoFor: [serves.inWords, ...serves.when].map((sentence) => sentence.replace(/[^.!?]$/, '$&.')).join(' '),
    ages: range(serves.ages),
    care: serves.agesIfCareExperienced && range(serves.agesIfCareExperienced),
    careOnly: serves.careExperiencedOnly,
    otherwise: serves.otherwise,
    howToGetIn: directory.howToGetIn,
    whereWords: directory.where,
    whenWords: directory.when,
    outOfHours: directory.eveningsAndWeekends,
    cost: directory.cost,
    organisation: answeredBy.organisation ?? providers[0]?.organisation ?? council,
    phone: directory.phone ?? '',
    email: directory.email ?? '',
    // A page that is opened by pressing it, and nothing else that can be written as an address.
    web: directory.web !== undefined && /^https?:.{1,490}$/.test(directory.web) ? directory.web : '',
    state: programme.state,
    needs: programme.needs,
    levels: programme.levels,
    areas: serves.places,
  };
}

const printOf = (entry: ProgrammeEntry): string => hash('sha256', JSON.stringify(entry), 'base64url');

/** The ids of terms by their codes. */
async function termsOf(rows: Rows, { needs, levels }: ProgrammeEntry): Promise<string[]> {
  const found = await rows.many<{ id: string }>(sql`
    select t.id from directory.term t join directory.taxonomy x on x.id = t.taxonomy_id
    where (x.code = 'need' and t.code = any (${needs}::text[])) or (x.code = 'level' and t.code = any (${levels}::text[]))`);
  return found.map(({ id }) => id);
}

async function writeProgramme(
  rows: Rows,
  entry: ProgrammeEntry,
  print: string,
  today: Temporal.PlainDate,
): Promise<void> {
  const organisation = await organisationNamed(
    rows,
    entry.organisation,
    `${entry.organisation} gives help to children, young people and families here.`,
  );
  const [made] = await rows.many<{ id: string }>(sql`
    insert into directory.entry (programme, title, what, who_for, from_age, to_age, care_from_age, care_to_age, care_only, otherwise,
      how_to_get_in, where_words, when_words, out_of_hours, cost, free, organisation_id, phone, email, web, state, print, check_by)
    values (${entry.programme}, ${entry.title}, ${entry.what}, ${entry.whoFor}, ${entry.ages.from}::smallint, ${entry.ages.to}::smallint,
      ${entry.care?.from ?? null}::smallint, ${entry.care?.to ?? null}::smallint, ${entry.careOnly}::boolean, ${entry.otherwise},
      ${entry.howToGetIn}, ${entry.whereWords}, ${entry.whenWords}, ${entry.outOfHours}::boolean, ${entry.cost},
      ${/^free\b/i.test(entry.cost)}::boolean, ${organisation}::uuid, ${entry.phone}, ${entry.email}, ${entry.web}, ${entry.state}, ${print},
      ${today}::date)
    on conflict (programme) do update set title = excluded.title, what = excluded.what, who_for = excluded.who_for,
      from_age = excluded.from_age, to_age = excluded.to_age, care_from_age = excluded.care_from_age, care_to_age = excluded.care_to_age,
      care_only = excluded.care_only, otherwise = excluded.otherwise, how_to_get_in = excluded.how_to_get_in,
      where_words = excluded.where_words, when_words = excluded.when_words, out_of_hours = excluded.out_of_hours, cost = excluded.cost,
      free = excluded.free, organisation_id = excluded.organisation_id, phone = excluded.phone, email = excluded.email, web = excluded.web,
      state = excluded.state, print = excluded.print, version = directory.entry.version + 1, changed_at = now()
    returning id`);
  if (made === undefined) throw new Error('no entry was written');
  await sortEntry(rows, made.id, await termsOf(rows, entry), entry.areas);
}

/**
 * Makes the directory say of programmes what their files say: new ones are added, to be checked from today; changed ones are
 * changed; those whose file is gone have ended. Entries whose file says what it said are left as they are.
 */
export async function takeInProgrammes(
  rows: Rows,
  programmes: readonly Programme[],
  { council, today }: { council: string; today: Temporal.PlainDate },
): Promise<void> {
  await rows.many(sql`select pg_advisory_xact_lock(hashtextextended('directory.programmes', 0))`);
  const known = new Map(
    (
      await rows.many<{ programme: string; print: string }>(
        sql`select e.programme, e.print from directory.entry e where e.programme is not null`,
      )
    ).map(({ programme, print }) => [programme, print]),
  );
  // A few dozen files, and only those that changed since the last start.
  for (const entry of programmes.map((each) => entryOf(each, council))) {
    const print = printOf(entry);
    if (known.get(entry.programme) !== print) await writeProgramme(rows, entry, print, today);
  }
  await rows.run(sql`
    update directory.entry set state = 'closed', print = '', version = version + 1, changed_at = now()
    where programme is not null and state <> 'closed' and programme <> all (${programmes.map(({ id }) => id)}::text[])`);
}

/** The programmes there are: those that come with Kith, and the partnership's own. Throws a `Problem` where a file cannot be read. */
export function programmesHere(): Promise<readonly Programme[]> {
  const own = process.env.KITH_PROGRAMMES;
  return readProgrammes(own ? [shippedFolder, own] : [shippedFolder]);
}
