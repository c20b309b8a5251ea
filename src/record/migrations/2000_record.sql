-- The shared record: families and the people in them.
create schema record;
grant usage on schema record to kith_app, kith_figures;

create table record.family (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  locality text check (length(locality) <= 100),
  simd_decile smallint check (simd_decile between 1 and 10),
  area_withheld boolean not null default false,
  check (not area_withheld or (locality is null and simd_decile is null)),
  version integer not null default 1,
  created_at timestamptz not null default now()
);
comment on table record.family is 'A network of people, not an address: addresses are of homes, and homes of people';
comment on column record.family.locality is 'The area that the family is counted in';
comment on column record.family.area_withheld is 'Somebody in the family lives where nobody may be told: locality and decile wait in record.withheld_area';
comment on column record.family.simd_decile is 'SIMD 2020v2 decile of the 2011 data zone; 1 is the most deprived';
create index family_name_words on record.family using gin (lower(name) gin_trgm_ops);

create table record.person (
  id uuid primary key default uuidv7(),
  given_name text not null check (length(given_name) between 1 and 200),
  family_name text not null check (length(family_name) between 1 and 200),
  date_of_birth date check (date_of_birth between date '1900-01-01' and date '2200-01-01'),
  gender text check (length(gender) <= 60),
  care_experienced boolean not null default false,
  birth_known text not null default 'day' check (birth_known in ('day', 'month', 'year', 'about')),
  expected_on date,
  died_on date,
  sex text check (sex in ('female', 'male', 'not known')),
  pronouns text check (length(pronouns) <= 60),
  ethnicity text check (length(ethnicity) <= 100),
  religion text check (length(religion) <= 100),
  communication text check (length(communication) <= 2000),
  disability text check (length(disability) <= 2000),
  interpreter text check (length(interpreter) <= 200),
  what_matters text check (length(what_matters) <= 5000),
  what_matters_on date,
  check (date_of_birth is null or expected_on is null),
  check (died_on >= date_of_birth),
  version integer not null default 1,
  created_at timestamptz not null default now()
);
comment on column record.person.birth_known is 'How much of the date of birth is known; about: an estimate';
comment on column record.person.expected_on is 'When somebody not yet born is expected';
comment on column record.person.what_matters is 'In the words of the person';
comment on column record.person.care_experienced is 'A fact of its own that lasts: it widens rights and ages';
create index person_name_words on record.person using gin (lower(given_name || ' ' || family_name) gin_trgm_ops);

create table record.family_member (
  family_id uuid not null references record.family,
  person_id uuid not null references record.person,
  part text not null check (part in ('child', 'young person', 'parent or carer', 'other')),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  kept_to uuid[],
  primary key (family_id, person_id, during without overlaps)
);
comment on column record.family_member.kept_to is
  'Restricted families that keep this person too: whoever sees none of them does not see the person in this one either (2740)';
create index family_member_person on record.family_member (person_id, family_id);

alter table record.family enable row level security;
alter table record.family force row level security;
alter table record.person enable row level security;
alter table record.person force row level security;
alter table record.family_member enable row level security;
alter table record.family_member force row level security;

-- The owner reads people only for a purpose it states: import, backup, restore, demonstration; and, inside narrow functions,
-- to find, match and merge records that whoever asks may not see, and to keep an address out of sight. Never to serve a page.
create function access.owner_purpose() returns boolean language sql stable
  return coalesce(current_setting('kith.purpose', true) in ('import', 'backup', 'restore', 'demonstration', 'bench', 'finding', 'matching', 'merging', 'withholding'), false);
-- The select makes it be asked once for a statement and not for each of 300,000 families.
create policy owner_purpose on record.family to kith_owner using ((select access.owner_purpose())) with check (access.owner_purpose());
create policy owner_purpose on record.person to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy owner_purpose on record.family_member to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());

-- A select with a limit looks at the index for each row that a statement reaches; `in` or `exists` would first gather every
-- reason of whoever asks, thousands for somebody with a long queue. A list of families begins at the reasons instead:
-- `where f.id in (select subject from access.my_reason where scope = 'practice')`. A family that has just been found to be seen
-- is remembered within the transaction (access.noted, 1100_access.sql).
create policy seen_for_a_reason on record.family to kith_app
  using (access.noted(id) or (select true from access.my_reason r where r.subject = id and r.scope = 'practice' limit 1))
  with check (access.noted(id) or (select true from access.my_reason r where r.subject = id and r.scope = 'practice' limit 1));
create function record.sees_any(families uuid[]) returns boolean language sql stable
  return exists (select from access.my_reason r where r.subject = any (families) and r.scope = 'practice');
