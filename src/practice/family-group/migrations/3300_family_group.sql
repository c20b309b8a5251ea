-- Family group decision making: a family is asked for, a coordinator takes it on within the room they have, the family's network is
-- asked to come, they meet, have time by themselves, and make a plan in their own words. What is said in private family time is
-- written nowhere: there is no column for it.
create schema family_group;
grant usage on schema family_group to kith_app, kith_figures;

-- Numbers are this partnership's own to change, as dated rows. The seed (000, 2.10) says "around 12 weeks".
insert into record.clock (id, title, amount, unit, during, source) values
  ('family-group-answer', 'A coordinator answers when a family group meeting is asked for', 10, 'working days', '[2020-09-01,)', 'Set by the partnership'),
  ('family-group-plan', 'A family has its plan, from when a coordinator took it on', 12, 'weeks', '[2020-09-01,)',
    'Committee report on family support (2021), paragraph 2.10: the process takes around 12 weeks'),
  ('family-group-emergency', 'A family meets when it cannot wait, from when a coordinator took it on', 1, 'weeks', '[2020-09-01,)',
    'Set by the partnership: an emergency meeting within a week, then a full one'),
  ('family-group-review', 'A family looks at its plan again, from when it was agreed', 3, 'months', '[2020-09-01,)', 'Set by the partnership');

-- How many families a coordinator takes at once, since when.
create table family_group.room (
  account_id uuid not null references access.account,
  team_id uuid not null references access.team,
  at_once smallint not null check (at_once between 0 and 40),
  during daterange not null check (not isempty(during) and lower(during) is not null),
  version integer not null default 1,
  set_by uuid references access.account default access.account_id(),
  primary key (account_id, during without overlaps)
);
comment on table family_group.room is 'holds no person: how many families each coordinator takes at once';
create index room_team on family_group.room (team_id);
create index room_set_by on family_group.room (set_by);

create sequence family_group.reference_number;
grant usage on sequence family_group.reference_number to kith_app;

create table family_group.process (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  family_id uuid not null references record.family,
  team_id uuid not null references access.team,
  asked_by uuid not null references access.account default access.account_id(),
  asked_team uuid not null references access.team,
  asked_on date not null,
  answer_by date not null,
  emergency boolean not null default false,
  decide text not null check (length(decide) between 1 and 10000),
  strengths text not null default '' check (length(strengths) <= 10000),
  bottom_line text not null check (length(bottom_line) between 1 and 5000),
  bottom_line_of uuid not null references access.account,
  safety text not null check (length(safety) between 1 and 5000),
  view text not null default '' check (length(view) <= 10000),
  agreed_with text not null check (length(agreed_with) between 1 and 1000),
  state text not null default 'waiting' check (state in ('waiting', 'preparing', 'following', 'ended', 'not taken')),
  coordinator uuid references access.account,
  accepted_on date,
  plan_by date,
  meet_by date,
  plan_agreed_on date,
  ended_on date,
  ending text check (ending in ('has what it needs', 'plan not kept', 'chose another way', 'no plan agreed', 'other help', 'withdrawn')),
  version integer not null default 1,
  made_at timestamptz not null default now(),
  unique (id, family_id),
  constraint process_accepted check ((state in ('waiting', 'not taken')) or (coordinator is not null and accepted_on is not null and plan_by is not null)),
  constraint process_ended check ((state in ('ended', 'not taken')) = (ended_on is not null) and (ended_on is null) = (ending is null)),
  constraint process_in_order check (accepted_on >= asked_on and plan_agreed_on >= accepted_on and ended_on >= asked_on)
);
comment on table family_group.process is 'A family group meeting from the asking to the end of its reviews';
comment on column family_group.process.bottom_line is 'What cannot be otherwise, whatever the family plans; whose it is agrees the plan or says why not';
comment on column family_group.process.safety is 'What has to be thought of so that everybody who comes is safe';
comment on column family_group.process.plan_by is 'The clock family-group-plan, counted from the day on which a coordinator took it on';
create unique index process_once on family_group.process (family_id) where state in ('waiting', 'preparing', 'following');
create index process_family on family_group.process (family_id, asked_on desc, id desc);
create index process_waiting on family_group.process (team_id, (not emergency), asked_on, id) where state = 'waiting';
create index process_coordinator on family_group.process (coordinator, id) where state in ('preparing', 'following');
create index process_coordinator_all on family_group.process (coordinator);
create index process_asked_by on family_group.process (asked_by, id);
create index process_bottom_line_of on family_group.process (bottom_line_of, id);
create index process_asked_team on family_group.process (asked_team);
create index process_team on family_group.process (team_id);
create index process_asked_on on family_group.process (asked_on);
create index process_ended_on on family_group.process (ended_on);

