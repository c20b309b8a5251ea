-- Reports: the words people write, every version kept, and what was published, frozen.
create schema reports;
grant usage on schema reports to kith_app;

create table reports.narrative (
  report_id text not null check (length(report_id) between 1 and 100),
  from_day date not null,
  to_day date not null,
  section_id text not null check (length(section_id) between 1 and 100),
  version integer not null check (version > 0),
  words text not null check (length(words) <= 50000),
  edited_by uuid not null references access.account,
  edited_at timestamptz not null default now(),
  check (from_day <= to_day),
  constraint narrative_version primary key (report_id, from_day, to_day, section_id, version)
);
comment on table reports.narrative is 'holds no person: the words of reports by period and section; every version is kept, none is changed';
create index narrative_edited_by on reports.narrative (edited_by);

create table reports.publication (
  id uuid primary key default uuidv7(),
  report_id text not null check (length(report_id) between 1 and 100),
  from_day date not null,
  to_day date not null,
  edition integer not null check (edition > 0),
  document jsonb not null,
  figures jsonb not null,
  as_at timestamptz not null,
  published_by uuid not null references access.account,
  published_at timestamptz not null default now(),
  check (from_day <= to_day),
  constraint publication_edition unique (report_id, from_day, to_day, edition)
);
comment on table reports.publication is 'holds no person: published reports with their figures, frozen; a correction is a new edition';
create index publication_published_by on reports.publication (published_by);

-- Written and read, never changed: the application has no right to update or delete.
grant select, insert on reports.narrative, reports.publication to kith_app;
