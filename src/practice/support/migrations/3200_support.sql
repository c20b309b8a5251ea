-- Support programmes: who asked for help and who answered, who is helping, what was done together, and what changed. What a
-- programme is stands in its file (programmes/*.yaml); here is what it says now, and everything that was done under it.
create schema support;
grant usage on schema support to kith_app, kith_figures;

create table support.programme (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 60),
  title text not null check (length(title) between 1 and 100),
  state text not null check (state in ('open', 'closed', 'gone')),
  definition jsonb not null,
  version integer not null default 1,
  installed_at timestamptz not null default now()
);
comment on table support.programme is 'holds no person: programmes of help, as their files say them; written at start';
comment on column support.programme.state is 'gone: its file was taken away; those who have it keep it, and nobody asks for it anew';

create table support.programme_team (
  programme text not null references support.programme,
  team_id uuid not null references access.team,
  set_by uuid references access.account default access.account_id(),
  set_at timestamptz not null default now(),
  primary key (programme, team_id)
);
comment on table support.programme_team is 'holds no person: the teams that a partnership named to answer for a programme, in place of what its file says';
create index programme_team_team on support.programme_team (team_id);
create index programme_team_set_by on support.programme_team (set_by);

create sequence support.reference_number;
grant usage on sequence support.reference_number to kith_app;

-- What of the answers to a programme's own questions is counted: those that hold no words.
create function support.countable(answers jsonb) returns jsonb language sql immutable parallel safe set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', a ->> 'id', 'kind', a ->> 'kind', 'value', a ->> 'value')
    || case when a ? 'of' then jsonb_build_object('of', a ->> 'of') else '{}' end order by n), '[]')
  from jsonb_array_elements(answers) with ordinality as x (a, n) where a ->> 'kind' in ('choice', 'yes or no', 'number')
$$;

create table support.request (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  family_id uuid not null references record.family,
  programme text not null references support.programme,
  asked_for text not null references support.programme,
  source text not null check (source in ('social work', 'school', 'health', 'police', 'third sector', 'justice', 'family', 'young person', 'other')),
  asked_by uuid references access.account,
  asked_named text check (length(asked_named) between 1 and 200),
  asked_team uuid references access.team,
  reason text not null check (length(reason) between 1 and 20000),
  tried text not null default '' check (length(tried) <= 10000),
  view text not null default '' check (length(view) <= 10000),
  agreed text not null default '' check (length(agreed) <= 1000),
  urgency text not null check (urgency in ('urgent', 'soon', 'can wait')),
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  counted jsonb not null generated always as (support.countable(answers)) stored,
  findings jsonb not null default '[]' check (jsonb_typeof(findings) = 'array'),
  state text not null default 'sent' check (state in ('sent', 'acknowledged', 'accepted', 'declined', 'closed')),
  team_id uuid not null references access.team,
  sent_on date not null,
  acknowledge_by date not null,
  answer_by date not null,
  acknowledged_on date,
  answered_on date,
  climbed smallint not null default 0 check (climbed between 0 and 2),
  version integer not null default 1,
  made_at timestamptz not null default now(),
  unique (id, family_id),
  constraint request_answered check ((state in ('sent', 'acknowledged')) = (answered_on is null))
);
comment on table support.request is 'Help that was asked for, with everything that was told, so that nobody asks the family again';
comment on column support.request.programme is 'With which programme it is now; asked_for is the one it was first sent to';
comment on column support.request.view is 'What the child or young person thinks, in their words';
comment on column support.request.counted is 'The answers that hold no words: what was chosen, yes or no, and numbers';
comment on column support.request.answer_by is 'Goes with the request when it is sent on to another programme: the clock does not begin again';
comment on column support.request.climbed is 'How far up it went because it was not answered in time: 1 the team manager, 2 the senior manager';
create index request_family on support.request (family_id, sent_on desc, id desc);
create index request_waiting on support.request (team_id, answer_by, id) where state in ('sent', 'acknowledged');
create index request_late on support.request ((case when state = 'sent' then least(answer_by, acknowledge_by) else answer_by end))
  where state in ('sent', 'acknowledged');
create index request_asked_by on support.request (asked_by, sent_on desc, id desc);
create index request_programme on support.request (programme, sent_on);
create index request_open on support.request (programme, (coalesce(answered_on, 'infinity'::date)));
create index request_asked_for on support.request (asked_for);
create index request_asked_team on support.request (asked_team);
create index request_sent_on on support.request (sent_on);

create table support.request_person (
  request_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (request_id, person_id),
  foreign key (request_id, family_id) references support.request (id, family_id) deferrable
);
comment on table support.request_person is 'For whom of the family it was asked';
create index request_person_person on support.request_person (person_id);

create table support.request_step (
  id uuid primary key default uuidv7(),
  request_id uuid not null,
  family_id uuid not null,
  step text not null check (step in ('sent', 'acknowledged', 'accepted', 'redirected', 'declined', 'closed', 'climbed')),
  programme text not null references support.programme,
  team_id uuid references access.team,
  to_programme text references support.programme,
  to_team uuid references access.team,
  why text not null default '' check (length(why) <= 10000),
  next text not null default '' check (length(next) <= 5000),
  told text not null default '' check (length(told) <= 2000),
  acknowledge_by date,
  by_account uuid references access.account default access.account_id(),
  on_day date not null,
  at timestamptz not null default now(),
  foreign key (request_id, family_id) references support.request (id, family_id) deferrable
);
comment on table support.request_step is 'Each step of a request; never changed, never removed';
comment on column support.request_step.acknowledge_by is 'Of "sent" and "redirected": by when those who got it then say that they have it, so that any past day can be told as it was';
comment on column support.request_step.next is 'Where the family goes next, from whoever could not help';
create index request_step_request on support.request_step (request_id, at);
create index request_step_programme on support.request_step (programme);
create index request_step_to_programme on support.request_step (to_programme);
create index request_step_by on support.request_step (by_account);
create index request_step_team on support.request_step (team_id);
create index request_step_to_team on support.request_step (to_team);

create table support.support (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  programme text not null references support.programme,
  request_id uuid,
  came_back_from uuid references support.support,
  level text not null check (level in ('universal', 'additional', 'intensive')),
  team_id uuid not null references access.team,
  lead uuid references access.account,
  state text not null check (state in ('waiting', 'active', 'paused', 'ended')),
  stage text check (length(stage) <= 60),
  stage_by date,
  urgency text not null default 'soon' check (urgency in ('urgent', 'soon', 'can wait')),
  agreed_on date not null,
  waited_from date not null,
  since date,
  until date,
  first_contact_by date,
  first_contact_on date,
  review_by date,
  ends_by date,
  back_by date,
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  counted jsonb not null generated always as (support.countable(answers)) stored,
  version integer not null default 1,
  made_at timestamptz not null default now(),
  unique (id, family_id),
  foreign key (request_id, family_id) references support.request (id, family_id) deferrable,
  constraint support_once unique (request_id),
  constraint support_waits_or_began check ((state = 'waiting') <= (since is null) and (state in ('active', 'paused')) <= (since is not null)),
  constraint support_ended check ((state = 'ended') = (until is not null)),
  constraint support_in_order check (until >= coalesce(since, agreed_on))
);
comment on column support.support.answers is 'To the programme''s own questions when help was agreed';
comment on table support.support is 'Help that a family has, waits for, or had';
comment on column support.support.waited_from is 'When help was first asked for: the waiting list is in the order of these days';
comment on column support.support.level is 'Of the support, never of the child (GIRFEC)';
create index support_family on support.support (family_id, agreed_on desc, id desc);
create index support_going_on on support.support (team_id, id) where state in ('active', 'paused');
create index support_waiting on support.support (team_id, waited_from, id) where state = 'waiting';
create index support_lead on support.support (lead, id) where state in ('active', 'paused');
create index support_at_once on support.support (programme, state) include (id) where state <> 'ended';
create index support_programme on support.support (programme, since);
create index support_last_day on support.support (programme, (coalesce(until, 'infinity'::date)), since);
create index support_agreed on support.support (agreed_on) include (request_id);
create index support_came_back_from on support.support (came_back_from);

create table support.support_person (
  support_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (support_id, person_id),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
create index support_person_person on support.support_person (person_id);

create table support.support_step (
  id uuid primary key default uuidv7(),
  support_id uuid not null,
  family_id uuid not null,
  step text not null check (step in ('accepted', 'began', 'stepped up', 'stepped down', 'paused', 'went on', 'lead', 'stage', 'reviewed', 'ended', 'came back')),
  level text check (level in ('universal', 'additional', 'intensive')),
  what text not null default '' check (length(what) <= 200),
  why text not null default '' check (length(why) <= 10000),
  by_account uuid references access.account default access.account_id(),
  on_day date not null,
  at timestamptz not null default now(),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
comment on table support.support_step is 'What became of a support, step by step; never changed, never removed';
create index support_step_support on support.support_step (support_id, at);
create index support_step_by on support.support_step (by_account);

create table support.goal (
  id uuid primary key default uuidv7(),
  support_id uuid not null,
  family_id uuid not null,
  person_id uuid references record.person,
  words text not null check (length(words) between 1 and 2000),
  state text not null default 'working on it' check (state in ('working on it', 'reached', 'let go')),
  set_on date not null,
  ended_on date,
  version integer not null default 1,
  unique (id, support_id),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable,
  check ((state = 'working on it') = (ended_on is null))
);
comment on column support.goal.words is 'In the words of those whose goal it is';
create index goal_support on support.goal (support_id, id);
create index goal_person on support.goal (person_id);

-- Group work. A group holds no person; who is in it, and who came, hangs on each family's own support.
create table support.group_work (
  id uuid primary key default uuidv7(),
  programme text not null references support.programme,
  team_id uuid not null references access.team,
  title text not null check (length(title) between 1 and 200),
  place text not null default '' check (length(place) <= 300),
  places integer not null check (places between 1 and 1000),
  first_on date not null,
  last_on date,
  made_by uuid references access.account default access.account_id(),
  version integer not null default 1,
  check (last_on >= first_on)
);
comment on table support.group_work is 'holds no person: a group that a programme runs, where and how many places it has';
create index group_work_team on support.group_work (team_id, last_on);
create index group_work_programme on support.group_work (programme);
create index group_work_made_by on support.group_work (made_by);

create table support.group_member (
  group_id uuid not null references support.group_work,
  support_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  joined_on date not null,
  left_on date check (left_on >= joined_on),
  primary key (group_id, person_id),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
create index group_member_support on support.group_member (support_id);
create index group_member_person on support.group_member (person_id);

create table support.session (
  id uuid primary key default uuidv7(),
  support_id uuid not null,
  family_id uuid not null,
  programme text not null references support.programme,
  level text not null check (level in ('universal', 'additional', 'intensive')),
  group_id uuid references support.group_work,
  on_day date not null check (on_day between date '1990-01-01' and date '2200-01-01'),
  began time not null,
  minutes smallint not null check (minutes between 1 and 1440),
  way text not null check (way in ('at home', 'at school', 'somewhere else', 'by phone', 'by video', 'by message', 'in a group')),
  out_of_hours boolean not null generated always as (extract(isodow from on_day) > 5 or began < time '09:00' or began >= time '17:00') stored,
  what text not null default '' check (length(what) <= 5000),
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  counted jsonb not null generated always as (support.countable(answers)) stored,
  by_account uuid references access.account default access.account_id(),
  written_at timestamptz not null default now(),
  unique (id, family_id),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
comment on table support.session is 'A time together, or a contact: on which day, at what hour and for how long';
comment on column support.session.level is 'At which level the support stood on that day';
comment on column support.session.out_of_hours is 'In the evening, early in the morning, or at a weekend: seed rows 5 and 9';
create index session_support on support.session (support_id, on_day desc, id desc);
create index session_programme_day on support.session (programme, on_day) include (support_id, family_id, level, minutes, out_of_hours);
create index session_day on support.session (on_day);
create index session_counted on support.session (on_day) where counted <> '[]';
create index session_family on support.session (family_id);
create index session_by on support.session (by_account);
create index session_group on support.session (group_id, on_day) where group_id is not null;
create unique index session_register on support.session (group_id, support_id, on_day, began) where group_id is not null;

create table support.session_person (
  session_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  came text not null check (came in ('came', 'could not come', 'did not come')),
  primary key (session_id, person_id) include (came),
  foreign key (session_id, family_id) references support.session (id, family_id) deferrable
);
create index session_person_person on support.session_person (person_id);

create table support.session_item (
  session_id uuid not null,
  family_id uuid not null,
  item text not null check (length(item) between 1 and 60),
  amount integer not null check (amount between 1 and 100000),
  primary key (session_id, item),
  foreign key (session_id, family_id) references support.session (id, family_id) deferrable
);
comment on table support.session_item is 'Things of the programme''s own that were given or made: packs, bicycles, awards';

create table support.reading (
  id uuid primary key default uuidv7(),
  support_id uuid not null,
  family_id uuid not null,
  programme text not null references support.programme,
  tool text not null check (length(tool) between 1 and 60),
  person_id uuid references record.person,
  moment text not null check (moment in ('first', 'between', 'last')),
  on_day date not null,
  score numeric not null,
  words text not null default '' check (length(words) <= 5000),
  by_account uuid references access.account default access.account_id(),
  written_at timestamptz not null default now(),
  unique (id, family_id),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
comment on table support.reading is 'How things were on a named tool on a day; never changed. One first and one last for each person: kept by the action, since two records of one person that are made one keep both';
comment on column support.reading.score is 'The mean of what was said for each goal or area';
create index reading_support on support.reading (support_id, tool, on_day, id);
create index reading_programme on support.reading (programme, tool);
create index reading_first on support.reading (programme, on_day) include (support_id, family_id, tool, person_id, score) where moment = 'first';
create index reading_last on support.reading (support_id, tool, on_day, id) include (person_id, score) where moment = 'last';
create index reading_person on support.reading (person_id);
create index reading_by on support.reading (by_account);

create table support.reading_score (
  reading_id uuid not null,
  family_id uuid not null,
  area text not null check (length(area) between 1 and 60),
  title text not null check (length(title) between 1 and 2000),
  score numeric not null,
  primary key (reading_id, area),
  foreign key (reading_id, family_id) references support.reading (id, family_id) deferrable
);
comment on column support.reading_score.title is 'The goal or the area as it was called when it was said';

create table support.ending (
  support_id uuid primary key,
  family_id uuid not null,
  outcome text not null check (length(outcome) between 1 and 60),
  why text not null check (length(why) between 1 and 10000),
  next text not null check (length(next) between 1 and 5000),
  next_programme text references support.programme,
  view text not null default '' check (length(view) <= 10000),
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array'),
  counted jsonb not null generated always as (support.countable(answers)) stored,
  ended_on date not null,
  by_account uuid references access.account default access.account_id(),
  at timestamptz not null default now(),
  foreign key (support_id, family_id) references support.support (id, family_id) deferrable
);
comment on table support.ending is 'How support ended, why, and what comes next for the family';
create index ending_counted on support.ending (ended_on) where counted <> '[]';
create index ending_next on support.ending (next_programme);
create index ending_by on support.ending (by_account);

-- Everything about a family is seen for a reason.
do $$
declare t text;
begin
  foreach t in array array['request', 'request_person', 'request_step', 'support', 'support_person', 'support_step', 'goal', 'group_member',
    'session', 'session_person', 'session_item', 'reading', 'reading_score', 'ending'] loop
    -- Lists of requests, of supports and of what was done reach over many families.
    call record.protect_family_table(('support.' || t)::regclass, listed => t in ('request', 'request_person', 'support', 'support_person', 'session', 'group_member'));
    execute format('revoke update on support.%I from kith_app', t);
    execute format('create policy figures on support.%I for select to kith_figures using (true)', t);
  end loop;
end $$;
grant update (programme, team_id, state, answers, acknowledge_by, acknowledged_on, answered_on, climbed, version) on support.request to kith_app;
grant update (level, lead, state, stage, stage_by, since, until, first_contact_by, first_contact_on, ends_by, review_by, back_by, version) on support.support to kith_app;
grant update (words, state, ended_on, version) on support.goal to kith_app;
grant update (left_on) on support.group_member to kith_app;
grant select on support.programme, support.programme_team, support.group_work to kith_app;
grant insert, delete on support.programme_team to kith_app;
grant insert (id, programme, team_id, title, place, places, first_on, last_on), update (title, place, places, first_on, last_on, version) on support.group_work to kith_app;

-- Figures: programmes, days, numbers and kinds; never a word, a name or who did it.
grant select on support.programme, support.request_person, support.support_person, support.group_work, support.session_person, support.session_item to kith_figures;
grant select (id, reference, family_id, programme, asked_for, source, urgency, state, sent_on, acknowledge_by, answer_by, acknowledged_on,
  answered_on, climbed) on support.request to kith_figures;
grant select (id, request_id, step, programme, to_programme, acknowledge_by, on_day, at) on support.request_step to kith_figures;
grant select (id, family_id, programme, request_id, came_back_from, level, state, agreed_on, waited_from, since, until, first_contact_by,
  first_contact_on) on support.support to kith_figures;
grant select (id, support_id, family_id, programme, level, group_id, on_day, began, minutes, way, out_of_hours) on support.session to kith_figures;
grant select (id, support_id, family_id, programme, tool, person_id, moment, on_day, score) on support.reading to kith_figures;
grant select (reading_id, area, score) on support.reading_score to kith_figures;
grant select (support_id, outcome, next_programme, ended_on) on support.ending to kith_figures;
grant select (id, support_id, state, set_on, ended_on) on support.goal to kith_figures;
grant select (counted) on support.request, support.support, support.session, support.ending to kith_figures;

-- How many a programme helps and how many wait, whoever asks: numbers, and nobody's name. What capacity is held against; people are
-- counted where it is of people.
create function support.standing(of_programme text) returns table (families integer, people integer, waiting integer)
language plpgsql stable security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  select (select count(*)::integer from support.support s where s.programme = of_programme and s.state in ('active', 'paused')),
    case when (select g.definition -> 'capacity' ->> 'of' from support.programme g where g.id = of_programme) = 'people' then
      (select count(*)::integer from support.support s join support.support_person p on p.support_id = s.id
        where s.programme = of_programme and s.state in ('active', 'paused')) end,
    (select count(*)::integer from support.support s where s.programme = of_programme and s.state = 'waiting');
  perform set_config('kith.purpose', purpose, true);
end $$;

-- How many places of a group are taken, whoever asks.
create function support.in_group(of_group uuid) returns table (people integer)
language plpgsql stable security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query select count(*)::integer from support.group_member m where m.group_id = of_group and m.left_on is null;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The teams that answer for a programme, and how near each is to a family: those the partnership named, else those of the service
-- that its file names, nearest first (0: works where the family is counted; 1: works nowhere in particular; 2: elsewhere).
create function support.teams_for(of_programme text, in_locality text)
returns table (team_id uuid, name text, organisation text, near integer)
language sql stable set search_path = '' as $$
  select t.id, t.name, o.name,
    case when not exists (select from record.team_there w where w.team_id = t.id and w.during @> current_date) then 1
      when exists (select from record.team_there w join record.place l on l.id = w.place_id left join record.place above on above.id = l.within
        where w.team_id = t.id and w.during @> current_date and in_locality in (l.name, above.name)) then 0
      else 2 end
  from support.programme p
    join access.team t on case when exists (select from support.programme_team own where own.programme = p.id)
      then exists (select from support.programme_team own where own.programme = p.id and own.team_id = t.id)
      else t.service = p.definition -> 'answeredBy' ->> 'service'
        and t.name = coalesce(p.definition -> 'answeredBy' ->> 'team', t.name) end
    join access.organisation o on o.id = t.organisation_id and (o.name = coalesce(p.definition -> 'answeredBy' ->> 'organisation', o.name)
      or exists (select from support.programme_team own where own.programme = p.id))
  where p.id = of_programme
    and exists (select from access.post x join access.holding h on h.post_id = x.id and h.during @> now() join access.account a on a.id = h.account_id and a.left_at is null
      where x.team_id = t.id and x.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager', 'senior-manager'))
  order by 4, t.name, t.id
$$;

-- Whoever answers sees the family from when it is sent to them: every post of the team that works with families.
create function support.give_team(of_family uuid, to_team uuid, of_kind text, record uuid) returns void
language sql set search_path = '' as $$
  select access.give_reason(of_family, p.id, of_kind, record) from access.post p
   where p.team_id = to_team and p.role_id in ('social-worker', 'school-wellbeing-lead', 'family-support-worker', 'team-manager', 'senior-manager')
$$;

-- Requests that are older than their clock and have not climbed as far as they should, for the job that makes them climb.
create function support.climb(requests uuid[], how_far smallint[], today date) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  late record;
  post record;
  climbed_now integer := 0;
begin
  perform set_config('kith.purpose', 'finding', true);
  for late in
    update support.request r set climbed = w.far, version = r.version + 1
      from unnest(requests, how_far) w (id, far)
     where r.id = w.id and r.climbed < w.far and r.state in ('sent', 'acknowledged')
    returning r.id, r.family_id, r.programme, r.team_id, r.asked_team, r.reference, w.far
  loop
    climbed_now := climbed_now + 1;
    insert into support.request_step (request_id, family_id, step, programme, team_id, why, by_account, on_day)
    values (late.id, late.family_id, 'climbed', late.programme, late.team_id,
      case late.far when 1 then 'Nobody has answered in time: the team manager was told' else 'Nobody has answered in time: the senior manager was told' end, null, today);
    for post in
      select p.id from access.post p join access.team t on t.id = p.team_id
       where case when late.far = 1 then t.id = late.team_id and p.role_id = 'team-manager'
         else p.role_id = 'senior-manager' and t.organisation_id in (
           select its.organisation_id from access.team its where its.id in (late.team_id, late.asked_team)) end
    loop
      if late.far = 2 and not access.is_restricted(late.family_id) then
        insert into access.reason (subject, holder, kind, scope, about_record)
        select late.family_id, post.id, k.id, k.scope, late.id from access.reason_kind k where k.id = 'support-asked'
        on conflict do nothing;
      end if;
      perform platform.tell(post.id, 'Nobody has answered a request for help in time (' || late.reference || '). Please see that somebody does.',
        '/support/requests/' || late.id, array[late.family_id]);
    end loop;
  end loop;
  perform set_config('kith.purpose', purpose, true);
  return climbed_now;
end $$;
revoke all on function support.standing, support.in_group, support.teams_for, support.give_team, support.climb, support.countable from public;
grant execute on function support.standing, support.in_group, support.teams_for, support.give_team, support.countable to kith_app;
