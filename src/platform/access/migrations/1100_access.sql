-- Who works here, in which posts, and for what reason they may see a person.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create schema access;
grant usage on schema access to kith_app, kith_figures;

create table access.organisation (
  id uuid primary key default uuidv7(),
  name text not null unique check (length(name) between 1 and 200),
  kind text not null check (kind in ('council', 'health', 'police', 'third sector', 'other'))
);
comment on table access.organisation is 'holds no person: the partners';

create table access.team (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null references access.organisation,
  name text not null check (length(name) between 1 and 200),
  service text not null check (length(service) between 1 and 60),
  unique (organisation_id, name)
);
comment on table access.team is 'holds no person: teams of the partners';

create table access.role (
  id text primary key,
  title text not null
);
comment on table access.role is 'holds no person: the roles that code knows, written at start';

-- A post is a role in a team. Reasons are held by a worker or by a post, so that whoever holds the post has them.
create table access.post (
  id uuid primary key default uuidv7(),
  team_id uuid not null references access.team,
  role_id text not null references access.role,
  unique (team_id, role_id)
);
comment on table access.post is 'holds no person: a role in a team';

create table access.account (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  email text check (email is null or length(email) <= 320),
  left_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table access.account is 'Somebody who works here and signs in';
create unique index account_email on access.account (lower(email));

create table access.holding (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  post_id uuid not null references access.post,
  during tstzrange not null check (not isempty(during) and lower(during) is not null),
  standing_in_for uuid references access.account,
  unique (account_id, post_id, during without overlaps)
);
comment on table access.holding is 'Who holds which post, and when; a stand-in is a holding with an end';
create index holding_post on access.holding (post_id);

create table access.session (
  id uuid primary key default uuidv7(),
  token_hash bytea not null unique,
  account_id uuid not null references access.account,
  kind text not null check (kind in ('browser', 'token')),
  name text,
  may_write boolean not null default true,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  idle_minutes integer not null default 60 check (idle_minutes > 0),
  ends_at timestamptz not null,
  ended_at timestamptz
);
comment on table access.session is 'A sign-in in a browser, or a personal access token; the token itself is never kept';
create index session_account on access.session (account_id) where ended_at is null;

create table access.reason_kind (
  id text primary key,
  title text not null,
  scope text not null check (scope in ('practice', 'money'))
);
comment on table access.reason_kind is 'holds no person: the kinds of reason that areas declare, written at start';

-- Why somebody may see somebody. The subject is a family or a person.
create table access.reason (
  id uuid primary key default uuidv7(),
  subject uuid not null,
  holder uuid not null,
  kind text not null references access.reason_kind,
  scope text not null check (scope in ('practice', 'money')),
  since timestamptz not null default now(),
  until timestamptz,
  about_record uuid,
  given_by uuid references access.account,
  not_for uuid[] check (cardinality(not_for) between 1 and 100),
  past boolean not null default false,
  check (until is null or until > since)
);
comment on table access.reason is 'Live reasons for access: holder (account or post) may see subject (family or person)';
comment on column access.reason.scope is 'practice: the whole record; money: only what is needed to pay';
comment on column access.reason.not_for is 'Accounts for whom this reason of a post does not count, because they left the subject; almost always null';
comment on column access.reason.past is 'Known to have ended, so that nobody who asks what is live comes across it: never of one that still counts';
create index reason_holder on access.reason (holder, subject) include (scope, kind, since, until, not_for);
-- What policies and lists look at. Of many years of reasons the live ones are a few in a hundred: an index of them alone is small
-- enough that those of one holder lie on two or three pages.
create index reason_live on access.reason (holder, subject) include (scope, kind, since, until, not_for) where not past;
create index reason_ending on access.reason (until) where not past and until is not null;
create index reason_subject on access.reason (subject, holder) include (scope, kind, since, until, not_for);
create unique index reason_once on access.reason (subject, holder, kind, coalesce(about_record, subject)) where until is null;

-- Whoever writes a reason cannot say of it that it has ended, nor that it has not: its days do. One that ends some time from now, or
-- at this very moment, is marked by the job that comes by at night; until then its days are what is asked, as they are in any case.
create function access.mark_past() returns trigger language plpgsql set search_path = '' as $$
begin
  new.past := coalesce(new.until <= now(), false);
  return new;
end $$;
create trigger past before insert or update of until, past on access.reason for each row execute function access.mark_past();

-- Row-level security: the application sees its own account, the staff it works with, and its own reasons.
alter table access.account enable row level security;
alter table access.account force row level security;
alter table access.holding enable row level security;
alter table access.holding force row level security;
alter table access.session enable row level security;
alter table access.session force row level security;
alter table access.reason enable row level security;
alter table access.reason force row level security;
create policy owner_all on access.account to kith_owner using (true) with check (true);
create policy owner_all on access.holding to kith_owner using (true) with check (true);
create policy owner_all on access.session to kith_owner using (true) with check (true);
create policy owner_all on access.reason to kith_owner using (true) with check (true);

create function access.account_id() returns uuid language sql stable
  return nullif(current_setting('kith.account', true), '')::uuid;
create function access.holders() returns uuid[] language sql stable
  return coalesce(nullif(current_setting('kith.holders', true), '')::uuid[], '{}');
create function access.has_role(role text) returns boolean language sql stable
  return role = any (coalesce(nullif(current_setting('kith.roles', true), '')::text[], '{}'));

-- The reasons of whoever is asking, live now. Policies everywhere ask this view, by its index on the subject, for each row
-- they reach; lists over many families begin at the reasons instead (docs/performance.md). The select around the holders makes
-- them be read once for a statement and not once for each row. A post's reason does not count for whoever left the subject.
create view access.my_reason with (security_barrier) as
  select subject, kind, scope from access.reason
  where holder = any ((select nullif(current_setting('kith.holders', true), '')::uuid[])::uuid[])
    and not past and since <= now() and (until is null or until > now())
    and (not_for is null or nullif(current_setting('kith.account', true), '')::uuid <> all (not_for));

-- The family that a policy last found a reason for in this transaction is remembered, with the scope of that reason, since the
-- rows that a statement reaches next are most often of the same family. Policies of tables that lists begin at ask
--   access.noted(family_id) or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = family_id limit 1)
-- which looks at the index; those of tables that hang below such a row ask
--   access.noted(family_id) or access.look(family_id)
-- which costs a statement next to nothing where the family is the one remembered, and more than the index where it is not.
-- A reason for practice is enough for everything; `_any` also takes one for money.
create function access.noted(subject uuid) returns boolean language sql stable
  return current_setting('kith.seen', true) = 'practice' || subject::text;
