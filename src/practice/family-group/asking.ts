import { z } from 'zod';
import { postAs } from '../../platform/access/identity.ts';
import { action } from '../../platform/actions/declare.ts';
import { id, optionalId, optionalText, several, text, tick, version } from '../../platform/actions/fields.ts';
import { type Faults, invalid, notFound, Problem } from '../../platform/problem.ts';
import { frontLine, practitioners } from '../../record/roles.ts';
import { clocksOn, dueBy, holidaysHere } from '../../record/tasks/clocks.ts';
import {
  endReasons,
  giveTeam,
  insertProcess,
  insertStep,
  membersOf,
  seesFamily,
  setEnded,
  teamsOfCoordinators,
  tellOne,
  tellTeam,
} from './records.ts';
import { already, restrictedRecord, toTake, toWithdraw } from './refusals.ts';

// A family group meeting is asked for, with what cannot be otherwise; or is not wanted, or not taken on.

export const processHref = (process: string): string => `/family-meetings/${process}`;

/** A clock by its id, as it holds on a day. Each is there from the migration; a partnership that takes one out is told. */
export async function clockOf(
  rows: Parameters<typeof clocksOn>[0],
  name: 'answer' | 'plan' | 'emergency' | 'review',
  on: Temporal.PlainDate,
): Promise<Temporal.PlainDate> {
  const [clocks, holidays] = await Promise.all([clocksOn(rows, on), holidaysHere(rows)]);
  const clock = clocks.get(`family-group-${name}`);
  if (clock === undefined)
    throw new Problem(409, 'no-clock', `No time limit is set for this: family-group-${name}`, {
      detail: 'Ask the system administrator to set one that holds today. What you wrote is below.',
    });
  return dueBy(clock, on, holidays);
}

/** What is wrong with the children whom the family decides for. */
function childrenFaults(
  children: readonly string[] | undefined = [],
  members: Awaited<ReturnType<typeof membersOf>>,
): Faults {
  const young = members.filter(({ part }) => part === 'child' || part === 'young person');
  if (children.length === 0) return { children: 'Choose at least one child' };
  return children.every((each) => young.some((member) => member.id === each))
    ? {}
    : { children: 'Choose children or young people of this family' };
}

export const ask = action({
  name: 'family-group.ask',
  title: 'Ask for a family group meeting',
  who: practitioners,
  about: 'the family, and the children whom it would decide for',
  input: z.object({
    family: id('Choose the family'),
    children: several(z.uuid('Choose from the list')),
    decide: text(10_000, 'Write what the family needs to decide'),
    strengths: optionalText(10_000),
    bottomLine: text(5000, 'Write what cannot be otherwise, whatever the family plans'),
    bottomLineOf: id('Choose whose bottom line it is'),
    safety: text(
      5000,
      'Write what has to be thought of so that everybody who comes is safe; or that there is nothing',
    ),
    view: optionalText(10_000),
    agreedWith: text(1000, 'Say who in the family agreed to this: it is voluntary'),
    emergency: tick(),
    team: optionalId(),
  }),
  refusals: { restricted_record: restrictedRecord, process_once: already },
  async faults({ rows, today }, { family, children }) {
    return family === undefined ? {} : childrenFaults(children, await membersOf(rows, family, today));
  },
  async run({ rows, identity, today }, input) {
    const post = postAs(identity, frontLine) ?? postAs(identity, practitioners);
    if (post === undefined) throw notFound();
    const [members, teams, holds, answerBy] = await Promise.all([
      membersOf(rows, input.family, today),
      teamsOfCoordinators(rows),
      seesFamily(rows, input.bottomLineOf, input.family),
      clockOf(rows, 'answer', today),
    ]);
    if (members.length === 0) throw notFound();
    const fields: Record<string, string> = { ...childrenFaults(input.children, members) };
    if (!holds) fields.bottomLineOf = 'Choose somebody who works with this family';
    const team = input.team === undefined ? teams[0] : teams.find((each) => each.id === input.team);
    if (input.team !== undefined && team === undefined) fields.team = 'Choose a team from the list';
    if (Object.keys(fields).length > 0) throw invalid(fields);
    if (team === undefined)
      throw new Problem(422, 'no-coordinators', 'There are no coordinators at present', {
        detail:
          'Ask the system administrator for a team of the service "family-group". What you wrote is kept.',
      });
    const made = await insertProcess(rows, {
      ...input,
      team: team.id,
      askedTeam: post.team,
      askedOn: today,
      answerBy,
    });
    await giveTeam(rows, input.family, team.id, made.id);
    await tellTeam(
      rows,
      team.id,
      `A family group meeting was asked for (${made.reference})${input.emergency ? '. It cannot wait.' : '.'}`,
      processHref(made.id),
      input.family,
    );
    return {
      about: [input.family, ...input.children],
      process: made.id,
      reference: made.reference,
      team: team.name,
    };
  },
});

const seen = { process: id(), version: version() };

export const withdraw = action({
  name: 'family-group.withdraw',
  title: 'Withdraw a family group meeting that the family does not want',
  who: practitioners,
  about: 'the family',
  input: z.object({ ...seen, why: text(5000, 'Say why, in words the family could read') }),
  async run(doing, input) {
    const process = await toWithdraw(doing, input);
    const { rows, today } = doing;
    await insertStep(rows, process, 'withdrawn', today, { why: input.why });
    await setEnded(rows, process.id, 'not taken', 'withdrawn', today);
    await endReasons(rows, process.family, 'family-group-asked', process.id);
    return { about: [process.family], process: process.id };
  },
});

export const turnAway = action({
  name: 'family-group.turn-away',
  title: 'Say that a family group meeting is not what helps, and where the family goes next',
  who: frontLine,
  about: 'the family',
  input: z.object({
    ...seen,
    why: text(5000, 'Say why, in words the family could read'),
    next: text(5000, 'Say where the family goes next: nobody is left without an answer'),
  }),
  async run(doing, input) {
    const process = await toTake(doing, input);
    const { rows, today } = doing;
    await insertStep(rows, process, 'turned away', today, { why: input.why, next: input.next });
    await setEnded(rows, process.id, 'not taken', 'other help', today);
    await tellOne(
      rows,
      process.askedBy,
      `What you asked for was answered: see where the family goes next (${process.reference}).`,
      processHref(process.id),
      process.family,
    );
    await endReasons(rows, process.family, 'family-group-asked', process.id);
    return { about: [process.family], process: process.id };
  },
});