create table family_group.child (
  process_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (process_id, person_id),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable
);
comment on table family_group.child is 'The children whom the family decides for';
create index child_person on family_group.child (person_id);

create table family_group.guest (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  person_id uuid references record.person,
  named text check (length(named) between 1 and 200),
  named_agreed text not null default '' check (length(named_agreed) <= 500),
  relation text not null default '' check (length(relation) <= 200),
  standing text not null check (standing in ('to be asked', 'asked', 'comes', 'cannot come', 'should not be there')),
  asked_by text not null default '' check (length(asked_by) <= 200),
  view text not null default '' check (length(view) <= 10000),
  why_not text not null default '' check (length(why_not) <= 5000),
  needs text not null default '' check (length(needs) <= 5000),
  version integer not null default 1,
  unique (id, family_id),
  unique (id, process_id),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable,
  constraint guest_is_one check (num_nonnulls(person_id, named) = 1),
  constraint guest_named_agreed check (named is null or named_agreed <> ''),
  constraint guest_why_not check (standing <> 'should not be there' or why_not <> '')
);
comment on table family_group.guest is 'The family''s network: who is asked to come and by whom, who sends a view, who should not be there and why';
comment on column family_group.guest.named is 'Somebody who is not in the record: by name only, with their agreement';
comment on column family_group.guest.asked_by is 'Who asks them to come: often one of the family';
create unique index guest_once on family_group.guest (process_id, person_id) where person_id is not null;
create index guest_process on family_group.guest (process_id);
create index guest_person on family_group.guest (person_id);

create table family_group.preparation (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  guest_id uuid not null,
  on_day date not null,
  way text not null check (way in ('at home', 'somewhere else', 'by phone', 'by video')),
  needs text not null default '' check (length(needs) <= 5000),
  by_account uuid references access.account default access.account_id(),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable,
  foreign key (guest_id, process_id) references family_group.guest (id, process_id) deferrable
);
comment on table family_group.preparation is 'Whom the coordinator met before the family meets, when, and what they need';
create index preparation_process on family_group.preparation (process_id, on_day, id);
create index preparation_guest on family_group.preparation (guest_id);
create index preparation_by on family_group.preparation (by_account);

create table family_group.meeting (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  kind text not null check (kind in ('family meeting', 'emergency meeting', 'meeting again')),
  on_day date not null,
  began time not null,
  place text not null check (length(place) between 1 and 300),
  held boolean not null default false,
  information text not null default '' check (length(information) <= 10000),
  private_minutes smallint check (private_minutes between 0 and 1440),
  version integer not null default 1,
  unique (id, family_id),
  unique (id, process_id),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable,
  constraint meeting_held check (not held or private_minutes is not null)
);
comment on table family_group.meeting is 'Each time the family meets: information time, then private family time, of which only its length is kept';
create index meeting_process on family_group.meeting (process_id, on_day, id);
create index meeting_day on family_group.meeting (on_day) where held;

create table family_group.came (
  meeting_id uuid not null,
  family_id uuid not null,
  guest_id uuid not null,
  primary key (meeting_id, guest_id),
  foreign key (meeting_id, family_id) references family_group.meeting (id, family_id) deferrable,
  foreign key (guest_id, family_id) references family_group.guest (id, family_id) deferrable
);
create index came_guest on family_group.came (guest_id);

create table family_group.plan (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  meeting_id uuid not null,
  words text not null check (length(words) between 1 and 20000),
  offered text not null default '' check (length(offered) <= 10000),
  review_on date not null,
  standing text not null default 'to be answered' check (standing in ('to be answered', 'agreed', 'not agreed')),
  why text not null default '' check (length(why) <= 10000),
  written_on date not null,
  written_by uuid references access.account default access.account_id(),
  answered_on date,
  answered_by uuid references access.account,
  version integer not null default 1,
  unique (id, family_id),
  unique (id, process_id),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable,
  foreign key (meeting_id, process_id) references family_group.meeting (id, process_id) deferrable,
  constraint plan_answered check ((standing = 'to be answered') = (answered_on is null)),
  constraint plan_why_not check (standing <> 'not agreed' or why <> '')
);
comment on table family_group.plan is 'The family''s plan in the family''s words, and the answer of whoever holds the bottom line; one that was answered is not changed';
create unique index plan_once on family_group.plan (process_id) where standing = 'to be answered';
create index plan_process on family_group.plan (process_id, id);
create index plan_meeting on family_group.plan (meeting_id);
create index plan_written_by on family_group.plan (written_by);
create index plan_answered_by on family_group.plan (answered_by);
create index plan_answered_on on family_group.plan (answered_on);

