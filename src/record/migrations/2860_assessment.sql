-- Assessments: how a child is doing, by the National Practice Model. What is asked is data and has versions; an answer stands with
-- the question as it was asked. Written together by those who work with the family; once signed, never changed: the next one
-- begins from the last and shows what is different.

create table record.assessment_kind (
  id text not null check (id ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(id) <= 40),
  version integer not null check (version > 0),
  title text not null check (length(title) between 1 and 100),
  about text not null check (length(about) between 1 and 500),
  drawing text not null check (drawing in ('wheel', 'triangle', 'matrix', 'scale')),
  position smallint not null,
  source text not null check (length(source) between 1 and 500),
  used_from date check (used_from between date '1900-01-01' and date '2200-01-01'),
  offered boolean not null default true,
  why text not null default '' check (length(why) <= 500),
  revision integer not null default 1,
  begun_by uuid references access.account,
  begun_at timestamptz not null default now(),
  put_by uuid references access.account,
  put_at timestamptz,
  primary key (id, version)
);
comment on table record.assessment_kind is 'holds no person: the kinds of assessment, each version with the day from which it is used';
comment on column record.assessment_kind.used_from is 'Nothing while the version is being written; once it is set, nothing of the version changes any more';
comment on column record.assessment_kind.offered is 'Whether new ones of this kind can be begun while this version is the newest';
comment on column record.assessment_kind.why is 'Why this version was put to use';
comment on column record.assessment_kind.revision is 'Counts how often a version was changed while it is written, so that nobody overwrites a colleague unseen';
create unique index assessment_kind_written on record.assessment_kind (id) where used_from is null;
create index assessment_kind_begun_by on record.assessment_kind (begun_by);
create index assessment_kind_put_by on record.assessment_kind (put_by);
comment on column record.assessment_kind.drawing is 'How the answers are drawn: src/record/assessment/drawing';

create table record.assessment_question (
  kind text not null,
  version integer not null,
  code text not null check (code ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)?$' and length(code) <= 60),
  position smallint not null,
  part text not null check (part ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(part) <= 40),
  part_title text not null check (length(part_title) between 1 and 100),
  part_hint text not null default '' check (length(part_hint) <= 500),
  question text not null check (length(question) between 1 and 300),
  hint text not null default '' check (length(hint) <= 500),
  form text not null check (form in ('words', 'own words', 'scale', 'balance', 'place', 'numbers')),
  low text not null default '' check (length(low) <= 100),
  high text not null default '' check (length(high) <= 100),
  primary key (kind, version, code),
  foreign key (kind, version) references record.assessment_kind
);
comment on table record.assessment_question is 'holds no person: what is asked, in the order of the form; an answer to the same code is compared with the one before';
comment on column record.assessment_question.form is
  'words; own words (of the child, kept as said); scale 0 to 10; balance -1 pressure, 0 some of each, 1 strength; place -5 to 5 on an axis; numbers: 0 to 10 from everybody';
comment on column record.assessment_question.low is 'What the lowest number stands for';
grant select, insert, delete on record.assessment_kind, record.assessment_question to kith_app;
grant update (title, about, source, offered, why, used_from, revision) on record.assessment_kind to kith_app;
grant update (position, part, part_title, part_hint, question, hint, low, high) on record.assessment_question to kith_app;

create table record.assessment (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  kind text not null,
  kind_version integer not null,
  title text not null check (length(title) between 1 and 100),
  drawing text not null check (drawing in ('wheel', 'triangle', 'matrix', 'scale')),
  held_on date not null check (held_on between date '1900-01-01' and date '2200-01-01'),
  from_id uuid references record.assessment,
  begun_by uuid not null references access.account default access.account_id(),
  begun_at timestamptz not null default now(),
  saved_by uuid references access.account,
  saved_at timestamptz,
  signed_by uuid references access.account,
  signed_as text not null default '' check (length(signed_as) <= 500),
  signed_at timestamptz,
  version integer not null default 1,
  unique (id, family_id),
  foreign key (kind, kind_version) references record.assessment_kind,
  constraint assessment_signed_by_somebody check ((signed_at is null) = (signed_by is null))
);
comment on column record.assessment.from_id is 'The signed assessment of the same kind that this one began from and is compared with';
create index assessment_family on record.assessment (family_id, held_on desc, id desc);
create index assessment_from on record.assessment (from_id) where from_id is not null;
create index assessment_kind_version on record.assessment (kind, kind_version);
create index assessment_begun_by on record.assessment (begun_by);
create index assessment_saved_by on record.assessment (saved_by);
create index assessment_signed_by on record.assessment (signed_by);

