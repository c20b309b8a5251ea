-- Who is shown which pairs, and how much of them: each function checks for itself what whoever asks may see.

-- People who may be the one somebody is about to add. Whoever asks is given the people they see; of the others only those that
-- agree closely, as a team to ask, and the family so that the audit trail can say whom the question was about.
create function record.people_like(givens text[], families text[], born date, chi text, postcode text)
returns table (family_id uuid, person_id uuid, teams text[])
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if access.account_id() is null then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  return query
  with found as (
    select p.*, record.match_sees(p.id) as seen,
      exists (select from record.identifier i where i.person_id = p.id and i.scheme = 'CHI' and i.value = chi) as same_chi
    from record.match_candidates(givens, families, born, array_remove(array[chi], null), '{}', array_remove(array[postcode], null), '{}') c (id)
    join record.person p on p.id = c.id
  ), close as (
    select f.id, f.seen from found f where f.seen
      or f.same_chi
      or (f.date_of_birth = born and record.match_sound(f.given_name) = record.match_sound(givens[1])
        and record.match_sound(f.family_name) = record.match_sound(families[1]))
    order by f.seen desc, f.id limit 60
  )
  select record.match_family(c.id), case when c.seen then c.id end,
    case when c.seen then '{}' else record.match_teams(record.match_family(c.id)) end
  from close c where record.match_family(c.id) is not null and (c.seen or not record.match_sealed(c.id));
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Pairs in which whoever asks sees a side, likeliest first. What agrees is told only to those who see both, since it tells
-- of both; of the side they may not see, not even its id.
create function record.my_pairs(after_weight double precision, after_id uuid, most integer)
returns table (pair uuid, families uuid[], one uuid, other uuid, probability double precision, weight double precision,
  titles text[], state text, found_at timestamptz, teams text[])
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'matching', true);
  return query
  with mine as materialized (select distinct m.person_id from access.my_reason r
      join record.family_member m on m.family_id = r.subject where r.scope = 'practice'
        and (m.kept_to is null or record.sees_any(m.kept_to))),
  pairs as (
    select s.id from mine join record.same_person s on s.one = mine.person_id where s.state in ('waiting', 'not sure')
    union select s.id from mine join record.same_person s on s.other = mine.person_id where s.state in ('waiting', 'not sure')
  ), page as (
    select s.* from pairs join record.same_person s on s.id = pairs.id
    where (after_id is null or (s.weight, s.id) < (after_weight, after_id))
      and not exists (select from record.merge g where g.gone in (s.one, s.other) and g.undone_at is null)
    order by s.weight desc, s.id desc limit least(most, 200)
  ), sides as (
    select p.*, p.one in (select person_id from mine) as sees_one, p.other in (select person_id from mine) as sees_other from page p
  )
  select s.id, array_remove(array[case when s.sees_one then record.match_family(s.one) end, case when s.sees_other then record.match_family(s.other) end], null),
    case when s.sees_one then s.one end, case when s.sees_other then s.other end, s.probability, s.weight,
    case when s.sees_one and s.sees_other then array(select e ->> 'title' from jsonb_array_elements(s.explanation) e order by abs((e ->> 'weight')::float8) desc) else '{}' end,
    s.state, s.found_at, case when s.sees_one and s.sees_other then '{}' else record.match_teams(record.match_family(case when s.sees_one then s.other else s.one end)) end
  from sides s
  where (s.sees_one or not record.match_sealed(s.one)) and (s.sees_other or not record.match_sealed(s.other))
  order by s.weight desc, s.id desc;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Every pair that waits, for records officers: what agrees and what differs, and nothing of who they are.
create function record.all_pairs(only_pair uuid, after_weight double precision, after_id uuid, most integer)
returns table (pair uuid, probability double precision, weight double precision, titles text[], state text, found_at timestamptz, opened boolean)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if not access.has_role('records-officer') then return; end if;
  perform set_config('kith.purpose', 'matching', true);
  return query
  select s.id, s.probability, s.weight, array(select e ->> 'title' from jsonb_array_elements(s.explanation) e order by abs((e ->> 'weight')::float8) desc), s.state, s.found_at,
    record.match_sees(s.one) and record.match_sees(s.other)
  from record.same_person s
  where s.state in ('waiting', 'not sure') and (only_pair is null or s.id = only_pair) and not record.match_restricted(s.one) and not record.match_restricted(s.other)
    and (after_id is null or (s.weight, s.id) < (after_weight, after_id))
    and not exists (select from record.merge g where g.gone in (s.one, s.other) and g.undone_at is null)
  order by s.weight desc, s.id desc limit least(most, 200);
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The two sides of a pair, for somebody who sees one of them at least.
create function record.pair_sides(of_pair uuid)
returns table (side integer, family_id uuid, person_id uuid, teams text[], probability double precision, weight double precision,
  explanation jsonb, state text, version integer)
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  pair record.same_person;
  sees boolean[];
