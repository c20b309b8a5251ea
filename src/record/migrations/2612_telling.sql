-- Whoever works with somebody is told that two records of them were made one, or are two again: once each, with the record that they see.
create function record.merge_tell(of_merge uuid, undone boolean) returns void
language plpgsql set search_path = '' as $$
declare
  merged record.merge;
  whom record;
begin
  select * into merged from record.merge m where m.id = of_merge;
  for whom in
    select distinct on (them.account) them.account, seen.family, seen.id
    from (
      select m.family_id as family, m.person_id as id from record.family_member m
       where merged.of = 'person' and m.person_id = any (array[merged.kept, merged.gone])
         and (m.kept_to is null or m.family_id = any (m.kept_to))
      union select each.id, each.id from unnest(array[merged.kept, merged.gone]) each (id) where merged.of = 'family') seen
    join access.reason r on r.subject = seen.family and (record.works_with(r.kind) or r.kind = 'cover')
      and r.since <= now() and (r.until is null or r.until > clock_timestamp())
    cross join lateral (
      select a.id as account from access.account a where a.id = r.holder
      union all select h.account_id from access.holding h where h.post_id = r.holder and h.during @> now()
        and (r.not_for is null or h.account_id <> all (r.not_for))) them
    order by them.account, seen.id = merged.kept desc, seen.family
  loop
    perform platform.tell(whom.account, case merged.of
        when 'person' then case when undone
          then 'Two records that had been made one are two again: they are of two people. Look whether what was written since stands with the right one.'
          else 'Two records of somebody you work with were made one: they are of one person. Others who work with them see this record too.' end
        else case when undone
          then 'Two family records that had been made one are two again. Look whether what was written since stands with the right one.'
          else 'Two records of a family you work with were made one. Everybody who works with either sees the whole family.' end end,
      case merged.of when 'person' then '/people/' else '/families/' end || whom.id, array[whom.family]);
  end loop;
end $$;
revoke all on function record.merge_tell from public;
