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
      and c.conrelid <> all (array['record.same_person', 'record.same_family', 'record.match_checked']::regclass[])
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

-- What keeps two rows of a table apart: for each key and exclusion the columns or expressions in which such rows are the same, and
-- the column of time in which they may not overlap, if there is one.
create function record.merge_rules(of_table text) returns table (keys text[], period text)
language sql stable set search_path = '' as $$
  select array_agg(part.said order by part.n) filter (where not part.overlaps), max(part.said) filter (where part.overlaps)
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_index i on i.indexrelid = c.conindid and i.indpred is null
  cross join lateral (
    select n, pg_catalog.pg_get_indexdef(c.conindid, n, false) as said,
      coalesce((select o.oprname = '&&' from pg_catalog.pg_operator o where o.oid = c.conexclop[n]), false) as overlaps
    from generate_series(1, i.indnkeyatts) n) part
  where c.conrelid = of_table::regclass and c.contype in ('p', 'u', 'x')
  group by c.oid
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

-- What is left of a row's time when that of the rows which are there already is taken away: none, one or several pieces. Null for
-- a table without time.
create function record.merge_free(in_table text, in_column text, original jsonb, to_id uuid, out period text, out pieces text[])
language plpgsql stable set search_path = '' as $$
declare
  rule record;
  ranges text;
  multi text;
  taken text := '{}';
  here text;
begin
  select min(r.period) into period from record.merge_rules(in_table) r where r.period is not null;
  if period is null then return; end if;
  select format_type(a.atttypid, null), r.rngmultitypid::regtype::text into ranges, multi
  from pg_catalog.pg_attribute a join pg_catalog.pg_range r on r.rngtypid = a.atttypid
  where a.attrelid = in_table::regclass and quote_ident(a.attname) = period;
  for rule in select r.keys from record.merge_rules(in_table) r where r.period = merge_free.period and cardinality(r.keys) > 0 loop
    execute format('select range_agg(o.%1$s)::text from %2$s o
        cross join (select %3$s from jsonb_populate_record(null::%2$s, $1) would) w
      where o.%1$s && ($1 ->> %5$L)::%6$s and %4$s', period, in_table,
        (select string_agg(format('%s as merge_key_%s', k, n), ', ') from unnest(rule.keys) with ordinality each (k, n)),
        (select string_agg(format('%s = w.merge_key_%s', k, n), ' and ') from unnest(rule.keys) with ordinality each (k, n)),
        trim('"' from period), ranges)
      into here using original || jsonb_build_object(in_column, to_id);
    if here is not null then
      execute format('select ($1::%1$s + $2::%1$s)::text', multi) into taken using taken, here;
    end if;
  end loop;
  execute format('select array(select r::text from unnest(%1$s(($1 ->> %2$L)::%3$s) - $2::%1$s) r)', multi, trim('"' from period), ranges)
    into pieces using original, taken;
end $$;

create function record.merge_note(of_merge uuid, in_table text, in_column text, how text, earlier jsonb, later jsonb) returns void
language sql set search_path = '' as $$
  insert into record.merge_move (merge_id, in_table, in_column, how, earlier, later) values (of_merge, in_table, in_column, how, earlier, later)
$$;

-- Puts a row beside the one that is kept, with as much of its time as is free there; says whether that could be done.
create function record.merge_fit(of_merge uuid, in_table text, in_column text, original jsonb, to_id uuid) returns boolean
language plpgsql set search_path = '' as $$
declare
  free record;
  later jsonb;
