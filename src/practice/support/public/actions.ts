import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../../platform/actions/declare.ts';
import { id, oneOf, several, text, version } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../../platform/problem.ts';
import { practitioners } from '../../../record/roles.ts';
import { holidaysHere } from '../../../record/tasks/clocks.ts';
import type { Answer } from '../answers.ts';
import { nobodyAnswers } from '../asking.ts';
import {
  giveTeam,
  insertRequest,
  insertStep,
  membersOf,
  programmeOf,
  setAcknowledged,
  teamsFor,
  tellTeam,
} from '../records.ts';
import { restrictedRecord } from '../refusals.ts';
import { findingsFor, urgencyIds } from '../rules.ts';
import { programmeKeepers } from '../settings.ts';
import {
  type HeldAsked,
  handOn,
  holdAsked,
  lastBy,
  setHaveIt,
  setMade,
  setOver,
  writeStep,
} from './records.ts';
import { clocksFor, type Told, toldText } from './rules.ts';
import { shownOf } from './words.ts';

// What the team that answers does with what somebody asked for themselves.

const who = practitioners;
const about = 'whoever asked for help themselves';

/** What came in, held, if it waits with the asker’s team, nobody has answered it, and it is the version that they saw. */
async function toAnswer(
  { rows }: Doing,
  { asked: wanted, version: seen }: { asked: string; version: number },
): Promise<HeldAsked> {
  const asked = await holdAsked(rows, wanted);
  if (asked === undefined) throw notFound();
  if (asked.state !== 'sent' && asked.state !== 'acknowledged')
    throw new Problem(409, 'answered-already', 'This was answered a moment ago, or before', {
      detail: `${(await lastBy(rows, wanted)) ?? 'A colleague'} answered first, so nothing was done twice. What you wrote is below.`,
    });
  if (asked.version !== seen) {
    const by = asked.state === 'acknowledged' ? await lastBy(rows, wanted) : undefined;
    if (by === undefined) throw changedMeanwhile();
    throw new Problem(409, 'changed-meanwhile', `${by} has it now`, {
      detail: 'They said so a moment ago. Talk with each other before you go on; what you wrote is below.',
    });
  }
  return asked;
}

const which = { asked: id(), version: version() };

export const take = action({
  name: 'support.asked-take',
  title: 'Say that we have what somebody asked for themselves',
  who,
  about,
  input: z.object(which),
  async run(doing, input) {
    const asked = await toAnswer(doing, input);
    await writeStep(doing.rows, { asked, step: 'acknowledged', on: doing.today });
    await setHaveIt(doing.rows, asked.id, doing.today);
    return { about: [asked.id], asked: asked.id };
  },
});

export const answer = action({
  name: 'support.asked-answer',
  title: 'Answer somebody who asked for help themselves, with where help is',
  who,
  about,
  input: z.object({
    ...which,
    next: text(5000, 'Say where help is for them'),
    why: text(5000, 'Say how and when you told them'),
  }),
  async run(doing, { why, next, ...input }) {
    const asked = await toAnswer(doing, input);
    await writeStep(doing.rows, { asked, step: 'answered', why, next, on: doing.today });
    await setOver(doing.rows, asked.id, 'answered', doing.today);
    return { about: [asked.id], asked: asked.id };
  },
});

export const markNotReal = action({
  name: 'support.asked-not-real',
  title: 'Mark what came in as not from somebody who needs help',
  who,
  about,
  input: z.object({ ...which, why: text(5000, 'Say how you know') }),
  async run(doing, { why, ...input }) {
    const asked = await toAnswer(doing, input);
    await writeStep(doing.rows, { asked, step: 'not real', why, on: doing.today });
    await setOver(doing.rows, asked.id, 'not real', doing.today);
    return { about: [asked.id], asked: asked.id };
  },
});

export const hand = action({
  name: 'support.asked-hand',
  title: 'Hand what somebody asked for themselves to another team',
  who,
  about,
  input: z.object({
    ...which,
    team: id('Choose the team'),
    why: text(5000, 'Say why they are the right team'),
  }),
  async run(doing, { team, why, ...input }) {
    const { rows, today } = doing;
    const asked = await toAnswer(doing, input);
    const [to] = await rows.many<{ name: string }>(sql`
      select t.name from access.team t where t.id = ${team} and exists (
        select from access.post p where p.team_id = t.id and p.role_id = any (${[...practitioners]}::text[]))`);
    if (to === undefined || team === asked.team) throw invalid({ team: 'Choose another team from the list' });
    if (!(await handOn(rows, asked, team, why, today))) throw changedMeanwhile();
    return { about: [asked.id], team: to.name };
  },
});

/** Answers that no column of a request holds: how to reach them, and what is safe. They stay in the words in which they came. */
const answersOf = (told: Told): Answer[] =>
  shownOf(told, () => '')
    .filter(
      ({ step, text }) => ['agreed', 'name', 'age', 'where', 'reach', 'safe'].includes(step) && text !== '',
    )
    .map(({ step, title, text }) => ({
      id: `outside-${step}`,
      title,
      kind: 'text',
      value: text,
      words: text,
    }));

