-- The Community Mental Health and Wellbeing Supports and Services Framework: what is awarded each year, what is funded out of it, whom
-- that reached, what changed, and the six-monthly return. Nothing here names anybody who is helped; sums can be so small that they
-- tell of one child, so that who sees them is the database's to say: those who plan, and managers of a council or a health board.
create schema mental_health;
grant usage on schema mental_health to kith_app, kith_figures;

insert into record.clock (id, title, amount, unit, during, source) values
  ('mental-health-return', 'The six-monthly return of the mental health framework is sent, from the end of the half year', 6, 'weeks', '[2019-04-01,)',
    'Set by the partnership: the papers say that returns are six-monthly, and not by when');

-- An award is a fund of a financial year (schema funds) on which this area may draw. What a support is promised of it, and what is spent,
-- stand with the fund, under the id of the support.
create table mental_health.priority (
  id uuid primary key default uuidv7(),
  year smallint not null check (year between 2000 and 2199),
  title text not null check (length(title) between 1 and 200),
  why text not null check (length(why) between 1 and 2000),
  set_by uuid references access.account default access.account_id(),
  constraint priority_once unique (year, title)
);
create index priority_set_by on mental_health.priority (set_by);

create table mental_health.funded (
  id uuid primary key default uuidv7(),
  award_id uuid not null references funds.fund,
  priority_id uuid references mental_health.priority,
  programme text references support.programme,
  title text not null check (length(title) between 1 and 200),
  about text not null check (length(about) between 1 and 2000),
  level text not null check (level in ('universal', 'additional', 'intensive')),
  provider text not null check (length(provider) between 1 and 200),
  co_produced text not null default '' check (length(co_produced) <= 1000),
  phase text not null default '' check (length(phase) <= 100),
  first_on date not null,
  last_on date not null,
  children_item text check (length(children_item) between 1 and 60),
  families_item text check (length(families_item) between 1 and 60),
  crisis_item text check (length(crisis_item) between 1 and 60),
  version integer not null default 1,
  set_by uuid references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  constraint funded_forward check (last_on >= first_on),
  constraint funded_once unique (award_id, title, phase),
  constraint funded_items check (programme is not null or num_nonnulls(children_item, families_item, crisis_item) = 0)
);
comment on table mental_health.funded is 'A support that an award pays for: a programme of help, or a project in words';
comment on column mental_health.funded.award_id is 'The fund that is the award';
comment on column mental_health.funded.co_produced is 'With whom it was made: groups of children, families, schools; never somebody by name';
comment on column mental_health.funded.children_item is 'Which number of its providers'' returns counts children and young people, where only sums exist';
create index funded_award on mental_health.funded (award_id);
create index funded_programme on mental_health.funded (programme);
create index funded_priority on mental_health.funded (priority_id);
create index funded_set_by on mental_health.funded (set_by);

-- An award is the money of one financial year: a fund without one would be none, and nobody would know why.
create function mental_health.check_year() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from funds.fund f where f.id = new.fund_id and f.year is null) then
    raise exception 'an award is of a financial year' using errcode = 'check_violation', constraint = 'fund_area_has_its_year';
  end if;
  return null;
end $$;
revoke all on function mental_health.check_year from public;
create constraint trigger fund_area_has_its_year after insert on funds.fund_area
  for each row when (new.area = 'mental-health') execute function mental_health.check_year();

alter table funds.draw add constraint draw_support_has_no_family check (area <> 'mental-health' or family_id is null);
create function mental_health.check_draw() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from mental_health.funded f where f.id = new.of_id and f.award_id = new.fund_id) then
    raise exception 'a support draws on the award that pays for it' using errcode = 'foreign_key_violation', constraint = 'draw_is_of_support';
  end if;
  return null;
end $$;
revoke all on function mental_health.check_draw from public;
create constraint trigger draw_is_of_support after insert or update on funds.draw
  for each row when (new.area = 'mental-health') execute function mental_health.check_draw();
