import sql, { empty, type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { OpenPageRequest } from '../../platform/web/page.ts';
import { type Served, states, weekdays } from './rules.ts';

// What anybody may read of the directory, signed in or not: read as kith_open, which is granted these columns and nothing of anybody.

const day = z.custom<Temporal.PlainDate>((value) => value instanceof Temporal.PlainDate);
const age = z.int().nullable();

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

/** How many entries a page of a list shows. */
export const pageSize = 20;

const ages = { from_age: age, to_age: age, care_from_age: age, care_to_age: age, care_only: z.boolean() };
type Ages = z.output<z.ZodObject<typeof ages>>;

/** Whom a row of an entry is for, as the rules take it. No range for care experienced people is no wider one. */
export const servedBy = (row: Ages): Served => ({
  from: row.from_age,
  to: row.to_age,
  care:
    row.care_from_age === null && row.care_to_age === null
      ? undefined
      : { from: row.care_from_age, to: row.care_to_age },
  careOnly: row.care_only,
});

const foundRow = z.object({
  id: z.uuid(),
  title: z.string(),
  sorted: z.string(),
  what: z.string(),
  who_for: z.string(),
  where_words: z.string(),
  when_words: z.string(),
  cost: z.string(),
  state: z.enum(states),
  score: z.int(),
  ...ages,
});
export type Found = z.output<typeof foundRow>;

/** What is looked for. Needs and words make an entry come first; a chosen need, a place and an age leave others out. */
export interface Sought {
  terms: readonly string[];
  rest: readonly string[];
  need: string | undefined;
  area: string | undefined;
  age: number | undefined;
  after: { score: number; title: string; id: string } | undefined;
}

/** How like a word of entries has to be to one that none of them has, for it to be meant. */
const nearEnough = 0.4;

const findEntries = ({ terms, rest, need, area, age: years, after }: Sought): Sql => {
  const anything = terms.length > 0 || rest.length > 0;
  return sql`
  with asked as materialized (
    select websearch_to_tsquery('pg_catalog.english', coalesce(string_agg(distinct meant.word, ' or '), '')) as words
    from unnest(${rest}::text[]) typed (word), lateral (
      select typed.word
      union all
      (select w.word from directory.entry_word w
       where w.word operator(public.%) typed.word and public.similarity(w.word, typed.word) >= ${nearEnough}
         and not exists (select from directory.entry_word same where same.word = typed.word)
       order by public.similarity(w.word, typed.word) desc, w.word limit 3)) meant
  ), scored as materialized (
    select e.id, e.title, lower(e.title) as sorted, e.what, e.who_for, e.where_words, e.when_words, e.cost, e.state, e.from_age, e.to_age,
      e.care_from_age, e.care_to_age, e.care_only,
      ((select count(*) from directory.entry_term t where t.entry_id = e.id and t.term_id = any (${terms}::uuid[])) * 1000
        + case when e.search @@ asked.words then 1 + round(ts_rank(e.search, asked.words) * 1000) else 0 end)::int as score
    from directory.entry e, asked
    where e.state <> 'closed'
      ${
        anything
          ? sql`and (e.search @@ asked.words
              or e.id in (select t.entry_id from directory.entry_term t where t.term_id = any (${terms}::uuid[])))`
          : empty
      }
      ${need === undefined ? empty : sql`and e.id in (select t.entry_id from directory.entry_term t where t.term_id = ${need}::uuid)`}
      ${
        area === undefined
          ? empty
          : sql`and (not exists (select from directory.entry_area a where a.entry_id = e.id)
              or exists (select from directory.entry_area a where a.entry_id = e.id and a.area = ${area}))`
      }
      ${
        years === undefined
          ? empty
          : sql`and (${years}::int between coalesce(e.from_age, 0) and coalesce(e.to_age, 200)
              or (num_nonnulls(e.care_from_age, e.care_to_age) > 0
                and ${years}::int between coalesce(e.care_from_age, 0) and coalesce(e.care_to_age, 200)))`
      }
  )
  select * from scored
  ${
    after === undefined
      ? empty
      : sql`where score < ${after.score}::int or (score = ${after.score}::int and (sorted, id) > (${after.title}, ${after.id}::uuid))`
  }
  order by score desc, sorted, id limit ${pageSize + 1}`;
};

const choiceRow = z.object({
  needs: z.array(z.object({ id: z.uuid(), name: z.string(), about: z.string(), entries: z.int() })),
  areas: z.array(z.string()),
  words: z.array(z.object({ said: z.string(), term: z.uuid().nullable(), area: z.string().nullable() })),
});

/** What there is to choose from and to understand words by. */
const choices = sql`
  select ${list(sql`
    select t.id, t.name, t.about, (select count(*)::int from directory.entry_term e join directory.entry o on o.id = e.entry_id
      where e.term_id = t.id and o.state <> 'closed') as entries
    from directory.term t join directory.taxonomy x on x.id = t.taxonomy_id where x.code = 'need' order by t.position, t.id limit 200`)} as needs,
    (select coalesce(jsonb_agg(area order by area), '[]') from (
       select area from directory.entry_area union select area from directory.location where area <> ''
       union select area from directory.word where area is not null limit 500) each) as areas,
    ${list(sql`select w.said, w.term_id as term, w.area from directory.word w order by w.said, w.id limit 5000`)} as words`;

const entryRow = z.object({
  id: z.uuid(),
  title: z.string(),
  what: z.string(),
  who_for: z.string(),
  ...ages,
  otherwise: z.string(),
  how_to_get_in: z.string(),
  where_words: z.string(),
  when_words: z.string(),
  cost: z.string(),
  phone: z.string(),
  email: z.string(),
  web: z.string(),
  state: z.enum(states),
  programme: z.string().nullable(),
  checked_on: day.nullable(),
  check_by: day,
  organisation: z.string(),
  organisation_web: z.string(),
  terms: z.array(z.object({ id: z.uuid(), name: z.string(), taxonomy: z.string() })),
  areas: z.array(z.string()),
  places: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      lines: z.string(),
      town: z.string(),
      postcode: z.string(),
      gettingThere: z.string(),
      access: z.string(),
      words: z.string(),
      openings: z.array(
        z.object({
          id: z.uuid(),
          days: z.array(z.enum(weekdays)),
          opens: z.string(),
          closes: z.string(),
          words: z.string(),
        }),
      ),
    }),
  ),
});
export type Entry = z.output<typeof entryRow>;

