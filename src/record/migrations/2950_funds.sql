-- Funds: money with a purpose, whoever draws on it. What a fund was given, what is promised out of it and what is paid stand here
-- for every area; what a draw is for stands in the area that draws.
create schema funds;
grant usage on schema funds to kith_app, kith_figures;

create table funds.fund (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  title text not null check (length(title) between 1 and 200),
  purpose text not null default '' check (length(purpose) <= 2000),
  given_by text not null default '' check (length(given_by) <= 200),
  letter text not null default '' check (length(letter) <= 200),
  letter_on date,
  year smallint check (year between 2000 and 2199),
  non_recurring boolean not null default true,
  exit_plan text not null default '' check (length(exit_plan) <= 5000),
  open_during daterange not null default daterange(null, null) check (not isempty(open_during)),
  allocated_pence bigint not null default 0 check (allocated_pence >= 0),
  committed_pence bigint not null default 0 check (committed_pence >= 0),
  paid_pence bigint not null default 0 check (paid_pence >= 0),
  balance_pence bigint generated always as (allocated_pence - committed_pence - paid_pence) stored,
  version integer not null default 1,
  constraint fund_cannot_be_overdrawn check (allocated_pence - committed_pence - paid_pence >= 0),
  constraint fund_once unique (title, given_by, letter, year)
);
comment on table funds.fund is 'holds no person: money with a purpose. Sums are kept by triggers, never by hand';
comment on column funds.fund.year is 'Where it is the money of one financial year: the year in which that begins';
comment on column funds.fund.non_recurring is 'Temporary money: it ends, and may not come again';
comment on column funds.fund.exit_plan is 'Of temporary money: what happens to the help, and to those who have it, when it ends';

create table funds.entry (
  id uuid primary key default uuidv7(),
  fund_id uuid not null references funds.fund,
  kind text not null check (kind in ('allocation', 'top-up', 'correction', 'from import')),
  amount_pence bigint not null check (amount_pence <> 0 and (amount_pence > 0 or kind = 'correction')),
  made_on date not null,
  note text not null default '' check (length(note) <= 1000 and (kind <> 'correction' or note <> '')),
  made_by uuid references access.account,
  at timestamptz not null default now()
);
comment on table funds.entry is 'holds no person: each sum of money given to a fund, and what put it right; never changed, never removed';
create index entry_fund on funds.entry (fund_id, made_on);
create index entry_made_by on funds.entry (made_by);

create table funds.fund_area (
  fund_id uuid not null references funds.fund,
  area text not null check (area ~ '^[a-z]+(-[a-z]+)*$'),
  primary key (fund_id, area)
);
comment on table funds.fund_area is 'holds no person: which areas may draw on a fund';

-- What is drawn on a fund. Whose it is says the area, under the id of its own record there; an area puts its own check on its own
-- draws.
create table funds.draw (
  id uuid primary key default uuidv7(),
  fund_id uuid not null,
  area text not null,
  of_id uuid not null,
  family_id uuid references record.family,
  amount_pence bigint not null,
  state text not null default 'committed' check (state in ('committed', 'paid')),
  on_day date,
  note text not null default '' check (length(note) <= 500),
  made_by uuid references access.account,
  at timestamptz not null default now(),
  constraint draw_fund_is_of_area foreign key (fund_id, area) references funds.fund_area,
  constraint draw_amount check (amount_pence <> 0 and (amount_pence > 0 or family_id is null)),
  constraint draw_says_what_for check (family_id is not null or (note <> '' and on_day is not null))
);
comment on table funds.draw is 'What is drawn on a fund: promised (committed), or paid. What is for a family names the family and is seen for a reason';
comment on column funds.draw.of_id is 'The record of the area that draws: a request for a direct payment, a grant of a programme';
comment on column funds.draw.amount_pence is 'Below nought where money came back, or where what was promised to nobody in particular was paid';
-- What is for a family draws once on each fund.
create unique index draw_once on funds.draw (of_id, fund_id, (case when family_id is null then id end)) nulls not distinct;
create index draw_fund on funds.draw (fund_id, area, state);
create index draw_made_by on funds.draw (made_by) where made_by is not null;

create table funds.forecast (
  id uuid primary key default uuidv7(),
  fund_id uuid not null,
  area text not null,
  of_id uuid not null,
  pence bigint not null check (pence between 0 and 100000000000),
  on_day date not null,
  note text not null check (length(note) between 1 and 500),
  made_by uuid references access.account default access.account_id(),
  at timestamptz not null default now(),
  constraint forecast_fund_is_of_area foreign key (fund_id, area) references funds.fund_area
);
comment on table funds.forecast is 'holds no person: what the whole year of a fund was expected to cost on a day, by who draws on it; never changed, the newest holds';
create index forecast_fund on funds.forecast (fund_id, area);
create index forecast_of on funds.forecast (of_id, on_day desc, id desc);
create index forecast_made_by on funds.forecast (made_by);

