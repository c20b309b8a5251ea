-- The directory: what help there is, in families' own words, open to everybody. Nothing in it is about a person: the contacts are of
-- services. kith_open, as which pages that need no sign-in and the open feed read, reads what is granted to it here and nothing else.
create schema directory;
grant usage on schema directory to kith_app, kith_open;

insert into record.clock (id, title, amount, unit, during, source) values
  ('directory-check', 'An entry of the directory is checked again, from when it was checked', 6, 'months', '[2024-04-01,)',
    'Set by the partnership: seed row 15 asks for an owner and a review date');

-- What entries are sorted by. Ids are made from the codes (as UUIDs of version 8), so that they are the same in every installation.
create function directory.made_id(of_code text) returns uuid language sql immutable
  return overlay(overlay(md5('kith directory ' || of_code) placing '8' from 13 for 1) placing '8' from 17 for 1)::uuid;
create table directory.taxonomy (
  id uuid primary key,
  code text not null unique check (length(code) between 1 and 60),
  name text not null check (length(name) between 1 and 200),
  about text not null check (length(about) between 1 and 1000)
);
comment on table directory.taxonomy is 'holds no person: ways of sorting help';
create table directory.term (
  id uuid primary key,
  taxonomy_id uuid not null references directory.taxonomy,
  code text not null check (length(code) between 1 and 60),
  name text not null check (length(name) between 1 and 200),
  about text not null check (length(about) between 1 and 1000),
  position smallint not null,
  unique (taxonomy_id, code)
);
comment on table directory.term is 'holds no person: what help can be for, and how much of it';

insert into directory.taxonomy (id, code, name, about)
select directory.made_id('taxonomy ' || code), code, name, about from (values
  ('need', 'What families look for help with', 'What help is for, in words that families use'),
  ('level', 'How much help', 'Universal, additional or intensive: of the help, never of a child (GIRFEC)')) each (code, name, about);
insert into directory.term (id, taxonomy_id, code, name, about, position)
select directory.made_id(taxonomy || ' ' || each.code), directory.made_id('taxonomy ' || taxonomy), each.code, each.name, each.about, position
from (values
  ('need', 'family life', 'Family life', 'Being a parent, getting on at home, brothers and sisters, grandparents', 1),
  ('need', 'early years', 'Babies and early years', 'Before birth, babies, toddlers and nursery', 2),
  ('need', 'mental health and wellbeing', 'Feelings and mental health', 'Worry, low mood, sleep, somebody to talk to', 3),
  ('need', 'neurodiversity', 'Autism, ADHD and other ways of thinking', 'Help with or without a diagnosis, for everybody at home', 4),
  ('need', 'money and food', 'Money, food and heating', 'Benefits, debt, food, fuel, school clothes', 5),
  ('need', 'somewhere to go', 'Somewhere to go and things to do', 'Clubs, groups, holidays, evenings and weekends', 6),
  ('need', 'school and learning', 'School and learning', 'Getting to school, being there, learning elsewhere', 7),
  ('need', 'being a carer', 'Looking after somebody', 'Young carers, and adults who care for somebody', 8),
  ('need', 'care experience', 'Care experience', 'For children and young people who are or were in care, and kinship families', 9),
  ('need', 'domestic abuse', 'Being safe at home', 'When somebody at home hurts, frightens or controls somebody', 10),
  ('need', 'alcohol and drugs', 'Alcohol and drugs', 'One’s own, or somebody else’s', 11),
  ('need', 'in trouble with the law', 'Trouble with the law', 'Police, court, hearings, putting things right', 12),
  ('need', 'health and disability', 'Health and disability', 'Disability, illness, equipment, short breaks', 13),
  ('need', 'after hospital', 'After hospital', 'Getting home and back on one’s feet', 14),
  ('need', 'work, college and what comes next', 'Work, college and what comes next', 'Leaving school, jobs, training, moving on', 15),
  ('level', 'universal', 'For everybody', 'Anybody can come', 1),
  ('level', 'additional', 'A bit more help', 'Help for a while, beside what everybody has', 2),
  ('level', 'intensive', 'A lot of help', 'Close help, often, from somebody who knows the family well', 3)) each (taxonomy, code, name, about, position);

create table directory.organisation (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  about text not null check (length(about) between 1 and 1000),
  web text not null default '' check (web = '' or web ~ '^https?://' and length(web) <= 500)
);
comment on table directory.organisation is 'holds no person: who gives help, by its name';
create unique index organisation_once on directory.organisation (lower(name));

create table directory.location (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  lines text not null check (length(lines) between 1 and 300),
  town text not null check (length(town) between 1 and 100),
  postcode text not null default '' check (length(postcode) <= 10),
  area text not null default '' check (length(area) <= 100),
  getting_there text not null default '' check (length(getting_there) <= 500),
  access text not null default '' check (length(access) <= 500)
);
comment on table directory.location is 'holds no person: where help is given. Never somebody''s home';
create unique index location_once on directory.location (lower(name), lower(town));

