-- Words: which to think about while writing, kept as data so that a partnership can change them. They are suggestions: nothing
-- that anybody wrote is ever changed by them.

create table record.listed_word (
  id uuid primary key default uuidv7(),
  term text not null check (length(term) between 1 and 100),
  forms text[] not null default '{}' check (cardinality(forms) <= 30),
  instead text not null default '' check (length(instead) <= 200),
  why text not null check (length(why) between 1 and 500),
  source text not null check (length(source) between 1 and 300),
  leave_alone boolean not null default false,
  ended_at timestamptz,
  version integer not null default 1,
  check (leave_alone or instead <> '')
);
comment on table record.listed_word is 'holds no person: words to think about while writing, what could be said instead, why, and who says so';
comment on column record.listed_word.forms is 'Other forms of the same term, each matched like the term itself';
comment on column record.listed_word.leave_alone is 'Not suggested against: an everyday phrase, or a word of law or of a return, that holds a listed word';
create unique index listed_word_term on record.listed_word (lower(term)) where ended_at is null;

create table record.listed_word_change (
  id uuid primary key default uuidv7(),
  word_id uuid not null references record.listed_word,
  was jsonb,
  becomes jsonb not null,
  why text not null check (length(why) between 1 and 500),
  changed_by uuid references access.account default access.account_id(),
  changed_at timestamptz not null default now()
);
comment on table record.listed_word_change is 'holds no person: how the list of words was changed, when and why, and by which colleague';
create index listed_word_change_word on record.listed_word_change (word_id, changed_at desc);
create index listed_word_change_changed_by on record.listed_word_change (changed_by);
grant select, insert, update on record.listed_word to kith_app;
grant select, insert on record.listed_word_change to kith_app;

