-- Whom the people of an extract may be, for all of them in a few passes over the record: record.match_candidates asks the same of one
-- person, and asked twenty thousand times that took most of an import. The same rules (2600), except that a birthday, or a name in a
-- year, that more than `filler` people share is taken for a filler and tells nothing; there each person has a limit.
--
-- `arriving` is a list of {target, givenName, familyName, born, chi, postcode}. Called by the owner for a purpose.
create function record.match_arriving(arriving jsonb, filler integer default 3000) returns table (one uuid, other uuid)
language plpgsql set search_path = '' set jit = off as $$
begin
  drop table if exists pg_temp.match_name, pg_temp.match_who, pg_temp.match_day, pg_temp.match_part;
  -- How each name that is on the record roughly sounds, worked out once for each name and not once for each person.
  create temp table match_name on commit drop as
    select n.name, record.match_sound(n.name) as sound
    from (select p.given_name as name from record.person p union select p.family_name from record.person p) n;
  create temp table match_who on commit drop as
    select r.target, r."givenName" as given, r."familyName" as family, r.born, extract(year from r.born)::integer as year, r.chi, r.postcode,
      record.match_sound(r."givenName") as given_sound, record.match_sound(r."familyName") as family_sound, array[r.born, turned.day] as days
    from jsonb_to_recordset(arriving) as r (target uuid, "givenName" text, "familyName" text, born date, chi text, postcode text)
    cross join lateral (select case when extract(day from r.born) <= 12 then make_date(extract(year from r.born)::integer,
      extract(day from r.born)::integer, extract(month from r.born)::integer) end as day) turned;
  -- The days on which somebody may have been born: the day, day and month changed about, and, near it, a year out or another month.
  create temp table match_day on commit drop as
    select w.target, d.day, d.near, w.given, w.family, w.given_sound, w.family_sound
    from pg_temp.match_who w cross join lateral (select unnest(w.days), false union all values ((w.born - interval '1 year')::date, true), ((w.born + interval '1 year')::date, true)) d (day, near)
    where d.day is not null
    union all
    select w.target, d.day, true, w.given, w.family, w.given_sound, w.family_sound
    from pg_temp.match_who w cross join lateral unnest(record.match_other_months(w.born)) d (day);
  -- Either name, to be held against either name.
  create temp table match_part on commit drop as
    select w.target, n.name, w.given, w.family, w.year, w.given_sound, w.family_sound
    from pg_temp.match_who w cross join lateral (select w.given as name union select w.family) n where n.name <> '';
  analyze pg_temp.match_name, pg_temp.match_who, pg_temp.match_day, pg_temp.match_part;
  return query
  with full_day as materialized (
    select p.date_of_birth as day from record.person p where p.date_of_birth is not null group by 1 having count(*) > filler
  ), full_family as materialized (
    select p.family_name as name, extract(year from p.date_of_birth)::integer as year from record.person p group by 1, 2 having count(*) > filler
  ), full_given as materialized (
    select p.given_name as name, extract(year from p.date_of_birth)::integer as year from record.person p group by 1, 2 having count(*) > filler
  ), found (one, other) as (
    -- The same birthday, or day and month changed about, and a name that is alike (record.match_alike); a year or months out, and both are alike.
    select d.target, p.id from pg_temp.match_day d join record.person p on p.date_of_birth = d.day
      join pg_temp.match_name g on g.name = p.given_name join pg_temp.match_name f on f.name = p.family_name
    where case when d.near then (g.sound in (d.given_sound, d.family_sound) or public.similarity(p.given_name, d.given) >= 0.25 or public.similarity(p.given_name, d.family) >= 0.25)
          and (f.sound in (d.given_sound, d.family_sound) or public.similarity(p.family_name, d.given) >= 0.25 or public.similarity(p.family_name, d.family) >= 0.25)
        else (g.sound in (d.given_sound, d.family_sound) or public.similarity(p.given_name, d.given) >= 0.25 or public.similarity(p.given_name, d.family) >= 0.25)
          or (f.sound in (d.given_sound, d.family_sound) or public.similarity(p.family_name, d.given) >= 0.25 or public.similarity(p.family_name, d.family) >= 0.25) end
      and d.day not in (select x.day from full_day x)
    union all
    -- One name the same, in either order, and the other much alike; born in the same year, or not known when.
    select w.target, p.id from pg_temp.match_part w
      join record.person p on p.family_name = w.name and extract(year from p.date_of_birth)::integer = w.year
      join pg_temp.match_name g on g.name = p.given_name
    where (g.sound in (w.given_sound, w.family_sound) or public.similarity(p.given_name, w.given) >= 0.25 or public.similarity(p.given_name, w.family) >= 0.25)
      and not exists (select from full_family x where x.name = w.name and x.year = w.year)
    union all
    select w.target, p.id from pg_temp.match_part w
      join record.person p on p.given_name = w.name and extract(year from p.date_of_birth)::integer = w.year
      join pg_temp.match_name f on f.name = p.family_name
    where (f.sound in (w.given_sound, w.family_sound) or public.similarity(p.family_name, w.given) >= 0.25 or public.similarity(p.family_name, w.family) >= 0.25)
      and not exists (select from full_given x where x.name = w.name and x.year = w.year)
    union all
    select w.target, p.id from pg_temp.match_part w join record.person p on p.family_name = w.name and p.date_of_birth is null
      join pg_temp.match_name g on g.name = p.given_name
    where (g.sound in (w.given_sound, w.family_sound) or public.similarity(p.given_name, w.given) >= 0.25 or public.similarity(p.given_name, w.family) >= 0.25)
      and not exists (select from full_family x where x.name = w.name and x.year is null)
    union all
    select w.target, p.id from pg_temp.match_part w join record.person p on p.given_name = w.name and p.date_of_birth is null
      join pg_temp.match_name f on f.name = p.family_name
    where (f.sound in (w.given_sound, w.family_sound) or public.similarity(p.family_name, w.given) >= 0.25 or public.similarity(p.family_name, w.family) >= 0.25)
      and not exists (select from full_given x where x.name = w.name and x.year is null)
    union all
    select w.target, p.id from pg_temp.match_who w join record.person p
      on p.family_name in (w.given, w.family) and p.given_name in (w.given, w.family)
    where w.born is null and w.given <> '' and w.family <> ''
    union all
    -- The same CHI number.
    select w.target, i.person_id from pg_temp.match_who w join record.identifier i on i.scheme = 'CHI' and i.value = w.chi
    union all
    -- The same postcode at any time, and a name that sounds alike or the same birthday.
    select w.target, p.id from pg_temp.match_who w join record.address a on a.postcode = w.postcode and not a.withheld
      join record.home h on h.address_id = a.id join record.person p on p.id = h.person_id
      join pg_temp.match_name g on g.name = p.given_name join pg_temp.match_name f on f.name = p.family_name
    where g.sound in (w.given_sound, w.family_sound) or f.sound in (w.given_sound, w.family_sound)
      or p.date_of_birth = any (w.days)
  )
  select distinct f.one, f.other from found f
  where not exists (select from record.merge g where g.gone = f.other and g.undone_at is null);
end $$;
revoke all on function record.match_arriving from public;