create table directory.entry (
  id uuid primary key default uuidv7(),
  title text not null check (length(title) between 1 and 100),
  what text not null check (length(what) between 1 and 1500),
  who_for text not null check (length(who_for) between 1 and 4000),
  from_age smallint check (from_age between 0 and 120),
  to_age smallint check (to_age between 0 and 120),
  care_from_age smallint check (care_from_age between 0 and 120),
  care_to_age smallint check (care_to_age between 0 and 120),
  care_only boolean not null default false,
  otherwise text not null default '' check (length(otherwise) <= 400),
  how_to_get_in text not null check (length(how_to_get_in) between 1 and 600),
  where_words text not null check (length(where_words) between 1 and 400),
  when_words text not null check (length(when_words) between 1 and 400),
  out_of_hours boolean not null default false,
  cost text not null default 'Free' check (length(cost) between 1 and 200),
  free boolean not null default true,
  organisation_id uuid not null references directory.organisation,
  phone text not null default '' check (length(phone) <= 60),
  email text not null default '' check (length(email) <= 320),
  web text not null default '' check (web = '' or web ~ '^https?://' and length(web) <= 500),
  state text not null default 'open' check (state in ('open', 'paused', 'closed')),
  programme text unique check (length(programme) <= 60),
  print text not null default '' check (length(print) <= 64),
  checked_on date,
  checked_by uuid references access.account,
  check_by date not null,
  version integer not null default 1,
  changed_at timestamptz not null default now(),
  search tsvector generated always as (
    setweight(to_tsvector('pg_catalog.english', title), 'A') || setweight(to_tsvector('pg_catalog.english', what), 'B')
    || setweight(to_tsvector('pg_catalog.english', who_for), 'B') || setweight(to_tsvector('pg_catalog.english', where_words), 'C')
    || setweight(to_tsvector('pg_catalog.english', how_to_get_in || ' ' || when_words || case when out_of_hours then ' evenings weekends' else '' end), 'D')) stored,
  check (from_age <= to_age),
  check (care_from_age <= care_to_age)
);
comment on table directory.entry is 'holds no person: help that there is, and how to get in. Contacts are of services, never of somebody by name';
comment on column directory.entry.from_age is 'In whole years; null: before birth';
comment on column directory.entry.to_age is 'The oldest age that is still served; null: no end';
comment on column directory.entry.programme is 'The programme of help that it is, whose words come from its file';
comment on column directory.entry.print is 'What the words of the file were when they were last taken over';
comment on column directory.entry.check_by is 'The day by which somebody has to look whether it is still right';
-- What a programme is called is for its file to say, whatever else there is of that name.
create unique index entry_once on directory.entry (organisation_id, lower(title)) where programme is null;
create index entry_search on directory.entry using gin (search);
create index entry_title on directory.entry (lower(title), id);
create index entry_check_by on directory.entry (check_by, id) where state <> 'closed';
create index entry_changed on directory.entry (changed_at, id);
create index entry_organisation on directory.entry (organisation_id);
create index entry_checked_by on directory.entry (checked_by);

-- Words that entries are written in, for finding what was meant by one that was typed wrongly. A word that no entry has any longer
-- finds nothing, and is left.
create table directory.entry_word (
  word text primary key check (length(word) between 4 and 40)
);
comment on table directory.entry_word is 'holds no person: words that entries have been written in';
create index entry_word_like on directory.entry_word using gin (word gin_trgm_ops);
create function directory.keep_words() returns trigger language plpgsql set search_path = '' as $$
begin
  insert into directory.entry_word (word)
  select distinct each.word from regexp_split_to_table(lower(concat_ws(' ', new.title, new.what, new.who_for, new.where_words)), '[^[:alpha:]]+') each (word)
  where length(each.word) between 4 and 40 on conflict do nothing;
  return null;
end $$;
revoke all on function directory.keep_words from public;
create trigger keep_words after insert or update of title, what, who_for, where_words on directory.entry
  for each row execute function directory.keep_words();

create table directory.entry_term (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references directory.entry,
  term_id uuid not null references directory.term,
  unique (entry_id, term_id)
);
comment on table directory.entry_term is 'holds no person: what each entry is sorted under';
create index entry_term_term on directory.entry_term (term_id);

create table directory.entry_area (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references directory.entry,
  area text not null check (length(area) between 1 and 100),
  unique (entry_id, area)
);
comment on table directory.entry_area is 'holds no person: where whoever comes has to live; an entry with none is for everywhere';
create index entry_area_area on directory.entry_area (area);

create table directory.entry_place (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references directory.entry,
  location_id uuid not null references directory.location,
  words text not null default '' check (length(words) <= 300),
  constraint entry_place_once unique (entry_id, location_id)
);
comment on table directory.entry_place is 'holds no person: which help is given where';
create index entry_place_location on directory.entry_place (location_id);