insert into record.listed_word (term, forms, instead, why, source, leave_alone) values
  ('placement', '{"placements"}', 'home', 'A child lives in a home', 'North Lanarkshire’s language guide for The Promise', false),
  ('contact', '{}', 'family time', 'Time with the people they love is more than contact', 'North Lanarkshire’s language guide for The Promise', false),
  ('siblings', '{"sibling"}', 'brothers and sisters', 'What families say', 'North Lanarkshire’s language guide for The Promise', false),
  ('LAC', '{"LAC child","LAC children"}', 'young person, or their name', 'A child is not a code', 'North Lanarkshire’s language guide for The Promise', false),
  ('LAAC', '{}', 'young person, or their name', 'A child is not a code', 'North Lanarkshire’s language guide for The Promise', false),
  ('unit', '{"units"}', 'house', 'Children live in houses', 'North Lanarkshire’s language guide for The Promise', false),
  ('residents', '{"resident"}', 'young people', 'They live there; they are not in an institution', 'North Lanarkshire’s language guide for The Promise', false),
  ('abscond', '{"absconds","absconded","absconding","absconder"}', 'ran away', 'Says what happened, and lets somebody ask why', 'North Lanarkshire’s language guide for The Promise; TACT, Language That Cares', false),
  ('sanctions', '{"sanction","sanctioned"}', 'consequences', 'Sanctions are for prisoners', 'North Lanarkshire’s language guide for The Promise', false),
  ('challenging behaviour', '{"challenging behaviours","behaviour is challenging"}', 'in distress, or what they need', 'Says what a child is telling us', 'North Lanarkshire’s language guide for The Promise', false),
  ('defiant', '{}', 'strong willed', 'Says the same strength without blame', 'North Lanarkshire’s language guide for The Promise', false),
  ('aggressive', '{}', 'reacting to a situation', 'Says that something came before it', 'North Lanarkshire’s language guide for The Promise', false),
  ('attention seeking', '{"attention-seeking","seeking attention"}', 'looking for help', 'A child who seeks attention needs some', 'North Lanarkshire’s language guide for The Promise', false),
  ('vulnerable', '{}', 'cherished, or what the risk is', 'As a label it says nothing of what is wrong', 'North Lanarkshire’s language guide for The Promise', false),
  ('their fault', '{"her fault","his fault"}', 'through no fault of their own', 'Children are not to blame', 'North Lanarkshire’s language guide for The Promise', false),
  ('respite', '{"respite care"}', 'a break, or a stay over', 'Nobody needs a rest from a child who is loved', 'TACT, Language That Cares', false),
  ('case conference', '{"case conferences"}', 'planning meeting', 'The name in the national guidance', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('non-engaging', '{"non engaging","not engaging","failed to engage","refused to engage","refusing to engage","does not engage","non-engagement"}', 'services find it hard to engage', 'It is for services to reach people', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('resistant', '{}', 'services find it hard to engage', 'It is for services to reach people', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('disguised compliance', '{}', 'say what happened', 'It hides what was done and said', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('substance misuse', '{"substance misuser","substance abuse"}', 'alcohol and drug use', 'Says what it is, without blame', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('return interview', '{"return interviews"}', 'return discussion', 'It is a talk and not a questioning', 'National Guidance for Child Protection in Scotland 2021, updated 2023', false),
  ('the case', '{"this case","open case","closed case"}', 'the family, by name', 'A family is not a case', 'Practice in Scotland; no published source checked', false),
  ('service user', '{"service users"}', 'child, parent or person', 'People are more than what they use', 'Practice in Scotland; no published source checked', false),
  ('hard to reach', '{}', 'not yet reached', 'It is for services to reach people', 'Practice in Scotland; no published source checked', false),
  ('care plan', '{"care plans"}', 'my plan, or future plans', 'It is theirs', 'TACT, Language That Cares', false),
  ('care leaver', '{"care leavers"}', 'care experienced adult', 'Care experience stays with them', 'TACT, Language That Cares', false),
  ('birth parents', '{"birth parent","biological parents","biological parent","birth mother","birth father","biological mother","biological father"}', 'parents, mum or dad', 'What children say', 'TACT, Language That Cares', false),
  ('asylum seeker', '{"asylum seekers"}', 'young person', 'As a label it hides the child', 'TACT, Language That Cares', false),
  ('consistent guide', '{}', 'constant support', 'Plain words', 'TACT, Language That Cares', false),
  ('contact centre', '{"contact centres"}', 'family centre', 'What happens there is family time', 'Bromley adaptation of Language That Cares', false),
  ('corporate parents', '{"corporate parent"}', 'guardians', 'Plain words, to a child', 'Bromley adaptation of Language That Cares', false),
  ('designated teacher', '{}', 'teacher', 'Plain words, to a child', 'Bromley adaptation of Language That Cares', false),
  ('drop out', '{"dropped out","drop-out"}', 'left school early', 'Says what happened, without blame', 'Bromley adaptation of Language That Cares', false),
  ('hard to place', '{}', 'we have not found the right home', 'It is for us to find it', 'Bromley adaptation of Language That Cares', false),
  ('LAC review', '{"LAC reviews"}', 'all-about-me meeting', 'It is about them', 'Bromley adaptation of Language That Cares', false),
  ('co-morbid', '{"comorbid","co-morbidity","comorbidity"}', 'co-occurring', 'Plain words', 'Bromley adaptation of Language That Cares', false),
  ('high aspirations', '{}', 'wanting the best for you', 'Plain words, to a child', 'Bromley adaptation of Language That Cares', false),
  ('full potential', '{}', 'every chance to reach my dreams', 'Plain words, to a child', 'Bromley adaptation of Language That Cares', false),
  ('foster carer', '{"foster carers"}', 'their name, or what the family says', 'To a child they are somebody', 'TACT, Language That Cares', false),
  ('offender', '{"offenders","offending behaviour"}', 'child in conflict with the law', 'A child is more than what they did', 'Practice in Scotland; no published source checked', false),
  ('child prostitute', '{"child prostitutes","child prostitution"}', 'child being exploited', 'A child cannot choose this', 'Practice in Scotland; no published source checked', false),
  ('putting themselves at risk', '{"putting herself at risk","putting himself at risk","putting self at risk","puts herself at risk","puts himself at risk"}', 'at risk from others', 'The risk comes from whoever harms', 'Practice in Scotland; no published source checked', false),
  ('did not attend', '{}', 'was not brought', 'Children are brought by adults', 'Practice in Scotland; no published source checked', false),
  ('permanence', '{}', 'home for good', 'Plain words', 'Practice in Scotland; no published source checked', false),
  ('placement breakdown', '{"placement breakdowns","placement broke down","placement has broken down"}', 'unplanned move', 'Homes end for reasons; say which', 'Practice in Scotland; no published source checked', false),
  ('statutory visit', '{"statutory visits"}', 'visit from your social worker', 'Plain words, to a child', 'Practice in Scotland; no published source checked', false),
  ('failed to protect', '{"fails to protect","failure to protect"}', 'say who caused harm and what was tried', 'It blames whoever was also harmed', 'Practice in Scotland; no published source checked', false),
  ('education', '{}', 'school or college', 'What children say', 'North Lanarkshire’s language guide for The Promise', false),
  ('contact details', '{"contact number","contact numbers","emergency contact","point of contact","in contact with","make contact","made contact","first contact"}', '', 'An everyday phrase: it is not about family time', 'Left alone on purpose', true),
  ('contact order', '{"contact orders","contact direction"}', '', 'The name of an order in law (Children (Scotland) Act 1995 section 11)', 'Left alone on purpose', true),
  ('permanence order', '{"permanence orders"}', '', 'The name of an order in law (Adoption and Children (Scotland) Act 2007 section 80)', 'Left alone on purpose', true),
  ('Education Scotland', '{"education authority","education department","additional support for learning"}', '', 'A name', 'Left alone on purpose', true),
  ('care planning', '{}', '', 'The name of a duty in regulations (SSI 2009/210)', 'Left alone on purpose', true),
  ('missing', '{}', '', 'A risk category of the police, used so that everybody acts alike', 'Left alone on purpose', true),
  ('family unit', '{"unit cost","unit costs"}', '', 'An everyday phrase', 'Left alone on purpose', true);

-- How many words were signed, and how many of them are on the list: what the trend is counted from. No word, note, family or
-- person is here. `writer` is a mark that is another in each month and team: it only says whether enough people wrote for a figure
-- to be shown, and cannot follow anybody from month to month.
create table record.words_counted (
  id uuid primary key default gen_random_uuid(),
  team_id uuid references access.team,
  counted_on date not null,
  words integer not null check (words >= 0),
  flagged integer not null check (flagged between 0 and words),
  writer uuid not null
);
create index words_counted_on on record.words_counted (counted_on, team_id);
create index words_counted_team on record.words_counted (team_id);
alter table record.words_counted enable row level security;
alter table record.words_counted force row level security;
create policy owner_purpose on record.words_counted to kith_owner using (access.owner_purpose()) with check (access.owner_purpose());
-- The application adds to it and reads nothing back: the rows behind this figure open for nobody.
create policy added_only on record.words_counted for insert to kith_app with check (true);
create policy figures on record.words_counted for select to kith_figures using (true);
grant select, insert on record.words_counted to kith_app;
grant select on record.words_counted to kith_figures;
grant select (id, name) on access.team to kith_figures;
