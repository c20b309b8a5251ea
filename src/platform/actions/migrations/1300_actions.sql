-- What actions need: repeated submissions that do nothing twice, and drafts that are never lost.
create schema platform;
grant usage on schema platform to kith_app;

create table platform.submission (
  account_id uuid not null references access.account,
  action text not null,
  key uuid not null,
  fingerprint bytea not null,
  outcome jsonb,
  at timestamptz not null default now(),
  primary key (account_id, action, key)
);
comment on table platform.submission is 'Each submitted form or API call by its key: the same key does nothing twice';
create index submission_at on platform.submission (at);
alter table platform.submission enable row level security;
alter table platform.submission force row level security;
create policy owner_all on platform.submission to kith_owner using (true) with check (true);
create policy own on platform.submission to kith_app using (account_id = access.account_id()) with check (account_id = access.account_id());
grant select, insert, update on platform.submission to kith_app;

create table platform.draft (
  account_id uuid not null references access.account,
  name text not null check (length(name) between 1 and 200),
  fields jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (account_id, name)
);
comment on table platform.draft is 'What somebody has typed and not yet sent; theirs alone';
alter table platform.draft enable row level security;
alter table platform.draft force row level security;
create policy owner_all on platform.draft to kith_owner using (true) with check (true);
create policy own on platform.draft to kith_app using (account_id = access.account_id()) with check (account_id = access.account_id());
grant select, insert, update, delete on platform.draft to kith_app;

create table platform.fact (name text primary key, value jsonb not null);
comment on table platform.fact is 'holds no person: small facts about this installation, such as the partnership''s name';
grant select on platform.fact to kith_app, kith_figures;
grant usage on schema platform to kith_figures;

-- A browser whose session has ended may still hand in what was typed: it is kept for whoever the session belonged to, for a
-- day after it ended, and can be read only by them once they have signed in again.
create function platform.keep_after_session(token bytea, draft_name text, typed jsonb) returns void
language sql security definer set search_path = '' as $$
  insert into platform.draft (account_id, name, fields)
  select s.account_id, draft_name, typed from access.session s
   where s.token_hash = token and s.kind = 'browser'
     and least(coalesce(s.ended_at, s.ends_at), s.ends_at) > now() - interval '1 day'
  on conflict (account_id, name) do update set fields = excluded.fields, saved_at = now()
$$;
revoke all on function platform.keep_after_session from public;
grant execute on function platform.keep_after_session to kith_app;
