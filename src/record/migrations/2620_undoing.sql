-- Undoing a merge: every row goes back as it was. What was written, changed or removed since stays, and is listed.

-- Puts one row back. Answers null when it went back just as it was, or what somebody has to look at.
create function record.unmerge_row(step record.merge_move, back_to uuid) returns text
language plpgsql set search_path = '' as $$
declare
  found_by text := record.merge_find(step.in_table, false);
  now_is jsonb;
  said text;
begin
  if step.how = 'left' then return null; end if;
  if step.how = 'taken out' then
    begin
      execute format('insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, $1)',
        step.in_table, record.merge_columns(step.in_table)) using step.earlier;
      return null;
    exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
      return 'could not go back';
    end;
  end if;
  execute format('select to_jsonb(t) from %s t where %s for update', step.in_table, found_by) into now_is using step.later;
  if now_is is null and step.how <> 'added' then
    -- Its time was changed, which is a part of its key.
    execute format('select to_jsonb(t) from %s t where %s limit 1 for update', step.in_table, record.merge_find(step.in_table, true))
      into now_is using step.later;
  end if;
  -- What somebody typed and has sent or typed on since is theirs.
  if step.in_table = 'platform.draft' and now_is is distinct from step.later then return null; end if;
  if now_is is null then return case when step.how = 'added' then null else 'removed since' end; end if;
  -- Who keeps somebody is made from what stands elsewhere.
  said := case when now_is - 'kept_to' = step.later - 'kept_to' then null else 'changed since' end;
  if step.how = 'filled' and said is not null then return said; end if;
  if step.how = 'added' then
    if said is not null then return said; end if;
    execute format('delete from %s t where %s', step.in_table, found_by) using step.later;
    return null;
  end if;
  begin
    if step.how in ('trimmed', 'filled') and said is null then
      execute format('update %1$s t set (%2$s) = (select %2$s from jsonb_populate_record(null::%1$s, $2)) where %3$s',
        step.in_table, record.merge_columns(step.in_table), found_by) using step.later, step.earlier;
    else
      execute format('update %s t set %I = $2 where %s', step.in_table, step.in_column, found_by) using now_is, back_to;
    end if;
    return said;
  exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
    return 'could not go back';
  end;
end $$;

-- What was written beside the kept record since the merge, as a list for somebody to look at: rows that were not there and that
-- the merge did not bring, and rows that were there and read otherwise now.
create function record.unmerge_since(of_merge record.merge, to_table regclass) returns jsonb
language sql stable set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('table', split_part(place, ' ', 1), 'what', case
      when earlier is null then 'written since' when later is null then 'removed since' else 'changed since' end)), '[]')
  from (
    select keys.place, of_merge.kept_rows -> keys.place ->> keys.key as earlier, prints.now_are -> keys.place ->> keys.key as later
    from (select record.merge_prints(to_table, of_merge.kept) as now_are) prints
    cross join lateral (
      select p.key as place, jsonb_object_keys(p.value) as key from jsonb_each(prints.now_are) p
      union select p.key, jsonb_object_keys(p.value) from jsonb_each(of_merge.kept_rows) p) keys
  ) each
  where earlier is distinct from later and place not like 'access.%'
$$;

-- Takes a merge apart again. Later merges of the same records are undone first.
create function record.undo_merge(of_merge uuid, reason text) returns jsonb
language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  merged record.merge;
  step record.merge_move;
  to_table regclass;
  now_is jsonb;
  field text;
  said text;
  to_see jsonb := '[]';
