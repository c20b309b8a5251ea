-- Addresses that must not be given to anybody, and what was done about each: withheld, shown, no longer withheld.

create table record.withheld_note (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  home_id uuid not null,
  did text not null check (did in ('withheld', 'shown', 'no longer withheld')),
  why text not null check (length(why) between 1 and 500),
  noted_by uuid not null references access.account,
  noted_at timestamptz not null default now(),
  read_at timestamptz
);
comment on table record.withheld_note is 'Never holds an address: only whose, what was done, by whom and why';
comment on column record.withheld_note.home_id is 'No foreign key: the note outlives a home that is taken out';
comment on column record.withheld_note.read_at is 'An address that is shown is read once';
create index withheld_note_person on record.withheld_note (person_id);
call record.protect_person_table('record.withheld_note');
-- Only the functions below write here.
revoke insert, update on record.withheld_note from kith_app;

-- The area of a family is kept apart while anybody in it lives, or is going to live, at a withheld address: a small locality gives an
-- address away as well. Counted in no area meanwhile; put back when nothing is withheld any more.
create table record.withheld_area (
  family_id uuid primary key references record.family,
  locality text,
  simd_decile smallint
);
alter table record.withheld_area enable row level security;
alter table record.withheld_area force row level security;
create policy owner_purpose on record.withheld_area to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());

-- Keeps the area of these families, or puts it back, as their homes now ask.
create function record.settle_areas(of_families uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'withholding', true);
  with hidden as (
    select distinct m.family_id as id from record.family_member m
      join record.home h on h.person_id = m.person_id and (upper(h.during) is null or upper(h.during) > current_date)
      join record.address a on a.id = h.address_id and a.withheld
     where m.family_id = any (of_families)
  ), kept as (
    insert into record.withheld_area (family_id, locality, simd_decile)
    select f.id, f.locality, f.simd_decile from record.family f where f.id in (select id from hidden) and not f.area_withheld
    on conflict (family_id) do update set locality = excluded.locality, simd_decile = excluded.simd_decile
  )
  update record.family f set area_withheld = true, locality = null, simd_decile = null
   where f.id in (select id from hidden) and not f.area_withheld;
  with seen as (
    delete from record.withheld_area w where w.family_id = any (of_families) and not exists (
      select from record.family_member m
        join record.home h on h.person_id = m.person_id and (upper(h.during) is null or upper(h.during) > current_date)
        join record.address a on a.id = h.address_id and a.withheld
       where m.family_id = w.family_id)
    returning w.*
  )
  update record.family f set area_withheld = false, locality = seen.locality, simd_decile = seen.simd_decile
    from seen where f.id = seen.family_id;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.settle_areas from public;

-- Nothing is written on the day on which the last home at a withheld address ends: each night puts back what waits no longer.
create function record.settle_ended_areas() returns void language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'withholding', true);
  perform record.settle_areas(array(select w.family_id from record.withheld_area w));
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.settle_ended_areas from public;

-- `= any (array[…])` on memberships here and below: see 2100_families.sql.
-- After every statement on homes and on members, whoever makes it: import, merge, demonstration or a page.
create function record.homes_changed() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  families uuid[];
begin
  perform set_config('kith.purpose', 'withholding', true);
  if tg_table_name = 'home' then
    select array_agg(distinct m.family_id) into families from changed c
      join record.address a on a.id = c.address_id and a.withheld
      join record.family_member m on m.person_id = any (array[c.person_id]);
  else
    select array_agg(distinct c.family_id) into families from changed c
      join record.home h on h.person_id = c.person_id
      join record.address a on a.id = h.address_id and a.withheld;
  end if;
  if families is not null then perform record.settle_areas(families); end if;
  perform set_config('kith.purpose', purpose, true);
  return null;
end $$;
revoke all on function record.homes_changed from public;
create trigger home_added after insert on record.home referencing new table as changed
  for each statement execute function record.homes_changed();
create trigger home_changed_to after update on record.home referencing new table as changed
  for each statement execute function record.homes_changed();
create trigger home_changed_from after update on record.home referencing old table as changed
  for each statement execute function record.homes_changed();
create trigger home_gone after delete on record.home referencing old table as changed
  for each statement execute function record.homes_changed();
create trigger member_added after insert on record.family_member referencing new table as changed
  for each statement execute function record.homes_changed();
create trigger member_changed after update on record.family_member referencing new table as changed
  for each statement execute function record.homes_changed();

create index address_uprn on record.address (uprn) where uprn is not null;

-- Addresses that are the same dwelling: the same UPRN, or the same lines and postcode.
create function record.same_dwelling(one record.address, other record.address) returns boolean language sql immutable
  return one.id = other.id or one.uprn = other.uprn
    or (one.postcode = other.postcode and one.lines <> '' and regexp_replace(lower(one.lines), '[^a-z0-9]', '', 'g') = regexp_replace(lower(other.lines), '[^a-z0-9]', '', 'g'));

