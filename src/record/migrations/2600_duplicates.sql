-- Two records that may be of one person: finding them, asking somebody, merging so that nothing is lost, and undoing it.
create extension if not exists fuzzystrmatch;

-- A pair that may be one person. `one` sorts before `other`, so that a pair stands once.
create table record.same_person (
  id uuid primary key default uuidv7(),
  one uuid not null references record.person,
  other uuid not null references record.person,
  probability double precision not null check (probability between 0 and 1),
  weight double precision not null,
  explanation jsonb not null default '[]',
  state text not null default 'waiting' check (state in ('waiting', 'not sure', 'same', 'different', 'dropped')),
  found_at timestamptz not null default now(),
  decided_by uuid references access.account,
  decided_at timestamptz,
  why text not null default '' check (length(why) <= 2000),
  version integer not null default 1,
  check (one < other),
  unique (one, other),
  check ((state in ('same', 'different', 'not sure')) <= (decided_at is not null))
);
comment on column record.same_person.explanation is 'What agrees and differs: comparison, level, title (no values), words (with values), weight';
comment on column record.same_person.state is 'dropped: no longer likely since one of the records changed';
create index same_person_other on record.same_person (other);
create index same_person_waiting on record.same_person (weight desc, id desc) where state in ('waiting', 'not sure');

-- Which version of somebody was last compared with the others, so that the nightly job looks only at what changed.
create table record.match_checked (
  person_id uuid primary key references record.person,
  version integer not null,
  checked_at timestamptz not null default now()
);
call record.protect_person_table('record.match_checked');
revoke all on record.match_checked from kith_app;

-- A merge of two people or of two families, with the kept row as it was and as it became.
create table record.merge (
  id uuid primary key default uuidv7(),
  of text not null check (of in ('person', 'family')),
  kept uuid not null,
  gone uuid not null check (gone <> kept),
  pair_id uuid references record.same_person,
  why text not null check (length(why) between 1 and 2000),
  merged_by uuid references access.account,
  merged_at timestamptz not null default now(),
  kept_before jsonb not null,
  kept_after jsonb not null,
  kept_rows jsonb not null default '{}',
  undone_at timestamptz,
  undone_by uuid references access.account,
  undone_why text check (length(undone_why) between 1 and 2000),
  since jsonb not null default '[]'
);
comment on column record.merge.kept_rows is 'Prints of the rows that the kept record had, by table and key: an undo tells from them what was written since';
comment on column record.merge.since is 'What was written, changed or removed between a merge and its undoing, for somebody to look at';
create unique index merge_gone on record.merge (gone) where undone_at is null;
create index merge_kept on record.merge (kept);
create index merge_pair on record.merge (pair_id);

-- Each row that a merge moved, in order. Its rows come from every area, so the application never reads it.
create table record.merge_move (
  id uuid primary key default uuidv7(),
  merge_id uuid not null references record.merge,
  in_table text not null,
  in_column text not null,
  how text not null check (how in ('moved', 'trimmed', 'taken out', 'left', 'added', 'filled')),
  earlier jsonb,
  later jsonb
);
comment on column record.merge_move.how is 'trimmed: changed to fit beside what was there, as a rule its time; taken out: kept here alone; left: stays with the record that is gone; filled: a row that was there took what only this one said';
create index merge_move_merge on record.merge_move (merge_id, id);

alter table record.same_person enable row level security;
alter table record.same_person force row level security;
alter table record.merge enable row level security;
alter table record.merge force row level security;
alter table record.merge_move enable row level security;
alter table record.merge_move force row level security;
create policy owner_purpose on record.same_person to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy owner_purpose on record.merge to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy owner_purpose on record.merge_move to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
-- Which ids are one is no secret to the owner: the audit trail and every reader of old links asks.
create policy ids_only on record.merge for select to kith_owner using (true);
-- What is said of two people is for those who see both.
create policy seen_for_a_reason on record.same_person for select to kith_app
  using ((select true from record.family_member m where m.person_id = any (array[one]) limit 1)
    and (select true from record.family_member m where m.person_id = any (array[other]) limit 1));
