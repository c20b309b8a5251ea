-- Asking for access, and urgent access.

create table record.access_request (
  id uuid primary key default uuidv7(),
  asked_by uuid not null references access.account,
  team_id uuid references access.team,
  sought text not null default '' check (length(sought) <= 300),
  born date,
  number text check (length(number) <= 60),
  family_id uuid references record.family,
  why text not null check (length(why) between 1 and 2000),
  asked_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'given', 'declined')),
  answered_by uuid references access.account,
  answered_at timestamptz,
  answer text not null default '' check (length(answer) <= 2000),
  until timestamptz,
  check ((state = 'open') = (answered_at is null))
);
comment on table record.access_request is 'Somebody who does not see a record asks those who hold it; sought, born and number are what they typed';
comment on column record.access_request.family_id is 'The family of a pasted link, or the one to which access was given';
create index access_request_open on record.access_request (team_id, asked_at) where state = 'open';
create index access_request_by on record.access_request (asked_by, asked_at desc);
create index access_request_family on record.access_request (family_id);
create index access_request_answered_by on record.access_request (answered_by);
alter table record.access_request enable row level security;
alter table record.access_request force row level security;
create policy owner_purpose on record.access_request to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
-- Not the family: whoever asks by a link is not told whether there is such a record.
create policy own on record.access_request for select to kith_app using (asked_by = access.account_id());
grant select (id, asked_by, team_id, sought, born, number, why, asked_at, state, answered_by, answered_at, answer, until)
  on record.access_request to kith_app;

-- The families of a team that a question fits: by what was typed, by a number, or because the question names one.
create function record.fitting(of_request record.access_request) returns table (family_id uuid, name text) language sql stable as $$
  with holder as (
    select p.id from access.post p where p.team_id = of_request.team_id
    union
    select h.account_id from access.post p join access.holding h on h.post_id = p.id and h.during @> now() where p.team_id = of_request.team_id),
  theirs as (
    select distinct r.subject from holder join access.reason r on r.holder = holder.id
     where record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())),
  near as (
    select t.subject, greatest(
      public.similarity(lower(of_request.sought), lower(f.name)),
      max(full_name.near + case when p.date_of_birth = of_request.born and full_name.near >= 0.3 then 0.3 else 0 end),
      max(case when i.value is not null then 1.0 else 0 end)) as nearness
    from theirs t join record.family f on f.id = t.subject
      left join record.family_member m on m.family_id = t.subject and (m.kept_to is null or record.sees_any(m.kept_to))
      left join record.person p on p.id = m.person_id
      left join lateral (select public.similarity(lower(of_request.sought), lower(p.given_name || ' ' || p.family_name)) as near) full_name on true
      left join record.identifier i on i.person_id = p.id and lower(replace(i.value, ' ', '')) = lower(replace(of_request.number, ' ', ''))
    group by t.subject, f.name)
  select f.id, f.name from record.family f join (
    select subject, nearness from near where nearness >= 0.45
    union all select of_request.family_id, 2 where of_request.family_id is not null) best on best.subject = f.id
  group by f.id, f.name, best.nearness order by best.nearness desc, f.id limit 6
$$;

create function record.manages_team(of_team uuid) returns boolean language sql stable
  return exists (select from access.post p join access.team t on t.id = p.team_id, access.team asked
    where p.id = any (access.holders()) and asked.id = of_team
      and (p.role_id = 'team-manager' and t.id = of_team or p.role_id = 'senior-manager' and t.organisation_id = asked.organisation_id));

create function record.ask_for_access(of_team uuid, typed text, typed_born date, typed_number text, linked uuid, words text)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  made uuid;
  found_family uuid;
  whom uuid;
begin
  perform set_config('kith.purpose', 'finding', true);
  select f.id into found_family from record.family f where f.id = linked
    or f.id = (select coalesce(m.kept_to[1], m.family_id) from record.family_member m where m.person_id = linked limit 1) limit 1;
  insert into record.access_request (asked_by, team_id, sought, born, number, family_id, why)
  values (access.account_id(), of_team, typed, typed_born, nullif(typed_number, ''), found_family, words) returning id into made;
  for whom in
    select p.id from access.post p where p.team_id = of_team and p.role_id = 'team-manager'
    union
    select r.holder from access.reason r where r.subject = found_family and record.works_with(r.kind) and r.since <= now()
      and (r.until is null or r.until > now())
    union
    select unnest(record.manager_posts(array[p.id])) from access.post p where p.team_id = of_team
      and not exists (select from access.post m where m.team_id = of_team and m.role_id = 'team-manager')
  loop
    perform platform.tell(whom, 'A colleague asks to see a record that you or your team may hold.', '/access/asked', '{}');
  end loop;
  perform set_config('kith.purpose', purpose, true);
  return made;
