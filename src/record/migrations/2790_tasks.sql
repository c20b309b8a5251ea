-- Things to do for a family, in somebody's list; and the clocks by which things fall due.

create table record.task (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  what text not null check (length(what) between 1 and 1000),
  owner_account uuid references access.account,
  owner_post uuid references access.post,
  owner_named text check (length(owner_named) between 1 and 200),
  owner uuid generated always as (coalesce(owner_account, owner_post)) stored,
  due date,
  from_area text not null check (from_area ~ '^[a-z-]{1,40}$'),
  from_id uuid,
  state text not null default 'open' check (state in ('open', 'done', 'not needed')),
  outcome text check (length(outcome) between 1 and 2000),
  ended_by uuid references access.account,
  ended_at timestamptz,
  made_by uuid not null references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  version integer not null default 1,
  unique (id, family_id),
  constraint task_has_one_owner check (num_nonnulls(owner_account, owner_post, owner_named) = 1),
  constraint task_ended_with_words check ((state = 'open') = (ended_at is null) and (state = 'open') = (outcome is null))
);
comment on table record.task is 'Something to be done for a family: by somebody who works here, by a team, or by somebody named, such as a parent';
comment on column record.task.owner_named is 'Somebody without an account: one of the family, a grandmother, a worker elsewhere';
comment on column record.task.from_area is 'What it arose from: the area (notes, plans, meetings), and the id of what it was there; tasks when written by itself';
comment on column record.task.outcome is 'What came of it, or why it was not needed';
-- Lists begin at the owner and are read in the order of the days, so that a page of them costs the same however many there are.
create index task_of_owner on record.task (owner, due, id) where state = 'open' and owner is not null;
create index task_of_family on record.task (family_id, due, id) where state = 'open';
create index task_ended on record.task (family_id, ended_at desc, id desc) where state <> 'open';
create index task_from on record.task (from_id) where from_id is not null;
create index task_owner_account on record.task (owner_account);
create index task_owner_post on record.task (owner_post);
create index task_ended_by on record.task (ended_by);
create index task_made_by on record.task (made_by);

create table record.task_person (
  task_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (task_id, person_id),
  foreign key (task_id, family_id) references record.task (id, family_id) deferrable
);
comment on table record.task_person is 'Whom of the family a thing to do is about; nobody named means the family';
create index task_person_person on record.task_person (person_id);

call record.protect_family_table('record.task', listed => true);
call record.protect_family_table('record.task_person', listed => true);
revoke update on record.task, record.task_person from kith_app;
grant update (what, owner_account, owner_post, owner_named, due, state, outcome, ended_by, ended_at, version) on record.task to kith_app;
grant delete on record.task_person to kith_app;