create table record.assessment_person (
  assessment_id uuid not null,
  family_id uuid not null,
  person_id uuid not null references record.person,
  primary key (assessment_id, person_id),
  foreign key (assessment_id, family_id) references record.assessment (id, family_id) deferrable
);
comment on table record.assessment_person is 'Whom an assessment is about: mostly one child';
create index assessment_person_person on record.assessment_person (person_id, assessment_id desc);

create table record.assessment_answer (
  assessment_id uuid not null,
  family_id uuid not null,
  code text not null check (length(code) <= 60),
  position smallint not null,
  part text not null,
  part_title text not null,
  part_hint text not null default '',
  question text not null,
  hint text not null default '',
  form text not null,
  low text not null default '',
  high text not null default '',
  words text not null default '' check (length(words) <= 10000),
  number smallint,
  primary key (assessment_id, code),
  foreign key (assessment_id, family_id) references record.assessment (id, family_id) deferrable,
  constraint answer_number_in_range check (number is null or case form
    when 'scale' then number between 0 and 10 when 'balance' then number between -1 and 1
    when 'place' then number between -5 and 5 else false end)
);
comment on table record.assessment_answer is 'Every question as it was asked when the assessment began, and what was answered';

create table record.assessment_number (
  id uuid primary key default uuidv7(),
  assessment_id uuid not null,
  family_id uuid not null,
  position smallint not null,
  whose text not null check (length(whose) between 1 and 100),
  person_id uuid references record.person,
  number smallint not null check (number between 0 and 10),
  why text not null default '' check (length(why) <= 2000),
  foreign key (assessment_id, family_id) references record.assessment (id, family_id) deferrable
);
comment on table record.assessment_number is 'Where each person puts the family from 0 to 10: children too';
comment on column record.assessment_number.person_id is 'Who it is, where they are of the family; nobody for somebody else by name';
create index assessment_number_of on record.assessment_number (assessment_id, position);
create index assessment_number_person on record.assessment_number (person_id) where person_id is not null;

call record.protect_family_table('record.assessment', listed => true);
call record.protect_family_table('record.assessment_person');
call record.protect_family_table('record.assessment_answer');
call record.protect_family_table('record.assessment_number');
revoke update on record.assessment, record.assessment_person, record.assessment_answer, record.assessment_number from kith_app;
grant update (held_on, saved_by, saved_at, signed_by, signed_as, signed_at, version) on record.assessment to kith_app;
grant update (words, number) on record.assessment_answer to kith_app;
grant delete on record.assessment, record.assessment_person, record.assessment_answer, record.assessment_number to kith_app;

-- What is signed stays as it is, for every role; only merging two records points rows at the record that is kept. Who signed, and
-- when, are the database's to say.
create function record.guard_assessment() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.begun_by := access.account_id();
      new.begun_at := now();
      new.signed_at := null;
      new.signed_by := null;
    end if;
    return new;
  end if;
  if old.signed_at is null then
    if tg_op = 'DELETE' then return old; end if;
    if new.signed_at is not null and current_user = 'kith_app' then
      new.signed_at := clock_timestamp();
      new.signed_by := access.account_id();
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  raise exception 'a signed assessment is never changed' using errcode = '23514', constraint = 'assessment_signed';
end $$;
create trigger guard_assessment before insert or update or delete on record.assessment
  for each row execute function record.guard_assessment();

create function record.guard_part_of_assessment() returns trigger language plpgsql set search_path = '' as $$
declare
  of_assessment uuid := case tg_op when 'DELETE' then old.assessment_id else new.assessment_id end;
begin
  -- Import, restore and the demonstration bring assessments that are signed already; merging takes out a second row for one person.
  if current_user = 'kith_owner' and (tg_op = 'INSERT' or tg_op = 'DELETE' and tg_table_name = 'assessment_person'
      and coalesce(current_setting('kith.purpose', true), '') = 'merging') then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if exists (select from record.assessment a where a.id = of_assessment and a.signed_at is null) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'a signed assessment is never changed' using errcode = '23514', constraint = 'assessment_signed';
end $$;
create trigger guard_part before insert or update or delete on record.assessment_person
  for each row execute function record.guard_part_of_assessment();
create trigger guard_part before insert or update or delete on record.assessment_answer
  for each row execute function record.guard_part_of_assessment();
create trigger guard_part before insert or update or delete on record.assessment_number
  for each row execute function record.guard_part_of_assessment();

