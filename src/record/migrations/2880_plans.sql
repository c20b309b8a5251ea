-- Child's Plans: why there is one, what each person says, what the child needs, what will be done by whom and when, and what came of
-- it. Written together as a working copy; each version that was agreed is kept whole and never changed.

create table record.plan (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  level text not null check (level in ('universal', 'additional', 'intensive')),
  why text not null check (length(why) between 1 and 5000),
  child_why text not null default '' check (length(child_why) <= 2000),
  prepared_on date not null check (prepared_on between date '1900-01-01' and date '2200-01-01'),
  compulsory text not null default '' check (length(compulsory) <= 1000),
  review_on date check (review_on between date '1900-01-01' and date '2200-01-01'),
  state text not null default 'draft' check (state in ('draft', 'agreed', 'ended')),
  agreed_on date,
  edition integer not null default 0,
  changed boolean not null default true,
  ended_on date,
  ended_why text check (length(ended_why) between 1 and 2000),
  begun_by uuid not null references access.account default access.account_id(),
  begun_at timestamptz not null default now(),
  touched_by uuid references access.account,
  touched_at timestamptz not null default now(),
  version integer not null default 1,
  changes integer not null default 0,
  unique (id, family_id),
  constraint plan_agreed_has_day check ((state = 'draft') = (agreed_on is null) and (state = 'draft') = (edition = 0)),
  constraint plan_ended_has_words check ((state = 'ended') = (ended_on is not null) and (state = 'ended') = (ended_why is not null))
);
comment on column record.plan.compulsory is 'A plan is voluntary; where it is not, the order or duty that makes it so';
comment on column record.plan.child_why is 'Why there is a plan, in words for the child';
comment on column record.plan.edition is 'How many versions were agreed: 0 while it never was';
comment on column record.plan.version is 'Of what stands on the plan itself; its views, needs and actions have their own';
comment on column record.plan.changes is 'Counts every change of any part, so that nobody agrees to a plan they have not seen';
comment on column record.plan.changed is 'What is written now differs from what was agreed last';
create index plan_family on record.plan (family_id, begun_at desc, id desc);
create index plan_review on record.plan (family_id, review_on) where state = 'agreed';
create index plan_begun_by on record.plan (begun_by);
create index plan_touched_by on record.plan (touched_by);

create table record.plan_person (
  plan_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (plan_id, person_id),
  foreign key (plan_id, family_id) references record.plan (id, family_id) deferrable
);
comment on table record.plan_person is 'The child whose plan it is; brothers and sisters where one plan is for all of them';
create index plan_person_person on record.plan_person (person_id, plan_id desc);

create table record.plan_view (
  id uuid primary key default uuidv7(),
  plan_id uuid not null,
  family_id uuid not null,
  whose text not null check (whose in ('child', 'parent', 'other')),
  person_id uuid references record.person,
  name text not null check (length(name) between 1 and 200),
  words text not null check (length(words) between 1 and 5000),
  said_on date not null,
  disagrees text not null default '' check (length(disagrees) <= 2000),
  acted text not null default '' check (length(acted) <= 2000),
  taken_out_at timestamptz,
  version integer not null default 1,
  foreign key (plan_id, family_id) references record.plan (id, family_id) deferrable
);
comment on table record.plan_view is 'What somebody says of the plan, as said and apart; with what they disagree, and how it was acted on';
create index plan_view_plan on record.plan_view (plan_id, id) where taken_out_at is null;
create index plan_view_of on record.plan_view (plan_id, family_id);
create index plan_view_person on record.plan_view (person_id) where person_id is not null;

