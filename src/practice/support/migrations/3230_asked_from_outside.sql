-- Help that somebody asks for themselves, without signing in: what they write while they write it, a reference and a code to come
-- back with, and the box of the team that answers. Nobody is in the record yet. Whoever is not signed in reaches a row only through
-- the functions below, with a token that their browser alone holds; a team reads what was sent to it, and nothing before that.
insert into record.clock (id, title, amount, unit, during, source) values
  ('asked-outside-kept', 'What somebody wrote and did not send is kept, from when they last wrote', 30, 'calendar days', '[2026-11-01,)',
    'Set by the partnership: long enough to come back to, and no longer than it is needed (UK GDPR, article 5(1)(e))'),
  ('asked-outside-ended', 'What somebody sent that did not become a request is kept, from when it was answered', 90, 'calendar days', '[2026-11-01,)',
    'Set by the partnership: long enough for a question about the answer (UK GDPR, article 5(1)(e))');

create table support.front_door (
  team_id uuid primary key references access.team,
  set_by uuid references access.account default access.account_id(),
  set_at timestamptz not null default now()
);
comment on table support.front_door is 'holds no person: the teams that answer whoever asks without knowing for what; without any, those of social work';
create index front_door_set_by on support.front_door (set_by);
grant select, insert, delete on support.front_door to kith_app;

create table support.asked_outside (
  id uuid primary key default uuidv7(),
  reference text not null unique check (reference ~ '^ASK-[0-9A-Z]{4}-[0-9A-Z]{4}$'),
  token_hash bytea unique check (length(token_hash) = 32),
  code_phc text check (length(code_phc) <= 200),
  tries smallint not null default 0,
  tries_until timestamptz,
  state text not null default 'draft' check (state in ('draft', 'sent', 'acknowledged', 'made', 'answered', 'not real')),
  told jsonb not null default '{}' check (jsonb_typeof(told) = 'object' and length(told::text) <= 60000),
  source text check (source in ('family', 'young person', 'other')),
  programme text references support.programme,
  urgency text check (urgency in ('urgent', 'soon', 'can wait')),
  locality text check (length(locality) between 1 and 200),
  team_id uuid references access.team,
  sent_on date,
  acknowledge_by date,
  answer_by date,
  acknowledged_on date,
  answered_on date,
  climbed smallint not null default 0 check (climbed between 0 and 2),
  request_id uuid references support.request,
  expires_at timestamptz not null,
  version integer not null default 1,
  made_at timestamptz not null default now(),
  constraint asked_outside_sent check ((state = 'draft') = (sent_on is null)
    and (state = 'draft') <= (acknowledge_by is null and answer_by is null)
    and (state <> 'draft') <= (team_id is not null and acknowledge_by is not null and answer_by is not null and urgency is not null and source is not null)),
  constraint asked_outside_answered check ((state in ('made', 'answered', 'not real')) = (answered_on is not null)),
  constraint asked_outside_made check ((state = 'made') = (request_id is not null))
);
comment on table support.asked_outside is 'Help that somebody asked for without signing in, in their words; until it is a request nobody of it is in the record';
comment on column support.asked_outside.told is 'What they wrote, by the field they wrote it in; emptied when it is in a request, or when its time is over';
comment on column support.asked_outside.token_hash is 'SHA-256 of what their browser alone holds';
comment on column support.asked_outside.code_phc is 'Argon2id of the code they come back with, shown once';
create index asked_outside_waiting on support.asked_outside (team_id, answer_by, id) where state in ('sent', 'acknowledged');
create index asked_outside_late on support.asked_outside ((case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end))
  where state in ('sent', 'acknowledged');
create index asked_outside_expires on support.asked_outside (expires_at) where state = 'draft';
create index asked_outside_ended on support.asked_outside (answered_on) where state in ('answered', 'not real') and told <> '{}';
create index asked_outside_team on support.asked_outside (team_id);
create index asked_outside_programme on support.asked_outside (programme);
create index asked_outside_request on support.asked_outside (request_id);

