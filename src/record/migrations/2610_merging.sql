-- Merging two records into one, and undoing it. Every foreign key to the record that goes is pointed at the one that is kept, in
-- whatever area it is, and each row is written down as it was before and after.

-- Where people or families are referred to: each foreign key of one column; each column that must say the same as such a one,
-- because a foreign key of several columns carries it; and reasons, which refer to both without a key.
create function record.merge_places(to_table regclass) returns table (in_table text, in_column text)
language sql stable set search_path = '' as $$
  with recursive key as (
    select c.conrelid, c.confrelid, a.attnum as number, a.attname as name, f.attnum as far_number, cardinality(c.conkey) as columns
    from pg_catalog.pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) k (near, far)
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.near
    join pg_catalog.pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.far
    where c.contype = 'f' and c.conparentid = 0
      and c.conrelid <> all (array['record.same_person', 'record.match_checked']::regclass[])
  ), place as (
    select key.conrelid, key.number, key.name from key where key.confrelid = to_table and key.columns = 1
    union
    select key.conrelid, key.number, key.name from place join key on key.confrelid = place.conrelid and key.far_number = place.number and key.columns > 1
  )
  select place.conrelid::regclass::text, place.name::text from place
  union select 'access.reason', 'subject'
  order by 1, 2
$$;

-- The columns by which a row of a table is known: its id if it has a unique one, else its primary key.
create function record.merge_key(of_table text) returns text[]
language sql stable set search_path = '' as $$
  select array_agg(a.attname::text order by a.attnum)
  from (select i.indrelid, i.indkey from pg_catalog.pg_index i
    where i.indrelid = of_table::regclass and i.indisunique and i.indpred is null
      and (i.indisprimary or (i.indnatts = 1 and i.indkey[0] = (select attnum from pg_catalog.pg_attribute where attrelid = i.indrelid and attname = 'id')))
    order by i.indnatts, i.indisprimary desc limit 1) i
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
$$;

