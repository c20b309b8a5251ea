-- As it stood: what the record said on a past day. For every table of the record that people write, past.<table> holds each earlier
-- version of a row with the time during which it held, and then.<table> is a view of the rows as they stood at kith.as_at.
-- docs/decisions/0010-as-it-stood.md says why it is made so.
create schema past;
create schema "then";
grant usage on schema past, "then" to kith_app;

create function "then".at() returns timestamptz language sql stable
  return nullif(current_setting('kith.as_at', true), '')::timestamptz;
-- The day that is asked about: up to the moment, not including it.
create function "then".day() returns date language sql stable
  return (("then".at() - interval '1 microsecond') at time zone 'Europe/London')::date;

-- Tables that hold how work is going on, or that only repeat or list what is elsewhere: nobody looks at them as they stood.
create function past.left_out() returns text[] language sql immutable
  return array['search_name', 'search_word', 'match_checked', 'merge', 'merge_move', 'same_person', 'same_family', 'name_group', 'note_seen',
    'words_counted', 'kept_person', 'withheld_area', 'access_request', 'urgent_use', 'cover', 'listed_word', 'listed_word_change', 'clock',
    'day_off', 'visit_arrived'];

-- What a text of SQL reads, where it reads the record: the views of the same names.
create function past.reads_then(said text, also text default '') returns text language sql stable set search_path = '' as $$
  select regexp_replace(said, '\mrecord\.(' || string_agg(c.relname, '|') || case also when '' then '' else '|' || also end || ')\M', '"then".\1', 'g')
  from pg_catalog.pg_class c where c.relnamespace = '"then"'::regnamespace
$$;

-- Keeps the past of a table from now on, and makes the view of it. A later migration calls it for a table that it makes.
-- `seen`: what must be true today for an earlier version to be seen at all; `says`: what stands for a column of an earlier version,
-- by today's rule. Both name the earlier version `earlier`.
create procedure past.keep(of_table text, seen text default null, says jsonb default '{}')
language plpgsql set search_path = '' as $keep$
declare
  it regclass := ('record.' || quote_ident(of_table))::regclass;
  -- In everything below %1$s is the table, %2$s its columns, %3$s whether `p` and `g` are one row.
  columns text[];
  listed text;
  key text[];
  owners text[];
  same text;
  body text;
  policy record;