end $$;

-- Questions that whoever asks can answer, one row for each family of theirs that fits; a manager of the team asked sees those
-- that fit nothing as well. Nobody answers their own.
create function record.asked_of_me() returns table (request_id uuid, asked_name text, asked_post text, team text, sought text, born date,
  number text, why text, asked_at timestamptz, family_id uuid, family_name text)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  with waiting as materialized (
    select q.* from record.access_request q
     where q.state = 'open' and q.asked_by <> access.account_id() and (
       q.team_id in (select p.team_id from access.post p where p.id = any (access.holders()))
       or record.manages_team(q.team_id)
       or exists (select from access.my_reason r where r.subject = q.family_id and (record.works_with(r.kind) or r.kind = 'manages')))
     order by q.asked_at limit 50)
  select q.id, who.name, record.post_of(q.asked_by), t.name, q.sought, q.born, q.number, q.why, q.asked_at, fits.family_id, fits.name
  from (select waiting.*, record.manages_team(waiting.team_id) as mine from waiting) q
    join access.account who on who.id = q.asked_by
    left join access.team t on t.id = q.team_id
    left join lateral (
      select f.family_id, f.name from record.fitting((select own from record.access_request own where own.id = q.id)) f
      where record.in_charge(f.family_id) or (q.mine and not access.is_restricted(f.family_id) and exists (
        select from access.reason r where r.subject = f.family_id and record.works_with(r.kind) and q.team_id = any (record.teams_of(r.holder))
          and r.since <= now() and (r.until is null or r.until > now())))) fits on true
  where q.mine or fits.family_id is not null
  order by q.asked_at, q.id, fits.family_id;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The post in which somebody works now, in words.
create function record.post_of(of_account uuid) returns text language sql stable as $$
  select role.title || ', ' || t.name from access.holding h join access.post p on p.id = h.post_id
    join access.role role on role.id = p.role_id join access.team t on t.id = p.team_id
  where h.account_id = of_account and h.during @> now() order by lower(h.during), h.id limit 1
$$;

-- Gives what was asked for until an exact moment, or declines it with words. Both, and whoever else works with the family, are told.
create function record.answer_access(of_request uuid, to_family uuid, ends timestamptz, words text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  q record.access_request;
  whom uuid;
begin
  perform set_config('kith.purpose', 'finding', true);
  select * into q from record.access_request r where r.id = of_request for update;
  if q.id is null or q.asked_by = access.account_id()
    or not exists (select from record.asked_of_me() a where a.request_id = of_request and (to_family is null or a.family_id = to_family))
       and q.state = 'open' then
    raise exception 'not asked of you' using errcode = 'KT403';
  end if;
  if q.state <> 'open' then raise exception 'answered already' using errcode = '23514', constraint = 'answered_already'; end if;
  perform set_config('kith.purpose', 'finding', true);
  update record.access_request set state = case when to_family is null then 'declined' else 'given' end, answered_by = access.account_id(),
    answered_at = now(), answer = words, until = ends, family_id = coalesce(to_family, family_id) where id = of_request;
  if to_family is null then
    perform platform.tell(q.asked_by, 'A record that you asked for was declined. The reason is with your question.', '/access/ask', '{}');
  else
    insert into access.reason (subject, holder, kind, scope, until, about_record, given_by)
    values (to_family, q.asked_by, 'asked', 'practice', ends, of_request, access.account_id());
    perform platform.tell(q.asked_by, 'You may see this family for a time, as you asked.', '/families/' || to_family, array[to_family]);
    for whom in select r.holder from access.reason r where r.subject = to_family and record.works_with(r.kind) and r.since <= now()
      and (r.until is null or r.until > now()) and r.holder <> q.asked_by
    loop
      perform platform.tell(whom, 'A colleague was given access to this family for a time.', '/families/' || to_family || '/helping', array[to_family]);
    end loop;
  end if;
  perform set_config('kith.purpose', purpose, true);
end $$;

revoke all on function record.ask_for_access, record.asked_of_me, record.answer_access from public;
grant execute on function record.ask_for_access, record.asked_of_me, record.answer_access to kith_app;
