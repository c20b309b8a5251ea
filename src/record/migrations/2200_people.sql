-- Who somebody is, over time. Nothing here is deleted: what was wrong is taken out with a reason and kept in record.correction.

-- The name somebody goes by is on record.person; here are the others, and when they went by them.
create table record.person_name (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  kind text not null check (kind in ('legal', 'birth', 'previous', 'known as', 'other spelling')),
  given_name text not null check (length(given_name) between 1 and 200),
  family_name text not null default '' check (length(family_name) <= 200),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  source text not null default '' check (length(source) <= 200),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now()
);
create index person_name_person on record.person_name (person_id);

-- Numbers by which other systems know somebody. Not unique: two records of one person each carry it until they are merged.
create table record.identifier (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  scheme text not null check (scheme in ('CHI', 'SCN', 'school', 'social work', 'housing', 'police', 'other')),
  value text not null check (length(value) between 1 and 60),
  source text not null default '' check (length(source) <= 200),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now(),
  check (scheme <> 'CHI' or value ~ '^[0-9]{10}$'),
  unique (person_id, scheme, value)
);
comment on column record.identifier.scheme is 'CHI: health; SCN: Scottish Candidate Number; the others are numbers of named systems';
create index identifier_value on record.identifier (scheme, value);

create table record.contact (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  kind text not null check (kind in ('phone', 'email', 'other')),
  value text not null check (length(value) between 1 and 320),
  note text not null default '' check (length(note) <= 500),
  safe boolean not null default true,
  version integer not null default 1,
  during daterange not null default daterange(null, null) check (not isempty(during)),
  source text not null default '' check (length(source) <= 200),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now()
);
comment on column record.contact.safe is 'False: do not ring or write here without asking the person first';
create index contact_person on record.contact (person_id);
create index contact_value on record.contact (lower(value));

-- An address is of a building, not of a family: several people make their home there, each for a time.
create table record.address (
  id uuid primary key default uuidv7(),
  lines text not null default '' check (length(lines) <= 300),
  town text not null default '' check (length(town) <= 100),
  postcode text check (postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$'),
  uprn text check (uprn ~ '^[0-9]{1,12}$'),
  withheld boolean not null default false,
  withheld_why text check (length(withheld_why) <= 500),
  withheld_since timestamptz,
  created_at timestamptz not null default now(),
  check (lines <> '' or town <> '' or postcode is not null or uprn is not null),
  check (not withheld or (withheld_why is not null and withheld_since is not null))
);
comment on column record.address.lines is 'Empty where only the postcode or the town is known';
comment on column record.address.withheld is 'Do not disclose: no page, search, map, letter, export or report shows it';
create index address_postcode on record.address (postcode);
create index address_words on record.address using gin (lower(lines || ' ' || town) gin_trgm_ops) where not withheld;

-- Where somebody lives, over time: in one place at a time.
create table record.home (
  person_id uuid not null references record.person,
  address_id uuid not null references record.address,
  kind text not null default 'home' check (kind in ('home', 'with relatives', 'foster home', 'residential home', 'own tenancy', 'temporary home', 'other')),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  source text not null default '' check (length(source) <= 200),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now(),
  id uuid not null unique default uuidv7(),
  version integer not null default 1,
  primary key (person_id, during without overlaps)
);
create index home_address on record.home (address_id, person_id);
create index home_person on record.home (person_id);

create table record.language (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  language text not null check (length(language) between 1 and 60),
  first boolean not null default false,
  unique (person_id, language)
);
comment on column record.language.first is 'The language somebody is most at home in';

-- Care experience is a fact that lasts: it widens rights and ages (Children and Young People (Scotland) Act 2014, part 9).
create table record.care_experience (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  kind text not null check (kind in ('looked after at home', 'looked after away from home', 'kinship care', 'foster care', 'residential care', 'adopted', 'told us')),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  source text not null default '' check (length(source) <= 200),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now()
);
create index care_experience_person on record.care_experience (person_id);

create table record.picture (
  person_id uuid primary key references record.person,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
  content bytea not null check (octet_length(content) between 1 and 700000),
  noted_by uuid references access.account,
  noted_at timestamptz not null default now()
);

-- What was taken out or written over, as it stood, with the reason: nothing is lost in silence.
create table record.correction (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  what text not null check (length(what) between 1 and 60),
  earlier jsonb not null,
  why text not null check (length(why) between 1 and 1000),
  corrected_by uuid references access.account,
  corrected_at timestamptz not null default now()
);
create index correction_person on record.correction (person_id);

-- What somebody says of themselves besides the group they choose, and who wrote down what matters to them.
alter table record.person
  add column ethnicity_words text check (length(ethnicity_words) <= 100),
  add column what_matters_noted_by uuid references access.account;
comment on column record.person.ethnicity is 'A group of Scotland''s Census 2022; in their own words beside it';

call record.protect_person_table('record.person_name');
call record.protect_person_table('record.identifier');
call record.protect_person_table('record.contact');
call record.protect_person_table('record.home');
call record.protect_person_table('record.language');
call record.protect_person_table('record.care_experience');
call record.protect_person_table('record.picture');
call record.protect_person_table('record.correction');
grant delete on record.person_name, record.identifier, record.contact, record.home, record.language, record.care_experience,
  record.picture to kith_app;
revoke update on record.correction from kith_app;

-- An address is seen by whoever sees somebody's home there, unless it is withheld: then by nobody. The only way to it is
-- record.show_withheld_address, which asks for a reason in words and is in the trail. What an address says is never written
-- over: a correction is another address, so that nothing of the first is kept where a withheld one could be read.
alter table record.address enable row level security;
alter table record.address force row level security;
create policy owner_purpose on record.address to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy seen_for_a_reason on record.address for select to kith_app
  using (not withheld and (select true from record.home h where h.address_id = any (array[address.id]) limit 1));
-- An address is first written, then somebody's home; until then nobody can read it.
create policy written_first on record.address for insert to kith_app with check (access.account_id() is not null);
grant select, insert (id, lines, town, postcode, uprn) on record.address to kith_app;