begin
  execute format('alter table %s add column if not exists recorded_at timestamptz not null default now()', it);
  select array_agg(quote_ident(a.attname) order by a.attnum) into columns from pg_catalog.pg_attribute a
   where a.attrelid = it and a.attnum > 0 and not a.attisdropped;
  listed := array_to_string(columns, ', ');
  select array_agg(quote_ident(k)) into key from unnest(record.merge_key(it::text)) k;
  select coalesce(array_agg(c), '{}') into owners from unnest(columns) c where c in ('person_id', 'other_id', 'family_id');
  select string_agg(format('p.%1$s = g.%1$s', k), ' and ') into same from unnest(key) k;

  execute format('create table past.%1$I as select t.*, null::tstzrange as held from %2$s t with no data', of_table, it);
  execute format('alter table past.%1$I alter column held set not null', of_table);
  execute format('create index on past.%1$I (%2$s, upper(held))', of_table, array_to_string(key, ', '));
  execute (select coalesce(string_agg(format('create index on past.%I (%s)', of_table, o), '; '), 'select') from unnest(owners) o where array[o] <> key[1:1]);
  execute format('comment on table past.%1$I is %2$L', of_table, case when obj_description(it) like 'holds no person%' then 'holds no person: earlier versions'
    else 'Earlier versions of the rows of record.' || of_table || ', and when each held' end);

  -- An earlier version is seen by whoever would see it by the rules of the table, today; and, where the application takes no row
  -- out, only by whoever sees the row as it is now: what has been withheld or kept back since is so in the past as well.
  if (select c.relrowsecurity from pg_catalog.pg_class c where c.oid = it) then
    execute format('alter table past.%1$I enable row level security', of_table);
    execute format('alter table past.%1$I force row level security', of_table);
    execute format('create policy owner_keeps on past.%1$I to kith_owner using ((select access.owner_purpose() or coalesce(current_setting(''kith.keeping'', true), '''') = ''on''))
      with check (coalesce(current_setting(''kith.keeping'', true), '''') = ''on'')', of_table);
    for policy in select * from pg_catalog.pg_policies l where l.schemaname = 'record' and l.tablename = of_table and l.cmd in ('SELECT', 'ALL') and 'kith_app' = any (l.roles) loop
      execute format('create policy %I on past.%I as %s for select to kith_app using (%s)', policy.policyname, of_table, policy.permissive, policy.qual);
    end loop;
    if key = array['id'] and not has_table_privilege('kith_app', it, 'delete') then
      execute format('create policy still_seen on past.%1$I as restrictive for select to kith_app
        using ((select true from %2$s live where live.id = any (array[%1$I.id]) limit 1))', of_table, it);
    end if;
    if seen is not null then
      execute format('create policy seen_today on past.%1$I as restrictive for select to kith_app using (%2$s)', of_table, replace(seen, 'earlier.', quote_ident(of_table) || '.'));
    end if;
  end if;

  -- Writes what each row said before it was changed or taken out. It held since the version before it ended, or since it was written.
  -- `gone` and `come` are the rows of the statement before and after.
  body := format('
    insert into past.%1$I (%2$s, held)
    select %2$s, tstzrange(each.since, now()) from (
      select g.*, greatest(g.recorded_at, (select max(upper(p.held)) from past.%1$I p where %3$s)) as since from gone g) each
    where each.since < now();', of_table, listed, same);
  if key <> array['id'] then
    -- The key may change: a version that begins and ends now says since when the row is known by this one.
    body := body || format('
    if tg_op = ''UPDATE'' then
      insert into past.%1$I (%2$s, held) select %2$s, tstzrange(now(), now(), ''[]'') from come p
      where p.recorded_at < now() and not exists (select from gone g where %3$s);
    end if;', of_table, listed, same);
  end if;
  if cardinality(owners) > 0 then
    -- Two records are made one, or parted again: the past of a row goes with it. Such statements move one row each.
    body := format('
    if tg_op = ''UPDATE'' and coalesce(current_setting(''kith.purpose'', true), '''') = ''merging'' then
      if (select count(*) from come) = 1 then
      update past.%1$I p set %4$s from gone g, come c where %3$s and (%5$s) is distinct from (%6$s);
      insert into past.%1$I (%2$s, held)
      select %2$s, tstzrange(each.since, now()) from (
        select g.*, greatest(g.recorded_at, (select max(upper(p.held)) from past.%1$I p where %3$s)) as since
        from (select %7$s from gone g, come c) g, come c where (%8$s) is distinct from (%9$s)) each
      where each.since < now();', of_table, listed, same,
      (select string_agg(format('%1$s = c.%1$s', o), ', ') from unnest(owners) o),
      (select string_agg('p.' || o, ', ') from unnest(owners) o), (select string_agg('c.' || o, ', ') from unnest(owners) o),
      (select string_agg(case when x = any (owners) then 'c.' else 'g.' end || x, ', ' order by n) from unnest(columns) with ordinality each (x, n)),
      (select string_agg('g.' || x, ', ' order by n) from unnest(columns) with ordinality each (x, n)),
      (select string_agg('c.' || x, ', ' order by n) from unnest(columns) with ordinality each (x, n)))
      || case when key <> array['id'] then format('
      insert into past.%1$I (%2$s, held) select %2$s, tstzrange(now(), now(), ''[]'') from come p
      where p.recorded_at < now() and not exists (select from (select %4$s from gone g, come c) g where %3$s);', of_table, listed, same,
        (select string_agg(case when x = any (owners) then 'c.' else 'g.' end || x, ', ' order by n) from unnest(columns) with ordinality each (x, n))) else '' end
      || '
      perform set_config(''kith.keeping'', '''', true);
      return null;
      end if;
    end if;' || body;
  end if;
  execute format('create function past.keep_%1$s() returns trigger language plpgsql security definer set search_path = '''' as $body$
  begin
    perform set_config(''kith.keeping'', ''on'', true); %2$s
    perform set_config(''kith.keeping'', '''', true);
    return null;
  end $body$', of_table, body);
  execute format('create trigger past_changed after update on %2$s referencing old table as gone new table as come for each statement execute function past.keep_%1$s()', of_table, it);
  execute format('create trigger past_taken_out after delete on %2$s referencing old table as gone for each statement execute function past.keep_%1$s()', of_table, it);
  -- A row that is put back as it was (a merge undone) was not there meanwhile.
  execute format('create function past.put_back_%1$s() returns trigger language plpgsql security definer set search_path = '''' as $body$
  begin
    perform set_config(''kith.keeping'', ''on'', true);
    insert into past.%1$I (%2$s, held) select %3$s, tstzrange(now(), now(), ''[]'') where exists (select from past.%1$I p where %4$s);
    perform set_config(''kith.keeping'', '''', true);
    return null;
  end $body$', of_table, listed, (select string_agg('new.' || x, ', ' order by n) from unnest(columns) with ordinality each (x, n)),
    (select string_agg(format('p.%1$s = new.%1$s', k), ' and ') from unnest(key) k));
  execute format('create trigger past_put_back after insert on %2$s for each row when (new.recorded_at < now()) execute function past.put_back_%1$s()', of_table, it);
  execute format('revoke all on function past.keep_%1$s, past.put_back_%1$s from public', of_table);

  -- Whether a row has become what it is only since.
  execute format('create function past.later_%1$s(%2$s, at timestamptz) returns boolean
    language plpgsql stable security definer set search_path = '''' as $body$
  declare later boolean;
  begin
    perform set_config(''kith.keeping'', ''on'', true);
    later := exists (select from past.%1$I p where %3$s and upper(p.held) > at);
    perform set_config(''kith.keeping'', '''', true);
    return later;
  end $body$', of_table,
    (select string_agg(format_type(a.atttypid, null), ', ' order by n) from unnest(key) with ordinality each (k, n)
      join pg_catalog.pg_attribute a on a.attrelid = it and quote_ident(a.attname) = k),
    (select string_agg(format('p.%s = $%s', k, n), ' and ') from unnest(key) with ordinality each (k, n)));
  execute format('revoke all on function past.later_%1$s from public', of_table);
  execute format('create view "then".%1$I with (security_invoker = true) as
    select %2$s from %3$s t where t.recorded_at <= (select "then".at()) and not past.later_%1$s(%4$s, (select "then".at()))
    union all
    select %5$s from past.%1$I earlier where earlier.held @> (select "then".at()) and upper(earlier.held) > (select "then".at())
        and lower(earlier.held) < upper(earlier.held)%6$s', of_table,
    (select string_agg('t.' || x, ', ' order by n) from unnest(columns) with ordinality each (x, n)), it,
    (select string_agg('t.' || k, ', ' order by n) from unnest(key) with ordinality each (k, n)),
    (select string_agg(coalesce('(' || (says ->> x) || ')', 'earlier.' || x), ', ' order by n) from unnest(columns) with ordinality each (x, n)),
    coalesce(' and ' || seen, ''));
  if has_table_privilege('kith_app', it, 'select') then
    execute format('grant select on past.%1$I, "then".%1$I to kith_app', of_table);
    execute format('grant execute on function past.later_%1$s to kith_app', of_table);
  end if;
end $keep$;

-- Makes the same function read the record as it stood. Only for functions that read and write nothing; who may see what, they ask
-- of today.
create procedure past.read_then(of_function regprocedure) language plpgsql set search_path = '' as $$
declare
  name text := (select p.proname from pg_catalog.pg_proc p where p.oid = of_function);
begin
  execute regexp_replace(past.reads_then(pg_get_functiondef(of_function), name), '\mcurrent_date\M', '(select "then".day())', 'gi');
  execute format('revoke all on function "then".%I from public', name);
  if has_function_privilege('kith_app', of_function, 'execute') then
    execute format('grant execute on function "then".%I to kith_app', name);
  end if;
end $$;
revoke all on procedure past.keep, past.read_then from public;
revoke all on function "then".at, "then".day, past.left_out, past.reads_then from public;
grant execute on function "then".at, "then".day to kith_app;

-- The area of a family that lives where nobody may be told is not told of earlier days either. The application reads the area of an
-- earlier version through this alone.
create function past.area_then(of_family uuid, at timestamptz, out locality text, out simd_decile smallint)
language plpgsql stable security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'withholding', true);
  select p.locality, p.simd_decile into area_then.locality, area_then.simd_decile
    from past.family p join record.family live on live.id = p.id and not live.area_withheld
   where p.id = of_family and p.held @> at and upper(p.held) > at
     and exists (select from access.my_reason r where r.subject = of_family and r.scope = 'practice');
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function past.area_then from public;
grant execute on function past.area_then to kith_app;
call past.keep('family', says => jsonb_build_object(
  'area_withheld', 'earlier.area_withheld or coalesce((select live.area_withheld from record.family live where live.id = any (array[earlier.id])), true)',
  'locality', '(past.area_then(earlier.id, "then".at())).locality',
  'simd_decile', '(past.area_then(earlier.id, "then".at())).simd_decile'));
revoke select on past.family from kith_app;
grant select (id, name, area_withheld, version, created_at, recorded_at, held) on past.family to kith_app;
-- On a past day an address is seen by whoever sees that somebody's home was there, also if that was corrected since.
call past.keep('home');
create index on past.home (address_id);
create policy seen_then on record.address for select to kith_app
  using (not withheld and (select "then".at() is not null) and (select true from past.home h where h.address_id = any (array[address.id]) limit 1));
call past.keep('address', says => jsonb_build_object(
  'withheld', 'earlier.withheld or coalesce((select live.withheld from record.address live where live.id = any (array[earlier.id])), true)'));
-- Who is in a family is seen of earlier days by whoever sees them in it today, and whom a restricted family keeps is kept.
call past.keep('family_member',
  seen => '(select true from record.family_member live where live.person_id = any (array[earlier.person_id]) and live.family_id = earlier.family_id limit 1)',
  says => jsonb_build_object('kept_to',
    '(select live.kept_to from record.family_member live where live.person_id = any (array[earlier.person_id]) and live.family_id = earlier.family_id limit 1)'));

do $$
declare
  each record;
begin
  for each in select c.relname::text as name from pg_class c where c.relnamespace = 'record'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and c.relname <> all (past.left_out()) and c.relname not in ('family', 'home', 'address', 'family_member') order by 1 loop
    call past.keep(each.name);
  end loop;
  -- Views that read with the rights of whoever asks.
  for each in select c.oid, c.relname::text as name from pg_class c where c.relnamespace = 'record'::regnamespace and c.relkind = 'v'
      and 'security_invoker=true' = any (c.reloptions) loop
    execute format('create view "then".%I with (security_invoker = true) as %s', each.name,
      regexp_replace(past.reads_then(pg_get_viewdef(each.oid)), '\mnow\(\)', '(select "then".at())', 'g'));
    execute format('grant select on "then".%I to kith_app', each.name);
  end loop;
end $$;

call past.read_then('record.brothers_and_sisters_elsewhere(uuid[])');
