-- How people prove who they are. The application role reaches these tables only through the functions below: a password's
-- hash and a sealed secret come out only to somebody who already has the exact sign-in name.
create schema sign_in;
grant usage on schema sign_in to kith_app;

create table sign_in.identity (
  issuer text not null check (length(issuer) between 1 and 2000),
  subject text not null check (length(subject) between 1 and 255),
  account_id uuid not null references access.account on delete cascade,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
comment on table sign_in.identity is 'Who an account is at a single sign-on provider: issuer and subject, never an e-mail, which can be given to somebody else';
create index identity_account on sign_in.identity (account_id);

create table sign_in.invitation (
  account_id uuid primary key references access.account on delete cascade,
  email text not null,
  invited_by uuid,
  invited_at timestamptz not null default now(),
  used_at timestamptz
);
comment on table sign_in.invitation is 'An account that may be joined, once, to whoever the provider says owns this e-mail';
create unique index invitation_email on sign_in.invitation (lower(email)) where used_at is null;

create table sign_in.password (
  account_id uuid primary key references access.account on delete cascade,
  phc text not null check (phc like '$argon2id$%'),
  changed_at timestamptz not null default now(),
  must_change boolean not null default false,
  expires_at timestamptz
);
comment on table sign_in.password is 'Argon2id hashes. One that must be changed was made by an administrator and expires';

create table sign_in.totp (
  account_id uuid primary key references access.account on delete cascade,
  sealed bytea not null,
  confirmed_at timestamptz not null default now(),
  last_step integer not null
);
comment on table sign_in.totp is 'Secrets of code-making apps, sealed with a key that is not in the database; last_step makes each code good once';

create table sign_in.passkey (
  id text primary key check (length(id) between 1 and 1400),
  account_id uuid not null references access.account on delete cascade,
  public_key bytea not null,
  counter bigint not null default 0 check (counter >= 0),
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  made_at timestamptz not null default now(),
  used_at timestamptz
);
comment on table sign_in.passkey is 'Passkeys: the public half only';
create index passkey_account on sign_in.passkey (account_id);

create table sign_in.attempt (
  key bytea primary key,
  failures integer not null default 0,
  last_at timestamptz not null,
  locked_until timestamptz
);
comment on table sign_in.attempt is 'Failed tries by what was tried and by address, hashed. A name that is no account''s is counted like any other';
create index attempt_last on sign_in.attempt (last_at);

create table sign_in.step (
  token_hash bytea primary key,
  stage text not null check (stage in ('single', 'passkey', 'second', 'new-password', 'set-up', 'change')),
  account_id uuid references access.account on delete cascade,
  data jsonb not null,
  ends_at timestamptz not null
);
comment on table sign_in.step is 'Half-finished sign-ins: what has been shown so far, for some minutes';
create index step_ends on sign_in.step (ends_at);

do $$
declare name text;
begin
  foreach name in array array['identity', 'invitation', 'password', 'totp', 'passkey', 'attempt', 'step'] loop
    execute format('alter table sign_in.%I enable row level security', name);
    execute format('alter table sign_in.%I force row level security', name);
    execute format('create policy owner_all on sign_in.%I to kith_owner using (true) with check (true)', name);
  end loop;
end $$;

-- Sessions ------------------------------------------------------------------------------------------------------------

-- Begins a session and writes the audit event in the same breath. A browser session follows a sign-in; a token is made by
-- the one it belongs to. The account is locked so that nobody signs in at the moment of being marked as left.
create function access.begin_session(for_account uuid, token bytea, session_kind text, session_name text, ends timestamptz,
  idle integer, writes boolean, from_ip inet default null, request uuid default null, way text default null)
returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  if session_kind = 'token' and for_account is distinct from access.account_id() then
    raise exception 'a token belongs to whoever makes it' using errcode = 'KT403';
  end if;
  if ends > now() + (case session_kind when 'token' then interval '400 days' else interval '25 hours' end) then
    raise exception 'the session would last too long' using errcode = 'KT403';
  end if;
  perform from access.account a where a.id = for_account and a.left_at is null for share;
  if not found then raise exception 'no such account' using errcode = 'KT403'; end if;
  insert into access.session (token_hash, account_id, kind, name, ends_at, idle_minutes, may_write)
  values (token, for_account, session_kind, session_name, ends, idle, writes) returning id into made;
  insert into audit.event (kind, name, account_id, session_id, from_address, request_id, detail)
  values ('sign-in', case session_kind when 'token' then 'sign-in.token' else 'sign-in' end, for_account, made, from_ip, request,
    jsonb_strip_nulls(jsonb_build_object('way', way)));
  return made;
end $$;
revoke all on function access.begin_session from public;
grant execute on function access.begin_session to kith_app;

-- Ends every session and token of an account: one's own, or that of somebody whom an administrator looks after. Returns how many ended.
create function access.end_account_sessions(of_account uuid, but_session uuid default null) returns integer
language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  if of_account is distinct from access.account_id() and not sign_in.manages(of_account) then
    raise exception 'not their account' using errcode = 'KT403';
  end if;
  update access.session set ended_at = now()
   where account_id = of_account and ended_at is null and id is distinct from but_session;
  get diagnostics ended = row_count;
  return ended;
end $$;
revoke all on function access.end_account_sessions from public;
grant execute on function access.end_account_sessions to kith_app;

-- Somebody is still at work. It never wakes a session that has been idle too long.
create function sign_in.still_here(token bytea) returns void language sql security definer set search_path = '' as $$
  update access.session set seen_at = now()
   where token_hash = token and ended_at is null and ends_at > now() and seen_at < now() - interval '30 seconds'
     and (kind = 'token' or seen_at > now() - make_interval(mins => idle_minutes))
$$;

create function sign_in.account_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then
    delete from access.session where account_id = old.id;
    return old;
  end if;
  update access.session set ended_at = now() where account_id = new.id and ended_at is null;
  return new;
end $$;
create trigger left_sessions after update of left_at on access.account for each row
  when (new.left_at is not null and old.left_at is null) execute function sign_in.account_gone();
create trigger removed_sessions before delete on access.account for each row execute function sign_in.account_gone();

-- Tries and lock-out --------------------------------------------------------------------------------------------------

-- Counts a try before it is made, so that many at once cannot slip past. Returns null when it may go ahead, else when it may
-- be tried again. From the limit on, each failure doubles the wait: one minute at first, one hour at most. A day without a
-- failure forgets them all.
create function sign_in.try_now(keys bytea[], limits integer[], at timestamptz) returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare wait_until timestamptz;
begin
  delete from sign_in.attempt where key in (
    select a.key from sign_in.attempt a where a.last_at < at - interval '1 day' limit 50 for update skip locked);
  insert into sign_in.attempt (key, last_at) select distinct k, at from unnest(keys) k order by 1 on conflict do nothing;
  perform from sign_in.attempt a where a.key = any (keys) order by a.key for update;
  select max(a.locked_until) into wait_until from sign_in.attempt a where a.key = any (keys) and a.locked_until > at;
  if wait_until is not null then return wait_until; end if;
  update sign_in.attempt a set failures = a.failures + 1, last_at = at,
    locked_until = case when a.failures + 1 >= t.ceiling
      then at + least(interval '1 hour', interval '1 minute' * power(2, least(a.failures + 1 - t.ceiling, 10))) end
    from unnest(keys, limits) as t(key, ceiling) where a.key = t.key;
  return null;
end $$;

-- The try was right: what was tried is forgotten, the address gets back the one it was charged.
create function sign_in.try_was_right(tried bytea, address bytea) returns void
language sql security definer set search_path = '' as $$
  delete from sign_in.attempt where key = tried;
  update sign_in.attempt set failures = greatest(0, failures - 1), locked_until = null where key = address;
$$;

create function sign_in.note_refusal(of_account uuid, why text, from_ip inet, request uuid) returns void
language sql security definer set search_path = '' as $$
  insert into audit.event (kind, name, account_id, from_address, request_id, detail)
  values ('refused', 'sign-in', of_account, from_ip, request, jsonb_build_object('why', why))
$$;

-- Half-finished sign-ins ----------------------------------------------------------------------------------------------

create function sign_in.keep_step(token bytea, at_stage text, of_account uuid, what jsonb, ends timestamptz) returns void
language sql security definer set search_path = '' as $$
  delete from sign_in.step where token_hash in (
    select s.token_hash from sign_in.step s where s.ends_at < now() limit 50 for update skip locked);
  insert into sign_in.step (token_hash, stage, account_id, data, ends_at) values (token, at_stage, of_account, what, ends)
  on conflict (token_hash) do update set stage = excluded.stage, account_id = excluded.account_id, data = excluded.data;
$$;

create function sign_in.see_step(token bytea, at timestamptz) returns table (stage text, account_id uuid, data jsonb)
language sql stable security definer set search_path = '' as $$
  select s.stage, s.account_id, s.data from sign_in.step s where s.token_hash = token and s.ends_at > at
$$;

-- A step is used once.
create function sign_in.take_step(token bytea, at timestamptz) returns table (stage text, account_id uuid, data jsonb)
language sql security definer set search_path = '' as $$
  delete from sign_in.step s where s.token_hash = token and s.ends_at > at returning s.stage, s.account_id, s.data
$$;

-- Local accounts ------------------------------------------------------------------------------------------------------

create function sign_in.by_name(sign_in_name text)
returns table (account_id uuid, name text, email text, phc text, must_change boolean, expires_at timestamptz, sealed bytea, passkeys text[])
language sql stable security definer set search_path = '' as $$
  select a.id, a.name, a.email, p.phc, p.must_change, p.expires_at, t.sealed,
    coalesce((select array_agg(k.id order by k.made_at) from sign_in.passkey k where k.account_id = a.id), '{}')
    from access.account a
    left join sign_in.password p on p.account_id = a.id
    left join sign_in.totp t on t.account_id = a.id
   where lower(a.email) = lower(sign_in_name) and a.left_at is null
$$;

-- Whether the transaction or the step speaks for this account.
create function sign_in.speaks_for(of_account uuid, token bytea, stages text[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(of_account = access.account_id() and token is null, false)
    or exists (select from sign_in.step s where s.token_hash = token and s.ends_at > now() and s.account_id = of_account and s.stage = any (stages))
$$;

create function sign_in.note_change(of_account uuid, what text, from_ip inet, request uuid) returns void
language sql security definer set search_path = '' as $$
  insert into audit.event (kind, name, account_id, session_id, about, from_address, request_id)
  values ('action', what, of_account, nullif(current_setting('kith.session', true), '')::uuid, array[of_account], from_ip, request)
$$;

-- A new password ends the account's other sessions in browsers.
create function sign_in.set_password(of_account uuid, new_phc text, token bytea, from_ip inet, request uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not sign_in.speaks_for(of_account, token, '{new-password}') then
    raise exception 'not their account' using errcode = 'KT403';
  end if;
  insert into sign_in.password (account_id, phc) values (of_account, new_phc)
  on conflict (account_id) do update set phc = excluded.phc, changed_at = now(), must_change = false, expires_at = null;
  update access.session set ended_at = now() where account_id = of_account and ended_at is null and kind = 'browser'
    and id is distinct from nullif(current_setting('kith.session', true), '')::uuid;
  perform sign_in.note_change(of_account, 'accounts.change-password', from_ip, request);
end $$;

-- Before there is a session, a second step can be set up only while there is none: a password alone replaces nothing.
create function sign_in.may_set_up(of_account uuid, token bytea) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from access.account a where a.id = of_account and a.left_at is null for update;
  if not found or not sign_in.speaks_for(of_account, token, '{set-up,change}') then
    raise exception 'not their account' using errcode = 'KT403';
  end if;
  if exists (select from sign_in.step s where s.token_hash = token and s.stage = 'set-up')
    and (exists (select from sign_in.totp t where t.account_id = of_account)
      or exists (select from sign_in.passkey k where k.account_id = of_account)) then
    raise exception 'there is a second step already' using errcode = 'KT403';
  end if;
end $$;

create function sign_in.set_totp(of_account uuid, new_sealed bytea, step integer, token bytea, from_ip inet, request uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.may_set_up(of_account, token);
  insert into sign_in.totp (account_id, sealed, last_step) values (of_account, new_sealed, step)
  on conflict (account_id) do update set sealed = excluded.sealed, last_step = excluded.last_step, confirmed_at = now();
  perform sign_in.note_change(of_account, 'accounts.set-up-code', from_ip, request);
end $$;

-- True when this code's moment had not been used before, nor any after it.
create function sign_in.use_totp_step(of_account uuid, step integer) returns boolean
language sql security definer set search_path = '' as $$
  with used as (update sign_in.totp set last_step = step where account_id = of_account and last_step < step returning 1)
  select exists (select from used)
$$;

create function sign_in.add_passkey(of_account uuid, credential text, key bytea, uses bigint, by_way_of text[], called text, token bytea,
  from_ip inet, request uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.may_set_up(of_account, token);
  insert into sign_in.passkey (id, account_id, public_key, counter, transports, name)
  values (credential, of_account, key, uses, by_way_of, called);
  perform sign_in.note_change(of_account, 'accounts.add-passkey', from_ip, request);
end $$;

create function sign_in.passkey_of(credential text)
returns table (account_id uuid, public_key bytea, counter bigint, transports text[])
language sql stable security definer set search_path = '' as $$
  select k.account_id, k.public_key, k.counter, k.transports from sign_in.passkey k join access.account a on a.id = k.account_id
   where k.id = credential and a.left_at is null
$$;
create function sign_in.use_passkey(credential text, uses bigint) returns void language sql security definer set search_path = '' as $$
  update sign_in.passkey set counter = uses, used_at = now() where id = credential
$$;

-- Single sign-on ------------------------------------------------------------------------------------------------------

create function sign_in.by_identity(at_issuer text, with_subject text) returns uuid
language sql stable security definer set search_path = '' as $$
  select i.account_id from sign_in.identity i join access.account a on a.id = i.account_id
   where i.issuer = at_issuer and i.subject = with_subject and a.left_at is null
$$;

-- Joins an invited account to a person at the provider, once. The caller vouches that the provider has verified the e-mail.
create function sign_in.accept_invitation(at_issuer text, with_subject text, verified_email text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare invited uuid;
begin
  if sign_in.by_identity(at_issuer, with_subject) is not null then
    raise exception 'they have an account' using errcode = 'KT403';
  end if;
  update sign_in.invitation i set used_at = now() from access.account a
   where a.id = i.account_id and a.left_at is null and lower(i.email) = lower(verified_email) and i.used_at is null
  returning i.account_id into invited;
  if invited is null then return null; end if;
  -- They may have had an account before, which has been marked as left.
  insert into sign_in.identity (issuer, subject, account_id) values (at_issuer, with_subject, invited)
  on conflict (issuer, subject) do update set account_id = excluded.account_id, linked_at = now();
  return invited;
end $$;

-- Demonstration: the personas to choose from, by their exact sign-in names.
create function sign_in.personas(sign_in_names text[])
returns table (account_id uuid, name text, email text, post text, team text, organisation text)
language sql stable security definer set search_path = '' as $$
  select a.id, a.name, a.email, coalesce(p.title, ''), coalesce(p.team, ''), coalesce(p.organisation, '')
    from access.account a
    left join lateral (
      select r.title, t.name as team, o.name as organisation
        from access.holding h join access.post s on s.id = h.post_id join access.role r on r.id = s.role_id
        join access.team t on t.id = s.team_id join access.organisation o on o.id = t.organisation_id
       where h.account_id = a.id and h.during @> now() order by lower(h.during), h.id limit 1) p on true
   where lower(a.email) = any (select lower(n) from unnest(sign_in_names) n) and a.left_at is null
   order by array_position(sign_in_names, a.email), a.name
$$;

revoke all on all functions in schema sign_in from public;
grant execute on function sign_in.still_here, sign_in.try_now, sign_in.try_was_right, sign_in.note_refusal, sign_in.keep_step,
  sign_in.see_step, sign_in.take_step, sign_in.by_name, sign_in.set_password, sign_in.set_totp, sign_in.use_totp_step,
  sign_in.add_passkey, sign_in.passkey_of, sign_in.use_passkey, sign_in.by_identity, sign_in.accept_invitation, sign_in.personas
  to kith_app;