create table record.plan_need (
  id uuid primary key default uuidv7(),
  plan_id uuid not null,
  family_id uuid not null,
  indicator text check (indicator in ('safe', 'healthy', 'achieving', 'nurtured', 'active', 'respected', 'responsible', 'included')),
  need text not null check (length(need) between 1 and 2000),
  own_words text not null default '' check (length(own_words) <= 2000),
  child_words text not null default '' check (length(child_words) <= 2000),
  hoped text not null default '' check (length(hoped) <= 2000),
  observed text not null default '' check (length(observed) <= 2000),
  met boolean not null default false,
  taken_out_at timestamptz,
  version integer not null default 1,
  unique (id, plan_id, family_id),
  foreign key (plan_id, family_id) references record.plan (id, family_id) deferrable
);
comment on table record.plan_need is 'What the child needs, what is hoped for, and what is seen of it since';
comment on column record.plan_need.own_words is 'What the child says about it, as said: never corrected';
comment on column record.plan_need.child_words is 'The need and what will be done, written by a worker so that the child can read it';
create index plan_need_plan on record.plan_need (plan_id, id) where taken_out_at is null;
create index plan_need_of on record.plan_need (plan_id, family_id);

create table record.plan_action (
  id uuid primary key default uuidv7(),
  plan_id uuid not null,
  family_id uuid not null,
  need_id uuid not null,
  what text not null check (length(what) between 1 and 1000),
  owner_account uuid references access.account,
  owner_post uuid references access.post,
  owner_named text check (length(owner_named) between 1 and 200),
  owner_name text check (length(owner_name) between 1 and 400),
  due date check (due between date '1900-01-01' and date '2200-01-01'),
  intended text not null default '' check (length(intended) <= 1000),
  observed text not null default '' check (length(observed) <= 1000),
  task_id uuid references record.task,
  owner_changed boolean not null default false,
  taken_out_at timestamptz,
  version integer not null default 1,
  foreign key (need_id, plan_id, family_id) references record.plan_need (id, plan_id, family_id) deferrable,
  constraint plan_action_has_one_owner_at_most check (num_nonnulls(owner_account, owner_post, owner_named) <= 1)
);
comment on table record.plan_action is 'What somebody will do for a need; once the plan is agreed it is a task in their list';
comment on column record.plan_action.owner_changed is 'Somebody else is to do it than the list says in which its task stands; a task that was handed over stays where it is';
comment on column record.plan_action.owner_name is 'Who it is, as it read when it was written';
create index plan_action_need on record.plan_action (need_id, id) where taken_out_at is null;
create index plan_action_of on record.plan_action (need_id, plan_id, family_id);
create index plan_action_plan on record.plan_action (plan_id);
create index plan_action_task on record.plan_action (task_id);
create index plan_action_owner_account on record.plan_action (owner_account);
create index plan_action_owner_post on record.plan_action (owner_post);

create table record.plan_edition (
  plan_id uuid not null,
  family_id uuid not null,
  number integer not null check (number > 0),
  agreed_on date not null,
  review_on date not null,
  words text not null default '' check (length(words) <= 5000),
  whole jsonb not null check (jsonb_typeof(whole) = 'object'),
  agreed_by uuid not null references access.account default access.account_id(),
  agreed_as text not null default '' check (length(agreed_as) <= 500),
  agreed_at timestamptz not null default clock_timestamp(),
  primary key (plan_id, number),
  foreign key (plan_id, family_id) references record.plan (id, family_id) deferrable
);
comment on table record.plan_edition is 'Each version of a plan that was agreed, kept whole and never changed';
comment on column record.plan_edition.words is 'From the second on: what came of the plan, as it was looked at together';
create index plan_edition_of on record.plan_edition (plan_id, family_id);
create index plan_edition_agreed_by on record.plan_edition (agreed_by);

create table record.plan_sent (
  id uuid primary key default uuidv7(),
  plan_id uuid not null,
  family_id uuid not null,
  sent_on date not null,
  to_whom text not null check (length(to_whom) between 1 and 200),
  how text not null default '' check (length(how) <= 200),
  comment text check (length(comment) between 1 and 5000),
  said_by text check (length(said_by) between 1 and 200),
  said_on date,
  acted text not null default '' check (length(acted) <= 2000),
  sent_by uuid not null references access.account default access.account_id(),
  version integer not null default 1,
  foreign key (plan_id, family_id) references record.plan (id, family_id) deferrable,
  constraint plan_comment_has_day check ((comment is null) = (said_on is null) and (comment is null) = (said_by is null))
);
comment on table record.plan_sent is 'When the plan was sent to the family, and what they said of it, as said';
create index plan_sent_plan on record.plan_sent (plan_id, sent_on desc, id desc);
create index plan_sent_of on record.plan_sent (plan_id, family_id);
create index plan_sent_by on record.plan_sent (sent_by);

