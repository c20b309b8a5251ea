-- The direct payment scheme: what a family asked for, who decided, and that it was paid. Which fund bears it stands with the funds.
create schema direct_payments;
grant usage on schema direct_payments to kith_app, kith_figures;

-- Rules of the scheme, held as data with dates.
create table direct_payments.delegated_limit (
  role_id text not null references access.role,
  up_to_pence bigint check (up_to_pence > 0),
  during daterange not null check (not isempty(during)),
  primary key (role_id, during without overlaps)
);
-- What the limits are at this moment, as a number that is another as soon as one of them is: for whoever changes them to say what they saw.
create function direct_payments.limits_version() returns integer language sql stable
  return (select (('x' || left(md5(coalesce(string_agg(concat_ws(' ', l.role_id, l.up_to_pence, l.during), ', ' order by l.role_id, l.during), '')), 7))::bit(28))::integer + 1
    from direct_payments.delegated_limit l);
revoke all on function direct_payments.limits_version from public;
grant execute on function direct_payments.limits_version to kith_app;
comment on table direct_payments.delegated_limit is 'holds no person: how much each role may decide; no amount means no limit';
create table direct_payments.category (
  id text primary key check (length(id) between 1 and 60),
  examples text not null default '',
  closed_on date,
  version integer not null default 1
);
comment on table direct_payments.category is 'holds no person: what requests are for';
create table direct_payments.other_fund (
  id uuid primary key default uuidv7(),
  name text not null unique check (length(name) between 1 and 120),
  covers text not null,
  closed_on date,
  version integer not null default 1
);
comment on table direct_payments.other_fund is 'holds no person: funds to be tried first';

create sequence direct_payments.reference_number start 1001;
grant usage on sequence direct_payments.reference_number to kith_app;

create table direct_payments.request (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  family_id uuid not null references record.family,
  service text not null check (service in ('social-work', 'education')),
  school text check (length(school) <= 120),
  cluster text check (length(cluster) <= 120),
  category text not null references direct_payments.category,
  asked_pence bigint not null check (asked_pence > 0 and asked_pence <= 100000000),
  approved_pence bigint check (approved_pence > 0 and approved_pence <= asked_pence),
  status text not null check (status in ('asked', 'more asked', 'approved', 'declined', 'withdrawn')),
  asked_on date not null,
  asked_by uuid references access.account,
  asked_team uuid references access.team,
  decided_on date,
  decided_by uuid references access.account,
  decided_role text references access.role,
  waiting_with uuid,
  above_limit boolean not null default false,
  paid_on date,
  version integer not null default 1,
  check ((status in ('asked', 'more asked')) = (decided_on is null)),
  check ((status = 'approved') = (approved_pence is not null)),
  check (decided_on is null or decided_on >= asked_on),
  check (paid_on is null or (status = 'approved' and paid_on >= decided_on))
);
comment on column direct_payments.request.waiting_with is 'The post or team whose decision it waits for';
create index request_family on direct_payments.request (family_id, asked_on desc);
create index request_waiting on direct_payments.request (waiting_with, asked_on, id) where status = 'asked';
create index request_asked_by on direct_payments.request (asked_by, asked_on desc, id desc);
create index request_asked_on on direct_payments.request (asked_on);

create table direct_payments.conversation (
  request_id uuid primary key references direct_payments.request,
  family_id uuid not null references record.family,
  words text not null check (length(words) <= 20000),
  who_was_there text not null default '' check (length(who_was_there) <= 2000),
  used_for text not null default '' check (length(used_for) <= 5000),
  hoped_for text not null default '' check (length(hoped_for) <= 5000),
  other_funds text not null default '' check (length(other_funds) <= 5000),
  eligibility jsonb not null default '{}'
);
comment on column direct_payments.conversation.eligibility is 'What was found, in sentences that name the children: so it stands with the words, for practice alone';
comment on column direct_payments.conversation.words is 'What the family said would make most difference, in their words';
create table direct_payments.request_child (
  request_id uuid not null references direct_payments.request,
  person_id uuid not null references record.person,
  family_id uuid not null references record.family,
  primary key (request_id, person_id)
);
create index request_child_person on direct_payments.request_child (person_id);

