import type { Doing } from '../../platform/actions/declare.ts';
import { Problem } from '../../platform/problem.ts';
import { deciders } from '../../record/roles.ts';
import { postsInTeam, postsWithoutLimit, teamsThatDecide } from './records.ts';
import { type Limit, mayDecide } from './rules.ts';

// Who decides a request: what asking, deciding and sending up have in common.

/** After a decision the decider can look at what they decided for this long. */
export const decidedVisibleDays = 28;

/** The roles that may decide a sum of pence on a day. */
export const rolesThatMay = (limits: readonly Limit[], on: Temporal.PlainDate, pence: bigint): string[] =>
  deciders.filter((role) => mayDecide(limits, role, on, pence));

/** A team and its organisation. */
interface WhereTo {
  team: string;
  organisation: string;
}

/** Everybody who might decide, gathered together with what else an action reads. */
export const whoMight = async ({ rows, identity, today }: Doing, { team, organisation }: WhereTo) => {
  const [near, above] = await Promise.all([
    postsInTeam(rows, team, identity.account, deciders),
    postsWithoutLimit(rows, organisation, identity.account, deciders, today),
  ]);
  return { near, above };
};

/**
 * Where a request sets out for its decision: with the asker's own team; for a family support worker, whose organisation decides
 * nothing, with the team that works with the family.
 */
export async function setsOutFrom(
  { rows, identity }: Doing,
  own: WhereTo & { role: string },
  family: string,
): Promise<WhereTo> {
  if ((deciders as readonly string[]).includes(own.role)) return own;
  const [theirs] = await teamsThatDecide(rows, family, identity.account, deciders);
  return theirs ?? own;
}

/** Where a request waits: with the asker's team, or, when it goes up or nobody else there can decide, with the organisation. */
export function whoDecides(
  from: WhereTo,
  { near, above }: Awaited<ReturnType<typeof whoMight>>,
  may: readonly string[],
): { waitingWith: string; posts: string[] } {
  const here = near.filter((post) => may.includes(post.role));
  if (here.length > 0) return { waitingWith: from.team, posts: here.map((post) => post.id) };
  if (above.length === 0) {
    throw new Problem(422, 'nobody-decides', 'There is nobody at present who can decide this', {
      detail:
        'Ask the system administrator to give somebody the post of senior manager. What you wrote is kept.',
    });
  }
  return { waitingWith: from.organisation, posts: above.map((post) => post.id) };
}

/** A request is decided and paid by posts, and a restricted record is kept to people named one by one. */
export const restrictedRecord = () =>
  new Problem(409, 'restricted-record', 'This family’s record is kept to people named one by one', {
    detail:
      'A request cannot go to a team or a post. Ask the senior manager who restricted the record how this family is to be paid.',
  });