begin
  if access.account_id() is null then raise exception 'nobody is asking' using errcode = 'KT403'; end if;
  perform set_config('kith.purpose', 'merging', true);
  select * into merged from record.merge m where m.id = of_merge for update;
  set constraints all deferred;
  to_table := case merged.of when 'person' then 'record.person' else 'record.family' end;
  if merged.id is null or not (record.match_sees(merged.kept)
      or exists (select from access.my_reason r where r.subject = merged.kept and r.scope = 'practice')) then
    raise exception 'no reason to undo this' using errcode = 'KT403';
  end if;
  if merged.undone_at is not null then
    perform set_config('kith.purpose', purpose, true);
    return merged.since;
  end if;
  execute format('select to_jsonb(t) from %s t where t.id in ($1, $2) order by t.id for update', to_table) using merged.kept, merged.gone;
  if exists (select from record.merge l where l.undone_at is null and l.id <> merged.id and l.merged_at > merged.merged_at
      and (l.kept in (merged.kept, merged.gone) or l.gone in (merged.kept, merged.gone)))
    -- Or one that has taken along a row which this one moved.
    or exists (select from record.merge_move mine
      join record.merge_move theirs on theirs.in_table = mine.in_table and theirs.earlier @> record.merge_key_of(mine.in_table, mine.later)
      join record.merge l on l.id = theirs.merge_id and l.undone_at is null and l.merged_at > merged.merged_at
      where mine.merge_id = merged.id and mine.later is not null and l.id <> merged.id) then
    perform record.merge_refuse('later_merge_first', 'a later merge of these records stands');
  end if;
  for step in select * from record.merge_move v where v.merge_id = merged.id order by v.id desc loop
    said := record.unmerge_row(step, merged.gone);
    if said is not null then
      to_see := to_see || jsonb_build_object('table', step.in_table, 'what', said);
    end if;
  end loop;
  perform record.settle_areas(case merged.of when 'person' then record.merge_families_of(array[merged.kept, merged.gone])
    else array[merged.kept, merged.gone] end);
  perform record.settle_kept(array[merged.kept, merged.gone]);
  execute format('select to_jsonb(t) from %s t where t.id = $1', to_table) into now_is using merged.kept;
  for field in select key from jsonb_each(merged.kept_after) where key <> 'version' and merged.kept_before -> key is distinct from value loop
    continue when now_is -> field is not distinct from merged.kept_before -> field;
    if now_is -> field is distinct from merged.kept_after -> field then
      to_see := to_see || jsonb_build_object('table', to_table::text, 'what', 'changed since', 'field', field);
    else
      now_is := now_is || jsonb_build_object(field, merged.kept_before -> field);
    end if;
  end loop;
  execute format('update %1$s t set (%2$s) = (select %2$s from jsonb_populate_record(null::%1$s, $1)) where t.id = $2', to_table,
    record.merge_columns(to_table::text)) using now_is || jsonb_build_object('version', (now_is ->> 'version')::int + 1), merged.kept;
  set constraints all immediate;
  to_see := to_see || record.unmerge_since(merged, to_table);
  update record.merge m set undone_at = clock_timestamp(), undone_by = access.account_id(), undone_why = reason, since = to_see where m.id = merged.id;
  update record.same_person s set state = 'not sure', decided_by = access.account_id(), decided_at = now(), why = reason, version = s.version + 1
   where s.one = least(merged.kept, merged.gone) and s.other = greatest(merged.kept, merged.gone);
  perform record.merge_tell(merged.id, true);
  perform set_config('kith.purpose', purpose, true);
  return to_see;
end $$;

-- What a merge brought with it, counted by table and by how, for whoever sees the kept record.
create function record.merge_story(of_merge uuid) returns table (in_table text, how text, many integer)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'merging', true);
  return query
  select v.in_table, v.how, count(*)::int from record.merge m join record.merge_move v on v.merge_id = m.id
  where m.id = of_merge and (record.match_sees(m.kept) or exists (select from access.my_reason r where r.subject = m.kept and r.scope = 'practice'))
  group by v.in_table, v.how order by v.in_table, v.how;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Rows that were written for a record in the very moment it went: they follow it. Called at night.
create function record.merge_stragglers() returns integer
language plpgsql set search_path = '' set timezone = 'UTC' as $$
declare
  merged record.merge;
  place record;
  original jsonb;
  many integer := 0;
begin
  for merged in select * from record.merge m where m.undone_at is null loop
    for place in select * from record.merge_places(case merged.of when 'person' then 'record.person'::regclass else 'record.family'::regclass end) loop
      for original in execute format('select to_jsonb(t) from %s t where t.%I = $1', place.in_table, place.in_column) using merged.gone loop
        if not exists (select from record.merge_move v where v.merge_id = merged.id and v.how = 'left' and v.earlier = original) then
          perform record.merge_move_row(merged.id, place.in_table, place.in_column, original, merged.gone, merged.kept);
          many := many + 1;
        end if;
      end loop;
    end loop;
  end loop;
  return many;
end $$;

-- The merges for a records officer: when, by whom and why they were made or undone, and nothing of whom they are of.
create function record.all_merges(before_at timestamptz, before_id uuid, most integer)
returns table (merge uuid, of text, merged_by text, merged_at timestamptz, undone_by text, undone_at timestamptz, opened boolean)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  if not access.has_role('records-officer') then return; end if;
  perform set_config('kith.purpose', 'matching', true);
  return query
  select m.id, m.of, a.name, m.merged_at, b.name, m.undone_at,
    record.match_sees(m.kept) or exists (select from access.my_reason r where r.subject = m.kept and r.scope = 'practice')
  from record.merge m left join access.account a on a.id = m.merged_by left join access.account b on b.id = m.undone_by
  where before_id is null or (m.merged_at, m.id) < (before_at, before_id)
  order by m.merged_at desc, m.id desc limit least(most, 200);
  perform set_config('kith.purpose', purpose, true);
end $$;
create index merge_at on record.merge (merged_at desc, id desc);
revoke all on function record.unmerge_row, record.unmerge_since, record.undo_merge, record.merge_story, record.merge_stragglers, record.all_merges from public;
grant execute on function record.undo_merge, record.merge_story, record.all_merges to kith_app;