create function record.merge_key_of(of_table text, whole jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select jsonb_object_agg(k, whole -> k) from unnest(record.merge_key(of_table)) k
$$;

-- A condition that finds one row `t` again by its key, from the row as jsonb in $1. With `near`, times of a key need only overlap.
create function record.merge_find(of_table text, near boolean) returns text
language sql stable set search_path = '' as $$
  select string_agg(case when near and y.typtype = 'r'
      then format('t.%1$I && ($1 ->> %1$L)::%2$s', a.attname, format_type(a.atttypid, null))
      else format('t.%1$I = ($1 ->> %1$L)::%2$s', a.attname, format_type(a.atttypid, null)) end, ' and ')
  from pg_catalog.pg_attribute a join pg_catalog.pg_type y on y.oid = a.atttypid
  where a.attrelid = of_table::regclass and a.attname = any (record.merge_key(of_table))
$$;

-- The columns of a table that can be written.
create function record.merge_columns(of_table text) returns text
language sql stable set search_path = '' as $$
  select string_agg(format('%I', a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute a
  where a.attrelid = of_table::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
$$;

-- The name of the range column of a temporal primary key, if it has one.
create function record.merge_period(of_table text) returns text
language sql stable set search_path = '' as $$
  select a.attname::text from pg_catalog.pg_constraint c
  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[cardinality(c.conkey)]
  where c.conrelid = of_table::regclass and c.contype in ('p', 'u') and c.conperiod limit 1
$$;

-- Prints of every row that refers to an id, by table and key: what an undo compares with.
create function record.merge_prints(to_table regclass, of_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  place record;
  prints jsonb := '{}';
  here jsonb;
begin
  for place in select * from record.merge_places(to_table) loop
    execute format('select coalesce(jsonb_object_agg(md5(jsonb_build_array(%s)::text), md5(to_jsonb(t)::text)), ''{}'') from %s t where t.%I = $1',
      (select string_agg(format('t.%I', k), ', ') from unnest(record.merge_key(place.in_table)) k), place.in_table, place.in_column)
      into here using of_id;
    prints := prints || jsonb_build_object(place.in_table || ' ' || place.in_column, here);
  end loop;
  return prints;
end $$;

-- Points one row at another id. Where the row cannot stand there: its time is shortened to fit beside what is there, or it is
-- taken out into the journal, or, where other rows hang on it, it is left where it is. Says how.
create function record.merge_move_row(of_merge uuid, in_table text, in_column text, original jsonb, from_id uuid, to_id uuid) returns text
language plpgsql set search_path = '' as $$
declare
  found_by text := record.merge_find(in_table, false);
  period text := record.merge_period(in_table);
  how text;
  later jsonb;
  free text;
begin
  begin
    execute format('update %s t set %I = $2 where %s returning to_jsonb(t)', in_table, in_column, found_by)
      into later using original, to_id;
    how := 'moved';
  exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
    how := null;
  end;
  if how is null and period is not null then
    -- What is left of its time when that of the rows which are there is taken away, if it is one piece.
    execute format('select case when (select count(*) from unnest(x.m)) = 1 then (select r::text from unnest(x.m) r) end
        from (select (select t.%1$I::%2$s from %3$s t where %4$s)
          - coalesce((select range_agg(o.%1$I) from %3$s o, %3$s t where %4$s and %5$s), ''{}'') as m) x',
      period, (select r.rngmultitypid::regtype::text from pg_catalog.pg_range r join pg_catalog.pg_attribute a on a.atttypid = r.rngtypid
        where a.attrelid = in_table::regclass and a.attname = period), in_table, found_by,
      (select string_agg(case when a.attname = in_column then format('o.%I = $2', a.attname) else format('o.%1$I = t.%1$I', a.attname) end, ' and ')
        from pg_catalog.pg_constraint c join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
        where c.conrelid = in_table::regclass and c.contype = 'p' and a.attname <> period))
      into free using original, to_id;
    if free is not null then
      begin
        execute format('update %s t set %I = $2, %I = $3::text::%s where %s returning to_jsonb(t)', in_table, in_column, period,
            (select format_type(atttypid, null) from pg_catalog.pg_attribute where attrelid = in_table::regclass and attname = period), found_by)
          into later using original, to_id, free;
        how := 'trimmed';
      exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
        how := null;
      end;
    end if;
  end if;
  if how is null then
    begin
      execute format('delete from %s t where %s', in_table, found_by) using original;
      how := 'taken out';
    exception when foreign_key_violation then
      how := 'left';
    end;
  end if;
  insert into record.merge_move (merge_id, in_table, in_column, how, earlier, later)
  values (of_merge, in_table, in_column, how, original, later);
  return how;
end $$;

-- Points every row that refers to one id at another.
create function record.merge_move_all(of_merge uuid, to_table regclass, from_id uuid, to_id uuid) returns void
language plpgsql set search_path = '' as $$
declare
  place record;
  original jsonb;
begin
  for place in select * from record.merge_places(to_table) loop
    for original in execute format('select to_jsonb(t) from %s t where t.%I = $1 order by %s', place.in_table, place.in_column,
        (select string_agg(format('t.%I', k), ', ') from unnest(record.merge_key(place.in_table)) k)) using from_id loop
      perform record.merge_move_row(of_merge, place.in_table, place.in_column, original, from_id, to_id);
    end loop;
  end loop;
end $$;

-- A row written beside the kept record by the merge itself.
create function record.merge_added(of_merge uuid, in_table text, made jsonb) returns void
language sql set search_path = '' as $$
  insert into record.merge_move (merge_id, in_table, in_column, how, later) values (of_merge, in_table, 'person_id', 'added', made)
$$;

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

-- A restricted record is kept to people named one by one: merging would show it to others, or hide what others need.
create function record.merge_restricted(keep uuid[], let_go uuid[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return exists (select from unnest(keep || let_go) f where access.is_restricted(f) and not (f = any (keep) and f = any (let_go)));
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
  if record.merge_restricted(array(select m.family_id from record.family_member m where m.person_id = any (array[keep])),
      array(select m.family_id from record.family_member m where m.person_id = any (array[let_go]))) then
    perform record.merge_refuse('restricted_record', 'one of the records is restricted');
  end if;
  set constraints all deferred;
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
  perform set_config('kith.purpose', purpose, true);
  return merged;
end $$;

-- Makes two records of one family one: its people, its story, and everybody's reasons to see it.
create function record.merge_families(keep uuid, let_go uuid, reason text, kept_version integer, gone_version integer)
returns uuid language plpgsql security definer set search_path = '' set timezone = 'UTC' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  merged uuid;
  kept record.family;
  gone record.family;
  became jsonb;
begin
  if access.account_id() is null then raise exception 'nobody is asking' using errcode = 'KT403'; end if;
  perform set_config('kith.purpose', 'merging', true);
  perform from record.family f where f.id in (keep, let_go) order by f.id for update;
  select m.id into merged from record.merge m where m.of = 'family' and m.kept = keep and m.gone = let_go and m.undone_at is null;
  if merged is not null and exists (select from access.my_reason r where r.subject = keep and r.scope = 'practice') then
    perform set_config('kith.purpose', purpose, true);
    return merged;
  end if;
  if keep = let_go or (select count(distinct r.subject) from access.my_reason r where r.subject in (keep, let_go) and r.scope = 'practice') < 2 then
    raise exception 'no reason to merge these records' using errcode = 'KT403';
  end if;
  select * into kept from record.family f where f.id = keep;
  select * into gone from record.family f where f.id = let_go;
  if kept.version <> kept_version or gone.version <> gone_version then
    perform record.merge_refuse('changed_meanwhile', 'one of the records changed');
  end if;
  if record.merge_restricted(array[keep], array[let_go]) then
    perform record.merge_refuse('restricted_record', 'one of the records is restricted');
  end if;
  set constraints all deferred;
  became := to_jsonb(gone) || jsonb_strip_nulls(to_jsonb(kept));
  insert into record.merge (of, kept, gone, why, merged_by, merged_at, kept_before, kept_after, kept_rows)
  values ('family', keep, let_go, reason, access.account_id(), clock_timestamp(), to_jsonb(kept), became, record.merge_prints('record.family', keep))
  returning id into merged;
  perform record.merge_move_all(merged, 'record.family', let_go, keep);
  execute format('update record.family t set (%1$s) = (select %1$s from jsonb_populate_record(null::record.family, $1)) where t.id = $2',
    record.merge_columns('record.family')) using became || jsonb_build_object('version', kept.version + 1), keep;
  set constraints all immediate;
  perform set_config('kith.purpose', purpose, true);
  return merged;
end $$;
revoke all on function record.merge_places, record.merge_key, record.merge_key_of, record.merge_find, record.merge_columns, record.merge_period, record.merge_prints,
  record.merge_move_row, record.merge_move_all, record.merge_added, record.merged_person, record.merge_restricted, record.merge_refuse, record.merge_people, record.merge_families from public;
grant execute on function record.merge_people, record.merge_families to kith_app;
