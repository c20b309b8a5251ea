-- Merging two people, or two families, into one.

-- The kept person as the merge leaves them: values chosen from the other, and whatever only the other had.
create function record.merged_person(kept record.person, gone record.person, choices jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
declare
  mine jsonb := to_jsonb(kept);
  theirs jsonb := to_jsonb(gone);
  field text;
begin
  for field in select key from jsonb_each(theirs) where key not in ('id', 'version', 'created_at', 'care_experienced') loop
    if choices ->> field = 'gone'
      or (mine -> field = 'null' and theirs -> field <> 'null' and field not in ('date_of_birth', 'expected_on')) then
      mine := mine || jsonb_build_object(field, theirs -> field);
    end if;
  end loop;
  if choices ->> 'date_of_birth' is null and kept.date_of_birth is null then
    if gone.date_of_birth is not null then
      mine := mine || jsonb_build_object('date_of_birth', gone.date_of_birth, 'birth_known', gone.birth_known, 'expected_on', null);
    elsif kept.expected_on is null then
      mine := mine || jsonb_build_object('expected_on', gone.expected_on);
    end if;
  end if;
  -- A fact that lasts: if either record has it, it is so.
  return mine || jsonb_build_object('care_experienced', kept.care_experienced or gone.care_experienced);
end $$;

-- A restricted record is kept to people named one by one: merging would show it to others, or hide what others need. The ids are
-- of families, or of people and the families they are in.
create function record.merge_restricted(keep uuid[], let_go uuid[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from unnest(keep || let_go) f where access.is_restricted(f) and not (f = any (keep) and f = any (let_go)));
end $$;

-- The families that people are in or have been in.
create function record.merge_families_of(people uuid[]) returns uuid[] language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct m.family_id), '{}') from record.family_member m where m.person_id = any (people)
$$;

-- The same with the restricted families that keep somebody wherever else they are, and whoever it is.
create function record.merge_keepers_of(of_person uuid) returns uuid[] language sql stable set search_path = '' as $$
  select record.merge_families_of(array[of_person]) || of_person
    || array(select distinct f from record.family_member m, unnest(m.kept_to) f where m.person_id = any (array[of_person]))
$$;

-- What somebody has typed on a page of the record that goes, and not sent, waits on the page of the one that is kept.
create function record.merge_drafts(of_merge uuid, from_id uuid, to_id uuid) returns void
language plpgsql set search_path = '' as $$
declare
  draft platform.draft;
  later jsonb;
begin
  for draft in select * from platform.draft d where strpos(d.name || d.fields::text, from_id::text) > 0 loop
    update platform.draft d set name = replace(d.name, from_id::text, to_id::text), fields = replace(d.fields::text, from_id::text, to_id::text)::jsonb
     where d.account_id = draft.account_id and d.name = draft.name and not exists (select from platform.draft o
       where o.account_id = d.account_id and o.name = replace(d.name, from_id::text, to_id::text) and o.name <> d.name)
    returning to_jsonb(d) into later;
    if later is not null then perform record.merge_note(of_merge, 'platform.draft', 'name', 'trimmed', to_jsonb(draft), later); end if;
    later := null;
  end loop;
end $$;

-- Who was found to be somebody else than the one who goes is somebody else than the one who is kept.
create function record.merge_answers(of_merge uuid, from_id uuid, to_id uuid) returns void
language plpgsql set search_path = '' as $$
declare made jsonb;
begin
  for made in
    insert into record.same_person as s (one, other, probability, weight, explanation, state, found_at, decided_by, decided_at, why)
    select least(to_id, x.id), greatest(to_id, x.id), d.probability, d.weight, '[]', 'different', d.found_at, d.decided_by, d.decided_at, d.why
    from record.same_person d cross join lateral (select case from_id when d.one then d.other else d.one end as id) x
    where from_id in (d.one, d.other) and d.state = 'different' and x.id <> to_id
    on conflict do nothing returning to_jsonb(s)
  loop
    perform record.merge_note(of_merge, 'record.same_person', 'one', 'added', null, made);
  end loop;
