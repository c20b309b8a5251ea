-- Notes: what happened, in the words of whoever was there. Written unsigned, when only the writer sees it; once signed, never
-- changed: what is to be put right stands beside it as an amendment.

create table record.note (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  happened_on date not null check (happened_on between date '1900-01-01' and date '2200-01-01'),
  happened_at time,
  how text not null default '' check (length(how) <= 40),
  who_was_there text not null default '' check (length(who_was_there) <= 500),
  words text not null check (length(words) between 1 and 100000),
  event text check (length(event) between 1 and 300),
  next_steps text[] not null default '{}' check (cardinality(next_steps) <= 20),
  next_by date,
  written_by uuid not null references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  organisation_id uuid references access.organisation,
  written_at timestamptz not null default now(),
  signed_at timestamptz,
  version integer not null default 1,
  search tsvector not null,
  unique (id, family_id)
);
comment on column record.note.how is 'An id of the list in src/record/notes/rules.ts; empty when nobody said';
comment on column record.note.words is
  'As typed. A paragraph that begins "About somebody else:" or "From somebody else:" is left out of the copy for the person';
comment on column record.note.event is 'Why this is a significant event, in a few words, where the writer said that it is one';
comment on column record.note.next_steps is 'What is to be done; each became a task of the writer when the note was signed';
comment on column record.note.written_as is 'Role and team of the writer on the day';
comment on column record.note.search is 'The words of the note and of whoever is quoted in it, for finding it';
create index note_family on record.note (family_id, happened_on desc, id desc);
create index note_writer on record.note (family_id, written_by, happened_on desc, id desc);
create index note_signed on record.note (family_id, signed_at desc);
create index note_unsigned on record.note (written_by) where signed_at is null;
create index note_unsigned_family on record.note (family_id) where signed_at is null;

-- Whom of the family a note is about.
create table record.note_person (
  note_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  happened_on date not null,
  primary key (note_id, person_id),
  foreign key (note_id, family_id) references record.note (id, family_id) deferrable
);
comment on column record.note_person.happened_on is 'The day of the note, so that the notes about somebody can be read newest first by one index';
create index note_person_person on record.note_person (person_id, happened_on desc, note_id desc);

-- Somebody's own words, as said, apart from what others write.
create table record.note_quotation (
  id uuid primary key default uuidv7(),
  note_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  position smallint not null,
  words text not null check (length(words) between 1 and 10000),
  said_on date not null,
  foreign key (note_id, family_id) references record.note (id, family_id) deferrable
);
create index note_quotation_note on record.note_quotation (note_id, position);
create index note_quotation_person on record.note_quotation (person_id, said_on desc);

-- Files that belong to a note. Kept as bytes and given out only to be saved: nothing here is ever run or shown in a page.
create table record.note_attachment (
  id uuid primary key default uuidv7(),
  note_id uuid not null,
  family_id uuid not null,
  title text not null check (length(title) between 1 and 200),
  kind text not null check (length(kind) between 1 and 100),
  content bytea not null check (octet_length(content) between 1 and 700000),
  added_at timestamptz not null default now(),
  foreign key (note_id, family_id) references record.note (id, family_id) deferrable
);
comment on column record.note_attachment.kind is 'Media type, judged by the bytes and not by what the sender called it';
create index note_attachment_note on record.note_attachment (note_id);

create table record.note_amendment (
  id uuid primary key default uuidv7(),
  note_id uuid not null,
  family_id uuid not null,
  words text not null check (length(words) between 1 and 20000),
  why text not null check (length(why) between 1 and 1000),
  written_by uuid not null references access.account default access.account_id(),
  written_as text not null default '' check (length(written_as) <= 500),
  written_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, family_id) references record.note (id, family_id) deferrable
);
create index note_amendment_note on record.note_amendment (note_id, written_at);
create index note_amendment_written_by on record.note_amendment (written_by);

-- When somebody last looked at the notes of a family, and when before this visit.
create table record.note_seen (
  account_id uuid not null references access.account default access.account_id(),
  family_id uuid not null references record.family,
  seen_at timestamptz not null default now(),
  before_at timestamptz,
  primary key (account_id, family_id)
);
create index note_seen_family on record.note_seen (family_id);

