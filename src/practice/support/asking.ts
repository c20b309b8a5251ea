import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action } from '../../platform/actions/declare.ts';
import {
  id,
  oneOf,
  optional,
  optionalId,
  optionalText,
  several,
  text,
  version,
} from '../../platform/actions/fields.ts';
import { invalid, notFound, Problem, refuse } from '../../platform/problem.ts';
import { frontLine, practitioners } from '../../record/roles.ts';
import { holidaysHere } from '../../record/tasks/clocks.ts';
import { answersFrom, questionsAt } from './answers.ts';
import type { Programme } from './programme.ts';
import {
  endReasons,
  giveTeam,
  insertRequest,
  insertStep,
  membersOf,
  programmeOf,
  setAnswered,
  teamsFor,
  tellTeam,
} from './records.ts';
import { restrictedRecord, toAnswer } from './refusals.ts';
import { clocksOf, findingsFor, type Source, sourceOf, sources, urgencyIds, whyNotAsk } from './rules.ts';

// What whoever asks for a family does: ask for help, and say that it is not wanted any more.

/** What was answered to the questions of a programme, by their ids. */
export const givenAnswers = () => z.record(z.string().max(60), z.string().max(6000)).default({});

/** What is wrong with what is asked, as far as it could be read: for whom it is, who asks, and the programme's own questions. */
function askingFaults(
  programme: Programme,
  {
    people: chosen = [],
    answers = {},
  }: {
    people?: readonly string[] | undefined;
    answers?: Readonly<Record<string, string>> | undefined;
  },
  members: Awaited<ReturnType<typeof membersOf>>,
  source: Source,
  today: Temporal.PlainDate,
): Record<string, string> {
  const people = members.filter(({ id: member }) => chosen.includes(member));
  const unmet = findingsFor(programme, people, today).filter(({ met }) => !met);
  const whyNot = whyNotAsk(programme, source);
  return {
    ...(people.length !== chosen.length
      ? { people: 'Choose people of this family' }
      : unmet.length > 0
        ? { people: unmet.map(({ because }) => because).join(' ') }
        : {}),
    ...answersFrom(questionsAt(programme, 'asking'), answers).faults,
    ...(whyNot === undefined ? {} : { source: whyNot }),
  };
}

export const ask = action({
  name: 'support.ask',
  title: 'Ask for help for a family',
  who: practitioners,
  about: 'the family, and those of it for whom help is asked',
  input: z.object({
    family: id('Choose the family'),
    programme: text(60, 'Choose what would help'),
    people: several(z.uuid('Choose from the list')),
    /** Who asks; the asker's own service unless said: a worker writes down what a family asks for itself. */
    source: optional(oneOf(sources, 'Choose who asks')),
    team: optionalId(),
    reason: text(20_000, 'Write what is going on, and what would help'),
    tried: optionalText(10_000),
    view: optionalText(10_000),
    urgency: oneOf(urgencyIds, 'Choose how soon help is needed'),
    agreed: text(1000, 'Say who in the family agreed to this'),
    answers: givenAnswers(),
  }),
  refusals: { restricted_record: restrictedRecord },
  async faults({ rows, identity, today }, typed) {
    const post = postAs(identity, frontLine) ?? postAs(identity, practitioners);
    const { family, programme: wanted } = typed;
    if (post === undefined || family === undefined || wanted === undefined) return {};
    const [programme, members] = await Promise.all([
      programmeOf(rows, wanted),
      membersOf(rows, family, today),
    ]);
    return programme === undefined
      ? {}
      : askingFaults(programme, typed, members, typed.source ?? sourceOf(post.service), today);
  },
  async run({ rows, identity, today }, input) {
    const post = postAs(identity, frontLine) ?? postAs(identity, practitioners);
    if (post === undefined) throw notFound();
    const [programme, members, teams, holidays] = await Promise.all([
      programmeOf(rows, input.programme),
      membersOf(rows, input.family, today),
      teamsFor(rows, input.programme, input.family),
      holidaysHere(rows),
    ]);
    if (members.length === 0) throw notFound();
    if (programme === undefined) throw invalid({ programme: 'Choose what would help from the list' });
    const source = input.source ?? sourceOf(post.service);
    const people = members.filter((member) => input.people.includes(member.id));
    const { answers } = answersFrom(questionsAt(programme, 'asking'), input.answers);
    const faults = askingFaults(programme, input, members, source, today);
    const team = input.team === undefined ? teams[0] : teams.find((each) => each.id === input.team);
    if (input.team !== undefined && team === undefined) faults.team = 'Choose a team from the list';
    const findings = findingsFor(programme, people, today);
    const unmet = findings.filter(({ met }) => !met);
    if (unmet.length > 0)
      throw new Problem(422, 'not-for-them', 'This help is not for them as it stands', {
        detail: unmet.map(({ because }) => because).join(' '),
        fields: faults,
      });
    refuse(faults);
    if (team === undefined) throw nobodyAnswers(programme.title);
    const made = await insertRequest(rows, {
      family: input.family,
      programme: programme.id,
      source,
      askedNamed: null,
      askedTeam: post.team,
      reason: input.reason,
      tried: input.tried,
      view: input.view,
      agreed: input.agreed,
      urgency: input.urgency,
      answers,
      findings,
      team: team.id,
      sentOn: today,
      ...clocksOf(programme, input.urgency, today, holidays),
      people: people.map((person) => person.id),
    });
    await giveTeam(rows, input.family, team.id, 'support-asked', made.id);
    await tellTeam(
      rows,
      team.id,
      `Help was asked for: ${programme.title} (${made.reference}).`,
      `/support/requests/${made.id}`,
      input.family,
    );
    return { about: [input.family, ...input.people], ...made, team: team.name };
  },
});

/** No team is there to answer: the request would wait with nobody. */
export const nobodyAnswers = (title: string) =>
  new Problem(422, 'nobody-answers', `Nobody answers for ${title} at present`, {
    detail:
      'Choose other help, or ask the planning officer to say which team answers for it. What you wrote is kept.',
  });

export const close = action({
  name: 'support.close',
  title: 'Withdraw a request for help that is not wanted any more',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object({
    request: id(),
    version: version(),
    why: text(5000, 'Say why, in words the family could read'),
  }),
  async run(doing, input) {
    const request = await toAnswer(doing, input);
    const { rows, today } = doing;
    await insertStep(rows, { request, step: 'closed', why: input.why, on: today });
    await setAnswered(rows, request.id, 'closed', today);
    await endReasons(rows, request.family, 'support-asked', request.id);
    return { about: [request.family], request: request.id };
  },
});
