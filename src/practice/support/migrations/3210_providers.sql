-- Providers of help and what is agreed with them: contracts, the sums that they return, projects that are made together, and the
-- money of a programme. Nothing here names anybody who is helped; sums can be so small that they tell of one child, so that who
-- sees them is the database's to say: whoever provides, and those who commission.

-- The organisations for which whoever asks works.
create function support.my_organisations() returns uuid[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct t.organisation_id), '{}') from access.post p join access.team t on t.id = p.team_id
   where p.id = any (access.holders())
$$;
-- Whether whoever asks has one of these roles in a council or a health board. The same role with a provider says nothing of others.
create function support.commissions(in_roles text[]) returns boolean language sql stable set search_path = '' as $$
  select exists (select from access.post p join access.team t on t.id = p.team_id join access.organisation o on o.id = t.organisation_id
    where p.id = any (access.holders()) and p.role_id = any (in_roles) and o.kind in ('council', 'health'))
$$;

create table support.contract (
  id uuid primary key default uuidv7(),
  programme text not null references support.programme,
  organisation_id uuid not null references access.organisation,
  kind text not null check (kind in ('contract', 'grant', 'partnership')),
  first_on date not null,
  last_on date not null,
  value_pence bigint not null check (value_pence between 0 and 100000000000),
  measured text not null default '' check (length(measured) <= 5000),
  returns boolean not null default true,
  due_days smallint not null default 14 check (due_days between 0 and 120),
  review_on date,
  version integer not null default 1,
  set_by uuid references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  unique (id, organisation_id),
  constraint contract_forward check (last_on >= first_on),
  constraint contract_once exclude using gist (programme with =, organisation_id with =, daterange(first_on, last_on, '[]') with &&)
);
comment on table support.contract is 'What is agreed with a provider for a programme: for how long, for how much, and what is measured';
comment on column support.contract.due_days is 'Within how many calendar days of the end of its period a return is due';
create index contract_organisation on support.contract (organisation_id, last_on);
create index contract_review on support.contract (review_on) where review_on is not null;
create index contract_set_by on support.contract (set_by);

create table support.contract_target (
  id uuid primary key default uuidv7(),
  contract_id uuid not null,
  organisation_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  source text not null check (source in ('returns', 'families', 'people', 'sessions')),
  item text check (length(item) between 1 and 60),
  at_least numeric(12, 1) not null check (at_least > 0),
  foreign key (contract_id, organisation_id) references support.contract (id, organisation_id),
  constraint target_item check ((source = 'returns') = (item is not null))
);
comment on table support.contract_target is 'What is measured of a contract, over the whole of it, and where it is counted';
create index contract_target_contract on support.contract_target (contract_id, organisation_id);

create table support.provider_return (
  id uuid primary key default uuidv7(),
  contract_id uuid not null,
  organisation_id uuid not null,
  programme text not null references support.programme,
  from_on date not null,
  to_on date not null,
  number integer not null check (number >= 1),
  current boolean not null default true,
  note text not null default '' check (length(note) <= 5000),
  why text not null default '' check (length(why) <= 1000),
  sent_by uuid references access.account default access.account_id(),
  sent_on date not null,
  sent_at timestamptz not null default now(),
  unique (id, organisation_id),
  unique (contract_id, from_on, number),
  foreign key (contract_id, organisation_id) references support.contract (id, organisation_id),
  check (to_on > from_on),
  constraint return_why check (number = 1 or why <> '')
);
comment on table support.provider_return is 'Sums that a provider returned for a period. A correction is a return of its own with the next number; the old one stays';
create unique index provider_return_once on support.provider_return (contract_id, from_on) where current;
create index provider_return_contract on support.provider_return (contract_id, organisation_id);
create index provider_return_organisation on support.provider_return (organisation_id);
create index provider_return_programme on support.provider_return (programme, to_on) where current;
create index provider_return_sent_by on support.provider_return (sent_by);

create table support.return_value (
  return_id uuid not null,
  organisation_id uuid not null,
  position smallint not null,
  item text not null check (length(item) between 1 and 60),
  part text not null default '' check (length(part) <= 60),
  title text not null check (length(title) between 1 and 160),
  part_title text not null default '' check (length(part_title) <= 160),
  kind text not null check (kind in ('count', 'per cent', 'pounds', 'words')),
  amount numeric(14, 2),
  words text check (length(words) between 1 and 5000),
  primary key (return_id, item, part),
  foreign key (return_id, organisation_id) references support.provider_return (id, organisation_id),
  constraint value_kind check (case when kind = 'words' then amount is null else words is null end),
  constraint value_amount check (amount >= 0 and (kind <> 'count' or amount = trunc(amount)) and (kind <> 'per cent' or amount <= 100))
);
comment on table support.return_value is 'What a return says, with the question as it was put then. Pounds are whole pence';
create index return_value_return on support.return_value (return_id, organisation_id);

