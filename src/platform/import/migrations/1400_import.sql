-- What was imported, from where, and which row became which record, so that importing again changes nothing.

create schema if not exists import;

comment on schema import is
  'What was imported and when. Ids and fingerprints only: the imported values live in the records they became.';

create table import.run (
  id uuid primary key default uuidv7(),
  source text not null check (source <> ''),
  importer text not null check (importer <> ''),
  started_at timestamptz not null,
  finished_at timestamptz,
  dry boolean not null,
  counts jsonb not null default '{}',
  by text not null,
  check (finished_at >= started_at)
);

comment on table import.run is
  'One run of the importer, dry or committed: who ran it, when, and how many rows were read, accepted, unchanged and rejected.';

create table import.source_row (
  source text not null,
  resource text not null,
  source_id text not null,
  target_id uuid not null,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  fields jsonb not null,
  first_run uuid not null references import.run (id),
  primary key (source, resource, source_id)
);

create index source_row_target on import.source_row (target_id);
create index source_row_first_run on import.source_row (first_run);

comment on table import.source_row is
  'Which record a row of a source became. Lets a second import of the same row change nothing, and one with other values be refused.';
comment on column import.source_row.fingerprint is 'SHA-256 of the row''s values in canonical form.';
comment on column import.source_row.fields is
  'The beginning of a SHA-256 for each field, so that a refusal can name the fields that differ. A short value could be guessed from it: no role but the owner reads this table.';

revoke all on schema import from public;

-- The ids and fingerprints of rows about people: for the importer alone, which runs as the owner.
alter table import.run enable row level security;
alter table import.run force row level security;
alter table import.source_row enable row level security;
alter table import.source_row force row level security;
create policy owner_all on import.run to kith_owner using (true) with check (true);
create policy owner_all on import.source_row to kith_owner using (true) with check (true);
