import sql from 'sql-template-tag';
import { z } from 'zod';
import { type Identity, postAs } from '../../platform/access/identity.ts';
import { action } from '../../platform/actions/declare.ts';
import {
  day,
  id,
  oneOf,
  optional,
  optionalDay,
  optionalText,
  text,
  tick,
  version,
} from '../../platform/actions/fields.ts';
import type { Rows } from '../../platform/database/rows.ts';
import { dayText } from '../../platform/days.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { familyName } from '../families/records.ts';
import { familyId } from '../fields.ts';
import { practitioners } from '../roles.ts';
import { addressee } from './records.ts';
import { answers, filled, givingWays, leftToFill, occasions } from './rules.ts';

const writer = (identity: Identity) => {
  const post = postAs(identity, practitioners);
  return {
    as: post ? `${post.roleTitle}, ${post.teamName}` : '',
    team: post?.team,
    teamName: post?.teamName ?? '',
  };
};

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) > 0;

/** Somebody would change a letter that was given. */
const givenAlready = () =>
  new Problem(409, 'given-already', 'This letter was given, and is kept as it was', {
    detail: 'Write another letter to put something right.',
  });
const refusals = { letter_given: givenAlready };

/** How a letter stands for whoever asks; a Problem when they see none, or when it was given. */
async function unsent(rows: Rows, letter: string): Promise<{ family: string; person: string; body: string }> {
  const [found] = await rows.many<{ family: string; person: string; body: string; given: boolean }>(sql`
    select l.family_id as family, l.person_id as person, l.body, l.given_at is not null as given from record.letter l
    where l.id = ${letter}::uuid`);
  if (found === undefined) throw notFound();
  if (found.given) throw givenAlready();
  return found;
}

export const begin = action({
  name: 'letters.begin',
  title: 'Begin a letter to somebody',
  who: practitioners,
  about: 'the family, and whoever the letter is to',
  input: z.object({
    family: familyId(),
    person: id('Choose who the letter is to'),
    template: text(60, 'Choose a letter'),
    phone: optionalText(60),
  }),
  async run({ rows, identity, today }, { family, person, template, phone }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    const them = await addressee(rows, family, person, today);
    if (them === undefined) throw invalid({ person: 'Choose somebody who is in this family' });
    const [of] = await rows.many<{ title: string; body: string; rights: boolean }>(sql`
      select t.title, t.body, t.rights from record.letter_template t where t.id = ${template} and t.used`);
    if (of === undefined) throw invalid({ template: 'Choose a letter' });
    const body = filled(of.body, {
      name: them.name,
      fullName: them.full_name,
      pronouns: them.pronouns ?? '',
      worker: identity.name,
      team: writer(identity).teamName,
      today: dayText(today),
      phone,
    });
    const [made] = await rows.many<{ id: string }>(sql`
      insert into record.letter (family_id, person_id, template_id, title, rights, body)
      values (${family}::uuid, ${person}::uuid, ${template}, ${of.title}, ${of.rights}, ${body}) returning id`);
    if (made === undefined) throw new Error('the letter was not written');
    return { about: [family, person], family, letter: made.id };
  },
});