create table direct_payments.decision (
  id uuid primary key default uuidv7(),
  request_id uuid not null references direct_payments.request,
  family_id uuid not null references record.family,
  outcome text not null check (outcome in ('approved', 'approved in part', 'declined', 'more asked', 'answered', 'withdrawn', 'sent up')),
  amount_pence bigint check (amount_pence > 0),
  reason text not null default '' check (length(reason) <= 5000),
  how_told text not null default '' check (length(how_told) <= 2000),
  decided_by uuid references access.account,
  role_id text references access.role,
  on_day date not null,
  at timestamptz not null default now()
);
comment on table direct_payments.decision is 'Each step of deciding; never changed, never removed';
create index decision_request on direct_payments.decision (request_id, at);

create table direct_payments.payee (
  request_id uuid primary key references direct_payments.request,
  family_id uuid not null references record.family,
  name text not null check (length(name) between 1 and 200),
  method text not null check (method in ('bank transfer', 'prepaid card', 'voucher', 'paid to a supplier')),
  sort_code text check (sort_code ~ '^[0-9]{6}$'),
  account_number text check (account_number ~ '^[0-9]{8}$')
);

-- What a request draws on stands with the funds (funds.draw): one line for each fund, under the id of the request.
alter table funds.draw add constraint draw_request_has_family check (area <> 'direct-payments' or (family_id is not null and amount_pence > 0));

create table direct_payments.payment_run (
  id uuid primary key default uuidv7(),
  reference text not null unique,
  made_by uuid references access.account,
  made_on date not null,
  at timestamptz not null default now()
);
comment on table direct_payments.payment_run is 'holds no person: a batch sent to the finance system';
create table direct_payments.payment (
  id uuid primary key default uuidv7(),
  request_id uuid not null references direct_payments.request,
  family_id uuid not null references record.family,
  amount_pence bigint not null check (amount_pence > 0),
  state text not null check (state in ('ready', 'sent', 'paid', 'failed')),
  run_id uuid references direct_payments.payment_run,
  paid_on date,
  failed_because text check (length(failed_because) <= 1000),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  check ((state = 'paid') = (paid_on is not null)),
  check ((state in ('sent')) <= (run_id is not null))
);
-- Only one payment of a request can be live: a failed one goes back to the queue as a new one.
create unique index payment_once on direct_payments.payment (request_id) where state <> 'failed';
create index payment_request on direct_payments.payment (request_id);
create index payment_state on direct_payments.payment (state, id);
create index payment_run_of on direct_payments.payment (run_id);

create table direct_payments.story (
  id uuid primary key default uuidv7(),
  request_id uuid not null references direct_payments.request,
  family_id uuid not null references record.family,
  whose text not null check (whose in ('family', 'worker')),
  words text not null check (length(words) between 1 and 20000),
  told_by text not null default '' check (length(told_by) <= 200),
  written_by uuid references access.account,
  on_day date not null,
  at timestamptz not null default now()
);
comment on table direct_payments.story is 'The story of change and the family''s view: invited, never chased';
create index story_request on direct_payments.story (request_id, at);

-- Proof that no pound is lost: rows here are faults, of the funds, or of what requests draw on them.
create view direct_payments.money_fault as
  select what, fault from funds.money_fault
  union all
  select coalesce(r.reference, d.of_id::text), 'what the request draws on is not what was approved'
    from direct_payments.request r
    full join (select of_id, sum(amount_pence) as pence from funds.draw where area = 'direct-payments' group by of_id) d on d.of_id = r.id
   where coalesce(r.approved_pence, 0) <> coalesce(d.pence, 0);

