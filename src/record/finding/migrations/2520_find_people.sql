-- The words that each of these may stand for: itself, a form of the name, one that sounds like it, one a slip of the hand away.
-- `score` is how near, from 0.7 to 1.
create function record.words_like(said text[])
returns table (at_word integer, word text, how text, score real)
language sql stable set search_path = '' as $$
  with typed as (
    select at::integer, w, record.word_sounds(w) as sounds, record.word_slips(w) as slips, 'k' || record.sound_key(w) as key
    from unnest(said) with ordinality t (w, at)
  ), heard as materialized (
    select t.at, v.word, t.w, greatest(length(t.w), length(v.word))::real as size, public.levenshtein(t.w, v.word) as apart,
      t.slips && v.keys as slip, t.key = any (v.keys) as same_key, length(t.key) - 1 as key_size,
      (select count(*) from unnest(t.sounds) sound where sound = any (v.keys)) as sounds_shared
    from typed t join record.search_word v on v.keys && (t.sounds || t.slips) and v.word <> t.w where length(v.word) < 60 and length(t.w) < 60
  ), scored as (
    select h.at, h.word, (case when h.apart = 1 or h.apart = 2 and h.slip then 1 - 0.6 / h.size when h.apart = 2 then 1 - 1.4 / h.size
          when h.apart = 3 and h.size >= 9 then 1 - 2.1 / h.size else 0 end - case when left(h.w, 1) = left(h.word, 1) then 0 else 0.04 end)::real as slip,
      case when h.same_key then least(0.75, 0.35 + 0.1 * h.key_size) + (0.97 - least(0.75, 0.35 + 0.1 * h.key_size)) * (1 - h.apart / h.size)
        when h.sounds_shared > 1 then 0.5 + 0.45 * (1 - h.apart / h.size) when h.sounds_shared = 1 then 0.42 + 0.5 * (1 - h.apart / h.size) else 0 end::real as sound
    from heard h
  ), near as (
    select distinct on (s.at, s.word) s.at, s.word, case when s.sound > s.slip then 'sound' else 'slip' end as how, greatest(s.sound, s.slip) as score
    from scored s where greatest(s.sound, s.slip) >= 0.7
  ), far as (
    -- Two slips in a long word that sounds like nothing: only then are all words compared.
    select distinct t.at, v.word, 'slip', (0.5 + 0.4 * public.similarity(t.w, v.word))::real
    from typed t join record.search_word v on v.word operator(public.%) t.w
    where length(t.w) > 5 and not exists (select from near n where n.at = t.at and n.score > 0.75)
      and not exists (select from record.search_word known where known.word = t.w) and public.similarity(t.w, v.word) >= 0.5
  ), every (at, word, how, score) as (
    select t.at, t.w, 'same', 1::real from typed t
    union all
    select t.at + side, t.w || next.w, 'same', 0.97 from typed t join typed next on next.at = t.at + 1, generate_series(0, 1) side
    union all
    select t.at, other.name, 'form', 0.93 from typed t join record.name_group mine on mine.name = t.w
      join record.name_group other on other.group_id = mine.group_id and other.name <> t.w
    union all (select * from near order by score desc limit 200)
    union all select * from far
  )
  select distinct on (e.at, e.word) e.at, e.word, e.how, e.score from every e order by e.at, e.word, e.score desc
$$;
revoke all on function record.words_like from public;

-- So many people of whom a name is among these words, and who were born in between if days are given. Materialized, so that the
-- limit does not lead the planner away from the index.
create function record.named(words text[], born_from date, born_to date, most integer) returns uuid[]
language sql stable set search_path = '' as $$
  with each as materialized (
    select s.person_id from record.search_name s
    where s.tokens && words and (born_from is null or s.born between born_from and born_to)
  )
  select array(select person_id from each limit most)
$$;

-- The same of whom a name is among the first words and a name is among the others.
create function record.named(words text[], others text[], most integer) returns uuid[] language sql stable set search_path = '' as $$
  with each as materialized (
    select s.person_id from record.search_name s where s.tokens && words and s.tokens && others
  )
  select array(select person_id from each limit most)
$$;

