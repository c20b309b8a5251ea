-- Finding a family before adding one, sharing and handing back, and who has looked.

-- Who may see a family now, and why, in words. Reads with the rights of whoever asks: only for families they see themselves.
create view record.helper with (security_invoker = true) as
  select r.id as reason_id, r.subject as family_id, r.holder, r.kind, k.title as kind_title, r.since, r.until,
    giver.name as given_by,
    coalesce(a.name, held.names) as names, coalesce(held.post, own.post) as post, coalesce(held.team, own.team) as team,
    r.holder = any (access.holders()) and (r.not_for is null or access.account_id() <> all (r.not_for)) as mine, r.not_for
  from access.reason r
  join access.reason_kind k on k.id = r.kind
  left join access.account giver on giver.id = r.given_by
  left join access.account a on a.id = r.holder
  left join lateral (
    select role.title as post, t.name as team,
      (select string_agg(who.name, ', ' order by who.name) from access.holding h join access.account who on who.id = h.account_id
        where h.post_id = p.id and h.during @> now() and who.left_at is null
          and (r.not_for is null or who.id <> all (r.not_for))) as names
    from access.post p join access.role role on role.id = p.role_id join access.team t on t.id = p.team_id
    where p.id = r.holder) held on true
  left join lateral (
    select role.title as post, t.name as team
    from access.holding h join access.post p on p.id = h.post_id join access.role role on role.id = p.role_id
      join access.team t on t.id = p.team_id
    where h.account_id = a.id and h.during @> now() order by lower(h.during), h.id limit 1) own on true
  where r.since <= now() and (r.until is null or r.until > now())
    and (held.post is not null or (a.id is not null and a.left_at is null));
grant select on record.helper to kith_app;

-- Families that may be the one somebody is about to add, and that they may not see: somebody's home at the same postcode and
-- nearly the same name, or a person of the same CHI number. A withheld address is not even confirmed. Gives the teams to ask,
-- and the family only so that the audit trail can say whom the question was about.
create function record.may_exist(wanted_name text, at_postcode text, chi text[])
returns table (family_id uuid, teams text[])
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  with same as (
    select f.id from record.address a
        join record.home h on h.address_id = a.id
        join record.family_member m on m.person_id = any (array[h.person_id])
        join record.family f on f.id = m.family_id
     where a.postcode = at_postcode and not a.withheld and public.similarity(lower(f.name), lower(wanted_name)) >= 0.35
    union
    select m.family_id from record.identifier i join record.family_member m on m.person_id = any (array[i.person_id])
     where i.scheme = 'CHI' and i.value = any (chi)
  )
  select s.id, coalesce((
    select array_agg(distinct t.name order by t.name)
    from access.reason r
    left join access.holding h on h.account_id = r.holder and h.during @> now()
    join access.post p on p.id in (r.holder, h.post_id)
    join access.team t on t.id = p.team_id
    where r.subject = s.id and r.kind = 'allocated' and r.since <= now() and (r.until is null or r.until > now())), '{}')
  from same s
  where access.account_id() is not null
    and s.id not in (select mine.subject from access.my_reason mine where mine.scope = 'practice')
  order by s.id limit 5;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.may_exist from public;
grant execute on function record.may_exist to kith_app;

-- Ends that somebody works with a family. Whoever does it works with the family too, and somebody who is here must be left:
-- a leaver or an empty post does not count.
create function record.hand_back(of_family uuid, of_reason uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(of_family::text, 0));
  if not exists (select from access.my_reason r where r.subject = of_family and r.kind = 'allocated') then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  if not exists (
    select from access.reason r where r.id = of_reason and r.subject = of_family and r.kind = 'allocated' and r.until is null
  ) then
    raise exception 'ended already' using errcode = '23514', constraint = 'ended_already';
  end if;
  if not exists (
    select from access.reason r
      join access.holding h on (h.account_id = r.holder or h.post_id = r.holder) and h.during @> now()
      join access.account a on a.id = h.account_id and a.left_at is null
    where r.subject = of_family and r.kind = 'allocated' and r.id <> of_reason
      and r.since <= now() and (r.until is null or r.until > clock_timestamp())
  ) then
    raise exception 'nobody would be left' using errcode = '23514', constraint = 'somebody_stays';
  end if;
  -- Not now(), the beginning of this transaction: the event that is about to be written still names the reason.
  update access.reason set until = clock_timestamp() where id = of_reason;
end $$;
revoke all on function record.hand_back from public;
grant execute on function record.hand_back to kith_app;

-- The people whom whoever asks may see, from two indexes. Before, the policy on people read memberships through their own
-- policy, which made PostgreSQL read every membership there is for each statement. The owner reads memberships, which hold no
-- names, to answer this.
create index family_member_family on record.family_member (family_id) include (person_id);
create policy membership on record.family_member for select to kith_owner using (true);
create view record.my_person with (security_barrier) as
  select m.person_id from access.my_reason r join record.family_member m on m.family_id = r.subject
   where r.scope = 'practice' and (m.kept_to is null or record.sees_any(m.kept_to));
grant select on record.my_person to kith_app;
