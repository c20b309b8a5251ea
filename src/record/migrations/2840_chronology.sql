-- Chronology: what happened in somebody's life that matters, from every agency that was there. Some events are made by what was
-- done elsewhere (a move of home, a plan agreed) and follow it; what somebody wrote by hand is never changed: what is to be put
-- right, what it meant and what was done about it later stand beside it.

create table record.event (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  happened_on date not null check (happened_on between date '1900-01-01' and date '2200-01-01'),
  known text not null default 'day' check (known in ('day', 'month', 'year', 'about')),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$' and length(kind) <= 40),
  what text not null check (length(what) between 1 and 2000),
  impact text not null default '' check (length(impact) <= 4000),
  response text not null default '' check (length(response) <= 4000),
  standing text not null default 'fact' check (standing in ('fact', 'opinion')),
  source text not null default '' check (length(source) <= 100),
  indicators text[] not null default '{}' check (indicators <@ array['safe', 'healthy', 'achieving', 'nurtured', 'active',
    'respected', 'responsible', 'included']),
  sharing text not null default 'those who help' check (sharing in ('those who help', 'ask first', 'keep')),
  from_area text check (from_area ~ '^[a-z-]{1,40}$'),
  from_id uuid,
  taken_out_at timestamptz,
  written_by uuid references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  written_at timestamptz not null default now(),
  check ((from_area is null) = (from_id is null)),
  check (taken_out_at is null or from_area is not null),
  constraint event_once unique (from_id, from_area, kind)
);
comment on column record.event.family_id is 'The family in which it was written; whoever sees one of its people sees the event';
comment on column record.event.known is 'How much of the day is known, as of a date of birth; happened_on is the first day that it can be';
comment on column record.event.kind is 'An id of the list in src/record/chronology/kinds.ts';
comment on column record.event.source is 'The agency from which it is known';
comment on column record.event.sharing is 'Whether it may be given to others: to those who help, only when whoever wrote it is asked first, or not at all';
comment on column record.event.from_area is 'What it follows: an area and the id of what it is there; null for what somebody wrote by hand';
comment on column record.event.taken_out_at is 'What it follows was taken out: it never happened';
create index event_family on record.event (family_id, happened_on desc, id desc);
create index event_written_by on record.event (written_by);

-- Whom an event is about. The day is here too, so that a page of somebody's life is one step in an index.
create table record.event_person (
  event_id uuid not null references record.event,
  person_id uuid not null references record.person,
  happened_on date not null,
  primary key (event_id, person_id)
);
create index event_person_life on record.event_person (person_id, happened_on desc, event_id desc);

-- What stands beside an event: a correction, that it is taken out, what it meant for the child, what was done about it.
create table record.event_addition (
  id uuid primary key default uuidv7(),
  event_id uuid not null references record.event,
  kind text not null check (kind in ('correction', 'taken out', 'impact', 'response')),
  words text not null check (length(words) between 1 and 4000),
  why text not null default '' check (length(why) <= 1000),
  written_by uuid not null references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  written_at timestamptz not null default clock_timestamp(),
  constraint correction_says_why check (kind <> 'correction' or why <> '')
);
create index event_addition_event on record.event_addition (event_id, written_at);
create index event_addition_written_by on record.event_addition (written_by);
create unique index event_taken_out_once on record.event_addition (event_id) where kind = 'taken out';

-- What the chronology of a family says when it is read as a whole, on a day. Earlier ones stay.
create table record.event_analysis (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  person_id uuid references record.person,
  analysed_on date not null check (analysed_on between date '2000-01-01' and date '2200-01-01'),
  words text not null check (length(words) between 1 and 20000),
  written_by uuid not null references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  written_at timestamptz not null default clock_timestamp()
);
comment on column record.event_analysis.person_id is 'Whose chronology it is of; null for that of the whole family';
create index event_analysis_family on record.event_analysis (family_id, analysed_on desc, id desc);
create index event_analysis_person on record.event_analysis (person_id) where person_id is not null;
create index event_analysis_written_by on record.event_analysis (written_by);

call record.protect_person_table('record.event_person');
call record.protect_family_table('record.event_analysis');
revoke insert, update on record.event_person from kith_app;
revoke update on record.event_analysis from kith_app;

-- An event is seen with any of the people it is about, and what stands beside it with the event.
alter table record.event enable row level security;
alter table record.event force row level security;
create policy owner_purpose on record.event to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy seen_for_a_reason on record.event for select to kith_app
  using ((select true from record.event_person p where p.event_id = any (array[event.id]) limit 1));
alter table record.event_addition enable row level security;
alter table record.event_addition force row level security;
create policy owner_purpose on record.event_addition to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy seen_with_the_event on record.event_addition to kith_app
  using ((select true from record.event e where e.id = any (array[event_addition.event_id]) limit 1))
  with check ((select true from record.event e where e.id = any (array[event_addition.event_id]) limit 1));
grant select on record.event to kith_app;
grant select, insert on record.event_addition to kith_app;

-- Writes an event for people whom the writer sees, in a family that they see. One that follows something done elsewhere is there
-- once for each (area, id, kind): coming again changes it to what is said now. Gives its id.
create function record.write_event(of_family uuid, people uuid[], said jsonb) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  told record.event := jsonb_populate_record(null::record.event, said);
  about uuid[];
  made uuid;