create table support.project (
  id uuid primary key default uuidv7(),
  title text not null check (length(title) between 1 and 200),
  programme text references support.programme,
  phase text not null default '' check (length(phase) <= 100),
  locality text not null default '' check (length(locality) <= 100),
  about text not null check (length(about) between 1 and 5000),
  need text not null check (length(need) between 1 and 5000),
  first_on date not null,
  last_on date,
  cost_pence bigint check (cost_pence between 0 and 100000000000),
  reach_from text not null check (reach_from in ('help', 'returns', 'stated')),
  contract_id uuid references support.contract,
  children_item text check (length(children_item) between 1 and 60),
  families_item text check (length(families_item) between 1 and 60),
  children integer check (children >= 0),
  families integer check (families >= 0),
  reach_source text not null default '' check (length(reach_source) <= 500),
  version integer not null default 1,
  set_by uuid references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  constraint project_forward check (last_on >= first_on),
  constraint project_reach check (case reach_from when 'stated' then reach_source <> '' and (children is not null or families is not null)
    when 'returns' then contract_id is not null and (children_item is not null or families_item is not null)
    else programme is not null end)
);
comment on table support.project is 'holds no person: projects that are made together with children, families, schools and providers';
comment on column support.project.reach_from is 'help: people of its programme whose help began while it ran; returns: sums of a contract; stated: as told, with its source';
create index project_programme on support.project (programme);
create index project_contract on support.project (contract_id);
create index project_set_by on support.project (set_by);

create table support.project_partner (
  project_id uuid not null references support.project,
  part text not null check (part in ('school', 'provider', 'co-producer')),
  name text not null check (length(name) between 1 and 200),
  primary key (project_id, part, name)
);
comment on table support.project_partner is 'holds no person: the schools, providers and groups of people that make a project together; groups by name, never somebody';

create table support.project_finding (
  id uuid primary key default uuidv7(),
  project_id uuid not null references support.project,
  finding text not null check (finding in ('continue', 'change', 'spread', 'stop')),
  evidence text not null check (length(evidence) between 1 and 10000),
  next text not null default '' check (length(next) <= 5000),
  on_day date not null,
  by_account uuid references access.account default access.account_id(),
  at timestamptz not null default now()
);
comment on table support.project_finding is 'holds no person: what an evaluation of a project found, with its evidence; never changed, the newest holds';
create index project_finding_project on support.project_finding (project_id, on_day desc, id desc);
create index project_finding_by on support.project_finding (by_account);

-- What a programme draws of a fund in a financial year. What is promised to it and what is spent stand with the fund, under this id.
create table support.award (
  id uuid primary key default uuidv7(),
  programme text not null references support.programme,
  fund_id uuid not null references funds.fund,
  year smallint not null check (year between 2000 and 2199),
  set_by uuid references access.account default access.account_id(),
  made_at timestamptz not null default now(),
  constraint award_once unique (programme, fund_id, year)
);
comment on table support.award is 'holds no person: a grant that a programme draws on in a financial year: the whole of a fund, or a share of it';
comment on column support.award.year is 'The year in which the financial year begins: 2026 is 1 April 2026 to 31 March 2027';
create index award_fund on support.award (fund_id);
create index award_set_by on support.award (set_by);

alter table funds.draw add constraint draw_grant_has_no_family check (area <> 'support' or family_id is null);
create function support.check_draw() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from support.award w where w.id = new.of_id and w.fund_id = new.fund_id) then
    raise exception 'a programme draws on the fund of its grant' using errcode = 'foreign_key_violation', constraint = 'draw_is_of_grant';
  end if;
  return null;
end $$;
create constraint trigger draw_is_of_grant after insert or update on funds.draw
  for each row when (new.area = 'support') execute function support.check_draw();
create constraint trigger forecast_is_of_grant after insert or update on funds.forecast
  for each row when (new.area = 'support') execute function support.check_draw();