create function access.noted_any(subject uuid) returns boolean language sql stable
  return right(current_setting('kith.seen', true), 36) = subject::text;
-- Stable, as far as any statement can tell: what is remembered changes how fast the answer comes, and not the answer.
create function access.note(subject uuid, scope text) returns boolean language plpgsql stable as $$
begin
  return set_config('kith.seen', scope || subject::text, true) is not null;
end $$;
create function access.look(at_subject uuid) returns boolean language plpgsql stable as $$
begin
  return (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = at_subject and r.scope = 'practice' limit 1);
end $$;
create function access.look_any(at_subject uuid) returns boolean language plpgsql stable as $$
begin
  return (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = at_subject limit 1);
end $$;

-- Whoever ends a reason looks again from then on. `kith.people` holds people of a family that was looked at (2000_record.sql).
create function access.forget() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform set_config('kith.seen', '', true), set_config('kith.people', '', true);
  return null;
end $$;
create trigger forget after update or delete on access.reason for each statement execute function access.forget();

grant select on access.organisation, access.team, access.role, access.post, access.reason_kind, access.my_reason to kith_app;

-- Colleagues' names are seen by anybody signed in: a family's record must say who wrote it.
create policy colleagues on access.account for select to kith_app using (access.account_id() is not null);
create policy colleagues on access.holding for select to kith_app using (access.account_id() is not null);
create policy own on access.session for select to kith_app using (account_id = access.account_id());
create policy own_subjects on access.reason for select to kith_app
  using (exists (select from access.my_reason mine where mine.subject = reason.subject and mine.scope = 'practice'));
grant select (id, name, left_at) on access.account to kith_app;
grant select on access.holding, access.reason to kith_app;
grant select (id, account_id, kind, name, may_write, started_at, seen_at, ends_at, ended_at) on access.session to kith_app;

