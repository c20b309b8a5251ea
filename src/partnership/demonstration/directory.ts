import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { jsonRows } from '../../platform/import/index.ts';
import { moment } from './calendar.ts';
import { emailOf } from './partnership.ts';
import { dice, idMaker } from './random.ts';
import { entries, names, organisations } from './words/directory.ts';

/** After how many months an entry is checked again: the clock `directory-check`. */
const everyMonths = 6;

/**
 * Fills the directory of Strathmorran: what there is besides its programmes, which are there from the start. Some of it nobody has
 * checked for longer than they should.
 */
export async function fillDirectory(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  const newId = idMaker(dice(0x646972));
  const at = (monthsAgo: number) => moment(today.subtract({ months: monthsAgo, days: 3 }), 10);
  const told = entries.map((entry) => ({ ...entry, id: newId(at(entry.checkedMonthsAgo)) }));
  await tx.run(sql`
    insert into directory.organisation (name, about, web)
    select * from jsonb_to_recordset(${jsonRows(organisations)}::jsonb) as r (name text, about text, web text)
    on conflict (lower(name)) do update set about = excluded.about, web = excluded.web`);
  const rows = told.map((entry) => {
    const checked = today.subtract({ months: entry.checkedMonthsAgo, days: 3 });
    const [from, to] = entry.ages ?? [null, null];
    const [careFrom, careTo] = entry.care ?? [null, null];
    return {
      id: entry.id,
      organisation: entry.organisation,
      title: entry.title,
      what: entry.what,
      who_for: entry.whoFor,
      from_age: from,
      to_age: to,
      care_from_age: careFrom,
      care_to_age: careTo,
      otherwise: entry.otherwise ?? '',
      how_to_get_in: entry.howToGetIn,
      where_words: entry.where,
      when_words: entry.when,
      out_of_hours: entry.outOfHours ?? false,
      cost: entry.cost ?? 'Free',
      free: entry.cost === undefined,
      phone: entry.phone ?? '',
      web: entry.web ?? '',
      state: entry.state ?? 'open',
      checked_on: checked,
      check_by: checked.add({ months: everyMonths }),
      changed_at: at(entry.checkedMonthsAgo),
    };
  });
  await tx.run(sql`
    insert into directory.entry (id, title, what, who_for, from_age, to_age, care_from_age, care_to_age, otherwise, how_to_get_in, where_words,
      when_words, out_of_hours, cost, free, organisation_id, phone, web, state, checked_on, checked_by, check_by, changed_at)
    select r.id, r.title, r.what, r.who_for, r.from_age, r.to_age, r.care_from_age, r.care_to_age, r.otherwise, r.how_to_get_in, r.where_words,
      r.when_words, r.out_of_hours, r.cost, r.free, o.id, r.phone, r.web, r.state, r.checked_on,
      (select a.id from access.account a where a.email = ${emailOf('Yuliia Bondarenko')}), r.check_by, r.changed_at
    from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as r (id uuid, organisation text, title text, what text, who_for text, from_age smallint,
      to_age smallint, care_from_age smallint, care_to_age smallint, otherwise text, how_to_get_in text, where_words text, when_words text,
      out_of_hours boolean, cost text, free boolean, phone text, web text, state text, checked_on date, check_by date, changed_at timestamptz)
    join directory.organisation o on o.name = r.organisation`);
  const terms = told.flatMap(({ id, needs, level }) => [
    ...needs.map((code) => ({ entry: id, taxonomy: 'need', code })),
    ...(level === undefined ? [] : [{ entry: id, taxonomy: 'level', code: level }]),
  ]);
  await tx.run(sql`
    insert into directory.entry_term (entry_id, term_id)
    select r.entry, t.id from jsonb_to_recordset(${jsonRows(terms)}::jsonb) as r (entry uuid, taxonomy text, code text)
    join directory.taxonomy x on x.code = r.taxonomy join directory.term t on t.taxonomy_id = x.id and t.code = r.code`);
  const areas = told.flatMap(({ id, areas: where = [] }) => where.map((area) => ({ entry: id, area })));
  await tx.run(sql`
    insert into directory.entry_area (entry_id, area)
    select entry, area from jsonb_to_recordset(${jsonRows(areas)}::jsonb) as r (entry uuid, area text)`);
  await fillPlaces(tx, told, () => newId(at(9)));
  await tx.run(sql`
    insert into directory.word (said, area)
    select said, area from jsonb_to_recordset(${jsonRows(names.map(([said, area]) => ({ said, area })))}::jsonb) as r (said text, area text)
    on conflict do nothing`);
}

/** Says that the directory editor has looked at what the programmes say of themselves, all but three. */
export async function checkProgrammes(tx: Rows, today: Temporal.PlainDate): Promise<void> {
  await tx.run(sql`
    update directory.entry e set checked_on = o.checked, checked_by = a.id, check_by = (o.checked + make_interval(months => ${everyMonths}))::date
    from (select id, ${today}::date - (5 + row_number() over (order by programme) * 37 % 150)::integer as checked from directory.entry
        where programme is not null and checked_on is null order by programme offset 3) o
      cross join access.account a
    where e.id = o.id and a.email = ${emailOf('Kirsteen Logie')}`);
}

async function fillPlaces(
  tx: Rows,
  told: readonly ((typeof entries)[number] & { readonly id: string })[],
  newId: () => string,
): Promise<void> {
  const locations = new Map(told.flatMap(({ at }) => at.map(({ place }) => [place.name, place] as const)));
  const ids = new Map([...locations.keys()].map((name) => [name, newId()]));
  const places = told.flatMap(({ id, at }) =>
    at.map(({ place, words = '', openings }) => ({
      id: newId(),
      entry: id,
      location: ids.get(place.name),
      words,
      openings,
    })),
  );
  const located = [...locations.values()].map(({ gettingThere, ...place }) => ({
    ...place,
    id: ids.get(place.name),
    getting_there: gettingThere,
  }));
  await tx.run(sql`
    insert into directory.location (id, name, lines, town, area, getting_there, access)
    select id, name, lines, town, town, getting_there, access
    from jsonb_to_recordset(${jsonRows(located)}::jsonb) as r (id uuid, name text, lines text, town text, getting_there text, access text)`);
  await tx.run(sql`
    insert into directory.entry_place (id, entry_id, location_id, words)
    select id, entry, location, words from jsonb_to_recordset(${jsonRows(places.map(({ openings: _, ...place }) => place))}::jsonb) as r
      (id uuid, entry uuid, location uuid, words text)`);
  const openings = places.flatMap((place) =>
    place.openings.map(({ days, opens, closes, words = '' }) => ({
      place: place.id,
      days,
      opens,
      closes,
      words,
    })),
  );
  await tx.run(sql`
    insert into directory.opening (entry_place_id, days, opens, closes, words)
    select place, days, opens, closes, words from jsonb_to_recordset(${jsonRows(openings)}::jsonb) as r
      (place uuid, days text[], opens time, closes time, words text)`);
}