create table support.asked_outside_step (
  id uuid primary key default uuidv7(),
  asked_id uuid not null references support.asked_outside on delete cascade,
  step text not null check (step in ('sent', 'acknowledged', 'handed on', 'made', 'answered', 'not real', 'climbed')),
  team_id uuid references access.team,
  why text not null default '' check (length(why) <= 5000),
  next text not null default '' check (length(next) <= 5000),
  by_account uuid references access.account default access.account_id(),
  on_day date not null,
  at timestamptz not null default clock_timestamp()
);
comment on table support.asked_outside_step is 'What became of it, step by step; never changed';
create index asked_outside_step_asked on support.asked_outside_step (asked_id, at);
create index asked_outside_step_team on support.asked_outside_step (team_id);
create index asked_outside_step_by on support.asked_outside_step (by_account);

-- The teams in which whoever asks works with families, and the organisations of which they are the senior manager.
create function support.my_teams() returns uuid[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct p.team_id), '{}') from access.post p where p.id = any (access.holders())
    and p.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager', 'senior-manager')
$$;
create function support.teams_i_manage() returns uuid[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct its.id), '{}') from access.post p join access.team own on own.id = p.team_id
    join access.team its on its.organisation_id = own.organisation_id
   where p.id = any (access.holders()) and p.role_id = 'senior-manager'
$$;

alter table support.asked_outside enable row level security;
alter table support.asked_outside force row level security;
alter table support.asked_outside_step enable row level security;
alter table support.asked_outside_step force row level security;
create policy owner_all on support.asked_outside to kith_owner using (true) with check (true);
create policy owner_all on support.asked_outside_step to kith_owner using (true) with check (true);
create policy figures on support.asked_outside for select to kith_figures using (true);
create policy figures on support.asked_outside_step for select to kith_figures using (true);
create policy own_team on support.asked_outside to kith_app
  using (state <> 'draft' and (team_id = any ((select support.my_teams())::uuid[])
    or climbed = 2 and team_id = any ((select support.teams_i_manage())::uuid[])))
  with check (state <> 'draft' and (team_id = any ((select support.my_teams())::uuid[])
    or climbed = 2 and team_id = any ((select support.teams_i_manage())::uuid[])));
create policy own_team on support.asked_outside_step to kith_app
  using (exists (select from support.asked_outside a where a.id = asked_id))
  with check (exists (select from support.asked_outside a where a.id = asked_id));
-- What they come back with is no worker's to read.
grant select (id, reference, state, told, source, programme, urgency, locality, team_id, sent_on, acknowledge_by, answer_by, acknowledged_on,
  answered_on, climbed, request_id, version) on support.asked_outside to kith_app;
grant update (state, told, acknowledged_on, answered_on, request_id, version) on support.asked_outside to kith_app;
grant select, insert (asked_id, step, team_id, why, next, on_day) on support.asked_outside_step to kith_app;
grant select (id, reference, state, source, programme, urgency, locality, sent_on, acknowledge_by, answer_by, acknowledged_on, answered_on,
  request_id) on support.asked_outside to kith_figures;
grant select (asked_id, step, on_day, at) on support.asked_outside_step to kith_figures;

-- For whoever is not signed in --------------------------------------------------------------------------------------------

-- Where somebody can say that they live: the localities of the partnership.
create function support.outside_places() returns table (name text)
language sql stable security definer set search_path = '' as $$
  select p.name from record.place p where p.kind = 'locality' and p.closed_on is null order by lower(p.name), p.id limit 300
$$;

-- What this browser has written, while it is kept.
create function support.outside_read(token bytea, at timestamptz)
returns table (reference text, state text, told jsonb, has_code boolean, team text, have_by date, answer_by date, kept_until timestamptz)
language sql stable security definer set search_path = '' as $$
  select a.reference, a.state, a.told, a.code_phc is not null, t.name, a.acknowledge_by, a.answer_by, a.expires_at
    from support.asked_outside a left join access.team t on t.id = a.team_id
   where a.token_hash = token and a.expires_at > at