create policy decided_for_a_reason on record.same_person for update to kith_app
  using ((select true from record.family_member m where m.person_id = any (array[one]) limit 1)
    and (select true from record.family_member m where m.person_id = any (array[other]) limit 1))
  with check (decided_by = access.account_id());
create policy seen_for_a_reason on record.merge for select to kith_app
  using ((select true from record.family_member m where m.person_id = any (array[kept]) limit 1)
    or (select true from access.my_reason r where r.subject = kept and r.scope = 'practice' limit 1));
grant select on record.same_person to kith_app;
grant update (state, decided_by, decided_at, why, version) on record.same_person to kith_app;
grant select (id, of, kept, gone, pair_id, why, merged_by, merged_at, undone_at, undone_by, undone_why, since) on record.merge to kith_app;

-- A name as it roughly sounds; one that has no Latin sound stands for itself.
create function record.match_sound(name text) returns text language sql immutable strict parallel safe
  return coalesce(nullif(public.dmetaphone(record.fold_name(name)), ''), record.fold_name(name));

-- Whether a name sounds like one of several, or is written much like one.
create function record.match_alike(name text, names text[], sounds text[]) returns boolean language sql stable strict parallel safe
  return record.match_sound(name) = any (sounds) or (select max(public.similarity(name, each)) from unnest(names) each) >= 0.25;

-- The same day of the other months of a year, where there is one.
create function record.match_other_months(born date) returns date[] language sql immutable parallel safe set search_path = '' as $$
  select coalesce(array_agg(day::date), '{}')
  from (select date_trunc('year', born) + make_interval(months => month, days => extract(day from born)::integer - 1) as day from generate_series(0, 11) month) months
  where extract(day from day) = extract(day from born) and day <> born
$$;

-- Blocking: who may be the same as somebody described. Each rule reaches people through an index on a plain column (row-level
-- security lets no other condition use one), narrows them by sound, and is bounded. Called only by the owner for a purpose.
create index person_birth on record.person (date_of_birth);
create index person_family_birth on record.person (family_name, date_of_birth);
create index person_given_birth on record.person (given_name, date_of_birth);
create function record.match_candidates(givens text[], families text[], born date, chis text[], scns text[], postcodes text[], in_families uuid[])
returns setof uuid language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan set jit = off as $$
declare
  names text[] := array_remove(givens || families, '');
  sounds text[];
  given_sounds text[];
  days date[] := array[born];
  near_days date[] := array[(born - interval '1 year')::date, (born + interval '1 year')::date] || record.match_other_months(born);
  year_from date := date_trunc('year', born);
  year_to date := date_trunc('year', born) + interval '1 year - 1 day';
  most constant integer := 150;
