import type { HomeKind } from '../../record/homes/rules.ts';
import { frontLine } from '../../record/roles.ts';

// The rules of family group decision making, as pure functions. Days are given, never read from the clock. Sources: the committee
// report on family support (2021), paragraph 2.10 ("around 12 weeks"; children stay in their kinship network and are not placed in
// foster care); the Children and Young People (Scotland) Act 2014, part 12 (services for children at risk of becoming looked after);
// where they are silent it says "ours".

export const states = ['waiting', 'preparing', 'following', 'ended', 'not taken'] as const;
export type State = (typeof states)[number];

/** Where it stands, as pages say it. */
export const stateWords: Readonly<Record<State, string>> = {
  waiting: 'Waits for a coordinator',
  preparing: 'Getting ready',
  following: 'Following the plan',
  ended: 'Ended',
  'not taken': 'Not taken on',
};

/** How somebody stands to the meeting. */
export const standings = ['to be asked', 'asked', 'comes', 'cannot come', 'should not be there'] as const;
export type Standing = (typeof standings)[number];
export const standingWords: Readonly<Record<Standing, string>> = {
  'to be asked': 'To be asked',
  asked: 'Asked',
  comes: 'Comes',
  'cannot come': 'Cannot come',
  'should not be there': 'Should not be there',
};

/** How it can end once a coordinator has begun. */
export const endings = {
  'has what it needs': 'The family has what it needs',
  'plan not kept': 'The plan was not kept, and something else is needed',
  'chose another way': 'The family chose another way',
  'no plan agreed': 'No plan could be agreed',
  'other help': 'Other help is better',
} as const;
export type Ending = keyof typeof endings;
export const endingIds = Object.keys(endings) as [Ending, ...Ending[]];

/** The same, and how one ends that was never taken on. */
export const endingWords = (ending: string | null): string =>
  ending === null
    ? ''
    : ending === 'withdrawn'
      ? 'The family did not want it'
      : (endings[ending as Ending] ?? ending);

export const reviewOutcomes = {
  'goes well': 'The plan goes well as it is',
  'changed a little': 'The family changed it a little',
  'meets again': 'The family meets again',
} as const;
export type ReviewOutcome = keyof typeof reviewOutcomes;
export const reviewIds = Object.keys(reviewOutcomes) as [ReviewOutcome, ...ReviewOutcome[]];

export const meetingKinds = ['family meeting', 'emergency meeting', 'meeting again'] as const;
export const metWays = ['at home', 'somewhere else', 'by phone', 'by video'] as const;
export const givenWays = ['by hand', 'by post', 'by e-mail', 'read to them'] as const;

/** How many days those who worked with a family here still see it after the end, as in direct payments. */
export const visibleDaysAfter = 28;

const earlier = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0;

/**
 * Why a coordinator cannot take one family more; nothing when they can. A family takes room until its plan is agreed (ours).
 * `left` is undefined when they have not said how many families they take at once.
 */
export function whyNoRoom(left: { atOnce: number; now: number } | undefined): string | undefined {
  if (left === undefined)
    return 'Say first how many families you take at once, under "Coordinators". The family keeps its place in the list.';
  if (left.now < left.atOnce) return undefined;
  return `You are with ${left.now} ${left.now === 1 ? 'family' : 'families'} now and take ${left.atOnce} at once. The family keeps its place in the list: a colleague with room can take it, or you when a plan is agreed.`;
}

/**
 * Why somebody cannot be the coordinator of a family: a coordinator is independent, and is nobody who asked, holds the bottom line
 * or works in the team that asked.
 */
export function whyNotIndependent(
  coordinator: { account: string; teams: readonly string[] },
  process: { askedBy: string; bottomLineOf: string; askedTeam: string },
): string | undefined {
  if (coordinator.account === process.askedBy) return 'You asked for this yourself';
  if (coordinator.account === process.bottomLineOf) return 'You hold the bottom line';
  return coordinator.teams.includes(process.askedTeam) ? 'You work in the team that asked' : undefined;
}

/** Whether somebody works in a team of coordinators, in a post that works with families: who takes on the families that wait there. */
export const coordinatesIn = (posts: readonly { role: string; team: string }[], team: string): boolean =>
  posts.some((post) => post.team === team && (frontLine as readonly string[]).includes(post.role));

/** A family in the waiting list. */
export interface Waiting {
  id: string;
  emergency: boolean;
  askedOn: Temporal.PlainDate;
}