-- What each account holds now, kept ready so that who asks is one look at two indexes. A row is good between two moments at
-- which a post of the account begins or ends, and is made again when it is not. It only repeats what stands above: it is not
-- logged, and a crash empties it.
create unlogged table access.standing (
  account_id uuid primary key,
  posts text not null,
  holders text not null,
  roles text not null,
  good_after timestamptz not null,
  good_before timestamptz not null
);
comment on table access.standing is 'The posts and roles that each account holds now, made from access.holding';
alter table access.standing enable row level security;
alter table access.standing force row level security;
create policy owner_all on access.standing to kith_owner using (true) with check (true);

-- Makes an account's row again. Whoever changes what an account holds locks the account first, as this does, and only then is
-- it read: so a row never says what was true before a change that has been committed.
create function access.make_standing(of_account uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from access.account a where a.id = of_account for no key update;
  insert into access.standing as s (account_id, posts, holders, roles, good_after, good_before)
  select of_account, held.posts::text,
    -- Reasons of one's own count only while one works here: whoever holds no post sees nobody.
    (case when cardinality(held.posts) > 0 then held.posts || of_account else '{}' end)::text, held.roles::text,
    coalesce(turn.last, '-infinity'), coalesce(turn.next, 'infinity')
  from (select coalesce(array_agg(h.post_id order by h.post_id), '{}') as posts, coalesce(array_agg(distinct p.role_id), '{}') as roles
          from access.holding h join access.post p on p.id = h.post_id
         where h.account_id = of_account and h.during @> now()) held,
    (select max(t) filter (where t <= now()) as last, min(t) filter (where t > now()) as next
       from access.holding h cross join lateral (values (lower(h.during)), (upper(h.during))) as each (t)
      where h.account_id = of_account) turn
  on conflict (account_id) do update set posts = excluded.posts, holders = excluded.holders, roles = excluded.roles,
    good_after = excluded.good_after, good_before = excluded.good_before;
end $$;
revoke all on function access.make_standing from public;

-- From the moment at which a change is committed the row made before it is good at no time.
create function access.drop_standing(of_account uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from access.account a where a.id = of_account for no key update;
  insert into access.standing (account_id, posts, holders, roles, good_after, good_before)
  values (of_account, '{}', '{}', '{}', 'infinity', '-infinity')
  on conflict (account_id) do update set good_after = 'infinity', good_before = '-infinity';
end $$;
revoke all on function access.drop_standing from public;

create function access.holding_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then perform access.drop_standing(old.account_id); end if;
  if tg_op <> 'DELETE' then perform access.drop_standing(new.account_id); end if;
  return null;
end $$;
create trigger standing after insert or update or delete on access.holding
  for each row execute function access.holding_changed();

create function access.post_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform access.drop_standing(h.account_id) from access.holding h where h.post_id = new.id order by h.account_id;
  return null;
end $$;
create trigger standing after update on access.post for each row execute function access.post_changed();

create function access.account_left() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then delete from access.standing s where s.account_id = old.id;
  else perform access.drop_standing(new.id);
  end if;
  return null;
end $$;
create trigger standing after update of left_at or delete on access.account
  for each row execute function access.account_left();

-- Says who is asking for the rest of the transaction. Fails when the session has ended, and when the posts held now are not
-- the ones the caller decided with ('' when it has not decided yet), so that nobody acts on a post they have just left.
-- With `waits` false the commit does not wait for the disk: whoever asks for that waits in another way before answering.
create function access.enter(token bytea, expected text, waits boolean default true) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  who record;
begin
  for turn in 1..2 loop
    select s.id::text || held.posts as print, s.id as session_id, s.account_id, s.kind, s.may_write, s.seen_at, held.posts,
        set_config('kith.account', s.account_id::text, true), set_config('kith.session', s.id::text, true),
        set_config('kith.holders', held.holders, true), set_config('kith.roles', held.roles, true),
        set_config('kith.seen', '', true), set_config('kith.people', '', true)
      into who
      from access.session s
        join access.standing held on held.account_id = s.account_id and held.good_after < now() and now() < held.good_before
     where s.token_hash = token and s.ended_at is null and s.ends_at > now()
       and (s.kind = 'token' or s.seen_at > now() - make_interval(mins => s.idle_minutes));
    exit when found or turn = 2;
    perform access.make_standing(s.account_id) from access.session s join access.account a on a.id = s.account_id
      where s.token_hash = token and s.ended_at is null and a.left_at is null;
    exit when not found;
  end loop;
  if who is null then
    raise exception 'session ended' using errcode = 'KT401';
  end if;
  if not waits then perform set_config('synchronous_commit', 'off', true); end if;
  if expected = who.print then return null; end if;
  if expected <> '' then
    raise exception 'posts changed' using errcode = 'KT409';
  end if;
  return jsonb_build_object('print', who.print, 'session', who.session_id, 'account', who.account_id,
    'name', (select a.name from access.account a where a.id = who.account_id),
    'kind', who.kind, 'mayWrite', who.may_write, 'seenAt', who.seen_at,
    'posts', (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role_id, 'roleTitle', r.title,
                'team', t.id, 'teamName', t.name, 'service', t.service, 'organisation', o.id, 'organisationName', o.name)
                order by o.name, t.name, p.role_id), '[]')
               from access.post p join access.role r on r.id = p.role_id join access.team t on t.id = p.team_id
               join access.organisation o on o.id = t.organisation_id where p.id = any (who.posts::uuid[])));