end $$;

create function record.merge_refuse(constraint_name text, words text) returns void
language plpgsql set search_path = '' as $$
begin
  raise exception '%', words using errcode = '23514', constraint = constraint_name;
end $$;

-- Makes two records of one person one. Whoever does it sees both. Doing it twice does it once.
create function record.merge_people(keep uuid, let_go uuid, choices jsonb, reason text, kept_version integer, gone_version integer, pair uuid default null)
returns uuid language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  merged uuid;
  kept record.person;
  gone record.person;
  became jsonb;
  made jsonb;
begin
  if access.account_id() is null then raise exception 'nobody is asking' using errcode = 'KT403'; end if;
  perform set_config('kith.purpose', 'merging', true);
  perform from record.person p where p.id in (keep, let_go) order by p.id for update;
  select m.id into merged from record.merge m where m.of = 'person' and m.kept = keep and m.gone = let_go and m.undone_at is null;
  if merged is not null and record.match_sees(keep) then
    perform set_config('kith.purpose', purpose, true);
    return merged;
  end if;
  if keep = let_go or not record.match_sees(keep) or not record.match_sees(let_go) then
    raise exception 'no reason to merge these records' using errcode = 'KT403';
  end if;
  select * into kept from record.person p where p.id = keep;
  select * into gone from record.person p where p.id = let_go;
  if kept.version <> kept_version or gone.version <> gone_version then
    perform record.merge_refuse('changed_meanwhile', 'one of the records changed');
  end if;
  if record.merge_restricted(record.merge_keepers_of(keep), record.merge_keepers_of(let_go)) then
    perform record.merge_refuse('restricted_record', 'one of the records is restricted');
  end if;
  set constraints all deferred;
  perform record.settle_areas(record.merge_families_of(array[keep, let_go]));
  became := record.merged_person(kept, gone, choices);
  insert into record.merge (of, kept, gone, pair_id, why, merged_by, merged_at, kept_before, kept_after, kept_rows)
  values ('person', keep, let_go, pair, reason, access.account_id(), clock_timestamp(), to_jsonb(kept), became, record.merge_prints('record.person', keep))
  returning id into merged;
  perform record.merge_move_all(merged, 'record.person', let_go, keep);
  execute format('update record.person t set (%1$s) = (select %1$s from jsonb_populate_record(null::record.person, $1)) where t.id = $2',
    record.merge_columns('record.person')) using became || jsonb_build_object('version', kept.version + 1), keep;
  set constraints all immediate;
  -- A name that is not the kept one is not lost: they are found by it.
  for made in
    select distinct jsonb_build_object('given', n.given_name, 'family', n.family_name, 'fold', record.fold_name(n.given_name || n.family_name))
    from (values (kept.given_name, kept.family_name), (gone.given_name, gone.family_name)) n (given_name, family_name)
    where lower(n.given_name || ' ' || n.family_name) <> lower((became ->> 'given_name') || ' ' || (became ->> 'family_name'))
      and not exists (select from record.person_name o where o.person_id = keep
        and lower(o.given_name || ' ' || o.family_name) = lower(n.given_name || ' ' || n.family_name))
  loop
    insert into record.person_name as n (person_id, kind, given_name, family_name, source, noted_by)
    values (keep, case when public.similarity(made ->> 'fold', record.fold_name((became ->> 'given_name') || (became ->> 'family_name'))) >= 0.4
        then 'other spelling' else 'known as' end,
      made ->> 'given', made ->> 'family', 'Another record of the same person', access.account_id())
    returning to_jsonb(n) into made;
    perform record.merge_added(merged, 'record.person_name', made);
  end loop;
  update record.same_person s set state = 'same', decided_by = access.account_id(), decided_at = now(), why = reason, version = s.version + 1
   where s.one = least(keep, let_go) and s.other = greatest(keep, let_go);
  perform record.merge_answers(merged, let_go, keep);
  perform record.merge_drafts(merged, let_go, keep);
  -- A family that somebody joins who lives where nobody may be told keeps its area to itself.
  perform record.settle_areas(record.merge_families_of(array[keep]));
  perform record.settle_kept(array[keep]);
  perform record.merge_tell(merged, false);
  perform set_config('kith.purpose', purpose, true);
  return merged;
