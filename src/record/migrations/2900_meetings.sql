-- Meetings of a family: one engine for every kind. What a kind asks for is data; a meeting keeps what its kind asked for on the day
-- it was planned. Once its record is signed it is never changed: corrections stand beside it.

create table record.meeting_kind (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 60),
  title text not null check (length(title) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 2000),
  asked text[] not null check (cardinality(asked) between 1 and 12),
  must_come text[] not null default '{}' check (must_come <@ asked),
  least smallint not null default 0 check (least between 0 and 12),
  chairs smallint not null default 1 check (chairs in (1, 2)),
  questions text[] not null check (cardinality(questions) between 1 and 15),
  notes_clock text,
  next_clock text,
  again_clock text,
  source text not null check (length(source) between 1 and 500),
  used boolean not null default true,
  version integer not null default 1
);
comment on table record.meeting_kind is 'holds no person: kinds of meeting, who is needed at each, and what each has to answer';
comment on column record.meeting_kind.asked is 'Who is asked to come, by what they are to the child';
comment on column record.meeting_kind.must_come is 'Those of them without whom there is no quorum';
comment on column record.meeting_kind.least is 'How many of those who are asked have to be there; 0 when the meeting needs no quorum';
comment on column record.meeting_kind.notes_clock is 'An id of record.clock: within how long the notes are sent';
comment on column record.meeting_kind.next_clock is 'An id of record.clock: within how long the next meeting is held';
comment on column record.meeting_kind.again_clock is 'An id of record.clock: within how long people meet again when there was no quorum';

create table record.meeting_kind_change (
  id uuid primary key default uuidv7(),
  kind_id text not null references record.meeting_kind,
  was jsonb not null,
  why text not null check (length(why) between 1 and 500),
  changed_by uuid references access.account default access.account_id(),
  changed_at timestamptz not null default now()
);
comment on table record.meeting_kind_change is 'holds no person: how kinds of meeting were changed, when and why, and by which colleague';
create index meeting_kind_change_kind on record.meeting_kind_change (kind_id, changed_at desc);
create index meeting_kind_change_changed_by on record.meeting_kind_change (changed_by);
comment on column record.meeting_kind_change.was is 'The row as it was; null in JSON when it was added';
grant select, insert, update on record.meeting_kind to kith_app;
grant select, insert on record.meeting_kind_change to kith_app;

insert into record.meeting_kind (id, title, purpose, asked, must_come, least, chairs, questions, notes_clock, next_clock, again_clock, source) values
  ('plan-review', 'Review of a child’s plan', 'To see what has changed since the plan was agreed, and what should happen next.',
    '{"Child or young person","Parent or carer","Lead professional","School or nursery","Health"}', '{"Lead professional"}', 3, 1,
    '{"What has got better since last time?","What is still hard?","What does the child say, and what was done about what they said last time?","Was each thing done that was agreed? What came of it?","Is the plan still the right one?","Was advocacy offered, and what was the answer?"}',
    'meeting-notes', 'plan-review', null, 'Getting it right for every child: Child’s Plan practice statement. Who has to be there is set by the partnership'),
  ('planning-meeting', 'Child protection planning meeting', 'To decide together whether a child is at risk of significant harm, and what keeps them safe.',
    '{"Child or young person","Parent or carer","Social work","Health","Police Scotland","School or nursery"}', '{"Social work"}', 3, 1,
    '{"What are we worried about?","What is working well?","What do the child and the parents say?","Is the child at risk of significant harm, and should a plan keep them safe?","Who is in the core group?","Was advocacy offered, and what was the answer?"}',
    'cppm-record', 'cppm-review', 'cppm-again', 'National guidance for child protection in Scotland 2021, updated 2023. How many have to be there is set by the partnership'),
  ('core-group', 'Core group', 'To carry out the plan that keeps a child safe, and to change it when life changes.',
    '{"Child or young person","Parent or carer","Lead professional","Health","School or nursery"}', '{"Lead professional"}', 3, 1,
    '{"How is the child, and what do they say?","What was done since last time, and what came of it?","Is the child safer? How do we know?","Has anything changed that the planning meeting should hear of?"}',
    'meeting-notes', null, null, 'National guidance for child protection in Scotland 2021, updated 2023. How many have to be there is set by the partnership'),
  ('care-review', 'All-about-me meeting', 'To look at how a child’s home, school, health, family time and plans are going.',
    '{"Child or young person","Parent or carer","Those they live with","Social work","School or nursery","Health"}', '{"Social work"}', 3, 1,
    '{"How does the child feel about where they live?","How is family time, with brothers and sisters too?","How are school, friends and health?","What does the child want to happen?","What is the plan for the long term?","Was advocacy offered, and what was the answer?"}',
    'meeting-notes', 'care-review-next', null, 'Looked After Children (Scotland) Regulations 2009, regulation 45. How many have to be there is set by the partnership'),
  ('safeguarding-panel', 'Young Person’s Safeguarding Panel', 'To make the places and groups where a young person is at risk safer, with the young person.',
    '{"Young person","Social work","Police Scotland","Community learning","School","Community safety","Housing"}', '{"Social work","Police Scotland"}', 4, 2,
    '{"Where and with whom is the young person at risk, and where are they safe?","What does the young person say?","What will be done about the place or the group?","Who tells the young person what was decided, and when?"}',
    'meeting-notes', null, null, 'The partnership’s plan for children’s services: co-chaired by social work and police'),
  ('family-meeting', 'Family meeting', 'For the family to make its own plan. What is said in private family time belongs to the family and is not written down.',
    '{"Child or young person","Family","Co-ordinator"}', '{}', 0, 1,
    '{"What was the family asked to decide?","What plan did the family make?","Is there anything in the plan that is not safe? Say what and why","When will the family look at the plan again?"}',
    'meeting-notes', null, null, 'Family Group Decision Making: the plan is kept and not the talk'),
  ('team-around', 'Meeting of those who help', 'For the family and those who help them to agree who does what.',
    '{"Child or young person","Parent or carer","Named person","Others who help"}', '{}', 0, 1,
    '{"What is going well?","What would help?","Who does what, and by when?"}',
    'meeting-notes', null, null, 'Getting it right for every child: help that is agreed together');