/** One entry, as its page shows it. */
export const oneEntry = (entry: string): Sql => sql`
  select e.id, e.title, e.what, e.who_for, e.from_age, e.to_age, e.care_from_age, e.care_to_age, e.care_only, e.otherwise, e.how_to_get_in,
    e.where_words, e.when_words, e.cost, e.phone, e.email, e.web, e.state, e.programme, e.checked_on, e.check_by,
    o.name as organisation, o.web as organisation_web,
    ${list(sql`
      select t.id, t.name, x.code as taxonomy from directory.entry_term et join directory.term t on t.id = et.term_id
      join directory.taxonomy x on x.id = t.taxonomy_id where et.entry_id = e.id order by x.code desc, t.position`)} as terms,
    (select coalesce(jsonb_agg(a.area order by a.area), '[]') from directory.entry_area a where a.entry_id = e.id) as areas,
    ${list(sql`
      select p.id, l.name, l.lines, l.town, l.postcode, l.getting_there as "gettingThere", l.access, p.words,
        ${list(sql`
          select h.id, h.days, h.opens, h.closes, h.words from directory.opening h where h.entry_place_id = p.id
          order by array_position(array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], h.days[1]), h.opens, h.id limit 50`)} as openings
      from directory.entry_place p join directory.location l on l.id = p.location_id where p.entry_id = e.id
      order by lower(l.town), lower(l.name), p.id limit 100`)} as places
  from directory.entry e join directory.organisation o on o.id = e.organisation_id where e.id = ${entry}::uuid`;
export { entryRow };

type Reading = Pick<OpenPageRequest, 'read'>;

/** Entries that fit, the best first; one more than a page, to say that there are more. */
export const find = ({ read }: Reading, sought: Sought): Promise<Found[]> =>
  read(foundRow, findEntries(sought));

/** What families can choose from, and the words by which what they type is understood. */
export async function choicesOf({ read }: Reading): Promise<z.output<typeof choiceRow>> {
  const [row] = await read(choiceRow, choices);
  return row ?? { needs: [], areas: [], words: [] };
}

/** Counts that the page of an entry was opened on a day. */
export const countOpened = (entry: string, day: Temporal.PlainDate): Sql => sql`
  insert into directory.opened (entry_id, on_day) values (${entry}::uuid, ${day}::date)
  on conflict (entry_id, on_day) do update set many = directory.opened.many + 1`;

/** One entry; undefined when there is none. */
export async function openEntry({ read }: Reading, entry: string): Promise<Entry | undefined> {
  return (await read(entryRow, oneEntry(entry)))[0];
}
