import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, oneOf, optionalId, optionalText, text, tick, version } from '../../platform/actions/fields.ts';
import { invalid, Problem, refuse } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import { holidaysHere } from '../../record/tasks/clocks.ts';
import { answersFrom, questionsAt } from './answers.ts';
import { givenAnswers, nobodyAnswers } from './asking.ts';
import { hasRoom, insertSupport, insertSupportStep, supportBegins } from './helping-records.ts';
import { type Level, levels, type Programme } from './programme.ts';
import {
  endReasons,
  giveTeam,
  holdRequest,
  insertStep,
  membersOf,
  programmeOf,
  requestPeople,
  sendOn,
  setAcknowledged,
  setAnswered,
  teamsFor,
  tellOne,
  tellTeam,
  worksIn,
} from './records.ts';
import { restrictedRecord, toAnswerHere } from './refusals.ts';
import { clocksOf, findingsFor } from './rules.ts';

// What the team does with which a request waits: say that they have it, take it on, send it on, or say where else help is.

const seen = { request: id(), version: version() };

export const acknowledge = action({
  name: 'support.acknowledge',
  title: 'Say that a request for help has arrived',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object(seen),
  async run(doing, input) {
    const request = await toAnswerHere(doing, input);
    if (request.state === 'acknowledged')
      throw new Problem(409, 'acknowledged-already', 'A colleague has said so already', {
        detail: 'Now answer it: take it on, send it on, or say where else help is.',
      });
    const { rows, today, identity } = doing;
    await setAcknowledged(rows, request.id, today);
    await insertStep(rows, { request, step: 'acknowledged', on: today });
    await tellOne(
      rows,
      request.askedBy,
      `${identity.name} has your request for help (${request.reference}).`,
      `/support/requests/${request.id}`,
      request.family,
    );
    return { about: [request.family], request: request.id };
  },
});

/** What is wrong with how help is agreed to, as far as it could be read. */
function acceptingFaults(
  programme: Programme,
  {
    level,
    lead,
    waits,
    answers = {},
  }: {
    level?: Level | undefined;
    lead?: string | undefined;
    waits?: boolean | undefined;
    answers?: Readonly<Record<string, string>> | undefined;
  },
): Record<string, string> {
  return {
    ...(level === undefined || programme.levels.includes(level)
      ? {}
      : { level: 'Choose a level that this help has' }),
    ...(waits || lead !== undefined
      ? {}
      : { lead: 'Choose who leads, or put the family on the waiting list' }),
    ...answersFrom(questionsAt(programme, 'accepting'), answers).faults,
  };
}

export const accept = action({
  name: 'support.accept',
  title: 'Agree to help a family that asked',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object({
    ...seen,
    level: oneOf(levels, 'Choose how much help'),
    lead: optionalId(),
    /** Ticked: the family waits until there is room, in the order of the day on which help was asked for. */
    waits: tick(),
    why: optionalText(5000),
    answers: givenAnswers(),
  }),
  refusals: { restricted_record: restrictedRecord },
  async faults({ rows }, typed) {
    const request = typed.request === undefined ? undefined : await holdRequest(rows, typed.request);
    const programme = request && (await programmeOf(rows, request.programme));
    return programme === undefined ? {} : acceptingFaults(programme, typed);
  },
  async run(doing, input) {
    const request = await toAnswerHere(doing, input);
    const { rows, today } = doing;
    const [programme, people, holidays] = await Promise.all([
      programmeOf(rows, request.programme),
      requestPeople(rows, request.id),
      holidaysHere(rows),
    ]);
    if (programme === undefined) throw invalid({ form: 'This programme is not there any more' });
    const { answers } = answersFrom(questionsAt(programme, 'accepting'), input.answers);
    const faults = acceptingFaults(programme, input);
    if (input.lead !== undefined && !(await worksIn(rows, input.lead, request.team)))
      faults.lead = 'Choose somebody of the team';
    const full = input.waits ? undefined : await hasRoom(rows, programme, people.length);
    if (full !== undefined) faults.waits = full;
    refuse(faults);
    const support = await insertSupport(rows, {
      family: request.family,
      programme: programme.id,
      request: request.id,
      level: input.level,
      team: request.team,
      lead: input.lead ?? null,
      urgency: request.urgency,
      agreedOn: today,
      waitedFrom: request.sentOn,
      people,
      answers,
    });
    await giveTeam(rows, request.family, request.team, 'support', support);
    await insertStep(rows, { request, step: 'accepted', why: input.why, on: today });
    await setAnswered(rows, request.id, 'accepted', today);
    await insertSupportStep(rows, {
      support,
      family: request.family,
      step: 'accepted',
      level: input.level,
      why: input.why,
      on: today,
    });
    if (!input.waits)
      await supportBegins(rows, {
        id: support,
        family: request.family,
        programme,
        people,
        level: input.level,
        on: today,
        holidays,
      });
    await tellOne(
      rows,
      request.askedBy,
      input.waits
        ? `The family will be helped, and is on the waiting list (${request.reference}).`
        : `The family is being helped (${request.reference}).`,
      `/support/supports/${support}`,
      request.family,
    );
    await endReasons(rows, request.family, 'support-asked', request.id);
    return { about: [request.family], request: request.id, support, waits: input.waits };
  },
});