begin
  free := record.merge_free(in_table, in_column, original, to_id);
  if coalesce(cardinality(free.pieces), 0) = 0 then return false; end if;
  execute format('update %1$s t set (%2$s) = (select %2$s from jsonb_populate_record(null::%1$s, $2)) where %3$s returning to_jsonb(t)',
      in_table, record.merge_columns(in_table), record.merge_find(in_table, false))
    into later using original, original || jsonb_build_object(in_column, to_id, trim('"' from free.period), free.pieces[1]);
  perform record.merge_note(of_merge, in_table, in_column, 'trimmed', original, later);
  -- Where what was there lay in the middle, the rest of its time is a row of its own.
  for piece in 2 .. cardinality(free.pieces) loop
    execute format('insert into %1$s as t (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, $1) returning to_jsonb(t)',
        in_table, record.merge_columns(in_table))
      into later using original || jsonb_build_object(in_column, to_id, trim('"' from free.period), free.pieces[piece])
        || case when original ? 'id' then jsonb_build_object('id', uuidv7()) else '{}' end;
    perform record.merge_note(of_merge, in_table, in_column, 'added', null, later);
  end loop;
  return true;
exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
  return false;
end $$;

-- Two records of one relationship: what only the one that is taken out says, of rights or in its note, the other says from now on.
create function record.merge_fill(of_merge uuid, gone_row jsonb) returns void
language plpgsql set search_path = '' as $$
declare
  twin record.relationship := jsonb_populate_record(null::record.relationship, gone_row);
  there record.relationship;
  later jsonb;
begin
  select * into there from record.relationship r
   where r.person_id = twin.person_id and r.other_id = twin.other_id and r.kind = twin.kind and r.during @> twin.during for update;
  if there.id is null or not (there.rights is null and twin.rights is not null or there.note = '' and twin.note <> '') then return; end if;
  update record.relationship r set rights = coalesce(r.rights, twin.rights), note = case r.note when '' then twin.note else r.note end,
    version = r.version + 1
   where r.id = there.id returning to_jsonb(r) into later;
  perform record.merge_note(of_merge, 'record.relationship', 'person_id', 'filled', to_jsonb(there), later);
end $$;

-- Points one row at another id. Where the row cannot stand there: its time is shortened to fit beside what is there, or it is
-- taken out into the journal, or, where other rows hang on it, it is left where it is.
create function record.merge_move_row(of_merge uuid, in_table text, in_column text, original jsonb, from_id uuid, to_id uuid) returns void
language plpgsql set search_path = '' as $$
declare
  found_by text := record.merge_find(in_table, false);
  later jsonb;
  stands text;
begin
  begin
    execute format('update %s t set %I = $2 where %s returning to_jsonb(t)', in_table, in_column, found_by)
      into later using original, to_id;
    perform record.merge_note(of_merge, in_table, in_column, 'moved', original, later);
    return;
  exception when unique_violation or exclusion_violation or check_violation or foreign_key_violation then
    get stacked diagnostics stands = constraint_name;
  end;
  if stands = 'reason_one_lead' then
    -- One leads; whoever led the other goes on working with the family.
    begin
      update access.reason r set subject = to_id, kind = 'co-worker' where r.id = (original ->> 'id')::uuid returning to_jsonb(r) into later;
      perform record.merge_note(of_merge, in_table, in_column, 'trimmed', original, later);
      return;
    exception when unique_violation then
      null;
    end;
  end if;
  if record.merge_fit(of_merge, in_table, in_column, original, to_id) then return; end if;
  begin
    execute format('delete from %s t where %s', in_table, found_by) using original;
  exception when foreign_key_violation then
    perform record.merge_note(of_merge, in_table, in_column, 'left', original, null);
    return;
  end;
  perform record.merge_note(of_merge, in_table, in_column, 'taken out', original, null);
  if in_table = 'record.relationship' then
    perform record.merge_fill(of_merge, original || jsonb_build_object(in_column, to_id));
  end if;
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

revoke all on function record.merge_places, record.merge_key, record.merge_key_of, record.merge_find, record.merge_columns, record.merge_rules,
  record.merge_prints, record.merge_free, record.merge_note, record.merge_fit, record.merge_fill, record.merge_move_row, record.merge_move_all,
  record.merge_added from public;