create table family_group.plan_action (
  id uuid primary key default uuidv7(),
  plan_id uuid not null,
  family_id uuid not null,
  place smallint not null check (place between 1 and 40),
  what text not null check (length(what) between 1 and 1000),
  guest_id uuid,
  service text check (length(service) between 1 and 200),
  due date,
  unique (plan_id, place),
  foreign key (plan_id, family_id) references family_group.plan (id, family_id) deferrable,
  foreign key (guest_id, family_id) references family_group.guest (id, family_id) deferrable,
  constraint plan_action_of_one check (num_nonnulls(guest_id, service) = 1)
);
comment on table family_group.plan_action is 'What somebody of the family, or a service, does';
create index plan_action_guest on family_group.plan_action (guest_id);

create table family_group.given (
  plan_id uuid not null,
  family_id uuid not null,
  guest_id uuid not null,
  on_day date not null,
  way text not null check (way in ('by hand', 'by post', 'by e-mail', 'read to them')),
  by_account uuid references access.account default access.account_id(),
  primary key (plan_id, guest_id),
  foreign key (plan_id, family_id) references family_group.plan (id, family_id) deferrable,
  foreign key (guest_id, family_id) references family_group.guest (id, family_id) deferrable
);
comment on table family_group.given is 'To whom the plan was given, when and how';
create index given_guest on family_group.given (guest_id);
create index given_by on family_group.given (by_account);

create table family_group.review (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  due date not null,
  held_on date,
  said text not null default '' check (length(said) <= 10000),
  outcome text check (outcome in ('goes well', 'changed a little', 'meets again')),
  by_account uuid references access.account,
  version integer not null default 1,
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable,
  constraint review_held check ((held_on is null) = (outcome is null))
);
comment on table family_group.review is 'When the family looks at its plan again, and what it said';
create unique index review_open on family_group.review (process_id) where held_on is null;
create index review_process on family_group.review (process_id, due, id);
create index review_by on family_group.review (by_account);

create table family_group.step (
  id uuid primary key default uuidv7(),
  process_id uuid not null,
  family_id uuid not null,
  step text not null check (step in ('asked', 'accepted', 'handed over', 'turned away', 'withdrawn', 'met', 'plan written', 'plan agreed', 'plan not agreed',
    'reviewed', 'ended')),
  why text not null default '' check (length(why) <= 10000),
  next text not null default '' check (length(next) <= 5000),
  by_account uuid references access.account default access.account_id(),
  on_day date not null,
  at timestamptz not null default now(),
  foreign key (process_id, family_id) references family_group.process (id, family_id) deferrable
);
comment on table family_group.step is 'Each step; never changed, never removed';
create index step_process on family_group.step (process_id, at);
create index step_by on family_group.step (by_account);

-- Everything about a family is seen for a reason.
do $$
declare t text;
begin
  foreach t in array array['process', 'child', 'guest', 'preparation', 'meeting', 'came', 'plan', 'plan_action', 'given', 'review', 'step'] loop
    call record.protect_family_table(('family_group.' || t)::regclass, listed => t in ('process', 'child', 'meeting', 'plan', 'review'));
    execute format('revoke update on family_group.%I from kith_app', t);
    execute format('create policy figures on family_group.%I for select to kith_figures using (true)', t);
  end loop;
end $$;
grant update (state, coordinator, accepted_on, plan_by, meet_by, plan_agreed_on, ended_on, ending, version) on family_group.process to kith_app;
grant update (relation, standing, asked_by, view, why_not, needs, version) on family_group.guest to kith_app;
grant update (on_day, began, place, held, information, private_minutes, version) on family_group.meeting to kith_app;
grant update (standing, why, answered_on, answered_by, version) on family_group.plan to kith_app;
grant update (held_on, said, outcome, by_account, version) on family_group.review to kith_app;
grant select, insert on family_group.room to kith_app;
grant update (team_id, at_once, during, version, set_by) on family_group.room to kith_app;

