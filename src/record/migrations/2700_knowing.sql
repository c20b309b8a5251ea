-- Who may know, and why: who works with a family, handing over, and cover for leave.
-- A reason that ends here ends at clock_timestamp() and not at now(), the beginning of this transaction: the event that is
-- about to be written still names it.

-- A restricted record is seen only by people named one by one; a sealed one is not found by anybody else either.
create table access.seal (
  id uuid primary key default uuidv7(),
  subject uuid not null,
  level text not null check (level in ('restricted', 'sealed')),
  why text not null check (length(why) between 1 and 2000),
  set_by uuid not null references access.account,
  set_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references access.account,
  ended_why text check (length(ended_why) <= 2000),
  check ((ended_at is null) = (ended_by is null))
);
comment on table access.seal is 'Records kept to people named one by one: families of staff, witness safety, adoption';
create unique index seal_once on access.seal (subject) where ended_at is null;
create index seal_set_by on access.seal (set_by);
create index seal_ended_by on access.seal (ended_by);
alter table access.seal enable row level security;
alter table access.seal force row level security;
create policy owner_all on access.seal to kith_owner using (true) with check (true);
create policy own_subjects on access.seal for select to kith_app
  using ((select true from access.my_reason r where r.subject = seal.subject and r.scope = 'practice' limit 1));
grant select on access.seal to kith_app;

create function access.is_restricted(of_subject uuid) returns boolean language sql stable
  return exists (select from access.seal s where s.subject = of_subject and s.ended_at is null);
create function access.is_sealed(of_subject uuid) returns boolean language sql stable
  return exists (select from access.seal s where s.subject = of_subject and s.ended_at is null and s.level = 'sealed');

-- However a reason comes to be written, a restricted record has none that is held by a post, a team or a stand-in.
create function access.only_named() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if access.is_restricted(new.subject)
    and (new.kind in ('team', 'manages', 'cover') or exists (select from access.post p where p.id = new.holder)) then
    raise exception 'this record is for people named one by one' using errcode = 'KT403', constraint = 'restricted_record';
  end if;
  -- Merging would let the people of an open record into a restricted one, or take its seal away: it is lifted first.
  if tg_op = 'UPDATE' and access.is_restricted(new.subject) <> access.is_restricted(old.subject) then
    raise exception 'a restricted record is not joined with another' using errcode = 'KT403', constraint = 'restricted_record';
  end if;
  return new;
end $$;
create trigger only_named before insert or update of subject, holder, kind on access.reason for each row execute function access.only_named();

-- The kinds under which somebody works with a family. Somebody who is here must always hold one of them.
create function record.works_with(kind text) returns boolean language sql immutable parallel safe
  return kind in ('allocated', 'lead-professional', 'named-person', 'co-worker', 'team');
-- One lead professional at a time.
create unique index reason_one_lead on access.reason (subject) where kind = 'lead-professional' and until is null;

-- Whether somebody who has not left holds this account or post now, and is none of those for whom a reason of it does not count.
create function record.is_here(of_holder uuid, not_for uuid[] default null) returns boolean language sql stable
  return exists (select from access.holding h join access.account a on a.id = h.account_id and a.left_at is null
      where h.account_id = of_holder and h.during @> now())
    or exists (select from access.holding h join access.account a on a.id = h.account_id and a.left_at is null
      where h.post_id = of_holder and h.during @> now() and (not_for is null or h.account_id <> all (not_for)));

-- Found without looking at what has ended: is_held, and the families that nobody works with (2710).
create index reason_open on access.reason (subject) where record.works_with(kind) and until is null;
create index reason_left on access.reason (subject) where not_for is not null;
create function record.is_held(of_family uuid) returns boolean language sql stable
  return exists (select from access.reason r where r.subject = of_family and record.works_with(r.kind) and r.since <= now()
    and (r.until is null or r.until > clock_timestamp()) and record.is_here(r.holder, r.not_for));

-- Whether whoever asks may say who works with a family: they do themselves, or manage those who do. Somebody who stands in,
-- was given access for a time or decides on a request may not.
create function record.in_charge(of_family uuid) returns boolean language sql stable
  return exists (select from access.my_reason r where r.subject = of_family and (record.works_with(r.kind) or r.kind = 'manages'));

-- The teams of a post, or of somebody: where they hold a post now, or held the last one.
create function record.teams_of(of_holder uuid) returns uuid[] language sql stable as $$
  select case when exists (select from access.post p where p.id = of_holder)
    then array(select p.team_id from access.post p where p.id = of_holder)
    else array(
      select distinct p.team_id from access.holding h join access.post p on p.id = h.post_id
      where h.account_id = of_holder and case
        when exists (select from access.holding o where o.account_id = of_holder and o.during @> now()) then h.during @> now()
        else upper(h.during) = (select max(upper(o.during)) from access.holding o where o.account_id = of_holder and upper(o.during) <= now()) end)
    end
