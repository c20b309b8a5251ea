import { z } from 'zod';
import { action } from '../../platform/actions/declare.ts';
import { id, optional, optionalText, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, Problem } from '../../platform/problem.ts';
import { frontLine, practitioners } from '../../record/roles.ts';
import { clockOf, processHref } from './asking.ts';
import {
  beforeInTurn,
  endReasons,
  giveCoordinator,
  insertStep,
  nameOf,
  roomLeft,
  setAccepted,
  setCoordinator,
  setRoom,
  teamsOfCoordinators,
  tellOne,
  worksIn,
} from './records.ts';
import { restrictedRecord, toLookAt, toTake } from './refusals.ts';
import { whyNoRoom, whyNotIndependent } from './rules.ts';

// A coordinator takes a family on, within the room they have; hands it to a colleague; and says how much room they have.

const notIndependent = (why: string) =>
  new Problem(422, 'not-independent', `A coordinator is independent. ${why}`, {
    detail: 'Ask a colleague to take this family on. What you wrote is below.',
  });

export const accept = action({
  name: 'family-group.accept',
  title: 'Take on a family as its coordinator',
  who: frontLine,
  about: 'the family',
  input: z.object({
    process: id(),
    version: version(),
    /** Needed when another family is before this one in the list. */
    outOfTurn: optionalText(2000),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const process = await toTake(doing, input);
    const { rows, identity, today } = doing;
    const why = whyNotIndependent(
      { account: identity.account, teams: identity.posts.map(({ team }) => team) },
      process,
    );
    if (why !== undefined) throw notIndependent(why);
    const full = whyNoRoom(await roomLeft(rows, identity.account, today));
    if (full !== undefined)
      throw new Problem(422, 'no-room', 'You have no room for one family more', { detail: full });
    const before = await beforeInTurn(rows, process);
    if (before !== undefined && input.outOfTurn === '')
      throw invalid({
        outOfTurn: `${before} is next in the list: take that one, or say why this one goes first`,
      });
    const [planBy, meetBy] = await Promise.all([
      clockOf(rows, 'plan', today),
      process.emergency ? clockOf(rows, 'emergency', today) : null,
    ]);
    await giveCoordinator(rows, process.family, identity.account, process.id);
    await insertStep(rows, process, 'accepted', today, { why: input.outOfTurn });
    await setAccepted(rows, process.id, { coordinator: identity.account, on: today, planBy, meetBy });
    await tellOne(
      rows,
      process.askedBy,
      `${identity.name} is the coordinator of the family for which you asked (${process.reference}).`,
      processHref(process.id),
      process.family,
    );
    // The team sees the family no longer: only its coordinator does.
    await endReasons(rows, process.family, 'family-group-asked', process.id);
    return { about: [process.family], process: process.id };
  },
});

export const handOver = action({
  name: 'family-group.hand-over',
  title: 'Hand a family to another coordinator',
  who: practitioners,
  about: 'the family',
  input: z.object({
    process: id(),
    version: version(),
    coordinator: id('Choose a coordinator'),
    why: text(2000, 'Say why, in words the family could read'),
  }),
  refusals: { restricted_record: restrictedRecord },
  async run(doing, input) {
    const process = await toLookAt(doing, input);
    const { rows, identity, today } = doing;
    if (
      identity.account !== process.coordinator &&
      !identity.posts.some(({ team }) => team === process.askedTeam)
    )
      throw new Problem(
        403,
        'not-the-coordinator',
        'The coordinator, or the team that asked, hands a family over',
        {
          detail: 'Ask one of them.',
        },
      );
    if (input.coordinator === process.coordinator)
      throw invalid({ coordinator: 'They are the coordinator now: choose somebody else' });
    if (!(await worksIn(rows, input.coordinator, process.team)))
      throw invalid({ coordinator: 'Choose a coordinator from the list' });
    const why = whyNotIndependent({ account: input.coordinator, teams: [] }, process);
    if (why !== undefined)
      throw invalid({ coordinator: 'They asked for this, or hold the bottom line: choose somebody else' });
    const left = await roomLeft(rows, input.coordinator, today);
    if (process.state === 'preparing' && (left === undefined || left.now >= left.atOnce))
      throw invalid({ coordinator: 'They have no room for one family more: choose somebody who has' });
    await insertStep(rows, process, 'handed over', today, { why: input.why });
    await setCoordinator(rows, process.id, input.coordinator);
    await tellOne(
      rows,
      input.coordinator,
      `You are the coordinator of one family more (${process.reference}).`,
      processHref(process.id),
      process.family,
    );
    // The one before sees the family until this is done and no longer; the new reason is not ended with theirs.
    await endReasons(rows, process.family, 'family-group', process.id);
    await giveCoordinator(rows, process.family, input.coordinator, process.id);
    return { about: [process.family], process: process.id, name: await nameOf(rows, input.coordinator) };
  },
});

export const room = action({
  name: 'family-group.set-room',
  title: 'Set how many families a coordinator takes at once',
  who: practitioners,
  about: 'nobody',
  input: z.object({
    /** Whose room it is; one’s own unless said. A team manager sets that of the team. */
    coordinator: optional(z.uuid('Choose a coordinator')),
    version: z.coerce.number().int().min(0),
    atOnce: z.coerce
      .number({ error: 'Enter a number' })
      .int('Enter a whole number')
      .min(0, 'Enter 0 or more')
      .max(40, 'Enter 40 or fewer'),
  }),
  async run({ rows, identity, today }, { coordinator = identity.account, version: seen, atOnce }) {
    const teams = await teamsOfCoordinators(rows);
    const post = identity.posts.find(({ team }) => teams.some(({ id: each }) => each === team));
    if (post === undefined)
      throw new Problem(403, 'not-a-coordinator', 'Coordinators say how many families they take', {
        detail: 'A coordinator works in a team of the service "family-group".',
      });
    if (coordinator !== identity.account && post.role !== 'team-manager')
      throw new Problem(403, 'not-yours', 'Each coordinator, or the manager of the team, says how many', {
        detail: 'Ask them to set it.',
      });
    if (!(await worksIn(rows, coordinator, post.team)))
      throw invalid({ coordinator: 'Choose a coordinator of your team' });
    if (!(await setRoom(rows, { account: coordinator, team: post.team, atOnce, on: today, version: seen })))
      throw changedMeanwhile();
    return { about: [], atOnce };
  },
});
