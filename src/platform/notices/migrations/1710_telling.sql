-- Telling people by e-mail as well: what they want to be told of so, and how, is each person's choice. An e-mail says only that there
-- is something new, so one that waits stands for everything that is new for somebody.

-- What a notice is of, by where it leads. Words for each are in notices/topics.ts.
create function platform.topic_of(link text) returns text language sql immutable parallel safe
  return case
    when link ~ '^/(tasks|today|team)(/|$|\?)' or link ~ '^/families/[^/]+/tasks' then 'to-do'
    when link ~ '^/(meetings|supervision)(/|$|\?)' or link ~ '^/families/[^/]+/meetings' then 'meetings'
    when link ~ '^/(access|urgent)(/|$|\?)' then 'asking'
    when link ~ '^/cover(/|$|\?)' then 'cover'
    when link ~ '^/same-(person|family)(/|$|\?)' then 'one-record'
    when link ~ '^/(families|people)(/|$|\?)' then 'families'
    else 'other' end;

create table platform.told_how (
  account_id uuid not null references access.account,
  topic text not null check (topic ~ '^[a-z-]{1,40}$'),
  how text not null check (how in ('at once', 'daily', 'never')),
  chosen_at timestamptz not null default now(),
  primary key (account_id, topic)
);
comment on table platform.told_how is 'How somebody who works here wants to be told of a topic by e-mail; once a day unless they chose';
alter table platform.told_how enable row level security;
alter table platform.told_how force row level security;
create policy owner_all on platform.told_how to kith_owner using (true) with check (true);
create policy own on platform.told_how to kith_app using (account_id = access.account_id()) with check (account_id = access.account_id());
grant select, insert, update (how, chosen_at) on platform.told_how to kith_app;

-- E-mails to send, and what became of each. Whoever sends one says so first: one that may have arrived is never sent again.
create table platform.mail (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'not needed', 'refused', 'not known')),
  made_at timestamptz not null default now(),
  due_at timestamptz not null,
  tries integer not null default 0,
  claimed_at timestamptz,
  ended_at timestamptz,
  trouble text check (length(trouble) <= 500)
);
comment on table platform.mail is 'That somebody is told by e-mail that there is something new; never what';
comment on column platform.mail.state is 'not needed: read already, or no e-mail is set up; refused: no such address; not known: the connection broke when it may have arrived';
create unique index mail_waiting on platform.mail (account_id) where state = 'waiting';
create index mail_due on platform.mail (due_at) where state in ('waiting', 'sending');
create index mail_account on platform.mail (account_id);
alter table platform.mail enable row level security;
alter table platform.mail force row level security;
create policy owner_all on platform.mail to kith_owner using (true) with check (true);

-- Once a day means half past seven in the morning, here.
create function platform.next_morning(after timestamptz) returns timestamptz language sql stable
  return (select min(m) from (select ((after at time zone 'Europe/London')::date + d + time '07:30') at time zone 'Europe/London' as m
    from generate_series(0, 1) d) each where m > after);

create function platform.tell_by_mail() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into platform.mail as waits (account_id, due_at)
  select n.account_id, min(case coalesce(h.how, 'daily') when 'at once' then now() else platform.next_morning(now()) end)
    from told n left join platform.told_how h on h.account_id = n.account_id and h.topic = platform.topic_of(n.link)
   where coalesce(h.how, 'daily') <> 'never'
   group by n.account_id order by n.account_id
  on conflict (account_id) where state = 'waiting' do update set due_at = least(waits.due_at, excluded.due_at)
    where excluded.due_at < waits.due_at;
  return null;
end $$;
revoke all on function platform.tell_by_mail from public;
create trigger tell_by_mail after insert on platform.notice referencing new table as told
  for each statement execute function platform.tell_by_mail();