$$;

create function record.organisations_of(of_holder uuid) returns uuid[] language sql stable
  return array(select distinct t.organisation_id from access.team t where t.id = any (record.teams_of(of_holder)));

-- The posts of those who manage these: the managers of their teams; where there is none but themselves, the senior managers.
create function record.manager_posts(of_holders uuid[]) returns uuid[] language sql stable as $$
  with team as (select distinct unnest(record.teams_of(h)) as id from unnest(of_holders) h),
  near as (
    select p.id from access.post p join team on team.id = p.team_id
    where p.role_id = 'team-manager' and exists (
      select from access.holding h join access.account a on a.id = h.account_id and a.left_at is null
      where h.post_id = p.id and h.during @> now() and not h.account_id = any (of_holders)))
  select case when exists (select from near) then array(select id from near)
    else array(select p.id from access.post p join access.team t on t.id = p.team_id
      where p.role_id = 'senior-manager' and t.organisation_id in (
        select its.organisation_id from access.team its join team on team.id = its.id)) end
$$;

-- Whether whoever asks manages somebody: their team, or as a senior manager their organisation.
create function record.manages_worker(of_account uuid) returns boolean language sql stable
  return exists (
    select from access.post p join access.team t on t.id = p.team_id
    where p.id = any (access.holders()) and of_account is distinct from access.account_id() and (
      p.role_id = 'team-manager' and t.id = any (record.teams_of(of_account))
      or p.role_id = 'senior-manager' and t.organisation_id = any (record.organisations_of(of_account))));

-- Everything that changes who works with a family waits in one line for each family.
create function record.hold_family(of_family uuid) returns void language sql
  as $$ select pg_advisory_xact_lock(hashtextextended(of_family::text, 0)) $$;

create table record.cover (
  id uuid primary key default uuidv7(),
  for_account uuid not null references access.account,
  by_account uuid not null references access.account,
  since timestamptz not null,
  until timestamptz not null,
  made_by uuid not null references access.account,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  check (for_account <> by_account),
  check (until > since)
);
comment on table record.cover is 'Who stands in for whom during leave; which families is said by the reasons';
create index cover_for on record.cover (for_account, until);
create index cover_by on record.cover (by_account, until);
create index cover_made_by on record.cover (made_by);
alter table record.cover enable row level security;
alter table record.cover force row level security;
create policy owner_all on record.cover to kith_owner using (true) with check (true);
create policy involved on record.cover for select to kith_app
  using (access.account_id() in (for_account, by_account, made_by) or access.has_role('team-manager') or access.has_role('senior-manager'));
grant select on record.cover to kith_app;

-- Somebody, or everybody who holds a post, has left a family: from now on they do not see it through a post either. Of each post
-- that they hold or held since its reason began, the reason no longer counts for them. Three stay: that of `to_holder`, a team
-- they gave the family to; managing those who work with the family, which ends when they have all gone; and what has no end yet of
-- a post that nobody else who is here holds, since a question that nobody sees would wait for ever, and a family with nobody. A
-- team of one that works with the family beside others is left all the same.
create function record.leave(of_family uuid, leaver uuid, to_holder uuid default null) returns void language sql as $$
  with gone as (
    select coalesce(array_agg(a.id), '{}') as ids from access.account a
     where (a.id = leaver or a.id in (select h.account_id from access.holding h where h.post_id = leaver and h.during @> now()))
       and not exists (select from access.reason own where own.subject = of_family and own.holder = a.id and own.until is null)),
  theirs as (
    select r.id, array_agg(distinct h.account_id) as ids
      from gone, access.reason r join access.holding h on h.post_id = r.holder
     where r.subject = of_family and h.account_id = any (gone.ids) and h.during && tstzrange(least(r.since, now()), now(), '[]')
       and (r.until is null or r.until > clock_timestamp()) and r.kind <> 'manages' and r.holder is distinct from to_holder
       and (r.until is not null
         or r.holder is distinct from leaver and record.is_here(r.holder, access.with_those(r.not_for, gone.ids))
         or record.works_with(r.kind) and exists (select from access.reason other where other.subject = of_family and other.id <> r.id
           and record.works_with(other.kind) and other.since <= now() and (other.until is null or other.until > clock_timestamp())
           and record.is_here(other.holder, access.with_those(other.not_for, gone.ids)))
         or not exists (select from access.holding now_held where now_held.post_id = r.holder and now_held.account_id = any (gone.ids)
           and now_held.during @> now()))
     group by r.id)
  update access.reason r set not_for = access.with_those(r.not_for, theirs.ids) from theirs where theirs.id = r.id