create function record.assessments_never_emptied() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'assessments are never emptied' using errcode = '23514', constraint = 'assessment_signed';
end $$;
create trigger never_emptied before truncate on record.assessment for each statement execute function record.assessments_never_emptied();
create trigger never_emptied before truncate on record.assessment_person for each statement execute function record.assessments_never_emptied();
create trigger never_emptied before truncate on record.assessment_answer for each statement execute function record.assessments_never_emptied();
create trigger never_emptied before truncate on record.assessment_number for each statement execute function record.assessments_never_emptied();

-- The kinds, in their first versions. The eight indicators always stand in this order.
insert into record.assessment_kind (id, version, title, about, drawing, position, source, used_from) values
  ('wheel', 1, 'Wellbeing wheel', 'How the child is doing, by the eight wellbeing indicators: what goes well, what worries us, and how it is from 0 to 10',
    'wheel', 1, 'Getting it right for every child, National Practice Model: wellbeing indicators', '2020-04-01'),
  ('triangle', 1, 'My World Triangle', 'The child’s whole world: how they grow and develop, what they need from those who look after them, and their wider world',
    'triangle', 2, 'Getting it right for every child, National Practice Model: My World Triangle', '2020-04-01'),
  ('matrix', 1, 'Resilience matrix', 'Where strengths and pressures leave the child: from vulnerability to resilience, and from adversity to a protective environment',
    'matrix', 3, 'Getting it right for every child, National Practice Model: resilience matrix', '2020-04-01'),
  ('mapping', 1, 'What worries us, what works, what next', 'One sheet with the family: worries, what is working well, what needs to happen, and everybody’s number from 0 to 10',
    'scale', 4, 'Practice in Scotland: mapping with families, in our own words', '2020-04-01');

with indicators (position, part, title, hint) as (values
  (1, 'safe', 'Safe', 'Protected from harm at home, at school and in the community'),
  (2, 'healthy', 'Healthy', 'As well as can be in body and mind, with support to make healthy choices'),
  (3, 'achieving', 'Achieving', 'Helped in learning, and growing in skills and confidence, at home, at school and in the community'),
  (4, 'nurtured', 'Nurtured', 'Cared for in a loving home, with more help where it is needed'),
  (5, 'active', 'Active', 'With chances to play, move and take part, at home, at school and in the community'),
  (6, 'respected', 'Respected', 'Heard, and part of the decisions that are about them'),
  (7, 'responsible', 'Responsible', 'With a part to play, and help to grow up with good judgement'),
  (8, 'included', 'Included', 'At home in their community, with help to overcome what keeps them out')
), asked (nth, code, question, form, low, high) as (values
  (1, 'well', 'What is going well?', 'words', '', ''),
  (2, 'worry', 'What is worrying?', 'words', '', ''),
  (3, 'how', 'How is it?', 'scale', 'could not be more worrying', 'as good as it can be')
)
insert into record.assessment_question (kind, version, code, position, part, part_title, part_hint, question, form, low, high)
select 'wheel', 1, part || '.' || code, position * 10 + nth, part, title, hint, question, form, low, high from indicators, asked;

with sides (nth, part, title) as (values
  (1, 'growing', 'How I grow and develop'),
  (2, 'caring', 'What I need from people who look after me'),
  (3, 'world', 'My wider world')
), questions (part, nth, code, question) as (values
  ('growing', 1, 'health', 'Being healthy'),
  ('growing', 2, 'learning', 'Learning and achieving'),
  ('growing', 3, 'communicating', 'Being able to communicate'),
  ('growing', 4, 'confidence', 'Confidence in who I am'),
  ('growing', 5, 'responsible', 'Learning to be responsible'),
  ('growing', 6, 'independent', 'Becoming independent, looking after myself'),
  ('growing', 7, 'friends', 'Enjoying family and friends'),
  ('caring', 1, 'everyday', 'Everyday care and help'),
  ('caring', 2, 'safe', 'Keeping me safe'),
  ('caring', 3, 'there', 'Being there for me'),
  ('caring', 4, 'play', 'Play, encouragement and fun'),
  ('caring', 5, 'guidance', 'Guidance, supporting me to make the right choices'),
  ('caring', 6, 'knowing', 'Knowing what is going to happen and when'),
  ('caring', 7, 'background', 'Understanding my family’s background and beliefs'),
  ('world', 1, 'support', 'Support from family, friends and other people'),
  ('world', 2, 'school', 'School'),
  ('world', 3, 'local', 'What there is for us nearby'),
  ('world', 4, 'money', 'Enough money'),
  ('world', 5, 'work', 'Work opportunities for my family'),
  ('world', 6, 'housing', 'Comfortable and safe housing'),
  ('world', 7, 'belonging', 'Belonging')
)
insert into record.assessment_question (kind, version, code, position, part, part_title, question, form, low, high)
select 'triangle', 1, part || '.' || code, s.nth * 10 + q.nth, part, title, question, 'balance', 'more of a pressure', 'more of a strength'
from sides s join questions q using (part);

