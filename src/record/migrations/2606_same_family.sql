-- Two records that may be of one family: which are likely to be, and what was said of them.

create table record.same_family (
  one uuid not null references record.family,
  other uuid not null references record.family,
  why text not null check (length(why) between 1 and 2000),
  decided_by uuid not null references access.account default access.account_id(),
  decided_at timestamptz not null default now(),
  primary key (one, other),
  check (one < other)
);
comment on table record.same_family is 'Pairs that were found to be two families: they are not asked about again';
create index same_family_other on record.same_family (other);
create index same_family_decided_by on record.same_family (decided_by);
alter table record.same_family enable row level security;
alter table record.same_family force row level security;
create policy owner_purpose on record.same_family to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
-- What is said of two families is for those who see both.
create policy seen_for_a_reason on record.same_family to kith_app
  using ((select true from access.my_reason r where r.subject = one and r.scope = 'practice' limit 1)
    and (select true from access.my_reason r where r.subject = other and r.scope = 'practice' limit 1))
  with check ((select true from access.my_reason r where r.subject = one and r.scope = 'practice' limit 1)
    and (select true from access.my_reason r where r.subject = other and r.scope = 'practice' limit 1)
    and decided_by = access.account_id());
grant select, insert on record.same_family to kith_app;

-- Pairs of families that whoever asks sees both of and that have people in common: two, or half of the smaller. A child of parents
-- who live apart may be in two families; half a family is not.
create function record.my_family_pairs(on_day date, most integer) returns table (one uuid, other uuid, shared integer)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'matching', true);
  return query
  with mine as materialized (select distinct r.subject as id from access.my_reason r where r.scope = 'practice'),
  pairs as (
    select a.family_id as near, b.family_id as far, count(distinct a.person_id)::int as both_in
    from mine join record.family_member a on a.family_id = mine.id and a.during @> on_day and (a.kept_to is null or record.sees_any(a.kept_to))
      join record.family_member b on b.person_id = any (array[a.person_id]) and b.family_id > a.family_id and b.during @> on_day
    where b.family_id in (select id from mine)
    group by 1, 2
  )
  select p.near, p.far, p.both_in from pairs p
    cross join lateral (select least(
      (select count(distinct m.person_id) from record.family_member m where m.family_id = p.near and m.during @> on_day),
      (select count(distinct m.person_id) from record.family_member m where m.family_id = p.far and m.during @> on_day)) as fewer) size
  where (p.both_in >= 2 or p.both_in * 2 >= size.fewer)
    and not exists (select from record.same_family s where s.one = p.near and s.other = p.far)
  order by p.both_in desc, p.near, p.far limit least(most, 200);
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Families that may be another record of this one, which whoever asks sees: they have somebody in common, or two people who may
-- be one; or somebody has lived at the same postcode and the names are much alike. Those that they do not see are given without their id, as
-- teams to ask, and only where people may be the same; sealed ones not at all.
create function record.families_like(of_family uuid, most integer)
returns table (family_id uuid, about_family uuid, shared integer, alike integer, same_place boolean, teams text[])
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if not exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice') then return; end if;
  perform set_config('kith.purpose', 'matching', true);
  return query
  with ours as materialized (select distinct m.person_id as id from record.family_member m where m.family_id = of_family
    and (m.kept_to is null or record.sees_any(m.kept_to)) limit 1000),
  in_common as (
    select m.family_id as id, count(distinct ours.id)::int as many from ours join record.family_member m on m.person_id = any (array[ours.id])
    where m.family_id <> of_family group by 1
  ), pairs as (
    select ours.id as mine, s.other as theirs from ours join record.same_person s on s.one = any (array[ours.id]) where s.state in ('waiting', 'not sure')
    union select ours.id, s.one from ours join record.same_person s on s.other = any (array[ours.id]) where s.state in ('waiting', 'not sure')
  ), alike_in as (
    select m.family_id as id, count(distinct pairs.mine)::int as many from pairs join record.family_member m on m.person_id = any (array[pairs.theirs])
    where m.family_id <> of_family and (m.kept_to is null or record.sees_any(m.kept_to)) group by 1
  ), places as (
    select distinct a.postcode from ours join record.home h on h.person_id = any (array[ours.id]) join record.address a on a.id = h.address_id
    where a.postcode is not null and not a.withheld limit 5
  ), near as (
    select distinct m.family_id as id from places join record.address a on a.postcode = places.postcode and not a.withheld
      join record.home h on h.address_id = a.id join record.family_member m on m.person_id = any (array[h.person_id]) and (m.kept_to is null or record.sees_any(m.kept_to))
      join record.family f on f.id = m.family_id, (select name from record.family where id = of_family) own
    where m.family_id <> of_family and public.similarity(lower(f.name), lower(own.name)) >= 0.4
  ), found as (
    select ids.id, coalesce(c.many, 0) as shared, coalesce(l.many, 0) as alike, n.id is not null as same_place,
      exists (select from access.my_reason r where r.subject = ids.id and r.scope = 'practice') as seen
    from (select id from in_common union select id from alike_in union select id from near) ids
      left join in_common c on c.id = ids.id left join alike_in l on l.id = ids.id left join near n on n.id = ids.id
  )
  select case when f.seen then f.id end, f.id, f.shared, f.alike, f.same_place, case when f.seen then '{}' else record.match_teams(f.id) end
  from found f
  where not exists (select from record.same_family s where s.one = least(of_family, f.id) and s.other = greatest(of_family, f.id))
    and not exists (select from record.merge g where g.gone = f.id and g.undone_at is null)
    and (f.seen or (f.shared + f.alike > 0 and not access.is_sealed(f.id)))
  order by f.shared + f.alike desc, f.same_place desc, f.id limit least(most, 50);
  perform set_config('kith.purpose', purpose, true);
end $$;

-- How many pairs wait that whoever asks can decide: both sides of which they see, or, for a records officer, all; 1,000 at most.
create function record.pairs_waiting() returns integer
language plpgsql stable security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  many integer;
begin
  if access.account_id() is null then return 0; end if;
  perform set_config('kith.purpose', 'matching', true);
  if access.has_role('records-officer') then
    select count(*) into many from (select from record.same_person s where s.state = 'waiting'
      and not exists (select from record.merge g where g.gone in (s.one, s.other) and g.undone_at is null)
      and not record.match_restricted(s.one) and not record.match_restricted(s.other) limit 1000) waiting;
  else
    with mine as materialized (select distinct m.person_id as id from access.my_reason r
      join record.family_member m on m.family_id = r.subject and (m.kept_to is null or record.sees_any(m.kept_to)) where r.scope = 'practice')
    select count(*) into many from (select from record.same_person s where s.state = 'waiting'
      and s.one in (select id from mine) and s.other in (select id from mine)
      and not exists (select from record.merge g where g.gone in (s.one, s.other) and g.undone_at is null) limit 1000) waiting;
  end if;
  perform set_config('kith.purpose', purpose, true);
  return many;
end $$;
revoke all on function record.my_family_pairs, record.families_like, record.pairs_waiting from public;
grant execute on function record.my_family_pairs, record.families_like, record.pairs_waiting to kith_app;