$$;

-- Ends live reasons of a family, and with them what hangs on them: a stand-in of somebody who no longer works with the family,
-- and a manager of whose people nobody does. Whoever held one of them leaves the family, unless they have another.
create function record.end_reasons(of_family uuid, reasons uuid[], to_holder uuid default null) returns void language plpgsql as $$
declare leaver uuid;
begin
  update access.reason set until = greatest(clock_timestamp(), since + interval '1 microsecond')
   where subject = of_family and id = any (reasons) and (until is null or until > clock_timestamp());
  if to_holder is not null then
    perform record.tasks_go_with(of_family, array(select r.holder from access.reason r where r.id = any (reasons)), to_holder);
  end if;
  for leaver in
    with stand_in as (
      update access.reason s set until = greatest(clock_timestamp(), s.since + interval '1 microsecond')
        from record.cover c
       where s.subject = of_family and s.kind = 'cover' and s.until > clock_timestamp() and c.id = s.about_record
         and not exists (select from access.reason r where r.subject = of_family and r.holder = c.for_account and record.works_with(r.kind)
           and (r.until is null or r.until > clock_timestamp()))
      returning s.holder),
    manager as (
      update access.reason m set until = greatest(clock_timestamp(), m.since + interval '1 microsecond')
        from access.post p join access.team t on t.id = p.team_id
       where m.subject = of_family and m.kind = 'manages' and (m.until is null or m.until > clock_timestamp()) and p.id = m.holder
         and not exists (select from access.reason r where r.subject = of_family and record.works_with(r.kind)
           and (r.until is null or r.until > clock_timestamp())
           and (t.id = any (record.teams_of(r.holder))
             or p.role_id = 'senior-manager' and t.organisation_id = any (record.organisations_of(r.holder))))
      returning m.holder)
    select holder from access.reason where id = any (reasons) union select holder from stand_in union select holder from manager
  loop
    perform record.leave(of_family, leaver, to_holder);
  end loop;
end $$;

-- Whether somebody worked with a family and does no longer, for those who see the family: what they began is whose it is now.
create function record.has_left(of_account uuid, of_family uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from access.my_reason mine where mine.subject = of_family)
    and coalesce((select bool_and(coalesce(r.until <= now(), false)) from access.reason r
      where r.subject = of_family and r.holder = of_account and record.works_with(r.kind) and r.since <= now()), false)
$$;

-- Whether somebody who handed a family over sees it still: they gave it to a team of theirs, manage those who work with it, or
-- alone can decide what waits.
create function record.still_sees(of_holder uuid, of_family uuid) returns boolean language sql stable
  return exists (
    select from access.reason r where r.subject = of_family and r.scope = 'practice' and r.since <= now()
      and (r.until is null or r.until > clock_timestamp())
      and (r.holder = of_holder or (r.not_for is null or of_holder <> all (r.not_for)) and exists (
        select from access.holding h where h.account_id = of_holder and h.post_id = r.holder and h.during @> now())));

-- Writes that somebody works with a family. A post is a team; a person is never "the team". The lead passes on: who led until
-- now goes on working with the family.
create function record.write_worker(of_family uuid, to_holder uuid, wanted_kind text) returns boolean language plpgsql as $$
declare
  is_post boolean := exists (select from access.post p where p.id = to_holder);
  as_kind text := case when is_post then 'team' when wanted_kind = 'team' then 'allocated' else wanted_kind end;
  before_them record;
begin
  if as_kind = 'lead-professional' then
    for before_them in
      select r.id, r.holder from access.reason r
       where r.subject = of_family and r.kind = as_kind and r.until is null and r.holder <> to_holder
    loop
      update access.reason set until = clock_timestamp() where id = before_them.id;
      if not exists (select from access.reason r where r.subject = of_family and r.holder = before_them.holder
          and record.works_with(r.kind) and (r.until is null or r.until > clock_timestamp())) then
        insert into access.reason (subject, holder, kind, scope, given_by)
        values (of_family, before_them.holder, 'co-worker', 'practice', access.account_id()) on conflict do nothing;
      end if;
      perform platform.tell(before_them.holder, 'You are no longer the lead professional. You go on working with the family.',
        '/families/' || of_family, array[of_family]);
    end loop;
  end if;
  insert into access.reason (subject, holder, kind, scope, given_by)
  values (of_family, to_holder, as_kind, 'practice', access.account_id()) on conflict do nothing;
  return found;
end $$;