-- Every change of entries or draws moves the funds' sums in the same transaction, once for each statement. The funds' rows are
-- locked in the order of their ids, so that decisions at the same moment queue and never wait for each other in a circle ("no key":
-- the share lock of a foreign key must not stand in the way), and the check refuses the first one that a fund cannot bear.
create function funds.add_to_funds(moved jsonb) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform from funds.fund f
   where f.id in (select (m ->> 'fund')::uuid from jsonb_array_elements(moved) m) order by f.id for no key update;
  update funds.fund f
     set allocated_pence = f.allocated_pence + d.allocated, committed_pence = f.committed_pence + d.committed, paid_pence = f.paid_pence + d.paid
    from (select (m ->> 'fund')::uuid as fund, sum((m ->> 'allocated')::bigint)::bigint as allocated,
            sum((m ->> 'committed')::bigint)::bigint as committed, sum((m ->> 'paid')::bigint)::bigint as paid
            from jsonb_array_elements(moved) m group by 1) d
   where f.id = d.fund and (d.allocated <> 0 or d.committed <> 0 or d.paid <> 0);
end $$;
revoke all on function funds.add_to_funds from public;

create function funds.entries_made() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform funds.add_to_funds((select coalesce(jsonb_agg(jsonb_build_object('fund', e.fund_id, 'allocated', e.pence, 'committed', 0, 'paid', 0)), '[]')
    from (select fund_id, sum(amount_pence) as pence from made group by fund_id) e));
  return null;
end $$;
create trigger move_fund after insert on funds.entry referencing new table as made
  for each statement execute function funds.entries_made();

-- What is promised to nobody in particular (to a programme, to a support) is paid bit by bit: off what is promised, onto what is
-- paid, in one statement. Neither falls below nought: called with the fund's row locked, so that two at once are counted one after
-- the other.
create function funds.check_promises(of_ids uuid[]) returns void language plpgsql security definer set search_path = '' as $$
declare
  short record;
begin
  select sum(d.amount_pence) filter (where d.state = 'committed') < 0 as promised, sum(d.amount_pence) filter (where d.state = 'paid') < 0 as paid
    into short from funds.draw d where d.of_id = any (of_ids) and d.family_id is null
   group by d.of_id, d.fund_id, d.area
  having sum(d.amount_pence) filter (where d.state = 'committed') < 0 or sum(d.amount_pence) filter (where d.state = 'paid') < 0
   limit 1;
  if short.promised then
    raise exception 'more is paid than was promised' using errcode = 'check_violation', constraint = 'promise_cannot_be_overspent';
  elsif short.paid then
    raise exception 'more came back than was paid' using errcode = 'check_violation', constraint = 'paid_not_below_nought';
  end if;
end $$;
revoke all on function funds.check_promises from public;

create function funds.draws_made() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from made where family_id is null) then
    perform from funds.fund f where f.id in (select fund_id from made) order by f.id for no key update;
    perform funds.check_promises(array(select of_id from made where family_id is null));
  end if;
  perform funds.add_to_funds((select coalesce(jsonb_agg(jsonb_build_object('fund', c.fund_id, 'allocated', 0, 'committed', c.committed, 'paid', c.paid)), '[]')
    from (select fund_id, coalesce(sum(amount_pence) filter (where state = 'committed'), 0) as committed,
            coalesce(sum(amount_pence) filter (where state = 'paid'), 0) as paid from made group by fund_id) c));
  return null;
end $$;
create trigger move_fund_made after insert on funds.draw referencing new table as made
  for each statement execute function funds.draws_made();

create function funds.draws_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform funds.add_to_funds((select coalesce(jsonb_agg(jsonb_build_object('fund', c.fund_id, 'allocated', 0, 'committed', -c.committed, 'paid', -c.paid)), '[]')
    from (select fund_id, coalesce(sum(amount_pence) filter (where state = 'committed'), 0) as committed,
            coalesce(sum(amount_pence) filter (where state = 'paid'), 0) as paid from gone group by fund_id) c));
  return null;
end $$;
create trigger move_fund_gone after delete on funds.draw referencing old table as gone
  for each statement execute function funds.draws_gone();

create function funds.draws_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform funds.add_to_funds((select coalesce(jsonb_agg(jsonb_build_object('fund', c.fund_id, 'allocated', 0, 'committed', c.committed, 'paid', c.paid)), '[]')
    from (select fund_id, sum(committed) as committed, sum(paid) as paid from (
            select fund_id, case when state = 'committed' then amount_pence else 0 end as committed, case when state = 'paid' then amount_pence else 0 end as paid from made
            union all
            select fund_id, case when state = 'committed' then -amount_pence else 0 end, case when state = 'paid' then -amount_pence else 0 end from gone) each
          group by fund_id) c));
  return null;