create constraint trigger forecast_is_of_support after insert or update on funds.forecast
  for each row when (new.area = 'mental-health') execute function mental_health.check_draw();

-- What somebody told of whom a funded support reached, where there are no records to count and no provider returns sums.
create table mental_health.told (
  id uuid primary key default uuidv7(),
  funded_id uuid not null references mental_health.funded,
  from_on date not null,
  to_on date not null,
  children integer not null check (children between 0 and 1000000),
  families integer not null default 0 check (families between 0 and 1000000),
  crisis integer not null default 0,
  outside integer not null default 0,
  care integer not null default 0,
  source text not null check (length(source) between 1 and 500),
  current boolean not null default true,
  by_account uuid references access.account default access.account_id(),
  at timestamptz not null default now(),
  constraint told_forward check (to_on >= from_on),
  constraint told_crisis check (crisis between 0 and children),
  constraint told_outside check (outside between 0 and children),
  constraint told_care check (care between 0 and children),
  constraint told_once exclude using gist (funded_id with =, daterange(from_on, to_on, '[]') with &&) where (current)
);
comment on table mental_health.told is 'Sums as told, with where they come from. A correction takes the place of the one before, which stays';
create index told_by on mental_health.told (by_account);
create index told_period on mental_health.told (to_on) where current;

create table mental_health.told_part (
  told_id uuid not null references mental_health.told,
  part text not null check (part in ('age', 'gender', 'issue')),
  value text not null check (length(value) between 1 and 60),
  amount integer not null check (amount between 1 and 1000000),
  primary key (told_id, part, value)
);
comment on table mental_health.told_part is 'The same sums split by age, gender as asked, or what it was about';

-- What says that somebody went on to crisis support: how help ended, which programme came next, or what was answered then.
create table mental_health.crisis_sign (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('ending', 'next programme', 'said yes')),
  value text not null check (length(value) between 1 and 60),
  constraint crisis_sign_once unique (kind, value)
);
insert into mental_health.crisis_sign (kind, value) values ('ending', 'crisis-support'), ('ending', 'camhs'), ('said yes', 'crisis-help');

-- The wellbeing quality framework (seed row 24): what is looked at to see whether help makes a difference, as data.
create table mental_health.indicator (
  id text primary key check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 60),
  title text not null check (length(title) between 1 and 200),
  what text not null check (length(what) between 1 and 1000),
  tools text[] not null default '{}' check (cardinality(tools) <= 20),
  state text not null default 'open' check (state in ('open', 'closed')),
  version integer not null default 1,
  set_by uuid references access.account default access.account_id(),
  constraint indicator_title_once unique (title)
);
comment on column mental_health.indicator.tools is 'The tools of programmes whose readings say how it stands, by their ids';
create index indicator_set_by on mental_health.indicator (set_by);
insert into mental_health.indicator (id, title, what, tools, set_by) values
  ('how-i-feel', 'How children and young people feel', 'How somebody has felt lately, in their own view, when help began and when it ended', '{how-i-feel,how-i-am}', null),
  ('own-goals', 'What children and families wanted', 'How close they are to what they said they wanted', '{goals}', null),
  ('getting-on', 'Getting on at home', 'How they get on with those they live with, in their own view', '{getting-on}', null),
  ('being-at-school', 'Being at school', 'Half days at school of those that were possible', '{school}', null);

create table mental_health.told_reading (
  id uuid primary key default uuidv7(),
  indicator_id text not null references mental_health.indicator,
  funded_id uuid not null references mental_health.funded,
  from_on date not null,
  to_on date not null,
  first integer not null check (first between 1 and 1000000),
  twice integer not null,
  better integer not null,
  source text not null check (length(source) between 1 and 500),
  by_account uuid references access.account default access.account_id(),
  at timestamptz not null default now(),
  constraint told_reading_forward check (to_on >= from_on),
  constraint told_reading_both check (twice between 0 and first),
  constraint told_reading_better check (better between 0 and twice),
  constraint told_reading_once exclude using gist (funded_id with =, indicator_id with =, daterange(from_on, to_on, '[]') with &&)
);
comment on table mental_health.told_reading is 'How an indicator stood for a funded support, as told: how many had a first reading, how many two, and how many of those were better';
create index told_reading_indicator on mental_health.told_reading (indicator_id);
create index told_reading_by on mental_health.told_reading (by_account);

