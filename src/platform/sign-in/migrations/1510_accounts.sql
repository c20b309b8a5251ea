-- Looking after accounts: the functions behind the account pages. Those for administrators ask for the role themselves, so a
-- forgotten check elsewhere opens nothing; the owner role (the command line) may use them too.

-- The organisations whose people whoever asks looks after: an administrator their own; a system administrator, who is the lead
-- partner's, and the command line every one.
create function sign_in.my_organisations() returns setof uuid language sql stable security definer set search_path = '' as $$
  select o.id from access.organisation o where access.has_role('system-administrator') or session_user = 'kith_owner'
  union
  select t.organisation_id from access.holding h join access.post p on p.id = h.post_id join access.team t on t.id = p.team_id
   where h.account_id = access.account_id() and h.during @> now() and p.role_id = 'administrator' and access.has_role('administrator')
$$;

-- Where somebody belongs: with the posts they hold or are going to hold; when there is none, with the last.
create function sign_in.belongs(of_account uuid) returns table (organisation_id uuid, role_id text)
language sql stable security definer set search_path = '' as $$
  with held as (
    select t.organisation_id, p.role_id, h.during, upper(h.during) is null or upper(h.during) > now() as live
    from access.holding h join access.post p on p.id = h.post_id join access.team t on t.id = p.team_id where h.account_id = of_account)
  select organisation_id, role_id from held where live
  union all
  (select organisation_id, role_id from held where not exists (select from held where live) order by upper(during) desc limit 1)
$$;

