-- Who is who to whom, over time: one row, seen from both ends. `person_id` is the `kind` of `other_id`: the parent of.
create table record.relationship (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  other_id uuid not null references record.person,
  kind text not null check (kind in (
    'parent', 'adoptive parent', 'step-parent', 'foster carer', 'kinship carer', 'guardian',
    'grandparent', 'great-grandparent', 'aunt or uncle', 'godparent', 'important adult',
    'brother or sister', 'half-brother or half-sister', 'step-brother or step-sister', 'foster brother or sister',
    'like a brother or sister',
    'husband, wife or civil partner', 'partner', 'cousin', 'other relative', 'friend', 'neighbour')),
  during daterange not null default daterange(null, null) check (not isempty(during)),
  ended_how text check (ended_how in ('separated', 'divorced', 'death', 'other')),
  ended_why text not null default '' check (length(ended_why) <= 1000),
  rights boolean,
  note text not null default '' check (length(note) <= 1000),
  source text not null default '' check (length(source) <= 200),
  version integer not null default 1,
  noted_by uuid references access.account default access.account_id(),
  noted_at timestamptz not null default now(),
  constraint relationship_to_another check (person_id <> other_id),
  constraint relationship_rights check (rights is null or kind in (
    'parent', 'adoptive parent', 'step-parent', 'foster carer', 'kinship carer', 'guardian', 'grandparent', 'aunt or uncle')),
  constraint relationship_ended check (ended_how is null or not upper_inf(during)),
  -- The same two are the same to each other once at a time, whichever of them is written first. Not `kind` itself: the planner
  -- would look for kinds here, in all of the index.
  constraint relationship_once exclude using gist (
    least(person_id, other_id) with =, greatest(person_id, other_id) with =, (kind || '') with =, during with &&)
);
comment on table record.relationship is 'person_id is the kind of other_id, while during lasts; the words from each end are in relationships/rules.ts';
comment on column record.relationship.rights is 'Parental rights and responsibilities (Children (Scotland) Act 1995, sections 1 to 3); null: not known';
comment on column record.relationship.during is 'Up to and not including the day it ended';
create index relationship_person on record.relationship (person_id, other_id);
create index relationship_other on record.relationship (other_id, person_id);

