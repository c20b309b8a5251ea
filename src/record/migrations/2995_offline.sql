-- Visits that were written where there was no signal, and have arrived: whoever wrote one chooses the family and makes it a note, or
-- throws it away. Until then nobody else sees it. Numbered after 2990 on purpose: what was thrown away leaves no earlier version.

create table record.visit_arrived (
  account_id uuid not null default access.account_id() references access.account,
  id uuid not null,
  written_at timestamptz not null,
  arrived_at timestamptz not null default now(),
  finished boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'signed', 'kept', 'thrown away')),
  fields jsonb check (jsonb_typeof(fields) = 'object' and octet_length(fields::text) <= 2000000),
  note_id uuid references record.note on delete set null,
  why text check (length(why) between 1 and 1000),
  ended_at timestamptz,
  primary key (account_id, id),
  check ((state = 'waiting') = (fields is not null)),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'thrown away') = (why is not null))
);
comment on column record.visit_arrived.id is 'Made on the device, so that a visit that arrives twice is one';
comment on column record.visit_arrived.written_at is 'By the clock of the device';
comment on column record.visit_arrived.finished is 'Whether its writer said that it was whole; the page may have closed before';
comment on column record.visit_arrived.state is 'signed, kept: it is a note, signed at once or kept to be checked first';
comment on column record.visit_arrived.fields is 'As typed. Gone once it is a note or thrown away; the row stays, so that the same visit cannot arrive again';
create index visit_arrived_waiting on record.visit_arrived (account_id, arrived_at) where state = 'waiting';
create index visit_arrived_note on record.visit_arrived (note_id);

alter table record.visit_arrived enable row level security;
alter table record.visit_arrived force row level security;
create policy owner_purpose on record.visit_arrived to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
create policy ones_own on record.visit_arrived to kith_app
  using (account_id = access.account_id()) with check (account_id = access.account_id());
grant select, insert, update (state, fields, note_id, why, ended_at) on record.visit_arrived to kith_app;

-- What has come to its end stays as it is.
create function record.guard_visit_arrived() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state <> 'waiting' and current_user = 'kith_app' then
    raise exception 'a visit comes to its end once' using errcode = '23514', constraint = 'visit_ended';
  end if;
  return new;
end $$;
create trigger guard_visit_arrived before update on record.visit_arrived for each row execute function record.guard_visit_arrived();