begin
  select array_agg(distinct record.match_sound(name)) into sounds from unnest(names) name;
  select array_agg(distinct record.match_sound(name)) into given_sounds from unnest(givens) name where name <> '';
  if extract(day from born) <= 12 then
    days := days || make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int);
  end if;
  return query select distinct found.id from (
    -- The same birthday, or day and month changed about, and a name that is alike.
    (select p.id from record.person p where p.date_of_birth = any (days)
      and (record.match_alike(p.family_name, names, sounds) or record.match_alike(p.given_name, names, sounds)) limit most)
    union all
    -- A year out, or another month, and both names are alike.
    (select p.id from record.person p where p.date_of_birth = any (near_days)
      and record.match_alike(p.family_name, names, sounds) and record.match_alike(p.given_name, names, sounds) limit most)
    union all
    -- One name the same, in either order, and the other much alike; born in the same year, or not known when.
    (select p.id from record.person p where p.family_name = any (names) and p.date_of_birth between year_from and year_to
      and record.match_alike(p.given_name, names, sounds) limit most)
    union all
    (select p.id from record.person p where p.given_name = any (names) and p.date_of_birth between year_from and year_to
      and record.match_alike(p.family_name, names, sounds) limit most)
    union all
    (select p.id from record.person p where p.family_name = any (names) and p.date_of_birth is null
      and record.match_alike(p.given_name, names, sounds) limit most)
    union all
    (select p.id from record.person p where p.given_name = any (names) and p.date_of_birth is null
      and record.match_alike(p.family_name, names, sounds) limit most)
    union all
    (select p.id from record.person p where born is null and p.family_name = any (names) and p.given_name = any (names) limit most)
    union all
    -- The same CHI number or Scottish Candidate Number.
    (select i.person_id from record.identifier i where i.scheme = 'CHI' and i.value = any (chis) limit most)
    union all
    (select i.person_id from record.identifier i where i.scheme = 'SCN' and i.value = any (scns) limit most)
    union all
    -- The same postcode at any time, and a name that sounds alike or the same birthday.
    (select p.id from record.address a join record.home h on h.address_id = a.id join record.person p on p.id = h.person_id
      where a.postcode = any (postcodes) and not a.withheld
        and (record.match_sound(p.family_name) = any (sounds) or record.match_sound(p.given_name) = any (sounds) or p.date_of_birth = any (days)) limit most)
    union all
    -- The same family.
    (select p.id from record.family_member m join record.person p on p.id = m.person_id where m.family_id = any (in_families)
      and (record.match_sound(p.given_name) = any (given_sounds) or p.date_of_birth = any (days)) limit most)
  ) found
  where not exists (select from record.merge g where g.gone = found.id and g.undone_at is null);
end $$;

-- What is compared of people: each caller gets what it may see.
create function record.match_facts(ids uuid[]) returns table (id uuid, facts jsonb)
language sql stable set search_path = '' as $$
  select p.id, jsonb_build_object(
    'id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'born', p.date_of_birth, 'birthKnown', p.birth_known,
    'sex', p.sex,
    'otherNames', (select coalesce(jsonb_agg(jsonb_build_object('givenName', n.given_name, 'familyName', n.family_name)), '[]')
      from (select * from record.person_name n where n.person_id = p.id limit 8) n),
    'chi', (select coalesce(jsonb_agg(i.value), '[]') from record.identifier i where i.person_id = p.id and i.scheme = 'CHI'),
    'scn', (select coalesce(jsonb_agg(i.value), '[]') from record.identifier i where i.person_id = p.id and i.scheme = 'SCN'),
    -- Nothing of an address that is not to be disclosed: an explanation must not give it away.
    'postcodes', (select coalesce(jsonb_agg(distinct a.postcode), '[]') from record.home h join record.address a on a.id = h.address_id
      where h.person_id = p.id and a.postcode is not null and not a.withheld),
    'families', (select coalesce(jsonb_agg(distinct m.family_id), '[]') from record.family_member m where m.person_id = any (array[p.id])),
    'relatives', (select coalesce(jsonb_agg(distinct r.person_id), '[]') from record.family_member m
      join record.family_member r on r.family_id = m.family_id and r.person_id <> p.id where m.person_id = any (array[p.id])),
    'parents', (select coalesce(jsonb_agg(distinct q.given_name || ' ' || q.family_name), '[]') from record.family_member m
      join record.family_member r on r.family_id = m.family_id and r.person_id <> p.id and r.part = 'parent or carer'
      join record.person q on q.id = r.person_id where m.person_id = any (array[p.id])),
    'part', (select m.part from record.family_member m where m.person_id = any (array[p.id]) order by m.during desc limit 1))
  from record.person p where p.id = any (ids)
$$;