create table record.meeting (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  kind_id text not null references record.meeting_kind,
  title text not null check (length(title) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 2000),
  asked text[] not null default '{}',
  must_come text[] not null default '{}',
  least smallint not null default 0,
  chairs smallint not null default 1,
  meets_on date not null check (meets_on between date '1900-01-01' and date '2200-01-01'),
  meets_at time,
  minutes smallint not null default 60 check (minutes between 5 and 720),
  room text not null default '' check (length(room) <= 60),
  getting_there text not null default '' check (length(getting_there) <= 500),
  begun boolean not null default false,
  said text not null default '' check (length(said) <= 20000),
  quorum boolean,
  quorum_words text not null default '' check (length(quorum_words) <= 1000),
  next_on date,
  notes_by date,
  again_by date,
  organised_by uuid not null references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  signed_by uuid references access.account,
  signed_as text not null default '' check (length(signed_as) <= 500),
  signed_at timestamptz,
  cancelled_because text check (length(cancelled_because) between 1 and 1000),
  cancelled_at timestamptz,
  version integer not null default 1,
  unique (id, family_id),
  constraint meeting_cancelled_with_words check ((cancelled_at is null) = (cancelled_because is null)),
  constraint meeting_signed_or_cancelled check (signed_at is null or cancelled_at is null),
  constraint meeting_signed_whole check ((signed_at is null) = (signed_by is null) and (signed_at is null or quorum is not null))
);
comment on column record.meeting.room is 'Shown in people’s calendars outside Kith, where no name may stand';
comment on column record.meeting.begun is 'Somebody has begun to write down what was said and decided';
comment on column record.meeting.quorum is 'Whether those came whom the meeting needs; judged when the record is signed';
comment on column record.meeting.quorum_words is 'Who was missing, when there was no quorum, as the record says it';
comment on column record.meeting.notes_by is 'By when the notes are sent, by the clock of the day on which the record was signed';
comment on column record.meeting.again_by is 'By when people meet again: when there was no quorum, or by the clock of the kind';
create index meeting_family on record.meeting (family_id, meets_on desc, id desc);
create index meeting_kind_id on record.meeting (kind_id);
create index meeting_organised_by on record.meeting (organised_by);
create index meeting_signed_by on record.meeting (signed_by);
create index meeting_to_write on record.meeting (family_id, meets_on) where signed_at is null and cancelled_at is null;

