-- Letters from templates, made for one person; rights told in writing; advocacy offered and answered.

insert into record.clock (id, title, amount, unit, during, source) values
  ('advocacy-offer', 'Advocacy is offered to a child, from when somebody begins to work with the family', 20, 'working days', '[2020-04-01,)',
    'Set by the partnership: the joint inspection of 2023 named advocacy as something to improve'),
  ('rights-letter', 'A child is told of their rights in writing, from when somebody begins to work with the family', 20, 'working days', '[2024-07-16,)',
    'Set by the partnership: the UNCRC (Incorporation) (Scotland) Act 2024 gives no time');

create table record.letter_template (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 60),
  title text not null check (length(title) between 1 and 200),
  body text not null check (length(body) between 1 and 20000),
  rights boolean not null default false,
  from_age smallint check (from_age between 0 and 120),
  to_age smallint check (to_age between from_age and 120),
  source text not null check (length(source) between 1 and 500),
  used boolean not null default true,
  version integer not null default 1
);
comment on table record.letter_template is 'holds no person: letters in plain words, with fields in braces that are filled in for whoever gets one';
comment on column record.letter_template.rights is 'It tells somebody of their rights';
create table record.letter_template_change (
  id uuid primary key default uuidv7(),
  template_id text not null references record.letter_template,
  was jsonb not null,
  why text not null check (length(why) between 1 and 500),
  changed_by uuid references access.account default access.account_id(),
  changed_at timestamptz not null default now()
);
comment on table record.letter_template_change is 'holds no person: how letters were changed, when and why, and by which colleague';
create index letter_template_change_template on record.letter_template_change (template_id, changed_at desc);
create index letter_template_change_changed_by on record.letter_template_change (changed_by);
comment on column record.letter_template_change.was is 'The row as it was; null in JSON when it was added';
grant select, insert, update on record.letter_template to kith_app;
grant select, insert on record.letter_template_change to kith_app;