-- The periods of returns between two days: months, quarters, half years from April and October, or financial years.
create function support.periods(every text, first_day date, last_day date) returns table (from_on date, to_on date)
language sql immutable set search_path = '' as $$
  with step as (select case every when 'month' then 1 when 'quarter' then 3 when 'half year' then 6 else 12 end as months),
  begins as (select months, (date '2000-04-01' + make_interval(months => months * floor(
      ((extract(year from first_day) - 2000) * 12 + extract(month from first_day) - 4) / months)::integer))::date as day from step)
  select g::date, (g + make_interval(months => b.months))::date - 1
    from begins b cross join lateral generate_series(b.day::timestamp, last_day::timestamp, make_interval(months => b.months)) g
$$;

-- Whom it concerns: whoever provides sees what is their own; those who commission see all of it.
do $$
declare t text;
begin
  foreach t in array array['contract', 'contract_target', 'provider_return', 'return_value'] loop
    execute format('alter table support.%I enable row level security', t);
    execute format('alter table support.%I force row level security', t);
    execute format('create policy owner_all on support.%I to kith_owner using (true) with check (true)', t);
    execute format('create policy figures on support.%I for select to kith_figures using (true)', t);
  end loop;
  foreach t in array array['contract', 'contract_target'] loop
    execute format('create policy own on support.%I for select to kith_app using (organisation_id = any ((select support.my_organisations())::uuid[]))', t);
    execute format('create policy commissioners on support.%I to kith_app using ((select support.commissions(''{planning-officer,senior-manager,finance-officer}'')))
      with check ((select support.commissions(''{planning-officer,senior-manager}'')))', t);
  end loop;
  foreach t in array array['provider_return', 'return_value'] loop
    execute format('create policy own on support.%I to kith_app using (organisation_id = any ((select support.my_organisations())::uuid[]))
      with check (organisation_id = any ((select support.my_organisations())::uuid[]))', t);
    execute format('create policy commissioners on support.%I to kith_app using ((select support.commissions(''{planning-officer,senior-manager}'')))
      with check ((select support.commissions(''{planning-officer,senior-manager}'')))', t);
  end loop;
end $$;

-- Grants are for those who commission, whatever the role is called with a provider.
alter table support.award enable row level security;
alter table support.award force row level security;
create policy owner_all on support.award to kith_owner using (true) with check (true);
create policy figures on support.award for select to kith_figures using (true);
create policy commissioners on support.award to kith_app
  using ((select support.commissions('{planning-officer,senior-manager,finance-officer}')))
  with check ((select support.commissions('{planning-officer,senior-manager,finance-officer}')));

grant select on support.contract, support.contract_target, support.provider_return, support.return_value, support.project, support.project_partner,
  support.project_finding, support.award to kith_app;
grant insert on support.contract, support.contract_target, support.provider_return, support.return_value, support.project, support.project_partner,
  support.project_finding, support.award to kith_app;
grant update (kind, first_on, last_on, value_pence, measured, returns, due_days, review_on, version) on support.contract to kith_app;
grant delete on support.contract_target, support.project_partner to kith_app;
grant update (current) on support.provider_return to kith_app;
grant update (title, programme, phase, locality, about, need, first_on, last_on, cost_pence, reach_from, contract_id, children_item, families_item,
  children, families, reach_source, version) on support.project to kith_app;

-- Figures: sums, days and kinds; never a note, a word of evidence or who wrote it.
grant select (id, programme, organisation_id, kind, first_on, last_on, value_pence, returns, due_days) on support.contract to kith_figures;
grant select (id, contract_id, organisation_id, source, item, at_least) on support.contract_target to kith_figures;
grant select (id, contract_id, organisation_id, programme, from_on, to_on, number, current, sent_on) on support.provider_return to kith_figures;
grant select (return_id, organisation_id, position, item, part, title, part_title, kind, amount) on support.return_value to kith_figures;
grant select (id, title, programme, phase, locality, first_on, last_on, cost_pence, reach_from, contract_id, children_item, families_item, children,
  families) on support.project to kith_figures;
grant select on support.project_partner to kith_figures;
grant select (id, project_id, finding, on_day) on support.project_finding to kith_figures;
grant select (id, programme, fund_id, year) on support.award to kith_figures;
grant select (team_id) on support.support to kith_figures;
grant select (organisation_id) on access.team to kith_figures;
grant select (id, name) on access.organisation to kith_figures;
revoke all on function support.my_organisations, support.commissions, support.periods from public;
grant execute on function support.my_organisations, support.commissions to kith_app;
grant execute on function support.periods to kith_app, kith_figures;