-- The pairs to compare for a batch of people; those who were found to be different people are never compared again.
create function record.match_pairs(ids uuid[]) returns table (one uuid, other uuid)
language sql stable set search_path = '' as $$
  select distinct least(f.id, c.id), greatest(f.id, c.id)
  from record.match_facts(ids) f
  cross join lateral (select array(select jsonb_array_elements(f.facts -> 'otherNames') ->> 'givenName') as givens,
    array(select jsonb_array_elements(f.facts -> 'otherNames') ->> 'familyName') as families) names
  cross join lateral record.match_candidates(
    (f.facts ->> 'givenName') || names.givens, (f.facts ->> 'familyName') || names.families, (f.facts ->> 'born')::date,
    array(select jsonb_array_elements_text(f.facts -> 'chi')), array(select jsonb_array_elements_text(f.facts -> 'scn')),
    array(select jsonb_array_elements_text(f.facts -> 'postcodes')), array(select jsonb_array_elements_text(f.facts -> 'families'))::uuid[]) c (id)
  where c.id <> f.id
    and not exists (select from record.same_person s where s.one = least(f.id, c.id) and s.other = greatest(f.id, c.id) and s.state in ('different', 'same'))
    and not exists (select from record.merge g where g.gone = f.id and g.undone_at is null)
$$;
revoke all on function record.match_alike, record.match_candidates, record.match_facts, record.match_pairs from public;
grant execute on function record.match_facts to kith_app;

-- Everybody who is to be compared: new, changed, or with a name, number or home noted since they were last compared.
create function record.match_due() returns setof uuid language sql stable set search_path = '' as $$
  select p.id from record.person p left join record.match_checked c on c.person_id = p.id
   where (c.person_id is null or c.version <> p.version)
     and not exists (select from record.merge g where g.gone = p.id and g.undone_at is null)
  union
  select n.person_id from (
    select person_id, noted_at from record.person_name union all select person_id, noted_at from record.identifier
    union all select person_id, noted_at from record.home) n
  join record.match_checked c on c.person_id = n.person_id where n.noted_at > c.checked_at
$$;
revoke all on function record.match_due from public;

-- The teams that work with a family now.
create function record.match_teams(of_family uuid) returns text[] language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(array_agg(distinct t.name order by t.name), '{}')
    from access.reason r
    left join access.holding h on h.account_id = r.holder and h.during @> now()
    join access.post p on p.id in (r.holder, h.post_id)
    join access.team t on t.id = p.team_id
    where r.subject = of_family and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now()));
end $$;
create function record.match_sees(of_person uuid) returns boolean language sql stable set search_path = '' as $$
  select exists (select from record.family_member m join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
    where m.person_id = any (array[of_person]) and (m.kept_to is null or record.sees_any(m.kept_to)))
$$;
-- A family somebody is in: one that the asker sees rather than another, the newest first.
create function record.match_family(of_person uuid) returns uuid language sql stable set search_path = '' as $$
  select case when m.kept_to is null or record.sees_any(m.kept_to) then m.family_id else m.kept_to[1] end
  from record.family_member m where m.person_id = any (array[of_person])
  order by exists (select from access.my_reason r where r.subject = m.family_id and r.scope = 'practice') desc, m.during desc, m.family_id limit 1
$$;
-- A sealed record is not found by those who do not see it.
create function record.match_sealed(of_person uuid) returns boolean language plpgsql stable set search_path = '' as $$
begin
  return exists (select from record.family_member m where m.person_id = any (array[of_person])
    and (access.is_sealed(m.family_id) or exists (select from unnest(m.kept_to) f where access.is_sealed(f))));
end $$;
-- A restricted one is opened only by people named one by one.
create function record.match_restricted(of_person uuid) returns boolean language plpgsql stable set search_path = '' as $$
begin
  return access.is_restricted(of_person)
    or exists (select from record.family_member m where m.person_id = any (array[of_person])
      and (m.kept_to is not null or access.is_restricted(m.family_id)));
end $$;
revoke all on function record.match_sealed, record.match_restricted from public;
revoke all on function record.match_teams, record.match_sees, record.match_family from public;