-- Of these people, the first 40 whom whoever asks may see. With limits, so that each is looked up by index (docs/performance.md).
create function record.seen_among(ids uuid[]) returns uuid[] language sql stable set search_path = '' as $$
  select array(select id from unnest(ids) id where (
    select true from record.family_member m where m.person_id = any (array[id]) and (m.kept_to is null or record.sees_any(m.kept_to))
      and (select true from access.my_reason r where r.subject = m.family_id and r.scope = 'practice' limit 1) limit 1) limit 40)
$$;
revoke all on function record.named(text[], date, date, integer), record.named(text[], text[], integer), record.seen_among from public;

-- The people whom somebody may mean, best first: those whom whoever asks may see, `most` at most; then those whom they may not,
-- five at most, with the teams to ask: only when a given name and a family name are both near, or a number is the same. Their id
-- is there so that the audit trail can say whom the question was about. A sealed record is told of to nobody.
--
-- `postcodes` are whole ones or beginnings ("ML1 1"). `place` is patterns that a whole address must match. A withheld address is
-- as if it were not there.
--
-- First a few hundred people are gathered by index, then these are compared, then those that are best are checked. Somebody who
-- may see few people has all of those gathered, so that they are found by less.
create function record.find_people(said text, born_from date, born_to date, numbers text[], postcodes text[], place text[], most integer)
returns table (person_id uuid, mine boolean, nth integer, why jsonb, ask text[])
language plpgsql security definer set search_path = '' set enable_seqscan = off as $$
#variable_conflict use_column
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  few constant integer := 3000;
  gathered constant integer := 1000;
  enough constant integer := 30;
  words text[] := (string_to_array(record.fold_name(left(coalesce(said, ''), 200)), ' '))[1:6];
  many integer := cardinality(words);
  some_place boolean := cardinality(postcodes) > 0 or cardinality(place) > 0;
  at_words integer[]; likes text[]; hows text[]; scores real[];
  my_people uuid[]; sees_few boolean;
  pool uuid[] := '{}'; numbered uuid[] := '{}'; placed uuid[] := '{}'; places text[] := '{}';
  one text[]; other text[]; begun text[]; wanted integer;
