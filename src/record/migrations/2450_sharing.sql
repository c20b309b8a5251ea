-- Information shared between agencies: what, with whom, on what basis, why it was needed, and whether the family was told.
-- Append-only: what was written wrongly is corrected by an entry that refers to it.

create table record.information_shared (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  direction text not null check (direction in ('given', 'received')),
  shared_on date not null,
  what text not null check (length(what) between 1 and 4000),
  with_whom text not null check (length(with_whom) between 1 and 300),
  place_id uuid references record.place,
  professional_id uuid references record.professional,
  basis text not null check (length(basis) between 1 and 60),
  necessary_because text not null check (length(necessary_because) between 1 and 2000),
  told boolean not null,
  told_on date,
  told_by text check (length(told_by) between 1 and 200),
  not_told_because text check (length(not_told_because) between 1 and 2000),
  asked_by text not null default '' check (length(asked_by) <= 300),
  shared_by text not null check (length(shared_by) between 1 and 200),
  corrects uuid,
  corrected_because text check (length(corrected_because) between 1 and 1000),
  noted_by uuid not null references access.account default access.account_id(),
  noted_at timestamptz not null default now(),
  unique (id, family_id),
  constraint shared_corrected_once unique (corrects),
  foreign key (corrects, family_id) references record.information_shared (id, family_id) deferrable,
  constraint shared_told_or_why check (
    (told and told_on is not null and told_by is not null and not_told_because is null)
    or (not told and told_on is null and told_by is null and not_told_because is not null)),
  check ((corrects is null) = (corrected_because is null))
);
comment on column record.information_shared.with_whom is 'As it was on the day: name, part and organisation';
comment on column record.information_shared.basis is 'An id of the list in src/record/sharing/rules.ts';
create index information_shared_family on record.information_shared (family_id, shared_on desc, id desc);
create index information_shared_place on record.information_shared (place_id);
create index information_shared_professional on record.information_shared (professional_id);
create index information_shared_noted_by on record.information_shared (noted_by);

-- Whom of the family it was about, where it was not about everybody.
create table record.information_shared_about (
  shared_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (shared_id, person_id),
  foreign key (shared_id, family_id) references record.information_shared (id, family_id) deferrable
);
create index information_shared_about_person on record.information_shared_about (person_id);

call record.protect_family_table('record.information_shared', listed => true);
call record.protect_family_table('record.information_shared_about');
revoke update on record.information_shared, record.information_shared_about from kith_app;