-- What somebody had to do for a family goes to whoever the family is handed over to. Called by record.end_reasons (2700), in
-- which the one who hands over has been seen to be in charge.
create function record.tasks_go_with(of_family uuid, from_holders uuid[], to_holder uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  is_post boolean := exists (select from access.post p where p.id = to_holder);
begin
  perform set_config('kith.purpose', 'finding', true);
  update record.task set owner_account = case when not is_post then to_holder end, owner_post = case when is_post then to_holder end,
      version = version + 1
   where family_id = of_family and state = 'open' and owner = any (from_holders);
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.tasks_go_with from public;

-- Clocks: within how long something is due, from a day on. A change begins on a day; what was before stays, so that what was due
-- last year is judged by last year's rule.
create table record.clock (
  id text not null check (id ~ '^[a-z]+(-[a-z0-9]+)*$' and length(id) <= 60),
  title text not null check (length(title) between 1 and 200),
  amount integer not null check (amount between 1 and 1000),
  unit text not null check (unit in ('working days', 'calendar days', 'weeks', 'months')),
  during daterange not null check (not isempty(during) and lower(during) is not null),
  source text not null check (length(source) between 1 and 500),
  why text check (length(why) between 1 and 1000),
  set_by uuid references access.account,
  set_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (id, during without overlaps)
);
comment on table record.clock is 'holds no person: within how long things are due, as dated rules with their source';
create index clock_set_by on record.clock (set_by);
grant select, insert, update (during), delete on record.clock to kith_app;

-- Days off that no rule foretells, such as a royal or a local holiday. A day taken off the list stays, and says so.
create table record.day_off (
  day date primary key check (day between date '1990-01-01' and date '2199-12-31'),
  title text not null check (length(title) between 1 and 200),
  source text not null check (length(source) between 1 and 500),
  counts boolean not null default true,
  set_by uuid references access.account,
  set_at timestamptz not null default now()
);
comment on table record.day_off is 'holds no person: days on which nobody works besides the bank holidays of Scotland';
create index day_off_set_by on record.day_off (set_by);
grant select, insert, update (title, source, counts, set_by, set_at) on record.day_off to kith_app;

-- What the law and the national guidance say, with the page that says so; the last three are for the partnership to set. Times
-- that are not certain are left out. A day from which guidance is used is the day on which it was published.
insert into record.clock (id, title, amount, unit, during, source) values
  ('ird-out-of-hours', 'Inter-agency referral discussion begun out of hours is completed', 1, 'working days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('cppm-notice', 'Notice of a child protection planning meeting', 5, 'calendar days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023: where possible'),
  ('cppm-initial', 'First child protection planning meeting', 21, 'calendar days', '[2014-05-01,2021-09-02)',
    'National guidance for child protection in Scotland 2014'),
  ('cppm-initial', 'First child protection planning meeting', 28, 'calendar days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('cppm-pre-birth', 'Child protection planning meeting before a birth, from the concern', 28, 'calendar days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023; and by 28 weeks of pregnancy'),
  ('cppm-again', 'Child protection planning meeting without a quorum meets again', 10, 'working days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('cppm-record', 'Record of a child protection planning meeting is sent', 10, 'working days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('core-group-first', 'First core group', 15, 'calendar days', '[2014-05-01,2021-09-02)',
    'National guidance for child protection in Scotland 2014'),
  ('core-group-first', 'First core group', 15, 'working days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('core-group-change', 'Core group tells of a significant change', 3, 'calendar days', '[2021-09-02,)',
    'National guidance for child protection in Scotland 2021, updated 2023'),
  ('cppm-review', 'Review of a child protection plan', 3, 'months', '[2014-05-01,2021-09-02)',
    'National guidance for child protection in Scotland 2014: the first review'),
  ('cppm-review', 'Review of a child protection plan', 6, 'months', '[2021-09-02,)',
    'As restated locally from the national guidance of 2021; a review before a birth may be within 3 months'),
  ('care-review-first', 'First review of care in a kinship, foster or residential home', 6, 'weeks', '[2009-09-28,)',
    'Looked After Children (Scotland) Regulations 2009, regulation 45'),
  ('care-review-second', 'Second review of care, from the first review', 3, 'months', '[2009-09-28,)',
    'Looked After Children (Scotland) Regulations 2009, regulation 45'),
  ('care-review-next', 'Next review of care, from the review before', 6, 'months', '[2009-09-28,)',
    'Looked After Children (Scotland) Regulations 2009, regulation 45'),
  ('short-stays-review-first', 'First review of a series of short stays', 3, 'months', '[2009-09-28,)',
    'Looked After Children (Scotland) Regulations 2009, regulations 14 and 30'),
  ('short-stays-review-next', 'Next review of a series of short stays', 6, 'months', '[2009-09-28,)',
    'Looked After Children (Scotland) Regulations 2009, regulations 14 and 30'),
  ('secure-review-first', 'First review of secure care', 7, 'calendar days', '[2013-06-24,)',
    'SSI 2013/212 and SSI 2013/205'),
  ('secure-review-hearing', 'Next review of secure care by a children’s hearing', 1, 'months', '[2013-06-24,)', 'SSI 2013/212'),
  ('secure-review-criminal', 'Next review of secure care by the criminal route', 3, 'months', '[2013-06-24,)', 'SSI 2013/205'),
  ('team-review', 'A manager looks again at how a family is doing', 7, 'calendar days', '[2020-04-01,)',
    'Set by the partnership: the weekly review by managers that it began in 2020'),
  ('plan-review', 'Review of a Child’s Plan', 6, 'months', '[2020-04-01,)',
    'Set by the partnership: no law gives a time for a plan that is voluntary'),
  ('meeting-notes', 'Notes of a meeting are sent', 10, 'working days', '[2020-04-01,)',
    'Set by the partnership, as for a child protection planning meeting');