begin
  perform set_config('kith.purpose', 'matching', true);
  select * into pair from record.same_person s where s.id = of_pair
    and not exists (select from record.merge g where g.gone in (s.one, s.other) and g.undone_at is null);
  sees := array[record.match_sees(pair.one), record.match_sees(pair.other)];
  if pair.id is not null and (sees[1] or sees[2]) and (sees[1] or not record.match_sealed(pair.one)) and (sees[2] or not record.match_sealed(pair.other)) then
    return query
    select n, record.match_family(case when sees[n] then ids[n] else ids[3 - n] end), case when sees[n] then ids[n] end,
      case when sees[n] then '{}' else record.match_teams(record.match_family(ids[n])) end, pair.probability, pair.weight,
      -- Even what agrees would tell of the other side: a birthday, a number, a postcode.
      case when sees[1] and sees[2] then pair.explanation else '[]' end,
      pair.state, pair.version
    from generate_series(1, 2) n, (select array[pair.one, pair.other] as ids) them;
  end if;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.people_like, record.my_pairs, record.all_pairs, record.pair_sides from public;
grant execute on function record.people_like, record.my_pairs, record.all_pairs, record.pair_sides to kith_app;

-- A records officer looks at families for a day: a reason of their own for each, which ends by itself and stands in their trail.
create function record.look_for_a_day(families uuid[], for_record uuid) returns void
language plpgsql set search_path = '' as $$
begin
  insert into access.reason (subject, holder, kind, scope, about_record, until, given_by)
  select f, access.account_id(), k.id, k.scope, for_record, now() + interval '1 day', access.account_id()
  from unnest(families) f join access.reason_kind k on k.id = 'same-person'
  where not exists (select from access.reason r where r.subject = f and r.holder = access.account_id() and r.kind = k.id and r.until > now() + interval '1 hour');
end $$;
revoke all on function record.look_for_a_day from public;

-- Opens a pair of people, or what a merge kept, to a records officer: a family of each. Gives the families. Never a restricted record:
-- it is for people named one by one, and is not merged with others.
create function record.look_at_pair(of_pair uuid) returns uuid[]
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  ids uuid[];
  families uuid[];
begin
  if access.account_id() is null or not access.has_role('records-officer') then
    raise exception 'only records officers look at records to compare them' using errcode = 'KT403';
  end if;
  perform set_config('kith.purpose', 'matching', true);
  select array[s.one, s.other] into ids from record.same_person s where s.id = of_pair and s.state in ('waiting', 'not sure');
  if ids is null then
    select array[m.kept] into ids from record.merge m where m.id = of_pair and m.of = 'person';
    select array[m.kept] into families from record.merge m where m.id = of_pair and m.of = 'family';
  end if;
  if exists (select from unnest(ids) id where record.match_restricted(id)) then ids := '{}'; end if;
  families := coalesce(families, array(select distinct f from unnest(ids) id, record.match_family(id) f where f is not null));
  if families = '{}' or exists (select from unnest(families) f where access.is_restricted(f)) then
    raise exception 'no such pair' using errcode = 'KT403';
  end if;
  perform record.look_for_a_day(families, of_pair);
  perform set_config('kith.purpose', purpose, true);
  return families;
end $$;
revoke all on function record.look_at_pair from public;
grant execute on function record.look_at_pair to kith_app;

-- Every id under which somebody (or a family) is known: their own, and those of records merged into it, however deep. Whoever
-- asks about an id that is gone is told that id alone. The audit trail is read with it.
create function record.ids_of(of_person uuid) returns uuid[]
language sql stable security definer set search_path = '' as $$
  with recursive one_of (id) as (
    select of_person union select g.gone from one_of join record.merge g on g.kept = one_of.id and g.undone_at is null
  ) select array_agg(id) from one_of
$$;
-- The id under which somebody is known now, for old links: null unless whoever asks may see them there.
create function record.now_known_as(of_person uuid) returns uuid
language sql stable security definer set search_path = '' as $$
  with recursive way (id, step) as (
    select of_person, 0 union all select g.kept, way.step + 1 from way join record.merge g on g.gone = way.id and g.undone_at is null where way.step < 50
  ) select id from way where record.match_sees(id)
    or exists (select from access.my_reason r where r.subject = id and r.scope = 'practice') order by step desc limit 1
$$;
-- The same for functions that ask themselves what may be seen.
create function record.kept_id(of_record uuid) returns uuid
language sql stable set search_path = '' as $$
  with recursive way (id, step) as (
    select of_record, 0 union all select g.kept, way.step + 1 from way join record.merge g on g.gone = way.id and g.undone_at is null where way.step < 50
  ) select id from way order by step desc limit 1
$$;
revoke all on function record.kept_id from public;
revoke all on function record.ids_of, record.now_known_as from public;
grant execute on function record.ids_of, record.now_known_as to kith_app;
