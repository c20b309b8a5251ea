-- What changed since somebody was here, and what a manager needs of a team: caseloads, weekly reviews, supervision.

-- Of all that is written down, the few things that were done, by whom they were about.
create index event_done_about on audit.event using gin (about) where kind = 'action';

-- What others did to the families that whoever asks works with themselves or stands in for, newest first. A function, because the row
-- policy of the audit trail cannot use its index. Reading is not doing: who has looked stands on a page of its own.
create function record.changed_for_me(after_moment timestamptz, most integer)
returns table (event_id uuid, at timestamptz, name text, who text, family_id uuid)
language sql stable security definer set search_path = '' as $$
  with mine as materialized (
    select r.subject from access.my_reason r where r.scope = 'practice' and (record.works_with(r.kind) and r.kind <> 'team' or r.kind = 'cover')
     group by r.subject order by r.subject limit 300)
  select e.id, e.at, e.name, a.name, (select m.subject from mine m where m.subject = any (e.about) order by m.subject limit 1)
  from (
    select each.id, each.at, each.name, each.account_id, each.about from audit.event each
    where each.about && array(select subject from mine) and each.kind = 'action' and each.at > after_moment
      and each.account_id is distinct from access.account_id()
    order by each.at desc, each.id desc limit least(most, 200)
  ) e left join access.account a on a.id = e.account_id
  order by e.at desc, e.id desc
$$;
revoke all on function record.changed_for_me from public;
grant execute on function record.changed_for_me to kith_app;

-- The caseload of each worker of a team, in the order of their names: how many families and children they work with and how much
-- is late, each up to a thousand. Counts only; which families these are is seen by those who have a reason. The last row is of the team itself.
create function record.team_caseload(of_team uuid, today date)
returns table (account_id uuid, name text, post text, families integer, children integer, open_tasks integer, late_tasks integer)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if not record.manages_team(of_team) then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  return query
  with worker as (
    select a.id as holder, a.name, string_agg(distinct role.title, ', ' order by role.title) as post
      from access.post p join access.role role on role.id = p.role_id
      join access.holding h on h.post_id = p.id and h.during @> now()
      join access.account a on a.id = h.account_id and a.left_at is null
     where p.team_id = of_team group by a.id, a.name
    union all
    select p.id, null, role.title from access.post p join access.role role on role.id = p.role_id where p.team_id = of_team),
  working as (
    select w.holder, them.subject from worker w cross join lateral (
      select distinct r.subject from access.reason r
       where r.holder = w.holder and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now()) limit 1001) them),
  counted as (
    select k.holder, count(*)::int as families,
      coalesce(sum((select count(*) from record.family_member m join record.person p on p.id = m.person_id
        where m.family_id = k.subject and m.during @> today and m.part in ('child', 'young person') and p.died_on is null)), 0)::int as children
      from working k group by k.holder),
  doing as (
    select w.holder, count(*)::int as open, count(*) filter (where it.due < today)::int as late
      from worker w cross join lateral (
        select t.due from record.task t where t.owner = w.holder and t.state = 'open' order by t.due, t.id limit 1001) it group by w.holder)
  select case when w.name is not null then w.holder end, coalesce(w.name, 'The team itself'), w.post,
    coalesce(c.families, 0), coalesce(c.children, 0), coalesce(d.open, 0), coalesce(d.late, 0)
  from worker w left join counted c on c.holder = w.holder left join doing d on d.holder = w.holder
  where w.name is not null or c.families > 0 or d.open > 0
  order by w.name is null, lower(w.name), w.holder limit 200;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.team_caseload from public;
grant execute on function record.team_caseload to kith_app;

-- How a manager sees a family each week, with words that say why. Only ever added to; the newest stands.
create table record.caseload_review (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  rating text not null check (rating in ('green', 'amber', 'red')),
  words text not null check (length(words) between 1 and 2000),
  reviewed_on date not null,
  reviewed_by uuid not null references access.account default access.account_id(),
  reviewed_at timestamptz not null default clock_timestamp()
);
comment on table record.caseload_review is 'How much help a family needs just now, as its manager sees it; never a score of a child';
create index caseload_review_family on record.caseload_review (family_id, reviewed_at desc, id desc) include (reviewed_on);
create index caseload_review_by on record.caseload_review (reviewed_by);
call record.protect_family_table('record.caseload_review', listed => true);
revoke update on record.caseload_review from kith_app;
create policy by_a_manager on record.caseload_review as restrictive for insert to kith_app
  with check (reviewed_by = access.account_id() and (access.has_role('team-manager') or access.has_role('senior-manager')));

-- Supervision: what a worker and their manager say to each other is seen by these two. What they say of the work with a family
-- belongs to the family's record.
create table record.supervision (
  id uuid primary key default uuidv7(),
  worker uuid not null references access.account,
  manager uuid not null references access.account default access.account_id(),
  held_on date not null,
  words text check (length(words) between 1 and 20000),
  written_at timestamptz not null default now(),
  check (worker <> manager)
);
comment on table record.supervision is 'A supervision of a worker by a manager; its words are private to the two';
create index supervision_worker on record.supervision (worker, held_on desc, id desc);
create index supervision_manager on record.supervision (manager, held_on desc, id desc);
alter table record.supervision enable row level security;
alter table record.supervision force row level security;
create policy owner_purpose on record.supervision to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy the_two on record.supervision for select to kith_app using (access.account_id() in (worker, manager));
create policy by_the_manager on record.supervision for insert to kith_app
  with check (manager = access.account_id() and record.manages_worker(worker));
grant select, insert on record.supervision to kith_app;

create table record.supervision_family (
  id uuid primary key default uuidv7(),
  supervision_id uuid not null references record.supervision,
  family_id uuid not null references record.family,
  words text not null check (length(words) between 1 and 5000),
  worker uuid not null references access.account,
  written_by uuid not null references access.account default access.account_id(),
  held_on date not null,
  written_at timestamptz not null default clock_timestamp()
);
comment on table record.supervision_family is 'What was said in supervision about a worker''s work with a family: a part of the family''s record';
create index supervision_family_of on record.supervision_family (family_id, held_on desc, id desc);
create index supervision_family_in on record.supervision_family (supervision_id, id);
create index supervision_family_worker on record.supervision_family (worker);
create index supervision_family_by on record.supervision_family (written_by);
call record.protect_family_table('record.supervision_family', listed => true);
revoke update on record.supervision_family from kith_app;
create policy in_their_supervision on record.supervision_family as restrictive for insert to kith_app
  with check (written_by = access.account_id() and exists (
    select from record.supervision s where s.id = supervision_id and s.manager = access.account_id() and s.worker = supervision_family.worker));
