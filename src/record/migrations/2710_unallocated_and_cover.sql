-- Families that nobody who is here works with, families of a leaver, and cover for leave.

-- The organisation that last worked with a family; null when nobody ever did.
create function record.last_organisations(of_family uuid) returns uuid[] language sql stable as $$
  select record.organisations_of(r.holder) from access.reason r
   where r.subject = of_family and record.works_with(r.kind) order by r.until desc nulls first, r.since desc, r.id limit 1
$$;

-- Whether whoever asks may take a family that nobody works with: a manager where it was last worked with, or any manager when
-- it never was. A restricted one is for senior managers.
create function record.may_take(of_family uuid) returns boolean language sql stable
  return (access.has_role('senior-manager') or access.has_role('team-manager') and not access.is_restricted(of_family))
    and exists (select from record.family f where f.id = of_family)
    and not record.is_held(of_family)
    and not exists (select from record.merge g where g.gone = of_family and g.undone_at is null)
    and (coalesce(cardinality(record.last_organisations(of_family)), 0) = 0 or exists (
      select from unnest(access.holders()) mine where record.organisations_of(mine) && record.last_organisations(of_family)));

-- Families with no live holder who is still here, oldest first, for managers. The name of a restricted one is not told.
create function record.unallocated(after uuid, most integer)
returns table (family_id uuid, name text, locality text, since timestamptz, people integer, last_worker text)
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  mine uuid[];
begin
  if not (access.has_role('team-manager') or access.has_role('senior-manager')) then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  mine := array(select distinct t.organisation_id from access.post p join access.team t on t.id = p.team_id where p.id = any (access.holders()));
  return query
  -- Those with no open reason to work with them, by two indexes in one order, and those whose holders have all gone. What is left
  -- to ask of each is asked only until the page is full: whether a reason with an end holds it, and whose it was. `offset 0`, so
  -- that it is not asked of every family there is.
  with here as materialized (
    select h.account_id, h.post_id from access.holding h join access.account a on a.id = h.account_id and a.left_at is null
     where h.during @> now()),
  gone as materialized (
    select a.id as holder from access.account a where a.id not in (select here.account_id from here)
    union all
    select p.id from access.post p where p.id not in (select here.post_id from here)),
  left_behind as materialized (
    select r.subject from gone join access.reason r on r.holder = any (array[gone.holder])
     where record.works_with(r.kind) and r.until is null and (after is null or r.subject > after)
    union
    select r.subject from access.reason r
     where r.not_for is not null and record.works_with(r.kind) and r.until is null and (after is null or r.subject > after)),
  alone as (
    (select f.id from record.family f
      where (after is null or f.id > after)
        and not exists (select from access.reason r where r.subject = f.id and record.works_with(r.kind) and r.until is null)
      order by f.id offset 0)
    union all
    (select l.subject from left_behind l order by l.subject offset 0)),
  theirs as (
    select alone.id, last.holder, last.until from alone
    left join lateral (select r.holder, r.until from access.reason r
      where r.subject = alone.id and record.works_with(r.kind) order by r.until desc nulls first, r.since desc, r.id limit 1) last on true
    cross join lateral (select record.organisations_of(last.holder) as organisations offset 0) theirs
    where (coalesce(cardinality(theirs.organisations), 0) = 0 or theirs.organisations && mine)
      -- As record.is_held, of those gathered above.
      and not exists (select from access.reason r where r.subject = alone.id and record.works_with(r.kind) and r.since <= now()
        and (r.until is null or r.until > now()) and (r.holder in (select here.account_id from here)
          or exists (select from here where here.post_id = r.holder and (r.not_for is null or here.account_id <> all (r.not_for)))))
      and not exists (select from record.merge g where g.gone = alone.id and g.undone_at is null)
      and (access.has_role('senior-manager') or not access.is_restricted(alone.id))
    order by alone.id limit least(most, 200))
  select f.id, case when access.is_restricted(f.id) then null else f.name end, case when access.is_restricted(f.id) then null else f.locality end,
    coalesce(theirs.until, who.left_at, case when theirs.holder is null then f.created_at end),
    (select count(*)::int from record.family_member m where m.family_id = f.id and m.during @> current_date),
    coalesce(who.name, (select role.title || ', ' || t.name from access.post p join access.role role on role.id = p.role_id
      join access.team t on t.id = p.team_id where p.id = theirs.holder))
  from theirs join record.family f on f.id = theirs.id left join access.account who on who.id = theirs.holder
  order by f.id;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The families somebody works with, or worked with until they left: for whoever manages them, and for themselves.
create function record.families_of_worker(of_account uuid)
returns table (family_id uuid, name text, people integer, left_behind boolean)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if not (of_account = access.account_id() or record.manages_worker(of_account)) then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  return query
  select f.id, f.name, (select count(*)::int from record.family_member m where m.family_id = f.id and m.during @> current_date),
    bool_and(r.until is not null and r.until <= now())
  from access.reason r join record.family f on f.id = r.subject join access.account a on a.id = r.holder
  where r.holder = of_account and record.works_with(r.kind) and r.since <= now()
    and (r.until is null or r.until > clock_timestamp() or (r.until >= a.left_at and not record.is_held(f.id)))
    and (of_account = access.account_id() or not access.is_restricted(f.id))
  group by f.id, f.name order by lower(f.name), f.id limit 500;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Hands over families of one worker to another person or team, all at once or not at all. Returns how many.