end $$;

-- Makes two records of one family one: its people, its story, and everybody's reasons to see it. `choices` says what is taken from
-- the one that goes: its name, its area.
create function record.merge_families(keep uuid, let_go uuid, choices jsonb, reason text, kept_version integer, gone_version integer)
returns uuid language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  merged uuid;
  kept record.family;
  gone record.family;
  became record.family;
begin
  if access.account_id() is null then raise exception 'nobody is asking' using errcode = 'KT403'; end if;
  perform set_config('kith.purpose', 'merging', true);
  -- Whoever changes who works with a family waits, and so does this.
  perform record.hold_family(f) from unnest(array[least(keep, let_go), greatest(keep, let_go)]) f;
  perform from record.family f where f.id in (keep, let_go) order by f.id for update;
  select m.id into merged from record.merge m where m.of = 'family' and m.kept = keep and m.gone = let_go and m.undone_at is null;
  if merged is not null and exists (select from access.my_reason r where r.subject = keep and r.scope = 'practice') then
    perform set_config('kith.purpose', purpose, true);
    return merged;
  end if;
  if keep = let_go or (select count(distinct r.subject) from access.my_reason r where r.subject in (keep, let_go) and r.scope = 'practice') < 2 then
    raise exception 'no reason to merge these records' using errcode = 'KT403';
  end if;
  perform record.settle_areas(array[keep, let_go]);
  select * into kept from record.family f where f.id = keep;
  select * into gone from record.family f where f.id = let_go;
  if kept.version <> kept_version or gone.version <> gone_version then
    perform record.merge_refuse('changed_meanwhile', 'one of the records changed');
  end if;
  if record.merge_restricted(array[keep], array[let_go]) then
    perform record.merge_refuse('restricted_record', 'one of the records is restricted');
  end if;
  set constraints all deferred;
  insert into record.merge (of, kept, gone, why, merged_by, merged_at, kept_before, kept_after, kept_rows)
  values ('family', keep, let_go, reason, access.account_id(), clock_timestamp(), to_jsonb(kept), to_jsonb(kept), record.merge_prints('record.family', keep))
  returning id into merged;
  perform record.merge_move_all(merged, 'record.family', let_go, keep);
  perform record.settle_areas(array[keep]);
  -- The area as it is now: hidden, where somebody in either lives where nobody may be told.
  select * into became from record.family f where f.id = keep;
  if choices ->> 'name' = 'gone' then became.name := gone.name; end if;
  if not became.area_withheld and (choices ->> 'area' = 'gone' or became.locality is null and became.simd_decile is null) then
    became.locality := gone.locality;
    became.simd_decile := gone.simd_decile;
  end if;
  update record.family f set name = became.name, locality = became.locality, simd_decile = became.simd_decile, version = f.version + 1
   where f.id = keep returning * into became;
  set constraints all immediate;
  update record.merge m set kept_after = to_jsonb(became) where m.id = merged;
  perform record.merge_drafts(merged, let_go, keep);
  perform record.merge_tell(merged, false);
  perform set_config('kith.purpose', purpose, true);
  return merged;
end $$;
revoke all on function record.merged_person, record.merge_restricted, record.merge_families_of, record.merge_keepers_of, record.merge_drafts, record.merge_answers,
  record.merge_refuse, record.merge_people, record.merge_families from public;
grant execute on function record.merge_people, record.merge_families to kith_app;
