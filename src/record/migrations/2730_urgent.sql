-- Urgent access and its review.

create table record.urgent_use (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  account_id uuid not null references access.account,
  why text not null check (length(why) between 20 and 2000),
  asked_at timestamptz not null default now(),
  until timestamptz,
  reviewers uuid[] not null,
  second_by uuid references access.account,
  second_at timestamptz,
  refused boolean not null default false,
  verdict text check (verdict in ('right', 'not right')),
  verdict_words text check (length(verdict_words) between 1 and 2000),
  reviewed_by uuid references access.account,
  reviewed_at timestamptz,
  check (reviewed_by <> account_id and second_by <> account_id),
  check ((verdict is null) = (reviewed_by is null) and (verdict is null) = (reviewed_at is null) and (verdict is null) = (verdict_words is null))
);
comment on table record.urgent_use is 'Access taken in an emergency: why, until when, and what a manager said of it afterwards';
comment on column record.urgent_use.until is 'Null while a restricted record waits for a senior manager, or when it was refused';
comment on column record.urgent_use.reviewers is 'The posts of those who manage the family''s workers and whoever asked';
create index urgent_use_family on record.urgent_use (family_id, asked_at desc);
create index urgent_use_account on record.urgent_use (account_id);
create index urgent_use_open on record.urgent_use (asked_at) where verdict is null and not refused;
create index urgent_use_second_by on record.urgent_use (second_by);
create index urgent_use_reviewed_by on record.urgent_use (reviewed_by);
call record.protect_family_table('record.urgent_use', listed => true);
revoke insert, update on record.urgent_use from kith_app;