-- A plan that was answered stays as it was answered.
create function family_group.keep_answered() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'a plan that was answered is not changed' using errcode = 'check_violation', constraint = 'plan_answered_stays';
end $$;
create trigger plan_answered_stays before update on family_group.plan
  for each row when (old.standing <> 'to be answered') execute function family_group.keep_answered();

-- Figures: days, numbers and kinds; never a word, a name or who did it.
grant select (id, reference, family_id, team_id, asked_on, answer_by, emergency, state, coordinator, accepted_on, plan_by, plan_agreed_on, ended_on, ending)
  on family_group.process to kith_figures;
grant select on family_group.child, family_group.room to kith_figures;
grant select (id, process_id, family_id, kind, on_day, held) on family_group.meeting to kith_figures;
grant select (id, process_id, family_id, standing, answered_on) on family_group.plan to kith_figures;
-- Where a child lives is counted by the kind of home on a day. Which address it is, no figure can read.
grant select (person_id, kind, during) on record.home to kith_figures;
create policy figures on record.home for select to kith_figures using (true);

-- Each coordinator with the room they have and how many families they are with, whoever asks: numbers, and no family's name. A
-- family takes room from the day it is taken on until its plan is agreed; those whose plan is looked at again are counted beside.
create function family_group.rooms(on_day date) returns table (account_id uuid, name text, team_id uuid, team text, at_once integer, now integer,
  following integer, version integer)
language plpgsql stable security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
    select r.account_id, a.name, r.team_id, t.name, r.at_once::integer,
      (select count(*)::integer from family_group.process p where p.coordinator = r.account_id and p.state = 'preparing'),
      (select count(*)::integer from family_group.process p where p.coordinator = r.account_id and p.state = 'following'),
      r.version
    from family_group.room r join access.account a on a.id = r.account_id and a.left_at is null join access.team t on t.id = r.team_id
    where r.during @> on_day
      and exists (select from access.holding h join access.post x on x.id = h.post_id where h.account_id = r.account_id and x.team_id = r.team_id and h.during @> now())
    order by t.name, a.name, r.account_id limit 200;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Holds a coordinator's room still and says what is left of it: two families that are taken on at once cannot both have the last
-- place. Nothing when they have said no number.
create function family_group.room_left(of_account uuid, on_day date) returns table (at_once integer, now integer)
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  held family_group.room;
begin
  select r.* into held from family_group.room r where r.account_id = of_account and r.during @> on_day for update;
  if held.account_id is null then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  return query select held.at_once::integer, (select count(*)::integer from family_group.process p where p.coordinator = of_account and p.state = 'preparing');
  perform set_config('kith.purpose', purpose, true);
end $$;

-- The teams of coordinators: those of the service "family-group" in which somebody works with families.
create function family_group.teams() returns table (team_id uuid, name text, organisation text)
language sql stable set search_path = '' as $$
  select t.id, t.name, o.name from access.team t join access.organisation o on o.id = t.organisation_id
  where t.service = 'family-group' and exists (select from access.post x join access.holding h on h.post_id = x.id and h.during @> now()
      join access.account a on a.id = h.account_id and a.left_at is null
    where x.team_id = t.id and x.role_id in ('social-worker', 'family-support-worker', 'team-manager'))
  order by t.name, t.id limit 50
$$;

-- The team of coordinators sees the family from when it is asked, until one of them takes it on or it is not taken.
create function family_group.give_team(of_family uuid, to_team uuid, record uuid) returns void
language sql set search_path = '' as $$
  select access.give_reason(of_family, p.id, 'family-group-asked', record) from access.post p
   where p.team_id = to_team and p.role_id in ('social-worker', 'family-support-worker', 'team-manager')
$$;
-- Who took on a family that waited for whoever asks, for one who was second and sees the family no longer: a colleague's name, and
-- nothing of the family.
create function family_group.taken_by(of_process uuid) returns table (name text)
language plpgsql stable security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
    select a.name from family_group.process p join access.account a on a.id = p.coordinator
     where p.id = of_process and exists (select from access.reason r
       where r.subject = p.family_id and r.kind = 'family-group-asked' and r.about_record = p.id and r.holder = any (access.holders()));
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function family_group.taken_by, family_group.rooms, family_group.room_left, family_group.teams, family_group.give_team, family_group.keep_answered from public;
grant execute on function family_group.taken_by, family_group.rooms, family_group.room_left, family_group.teams, family_group.give_team to kith_app;
