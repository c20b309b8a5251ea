-- Records kept to people named one by one, and the people whom such a record keeps wherever else they are.

-- Somebody whom a restricted family keeps is seen only by those who see that family: in their other families too, on no page, in
-- no list, no drawing and no search. What is on each membership (2000) is made from these rows.
create table record.kept_person (
  seal_id uuid not null references access.seal,
  person_id uuid not null references record.person,
  primary key (seal_id, person_id)
);
comment on table record.kept_person is 'The people whom a restricted family keeps wherever else they are, while its seal lasts';
create index kept_person_person on record.kept_person (person_id);
alter table record.kept_person enable row level security;
alter table record.kept_person force row level security;
create policy owner_all on record.kept_person to kith_owner using (true) with check (true);

create function record.settle_kept(people uuid[]) returns void language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'withholding', true);
  update record.family_member m set kept_to = them.families
    from (select each.id, (select array_agg(distinct s.subject order by s.subject) from record.kept_person k
        join access.seal s on s.id = k.seal_id and s.ended_at is null where k.person_id = each.id) as families
      from (select distinct unnest(people) as id) each) them
   where m.person_id = any (array[them.id]) and m.kept_to is distinct from them.families;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Whoever joins a record that keeps its people is kept with them; whoever is kept already is kept in the family they join.
create function record.members_kept() returns trigger language plpgsql security definer set search_path = '' as $$
declare them uuid[];
begin
  if not exists (select from access.seal s where s.ended_at is null) then return null; end if;
  insert into record.kept_person (seal_id, person_id)
  select distinct s.id, j.person_id from joined j join access.seal s on s.subject = j.family_id and s.ended_at is null
   where s.level = 'sealed' or exists (select from record.kept_person k where k.seal_id = s.id)
  on conflict do nothing;
  them := array(select distinct j.person_id from joined j join record.kept_person k on k.person_id = j.person_id);
  if cardinality(them) > 0 then perform record.settle_kept(them); end if;
  return null;
end $$;
create trigger members_kept after insert on record.family_member referencing new table as joined
  for each statement execute function record.members_kept();

-- Restricts or seals a record: from now on only these people see it. Reasons of everybody else, and of every post, end. `people` are
-- those of the family who are kept with it wherever else they are; a sealed record keeps everybody.
create function access.set_seal(of_subject uuid, as_level text, words text, named uuid[], people uuid[] default '{}') returns void
language plpgsql security definer set search_path = '' as $$
declare
  whom uuid;
  made uuid;
  them uuid[] := array(select distinct m.person_id from record.family_member m
    where m.family_id = of_subject and (as_level = 'sealed' or m.person_id = any (people)));
  before_them uuid[] := array(select k.person_id from record.kept_person k join access.seal s on s.id = k.seal_id
    where s.subject = of_subject and s.ended_at is null);
begin
  perform record.hold_family(of_subject);
  if not access.has_role('senior-manager') or not exists (
      select from access.my_reason r where r.subject = of_subject and r.scope = 'practice' and r.kind not in ('asked', 'cover')) then
    raise exception 'not yours to restrict' using errcode = 'KT403';
  end if;
  if not exists (select from unnest(named) n join access.account a on a.id = n and a.left_at is null where record.is_here(n)) then
    raise exception 'nobody would be left' using errcode = '23514', constraint = 'somebody_stays';
  end if;
  update access.seal set ended_at = now(), ended_by = access.account_id(), ended_why = words where subject = of_subject and ended_at is null;
  insert into access.seal (subject, level, why, set_by) values (of_subject, as_level, words, access.account_id()) returning id into made;
  insert into record.kept_person (seal_id, person_id) select made, id from unnest(them) id;
  perform record.settle_kept(them || before_them);
  insert into access.reason (subject, holder, kind, scope, given_by)
  select of_subject, a.id, 'allocated', 'practice', access.account_id() from unnest(named) n join access.account a on a.id = n and a.left_at is null
   where record.is_here(a.id) and not exists (select from access.reason r where r.subject = of_subject and r.holder = a.id and record.works_with(r.kind)
     and r.since <= now() and (r.until is null or r.until > now()))
  on conflict do nothing;
  for whom in
    update access.reason r set until = greatest(clock_timestamp(), r.since + interval '1 microsecond')
     where r.subject = of_subject and (r.until is null or r.until > clock_timestamp())
       and (not r.holder = any (named) or r.kind in ('team', 'manages', 'cover') or exists (select from access.post p where p.id = r.holder))
    returning r.holder
  loop
    if not whom = any (named) then
      perform platform.tell(whom, 'A record that you could see is now kept to people named one by one. You no longer see it.', '/families', array[of_subject]);
    end if;
  end loop;
  foreach whom in array named loop
    perform platform.tell(whom, 'This record is now kept to people named one by one, and you are one of them.', '/families/' || of_subject, array[of_subject]);
  end loop;
end $$;