create function record.urgent_hours() returns integer language sql stable
  return coalesce((select (f.value #>> '{}')::integer from platform.fact f where f.name = 'urgent-hours'), 8);

create function record.set_urgent_hours(hours integer) returns void language plpgsql security definer set search_path = '' as $$
begin
  if not access.has_role('senior-manager') then raise exception 'only a senior manager' using errcode = 'KT403'; end if;
  insert into platform.fact (name, value) values ('urgent-hours', to_jsonb(hours))
  on conflict (name) do update set value = excluded.value;
end $$;

-- The families of exactly one person, or one family: by a link, a number, or a name with a date of birth. Sealed ones are not
-- found; of somebody whom a restricted family keeps, only that family.
create function record.one_record(typed text, typed_born date, typed_number text, linked uuid) returns table (family_id uuid, whose uuid)
language sql stable as $$
  with named as (
    select i.person_id as id from record.identifier i
     where linked is null and typed_number <> '' and i.value in (typed_number, upper(replace(typed_number, ' ', '')))
    union
    select p.id from record.person p
     where linked is null and typed_number = '' and typed <> '' and (
       typed_born is not null and p.date_of_birth = typed_born
         and lower(p.given_name || ' ' || p.family_name) operator(public.%) lower(typed)
         and public.similarity(lower(p.given_name || ' ' || p.family_name), lower(typed)) >= 0.45
       or typed_born is null and lower(p.given_name || ' ' || p.family_name) = lower(typed))
    union
    select p.id from record.person p where p.id = record.kept_id(linked))
  select unnest(coalesce(m.kept_to, array[m.family_id])), m.person_id
    from named join record.family_member m on m.person_id = any (array[named.id])
   where not access.is_sealed(m.family_id) and not record.is_sealed(m.person_id)
  union
  select f.id, f.id from record.family f where f.id = record.kept_id(linked) and not access.is_sealed(f.id)
$$;

create function record.give_urgent(of_use uuid) returns void language plpgsql as $$
declare given record.urgent_use;
begin
  update record.urgent_use set until = now() + make_interval(hours => record.urgent_hours()) where id = of_use returning * into given;
  insert into access.reason (subject, holder, kind, scope, until, about_record, given_by)
  values (given.family_id, given.account_id, 'urgent', 'practice', given.until, given.id, access.account_id());
end $$;

-- Breaks the glass: at once, for so many hours, written down and told to those who manage the family's workers and the asker.
-- A restricted record waits for a senior manager.
create function record.take_urgent(typed text, typed_born date, typed_number text, linked uuid, words text)
returns table (use_id uuid, family_id uuid, until timestamptz) language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  found_families uuid[];
  whose integer;
  each_family uuid;
  made uuid;
  whom uuid;
  posts uuid[];
begin
  perform set_config('kith.purpose', 'finding', true);
  select array_agg(distinct o.family_id), count(distinct o.whose) into found_families, whose
    from record.one_record(typed, typed_born, typed_number, linked) o;
  if found_families is null then raise exception 'nothing' using errcode = '23514', constraint = 'nothing_fits'; end if;
  if whose > 1 then raise exception 'several' using errcode = '23514', constraint = 'several_fit'; end if;
  if not exists (select from unnest(found_families) f where not exists (
      select from access.my_reason r where r.subject = f and r.scope = 'practice')) then
    raise exception 'sees it' using errcode = '23514', constraint = 'sees_it_already';
  end if;
  foreach each_family in array found_families loop
    continue when exists (select from access.my_reason r where r.subject = each_family and r.scope = 'practice');
    posts := record.manager_posts(array_append(array(
        select r.holder from access.reason r where r.subject = each_family and record.works_with(r.kind) and r.since <= now()
          and (r.until is null or r.until > now())), access.account_id()))
      || record.manager_posts(array[access.account_id()]);
    if access.is_restricted(each_family) or cardinality(posts) = 0 then
      posts := posts || array(select p.id from access.post p where p.role_id = 'senior-manager');
    end if;
    insert into record.urgent_use (family_id, account_id, why, reviewers)
    values (each_family, access.account_id(), words, array(select distinct p from unnest(posts) p)) returning id into made;
    if not access.is_restricted(each_family) then perform record.give_urgent(made); end if;
    for whom in select distinct p from unnest(posts) p loop
      perform platform.tell(whom, case when access.is_restricted(each_family) then 'Somebody asks for urgent access to a restricted record. A senior manager has to decide it.'
        else 'Somebody has taken urgent access to a record. Review it.' end, '/access/reviews', '{}');
    end loop;
  end loop;
  return query select u.id, u.family_id, u.until from record.urgent_use u
    where u.account_id = access.account_id() and u.family_id = any (found_families) and u.asked_at = now() and u.verdict is null;
  perform set_config('kith.purpose', purpose, true);
end $$;

-- Whether whoever asks reviews this use: as one who manages those concerned; never one's own.
create function record.reviews(of_use record.urgent_use) returns boolean language sql stable
  return of_use.account_id is distinct from access.account_id() and (of_use.reviewers && access.holders()
    or access.has_role('senior-manager') and exists (select from unnest(access.holders()) mine
      where record.organisations_of(mine) && record.organisations_of(of_use.account_id)));

create function record.urgent_reviews(most integer) returns table (use_id uuid, family_id uuid, family_name text, who text, post text, why text,
  asked_at timestamptz, until timestamptz, times_looked integer, waits_for_second boolean, may_decide boolean, verdict text, verdict_words text,
  reviewed_by text, refused boolean)
language plpgsql security definer set search_path = '' as $$
declare purpose text := coalesce(current_setting('kith.purpose', true), '');
begin
  perform set_config('kith.purpose', 'finding', true);
  return query
  select u.id, u.family_id, case when u.until is null and not access.has_role('senior-manager') then null else f.name end, a.name,
    record.post_of(u.account_id), u.why, u.asked_at, u.until,
    -- The pages of people in the family are about them, not about it. Taking the access is no look.
    (select count(*)::int from audit.event e where e.account_id = u.account_id and e.at between u.asked_at and u.until and e.name <> 'knowing.urgent'
      and e.about && (array[u.family_id] || array(select m.person_id from record.family_member m where m.family_id = u.family_id))),
    u.until is null and not u.refused, access.has_role('senior-manager'), u.verdict, u.verdict_words, r.name, u.refused
  from record.urgent_use u join record.family f on f.id = u.family_id join access.account a on a.id = u.account_id
    left join access.account r on r.id = u.reviewed_by
  where record.reviews(u) and (u.verdict is null and not u.refused or coalesce(u.reviewed_at, u.second_at) > now() - interval '90 days')
  order by u.verdict is not null or u.refused, u.asked_at desc limit least(most, 200);
  perform set_config('kith.purpose', purpose, true);
end $$;

create function record.review_urgent(of_use uuid, said text, words text) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  u record.urgent_use;
begin
  perform set_config('kith.purpose', 'finding', true);
  select * into u from record.urgent_use each where each.id = of_use for update;
  if u.id is null or not record.reviews(u) or u.until is null then raise exception 'not yours to review' using errcode = 'KT403'; end if;
  if u.verdict is not null then raise exception 'reviewed' using errcode = '23514', constraint = 'reviewed_already'; end if;
  update record.urgent_use set verdict = said, verdict_words = words, reviewed_by = access.account_id(), reviewed_at = now() where id = of_use;
  if said = 'not right' then
    perform record.end_reasons(r.subject, array[r.id]) from access.reason r
     where r.about_record = of_use and r.kind = 'urgent' and r.until > clock_timestamp();
  end if;
  perform platform.tell(u.account_id, case said when 'right' then 'Your urgent access was reviewed: it was right.'
    else 'Your urgent access was reviewed: it was not right. Speak to your manager.' end, '/access/urgent', '{}');
  perform set_config('kith.purpose', purpose, true);
  return u.family_id;
end $$;

-- The second step for a restricted record: a senior manager who is not the asker gives it or refuses.
create function record.second_step(of_use uuid, give boolean) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  u record.urgent_use;
begin
  perform set_config('kith.purpose', 'finding', true);
  select * into u from record.urgent_use each where each.id = of_use for update;
  if u.id is null or not record.reviews(u) or not access.has_role('senior-manager') then
    raise exception 'not yours to decide' using errcode = 'KT403';
  end if;
  if u.until is not null or u.refused then raise exception 'decided' using errcode = '23514', constraint = 'reviewed_already'; end if;
  update record.urgent_use set second_by = access.account_id(), second_at = now(), refused = not give where id = of_use;
  if give then perform record.give_urgent(of_use); end if;
  perform platform.tell(u.account_id, case when give then 'Urgent access to a restricted record is yours for a short time.'
    else 'Urgent access to a restricted record was refused. Speak to your manager.' end,
    case when give then '/families/' || u.family_id else '/access/urgent' end, case when give then array[u.family_id] else '{}' end);
  perform set_config('kith.purpose', purpose, true);
  return u.family_id;
end $$;

revoke all on function record.set_urgent_hours, record.one_record, record.give_urgent, record.take_urgent, record.urgent_reviews,
  record.review_urgent, record.second_step from public;
grant execute on function record.set_urgent_hours, record.take_urgent, record.urgent_reviews, record.review_urgent, record.second_step
  to kith_app;