create table directory.opening (
  id uuid primary key default uuidv7(),
  entry_place_id uuid not null references directory.entry_place on delete cascade,
  days text[] not null check (days <@ array['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] and cardinality(days) between 1 and 7),
  opens time not null,
  closes time not null,
  words text not null default '' check (length(words) <= 300),
  check (opens < closes)
);
comment on table directory.opening is 'holds no person: when help is given at a place, each week';
create index opening_place on directory.opening (entry_place_id);

-- Other words for the same: what families say, and what it is here.
create table directory.word (
  id uuid primary key default uuidv7(),
  said text not null check (said = lower(said) and length(said) between 2 and 60),
  term_id uuid references directory.term,
  area text check (length(area) between 1 and 100),
  check (num_nonnulls(term_id, area) = 1)
);
comment on table directory.word is 'holds no person: other words for needs and for places';
create unique index word_once on directory.word (said, term_id, area) nulls not distinct;
create index word_term on directory.word (term_id);

-- How often families open the page of an entry. Who they were is not known, and is not asked.
create table directory.opened (
  entry_id uuid not null references directory.entry,
  on_day date not null,
  many integer not null default 1 check (many > 0),
  primary key (entry_id, on_day)
);
comment on table directory.opened is 'holds no person: how often an entry was opened on a day by whoever was not signed in';

create table directory.entry_version (
  entry_id uuid not null references directory.entry,
  version integer not null,
  was jsonb not null,
  why text not null check (length(why) between 1 and 500),
  changed_by uuid references access.account default access.account_id(),
  changed_at timestamptz not null default now(),
  primary key (entry_id, version)
);
comment on table directory.entry_version is 'holds no person: how entries read before they were changed, why they were, and by which colleague';
create index entry_version_changed_by on directory.entry_version (changed_by);

grant select on all tables in schema directory to kith_app;
grant insert, update on directory.organisation, directory.location, directory.entry, directory.opened to kith_app;
grant insert, delete on directory.entry_term, directory.entry_area, directory.entry_place, directory.opening, directory.word to kith_app;
grant insert on directory.entry_version, directory.entry_word to kith_app;

grant select on directory.taxonomy, directory.term, directory.organisation, directory.location, directory.entry_term, directory.entry_area,
  directory.entry_place, directory.opening, directory.word, directory.entry_word to kith_open;
grant select (id, title, what, who_for, from_age, to_age, care_from_age, care_to_age, care_only, otherwise, how_to_get_in, where_words,
  when_words, cost, free, organisation_id, phone, email, web, state, programme, checked_on, check_by, changed_at, search)
  on directory.entry to kith_open;

insert into directory.word (said, term_id)
select each.said, directory.made_id('need ' || each.need) from (
  select unnest(string_to_array(words, ', ')) as said, need from (values
    ('family life', 'parenting, parents, mum, dad, granny, grandparents, bedtime, behaviour, tantrums, arguing, separation, divorce, routines, brothers, sisters'),
    ('early years', 'baby, babies, toddler, toddlers, pregnant, pregnancy, breastfeeding, nursery, playgroup, health visitor, bookbug'),
    ('mental health and wellbeing', 'anxiety, anxious, worried, worries, worry, panic, low mood, depressed, depression, sad, stress, stressed, self harm, suicide, suicidal, counselling, camhs, feelings, anger, angry, sleep, lonely, grief, bereavement, someone to talk to, somebody to talk to'),
    ('neurodiversity', 'autism, autistic, asd, adhd, add, asperger, tourette, neurodivergent, neurodevelopmental, sensory, diagnosis, dyslexia, dyspraxia'),
    ('money and food', 'money, skint, benefits, universal credit, debt, debts, bills, rent, food, food bank, foodbank, pantry, hungry, breakfast, heating, electric, gas, meter, fuel, uniform, school clothes, cost of living, grant, grants'),
    ('somewhere to go', 'youth club, club, clubs, holiday, holidays, summer, activities, things to do, bored, sport, football, playscheme, evenings, weekends, drop in'),
    ('school and learning', 'school, not going to school, school refusal, attendance, excluded, exclusion, bullying, bullied, homework, exams, reading, additional support needs'),
    ('being a carer', 'carer, carers, young carer, young carers, looking after my mum, looking after my dad, caring, respite, short break, short breaks'),
    ('care experience', 'in care, foster, fostering, kinship, looked after, care experienced, adopted, adoption, care leaver, leaving care, children''s home'),
    ('domestic abuse', 'abuse, violence, violent, hitting, hits me, scared at home, domestic, refuge, controlling, women''s aid, not safe at home'),
    ('alcohol and drugs', 'alcohol, drink, drinking, drugs, addiction, substance, vaping, recovery'),
    ('in trouble with the law', 'police, court, offending, arrested, charged, criminal, hearing, children''s panel, unpaid work, community payback'),
    ('health and disability', 'disability, disabled, wheelchair, equipment, illness, epilepsy, deaf, blind, learning disability'),
    ('after hospital', 'hospital, discharge, discharged, reablement, rehab, rehabilitation, stroke, fall, falls'),
    ('work, college and what comes next', 'job, jobs, work, college, apprenticeship, training, leaving school, transition, university, career, careers')) listed (need, words)) each;
drop function directory.made_id;

insert into record.letter_template (id, title, body, source) values
  ('from-the-directory', 'Help that might be for you', 'Dear {name},

{Why I thought of this for you}

{What is in the directory}

{How to reach me}

{worker}
{team}
{today}', 'Written by the partnership');