end $$;
create trigger move_fund_changed after update on funds.draw referencing old table as gone new table as made
  for each statement execute function funds.draws_changed();

-- Proof that no pound is lost: rows here are faults. What a fund was given is left, committed or paid, by its entries and its draws.
create view funds.money_fault as
  select f.code as what, 'the fund''s sums differ from its entries and draws' as fault
    from funds.fund f
   where f.allocated_pence <> (select coalesce(sum(e.amount_pence), 0) from funds.entry e where e.fund_id = f.id)
      or f.committed_pence <> (select coalesce(sum(d.amount_pence), 0) from funds.draw d where d.fund_id = f.id and d.state = 'committed')
      or f.paid_pence <> (select coalesce(sum(d.amount_pence), 0) from funds.draw d where d.fund_id = f.id and d.state = 'paid')
      or f.allocated_pence <> f.balance_pence + f.committed_pence + f.paid_pence;

-- Whether whoever asks holds one of these roles in a council or a health board.
create function funds.holds_one_of(in_roles text[]) returns boolean language sql stable set search_path = '' as $$
  select exists (select from access.post p join access.team t on t.id = p.team_id join access.organisation o on o.id = t.organisation_id
    where p.id = any (access.holders()) and p.role_id = any (in_roles) and o.kind in ('council', 'health'))
$$;
revoke all on function funds.holds_one_of from public;
grant execute on function funds.holds_one_of to kith_app;

-- How much each area drew on a fund: sums, for those who see how funds stand; whose they are is not theirs to see.
create function funds.drawn(of_fund uuid) returns table (area text, committed bigint, paid bigint)
language sql stable security definer set search_path = '' as $$
  select d.area, coalesce(sum(d.amount_pence) filter (where d.state = 'committed'), 0)::bigint,
    coalesce(sum(d.amount_pence) filter (where d.state = 'paid'), 0)::bigint
  from funds.draw d where d.fund_id = of_fund group by d.area
$$;
revoke all on function funds.drawn from public;
grant execute on function funds.drawn to kith_app;

-- Draws for a family are seen for a reason to see the family, by who practises or who pays (access.noted says more); the others by
-- those who keep money. The money triggers run as the owner and must see draws whatever the purpose.
alter table funds.draw enable row level security;
alter table funds.draw force row level security;
create policy owner_all on funds.draw to kith_owner using (true) with check (true);
create policy figures on funds.draw for select to kith_figures using (true);
create policy seen_for_a_reason on funds.draw to kith_app
  using (family_id is not null and (access.noted_any(family_id) or access.look_any(family_id)))
  with check (family_id is not null and (access.noted_any(family_id) or access.look_any(family_id)));
create policy of_nobody on funds.draw to kith_app
  using (family_id is null and (select funds.holds_one_of('{planning-officer,team-manager,senior-manager,finance-officer}')))
  with check (family_id is null and (select funds.holds_one_of('{planning-officer,senior-manager,finance-officer}')));
alter table funds.forecast enable row level security;
alter table funds.forecast force row level security;
create policy owner_all on funds.forecast to kith_owner using (true) with check (true);
create policy figures on funds.forecast for select to kith_figures using (true);
create policy of_nobody on funds.forecast to kith_app
  using ((select funds.holds_one_of('{planning-officer,team-manager,senior-manager,finance-officer}')))
  with check ((select funds.holds_one_of('{planning-officer,senior-manager,finance-officer}')));
-- What is promised to a family can be paid or given up. What is paid stays, and so does each line of what is promised to nobody in
-- particular: it is put right by another.
create policy paid_once on funds.draw as restrictive for update to kith_app using (state = 'committed' and family_id is not null) with check (true);
create policy only_promises_are_given_up on funds.draw as restrictive for delete to kith_app using (state = 'committed' and family_id is not null);

grant select on funds.fund, funds.entry, funds.fund_area, funds.draw, funds.forecast to kith_app;
grant insert on funds.entry, funds.forecast to kith_app;
grant insert, delete on funds.fund_area to kith_app;
grant insert, delete, update (state) on funds.draw to kith_app;
grant insert (id, code, title, purpose, given_by, letter, letter_on, year, non_recurring, exit_plan, open_during),
  update (title, purpose, given_by, letter, letter_on, year, non_recurring, exit_plan, open_during, version) on funds.fund to kith_app;

-- Figures: sums, days, and what funds are called.
grant select (id, code, title, given_by, letter, letter_on, year, non_recurring, open_during, allocated_pence, committed_pence, paid_pence, balance_pence)
  on funds.fund to kith_figures;
grant select on funds.fund_area to kith_figures;
grant select (id, fund_id, kind, amount_pence, made_on) on funds.entry to kith_figures;
grant select (id, fund_id, area, of_id, family_id, amount_pence, state, on_day) on funds.draw to kith_figures;
grant select (id, fund_id, area, of_id, pence, on_day) on funds.forecast to kith_figures;
