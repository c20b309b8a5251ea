import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import type { Attached } from './attachments.ts';
import { pageSize } from './rules.ts';
import type { Written } from './writing.ts';

// The SQL of notes that reads. Row-level security decides what each statement reaches: a note that is not signed, its writer alone.

const people = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.given_name || ' ' || p.family_name) order by p.given_name, p.id), '[]')
   from record.note_person np join record.person p on p.id = np.person_id where np.note_id = n.id) as people`;

const quotations = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('person', q.person_id, 'name', p.given_name || ' ' || p.family_name, 'words', q.words,
     'on', q.said_on) order by q.position, q.id), '[]')
   from record.note_quotation q left join record.person p on p.id = q.person_id where q.note_id = n.id) as quotations`;

const amendments = sql`
  (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'words', m.words, 'why', m.why, 'by', by_whom.name, 'as', m.written_as,
     'at', m.written_at) order by m.written_at, m.id), '[]')
   from record.note_amendment m left join access.account by_whom on by_whom.id = m.written_by where m.note_id = n.id) as amendments`;

const columns = sql`n.id, n.happened_on, to_char(n.happened_at, 'HH24:MI') as happened_at, n.how, n.who_was_there, n.event,
  writer.name as written_by, n.written_as, n.signed_at`;

/** How much of a note a list shows, in characters. */
const beginning = 900;

export interface Wanted {
  person?: string | undefined;
  how?: string | undefined;
  writer?: string | undefined;
  words?: string | undefined;
  /** Only what others have signed since whoever asks was here before. */
  fresh?: boolean;
  before?: { on: Temporal.PlainDate; id: string } | undefined;
}

const conditions = ({ how, writer, words, fresh }: Wanted): Sql => {
  const all = [
    ...(how ? [sql`n.how = ${how}`] : []),
    ...(writer ? [sql`n.written_by = ${writer}::uuid`] : []),
    ...(words ? [sql`n.search @@ websearch_to_tsquery('english', ${words})`] : []),
    ...(fresh ? [sql`n.id in (select id from fresh)`] : []),
  ];
  return all.length > 0 ? sql`and ${join(all, ' and ')}` : empty;
};

/** What others have signed since whoever asks was here before: the last thousand. */
const freshOnes = (family: string): Sql => sql`
  fresh as materialized (
    select f.id from record.note f
    where f.family_id = ${family}::uuid and f.signed_at > (select before from visit) and f.written_by <> access.account_id()
    order by f.signed_at desc limit 1000
  ),`;

/**
 * The notes about one person, each with its row of `record.note` as `n`, in the order of an index. The `offset` keeps the planner
 * from reading every note there is to join them.
 */
const notesAbout = (person: string): Sql => sql`
  record.note_person np cross join lateral (
    select * from record.note each where each.id = np.note_id and each.signed_at is not null offset 0) n
  where np.person_id = ${person}::uuid`;

/** The ids of one page of a family's notes, and one more. */
function pageOf(family: string, wanted: Wanted): Sql {
  const { person, before } = wanted;
  const on = person ? sql`np.happened_on` : sql`n.happened_on`;
  const id = person ? sql`np.note_id` : sql`n.id`;
  const from = person
    ? sql`${notesAbout(person)} and np.family_id = ${family}::uuid`
    : sql`record.note n where n.family_id = ${family}::uuid and n.signed_at is not null`;
  const after = before ? sql`and (${on}, ${id}) < (${before.on}::date, ${before.id}::uuid)` : empty;
  return sql`select ${id} as id from ${from} ${conditions(wanted)} ${after} order by ${on} desc, ${id} desc limit ${pageSize + 1}`;
}

