-- The audit trail: append-only for the application, by month, sealed into a chain of hashes.
create schema audit;
grant usage on schema audit to kith_app;

create table audit.event (
  id uuid not null default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  era integer not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null check (kind in ('read', 'action', 'refused', 'sign-in', 'system')),
  name text not null,
  account_id uuid,
  session_id uuid,
  about uuid[] not null default '{}',
  reasons text[] not null default '{}',
  from_address inet,
  request_id uuid,
  detail jsonb not null default '{}'
) partition by range (at);
comment on table audit.event is 'Every action and every read of a person: who, what, about whom, why they could, when, from where';
comment on column audit.event.about is 'Families and people the event is about';
comment on column audit.event.reasons is 'The kinds of live reason the asker had at that moment';
comment on column audit.event.era is 'Raised by a restore: transaction numbers begin again in another cluster';
create index event_order on audit.event (era, xid, id);
create index event_about on audit.event using gin (about);
create index event_account on audit.event (account_id, at desc);

-- Partitions are made ahead by a job; the default one catches what no month was made for, so that no event is refused.
create table audit.event_other partition of audit.event default;

create function audit.make_month(month date) returns void language plpgsql security definer set search_path = '' as $$
declare
  name text := 'event_' || to_char(month, 'YYYY_MM');
  first date := date_trunc('month', month);
begin
  if to_regclass('audit.' || name) is null then
    execute format('create table audit.%I partition of audit.event for values from (%L) to (%L)',
      name, first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
    execute format('alter table audit.%I enable row level security', name);
    execute format('alter table audit.%I force row level security', name);
    -- The application adds to the month itself: finding the month for each event costs as much again as writing it.
    execute format('create policy app_write on audit.%I for insert to kith_app with check (has_table_privilege(%L::regclass, ''insert''))',
      name, 'audit.event');
    execute format('grant insert on audit.%I to kith_app', name);
  end if;
end $$;
revoke all on function audit.make_month from public;
grant execute on function audit.make_month to kith_app;

alter table audit.event enable row level security;
alter table audit.event force row level security;
alter table audit.event_other enable row level security;
alter table audit.event_other force row level security;
create policy owner_read on audit.event for select to kith_owner using (true);
create policy owner_write on audit.event for insert to kith_owner with check (true);
create policy app_write on audit.event for insert to kith_app with check (true);
-- Who has looked: for those who may see the whole record, and for each account its own doings.
create policy app_read on audit.event for select to kith_app
  using (account_id = access.account_id()
    or about && (select coalesce(array_agg(r.subject), '{}') from access.my_reason r where r.scope = 'practice')
    or access.has_role('system-administrator'));
grant insert, select on audit.event to kith_app;

-- A seal covers a run of events in commit-safe order; its hash covers the seal before it.
create table audit.seal (
  number bigint primary key,
  sealed_at timestamptz not null default now(),
  from_era integer not null,
  from_xid xid8 not null,
  to_era integer not null,
  to_xid xid8 not null,
  events bigint not null check (events > 0),
  hash bytea not null check (length(hash) = 32)
);
comment on table audit.seal is 'holds no person: the chain of hashes over the audit trail';
create table audit.era (number integer primary key, began_at timestamptz not null default now(), why text not null);
comment on table audit.era is 'holds no person: each restore begins an era';
insert into audit.era (number, why) values (1, 'installed');
revoke update, delete, truncate on audit.seal, audit.event, audit.era from kith_app;

create function audit.event_hash(e audit.event) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_array(e.id, extract(epoch from e.at), e.era, e.xid::text, e.kind, e.name, e.account_id, e.session_id,
    to_jsonb(e.about), to_jsonb(e.reasons), e.from_address, e.request_id, e.detail)::text, 'UTF8'))
$$;

-- The hash of a run of events on top of the hash before: SHA-256 of (before || event hashes in order).
create function audit.run_hash(before bytea, from_e integer, from_x xid8, to_e integer, to_x xid8, out events bigint, out hash bytea)
language sql stable security definer set search_path = '' as $$
  select count(*), sha256(before || coalesce(string_agg(audit.event_hash(e), ''::bytea order by e.era, e.xid, e.id), ''::bytea))
    from audit.event e
   where (e.era, e.xid) > (from_e, from_x) and (e.era, e.xid) <= (to_e, to_x)
$$;

-- Seals what is sure to be complete: events of transactions older than every one still running. Returns how many it sealed.
create function audit.seal_now() returns bigint language plpgsql security definer set search_path = '' as $$
declare
  last record;
  upto record;
  made record;
begin
  perform pg_advisory_xact_lock(7021);
  select s.number, s.to_era, s.to_xid, s.hash into last from audit.seal s order by s.number desc limit 1;
  if not found then
    select 0::bigint as number, 0 as to_era, '0'::xid8 as to_xid, sha256('kith'::bytea) as hash into last;
  end if;
  select e.era, e.xid into upto from audit.event e
   where (e.era, e.xid) > (last.to_era, last.to_xid)
     and (e.era < (select max(a.number) from audit.era a) or e.xid < pg_snapshot_xmin(pg_current_snapshot()))
   order by e.era desc, e.xid desc limit 1;
  if not found then return 0; end if;
  select * into made from audit.run_hash(last.hash, last.to_era, last.to_xid, upto.era, upto.xid);
  insert into audit.seal (number, from_era, from_xid, to_era, to_xid, events, hash)
  values (last.number + 1, last.to_era, last.to_xid, upto.era, upto.xid, made.events, made.hash);
  return made.events;
end $$;
revoke all on function audit.seal_now, audit.run_hash from public;
grant execute on function audit.seal_now to kith_app;
