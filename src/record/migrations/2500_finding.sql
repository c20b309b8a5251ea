-- Finding somebody whose name is half known: how names are compared, and a hidden table to look them up in.
create extension if not exists fuzzystrmatch;

-- What is written in Latin, Cyrillic or Arabic letters, as small letters from a to z and spaces, nothing else. Ukrainian as in
-- the resolution of its Cabinet of Ministers no. 55 (2010), Urdu by its consonants; Mc, M' and "Mac " are all Mac.
create function record.fold_name(written text) returns text language plpgsql immutable strict parallel safe as $$
declare t text := written;
begin
  if octet_length(t) <> length(t) then
    t := normalize(t, NFKC);
    t := translate(t, '’‘ʼʹ´`ʻ′', '''''''''''''''''');
    if t ~ '[\u0400-\u04ff]' then
      t := translate(t, 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯЁЪЫЭ', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ');
      t := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        t, 'зг', 'zgh'), 'щ', 'shch'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'ю', 'yu'), 'я', 'ya'), 'є', 'ye'),
        'ї', 'yi'), 'ё', 'yo');
      t := translate(t, 'абвгґдезиійклмнопрстуфыэьъ', 'abvhgdezyiyklmnoprstufye');
    end if;
    if t ~ '[\u0600-\u06ff]' then
      t := regexp_replace(t, '[\u064b-\u065f\u0670\u0640\u200c\u200d]', '', 'g');
      t := replace(replace(replace(replace(replace(replace(t, 'چ', 'ch'), 'ش', 'sh'), 'خ', 'kh'), 'غ', 'gh'), 'ژ', 'zh'), 'ئ', 'y');
      t := regexp_replace(regexp_replace(t, '\mو', 'w', 'g'), '\m[یيى]', 'y', 'g');
      t := translate(t, 'ابپتٹثجحدڈذرڑزسصضطظعفقکكگلمنںوہھهةیيىےآأإء', 'abpttsjhddzrrzssztzafqkkglmnnuhhhhiiieaaa');
    end if;
    t := translate(t, 'łŁøØđĐðÐıİ', 'lLoOdDdDii');
    t := replace(replace(replace(replace(replace(t, 'ß', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
    t := regexp_replace(normalize(t, NFD), '[\u0300-\u036f]', '', 'g');
  end if;
  t := lower(t);
  -- Most names are one plain word.
  if t ~ '^[a-z]+$' and not starts_with(t, 'mc') then return t; end if;
  if t ~ '(^|[^a-z])(mac |m''|mc|o'' ?|o )' then
    t := regexp_replace(t, '\m(mac |mc ?|m'' ?)(?=[a-z])', 'mac', 'g');
    t := regexp_replace(t, '\mo('' ?| )(?=[a-z]{3})', 'o', 'g');
  end if;
  return btrim(regexp_replace(replace(t, '''', ''), '[^a-z]+', ' ', 'g'));
end $$;

-- The words of a name, and each two neighbours as one: "Mary Anne" is also "maryanne".
create function record.name_words(written text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  folded text := record.fold_name(written);
  words text[] := string_to_array(folded, ' ');
  many integer := cardinality(words);
begin
  if strpos(folded, ' ') = 0 then return words; end if;
  for at in 2 .. least(many, 6) loop
    words := words || (words[at - 1] || words[at]);
  end loop;
  return words;
end $$;

-- The consonants that a word is heard by, in the spellings used here: Gaelic bh and mh, Polish sz, Urdu and Ukrainian romanised in any way.
create function record.sound_key(word text) returns text language plpgsql immutable strict parallel safe as $$
declare t text := word;
begin
  t := regexp_replace(t, '^fh|^[gk](?=n)|^w(?=r)|^p(?=s)', '');
  if strpos(t, 'h') > 0 then
    t := regexp_replace(regexp_replace(t, '^[bm]h(?=[aeiou])', 'v'), '([aeiou])[bm]h(?=[aeioulnr]|$)', '\1v', 'g');
    t := regexp_replace(regexp_replace(t, '[dt]h$', ''), '([aiu])gh(?=t|$)', '\1', 'g');
    t := replace(replace(replace(t, 'shch', 'SC'), 'sch', 'S'), 'sh', 'S');
    t := replace(replace(regexp_replace(t, 'ch(?=[lrnt])|kch', 'k', 'g'), 'tch', 'C'), 'ch', 'C');
    t := replace(replace(replace(t, 'ph', 'f'), 'kh', 'h'), 'zh', 'j');
    t := regexp_replace(t, '([tdpkbgrlnS])h', '\1', 'g');
  end if;
  t := regexp_replace(t, 's(i(?=[aou])|e(?=[aou]))', 'S', 'g');
  t := replace(replace(replace(replace(replace(t, 'szcz', 'SC'), 'sz', 'S'), 'cz', 'C'), 'rz', 'j'), 'dj', 'j');
  t := regexp_replace(t, 'ck|qu|q|c(?![eiy])', 'k', 'g');
  t := replace(translate(t, 'cz', 'ss'), 'x', 'ks');
  t := translate(regexp_replace(t, '([aeou])w(?![aeiouy])', '\1', 'g'), 'w', 'v');
  t := regexp_replace(t, '^[aeiou]+', 'A');
  t := left(t, 1) || rtrim(translate(substr(t, 2), 'aeiouy', ''), 'h');
  return regexp_replace(t, '(.)\1+', '\1', 'g');
end $$;

create function record.word_sounds(word text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  key text := record.sound_key(word);
  first text := public.dmetaphone(word);
  second text := public.dmetaphone_alt(word);
  sounds text[] := '{}';
  code text;
begin
  if length(word) > 2 then
    foreach code in array coalesce(public.daitch_mokotoff(word), '{}') loop sounds := sounds || ('d' || code); end loop;
  end if;
  if first <> '' then sounds := sounds || ('m' || first); end if;
  if second <> '' and second <> first then sounds := sounds || ('m' || second); end if;
  return case when key = '' then sounds else sounds || ('k' || key) end;
end $$;

-- How each word of a name sounds: by Daitch and Mokotoff (d…, good for Slavic names), by double metaphone (m…, English and
-- Scots), and by our own key (k…). Two names that share one may sound alike.
create function record.name_sounds(written text) returns text[] language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct sound), '{}')
  from unnest(string_to_array(record.fold_name(written), ' ')) word, unnest(record.word_sounds(word)) sound
$$;

-- A word with each of its letters left out: two words that share one differ by a letter, or by two that changed places.
create function record.word_slips(word text) returns text[] language plpgsql immutable strict parallel safe as $$
declare slips text[] := array['-' || word];
begin
  if length(word) not between 3 and 24 then return '{}'; end if;
  for at in 1 .. length(word) loop
    slips := slips || ('-' || left(word, at - 1) || substr(word, at + 1));
  end loop;
  return slips;
end $$;

create table record.name_group (
  name text not null,
  group_id integer not null,
  primary key (name, group_id)
);
comment on table record.name_group is 'holds no person: names that people use for each other, folded; in several languages and in short';
create index name_group_group on record.name_group (group_id) include (name);
grant select on record.name_group to kith_app;

-- Every name that each person has or had. Without a foreign key: it is a shadow that triggers keep, not part of the record.
create table record.search_name (
  person_id uuid primary key,
  folded text not null,
  given text[] not null,
  family text[] not null,
  tokens text[] not null,
  born date
);
comment on column record.search_name.folded is 'The name they go by, then the others after " |": each word has a space before it';
create index search_name_tokens on record.search_name using gin (tokens) with (gin_pending_list_limit = 512);
create index search_name_born on record.search_name (born);
-- Every word that is in a name, with how it sounds and how it is mistyped. Not unique: nobody waits for somebody else's new name.
create table record.search_word (word text not null, keys text[] not null);
create index search_word_word on record.search_word (word text_pattern_ops);
create index search_word_keys on record.search_word using gin (keys) with (gin_pending_list_limit = 128);
create index search_word_near on record.search_word using gin (word gin_trgm_ops) with (gin_pending_list_limit = 128);

-- Nobody but the owner reads these, inside the functions below. `true`, and not a purpose, because PostgreSQL uses no index for
-- "has a word in common" behind a policy that asks something.
alter table record.search_name enable row level security;
alter table record.search_name force row level security;
alter table record.search_word enable row level security;
alter table record.search_word force row level security;
create policy owner_only on record.search_name to kith_owner using (true) with check (true);
create policy owner_only on record.search_word to kith_owner using (true) with check (true);

-- Words that were in no name before.
create function record.learn_words(words text[]) returns void language sql set search_path = '' set enable_seqscan = off as $$
  insert into record.search_word (word, keys)
  select word, record.word_sounds(word) || record.word_slips(word) from (select distinct unnest(words)) new (word)
  where length(word) > 1 and not exists (select from record.search_word w where w.word = new.word)
$$;

-- Writes the names of these people anew where they are looked up. Always by index: a plan made while the tables were empty would
-- be kept for the whole of a large import.
create function record.index_people(ids uuid[]) returns void language plpgsql set search_path = '' set enable_seqscan = off as $$
declare
  purpose text := coalesce(current_setting('kith.purpose', true), '');
  words text[];
begin
  if cardinality(ids) = 0 then return; end if;
  perform set_config('kith.purpose', 'finding', true);
  with kept as (
    insert into record.search_name as old (person_id, folded, given, family, tokens, born)
    select p.id, ' ' || record.fold_name(p.given_name) || ' ' || record.fold_name(p.family_name) || ' |' || coalesce(other.folded, ''),
      own.given || coalesce(other.given, '{}'), own.family || coalesce(other.family, '{}'),
      array(select distinct word from unnest(own.given || own.family || other.given || other.family) word),
      coalesce(p.date_of_birth, p.expected_on)
    from record.person p
    cross join lateral (select record.name_words(p.given_name) as given, record.name_words(p.family_name) as family) own
    left join lateral (
      select string_agg(' ' || record.fold_name(n.given_name || ' ' || n.family_name), '') as folded,
        array(select word from record.person_name g, unnest(record.name_words(g.given_name)) word where g.person_id = p.id) as given,
        array(select word from record.person_name f, unnest(record.name_words(f.family_name)) word where f.person_id = p.id) as family
      from record.person_name n where n.person_id = p.id having count(*) > 0) other on true
    where p.id in (select unnest(ids))
    on conflict (person_id) do update set folded = excluded.folded, given = excluded.given, family = excluded.family,
      tokens = excluded.tokens, born = excluded.born
    returning tokens
  ) select array_agg(distinct word) into words from kept, unnest(kept.tokens) word;
  perform record.learn_words(words);
  perform set_config('kith.purpose', purpose, true);
end $$;
revoke all on function record.learn_words, record.index_people from public;

-- Somebody new has no other names yet: an import writes many of them at once.
create function record.index_new_people() returns trigger language plpgsql security definer
set search_path = '' set enable_seqscan = off as $$
declare words text[];
begin
  with kept as (
    insert into record.search_name (person_id, folded, given, family, tokens, born)
    select id, ' ' || given || ' ' || family || ' |', given_words, family_words, given_words || family_words, born
    from (select n.id, record.fold_name(n.given_name) as given, record.fold_name(n.family_name) as family,
        coalesce(n.date_of_birth, n.expected_on) as born from new_rows n offset 0) each
      cross join lateral (select record.name_words(given) as given_words, record.name_words(family) as family_words offset 0) own
    returning tokens
  ) select array_agg(distinct word) into words from kept, unnest(kept.tokens) word;
  perform record.learn_words(words);
  return null;
end $$;
create function record.index_changed_people() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform record.index_people(array(select n.id from new_rows n join old_rows o on o.id = n.id
    where (n.given_name, n.family_name, n.date_of_birth, n.expected_on) is distinct from (o.given_name, o.family_name, o.date_of_birth, o.expected_on)));
  return null;
end $$;
create trigger index_new after insert on record.person referencing new table as new_rows
  for each statement execute function record.index_new_people();
create trigger index_changed after update on record.person referencing new table as new_rows old table as old_rows
  for each statement execute function record.index_changed_people();

create function record.index_named_people() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' then perform record.index_people(array(select person_id from old_rows));
  elsif tg_op = 'INSERT' then perform record.index_people(array(select person_id from new_rows));
  else perform record.index_people(array(select person_id from new_rows union all select person_id from old_rows)); end if;
  return null;
end $$;
create trigger index_new after insert on record.person_name referencing new table as new_rows
  for each statement execute function record.index_named_people();
create trigger index_changed after update on record.person_name referencing new table as new_rows old table as old_rows
  for each statement execute function record.index_named_people();
create trigger index_gone after delete on record.person_name referencing old table as old_rows
  for each statement execute function record.index_named_people();

-- Whether somebody's record is sealed to whoever asks, so that no search tells them of it. 2740 says when; until then, never.
create function record.is_sealed(person uuid) returns boolean language sql stable return false;