-- Everything of a person is seen through a membership, so somebody whom a restricted family keeps is kept everywhere by this.
create policy seen_for_a_reason on record.family_member to kith_app
  using ((access.noted(family_id) or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = family_id and r.scope = 'practice' limit 1))
    and (kept_to is null or record.sees_any(kept_to)))
  with check ((access.noted(family_id) or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = family_id and r.scope = 'practice' limit 1))
    and (kept_to is null or record.sees_any(kept_to)));
-- Whose membership of a family can be seen can be seen: the policy above asks for the reason. The rows that a statement reaches are
-- mostly of people of one family, so the tables that hang below a person ask two functions: whether the person is remembered, and
-- else look_person, which remembers everybody in the family until the end of the transaction, or until a reason or a membership
-- changes. A function costs a statement nothing where it is not asked; as a subquery in the policies of ten tables the question
-- was half of what a statement took (docs/performance.md). People themselves are read in lists over many families too, where the
-- subquery is the cheaper one. `= any` because for `=` the planner takes the temporal key, whose first column is the family, and
-- reads all of it.
create function record.noted_person(person uuid) returns boolean language sql stable
  return strpos(current_setting('kith.people', true), person::text) > 0;
-- With the rights of whoever asks: the memberships it finds are those that they see. At most a hundred people are remembered.
-- Stable, as far as any statement can tell, as access.note is.
create function record.look_person(person uuid) returns boolean language plpgsql stable as $$
declare
  family text := (select string_agg(n.person_id::text, ' ') from (
    select m.family_id from record.family_member m where m.person_id = any (array[person]) limit 1) found
      cross join lateral (select m.person_id from record.family_member m where m.family_id = found.family_id limit 60) n);
begin
  return family is not null
    and set_config('kith.people', left(concat_ws(' ', person, family, current_setting('kith.people', true)), 3700), true) is not null;
end $$;
create trigger forget after insert or update or delete on record.family_member for each statement execute function access.forget();
create policy seen_for_a_reason on record.person
  to kith_app using (record.noted_person(id) or (select true from record.family_member m where m.person_id = any (array[person.id]) limit 1));
-- A person is first written, then joined to a family the writer may see; until then nobody can read them.
create policy written_first on record.person for insert to kith_app with check (access.account_id() is not null);

grant select, insert, update on record.family, record.person to kith_app;
grant select, insert (family_id, person_id, part, during), update (part, during) on record.family_member to kith_app;

-- The figures role sees where a family lives and how old a child is, never who they are.
create policy figures on record.family for select to kith_figures using (true);
create policy figures on record.person for select to kith_figures using (true);
create policy figures on record.family_member for select to kith_figures using (true);
grant select (id, locality, simd_decile) on record.family to kith_figures;
grant select (id, date_of_birth, gender, care_experienced) on record.person to kith_figures;
grant select on record.family_member to kith_figures;

-- Every table whose rows are about one person, and those about one family, are protected in the same way: seen and written by
-- whoever has a reason for a family the person is in, and by the owner for a purpose. `listed`: rows of many families are read
-- together, so the index of reasons is looked at for each; the others are read for one family at a time (access.noted).
create procedure record.protect_person_table(of_table regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', of_table);
  execute format('alter table %s force row level security', of_table);
  execute format('create policy owner_purpose on %s to kith_owner using (access.owner_purpose()) with check (access.owner_purpose())', of_table);
  execute format('create policy seen_for_a_reason on %1$s to kith_app
    using (record.noted_person(%1$s.person_id) or record.look_person(%1$s.person_id))
    with check (record.noted_person(%1$s.person_id) or record.look_person(%1$s.person_id))', of_table);
  execute format('grant select, insert, update on %s to kith_app', of_table);
end $$;
create procedure record.protect_family_table(of_table regclass, listed boolean default false) language plpgsql as $$
declare seen text := case when listed
  then format('access.noted(%1$s.family_id) or (select access.note(r.subject, r.scope) from access.my_reason r where r.subject = %1$s.family_id and r.scope = ''practice'' limit 1)', of_table)
  else format('access.noted(%1$s.family_id) or access.look(%1$s.family_id)', of_table) end;
begin
  execute format('alter table %s enable row level security', of_table);
  execute format('alter table %s force row level security', of_table);
  execute format('create policy owner_purpose on %s to kith_owner using (access.owner_purpose()) with check (access.owner_purpose())', of_table);
  execute format('create policy seen_for_a_reason on %1$s to kith_app using (%2$s) with check (%2$s)', of_table, seen);
  execute format('grant select, insert, update on %s to kith_app', of_table);
end $$;
revoke all on procedure record.protect_person_table, record.protect_family_table from public;