create table mental_health.half_year (
  id uuid primary key default uuidv7(),
  year smallint not null check (year between 2000 and 2199),
  half smallint not null check (half in (1, 2)),
  remarks jsonb not null default '{}' check (jsonb_typeof(remarks) = 'object'),
  state text not null default 'draft' check (state in ('draft', 'sent')),
  figures jsonb,
  sent_on date,
  sent_at timestamptz,
  sent_by uuid references access.account,
  version integer not null default 1,
  made_by uuid references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  constraint half_year_once unique (year, half),
  constraint half_year_sent check ((state = 'sent') = (figures is not null) and (state = 'sent') = (sent_on is not null))
);
comment on table mental_health.half_year is 'The six-monthly return of April to September (1) or October to March (2): computed until it is sent, and then as it was sent';
create index half_year_made_by on mental_health.half_year (made_by);
create index half_year_sent_by on mental_health.half_year (sent_by);
create function mental_health.keep_sent() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state = 'sent' then
    raise exception 'a return that was sent stays as it was sent' using errcode = 'check_violation', constraint = 'half_year_frozen';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
revoke all on function mental_health.keep_sent from public;
create trigger keep_sent before update or delete on mental_health.half_year for each row execute function mental_health.keep_sent();

do $$
declare t text;
begin
  foreach t in array array['priority', 'funded', 'told', 'told_part', 'crisis_sign', 'indicator', 'told_reading', 'half_year'] loop
    execute format('alter table mental_health.%I enable row level security', t);
    execute format('alter table mental_health.%I force row level security', t);
    execute format('create policy owner_all on mental_health.%I to kith_owner using (true) with check (true)', t);
    execute format('create policy figures on mental_health.%I for select to kith_figures using (true)', t);
    execute format('create policy readers on mental_health.%I for select to kith_app
      using ((select funds.holds_one_of(''{planning-officer,team-manager,senior-manager,finance-officer}'')))', t);
    execute format('create policy writers on mental_health.%I to kith_app using ((select funds.holds_one_of(''{planning-officer}'')))
      with check ((select funds.holds_one_of(''{planning-officer}'')))', t);
  end loop;
end $$;

grant select on all tables in schema mental_health to kith_app;
grant insert, delete on mental_health.priority, mental_health.crisis_sign to kith_app;
grant insert (id, award_id, priority_id, programme, title, about, level, provider, co_produced, phase, first_on, last_on, children_item,
    families_item, crisis_item),
  update (priority_id, title, about, level, provider, co_produced, phase, first_on, last_on, children_item, families_item, crisis_item, version)
  on mental_health.funded to kith_app;
grant insert on mental_health.told, mental_health.told_part, mental_health.told_reading to kith_app;
grant update (current) on mental_health.told to kith_app;
grant insert (id, title, what, tools), update (title, what, tools, state, version) on mental_health.indicator to kith_app;
grant insert (id, year, half, remarks), update (remarks, state, figures, sent_on, sent_at, sent_by, version) on mental_health.half_year to kith_app;

-- Figures: sums, days and kinds; never a note or who wrote it.
grant select (id, year, title) on mental_health.priority to kith_figures;
grant select (id, award_id, priority_id, programme, title, level, provider, phase, first_on, last_on, children_item, families_item,
  crisis_item) on mental_health.funded to kith_figures;
grant select (id, funded_id, from_on, to_on, children, families, crisis, outside, care, source, current) on mental_health.told to kith_figures;
grant select on mental_health.told_part, mental_health.crisis_sign to kith_figures;
grant select (id, title, what, tools, state) on mental_health.indicator to kith_figures;
grant select (id, indicator_id, funded_id, from_on, to_on, first, twice, better, source) on mental_health.told_reading to kith_figures;