-- Whether whoever asks looks after this account. An administrator does when it belongs to their own organisation alone; never that
-- of a system administrator, whose password would make them one.
create function sign_in.manages(of_account uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select access.has_role('system-administrator') or session_user = 'kith_owner'
    or exists (select from sign_in.belongs(of_account)) and not exists (
      select from sign_in.belongs(of_account) b
       where b.role_id = 'system-administrator' or b.organisation_id not in (select sign_in.my_organisations()))
$$;

create function sign_in.check_administrator(not_about uuid default null) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not (access.has_role('administrator') or access.has_role('system-administrator')) and session_user <> 'kith_owner' then
    raise exception 'only an administrator' using errcode = 'KT403';
  end if;
  -- Nobody widens what they themselves may see, nor loosens their own sign-in: a second administrator must do it.
  if not_about = access.account_id() then
    raise exception 'one''s own account' using errcode = 'KT422', constraint = 'own_account';
  end if;
  if not_about is not null and not sign_in.manages(not_about) then
    raise exception 'of another organisation' using errcode = 'KT403';
  end if;
end $$;

-- A team of one's own organisations, and a role that one may give: a system administrator is made only by another.
create function sign_in.check_post(in_team uuid, as_role text) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator();
  if exists (select from access.team t where t.id = in_team and t.organisation_id not in (select sign_in.my_organisations()))
    or (as_role = 'system-administrator' and not access.has_role('system-administrator') and session_user <> 'kith_owner') then
    raise exception 'of another organisation' using errcode = 'KT403';
  end if;
end $$;

create function sign_in.check_account(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform from access.account a where a.id = of_account and a.left_at is null for update;
  if not found then raise exception 'no such account' using errcode = 'KT422', constraint = 'account_gone'; end if;
end $$;

create function sign_in.midnight(day date) returns timestamptz language sql stable
  return day::timestamp at time zone 'Europe/London';

create function sign_in.hold_post(to_account uuid, in_team uuid, as_role text, starts date, last_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  its uuid;
  made uuid;
begin
  insert into access.post (team_id, role_id) values (in_team, as_role) on conflict do nothing;
  select p.id into its from access.post p where p.team_id = in_team and p.role_id = as_role;
  insert into access.holding (account_id, post_id, during)
  values (to_account, its, tstzrange(sign_in.midnight(starts), sign_in.midnight(last_day + 1))) returning id into made;
  return made;
end $$;

-- An account begins with a post, so that it belongs to an organisation from the first.
create function sign_in.add_account(called text, mail text, in_team uuid, as_role text, starts date, last_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform sign_in.check_post(in_team, as_role);
  insert into access.account (name, email) values (called, mail) returning id into made;
  perform sign_in.hold_post(made, in_team, as_role, starts, last_day);
  return made;
end $$;

create function sign_in.correct_account(of_account uuid, called text, mail text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator();
  if not sign_in.manages(of_account) then raise exception 'of another organisation' using errcode = 'KT403'; end if;
  perform sign_in.check_account(of_account);
  -- An open invitation was made out to the old e-mail.
  delete from sign_in.invitation i using access.account a
   where i.account_id = of_account and i.used_at is null and a.id = of_account and lower(a.email) is distinct from lower(mail);
  update access.account set name = called, email = mail where id = of_account;
end $$;

create function sign_in.give_post(to_account uuid, in_team uuid, as_role text, starts date, last_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator(not_about => to_account);
  perform sign_in.check_post(in_team, as_role);
  perform sign_in.check_account(to_account);
  return sign_in.hold_post(to_account, in_team, as_role, starts, last_day);
end $$;

create function sign_in.stand_in(to_account uuid, for_holding uuid, starts date, last_day date) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform sign_in.check_administrator(not_about => to_account);
  perform sign_in.check_post(p.team_id, p.role_id) from access.holding h join access.post p on p.id = h.post_id where h.id = for_holding;
  perform sign_in.check_account(to_account);
  insert into access.holding (account_id, post_id, during, standing_in_for)
  select to_account, h.post_id, tstzrange(sign_in.midnight(starts), sign_in.midnight(last_day + 1)), h.account_id
    from access.holding h where h.id = for_holding and h.account_id <> to_account
     and h.during && tstzrange(sign_in.midnight(starts), sign_in.midnight(last_day + 1))
  returning id into made;
  if made is null then
    raise exception 'no such post' using errcode = 'KT422', constraint = 'nothing_to_stand_in_for';
  end if;
  return made;
end $$;

-- Ends a post after a last day, or at once. A post that would end before it began is taken back altogether.
create function sign_in.end_post(of_holding uuid, last_day date) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  held record;
  ends timestamptz := coalesce(sign_in.midnight(last_day + 1), now());
begin
  select h.account_id, lower(h.during) as starts, upper(h.during) as ended, p.team_id, p.role_id into held
    from access.holding h join access.post p on p.id = h.post_id where h.id = of_holding for update of h;
  if not found then raise exception 'no such post' using errcode = 'KT403'; end if;
  -- A post in one's own organisation can be ended whoever else the holder works for.
  perform sign_in.check_post(held.team_id, held.role_id);
  if held.account_id = access.account_id() then perform sign_in.check_administrator(not_about => held.account_id); end if;
  if held.ended <= now() then
    raise exception 'it has ended' using errcode = 'KT422', constraint = 'post_ended';
  end if;
  if ends < now() then
    raise exception 'the past cannot be changed' using errcode = 'KT422', constraint = 'post_end_past';
  end if;
  if held.starts >= ends then
    delete from access.holding where id = of_holding;
  else
    update access.holding set during = tstzrange(held.starts, ends) where id = of_holding;
  end if;
  return held.account_id;
end $$;

-- Somebody has left: sessions (by trigger), posts and personal reasons end at once.
create function sign_in.leave(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator(not_about => of_account);
  perform sign_in.check_account(of_account);
  update access.account set left_at = now() where id = of_account;
  delete from access.holding where account_id = of_account and lower(during) >= now();
  update access.holding set during = tstzrange(lower(during), now()) where account_id = of_account and during @> now();
  update access.reason set until = greatest(now(), since + interval '1 microsecond')
   where holder = of_account and (until is null or until > now());
  delete from sign_in.step where account_id = of_account;
  delete from sign_in.invitation where account_id = of_account;
end $$;

-- Whoever comes back has no posts, and must be given a way to sign in again.
create function sign_in.come_back(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator(not_about => of_account);
  update access.account set left_at = null where id = of_account and left_at is not null;
  if not found then raise exception 'they are here' using errcode = 'KT422', constraint = 'not_left'; end if;
  delete from sign_in.password where account_id = of_account;
  delete from sign_in.identity where account_id = of_account;
end $$;

-- A password made by an administrator: good for signing in once, to choose another. The second step stays as it is.
create function sign_in.give_password(to_account uuid, new_phc text, ends timestamptz) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator(not_about => to_account);
  perform sign_in.check_account(to_account);
  perform from access.account a where a.id = to_account and a.email is not null;
  if not found then raise exception 'no e-mail' using errcode = 'KT422', constraint = 'no_email'; end if;
  insert into sign_in.password (account_id, phc, must_change, expires_at) values (to_account, new_phc, true, ends)
  on conflict (account_id) do update set phc = excluded.phc, changed_at = now(), must_change = true, expires_at = excluded.expires_at;
  delete from sign_in.step where account_id = to_account;
  -- Whoever was locked out by too many tries need not wait for the new one.
  delete from sign_in.attempt where key in (
    select sha256(convert_to('name:' || lower(a.email), 'UTF8')) from access.account a where a.id = to_account);
  update access.session set ended_at = now() where account_id = to_account and ended_at is null;
end $$;

create function sign_in.forget_second_step(of_account uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator(not_about => of_account);
  perform sign_in.check_account(of_account);
  delete from sign_in.totp where account_id = of_account;
  delete from sign_in.passkey where account_id = of_account;
  delete from sign_in.step where account_id = of_account;
  update access.session set ended_at = now() where account_id = of_account and ended_at is null;
end $$;

-- Invites to single sign-on, or invites again: an earlier link to somebody at the provider is undone.
create function sign_in.invite(to_account uuid) returns void language plpgsql security definer set search_path = '' as $$
declare mail text;
begin
  perform sign_in.check_administrator(not_about => to_account);
  perform sign_in.check_account(to_account);
  select a.email into mail from access.account a where a.id = to_account;
  if mail is null then raise exception 'no e-mail' using errcode = 'KT422', constraint = 'no_email'; end if;
  delete from sign_in.identity where account_id = to_account;
  insert into sign_in.invitation (account_id, email, invited_by) values (to_account, mail, access.account_id())
  on conflict (account_id) do update set email = excluded.email, invited_by = excluded.invited_by, invited_at = now(), used_at = null;
end $$;

create function sign_in.add_organisation(called text, sort text) returns uuid language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform sign_in.check_administrator();
  if not access.has_role('system-administrator') and session_user <> 'kith_owner' then
    raise exception 'only a system administrator' using errcode = 'KT403';
  end if;
  insert into access.organisation (name, kind) values (called, sort) returning id into made;
  return made;
end $$;

create function sign_in.add_team(of_organisation uuid, called text, of_service text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare made uuid;
begin
  perform sign_in.check_administrator();
  if exists (select from access.organisation o where o.id = of_organisation) and of_organisation not in (select sign_in.my_organisations()) then
    raise exception 'of another organisation' using errcode = 'KT403';
  end if;
  insert into access.team (organisation_id, name, service) values (of_organisation, called, of_service) returning id into made;
  return made;
end $$;

-- Every account of one's own organisations, for administrators: with e-mails, which nobody else is shown. `managed`: belongs to no other
-- organisation besides, so that whoever asks looks after how they sign in.
create function sign_in.accounts() returns table (
  id uuid, name text, email text, left_at timestamptz, created_at timestamptz, last_seen timestamptz,
  has_password boolean, one_time_until timestamptz, has_code boolean, passkeys integer, single boolean, invited boolean, posts text, managed boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform sign_in.check_administrator();
  return query
  select a.id, a.name, a.email, a.left_at, a.created_at,
    (select max(s.seen_at) from access.session s where s.account_id = a.id),
    p.account_id is not null, case when p.must_change then p.expires_at end,
    exists (select from sign_in.totp t where t.account_id = a.id),
    (select count(*)::integer from sign_in.passkey k where k.account_id = a.id),
    exists (select from sign_in.identity i where i.account_id = a.id),
    exists (select from sign_in.invitation i where i.account_id = a.id and i.used_at is null),
    coalesce((select string_agg(r.title || ', ' || t.name, '; ' order by lower(h.during))
      from access.holding h join access.post x on x.id = h.post_id join access.role r on r.id = x.role_id
      join access.team t on t.id = x.team_id where h.account_id = a.id and h.during @> now()), ''),
    sign_in.manages(a.id)
    from access.account a left join sign_in.password p on p.account_id = a.id
   where sign_in.manages(a.id)
      or exists (select from sign_in.belongs(a.id) b where b.organisation_id in (select sign_in.my_organisations()));
end $$;

-- What one's own account page shows.
create function sign_in.me() returns table (
  email text, has_password boolean, password_changed timestamptz, code_since timestamptz, single boolean, passkeys jsonb)
language sql stable security definer set search_path = '' as $$
  select a.email, p.account_id is not null, p.changed_at,
    (select t.confirmed_at from sign_in.totp t where t.account_id = a.id),
    exists (select from sign_in.identity i where i.account_id = a.id),
    coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'madeAt', k.made_at, 'usedAt', k.used_at) order by k.made_at)
      from sign_in.passkey k where k.account_id = a.id), '[]')
    from access.account a left join sign_in.password p on p.account_id = a.id where a.id = access.account_id()
$$;

-- What others have done to one's own account: nobody's sign-in is changed behind their back.
create function sign_in.done_to_me() returns table (at timestamptz, name text, by_name text)
language sql stable security definer set search_path = '' as $$
  select e.at, e.name, coalesce(a.name, 'the command line') from audit.event e left join access.account a on a.id = e.account_id
   where e.about @> array[access.account_id()] and e.account_id is distinct from access.account_id() and e.kind in ('action', 'system')
   order by e.at desc limit 20
$$;

create function sign_in.end_own_session(which uuid) returns boolean language sql security definer set search_path = '' as $$
  with ended as (
    update access.session set ended_at = now() where id = which and account_id = access.account_id() and ended_at is null returning 1)
  select exists (select from ended)
$$;

-- The last second step of somebody with a password stays until there is another.
create function sign_in.remove_passkey(which text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform from access.account a where a.id = access.account_id() for update;
  if not exists (select from sign_in.totp t where t.account_id = access.account_id())
    and (select count(*) from sign_in.passkey k where k.account_id = access.account_id()) < 2 then
    raise exception 'the only second step' using errcode = 'KT422', constraint = 'only_second_step';
  end if;
  delete from sign_in.passkey k where k.id = which and k.account_id = access.account_id();
  if not found then raise exception 'no such passkey' using errcode = 'KT403'; end if;
end $$;

revoke all on function sign_in.my_organisations, sign_in.belongs, sign_in.manages, sign_in.check_administrator, sign_in.check_post, sign_in.hold_post,
  sign_in.check_account, sign_in.add_account, sign_in.correct_account,
  sign_in.give_post, sign_in.stand_in, sign_in.end_post, sign_in.leave, sign_in.come_back, sign_in.give_password,
  sign_in.forget_second_step, sign_in.invite, sign_in.add_organisation, sign_in.add_team, sign_in.accounts, sign_in.me,
  sign_in.done_to_me, sign_in.end_own_session, sign_in.remove_passkey from public;
grant execute on function sign_in.my_organisations, sign_in.manages, sign_in.add_account, sign_in.correct_account, sign_in.give_post, sign_in.stand_in, sign_in.end_post,
  sign_in.leave, sign_in.come_back, sign_in.give_password, sign_in.forget_second_step, sign_in.invite, sign_in.add_organisation,
  sign_in.add_team, sign_in.accounts, sign_in.me, sign_in.done_to_me, sign_in.end_own_session, sign_in.remove_passkey to kith_app;
grant select (idle_minutes) on access.session to kith_app;