-- What an approved request draws on must add up to what was approved, when the transaction ends; so nothing is drawn for a request
-- that is not there.
create function direct_payments.check_request_money() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  of_request uuid;
begin
  if tg_table_name = 'request' then of_request := new.id;
  elsif tg_op = 'DELETE' then of_request := old.of_id;
  else of_request := new.of_id;
  end if;
  if (select coalesce(max(r.approved_pence), 0) from direct_payments.request r where r.id = of_request)
     <> (select coalesce(sum(d.amount_pence), 0) from funds.draw d where d.of_id = of_request and d.area = 'direct-payments') then
    raise exception 'what the request draws on is not what was approved' using errcode = 'KT422';
  end if;
  return null;
end $$;
create constraint trigger money_adds_up after insert or update of approved_pence on direct_payments.request
  deferrable initially deferred for each row execute function direct_payments.check_request_money();
create constraint trigger money_adds_up_drawn after insert or update on funds.draw
  deferrable initially deferred for each row when (new.area = 'direct-payments') execute function direct_payments.check_request_money();
create constraint trigger money_adds_up_given_up after delete on funds.draw
  deferrable initially deferred for each row when (old.area = 'direct-payments') execute function direct_payments.check_request_money();

-- Row-level security.
do $$
declare t text;
begin
  foreach t in array array['request', 'conversation', 'request_child', 'decision', 'payee', 'payment', 'story'] loop
    execute format('alter table direct_payments.%I enable row level security', t);
    execute format('alter table direct_payments.%I force row level security', t);
  end loop;
  foreach t in array array['request', 'conversation', 'request_child', 'decision', 'payee', 'payment', 'story'] loop
    execute format('create policy owner_purpose on direct_payments.%I to kith_owner using (access.owner_purpose()) with check (access.owner_purpose())', t);
  end loop;
  -- The words and the children are for practice; the sum, the payee and the payment also for whoever has to pay. Lists begin at
  -- requests and payments, so these look at the index of reasons for each row; the others hang below one (access.noted says more).
  foreach t in array array['conversation', 'request_child', 'decision', 'story'] loop
    execute format($p$create policy seen_for_a_reason on direct_payments.%I to kith_app
      using (access.noted(family_id) or access.look(family_id))
      with check (access.noted(family_id) or access.look(family_id))$p$, t);
  end loop;
  create policy seen_for_a_reason on direct_payments.payee to kith_app
    using (access.noted_any(family_id) or access.look_any(family_id))
    with check (access.noted_any(family_id) or access.look_any(family_id));
  foreach t in array array['request', 'payment'] loop
    execute format($p$create policy seen_for_a_reason on direct_payments.%I to kith_app
      using (access.noted_any(family_id)
        or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = family_id limit 1))
      with check (access.noted_any(family_id)
        or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = family_id limit 1))$p$, t);
  end loop;
end $$;
-- The money triggers run as the owner and must see what was approved whatever the purpose.
create policy owner_checks_money on direct_payments.request for select to kith_owner using (true);

grant select on all tables in schema direct_payments to kith_app;
revoke select on direct_payments.money_fault from kith_app;
grant insert, update on direct_payments.request, direct_payments.conversation, direct_payments.payee, direct_payments.payment,
  direct_payments.delegated_limit, direct_payments.category, direct_payments.other_fund to kith_app;
grant insert on direct_payments.request_child, direct_payments.decision, direct_payments.story,
  direct_payments.payment_run to kith_app;
grant delete on direct_payments.delegated_limit to kith_app;

-- Figures: sums, dates and kinds; never a word, a name or a payee.
create policy figures on direct_payments.request for select to kith_figures using (true);
create policy figures on direct_payments.request_child for select to kith_figures using (true);
create policy figures on direct_payments.decision for select to kith_figures using (true);
grant select (id, reference, family_id, service, school, cluster, category, asked_pence, approved_pence, status, asked_on, asked_team,
  decided_on, decided_role, above_limit, paid_on) on direct_payments.request to kith_figures;
grant select on direct_payments.request_child, direct_payments.category to kith_figures;
grant select (id, request_id, outcome, amount_pence, role_id, on_day) on direct_payments.decision to kith_figures;