/** The signed notes of a family, newest first, one more than a page: and that whoever asks has looked at them. */
export const notesOf = (family: string, wanted: Wanted): Sql => sql`
  with visit as materialized (select record.looks_at_notes(${family}::uuid) as before),
  ${wanted.fresh ? freshOnes(family) : empty}
  page as materialized (${pageOf(family, wanted)})
  select n.family_id as about, ${columns}, left(n.words, ${beginning}) as words, length(n.words) > ${beginning} as longer,
    coalesce(n.signed_at > visit.before and n.written_by <> access.account_id(), false) as fresh, ${people}, ${quotations},
    (select count(*)::int from record.note_attachment f where f.note_id = n.id) as attachments,
    (select count(*)::int from record.note_amendment m where m.note_id = n.id) as amended
  from page join record.note n on n.id = page.id cross join visit left join access.account writer on writer.id = n.written_by
  order by n.happened_on desc, n.id desc`;

/** The last notes of a family, in short, for its page. */
export const latestOf = (family: string, most: number): Sql => sql`
  select n.family_id as about, ${columns}, left(n.words, 300) as words, length(n.words) > 300 as longer, ${people}
  from (select * from record.note each where each.family_id = ${family}::uuid and each.signed_at is not null
    order by each.happened_on desc, each.id desc limit ${most}) n
  left join access.account writer on writer.id = n.written_by order by n.happened_on desc, n.id desc`;

/** The notes written last about one person, in short, for their page. */
export const latestAbout = (person: string, most: number): Sql => sql`
  with theirs as materialized (
    select np.note_id from ${notesAbout(person)} order by np.happened_on desc, np.note_id desc limit ${most}
  )
  select ${person}::uuid as about, n.family_id as family, ${columns}, left(n.words, 300) as words, length(n.words) > 300 as longer, ${people}
  from theirs join record.note n on n.id = theirs.note_id left join access.account writer on writer.id = n.written_by
  order by n.happened_on desc, n.id desc`;

/** One note, with all that belongs to it. */
export const oneNote = (note: string): Sql => sql`
  select n.family_id as about, ${columns}, n.words, n.next_steps, n.next_by, n.written_at, n.version, f.name as family,
    n.written_by = access.account_id() as mine, ${people}, ${quotations}, ${amendments},
    (select coalesce(jsonb_agg(jsonb_build_object('id', each.id, 'title', each.title, 'kind', each.kind, 'bytes', octet_length(each.content))
       order by each.id), '[]') from record.note_attachment each where each.note_id = n.id) as attachments
  from record.note n join record.family f on f.id = n.family_id left join access.account writer on writer.id = n.written_by
  where n.id = ${note}::uuid`;

/** The notes that whoever asks has not signed yet, oldest first; of one family, or of all. */
export const unsignedOf = (family: string | undefined): Sql => sql`
  select n.family_id as about, n.id, f.name as family, n.happened_on, n.written_at, left(n.words, 120) as words
  from record.note n join record.family f on f.id = n.family_id
  where n.written_by = access.account_id() and n.signed_at is null ${family ? sql`and n.family_id = ${family}::uuid` : empty}
  order by n.written_at, n.id limit 50`;

/**
 * The notes that somebody began and has gone before signing, of families whose workers whoever asks manages, oldest first. Row-level
 * security says whose they are: of those who left the family, or who work here no longer.
 */
export const leftUnsignedNotes = (): Sql => sql`
  with mine as materialized (
    select r.subject from access.my_reason r where r.scope = 'practice' and (r.kind = 'manages' or record.works_with(r.kind))
    group by r.subject limit 2000)
  select n.family_id as about, n.id, f.name as family, n.happened_on, writer.name as written_by
  from mine join record.note n on n.family_id = mine.subject and n.signed_at is null and n.written_by <> access.account_id()
    join record.family f on f.id = n.family_id left join access.account writer on writer.id = n.written_by
  order by n.written_at, n.id limit 50`;

/** Who has written about a family: each is found by one step in an index, however many notes there are. */
export const writersOf = (family: string): Sql => sql`
  with recursive writer as (
    (select n.written_by from record.note n where n.family_id = ${family}::uuid order by n.written_by limit 1)
    union all
    select (select n.written_by from record.note n where n.family_id = ${family}::uuid and n.written_by > writer.written_by
      order by n.written_by limit 1)
    from writer where writer.written_by is not null
  )
  select ${family}::uuid as about, a.id, a.name from writer join access.account a on a.id = writer.written_by order by a.name, a.id limit 200`;