-- The person whose home this is, when whoever asks sees them; otherwise there is no such home.
create function record.my_home(of_home uuid) returns record.home language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  found record.home;
begin
  perform set_config('kith.purpose', 'withholding', true);
  select h.* into found from record.home h
   where h.id = of_home and exists (select from record.family_member m join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
     where m.person_id = any (array[h.person_id]) and (m.kept_to is null or record.sees_any(m.kept_to)));
  perform set_config('kith.purpose', purpose, true);
  if found.id is null then raise exception 'no reason to see this home' using errcode = 'KT403'; end if;
  return found;
end $$;
revoke all on function record.my_home from public;

-- Withholds the address of a home, for everybody there: the address itself; the same dwelling where somebody still lives; and,
-- for the families of those who live there, whatever they have at that postcode, so that a second spelling does not tell.
create function record.withhold_address(of_home uuid, because text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  mine record.home := record.my_home(of_home);
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  place record.address;
  people uuid[];
  families uuid[];
  places uuid[];
begin
  perform set_config('kith.purpose', 'withholding', true);
  select a.* into place from record.address a where a.id = mine.address_id;
  if place.withheld then
    raise exception 'withheld already' using errcode = '23514', constraint = 'withheld_already';
  end if;
  if (place.postcode is not null and replace(upper(because), ' ', '') like '%' || replace(place.postcode, ' ', '') || '%')
    or (place.lines <> '' and lower(because) like '%' || lower(place.lines) || '%') then
    raise exception 'the reason gives the address away' using errcode = '23514', constraint = 'reason_tells_address';
  end if;
  select array_agg(distinct h.person_id) into people from record.home h where h.address_id = place.id;
  select array_agg(distinct m.family_id) into families from record.family_member m where m.person_id = any (people);
  select array_agg(distinct a.id) into places from record.address a
   where not a.withheld and (a.id = place.id or a.uprn = place.uprn or a.postcode = place.postcode) and (
     record.same_dwelling(place, a) and (a.id = place.id or exists (select from record.home h
       where h.address_id = a.id and (upper(h.during) is null or upper(h.during) > current_date)))
     or a.postcode = place.postcode and exists (select from record.home h join record.family_member m on m.person_id = any (array[h.person_id])
       where h.address_id = a.id and m.family_id = any (families)));
  update record.address set withheld = true, withheld_why = because, withheld_since = now() where id = any (places);
  insert into record.withheld_note (person_id, home_id, did, why, noted_by)
  select h.person_id, h.id, 'withheld', because, access.account_id() from record.home h where h.address_id = any (places);
  select array_agg(distinct h.person_id) into people from record.home h where h.address_id = any (places);
  select array_agg(distinct m.family_id) into families from record.family_member m where m.person_id = any (people);
  perform record.settle_areas(families);
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Withholds homes just written down, where the families of these people have the same place withheld already: whoever types
-- the address again, or moves a brother in, does not undo what was promised. Answers whether it did.
create function record.withhold_if_known(of_homes uuid[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  mine record.home;
  purpose text;
  known record.address;
  did boolean := false;
  each uuid;
begin
  foreach each in array of_homes loop
    mine := record.my_home(each);
    purpose := coalesce(current_setting('kith.purpose', true), '');
    perform set_config('kith.purpose', 'withholding', true);
    known := null;
    select other.* into known from record.family_member me
      join record.family_member them on them.family_id = me.family_id
      join record.home h on h.person_id = them.person_id
      join record.address other on other.id = h.address_id and other.withheld
      join record.address place on place.id = mine.address_id and not place.withheld
     where me.person_id = any (array[mine.person_id])
       and (record.same_dwelling(place, other) or place.postcode = other.postcode and '' in (place.lines, other.lines))
     limit 1;
    if known.id is not null then
      update record.address set withheld = true, withheld_why = known.withheld_why, withheld_since = now() where id = mine.address_id;
      insert into record.withheld_note (person_id, home_id, did, why, noted_by)
      select h.person_id, h.id, 'withheld', known.withheld_why, access.account_id() from record.home h where h.address_id = mine.address_id;
      perform record.settle_areas(array(select m.family_id from record.home h join record.family_member m on m.person_id = any (array[h.person_id])
        where h.address_id = mine.address_id));
      did := true;
    end if;
    perform set_config('kith.purpose', purpose, true);
  end loop;
  return did;
end $$;

-- A correction of a withheld address is withheld as the first one was.
create function record.withhold_like(of_home uuid, earlier_address uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  mine record.home := record.my_home(of_home);
  purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'withholding', true);
  update record.address a set withheld = true, withheld_why = was.withheld_why, withheld_since = was.withheld_since
    from record.address was where a.id = mine.address_id and was.id = earlier_address and was.withheld;
  perform record.settle_areas(array(select m.family_id from record.home h join record.family_member m on m.person_id = any (array[h.person_id])
    where h.address_id = mine.address_id));
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Ends the withholding of an address, for everybody there.
create function record.stop_withholding(of_home uuid, because text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  mine record.home := record.my_home(of_home);
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  place record.address;
  families uuid[];
begin
  perform set_config('kith.purpose', 'withholding', true);
  select a.* into place from record.address a where a.id = mine.address_id;
  if not place.withheld then
    raise exception 'not withheld' using errcode = '23514', constraint = 'not_withheld';
  end if;
  insert into record.withheld_note (person_id, home_id, did, why, noted_by)
  select h.person_id, h.id, 'no longer withheld', because, access.account_id() from record.home h where h.address_id = place.id;
  update record.address set withheld = false, withheld_why = null, withheld_since = null where id = place.id;
  select array_agg(distinct m.family_id) into families from record.home h join record.family_member m on m.person_id = any (array[h.person_id])
   where h.address_id = place.id;
  perform record.settle_areas(families);
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The only way to a withheld address: says why first, which is noted on everybody who lives there; then it can be read once,
-- by the same person, within ten minutes. Answers the note by which it is read.
create function record.show_withheld_address(of_home uuid, because text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  mine record.home := record.my_home(of_home);
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  note uuid := uuidv7();
begin
  perform set_config('kith.purpose', 'withholding', true);
  if not exists (select from record.address a where a.id = mine.address_id and a.withheld) then
    raise exception 'not withheld' using errcode = '23514', constraint = 'not_withheld';
  end if;
  insert into record.withheld_note (id, person_id, home_id, did, why, noted_by)
  select case when h.id = mine.id then note else uuidv7() end, h.person_id, h.id, 'shown', because, access.account_id()
  from record.home h where h.address_id = mine.address_id;
  perform set_config('kith.purpose', purpose, true);
  return note;
end $$;
-- Answers without an address (`open` is false) when it was read already, is too old, or was asked for by somebody else.
create function record.read_withheld_address(of_note uuid)
returns table (person_id uuid, open boolean, lines text, town text, postcode text, uprn text)
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  note record.withheld_note;
  fresh boolean;
begin
  perform set_config('kith.purpose', 'withholding', true);
  select n.* into note from record.withheld_note n
   where n.id = of_note and n.did = 'shown' and exists (select from record.family_member m join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
     where m.person_id = any (array[n.person_id]) and (m.kept_to is null or record.sees_any(m.kept_to)));
  if note.id is not null then
    update record.withheld_note n set read_at = now()
     where n.id = note.id and n.noted_by = access.account_id() and n.read_at is null and n.noted_at > now() - interval '10 minutes';
    fresh := found;
    return query select note.person_id, a.id is not null, coalesce(a.lines, ''), coalesce(a.town, ''), coalesce(a.postcode, ''), coalesce(a.uprn, '')
      from (select 1) one left join record.home h on h.id = note.home_id and fresh
        left join record.address a on a.id = h.address_id and a.withheld;
  end if;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.withhold_address, record.withhold_if_known, record.withhold_like, record.stop_withholding,
  record.show_withheld_address, record.read_withheld_address, record.same_dwelling from public;
grant execute on function record.withhold_address, record.withhold_if_known, record.withhold_like, record.stop_withholding,
  record.show_withheld_address, record.read_withheld_address to kith_app;

-- Where somebody is at school, and who helps them from which clinic or office, give a withheld address away as well. Whoever asks
-- sees that of somebody who lives, or is going to live, at one only for ten minutes after saying why: by the same step, and the same
-- note, as for the address. Runs as whoever asks: a home whose address they cannot see is a withheld one.
-- In plpgsql, which keeps the plan: a function of plain SQL would be planned anew by each statement that asks.
create function record.places_open(of_person uuid) returns boolean language plpgsql stable as $$
begin
  return not exists (select from record.home h where h.person_id = any (array[of_person]) and coalesce(upper(h.during), 'infinity') > current_date
      and not exists (select from record.address a where a.id = any (array[h.address_id])))
    or exists (select from record.withheld_note n where n.person_id = any (array[of_person]) and n.did = 'shown'
      and n.noted_by = access.account_id() and n.noted_at > now() - interval '10 minutes');
end $$;

-- The same for what is written of a whole family: with whom information was shared.
create function record.family_places_open(of_family uuid) returns boolean language plpgsql stable as $$
begin
  return not exists (select from record.family f where f.id = any (array[of_family]) and f.area_withheld)
    or exists (select from record.family_member m join record.withheld_note n on n.person_id = any (array[m.person_id])
      where m.family_id = of_family and n.did = 'shown' and n.noted_by = access.account_id() and n.noted_at > now() - interval '10 minutes');
end $$;