alter table record.relationship enable row level security;
alter table record.relationship force row level security;
create policy owner_purpose on record.relationship to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
-- Whether it may be said of somebody that they are there at all. plpgsql, so that what is asked may come with a later migration.
create function record.may_be_told_of(of_person uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return not record.is_sealed(of_person);
end $$;
revoke all on function record.may_be_told_of from public;
grant execute on function record.may_be_told_of to kith_app;
-- Seen by whoever may see both, or may see one and be told that the other is there; written by whoever may see both.
create function record.sees_relationship(of_person uuid, of_other uuid) returns boolean language plpgsql stable as $$
declare
  one boolean := record.noted_person(of_person) or record.look_person(of_person);
  other boolean := record.noted_person(of_other) or record.look_person(of_other);
begin
  return (one and other) or ((one or other) and record.may_be_told_of(of_person) and record.may_be_told_of(of_other));
end $$;
create policy seen_for_a_reason on record.relationship for select to kith_app using (record.sees_relationship(person_id, other_id));
create policy written_for_both on record.relationship for insert to kith_app
  with check (((record.noted_person(person_id) or record.look_person(person_id)) and (record.noted_person(other_id) or record.look_person(other_id))));
create policy changed_for_both on record.relationship for update to kith_app
  using (((record.noted_person(person_id) or record.look_person(person_id)) and (record.noted_person(other_id) or record.look_person(other_id))))
  with check (((record.noted_person(person_id) or record.look_person(person_id)) and (record.noted_person(other_id) or record.look_person(other_id))));
create policy taken_out_for_both on record.relationship for delete to kith_app
  using (((record.noted_person(person_id) or record.look_person(person_id)) and (record.noted_person(other_id) or record.look_person(other_id))));
grant select, insert, update, delete on record.relationship to kith_app;

-- Brothers and sisters, by a row of their own or by a parent of both, whose record whoever asks may not see: that there is one,
-- and which teams to ask. Never a name. Only for people whom whoever asks may see. The family is given so that the audit trail
-- of the brother or sister says that somebody asked; the numbers of parents, so that a half-sister can be called one. Nobody whose
-- record is sealed is told of. `= any (array[…])` cannot be hashed, so that each is looked up by its index.
create function record.brothers_and_sisters_elsewhere(of_people uuid[])
returns table (person_id uuid, other_id uuid, kind text, shared integer, parents integer, other_parents integer, family_id uuid, teams text[])
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  with mine as materialized (
    select distinct each.id from unnest(of_people) as each (id)
    where (select true from record.family_member m where m.person_id = any (array[each.id]) and (m.kept_to is null or record.sees_any(m.kept_to))
      and (select true from access.my_reason r where r.subject = m.family_id and r.scope = 'practice' limit 1) limit 1)
    limit 500
  ), recorded as (
    select mine.id as child, r.other_id as other, r.kind from mine join record.relationship r on r.person_id = any (array[mine.id])
     where r.kind in ('brother or sister', 'half-brother or half-sister', 'step-brother or step-sister', 'foster brother or sister', 'like a brother or sister')
    union
    select mine.id, r.person_id, r.kind from mine join record.relationship r on r.other_id = any (array[mine.id])
     where r.kind in ('brother or sister', 'half-brother or half-sister', 'step-brother or step-sister', 'foster brother or sister', 'like a brother or sister')
  ), by_parents as (
    select mine.id as child, theirs.other_id as other, count(distinct theirs.person_id)::int as shared
    from mine
      join record.relationship ours on ours.other_id = any (array[mine.id]) and ours.kind in ('parent', 'adoptive parent')
      join record.relationship theirs on theirs.person_id = any (array[ours.person_id]) and theirs.kind in ('parent', 'adoptive parent')
        and theirs.other_id <> mine.id
    group by mine.id, theirs.other_id
  ), found as materialized (
    select coalesce(r.child, p.child) as child, coalesce(r.other, p.other) as other, min(r.kind) as kind,
      coalesce(max(p.shared), 0) as shared
    from recorded r full join by_parents p on p.child = r.child and p.other = r.other
    where not coalesce((select true from record.family_member m where m.person_id = any (array[coalesce(r.other, p.other)]) and (m.kept_to is null or record.sees_any(m.kept_to))
      and (select true from access.my_reason mr where mr.subject = m.family_id and mr.scope = 'practice' limit 1) limit 1), false)
      and record.may_be_told_of(coalesce(r.other, p.other))
    group by 1, 2 order by 1, 2 limit 100
  )
  select f.child, f.other, f.kind, f.shared,
    (select count(distinct r.person_id)::int from record.relationship r where r.other_id = any (array[f.child]) and r.kind in ('parent', 'adoptive parent')),
    (select count(distinct r.person_id)::int from record.relationship r where r.other_id = any (array[f.other]) and r.kind in ('parent', 'adoptive parent')),
    m.family_id,
    coalesce((select array_agg(distinct t.name order by t.name)
      from access.reason r join access.team t on t.id = any (record.teams_of(r.holder))
      where r.subject = m.family_id and record.works_with(r.kind) and r.since <= now() and (r.until is null or r.until > now())), '{}')
  from found f
    left join lateral (
      select each.family_id from (select distinct a.family_id from record.family_member a where a.person_id = any (array[f.other])) each
      where (select true from record.family_member now where now.family_id = each.family_id and now.person_id = f.other
        and now.during @> current_date limit 1)) m on true;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.brothers_and_sisters_elsewhere from public;
grant execute on function record.brothers_and_sisters_elsewhere to kith_app;