$$;

-- Keeps what was written so far, anew or in place of what was there. What was sent is not changed by it. True when it was kept.
create function support.outside_keep(token bytea, new_reference text, words jsonb, until timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
declare kept boolean;
begin
  insert into support.asked_outside as a (reference, token_hash, told, expires_at)
  values (new_reference, token, words, until)
  on conflict (token_hash) do update set told = excluded.told, expires_at = excluded.expires_at, version = a.version + 1
    where a.state = 'draft'
  returning true into kept;
  return coalesce(kept, false);
end $$;

-- Leaving: without a code nobody could come back to what was written, so it goes.
create function support.outside_leave(token bytea) returns void
language sql security definer set search_path = '' as $$
  delete from support.asked_outside where token_hash = token and state = 'draft' and code_phc is null;
  update support.asked_outside set token_hash = null where token_hash = token
$$;

create function support.outside_code(token bytea, phc text) returns text
language sql security definer set search_path = '' as $$
  update support.asked_outside set code_phc = phc, tries = 0, tries_until = null where token_hash = token returning reference
$$;

-- One try at a code: its hash, or nothing when there is none by this reference, its time is over, or there were too many tries. A try
-- counts before it is looked at, so that many at once are many. Five wrong ones close it for an hour.
create function support.outside_try(of_reference text, at timestamptz) returns table (phc text, closed boolean)
language plpgsql security definer set search_path = '' as $$
begin
  return query
  with tried as (
    update support.asked_outside a set tries = case when a.tries_until <= at then 1 else a.tries + 1 end,
        tries_until = case when (case when a.tries_until <= at then 1 else a.tries + 1 end) >= 5 then at + interval '1 hour'
          when a.tries_until <= at then null else a.tries_until end
     where a.reference = of_reference and a.expires_at > at and a.code_phc is not null and not (a.tries >= 5 and a.tries_until > at)
    returning a.code_phc)
  select t.code_phc, false from tried t
  union all
  select null, true from support.asked_outside a where a.reference = of_reference and a.expires_at > at and a.tries >= 5 and a.tries_until > at
    and not exists (select from tried);
end $$;

-- The code was right: this browser has it from now on, and no other; what else it had open is left.
create function support.outside_in(of_reference text, phc text, token bytea) returns boolean
language sql security definer set search_path = '' as $$
  select support.outside_leave(token);
  with come as (update support.asked_outside a set token_hash = token, tries = 0, tries_until = null
    where a.reference = of_reference and a.code_phc = phc returning 1)
  select exists (select from come)
$$;

-- Which teams answer: those of the programme, or of the front door where none is known; the nearest first.
create function support.outside_teams(of_programme text, in_locality text) returns table (team_id uuid, name text, near integer)
language sql stable security definer set search_path = '' as $$
  select t.team_id, t.name, t.near from support.teams_for(of_programme, in_locality) t where of_programme is not null
  union all
  select t.id, t.name,
    case when not exists (select from record.team_there w where w.team_id = t.id and w.during @> current_date) then 1
      when exists (select from record.team_there w join record.place l on l.id = w.place_id left join record.place above on above.id = l.within
        where w.team_id = t.id and w.during @> current_date and in_locality in (l.name, above.name)) then 0
      else 2 end
    from access.team t
   where of_programme is null
     and case when exists (select from support.front_door) then exists (select from support.front_door d where d.team_id = t.id)
       else t.service = 'social-work' end
     and exists (select from access.post x join access.holding h on h.post_id = x.id and h.during @> now() join access.account a on a.id = h.account_id and a.left_at is null
       where x.team_id = t.id and x.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager', 'senior-manager'))
  order by 3, 2, 1 limit 50
$$;

-- Sends it, once: the second time nothing is sent, and nobody is told again. True when it was sent by this.
create function support.outside_send(token bytea, who_asks text, for_programme text, how_soon text, lives text, to_team uuid, today date, have_by date, done_by date, until timestamptz)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  asked uuid;
  its_reference text;
  post record;
begin
  update support.asked_outside a set state = 'sent', source = who_asks, programme = for_programme, urgency = how_soon, locality = nullif(lives, ''), team_id = to_team,
      sent_on = today, acknowledge_by = have_by, answer_by = done_by, expires_at = until, version = a.version + 1
   where a.token_hash = token and a.state = 'draft'
  returning a.id, a.reference into asked, its_reference;
  if asked is null then return false; end if;
  insert into support.asked_outside_step (asked_id, step, team_id, by_account, on_day) values (asked, 'sent', to_team, null, today);
  for post in select p.id from access.post p
    where p.team_id = to_team and p.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager') loop
    perform platform.tell(post.id, 'Somebody asked for help themselves (' || its_reference || ').', '/support/asked/' || asked);
  end loop;
  return true;
end $$;

-- For those who work here ------------------------------------------------------------------------------------------------

-- Hands it on to another team, which then sees it in place of this one. Its clock goes on.
create function support.outside_hand(asked uuid, seen_version integer, to_team uuid, words text, today date) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  its_reference text;
  post record;
begin
  update support.asked_outside a set team_id = to_team, state = 'sent', acknowledged_on = null, climbed = 0, version = a.version + 1
   where a.id = asked and a.version = seen_version and a.state in ('sent', 'acknowledged')
     and (a.team_id = any (support.my_teams()) or a.climbed = 2 and a.team_id = any (support.teams_i_manage()))
  returning a.reference into its_reference;
  if its_reference is null then return false; end if;
  insert into support.asked_outside_step (asked_id, step, team_id, why, on_day) values (asked, 'handed on', to_team, words, today);
  for post in select p.id from access.post p
    where p.team_id = to_team and p.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager') loop
    perform platform.tell(post.id, 'Somebody’s own request for help was handed on to your team (' || its_reference || ').', '/support/asked/' || asked);
  end loop;
  return true;
end $$;

-- What nobody has answered in time goes up, like a request.
create function support.climb_outside(asked uuid[], how_far smallint[], today date) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  late record;
  post record;
  climbed_now integer := 0;
begin
  for late in
    update support.asked_outside a set climbed = w.far, version = a.version + 1
      from unnest(asked, how_far) w (id, far)
     where a.id = w.id and a.climbed < w.far and a.state in ('sent', 'acknowledged')
    returning a.id, a.team_id, a.reference, w.far
  loop
    climbed_now := climbed_now + 1;
    insert into support.asked_outside_step (asked_id, step, team_id, why, by_account, on_day)
    values (late.id, 'climbed', late.team_id, case late.far when 1 then 'Nobody has answered in time: the team manager was told'
      else 'Nobody has answered in time: the senior manager was told' end, null, today);
    for post in
      select p.id from access.post p join access.team t on t.id = p.team_id
       where case when late.far = 1 then t.id = late.team_id and p.role_id = 'team-manager'
         else p.role_id = 'senior-manager' and t.organisation_id = (select its.organisation_id from access.team its where its.id = late.team_id) end
    loop
      perform platform.tell(post.id, 'Nobody has answered somebody who asked for help themselves in time (' || late.reference || '). Please see that somebody does.',
        '/support/asked/' || late.id);
    end loop;
  end loop;
  return climbed_now;
end $$;

revoke all on function support.my_teams, support.teams_i_manage, support.outside_places, support.outside_read, support.outside_keep,
  support.outside_leave, support.outside_code, support.outside_try, support.outside_in, support.outside_teams, support.outside_send,
  support.outside_hand, support.climb_outside from public;
grant execute on function support.my_teams, support.teams_i_manage, support.outside_places, support.outside_read, support.outside_keep,
  support.outside_leave, support.outside_code, support.outside_try, support.outside_in, support.outside_teams, support.outside_send,
  support.outside_hand to kith_app;