insert into record.letter_template (id, title, body, rights, from_age, to_age, source) values
  ('rights-under-12', 'Your rights: for children', 'Dear {name},

I am {worker}. It is my job to help you and your family.

You have rights. Rights are promises that grown-ups have to keep. They are yours all the time. Nobody can take them away.

You have the right to:

- be safe
- say what you think, and have grown-ups listen
- play, learn and rest
- be with the people you love, whenever that is safe
- be yourself, with your own language and beliefs.

In Scotland these rights are the law.

You can have a helper of your own. The helper is called an advocate. An advocate is on your side. They help you to say what you want to say. They do not work for me. Tell me if you would like one. You can say yes, no, or not now.

I write down what we talk about. You can ask to see it. Ask me, and we will look at it together.

If you are not happy with something I do, you can tell me, or somebody else that you trust. They will help you to put it right. Nobody will be cross with you.

You can ask me anything. {How to reach me}

{worker}
{today}', true, 0, 11,
    'UNCRC (Incorporation) (Scotland) Act 2024; UK GDPR, article 15'),
  ('rights-12-to-15', 'Your rights: for young people', 'Dear {name},

I am {worker}, from {team}. I work with you and your family, and I am writing to tell you what your rights are.

Your rights are in the United Nations Convention on the Rights of the Child. Since July 2024 they are part of the law in Scotland. So the council and others who help you have to respect them in what they do.

What this means for you:

- You have the right to say what you think about everything that affects you, and to be taken seriously.
- You have the right to be safe, to be healthy, and to learn.
- You have the right to be with your family, and to see your brothers and sisters, whenever that is good for you.
- What is private about you is not shared without a good reason. I will tell you when something is shared, and why.

An advocate: this is somebody who is only on your side. They help you to say what you want, at meetings too. They do not work for the council, and it costs nothing. You can say yes, no, or not now, and you can change your mind.

Your record: I write down what happens and what we agree. You have the right to see it. At 12 you are usually old enough to ask for yourself. Ask me, and I will show you how.

If something is not right: tell me, or ask to speak to my manager. You can complain to the council. If you are not happy with its answer, you can go to the Scottish Public Services Ombudsman. An advocate can help you with all of this.

{How to reach me}

{worker}
{team}
{today}', true, 12, 15,
    'UNCRC (Incorporation) (Scotland) Act 2024; UK GDPR, article 15, with section 208 of the Data Protection Act 2018 (age 12)'),
  ('rights-16-and-over', 'Your rights: from 16', 'Dear {name},

I am {worker}, from {team}. This letter tells you what your rights are while we work together.

Until you are 18 you have the rights of the United Nations Convention on the Rights of the Child, which is part of the law in Scotland by the UNCRC (Incorporation) (Scotland) Act 2024. Public bodies have to act in keeping with it. You also have all the human rights that everybody has.

- Decisions about you: you have the right to be told, to say what you think, and to be taken seriously.
- An advocate: somebody independent who is only on your side and helps you to be heard. It costs nothing. You can say yes, no, or not now, and change your mind at any time.
- Your record: you have the right to a copy of what is held about you. Ask me, or anybody here; you do not have to say why. You can also say that something is wrong, and your words are put beside it.
- Complaints: you can complain to the council about anything we do or do not do. If its answer is not good enough, the Scottish Public Services Ombudsman can look at it. About how information is used you can go to the Information Commissioner.
- If you are care experienced, more help may be yours by right, for years to come. Ask me, and I will tell you what.

{How to reach me}

{worker}
{team}
{today}', true, 16, null,
    'UNCRC (Incorporation) (Scotland) Act 2024; UK GDPR, articles 15 and 16; Scottish Public Services Ombudsman Act 2002'),
  ('rights-parent', 'Your rights: for parents and carers', 'Dear {name},

I am {worker}, from {team}. I am writing so that you know what you can expect from us, and what to do when something is not right.

- You have the right to be told what we do and why, and to say what you think.
- Your children have rights of their own. They are part of the law in Scotland, and I am writing to them as well.
- You can have an advocate, who is independent and helps you to be heard. Ask me about it.
- You can ask for a copy of what is held about you. You can say that something is wrong, and your words are put beside it.
- You can complain to the council, and after that to the Scottish Public Services Ombudsman.

{How to reach me}

{worker}
{team}
{today}', true, 18, null,
    'UNCRC (Incorporation) (Scotland) Act 2024; UK GDPR, articles 15 and 16; Scottish Public Services Ombudsman Act 2002'),
  ('hello', 'Hello from your worker', 'Dear {name},

My name is {worker}. I work in {team}, and I am going to work with your family.

I would like to get to know you. You can tell me what matters to you, what is going well, and what should change. I will listen, and I will be honest with you about what I can and cannot do.

{How to reach me}

{worker}
{today}', false, null, null, 'Written by the partnership'),
  ('after-a-meeting', 'What was decided', 'Dear {name},

There was a meeting about how things are going for you. This is what was decided, and why:

{What was decided, in words for {them}}

This is what you said, and what was done about it:

{What {they} said, and what was done}

If you do not agree, tell me. You can have an advocate to help you, and you can complain.

{How to reach me}

{worker}
{team}
{today}', false, null, null, 'Written by the partnership');

create table record.letter (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  person_id uuid not null references record.person,
  template_id text not null references record.letter_template,
  title text not null check (length(title) between 1 and 200),
  rights boolean not null default false,
  body text not null check (length(body) between 1 and 30000),
  language text not null default 'English' check (length(language) between 1 and 60),
  large boolean not null default false,
  how text check (how in ('by hand', 'read together', 'post', 'e-mail')),
  given_on date,
  given_at timestamptz,
  given_by uuid references access.account,
  given_as text not null default '' check (length(given_as) <= 500),
  written_by uuid not null references access.account default access.account_id(),
  written_at timestamptz not null default now(),
  version integer not null default 1,
  constraint letter_given_whole check (num_nonnulls(how, given_on, given_at, given_by) in (0, 4))
);
comment on table record.letter is 'A letter to somebody: changed until it is given, and then kept as it was given';
comment on column record.letter.body is 'As it reads. No home address is in it: a page shows one beside it, unless it is withheld';
create index letter_family on record.letter (family_id, written_at desc, id desc);
create index letter_person on record.letter (person_id);
create index letter_template_id on record.letter (template_id);
create index letter_given_by on record.letter (given_by);
create index letter_written_by on record.letter (written_by);

create table record.advocacy_offer (
  id uuid primary key default uuidv7(),
  family_id uuid not null references record.family,
  person_id uuid not null references record.person,
  offered_on date not null check (offered_on between date '1990-01-01' and date '2200-01-01'),
  offered_at text not null check (offered_at in ('visit', 'plan', 'meeting', 'hearing', 'other')),
  offered_by uuid not null references access.account default access.account_id(),
  offered_as text not null default '' check (length(offered_as) <= 500),
  team_id uuid references access.team,
  answer text check (answer in ('yes', 'no', 'not now')),
  answered_on date check (answered_on >= offered_on),
  advocate text not null default '' check (length(advocate) <= 300),
  words text not null default '' check (length(words) <= 2000),
  ask_again_on date check (ask_again_on > offered_on),
  version integer not null default 1,
  constraint advocacy_answered_whole check ((answer is null) = (answered_on is null))
);
comment on column record.advocacy_offer.words is 'What they said to it, in their own words';
create index advocacy_offer_family on record.advocacy_offer (family_id, offered_on desc, id desc);
create index advocacy_offer_person on record.advocacy_offer (person_id, offered_on desc);
create index advocacy_offer_offered_by on record.advocacy_offer (offered_by);
create index advocacy_offer_team on record.advocacy_offer (team_id);
create index advocacy_offer_on on record.advocacy_offer (offered_on);

call record.protect_family_table('record.letter', listed => true);
call record.protect_family_table('record.advocacy_offer', listed => true);
revoke update on record.advocacy_offer from kith_app;
grant update (answer, answered_on, advocate, words, ask_again_on, version) on record.advocacy_offer to kith_app;
grant delete on record.letter to kith_app;
create policy figures on record.advocacy_offer for select to kith_figures using (true);
grant select (id, person_id, offered_on, answer, team_id) on record.advocacy_offer to kith_figures;

create function record.guard_letter() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'kith_app' then
      new.how := null;
      new.given_on := null;
      new.given_at := null;
      new.given_by := null;
      new.written_by := access.account_id();
      new.written_at := now();
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and record.only_merging(to_jsonb(old), to_jsonb(new)) then return new; end if;
  if old.given_at is not null then
    raise exception 'a letter that was given is never changed' using errcode = '23514', constraint = 'letter_given';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if new.id <> old.id or new.family_id <> old.family_id or new.person_id <> old.person_id or new.template_id <> old.template_id
    or new.written_by <> old.written_by or new.written_at <> old.written_at or new.rights <> old.rights then
    raise exception 'a letter keeps whom it is to' using errcode = '23514', constraint = 'letter_kept';
  end if;
  if new.given_at is not null and current_user = 'kith_app' then
    new.given_at := clock_timestamp();
    new.given_by := access.account_id();
  end if;
  return new;
end $$;
create trigger guard_letter before insert or update or delete on record.letter for each row execute function record.guard_letter();
create trigger never_emptied before truncate on record.letter for each statement execute function record.never_emptied();
