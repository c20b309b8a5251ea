-- Organisations and places of work, who works there, and the professionals and the schools around a person.

create table record.place (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('locality', 'cluster', 'school', 'early learning', 'provider', 'health', 'police',
    'third sector', 'court', 'children''s hearing', 'other')),
  within uuid references record.place check (within <> id),
  code text check (length(code) between 1 and 40),
  phone text not null default '' check (length(phone) <= 60),
  email text not null default '' check (length(email) <= 320),
  address text not null default '' check (length(address) <= 500),
  closed_on date check (closed_on between date '1900-01-01' and date '2200-01-01'),
  version integer not null default 1,
  created_at timestamptz not null default now()
);
comment on table record.place is 'holds no person: organisations and the places where people work';
comment on column record.place.within is 'A school in its cluster, a cluster in its locality, a clinic in its health board';
comment on column record.place.code is 'By which others know it: the SEED number of a school';
create index place_within on record.place (within);
create index place_name on record.place (lower(name), id);
create unique index place_code on record.place (kind, code) where code is not null;
create unique index place_once on record.place (lower(name), kind, within) nulls not distinct where closed_on is null;

-- Places lie within each other as a tree. One change at a time, or two could close a ring together that neither closes alone.
create function record.keep_place_out_of_itself() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.within is not null and new.within is distinct from old.within then
    perform pg_advisory_xact_lock(hashtextextended('record.place.within', 0));
    if exists (
      with recursive above as (
        select p.id, p.within from record.place p where p.id = new.within
        union
        select p.id, p.within from record.place p join above a on p.id = a.within)
      select from above where above.id = new.id
    ) then
      raise exception 'within itself' using errcode = '23514', constraint = 'place_within_itself';
    end if;
  end if;
  return new;
end $$;
create trigger keep_place_out_of_itself before update of within on record.place
  for each row execute function record.keep_place_out_of_itself();

create table record.professional (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 200),
  phone text not null default '' check (length(phone) <= 60),
  email text not null default '' check (length(email) <= 320),
  version integer not null default 1,
  created_at timestamptz not null default now()
);
comment on table record.professional is 'holds no person: those who help families at work, by name and work contact details only; nothing of their lives, and nothing of whom they help';
create index professional_name on record.professional using gin (lower(name) gin_trgm_ops);

create table record.role_there (
  id uuid primary key default uuidv7(),
  professional_id uuid not null references record.professional,
  place_id uuid not null references record.place,
  role text not null check (length(role) between 1 and 100),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  constraint role_there_once unique (professional_id, place_id, role, during without overlaps)
);
comment on table record.role_there is 'holds no person: what a professional does at which place of work, and when';
create index role_there_professional on record.role_there (professional_id);
create index role_there_place on record.role_there (place_id);

create table record.team_there (
  team_id uuid not null references access.team,
  place_id uuid not null references record.place,
  during daterange not null default daterange(null, null) check (not isempty(during)),
  id uuid not null unique default uuidv7(),
  constraint team_there_once primary key (team_id, place_id, during without overlaps)
);
comment on table record.team_there is 'holds no person: which teams of ours work at a place or for it, and when';
create index team_there_place on record.team_there (place_id);

grant select, insert, update on record.place, record.professional, record.role_there, record.team_there to kith_app;
-- A role or a team's work that ends on the day it began was never so: it is taken out.
grant delete on record.role_there, record.team_there to kith_app;

-- The professional network: who helps somebody, who works elsewhere or here, and in what part.
create table record.network (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  professional_id uuid references record.professional,
  account_id uuid references access.account,
  role text not null check (length(role) between 1 and 100),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  note text not null default '' check (length(note) <= 1000),
  version integer not null default 1,
  noted_by uuid references access.account default access.account_id(),
  noted_at timestamptz not null default now(),
  check (num_nonnulls(professional_id, account_id) = 1)
);
comment on column record.network.role is 'In plain words: Health visitor, GP, Named person, Class teacher';
create index network_person on record.network (person_id);
create index network_professional on record.network (professional_id);
create index network_account on record.network (account_id);
create unique index network_once on record.network (person_id, coalesce(professional_id, account_id), lower(role))
  where upper_inf(during);

-- Which school or nursery somebody is at: at one at a time.
create table record.schooling (
  person_id uuid not null references record.person,
  place_id uuid not null references record.place,
  during daterange not null default daterange(null, null) check (not isempty(during)),
  stage text not null default '' check (length(stage) <= 60),
  noted_by uuid references access.account default access.account_id(),
  noted_at timestamptz not null default now(),
  id uuid not null unique default uuidv7(),
  constraint schooling_one_at_a_time primary key (person_id, during without overlaps)
);
comment on column record.schooling.stage is 'In plain words: Primary 3, S2, Pre-school year';
create index schooling_person on record.schooling (person_id);
create index schooling_place on record.schooling (place_id);

call record.protect_person_table('record.network');
call record.protect_person_table('record.schooling');
-- What was never so is taken out with a reason, and kept in record.correction as it stood.
grant delete on record.network, record.schooling to kith_app;

-- A school or a clinic near a withheld address gives it away: see record.places_open. Colleagues here are told of all the same.
create policy near_withheld on record.schooling as restrictive for select to kith_app using (record.places_open(person_id));
create policy near_withheld on record.network as restrictive for select to kith_app
  using (professional_id is null or record.places_open(person_id));