create function record.hand_over_all(of_account uuid, to_holder uuid, families uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  each_family uuid;
  held record;
  done integer := 0;
begin
  if not (of_account = access.account_id() or record.manages_worker(of_account)) then
    raise exception 'not one of yours' using errcode = 'KT403';
  end if;
  if of_account = to_holder then raise exception 'the same' using errcode = '23514', constraint = 'same_holder'; end if;
  if not record.is_here(to_holder) then raise exception 'nobody there' using errcode = '23514', constraint = 'somebody_stays'; end if;
  perform set_config('kith.purpose', 'finding', true);
  for each_family in select distinct wanted from unnest(families) wanted order by 1 loop
    perform record.hold_family(each_family);
    select array_agg(r.id) as ids, array_agg(distinct r.kind) as kinds into held
      from access.reason r join access.account a on a.id = r.holder
     where r.subject = each_family and r.holder = of_account and record.works_with(r.kind) and r.since <= now()
       and (r.until is null or r.until > clock_timestamp() or (r.until >= a.left_at and not record.is_held(each_family)))
       and (of_account = access.account_id() or not access.is_restricted(each_family));
    if held.kinds is null then raise exception 'ended already' using errcode = '23514', constraint = 'ended_already'; end if;
    update access.reason set until = clock_timestamp() where id = any (held.ids) and (until is null or until > clock_timestamp());
    for i in 1 .. cardinality(held.kinds) loop
      perform record.write_worker(each_family, to_holder, held.kinds[i]);
    end loop;
    perform record.end_reasons(each_family, held.ids, to_holder);
    done := done + 1;
  end loop;
  perform platform.tell(to_holder, case done when 1 then 'A family was' else done || ' families were' end || ' handed over to you, with everything in hand.',
    '/families');
  perform platform.tell(of_account, case done when 1 then 'A family that you worked with was' else done || ' families that you worked with were' end
    || ' handed over, with everything in hand.', '/families');
  perform set_config('kith.purpose', purpose, true);
  return done;
end $$;

-- Somebody stands in for somebody with all or some of their families, until an exact moment. It ends by itself.
create function record.arrange_cover(of_account uuid, by_holder uuid, starts date, last_day date, families uuid[])
returns table (family_id uuid) language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
  begins timestamptz := greatest(now(), starts::timestamp at time zone 'Europe/London');
  ends timestamptz := (last_day + 1)::timestamp at time zone 'Europe/London';
begin
  if not (of_account = access.account_id() or record.manages_worker(of_account)) then
    raise exception 'not one of yours' using errcode = 'KT403';
  end if;
  insert into record.cover (for_account, by_account, since, until, made_by)
  values (of_account, by_holder, begins, ends, access.account_id()) returning id into made;
  insert into access.reason (subject, holder, kind, scope, since, until, about_record, given_by)
  select distinct r.subject, by_holder, 'cover', 'practice', begins, ends, made, access.account_id()
    from access.reason r
   where r.holder = of_account and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())
     and (families is null or r.subject = any (families)) and not access.is_restricted(r.subject);
  if not found then raise exception 'nothing to cover' using errcode = '23514', constraint = 'nothing_to_cover'; end if;
  perform platform.tell(by_holder, 'You stand in for a colleague who will be away.', '/cover', '{}');
  perform platform.tell(of_account, 'Somebody will stand in for you while you are away.', '/cover', '{}');
  return query select r.subject from access.reason r where r.about_record = made and r.kind = 'cover' order by 1;
end $$;

create function record.end_cover(of_cover uuid) returns void language plpgsql security definer set search_path = '' as $$
declare held record.cover;
begin
  select * into held from record.cover c where c.id = of_cover for update;
  if held.id is null or not (access.account_id() in (held.for_account, held.by_account, held.made_by) or record.manages_worker(held.for_account)) then
    raise exception 'not one of yours' using errcode = 'KT403';
  end if;
  if held.ended_at is not null or held.until <= now() then
    raise exception 'ended already' using errcode = '23514', constraint = 'ended_already';
  end if;
  update record.cover set ended_at = clock_timestamp() where id = of_cover;
  perform record.end_reasons(r.subject, array[r.id]) from access.reason r
   where r.about_record = of_cover and r.kind = 'cover' and r.holder = held.by_account and r.until > clock_timestamp();
  perform platform.tell(held.by_account, 'You no longer stand in for a colleague.', '/cover', '{}');
  perform platform.tell(held.for_account, 'Nobody stands in for you any more.', '/cover', '{}');
end $$;

revoke all on function record.unallocated, record.families_of_worker, record.hand_over_all, record.arrange_cover,
  record.end_cover from public;
grant execute on function record.unallocated, record.families_of_worker, record.hand_over_all, record.arrange_cover,
  record.end_cover to kith_app;