/** A file that belongs to a note. */
export const oneAttachment = (note: string, attachment: string): Sql => sql`
  select f.family_id as about, f.title, f.kind, encode(f.content, 'base64') as content
  from record.note_attachment f where f.id = ${attachment}::uuid and f.note_id = ${note}::uuid`;

/** Every signed note that is about a person, newest first, as far as one copy reaches. */
export const allAbout = (person: string, most: number): Sql => sql`
  with theirs as materialized (
    select np.note_id from ${notesAbout(person)} order by np.happened_on desc, np.note_id desc limit ${most}
  )
  select ${person}::uuid as about, ${columns}, n.words, ${quotations}, ${amendments}
  from theirs join record.note n on n.id = theirs.note_id left join access.account writer on writer.id = n.written_by
  order by n.happened_on desc, n.id desc`;

/** Puts a file beside a note that its writer has not signed; the family it is of, or nothing when there is no such note. */
export async function writeAttachment(
  rows: Rows,
  note: string,
  title: string,
  { kind, content }: Attached,
): Promise<{ id: string; family: string } | undefined> {
  const [made] = await rows.many<{ id: string; family: string }>(sql`
    insert into record.note_attachment (note_id, family_id, title, kind, content)
    select n.id, n.family_id, ${title}, ${kind}, ${content}::bytea from record.note n
    where n.id = ${note}::uuid and n.signed_at is null and n.written_by = access.account_id()
      and (select count(*) from record.note_attachment f where f.note_id = n.id) < 10
    returning id, family_id as family`);
  return made;
}

/** Takes a file away from a note that its writer has not signed. */
export const removeAttachment = (rows: Rows, note: string, attachment: string): Promise<number> =>
  rows.run(sql`
    delete from record.note_attachment f where f.id = ${attachment}::uuid and f.note_id = ${note}::uuid
      and exists (select from record.note n where n.id = f.note_id and n.signed_at is null and n.written_by = access.account_id())`);

/** Writes an amendment beside a signed note; whom it is about, or nothing when there is no such note. */
export async function writeAmendment(
  rows: Rows,
  note: string,
  amendment: { words: string; why: string; as: string },
): Promise<{ id: string; family: string } | undefined> {
  const [made] = await rows.many<{ id: string; family: string }>(sql`
    insert into record.note_amendment (note_id, family_id, words, why, written_as)
    select n.id, n.family_id, ${amendment.words}, ${amendment.why}, ${amendment.as} from record.note n
    where n.id = ${note}::uuid and n.signed_at is not null returning id, family_id as family`);
  return made;
}

/** How a note stands for whoever asks; undefined when they see none. */
export async function standing(
  rows: Rows,
  note: string,
): Promise<{ family: string; version: number; signed: boolean; attachments: number } | undefined> {
  const [found] = await rows.many<{
    family: string;
    version: number;
    signed: boolean;
    attachments: number;
  }>(sql`
    select n.family_id as family, n.version, n.signed_at is not null as signed,
      (select count(*)::int from record.note_attachment f where f.note_id = n.id) as attachments
    from record.note n where n.id = ${note}::uuid`);
  return found;
}

/** A note that somebody began and has gone before signing, with what comes of signing it; undefined when there is no such note. */
export async function leftNote(
  rows: Rows,
  note: string,
): Promise<
  | (Pick<Written, 'people' | 'on' | 'words' | 'event' | 'steps' | 'nextBy'> & {
      family: string;
      version: number;
    })
  | undefined
> {
  const [found] = await rows.many<{
    family: string;
    version: number;
    people: string[];
    on: Temporal.PlainDate;
    words: string;
    event: string;
    steps: string[];
    nextBy: Temporal.PlainDate | null;
  }>(sql`
    select n.family_id as family, n.version, n.happened_on as on, n.words, coalesce(n.event, '') as event, n.next_steps as steps,
      n.next_by as "nextBy", array(select np.person_id from record.note_person np where np.note_id = n.id) as people
    from record.note n where n.id = ${note}::uuid and n.signed_at is null and n.written_by <> access.account_id()`);
  return found && { ...found, nextBy: found.nextBy ?? undefined };
}
