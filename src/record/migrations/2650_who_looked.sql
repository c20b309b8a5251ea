-- Who has looked at a person, newest first: at them, and at the families they were in on that day, as far as whoever asks may
-- see those families. `of_family` says which family, where it was not the person who was named. A read of a person alone
-- carries no kind of reason, since reasons are for families: those that the reader had at that moment are given. What was done
-- to records that were merged into these is done to these. `as_at` is the past day as at which it was read, if it was.
create function record.who_looked_at_person(of_person uuid, before_at timestamptz, before_id uuid, most integer)
returns table (event_id uuid, at timestamptz, kind text, name text, who text, post text, of_family uuid, why text[], as_at date)
language sql stable security definer set search_path = '' as $$
  with own as materialized (select record.ids_of(of_person) as ids),
  seen as materialized (
    select m.family_id, m.during, record.ids_of(m.family_id) as ids from record.family_member m
      join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
     where m.person_id = any (array[of_person]) and (m.kept_to is null or record.sees_any(m.kept_to)))
  select e.id, e.at, e.kind, e.name, a.name, held.post,
    case when e.about && (select ids from own) then null
      else (select s.family_id from seen s where e.about && s.ids order by s.family_id limit 1) end,
    (select coalesce(array_agg(k.title order by k.title), '{}') from access.reason_kind k
      where k.id = any (e.reasons) or k.id = any (had.kinds)),
    (e.detail ->> 'asAt')::date
  from (
    select * from audit.event each
    where each.about && array(select unnest(ids) from own union all select unnest(s.ids) from seen s)
      and exists (select from seen)
      and (each.about && (select ids from own) or exists (select from seen s
        where each.about && s.ids and s.during @> (each.at at time zone 'Europe/London')::date))
      and (before_at is null or (each.at, each.id) < (before_at, before_id))
    order by each.at desc, each.id desc limit least(most, 2000)
  ) e
  left join access.account a on a.id = e.account_id
  left join lateral (
    select role.title || ', ' || t.name as post
    from access.holding h join access.post p on p.id = h.post_id join access.role role on role.id = p.role_id
      join access.team t on t.id = p.team_id
    where h.account_id = e.account_id and h.during @> e.at order by lower(h.during), h.id limit 1) held on true
  left join lateral (
    select array_agg(r.kind) as kinds
    from record.family_member m join access.reason r on r.subject = m.family_id and r.scope = 'practice'
    where e.reasons = '{}' and e.about && (select ids from own) and m.person_id = any (array[of_person])
      and r.since <= e.at and (r.until is null or r.until > e.at)
      and r.holder in (select e.account_id union all
        select h.post_id from access.holding h where h.account_id = e.account_id and h.during @> e.at)) had on true
  order by e.at desc, e.id desc
$$;
revoke all on function record.who_looked_at_person from public;
grant execute on function record.who_looked_at_person to kith_app;

-- Who has looked at a family, newest first. A function, because the row policy of the audit trail cannot use its index.
create function record.who_looked(of_family uuid, before_at timestamptz, before_id uuid, most integer)
returns table (event_id uuid, at timestamptz, kind text, name text, who text, post text, why text[], as_at date)
language sql stable security definer set search_path = '' as $$
  select e.id, e.at, e.kind, e.name, a.name, held.post,
    (select coalesce(array_agg(k.title order by k.title), '{}') from access.reason_kind k where k.id = any (e.reasons)),
    (e.detail ->> 'asAt')::date
  from (
    select * from audit.event each
    where each.about && record.ids_of(of_family)
      and exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice')
      and (before_at is null or (each.at, each.id) < (before_at, before_id))
    order by each.at desc, each.id desc limit least(most, 200)
  ) e
  left join access.account a on a.id = e.account_id
  left join lateral (
    select role.title || ', ' || t.name as post
    from access.holding h join access.post p on p.id = h.post_id join access.role role on role.id = p.role_id
      join access.team t on t.id = p.team_id
    where h.account_id = e.account_id and h.during @> e.at order by lower(h.during), h.id limit 1) held on true
  order by e.at desc, e.id desc
$$;
revoke all on function record.who_looked from public;
grant execute on function record.who_looked to kith_app;