end $$;
revoke all on function access.enter from public;
grant execute on function access.enter to kith_app;

-- The accounts for whom a reason does not count, with these added: the newest hundred, for which an index has room.
create function access.with_those(before uuid[], added uuid[]) returns uuid[] language sql immutable
  return nullif((added || array(select b from unnest(before) b where b <> all (added)))[1:100], '{}');

-- The only ways in which the application can make a reason. A new record is opened by whoever makes it, under an id
-- made here, so that nobody opens one that is there already; after that
-- only somebody who already has the whole record may give a reason to others, or end one.
create function access.open_subject(of_kind text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare opened uuid := uuidv7();
begin
  if access.account_id() is null then raise exception 'nobody is asking' using errcode = 'KT401'; end if;
  insert into access.reason (subject, holder, kind, scope, given_by)
  select opened, access.account_id(), k.id, k.scope, access.account_id() from access.reason_kind k where k.id = of_kind;
  return opened;
end $$;

create function access.give_reason(to_subject uuid, to_holder uuid, of_kind text, record uuid default null, ends timestamptz default null)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from access.my_reason r where r.subject = to_subject and r.scope = 'practice') then
    raise exception 'no reason to share this record' using errcode = 'KT403';
  end if;
  insert into access.reason (subject, holder, kind, scope, about_record, until, given_by)
  select to_subject, to_holder, k.id, k.scope, record, ends, access.account_id() from access.reason_kind k where k.id = of_kind
  on conflict do nothing;
end $$;

-- Ends what was given for a record of a practice, now or some time from now: never a reason that stands for no record. Those
-- who are here for a time see it that long themselves, and not for as long as a post looks back on what it did.
create function access.end_reason(of_subject uuid, of_kind text, record uuid, at timestamptz default now())
returns integer language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  if record is null or not exists (select from access.my_reason r where r.subject = of_subject) then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  update access.reason r set until = greatest(at, r.since + interval '1 microsecond'),
    not_for = case when at <= now() then r.not_for else access.with_those(r.not_for, array(
      select own.holder from access.reason own join access.account a on a.id = own.holder
       where own.subject = of_subject and own.since <= now() and own.until > now())) end
   where r.subject = of_subject and r.kind = of_kind and r.about_record = record and r.until is null;
  get diagnostics ended = row_count;
  return ended;
end $$;
revoke all on function access.open_subject, access.give_reason, access.end_reason from public;
grant execute on function access.open_subject, access.give_reason, access.end_reason to kith_app;

-- Sessions are made and ended only through functions: the application role cannot read a token or lengthen a session.
create function access.end_session(token bytea) returns void language sql security definer set search_path = '' as $$
  update access.session set ended_at = now() where token_hash = token and ended_at is null
$$;
revoke all on function access.end_session from public;
grant execute on function access.end_session to kith_app;