-- Whom of the family a meeting is about.
create table record.meeting_person (
  meeting_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (meeting_id, person_id),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
create index meeting_person_person on record.meeting_person (person_id);

-- Who is asked to come, as what, and who came: people of the family, those who help them from elsewhere, workers here, and others
-- by name.
create table record.meeting_guest (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  person_id uuid references record.person,
  account_id uuid references access.account,
  professional_id uuid references record.professional,
  name text check (length(name) between 1 and 400),
  role text not null default '' check (length(role) <= 200),
  chair boolean not null default false,
  came text check (came in ('came', 'by video or phone', 'sent somebody', 'sent their views', 'could not come', 'did not come')),
  unique (id, meeting_id),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable,
  check (num_nonnulls(person_id, account_id, professional_id) <= 1),
  check ((person_id is null) = (name is not null))
);
comment on column record.meeting_guest.name is
  'As they were called when they were asked. Those of the family have none here: who may read their name is asked anew each time';
create index meeting_guest_meeting on record.meeting_guest (meeting_id, position);
create index meeting_guest_person on record.meeting_guest (person_id);
create index meeting_guest_account on record.meeting_guest (account_id);
create index meeting_guest_professional on record.meeting_guest (professional_id);

-- Papers for a meeting. A part that is kept to named people is a row of its own, with a policy of its own.
create table record.meeting_paper (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  words text not null default '' check (length(words) <= 50000),
  kept_part boolean not null default false,
  written_by uuid not null references access.account default access.account_id(),
  written_at timestamptz not null default now(),
  unique (id, meeting_id),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable,
  check (kept_part or words <> '')
);
comment on column record.meeting_paper.kept_part is 'Whether there is a part that is kept to named people';
create index meeting_paper_meeting on record.meeting_paper (meeting_id, id);
create index meeting_paper_written_by on record.meeting_paper (written_by);

create table record.meeting_paper_kept (
  paper_id uuid primary key references record.meeting_paper deferrable,
  meeting_id uuid not null,
  family_id uuid not null,
  words text not null check (length(words) between 1 and 50000),
  why text not null check (length(why) between 1 and 500),
  kept_to uuid[] not null check (cardinality(kept_to) between 1 and 50),
  written_by uuid not null references access.account default access.account_id(),
  foreign key (paper_id, meeting_id) references record.meeting_paper (id, meeting_id) deferrable,
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on column record.meeting_paper_kept.kept_to is 'The accounts that may read it, besides whoever wrote it';
create index meeting_paper_kept_meeting on record.meeting_paper_kept (meeting_id);
create index meeting_paper_kept_written_by on record.meeting_paper_kept (written_by);

-- What each question of the kind was answered with. The question stands here as it was asked.
create table record.meeting_answer (
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  question text not null check (length(question) between 1 and 500),
  answer text not null default '' check (length(answer) <= 10000),
  primary key (meeting_id, position),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);

-- What each person thinks, in their own words where they said them, and what was done about it.
create table record.meeting_view (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  person_id uuid references record.person,
  whose text check (length(whose) between 1 and 400),
  as_said boolean not null,
  words text not null check (length(words) between 1 and 10000),
  done_about_it text not null default '' check (length(done_about_it) <= 2000),
  check ((person_id is null) = (whose is not null)),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on column record.meeting_view.as_said is 'Their own words as they said them; otherwise what they think as somebody else put it';
create index meeting_view_meeting on record.meeting_view (meeting_id, position);
create index meeting_view_person on record.meeting_view (person_id);

create table record.meeting_decision (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  what text not null check (length(what) between 1 and 2000),
  why text not null default '' check (length(why) <= 2000),
  decided boolean not null default true,
  decided_by uuid not null,
  unique (meeting_id, position),
  constraint meeting_decision_decided_by foreign key (decided_by, meeting_id) references record.meeting_guest (id, meeting_id) deferrable,
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on column record.meeting_decision.decided is 'False: put forward, to be decided when those are there whom the meeting needs';
create index meeting_decision_decided_by on record.meeting_decision (decided_by);

create table record.meeting_dissent (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  whose uuid not null,
  about smallint,
  words text not null check (length(words) between 1 and 5000),
  constraint meeting_dissent_whose foreign key (whose, meeting_id) references record.meeting_guest (id, meeting_id) deferrable,
  foreign key (meeting_id, about) references record.meeting_decision (meeting_id, position) deferrable,
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on column record.meeting_dissent.about is 'The decision that they do not agree with, by its place; null: with something else';
create index meeting_dissent_whose on record.meeting_dissent (whose);
create index meeting_dissent_about on record.meeting_dissent (meeting_id, about);
create index meeting_dissent_meeting on record.meeting_dissent (meeting_id, position);

-- What is to be done: each becomes something in the list of whoever does it when the record is signed.
create table record.meeting_action (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  what text not null check (length(what) between 1 and 1000),
  owner text not null check (length(owner) between 1 and 60),
  owner_name text not null check (length(owner_name) between 1 and 400),
  due date,
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on column record.meeting_action.owner is 'account:…, post:… or named, as the list of things to do takes it';
create index meeting_action_meeting on record.meeting_action (meeting_id, position);

create table record.meeting_sent (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  guest_id uuid not null,
  how text not null check (how in ('by hand', 'read together', 'post', 'e-mail', 'in Kith')),
  sent_on date not null,
  sent_by uuid not null references access.account default access.account_id(),
  noted_at timestamptz not null default now(),
  unique (guest_id),
  foreign key (guest_id, meeting_id) references record.meeting_guest (id, meeting_id) deferrable,
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
comment on table record.meeting_sent is 'Who was given the notes of a meeting, when and how';
create index meeting_sent_meeting on record.meeting_sent (meeting_id);
create index meeting_sent_sent_by on record.meeting_sent (sent_by);

create table record.meeting_correction (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null,
  family_id uuid not null,
  words text not null check (length(words) between 1 and 10000),
  why text not null check (length(why) between 1 and 1000),
  written_by uuid not null references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  written_at timestamptz not null default clock_timestamp(),
  foreign key (meeting_id, family_id) references record.meeting (id, family_id) deferrable
);
create index meeting_correction_meeting on record.meeting_correction (meeting_id, written_at);
create index meeting_correction_written_by on record.meeting_correction (written_by);

call record.protect_family_table('record.meeting', listed => true);
call record.protect_family_table('record.meeting_person');
call record.protect_family_table('record.meeting_guest');
call record.protect_family_table('record.meeting_paper');
call record.protect_family_table('record.meeting_paper_kept');
call record.protect_family_table('record.meeting_answer');
call record.protect_family_table('record.meeting_view');
call record.protect_family_table('record.meeting_decision');
call record.protect_family_table('record.meeting_dissent');
call record.protect_family_table('record.meeting_action');
call record.protect_family_table('record.meeting_sent');
call record.protect_family_table('record.meeting_correction');
revoke update on record.meeting_person, record.meeting_paper, record.meeting_paper_kept, record.meeting_answer, record.meeting_view,
  record.meeting_decision, record.meeting_dissent, record.meeting_action, record.meeting_sent, record.meeting_correction from kith_app;
grant update (answer) on record.meeting_answer to kith_app;
grant delete on record.meeting_person, record.meeting_guest, record.meeting_answer, record.meeting_view, record.meeting_decision,
  record.meeting_dissent, record.meeting_action to kith_app;
-- A reason for the family is not enough for a part that is kept to named people.
create policy kept_to_named_people on record.meeting_paper_kept as restrictive to kith_app
  using (written_by = access.account_id() or access.account_id() = any (kept_to))
  with check (written_by = access.account_id());

create function record.guard_meeting() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.signed_at := null;
      new.signed_by := null;
      new.cancelled_at := null;
      new.cancelled_because := null;
      new.organised_by := access.account_id();
      new.made_at := now();
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if tg_op = 'DELETE' or old.signed_at is not null or old.cancelled_at is not null then
    raise exception 'a signed record of a meeting is never changed' using errcode = '23514', constraint = 'meeting_signed';
  end if;
  if new.id <> old.id or new.family_id <> old.family_id or new.kind_id <> old.kind_id or new.organised_by <> old.organised_by
    or new.made_at <> old.made_at then
    raise exception 'a meeting keeps its family and its kind' using errcode = '23514', constraint = 'meeting_kept';
  end if;
  if new.signed_at is not null and current_user = 'kith_app' then
    new.signed_at := clock_timestamp();
    new.signed_by := access.account_id();
  end if;
  return new;
end $$;
create trigger guard_meeting before insert or update or delete on record.meeting for each row execute function record.guard_meeting();

-- What belongs to a meeting is written until its record is signed. The lock keeps a paper from slipping in while somebody signs.
create function record.guard_part_of_meeting() returns trigger language plpgsql set search_path = '' as $$
declare
  of_meeting uuid := case tg_op when 'DELETE' then old.meeting_id else new.meeting_id end;
begin
  if current_user = 'kith_owner' and (tg_op = 'INSERT' or tg_op = 'DELETE' and tg_table_name = 'meeting_person'
      and coalesce(current_setting('kith.purpose', true), '') = 'merging') then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  perform from record.meeting m where m.id = of_meeting and m.signed_at is null and m.cancelled_at is null for share;
  if found then return case tg_op when 'DELETE' then old else new end; end if;
  raise exception 'a signed record of a meeting is never changed' using errcode = '23514', constraint = 'meeting_signed';
end $$;
create trigger guard_part before insert or update or delete on record.meeting_person for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_guest for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_paper for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_paper_kept for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_answer for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_view for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_decision for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_dissent for each row execute function record.guard_part_of_meeting();
create trigger guard_part before insert or update or delete on record.meeting_action for each row execute function record.guard_part_of_meeting();

-- Corrections, and who was given the notes, are written beside a signed record and stay.
create function record.guard_beside_meeting() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' and not exists (select from record.meeting m where m.id = new.meeting_id and m.signed_at is not null) then
      raise exception 'the record is not signed' using errcode = '23514', constraint = 'meeting_not_signed';
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'what stands beside a record is never changed' using errcode = '23514', constraint = 'meeting_signed';
end $$;
create trigger guard_beside before insert or update or delete on record.meeting_sent for each row execute function record.guard_beside_meeting();
create trigger guard_beside before insert or update or delete on record.meeting_correction for each row execute function record.guard_beside_meeting();

create trigger never_emptied before truncate on record.meeting for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.meeting_guest for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.meeting_decision for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.meeting_correction for each statement execute function record.never_emptied();

-- Calendars outside Kith: one secret address for each account, which gives times and rooms and no name.
create table record.calendar_feed (
  account_id uuid primary key references access.account,
  secret text not null unique check (length(secret) = 64),
  made_at timestamptz not null default now(),
  read_at timestamptz
);
comment on table record.calendar_feed is 'holds no person: the secret addresses at which calendars of colleagues read when they meet';
-- No grant: the functions below are the only way, each for the one who asks.

create function record.my_calendar() returns table (secret text, made_at timestamptz, read_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select f.secret, f.made_at, f.read_at from record.calendar_feed f where f.account_id = access.account_id()
$$;
create function record.make_calendar() returns void language sql security definer set search_path = '' as $$
  insert into record.calendar_feed (account_id, secret)
  select access.account_id(), replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '') where access.account_id() is not null
  on conflict (account_id) do update set secret = excluded.secret, made_at = now(), read_at = null
$$;
create function record.stop_calendar() returns void language sql security definer set search_path = '' as $$
  delete from record.calendar_feed f where f.account_id = access.account_id()
$$;

-- What a calendar reads at a secret address, without signing in: when, for how long and in which room, of the meetings to which its
-- holder is asked and whose family they see today. A room that has a name or a postcode in it is left out. One row without a
-- meeting says that the address is good; no row, that it is not.
create function record.read_calendar(of_secret text)
returns table (meeting_id uuid, meets_on date, meets_at time, minutes smallint, room text, cancelled boolean, changed integer)
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  whose uuid;
begin
  select f.account_id into whose from record.calendar_feed f join access.account a on a.id = f.account_id
   where f.secret = of_secret and a.left_at is null;
  if whose is null then return; end if;
  update record.calendar_feed f set read_at = now()
   where f.account_id = whose and (f.read_at is null or f.read_at < now() - interval '10 minutes');
  perform set_config('kith.purpose', 'finding', true);
  return query
  select null::uuid, null::date, null::time, null::smallint, null::text, null::boolean, null::integer
  union all
  (select m.id, m.meets_on, m.meets_at, m.minutes,
    case when m.room ~* '\m[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\M' or exists (
        select from record.family_member fm join record.person p on p.id = any (array[fm.person_id])
        where fm.family_id = m.family_id and string_to_array(regexp_replace(lower(m.room), '[^[:alnum:]]+', ' ', 'g'), ' ')
          && string_to_array(regexp_replace(lower(p.given_name || ' ' || p.family_name), '[^[:alnum:]]+', ' ', 'g'), ' '))
      then '' else m.room end,
    m.cancelled_at is not null, m.version
  from record.meeting m
  where m.id in (select g.meeting_id from record.meeting_guest g where g.account_id = whose)
    and m.meets_on > current_date - 60
    and exists (
      select from access.reason r
      where r.subject = m.family_id and r.scope = 'practice' and r.since <= now() and (r.until is null or r.until > now())
        and (r.holder = whose or (r.not_for is null or whose <> all (r.not_for)) and exists (
          select from access.holding h where h.account_id = whose and h.post_id = r.holder and h.during @> now())))
  order by m.meets_on, m.id limit 500);
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.my_calendar, record.make_calendar, record.stop_calendar, record.read_calendar from public;
grant execute on function record.my_calendar, record.make_calendar, record.stop_calendar, record.read_calendar to kith_app;

-- Whoever leaves takes no calendar with them, and has to make one anew when they come back.
create function record.calendar_stops() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.left_at is not null then delete from record.calendar_feed f where f.account_id = new.id; end if;
  return null;
end $$;
revoke all on function record.calendar_stops from public;
create trigger calendar_stops after update of left_at on access.account for each row execute function record.calendar_stops();