begin
  if not exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice') then
    raise exception 'no reason to change this record' using errcode = 'KT403';
  end if;
  perform set_config('kith.purpose', 'finding', true);
  -- Nobody named means everybody who is in the family now.
  select array_agg(distinct v.person_id) into about from record.family_member v
   where v.person_id = any (case when cardinality(people) > 0 then people else array(select m.person_id from record.family_member m
       where m.family_id = of_family and m.during @> current_date) end)
     -- Looked up for each: `exists` would gather every reason of whoever asks.
     and (select true from access.my_reason r where r.subject = v.family_id and r.scope = 'practice' limit 1)
     and (v.kept_to is null or record.sees_any(v.kept_to));
  if about is null or cardinality(about) < cardinality(people) then
    raise exception 'an event is about people of the family' using errcode = '23514', constraint = 'event_people';
  end if;
  if told.from_area is not null then
    select e.id into made from record.event e
     where e.from_id = told.from_id and e.from_area = told.from_area and e.kind = told.kind for update;
  end if;
  if made is null then
    insert into record.event (family_id, happened_on, known, kind, what, impact, response, standing, source, indicators, sharing,
      from_area, from_id, written_by, written_as)
    values (of_family, told.happened_on, coalesce(told.known, 'day'), told.kind, told.what, coalesce(told.impact, ''),
      coalesce(told.response, ''), coalesce(told.standing, 'fact'), coalesce(told.source, ''), coalesce(told.indicators, '{}'),
      coalesce(told.sharing, 'those who help'), told.from_area, told.from_id, access.account_id(), coalesce(told.written_as, ''))
    returning id into made;
    insert into record.event_person (event_id, person_id, happened_on) select made, each, told.happened_on from unnest(about) each;
  else
    update record.event e set happened_on = told.happened_on, known = coalesce(told.known, 'day'), what = told.what,
      standing = coalesce(told.standing, e.standing), source = coalesce(told.source, e.source),
      indicators = coalesce(told.indicators, e.indicators), sharing = coalesce(told.sharing, e.sharing), taken_out_at = null
     where e.id = made;
    delete from record.event_person p where p.event_id = made and p.person_id <> all (about);
    insert into record.event_person as p (event_id, person_id, happened_on) select made, each, told.happened_on from unnest(about) each
    on conflict (event_id, person_id) do update set happened_on = excluded.happened_on where p.happened_on <> excluded.happened_on;
  end if;
  perform set_config('kith.purpose', purpose, true);
  return made;
end $$;
revoke all on function record.write_event from public;
grant execute on function record.write_event to kith_app;

-- What events followed was taken out: none of them happened. Whoever does it sees one of their people.
create function record.take_out_events(of_area text, of_id uuid, of_kind text default null) returns void
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  update record.event e set taken_out_at = now()
   where e.from_id = of_id and e.from_area = of_area and e.kind = coalesce(of_kind, e.kind) and e.taken_out_at is null and exists (
     select from record.event_person p join record.family_member m on m.person_id = any (array[p.person_id])
       join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
      where p.event_id = e.id and (m.kept_to is null or record.sees_any(m.kept_to)));
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.take_out_events from public;
grant execute on function record.take_out_events to kith_app;

-- What somebody wrote by hand is never changed, nor what stands beside it; what follows something follows it. Merging two records
-- points rows at the one that is kept.
create function record.guard_event() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
    if tg_table_name = 'event' and to_jsonb(old) ->> 'from_area' is not null
      and to_jsonb(old) - array['happened_on', 'known', 'what', 'standing', 'source', 'indicators', 'sharing', 'taken_out_at']
        = to_jsonb(new) - array['happened_on', 'known', 'what', 'standing', 'source', 'indicators', 'sharing', 'taken_out_at'] then
      return new;
    end if;
  end if;
  raise exception 'an event is never changed' using errcode = '23514', constraint = 'event_kept';
end $$;
create trigger guard_event before update or delete on record.event for each row execute function record.guard_event();
create trigger guard_event before update or delete on record.event_addition for each row execute function record.guard_event();
create trigger guard_event before update or delete on record.event_analysis for each row execute function record.guard_event();

-- Who adds, and when, is the database's to say; to what is taken out nothing is added.
create function record.guard_addition() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'kith_app' then
    new.written_by := access.account_id();
    new.written_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger guard_addition before insert on record.event_addition for each row execute function record.guard_addition();
create trigger guard_addition before insert on record.event_analysis for each row execute function record.guard_addition();

-- Whether an event is about somebody besides this person, of whom whoever asks sees them; true when they do not. It counts people
-- whom the asker may not see: a copy made for one person holds nothing about another, seen or not.
create function record.event_about_others(of_event uuid, whose uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  others boolean;
begin
  perform set_config('kith.purpose', 'finding', true);
  others := not exists (select from record.family_member m join access.my_reason r on r.subject = m.family_id and r.scope = 'practice'
      where m.person_id = whose and (m.kept_to is null or record.sees_any(m.kept_to)))
    or exists (select from record.event_person p where p.event_id = of_event and p.person_id <> whose);
  perform set_config('kith.purpose', purpose, true);
  return others;
end $$;
revoke all on function record.event_about_others from public;
grant execute on function record.event_about_others to kith_app;