/** The order of the waiting list: those who cannot wait first, then by the day on which they were asked for. */
export const inTurn = (one: Waiting, other: Waiting): number =>
  Number(other.emergency) - Number(one.emergency) ||
  Temporal.PlainDate.compare(one.askedOn, other.askedOn) ||
  one.id.localeCompare(other.id);

/** Something that is due next, and by when. */
export interface NextDue {
  what: 'answer' | 'meet' | 'plan' | 'agree' | 'review';
  due: Temporal.PlainDate;
}

export const dueTitles: Readonly<Record<NextDue['what'], string>> = {
  answer: 'Take on a family, or say where else help is',
  meet: 'Bring a family together that cannot wait',
  plan: 'Help a family to its plan',
  agree: 'Answer a family’s plan',
  review: 'Look at a family’s plan with them',
};

/**
 * What is due next. While it waits, an answer; once taken on, a meeting where it cannot wait, then the plan within the twelve weeks,
 * or the answer to a plan that is written; then the next review.
 */
export function nextDue(process: {
  state: State;
  answerBy: Temporal.PlainDate;
  meetBy: Temporal.PlainDate | null;
  met: boolean;
  planBy: Temporal.PlainDate | null;
  /** The day on which a plan was written that nobody has answered yet. */
  unansweredSince: Temporal.PlainDate | null;
  reviewBy: Temporal.PlainDate | null;
}): NextDue | undefined {
  const { state, meetBy, planBy, unansweredSince, reviewBy } = process;
  if (state === 'waiting') return { what: 'answer', due: process.answerBy };
  if (state !== 'preparing' && state !== 'following') return undefined;
  if (unansweredSince !== null) {
    const by = unansweredSince.add({ days: answerDays });
    return {
      what: 'agree',
      due: state === 'preparing' && planBy !== null && earlier(planBy, by) ? planBy : by,
    };
  }
  if (state === 'following') return reviewBy === null ? undefined : { what: 'review', due: reviewBy };
  if (meetBy !== null && !process.met) return { what: 'meet', due: meetBy };
  return planBy === null ? undefined : { what: 'plan', due: planBy };
}

/** A plan is answered at the meeting where it can be, and within these days where it cannot (ours). */
const answerDays = 3;

/** Whole weeks and days between two days, in words: "11 weeks", "12 weeks and 2 days". */
export function weeksText(from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const days = from.until(to, { largestUnit: 'days' }).days;
  const weeks = Math.floor(days / 7);
  const rest = days % 7;
  const said = [
    weeks === 0 && rest > 0 ? '' : `${weeks} ${weeks === 1 ? 'week' : 'weeks'}`,
    rest === 0 ? '' : `${rest} ${rest === 1 ? 'day' : 'days'}`,
  ].filter((each) => each !== '');
  return said.join(' and ');
}

/** The kinds of home that are with a child's own family. */
const withFamily: readonly HomeKind[] = ['home', 'with relatives'];

/** What became of a child, by the kinds of home before and at a later day; undefined where either is not known. */
export function homeChange(
  before: HomeKind | null,
  later: HomeKind | null,
): 'stayed' | 'returned' | 'left' | 'away' | undefined {
  if (before === null || later === null) return undefined;
  const was = withFamily.includes(before);
  const is = withFamily.includes(later);
  return was ? (is ? 'stayed' : 'left') : is ? 'returned' : 'away';
}

export const homeChangeWords = {
  stayed: 'Stayed with family',
  returned: 'Returned to family',
  left: 'Lives away from family now',
  away: 'Still lives away from family',
} as const;

/** Why a plan cannot be answered by somebody: it is the answer of whoever holds the bottom line, or of their manager. */
export function whyNotAnswer(
  who: { account: string; posts: readonly { role: string; team: string; organisation: string }[] },
  process: { bottomLineOf: string; bottomLineName: string; askedTeam: string; askedOrganisation: string },
): string | undefined {
  if (who.account === process.bottomLineOf) return undefined;
  const stands = who.posts.some(
    ({ role, team, organisation }) =>
      (role === 'team-manager' && team === process.askedTeam) ||
      (role === 'senior-manager' && organisation === process.askedOrganisation),
  );
  return stands
    ? undefined
    : `${process.bottomLineName} holds the bottom line, and answers the plan; when they are away, their manager does.`;
}