insert into record.assessment_question (kind, version, code, position, part, part_title, part_hint, question, hint, form, low, high) values
  ('matrix', 1, 'child.place', 11, 'child', 'The child', 'What in the child helps them through, and what makes it harder: temperament, health, trust, friends, what they are good at',
    'From vulnerability to resilience', 'Say why: what you have seen and heard', 'place', 'vulnerability', 'resilience'),
  ('matrix', 1, 'around.place', 21, 'around', 'Around the child', 'What around the child protects them, and what stands against them: home, school, people, money, what has happened',
    'From adversity to a protective environment', 'Say why: what you have seen and heard', 'place', 'adversity', 'protective environment'),
  ('matrix', 1, 'between.strong', 31, 'between', 'What can change', '', 'What could make the child more resilient?', '', 'words', '', ''),
  ('matrix', 1, 'between.safe', 32, 'between', 'What can change', '', 'What could protect the child better, or take pressure away?', '', 'words', '', ''),
  ('mapping', 1, 'now.worries', 11, 'now', 'On one sheet', '', 'What are we worried about?', 'What has happened, what might happen, and what makes it harder', 'words', '', ''),
  ('mapping', 1, 'now.working', 12, 'now', 'On one sheet', '', 'What is working well?', 'What people do already that keeps the child safe and well', 'words', '', ''),
  ('mapping', 1, 'now.next', 13, 'now', 'On one sheet', '', 'What needs to happen?', 'What everybody wants to see, and the next small steps', 'words', '', ''),
  ('mapping', 1, 'numbers.all', 21, 'numbers', 'Everybody’s number', 'Where does each person put things today? Ask the child first',
    'How are things, from 0 to 10?', '', 'numbers', 'things could not be worse', 'everything is as it should be');

insert into record.assessment_question (kind, version, code, position, part, part_title, part_hint, question, hint, form)
select id, 1, 'own.child', 90, 'own', 'How the child sees it', '', 'In the child’s own words', 'Just as they said it. It is never corrected', 'own words'
from record.assessment_kind union all
select id, 1, 'sense.together', 91, 'sense', 'What this tells us', '', 'What does it all mean for the child?', 'Two or three sentences that the child could read', 'words'
from record.assessment_kind;

-- A version is written for as long as it takes, and then put to use from a day. From then on it stays as it is, for every role:
-- answers stand with the questions as they were asked. Who began it and who put it to use are the database's to say.
create function record.guard_assessment_kind() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.used_from := null;
      new.begun_by := access.account_id();
    end if;
    return new;
  end if;
  if old.used_from is not null then
    raise exception 'a version that is or was in use is never changed' using errcode = '23514', constraint = 'assessment_kind_in_use';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.used_from is not null and current_user = 'kith_app' then
    new.put_by := access.account_id();
    new.put_at := now();
  end if;
  return new;
end $$;
create trigger guard_kind before insert or update or delete on record.assessment_kind
  for each row execute function record.guard_assessment_kind();

create function record.guard_assessment_question() returns trigger language plpgsql set search_path = '' as $$
declare
  of_kind text := case tg_op when 'INSERT' then new.kind else old.kind end;
  of_version integer := case tg_op when 'INSERT' then new.version else old.version end;
begin
  -- What is installed, imported or restored comes with its day.
  if tg_op = 'INSERT' and current_user <> 'kith_app'
    or exists (select from record.assessment_kind k where k.id = of_kind and k.version = of_version and k.used_from is null)
      and (tg_op <> 'UPDATE' or (new.kind, new.version) = (of_kind, of_version)) then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  raise exception 'a version that is or was in use is never changed' using errcode = '23514', constraint = 'assessment_kind_in_use';
end $$;
create trigger guard_question before insert or update or delete on record.assessment_question
  for each row execute function record.guard_assessment_question();
create trigger never_emptied before truncate on record.assessment_kind for each statement execute function record.assessments_never_emptied();
create trigger never_emptied before truncate on record.assessment_question for each statement execute function record.assessments_never_emptied();
