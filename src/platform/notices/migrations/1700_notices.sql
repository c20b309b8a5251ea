-- Telling people. A notice holds no name of anybody whose record is kept: it names records by their ids, and the names are
-- joined when it is read, under the reader's own rights. Whoever no longer sees a record keeps no name of it in old notices.
create table platform.notice (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  words text not null check (length(words) between 1 and 500),
  link text not null check (link ~ '^/[^/]' or link = '/'),
  about uuid[] not null default '{}',
  made_at timestamptz not null default now(),
  read_at timestamptz
);
comment on table platform.notice is 'What somebody who works here is told; theirs alone';
create index notice_of on platform.notice (account_id, made_at desc, id desc);
create index notice_unread on platform.notice (account_id) where read_at is null;
alter table platform.notice enable row level security;
alter table platform.notice force row level security;
create policy owner_all on platform.notice to kith_owner using (true) with check (true);
create policy own on platform.notice to kith_app using (account_id = access.account_id()) with check (account_id = access.account_id());
grant select, update (read_at) on platform.notice to kith_app;

-- Tells somebody, or everybody who holds a post now. Whoever is asking is not told of what they do themselves. The words must
-- name nobody whose record is kept: those go in `named`, by id.
create function platform.tell(to_holder uuid, said text, goes_to text, named uuid[] default '{}') returns void
language sql security definer set search_path = '' as $$
  insert into platform.notice (account_id, words, link, about)
  select a.id, said, goes_to, named from access.account a
   where a.left_at is null and a.id is distinct from access.account_id()
     and (a.id = to_holder or a.id in (select h.account_id from access.holding h where h.post_id = to_holder and h.during @> now()))
$$;
revoke all on function platform.tell from public;
grant execute on function platform.tell to kith_app;