call record.protect_family_table('record.note', listed => true);
call record.protect_family_table('record.note_seen');
-- What somebody began and has gone before signing is not lost with them: whoever manages and sees the family sees it, and signs it.
create function record.left_unsigned(of_writer uuid, of_family uuid) returns boolean language sql stable
  return (access.has_role('team-manager') or access.has_role('senior-manager'))
    and (exists (select from access.account a where a.id = of_writer and a.left_at is not null) or record.has_left(of_writer, of_family));
create policy unsigned_is_the_writers on record.note as restrictive for select to kith_app
  using (signed_at is not null or written_by = access.account_id() or record.left_unsigned(written_by, family_id));
create policy the_writer_writes on record.note as restrictive for insert to kith_app with check (written_by = access.account_id());
create policy the_writer_changes on record.note as restrictive for update to kith_app
  using (signed_at is not null or written_by = access.account_id()) with check (written_by = access.account_id());
create policy the_writer_takes_out on record.note as restrictive for delete to kith_app
  using (signed_at is not null or written_by = access.account_id());
create policy ones_own on record.note_seen as restrictive to kith_app using (account_id = access.account_id());
grant delete on record.note to kith_app;

-- What belongs to a note is seen and written by whoever sees the note.
create procedure record.protect_part_of_note(of_table regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', of_table);
  execute format('alter table %s force row level security', of_table);
  execute format('create policy owner_purpose on %s to kith_owner using (access.owner_purpose()) with check (access.owner_purpose())', of_table);
  execute format('create policy seen_with_the_note on %1$s to kith_app
    using ((select true from record.note n where n.id = any (array[%1$s.note_id]) limit 1))
    with check ((select true from record.note n where n.id = any (array[%1$s.note_id]) limit 1))', of_table);
  execute format('grant select, insert on %s to kith_app', of_table);
end $$;
revoke all on procedure record.protect_part_of_note from public;
call record.protect_part_of_note('record.note_person');
call record.protect_part_of_note('record.note_quotation');
call record.protect_part_of_note('record.note_attachment');
call record.protect_part_of_note('record.note_amendment');
grant delete on record.note_person, record.note_quotation, record.note_attachment to kith_app;

-- Merging two records of one person or family points rows at the one that is kept. Nothing else may touch what was signed.
create function record.only_merging(was jsonb, becomes jsonb) returns boolean language sql stable set search_path = ''
  return current_user = 'kith_owner' and coalesce(current_setting('kith.purpose', true), '') = 'merging'
    and was - 'family_id' - 'person_id' = becomes - 'family_id' - 'person_id';
revoke all on function record.only_merging from public;
grant execute on function record.only_merging to kith_app;

-- Who wrote a note, and when it was signed, are the database's to say.
create function record.guard_note() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    new.search := coalesce(new.search, to_tsvector('pg_catalog.english', new.words));
    if current_user = 'kith_app' then
      new.signed_at := null;
      new.written_by := access.account_id();
      new.written_at := now();
    end if;
    return new;
  end if;
  if old.signed_at is null then
    if tg_op = 'DELETE' then return old; end if;
    if new.id <> old.id or new.written_by <> old.written_by or new.written_at <> old.written_at
      or new.family_id <> old.family_id and not record.only_merging(to_jsonb(old), to_jsonb(new)) then
      raise exception 'a note keeps its writer and its family' using errcode = '23514', constraint = 'note_kept';
    end if;
    if new.signed_at is not null then
      if exists (select from record.note_person p where p.note_id = new.id and p.happened_on <> new.happened_on) then
        raise exception 'a note and whom it is about have one day' using errcode = '23514', constraint = 'note_kept';
      end if;
      new.signed_at := clock_timestamp();
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'a signed note is never changed' using errcode = '23514', constraint = 'note_signed';
end $$;
create trigger guard_note before insert or update or delete on record.note for each row execute function record.guard_note();

-- Signs a note whose writer has gone, as it stands; below it, beside the writer, who signed it and why. Gives how many that was.
create function record.sign_left_note(of_note uuid, as_signed text) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  signed integer;
begin
  perform set_config('kith.purpose', 'finding', true);
  update record.note n set signed_at = now(), written_as = right(concat_ws('; ', nullif(n.written_as, ''), as_signed), 500), version = n.version + 1
   where n.id = of_note and n.signed_at is null and record.left_unsigned(n.written_by, n.family_id)
     and exists (select from access.my_reason r where r.subject = n.family_id and r.scope = 'practice');
  get diagnostics signed = row_count;
  perform set_config('kith.purpose', purpose, true);
  return signed;
end $$;
revoke all on function record.sign_left_note from public;
grant execute on function record.sign_left_note to kith_app;

create function record.guard_part_of_note() returns trigger language plpgsql set search_path = '' as $$
declare
  of_note uuid := case tg_op when 'DELETE' then old.note_id else new.note_id end;
begin
  -- Import, restore and the demonstration bring notes that are signed already; merging takes out a second row for one person.
  if current_user = 'kith_owner' and (tg_op = 'INSERT' or tg_op = 'DELETE' and tg_table_name = 'note_person'
      and coalesce(current_setting('kith.purpose', true), '') = 'merging') then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' then
    if record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  elsif exists (select from record.note n where n.id = of_note and n.signed_at is null) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'a signed note is never changed' using errcode = '23514', constraint = 'note_signed';
end $$;
-- The day of the note is the note's to say.
create function record.day_of_note() returns trigger language plpgsql set search_path = '' as $$
begin
  select n.happened_on into new.happened_on from record.note n where n.id = new.note_id;
  return new;
end $$;
create trigger day_of_note before insert on record.note_person for each row execute function record.day_of_note();
create trigger guard_part before insert or update or delete on record.note_person for each row execute function record.guard_part_of_note();
create trigger guard_part before insert or update or delete on record.note_quotation for each row execute function record.guard_part_of_note();
create trigger guard_part before insert or update or delete on record.note_attachment for each row execute function record.guard_part_of_note();

create function record.guard_amendment() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.written_by := access.account_id();
      new.written_at := clock_timestamp();
      if not exists (select from record.note n where n.id = new.note_id and n.signed_at is not null) then
        raise exception 'only a signed note is amended' using errcode = '23514', constraint = 'note_not_signed';
      end if;
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'an amendment is never changed' using errcode = '23514', constraint = 'note_signed';
end $$;
create trigger guard_amendment before insert or update or delete on record.note_amendment for each row execute function record.guard_amendment();

create function record.never_emptied() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'notes are never emptied' using errcode = '23514', constraint = 'note_signed';
end $$;
create trigger never_emptied before truncate on record.note for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.note_person for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.note_quotation for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.note_attachment for each statement execute function record.never_emptied();
create trigger never_emptied before truncate on record.note_amendment for each statement execute function record.never_emptied();

-- Somebody looks at the notes of a family: gives when they had looked before this visit, or null at the first. Looks with less
-- than half an hour between them are one visit, so that turning a page does not take away what is marked as new.
create function record.looks_at_notes(of_family uuid) returns timestamptz language plpgsql volatile set search_path = '' as $$
declare
  last record.note_seen;
begin
  select * into last from record.note_seen s where s.account_id = access.account_id() and s.family_id = of_family;
  if last.account_id is null then
    if exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice') then
      insert into record.note_seen (family_id) values (of_family) on conflict do nothing;
    end if;
    return null;
  end if;
  if last.seen_at < now() - interval '30 minutes' then
    update record.note_seen s set before_at = last.seen_at, seen_at = now()
     where s.account_id = last.account_id and s.family_id = of_family and s.seen_at = last.seen_at;
    return last.seen_at;
  end if;
  if last.seen_at < now() - interval '1 minute' then
    update record.note_seen s set seen_at = now() where s.account_id = last.account_id and s.family_id = of_family and s.seen_at = last.seen_at;
  end if;
  return last.before_at;
end $$;
revoke all on function record.looks_at_notes from public;
grant execute on function record.looks_at_notes to kith_app;