/** What they wrote themselves stays theirs: a young person’s own form is what the young person thinks. */
const viewOf = (told: Told): string =>
  [toldText(told, 'who') === 'myself' ? toldText(told, 'help') : '', toldText(told, 'view')]
    .filter((part) => part !== '')
    .join('\n\n');

const agreedWords = (asked: HeldAsked): string => {
  const on = dayText(asked.sentOn);
  if (asked.source === 'young person')
    return `The young person asked themselves on ${on} (${asked.reference})`;
  if (asked.source === 'family') return `The family asked itself on ${on} (${asked.reference})`;
  return `${toldText(asked.told, 'asker')} asked on ${on} and said that they know and agree (${asked.reference})`;
};

export const make = action({
  name: 'support.asked-make',
  title: 'Make a request for a family of what was asked for from outside',
  who,
  about: 'the family, those of it for whom help is asked, and whoever asked',
  input: z.object({
    ...which,
    family: id('Choose the family'),
    programme: text(60, 'Choose what would help'),
    people: several(z.uuid('Choose from the list')),
    urgency: oneOf(urgencyIds, 'Choose how soon help is needed'),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const { rows, today } = doing;
    const asked = await toAnswer(doing, input);
    const [programme, members, teams, holidays] = await Promise.all([
      programmeOf(rows, input.programme),
      membersOf(rows, input.family, today),
      teamsFor(rows, input.programme, input.family),
      holidaysHere(rows),
    ]);
    if (members.length === 0) throw notFound();
    if (programme === undefined || programme.state !== 'open')
      throw invalid({ programme: 'Choose what would help from the list' });
    const people = members.filter((member) => input.people.includes(member.id));
    if (people.length !== input.people.length) throw invalid({ people: 'Choose people of this family' });
    // Their own team where it answers for this, so that nobody new has to begin.
    const team = teams.find((each) => each.id === asked.team) ?? teams[0];
    if (team === undefined) throw nobodyAnswers(programme.title);
    // Age is looked at on the day on which they asked: nobody grows too old while it waits.
    const findings = findingsFor(programme, people, asked.sentOn);
    const not = findings.filter(({ met }) => !met).map(({ because }) => because);
    if (not.length > 0)
      throw new Problem(422, 'not-for-them', 'This help is not for them as it stands', {
        detail: not.join(' '),
        fields: { people: not.join(' ') },
      });
    const clocks = clocksFor(programme, input.urgency, today, holidays);
    const made = await insertRequest(rows, {
      family: input.family,
      programme: programme.id,
      source: asked.source,
      askedNamed: (toldText(asked.told, 'asker') || toldText(asked.told, 'name')).slice(0, 200) || null,
      askedTeam: asked.team,
      reason: toldText(asked.told, 'help'),
      tried: toldText(asked.told, 'tried'),
      view: viewOf(asked.told),
      agreed: agreedWords(asked),
      urgency: input.urgency,
      answers: answersOf(asked.told),
      findings,
      team: team.id,
      sentOn: asked.sentOn,
      // The clock runs from when they sent it, whatever became of it since.
      acknowledgeBy:
        Temporal.PlainDate.compare(clocks.acknowledgeBy, asked.answerBy) < 0
          ? clocks.acknowledgeBy
          : asked.answerBy,
      answerBy: asked.answerBy,
      people: people.map((person) => person.id),
    });
    if (team.id === asked.team) {
      await setAcknowledged(rows, made.id, today);
      await insertStep(rows, {
        request: { id: made.id, family: input.family, programme: programme.id, team: team.id },
        step: 'acknowledged',
        on: today,
      });
    }
    await giveTeam(rows, input.family, team.id, 'support-asked', made.id);
    if (team.id !== asked.team)
      await tellTeam(
        rows,
        team.id,
        `Help was asked for: ${programme.title} (${made.reference}).`,
        `/support/requests/${made.id}`,
        input.family,
      );
    await writeStep(rows, { asked, step: 'made', next: made.reference, on: today });
    await setMade(rows, asked.id, made.id, today);
    return { about: [input.family, ...input.people, asked.id], ...made, team: team.name };
  },
});

export const setFrontDoor = action({
  name: 'support.set-front-door',
  title: 'Set which teams answer whoever asks without knowing for what',
  who: programmeKeepers,
  about: 'nobody',
  input: z.object({ teams: several(z.uuid('Choose from the list')) }),
  async run({ rows }, { teams }) {
    const known = await rows.many(sql`select from access.team where id = any (${teams}::uuid[])`);
    if (known.length !== new Set(teams).size) throw invalid({ teams: 'Choose teams from the list' });
    await rows.run(sql`delete from support.front_door where team_id <> all (${teams}::uuid[])`);
    await rows.run(sql`
      insert into support.front_door (team_id) select team from unnest(${teams}::uuid[]) team on conflict do nothing`);
    return { about: [], teams: teams.length };
  },
});