export const change = action({
  name: 'letters.change',
  title: 'Change a letter before it is given',
  who: practitioners,
  about: 'the family, and whoever the letter is to',
  input: z.object({
    letter: id(),
    version: version(),
    title: text(200, 'Say what the letter is about'),
    body: text(30_000, 'Write the letter'),
    language: text(60, 'Say which language it is in'),
    large: tick(),
  }),
  async run({ rows }, { letter, version: seen, title, body, language, large }) {
    const { family, person } = await unsent(rows, letter);
    const changed = await rows.run(sql`
      update record.letter set title = ${title}, body = ${body}, language = ${language}, large = ${large}, version = version + 1
      where id = ${letter}::uuid and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    return { about: [family, person], family, letter };
  },
  refusals,
});

export const discard = action({
  name: 'letters.discard',
  title: 'Throw away a letter that was not given',
  who: practitioners,
  about: 'the family, and whoever the letter was to',
  input: z.object({ letter: id(), version: version() }),
  async run({ rows }, { letter, version: seen }) {
    const { family, person } = await unsent(rows, letter);
    const gone = await rows.run(
      sql`delete from record.letter where id = ${letter}::uuid and version = ${seen}`,
    );
    if (gone === 0) throw changedMeanwhile();
    return { about: [family, person], family };
  },
  refusals,
});

export const give = action({
  name: 'letters.give',
  title: 'Say that a letter was given, and keep it as it was',
  who: practitioners,
  about: 'the family, and whoever the letter is to',
  input: z.object({
    letter: id(),
    version: version(),
    how: oneOf(givingWays, 'Choose how it was given'),
    on: day('Enter the day on which it was given'),
  }),
  async run({ rows, identity, today }, { letter, version: seen, how, on }) {
    const { family, person, body } = await unsent(rows, letter);
    if (later(on, today)) throw invalid({ on: 'Enter today or an earlier day' });
    const left = leftToFill(body);
    if (left.length > 0)
      throw new Problem(422, 'not-whole', `There is still something to fill in: ${left.join(', ')}`, {
        detail: 'Change the letter first.',
      });
    const given = await rows.run(sql`
      update record.letter set how = ${how}, given_on = ${on}::date, given_at = now(), given_by = access.account_id(),
        given_as = ${writer(identity).as}, version = version + 1
      where id = ${letter}::uuid and version = ${seen}`);
    if (given === 0) throw changedMeanwhile();
    return { about: [family, person], family, letter };
  },
  refusals,
});

/** What is said to an offer of advocacy. */
const answerFields = {
  answer: optional(oneOf(answers, 'Choose what they said')),
  answeredOn: optionalDay('Enter the day on which they answered'),
  advocate: optionalText(300),
  words: optionalText(2000),
  askAgainOn: optionalDay('Enter the day on which to ask again'),
};

function checkAnswer(
  {
    answer,
    answeredOn,
    askAgainOn,
  }: {
    answer?: string | undefined;
    answeredOn?: Temporal.PlainDate | undefined;
    askAgainOn?: Temporal.PlainDate | undefined;
  },
  offeredOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
): void {
  const wrong: Record<string, string> = {};
  if (answer === undefined && answeredOn !== undefined) wrong.answer = 'Choose what they said';
  if (answeredOn && (later(answeredOn, today) || later(offeredOn, answeredOn)))
    wrong.answeredOn = 'Enter a day from when it was offered until today';
  if (answer === 'not now' && askAgainOn === undefined)
    wrong.askAgainOn = 'Enter the day on which to ask again';
  if (askAgainOn && !later(askAgainOn, offeredOn)) wrong.askAgainOn = 'Enter a day after it was offered';
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
}

export const offer = action({
  name: 'advocacy.offer',
  title: 'Write down that advocacy was offered',
  who: practitioners,
  about: 'the family, and whoever it was offered to',
  input: z.object({
    family: familyId(),
    person: id('Choose to whom it was offered'),
    on: day('Enter the day on which it was offered'),
    at: oneOf(occasions, 'Choose when it was offered'),
    ...answerFields,
  }),
  async run({ rows, identity, today }, { family, person, on, at, ...said }) {
    if ((await familyName(rows, family)) === undefined) throw notFound();
    if ((await addressee(rows, family, person, today)) === undefined)
      throw invalid({ person: 'Choose somebody who is in this family' });
    if (later(on, today)) throw invalid({ on: 'Enter today or an earlier day' });
    checkAnswer(said, on, today);
    const { as, team } = writer(identity);
    const [made] = await rows.many<{ id: string }>(sql`
      insert into record.advocacy_offer (family_id, person_id, offered_on, offered_at, offered_as, team_id, answer, answered_on, advocate,
        words, ask_again_on)
      values (${family}::uuid, ${person}::uuid, ${on}::date, ${at}, ${as}, ${team ?? null}::uuid, ${said.answer ?? null},
        ${said.answer === undefined ? null : (said.answeredOn ?? on)}::date, ${said.advocate}, ${said.words},
        ${said.askAgainOn ?? null}::date) returning id`);
    if (made === undefined) throw new Error('the offer was not written');
    return { about: [family, person], family, offer: made.id };
  },
});

export const answerOffer = action({
  name: 'advocacy.answer',
  title: 'Write down the answer to an offer of advocacy',
  who: practitioners,
  about: 'the family, and whoever answered',
  input: z.object({ offer: id(), version: version(), ...answerFields }),
  async run({ rows, today }, { offer: of, version: seen, ...said }) {
    const [stands] = await rows.many<{ family: string; person: string; on: Temporal.PlainDate }>(sql`
      select o.family_id as family, o.person_id as person, o.offered_on as on from record.advocacy_offer o where o.id = ${of}::uuid`);
    if (stands === undefined) throw notFound();
    if (said.answer === undefined) throw invalid({ answer: 'Choose what they said' });
    checkAnswer(said, stands.on, today);
    const changed = await rows.run(sql`
      update record.advocacy_offer set answer = ${said.answer}, answered_on = ${said.answeredOn ?? today}::date, advocate = ${said.advocate},
        words = ${said.words}, ask_again_on = ${said.askAgainOn ?? null}::date, version = version + 1
      where id = ${of}::uuid and version = ${seen}`);
    if (changed === 0) throw changedMeanwhile();
    return { about: [stands.family, stands.person], family: stands.family, offer: of };
  },
});
