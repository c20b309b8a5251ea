import sql, { empty, type Sql } from 'sql-template-tag';

// What the feed reads: the directory, as kith_open, which can read nothing else.

/** Rows as a JSON list. */
const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(each)), '[]') from (${rows}) each)`;

const taxonomy = sql`jsonb_build_object('id', x.id, 'code', x.code, 'name', x.name, 'about', x.about)`;
const term = sql`jsonb_build_object('id', t.id, 'code', t.code, 'name', t.name, 'about', t.about, 'taxonomy', ${taxonomy})`;
const place = sql`
  p.id, p.words, jsonb_build_object('id', l.id, 'name', l.name, 'lines', l.lines, 'town', l.town, 'postcode', l.postcode, 'area', l.area,
    'getting_there', l.getting_there, 'access', l.access) as location,
  ${list(sql`
    select h.id, h.days, h.opens, h.closes, h.words from directory.opening h where h.entry_place_id = p.id order by h.opens, h.id limit 50`)} as openings`;

const service = sql`
  e.id, e.title, e.what, e.who_for, e.from_age, e.to_age, e.care_from_age, e.care_to_age, e.care_only, e.how_to_get_in, e.where_words,
  e.when_words, e.cost, e.free, e.phone, e.email, e.state, e.checked_on, e.changed_at,
  jsonb_build_object('id', o.id, 'name', o.name, 'about', o.about, 'web', o.web) as organisation,
  ${list(sql`
    select et.id, ${term} as term from directory.entry_term et join directory.term t on t.id = et.term_id
    join directory.taxonomy x on x.id = t.taxonomy_id where et.entry_id = e.id order by x.code, t.position, et.id limit 100`)} as terms,
  ${list(sql`
    select a.id, a.area from directory.entry_area a where a.entry_id = e.id order by a.area limit 100`)} as areas,
  ${list(sql`
    select ${place} from directory.entry_place p join directory.location l on l.id = p.location_id where p.entry_id = e.id
    order by lower(l.town), p.id limit 100`)} as places`;

/** What services are narrowed to. Ages as Open Referral UK says them: a youngest age of at least, an oldest of at most. */
export interface Narrowed {
  search: string;
  taxonomyTerm: string | undefined;
  taxonomy: string | undefined;
  organization: string | undefined;
  modifiedAfter: Temporal.Instant | undefined;
  minimumAge: number | undefined;
  maximumAge: number | undefined;
}
export interface Paging {
  page: number;
  perPage: number;
}

const narrowing = (by: Narrowed): Sql => sql`
  ${by.search === '' ? empty : sql`and e.search @@ websearch_to_tsquery('pg_catalog.english', ${by.search})`}
  ${
    by.taxonomyTerm === undefined
      ? empty
      : sql`and exists (select from directory.entry_term et where et.entry_id = e.id and et.term_id = ${by.taxonomyTerm}::uuid)`
  }
  ${
    by.taxonomy === undefined
      ? empty
      : sql`and exists (select from directory.entry_term et join directory.term t on t.id = et.term_id
          where et.entry_id = e.id and t.taxonomy_id = ${by.taxonomy}::uuid)`
  }
  ${by.organization === undefined ? empty : sql`and e.organisation_id = ${by.organization}::uuid`}
  ${by.modifiedAfter === undefined ? empty : sql`and e.changed_at >= ${by.modifiedAfter}::timestamptz`}
  ${by.minimumAge === undefined ? empty : sql`and coalesce(e.from_age, 0) >= ${by.minimumAge}::int`}
  ${by.maximumAge === undefined ? empty : sql`and coalesce(e.to_age, 200) <= ${by.maximumAge}::int`}`;

const at = ({ page, perPage }: Paging): Sql => sql`limit ${perPage} offset ${(page - 1) * perPage}`;

export const services = (by: Narrowed, paging: Paging): Sql => sql`
  select ${service} from directory.entry e join directory.organisation o on o.id = e.organisation_id
  where e.id in (select e.id from directory.entry e where true ${narrowing(by)} order by e.id ${at(paging)}) order by e.id`;

export const countServices = (by: Narrowed): Sql =>
  sql`select count(*)::int as total from directory.entry e where true ${narrowing(by)}`;

export const oneService = (id: string): Sql => sql`
  select ${service} from directory.entry e join directory.organisation o on o.id = e.organisation_id where e.id = ${id}::uuid`;

const serviceAt = sql`
  select ${place}, (select to_jsonb(s) from (
      select ${service} from directory.entry e join directory.organisation o on o.id = e.organisation_id where e.id = p.entry_id) s) as service
  from directory.entry_place p join directory.location l on l.id = p.location_id`;

export const servicesAt = (by: Narrowed, paging: Paging): Sql => sql`
  ${serviceAt} where p.id in (
    select p.id from directory.entry_place p join directory.entry e on e.id = p.entry_id where true ${narrowing(by)} order by p.id ${at(paging)})
  order by p.id`;

export const countServicesAt = (by: Narrowed): Sql => sql`
  select count(*)::int as total from directory.entry_place p join directory.entry e on e.id = p.entry_id where true ${narrowing(by)}`;

export const oneServiceAt = (id: string): Sql => sql`${serviceAt} where p.id = ${id}::uuid`;

/** Text as `ilike` takes it: what stands for other letters there stands for itself. */
const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const named = (search: string): Sql => (search === '' ? empty : sql`and x.name ilike ${containing(search)}`);

export const taxonomies = (search: string, paging: Paging): Sql => sql`
  select x.id, x.code, x.name, x.about from directory.taxonomy x where true ${named(search)} order by x.id ${at(paging)}`;
export const countTaxonomies = (search: string): Sql =>
  sql`select count(*)::int as total from directory.taxonomy x where true ${named(search)}`;
export const oneTaxonomy = (id: string): Sql =>
  sql`select x.id, x.code, x.name, x.about from directory.taxonomy x where x.id = ${id}::uuid`;

const termsFrom = sql`from directory.term t join directory.taxonomy x on x.id = t.taxonomy_id`;
const whichTerms = (search: string, of: string | undefined): Sql => sql`
  ${search === '' ? empty : sql`and t.name ilike ${containing(search)}`}
  ${of === undefined ? empty : sql`and t.taxonomy_id = ${of}::uuid`}`;

export const terms = (search: string, of: string | undefined, paging: Paging): Sql => sql`
  select t.id, t.code, t.name, t.about, ${taxonomy} as taxonomy ${termsFrom} where true ${whichTerms(search, of)}
  order by x.code, t.position, t.id ${at(paging)}`;
export const countTerms = (search: string, of: string | undefined): Sql =>
  sql`select count(*)::int as total ${termsFrom} where true ${whichTerms(search, of)}`;
export const oneTerm = (id: string): Sql =>
  sql`select t.id, t.code, t.name, t.about, ${taxonomy} as taxonomy ${termsFrom} where t.id = ${id}::uuid`;