call record.protect_family_table('record.plan', listed => true);
call record.protect_family_table('record.plan_person');
call record.protect_family_table('record.plan_view');
call record.protect_family_table('record.plan_need');
call record.protect_family_table('record.plan_action');
call record.protect_family_table('record.plan_edition');
call record.protect_family_table('record.plan_sent');
revoke update on record.plan, record.plan_person, record.plan_view, record.plan_need, record.plan_action, record.plan_edition,
  record.plan_sent from kith_app;
grant update (level, why, child_why, compulsory, prepared_on, review_on, state, agreed_on, edition, changed, ended_on, ended_why,
  touched_by, touched_at, version, changes) on record.plan to kith_app;
grant update (whose, person_id, name, words, said_on, disagrees, acted, taken_out_at, version) on record.plan_view to kith_app;
grant update (indicator, need, own_words, child_words, hoped, observed, met, taken_out_at, version) on record.plan_need to kith_app;
grant update (what, owner_account, owner_post, owner_named, owner_name, owner_changed, due, intended, observed, task_id, taken_out_at, version)
  on record.plan_action to kith_app;
grant update (comment, said_by, said_on, acted, version) on record.plan_sent to kith_app;

-- What was agreed stays as it was for every role, and what the family said of it stays as they said it; only merging two records
-- points rows at the record that is kept.
create function record.guard_plan_edition() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.agreed_by := access.account_id();
      new.agreed_at := clock_timestamp();
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'a plan that was agreed is kept as it was' using errcode = '23514', constraint = 'plan_edition_kept';
end $$;
create trigger guard_edition before insert or update or delete on record.plan_edition
  for each row execute function record.guard_plan_edition();

create function record.plans_never_emptied() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'plans that were agreed are never emptied' using errcode = '23514', constraint = 'plan_edition_kept';
end $$;
create trigger never_emptied before truncate on record.plan_edition for each statement execute function record.plans_never_emptied();

create function record.guard_plan_comment() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.comment is not null and (new.comment, new.said_by, new.said_on) is distinct from (old.comment, old.said_by, old.said_on) then
    raise exception 'what the family said stays as they said it' using errcode = '23514', constraint = 'plan_comment_kept';
  end if;
  return new;
end $$;
create trigger guard_comment before update on record.plan_sent for each row execute function record.guard_plan_comment();

-- How good plans are, as numbers, counted when one is agreed: what the partnership's figures are made from. No word, plan, family or
-- person is here. `family` is a mark that only says whether enough families stand behind a figure; it is another in each month.
create table record.plan_quality (
  id uuid primary key default gen_random_uuid(),
  team_id uuid references access.team,
  counted_on date not null,
  level text not null,
  child_view boolean not null,
  parent_view boolean not null,
  needs integer not null check (needs >= 0),
  needs_whole integer not null check (needs_whole between 0 and needs),
  specific boolean not null,
  first_time boolean not null,
  in_time boolean,
  behind uuid not null
);
comment on column record.plan_quality.needs_whole is 'Needs that have an action with an owner and a date';
comment on column record.plan_quality.in_time is 'Whether a review was held by the day set for it; null for a first plan';
create index plan_quality_on on record.plan_quality (counted_on, team_id);
create index plan_quality_team on record.plan_quality (team_id);
alter table record.plan_quality enable row level security;
alter table record.plan_quality force row level security;
create policy owner_purpose on record.plan_quality to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy added_only on record.plan_quality for insert to kith_app with check (true);
create policy figures on record.plan_quality for select to kith_figures using (true);
grant select, insert on record.plan_quality to kith_app;
grant select on record.plan_quality to kith_figures;