export const redirect = action({
  name: 'support.redirect',
  title: 'Send a request for help on to another programme, with everything that was told',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object({
    ...seen,
    programme: text(60, 'Choose where it goes'),
    team: optionalId(),
    why: text(5000, 'Say why that is a better place, in words the family could read'),
    told: text(2000, 'Say how the family was told, or will be'),
    /** What whoever sends it on knows of what the other programme asks. None is needed: nobody asks the family for it. */
    answers: givenAnswers(),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const request = await toAnswerHere(doing, input);
    const { rows, today } = doing;
    const [programme, teams, members, people, holidays] = await Promise.all([
      programmeOf(rows, input.programme),
      teamsFor(rows, input.programme, request.family),
      membersOf(rows, request.family, today),
      requestPeople(rows, request.id),
      holidaysHere(rows),
    ]);
    if (programme === undefined || programme.state !== 'open')
      throw invalid({ programme: 'Choose help that takes requests at present' });
    const team = input.team === undefined ? teams[0] : teams.find((each) => each.id === input.team);
    if (team === undefined) throw nobodyAnswers(programme.title);
    if (programme.id === request.programme && team.id === request.team)
      throw invalid({ programme: 'It waits there now: choose somewhere else' });
    const { answers, faults } = answersFrom(
      questionsAt(programme, 'asking').map((question) => ({ ...question, needed: false })),
      input.answers,
    );
    if (Object.keys(faults).length > 0) throw invalid(faults);
    // Who may be helped is looked at on the day it was asked: nobody grows too old on the way.
    const unmet = findingsFor(
      programme,
      members.filter((member) => people.includes(member.id)),
      request.sentOn,
    ).filter(({ met }) => !met);
    if (unmet.length > 0) throw invalid({ programme: unmet.map(({ because }) => because).join(' ') });
    // The clock goes on: by when the family is answered does not change. Those who get it now say in their own time that they have it.
    const acknowledgeBy =
      request.state === 'sent'
        ? request.acknowledgeBy
        : clocksOf(programme, request.urgency, today, holidays).acknowledgeBy;
    await insertStep(rows, {
      request,
      step: 'redirected',
      toProgramme: programme.id,
      toTeam: team.id,
      why: input.why,
      told: input.told,
      acknowledgeBy,
      on: today,
    });
    await sendOn(rows, request.id, {
      programme: programme.id,
      team: team.id,
      acknowledgeBy,
      answers: answers.map((each) => ({ ...each, of: programme.id })),
    });
    const link = `/support/requests/${request.id}`;
    await tellTeam(
      rows,
      team.id,
      `A request for help was sent on to you: ${programme.title} (${request.reference}).`,
      link,
      request.family,
    );
    await tellOne(
      rows,
      request.askedBy,
      `Your request for help was sent on to ${programme.title} (${request.reference}).`,
      link,
      request.family,
    );
    // Those with whom it was see the family no longer; those to whom it went do.
    await endReasons(rows, request.family, 'support-asked', request.id);
    await giveTeam(rows, request.family, team.id, 'support-asked', request.id);
    return { about: [request.family], request: request.id, team: team.name, title: programme.title };
  },
});

export const decline = action({
  name: 'support.decline',
  title: 'Say that a programme cannot help, and where the family goes next',
  who: practitioners,
  about: 'the family for which help was asked',
  input: z.object({
    ...seen,
    why: text(5000, 'Say why, in words the family could read'),
    next: text(5000, 'Say where the family goes next: nobody is left without an answer'),
    told: text(2000, 'Say how the family was told, or will be'),
  }),
  async run(doing, input) {
    const request = await toAnswerHere(doing, input);
    const { rows, today } = doing;
    await insertStep(rows, {
      request,
      step: 'declined',
      why: input.why,
      next: input.next,
      told: input.told,
      on: today,
    });
    await setAnswered(rows, request.id, 'declined', today);
    await tellOne(
      rows,
      request.askedBy,
      `Your request for help was answered: see where the family goes next (${request.reference}).`,
      `/support/requests/${request.id}`,
      request.family,
    );
    await endReasons(rows, request.family, 'support-asked', request.id);
    return { about: [request.family], request: request.id };
  },
});