-- Live seals, for senior managers of the organisation that set them: not whose record it is, unless they see it anyway.
create function access.seals() returns table (id uuid, subject uuid, level text, why text, set_by text, set_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.subject, s.level, s.why, a.name, s.set_at from access.seal s join access.account a on a.id = s.set_by
   where s.ended_at is null and access.has_role('senior-manager') and exists (
     select from unnest(access.holders()) mine where record.organisations_of(mine) && record.organisations_of(s.set_by))
   order by s.set_at desc limit 200
$$;

create function access.lift_seal(of_seal uuid, words text) returns uuid language plpgsql security definer set search_path = '' as $$
declare ending access.seal;
begin
  if not exists (select from access.seals() s where s.id = of_seal) then
    if exists (select from access.seal s where s.id = of_seal and s.ended_at is not null) and access.has_role('senior-manager') then
      raise exception 'ended already' using errcode = '23514', constraint = 'ended_already';
    end if;
    raise exception 'not yours to lift' using errcode = 'KT403';
  end if;
  update access.seal set ended_at = now(), ended_by = access.account_id(), ended_why = words where id = of_seal returning * into ending;
  perform record.settle_kept(array(select k.person_id from record.kept_person k where k.seal_id = of_seal));
  return ending.subject;
end $$;

-- The people of a family, which of them are in another family too, and which are kept with it now. For those who see the family.
create function record.people_to_keep(of_family uuid)
returns table (person_id uuid, elsewhere boolean, kept boolean) language sql stable security definer set search_path = '' as $$
  select distinct m.person_id,
    exists (select from record.family_member o where o.person_id = any (array[m.person_id]) and o.family_id <> of_family),
    exists (select from record.kept_person k join access.seal s on s.id = k.seal_id
      where k.person_id = m.person_id and s.subject = of_family and s.ended_at is null)
    from record.family_member m
   where m.family_id = of_family and (m.kept_to is null or record.sees_any(m.kept_to)) and exists (
     select from access.my_reason r where r.subject = of_family and r.scope = 'practice')
$$;

-- How many people of a family whoever sees it is not shown, because a restricted family keeps them, and who restricted those; a
-- sealed one is not told of.
create function record.kept_back(of_family uuid)
returns table (people integer, ask text[]) language sql stable security definer set search_path = '' as $$
  select count(distinct m.person_id)::integer, array_agg(distinct a.name order by a.name)
    from record.family_member m
    join access.seal s on s.subject = any (m.kept_to) and s.ended_at is null join access.account a on a.id = s.set_by
   where m.family_id = of_family and m.during @> current_date and not record.sees_any(m.kept_to)
     and not exists (select from unnest(m.kept_to) f where access.is_sealed(f))
     and exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice')
  having count(*) > 0
$$;

-- Reasons of the record's own kinds are given by the functions of 2700 to 2720, which ask who is in charge; a stand-in or somebody with
-- access for a time can still ask a practice to decide.
create or replace function access.give_reason(to_subject uuid, to_holder uuid, of_kind text, record uuid default null, ends timestamptz default null)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from access.my_reason r where r.subject = to_subject and r.scope = 'practice')
    or (record.works_with(of_kind) and not record.in_charge(to_subject)) or of_kind in ('manages', 'cover', 'asked', 'urgent') then
    raise exception 'no reason to share this record' using errcode = 'KT403';
  end if;
  insert into access.reason (subject, holder, kind, scope, about_record, until, given_by)
  select to_subject, to_holder, k.id, k.scope, give_reason.record, ends, access.account_id() from access.reason_kind k where k.id = of_kind
  on conflict do nothing;
end $$;

-- Ends what a practice gave. The record's own kinds end by handing over and leaving, of which both people are told; those are never
-- tied to a record of a practice, and cover, questions and urgent access are tied to theirs here.
alter function access.end_reason(uuid, text, uuid, timestamptz) rename to end_any_reason;
revoke execute on function access.end_any_reason from kith_app;
create function access.end_reason(of_subject uuid, of_kind text, record uuid, at timestamptz default now())
returns integer language plpgsql security definer set search_path = '' as $$
begin
  if record.works_with(of_kind) or of_kind in ('manages', 'cover', 'asked', 'urgent') then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  return access.end_any_reason(of_subject, of_kind, end_reason.record, at);
end $$;

-- A sealed person is not in any search, not even as "a record exists", but for those who see them.
drop function record.is_sealed(uuid);
create function record.is_sealed(of_person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from record.family_member m where m.person_id = any (array[of_person])
      and (access.is_sealed(m.family_id) or exists (select from unnest(m.kept_to) f where access.is_sealed(f))))
    and not exists (select from record.family_member m join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
      where m.person_id = any (array[of_person]) and (m.kept_to is null or record.sees_any(m.kept_to)))
$$;

-- As in 2100, but that it tells of no sealed record, and of somebody whom a restricted family keeps only by that family.
create or replace function record.may_exist(wanted_name text, at_postcode text, chi text[])
returns table (family_id uuid, teams text[])
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  with same as (
    select f.id from record.address a
        join record.home h on h.address_id = a.id
        join record.family_member m on m.person_id = any (array[h.person_id]) and (m.kept_to is null or m.family_id = any (m.kept_to))
        join record.family f on f.id = m.family_id
     where a.postcode = at_postcode and not a.withheld and public.similarity(lower(f.name), lower(wanted_name)) >= 0.35
    union
    select unnest(coalesce(m.kept_to, array[m.family_id])) from record.identifier i
        join record.family_member m on m.person_id = any (array[i.person_id])
     where i.scheme = 'CHI' and i.value = any (chi)
  )
  select s.id, coalesce((
    select array_agg(distinct t.name order by t.name) from access.reason r join access.team t on t.id = any (record.teams_of(r.holder))
    where r.subject = s.id and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())), '{}')
  from same s
  where access.account_id() is not null and not access.is_sealed(s.id)
    and s.id not in (select mine.subject from access.my_reason mine where mine.scope = 'practice')
  order by s.id limit 5;
  perform set_config('kith.purpose', purpose, true);
end $$;

revoke all on function access.end_reason, access.end_any_reason, access.set_seal, access.seals, access.lift_seal, record.people_to_keep,
  record.kept_back, record.is_sealed, record.may_exist, record.settle_kept, record.members_kept from public;
grant execute on function access.end_reason, access.set_seal, access.seals, access.lift_seal, record.people_to_keep, record.kept_back,
  record.is_sealed, record.may_exist to kith_app;