begin
  -- Whoever holds no post sees nobody, and is told of nobody.
  if access.account_id() is null or cardinality(access.holders()) = 0 then return; end if;
  perform set_config('kith.purpose', 'finding', true);

  select coalesce(array_agg(l.at_word), '{}'), coalesce(array_agg(l.word), '{}'), coalesce(array_agg(l.how), '{}'), coalesce(array_agg(l.score), '{}')
    into at_words, likes, hows, scores from record.words_like(words) l where many > 0;
  my_people := array(select m.person_id from access.my_reason r join record.family_member m on m.family_id = r.subject
    where r.scope = 'practice' and (m.kept_to is null or record.sees_any(m.kept_to)) limit few + 1);
  sees_few := cardinality(my_people) <= few;

  if cardinality(numbers) > 0 then
    numbered := array(select distinct i.person_id from record.identifier i
      where i.scheme in ('CHI', 'SCN', 'school', 'social work', 'housing', 'police', 'other') and i.value = any (numbers) limit 50);
    pool := numbered;
  end if;

  if sees_few then
    if many > 0 or born_from is not null then
      pool := pool || array(select s.person_id from (select distinct unnest(my_people) as id) mine join record.search_name s on s.person_id = mine.id
        where case when many > 0 then s.tokens && likes or s.folded like any (select '% ' || w || '%' from unnest(words) w)
          else s.born between born_from and born_to end);
    end if;
  else
    if many > 0 then
      one := array(select l.word from unnest(at_words, likes) l (i, word) where l.i = 1);
      other := array(select l.word from unnest(at_words, likes) l (i, word) where l.i = many);
      begun := array(select distinct v.word from record.search_word v
        where v.word operator(pg_catalog.~>=~) words[many] and v.word operator(pg_catalog.~<~) (words[many] || '{') limit 40);
      -- Surest first, until there are enough: born then with such a name; words like both; one of the very words; a beginning; a
      -- word like one of them.
      if born_from is not null then
        pool := pool || record.seen_among(record.named(one || other || begun, born_from, born_to, gathered));
      end if;
      if many > 1 then
        pool := pool || record.seen_among(record.named(array[words[1]], array[words[many]], gathered));
        if cardinality(pool) < enough then
          pool := pool || record.seen_among(record.named(one, other || begun, gathered));
        end if;
      end if;
      -- Whoever has only one of several words is of use when nobody has two.
      wanted := case when many > 1 then 1 else enough end;
      for at in 1 .. many loop
        exit when cardinality(pool) >= wanted;
        pool := pool || record.seen_among(record.named(words[at : at], null, null, gathered));
      end loop;
      if cardinality(pool) < wanted then
        pool := pool || record.seen_among(record.named(begun, null, null, gathered));
      end if;
      for nearness in reverse 9 .. 7 loop
        exit when cardinality(pool) >= wanted;
        pool := pool || record.seen_among(record.named(array(select l.word from unnest(likes, scores) l (word, score)
          where l.score >= nearness / 10.0 and l.score < 1), null, null, gathered));
      end loop;
    elsif born_from is not null then
      pool := pool || record.seen_among(array(select s.person_id from record.search_name s
        where s.born between born_from and born_to limit gathered));
    end if;
    if some_place then
      -- An address in words is looked for only at the homes of few people: in those of all it would take seconds.
      my_people := record.seen_among(array(select h.person_id from unnest(postcodes) p
        join record.address a on a.postcode >= p and a.postcode <= p || 'ZZZZZ' join record.home h on h.address_id = any (array[a.id])
        where not a.withheld limit gathered));
    end if;
  end if;
  if some_place then
    select coalesce(array_agg(h.person_id), '{}'), coalesce(array_agg(concat_ws(' ', a.lines, a.postcode)), '{}') into placed, places
    from (select distinct unnest(my_people) as id) mine join record.home h on h.person_id = any (array[mine.id])
      join record.address a on a.id = h.address_id
    where not a.withheld
      and case when cardinality(postcodes) > 0 then exists (select from unnest(postcodes) p where starts_with(a.postcode, p))
        else ' ' || lower(a.lines || ' ' || a.town) like all (place) end;
  end if;
  pool := pool || placed;

  -- Anybody at all of whom two words are known.
  for a in 1 .. least(many, 5) - 1 loop
    for b in a + 1 .. least(many, 5) loop
      pool := pool || record.named(array[words[a]], array[words[b]], 200);
      if cardinality(pool) < enough or sees_few and many < 4 then
        one := array(select l.word from unnest(at_words, likes, scores) l (i, word, score) where l.i = a and l.score >= 0.8);
        other := array(select l.word from unnest(at_words, likes, scores) l (i, word, score) where l.i = b and l.score >= 0.8);
        pool := pool || record.named(one, other, 200);
      end if;
    end loop;
  end loop;

  return query
  with mean as materialized (
    select * from unnest(at_words, likes, hows, scores) l (i, word, how, score)
  ), them as materialized (
    select s.*, string_to_array(split_part(s.folded, ' | ', 1), ' ') as main
    from (select distinct unnest(pool) as id) c join record.search_name s on s.person_id = c.id
  ), hit as (
    select t.person_id, token, mean.i, mean.how, mean.score from them t, unnest(t.tokens) token join mean on mean.word = token
    union all
    select t.person_id, token, w.i::integer, 'start', (0.7 + 0.22 * length(w.word) / length(token))::real
    from them t, unnest(t.tokens) token join unnest(words) with ordinality w (word, i) on starts_with(token, w.word) and token <> w.word
  ), best as (
    select distinct on (h.person_id, h.i) h.person_id, h.i, h.token, h.how, not h.token = any (t.main) and strpos(replace(split_part(t.folded, ' | ', 1), ' ', ''), h.token) = 0 as earlier,
      h.score - case when h.token = any (t.main) then 0 else 0.03 end as score
    from hit h join them t on t.person_id = h.person_id
    order by h.person_id, h.i, h.score - case when h.token = any (t.main) then 0 else 0.03 end desc
  ), named as (
    select b.person_id, sum(b.score) / many as score, count(*) filter (where b.score >= 0.6) as matched,
      jsonb_agg(jsonb_build_object('how', b.how, 'said', words[b.i], 'name', b.token, 'earlier', b.earlier) order by b.i)
        filter (where b.how <> 'same' or b.earlier) as why
    from best b group by b.person_id
  ), both_near as (
    select h.person_id, array_agg(distinct h.i) filter (where h.token = any (t.given)) as given, array_agg(distinct h.i) filter (where h.token = any (t.family)) as family
    from hit h join them t on t.person_id = h.person_id where h.score >= 0.8 and h.how <> 'start' group by h.person_id
  ), judged as (
    select t.person_id, coalesce(n.score, 0) as name_score,
      t.person_id = any (numbered) as has_number, array_position(placed, t.person_id) as at_place,
      case when born_from is null or t.born is null then 0
        when t.born between born_from and born_to then 0.15
        when born_from = born_to and (extract(year from t.born), extract(day from t.born), extract(month from t.born))
          = (extract(year from born_from), extract(month from born_from), extract(day from born_from)) then 0.1
        when extract(year from t.born) = extract(year from born_from) then 0.05
        when abs(extract(year from t.born) - extract(year from born_from)) <= 1 then 0 else -0.3 end as born_score,
      case when starts_with(t.folded, ' ' || array_to_string(words, ' ') || ' | ') or t.folded = ' ' || array_to_string(words, ' ') || ' |' then 0.08
        when b.given @> array[1] and b.family @> array[many] and many > 1 then 0.03 else 0 end as order_score,
      n.matched = many and many > 1 and cardinality(b.given) > 0 and cardinality(b.family) > 0
        and not (b.given = b.family and cardinality(b.given) = 1) as near, n.why
    from them t left join named n on n.person_id = t.person_id left join both_near b on b.person_id = t.person_id
  ), ranked as (
    select j.*, case when j.has_number then 2.0 else 0 end + j.name_score + j.born_score + j.order_score
        + case when j.at_place is null then 0 when many = 0 then 0.8 when j.name_score >= 0.5 then 0.15 else 0.55 end as total
    from judged j
    where j.has_number or j.name_score >= 0.5 or j.at_place is not null or many = 0 and born_from is not null
  ), close as (
    select r.*, max(r.total) over () as highest from ranked r order by r.total desc, r.person_id limit 300
  ), seen as (
    select c.*, case when sees_few then c.person_id = any (my_people) else (
        select true from record.family_member m where m.person_id = any (array[c.person_id]) and (m.kept_to is null or record.sees_any(m.kept_to))
          and (select true from access.my_reason r where r.subject = m.family_id and r.scope = 'practice' limit 1) limit 1) is not null end as mine
    from (select * from close order by total desc limit 120) c
  ), kept as (
    select s.*, row_number() over (partition by s.mine order by s.total desc, s.person_id) as place_in, max(s.total) filter (where s.mine) over () as best_mine
    from seen s
    where (s.mine or s.has_number or s.near and s.born_score >= 0)
      and (s.mine or exists (select from record.family_member m where m.person_id = any (array[s.person_id])))
      and not record.is_sealed(s.person_id)
  )
  select k.person_id, k.mine, k.place_in::integer,
    -- Why somebody was found says what is written of them: not for those who are only told of.
    case when not k.mine then '[]' else coalesce(k.why, '[]') || case when k.has_number then '[{"how": "number"}]'::jsonb else '[]' end
      || case when k.born_score >= 0.15 then '[{"how": "born"}]'::jsonb when k.born_score > 0 then '[{"how": "born near"}]' else '[]' end
      || case when k.at_place is null then '[]' else jsonb_build_array(jsonb_build_object('how', 'place', 'name', places[k.at_place])) end end,
    case when k.mine then '{}' else array(
      select distinct team.name from access.reason r
        left join access.holding h on h.account_id = r.holder and h.during @> now()
        join access.post p on p.id in (r.holder, h.post_id) join access.team team on team.id = p.team_id
      where r.subject in (select unnest(coalesce(m.kept_to, array[m.family_id])) from record.family_member m where m.person_id = any (array[k.person_id]))
        and r.kind in ('allocated', 'lead-professional', 'named-person', 'co-worker', 'team', 'manages')
        and r.since <= now() and (r.until is null or r.until > now()) order by 1) end
  from kept k
  where k.mine and k.place_in <= least(most, 50) and k.total >= k.best_mine - 0.3 or not k.mine and k.place_in <= 5
  order by k.mine desc, k.place_in;
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.find_people from public;
grant execute on function record.find_people to kith_app;