-- Says that somebody, or a team, works with a family. Whoever does it is in charge of the family, or is a manager and nobody
-- works with it: then their post manages it from now on.
create function record.allocate(of_family uuid, to_holder uuid, as_kind text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  mine uuid;
begin
  perform record.hold_family(of_family);
  if not record.works_with(as_kind) then raise exception 'no such kind' using errcode = 'KT403'; end if;
  if not record.in_charge(of_family) then
    perform set_config('kith.purpose', 'finding', true);
    if not record.may_take(of_family) then raise exception 'no reason to share this record' using errcode = 'KT403'; end if;
    perform set_config('kith.purpose', purpose, true);
    select p.id into mine from access.post p
     where p.id = any (access.holders()) and p.role_id in ('team-manager', 'senior-manager') order by p.role_id desc, p.id limit 1;
    if not access.is_restricted(of_family) then
      insert into access.reason (subject, holder, kind, scope, given_by)
      values (of_family, mine, 'manages', 'practice', access.account_id()) on conflict do nothing;
    end if;
  end if;
  if record.write_worker(of_family, to_holder, as_kind) then
    perform platform.tell(to_holder, case as_kind when 'lead-professional' then 'You are now the lead professional.'
      else 'You now work with this family.' end, '/families/' || of_family, array[of_family]);
  end if;
end $$;

-- Ends that somebody may see a family: whoever is in charge ends it, or they themselves. Somebody who is here must be left: a
-- leaver or an empty post does not count. Reasons that a practice gave, to decide or to pay, end where they were given.
create or replace function record.hand_back(of_family uuid, of_reason uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare ending record;
begin
  perform record.hold_family(of_family);
  select r.holder, r.kind into ending from access.reason r
   where r.id = of_reason and r.subject = of_family and r.since <= now() and (r.until is null or r.until > clock_timestamp())
     and (record.works_with(r.kind) or r.kind in ('manages', 'cover', 'asked', 'urgent'));
  if not (record.in_charge(of_family)
    or coalesce(ending.holder = access.account_id(), false) and exists (select from access.my_reason r where r.subject = of_family)) then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  if ending.kind is null then
    raise exception 'ended already' using errcode = '23514', constraint = 'ended_already';
  end if;
  perform record.end_reasons(of_family, array[of_reason]);
  if record.works_with(ending.kind) and not record.is_held(of_family) then
    raise exception 'nobody would be left' using errcode = '23514', constraint = 'somebody_stays';
  end if;
  perform platform.tell(ending.holder, 'You no longer work with a family. Whoever ended it can tell you why.', '/families', array[of_family]);
end $$;

-- Hands over in one step all that somebody, or a team, is to a family: to a colleague, another team or another organisation.
create function record.hand_over(of_family uuid, of_reason uuid, to_holder uuid) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  from_holder uuid;
  held record;
begin
  perform record.hold_family(of_family);
  if not record.in_charge(of_family) then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  select r.holder into from_holder from access.reason r
   where r.id = of_reason and r.subject = of_family and record.works_with(r.kind) and r.since <= now()
     and (r.until is null or r.until > clock_timestamp());
  if from_holder is null then
    raise exception 'ended already' using errcode = '23514', constraint = 'ended_already';
  end if;
  if from_holder = to_holder then
    raise exception 'the same' using errcode = '23514', constraint = 'same_holder';
  end if;
  select array_agg(r.id) as ids, array_agg(r.kind) as kinds into held from access.reason r
   where r.subject = of_family and r.holder = from_holder and record.works_with(r.kind)
     and (r.until is null or r.until > clock_timestamp());
  update access.reason set until = clock_timestamp() where id = any (held.ids);
  for i in 1 .. cardinality(held.kinds) loop
    perform record.write_worker(of_family, to_holder, held.kinds[i]);
  end loop;
  -- What hung on the reasons ends once the new ones stand, so that a manager of both keeps what they manage.
  perform record.end_reasons(of_family, held.ids, to_holder);
  if not record.is_held(of_family) then
    raise exception 'nobody would be left' using errcode = '23514', constraint = 'somebody_stays';
  end if;
  perform platform.tell(to_holder, 'A family was handed over to you, with everything in hand.', '/families/' || of_family, array[of_family]);
  perform platform.tell(from_holder, 'A family that you worked with was handed over. You no longer '
    || case when record.still_sees(from_holder, of_family) then 'work with it.' else 'see it.' end, '/families', array[of_family]);
  return from_holder;
end $$;

revoke all on function access.only_named, record.allocate, record.hand_over, record.hold_family, record.end_reasons, record.leave,
  record.write_worker, record.has_left from public;
grant execute on function record.allocate, record.hand_over, record.has_left to kith_app;
