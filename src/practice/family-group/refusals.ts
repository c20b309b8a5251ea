import type { Doing } from '../../platform/actions/declare.ts';
import { changedMeanwhile, notFound, Problem } from '../../platform/problem.ts';
import { practitioners } from '../../record/roles.ts';
import { answererOf, type Held, holdProcess, nameOf, takenBy } from './records.ts';
import { coordinatesIn, type State, stateWords } from './rules.ts';

// What is looked at before anything is done, and the sentences that say why it cannot be done.

/** Requests go to a team, and a restricted record is kept to people named one by one. */
export const restrictedRecord = () =>
  new Problem(409, 'restricted-record', 'This family’s record is kept to people named one by one', {
    detail:
      'It cannot go to a team. Ask the senior manager who restricted the record to give a coordinator access by name.',
  });

export const already = () =>
  new Problem(409, 'asked-already', 'A family group meeting is asked for already, or is being prepared', {
    detail: 'Look at the family’s page: there is one at a time. What you wrote is below.',
  });

interface Seen {
  process: string;
  version?: number | undefined;
}

async function held(
  { rows }: Doing,
  { process: id, version }: Seen,
  states: readonly State[],
): Promise<Held> {
  const process = await holdProcess(rows, id);
  if (process === undefined) {
    const first = await takenBy(rows, id);
    if (first === undefined) throw notFound();
    throw new Problem(409, 'taken-already', `${first} has taken this family on`, {
      detail: 'They were first, so nothing was done twice. What you wrote is below.',
    });
  }
  if (!states.includes(process.state)) {
    const first = process.state === 'waiting' ? undefined : await answererOf(rows, id);
    throw new Problem(409, 'not-now', `Where it stands now: ${stateWords[process.state].toLowerCase()}`, {
      detail:
        states[0] === 'waiting'
          ? `${first ?? 'A colleague'} was first, so nothing was done twice. What you wrote is below.`
          : 'This cannot be done at this time. What you wrote is below.',
    });
  }
  if (version !== undefined && process.version !== version) throw changedMeanwhile();
  return process;
}

const teamsOf = ({ identity }: Doing): string[] =>
  identity.posts
    .filter(({ role }) => (practitioners as readonly string[]).includes(role))
    .map(({ team }) => team);

/** The process while it waits, for one of the team of coordinators. */
export async function toTake(doing: Doing, seen: Seen): Promise<Held> {
  const process = await held(doing, seen, ['waiting']);
  if (coordinatesIn(doing.identity.posts, process.team)) return process;
  throw new Problem(403, 'not-your-team', 'This waits for a coordinator, and one of them answers it', {
    detail: 'You can withdraw it if the family does not want it any more.',
  });
}

/** The process while it waits, for whoever asked or works where it was asked. */
export async function toWithdraw(doing: Doing, seen: Seen): Promise<Held> {
  const process = await held(doing, seen, ['waiting']);
  if (doing.identity.account === process.askedBy || teamsOf(doing).includes(process.askedTeam))
    return process;
  throw new Problem(403, 'not-yours', 'Whoever asked for this withdraws it', {
    detail: 'A coordinator can say where else help is.',
  });
}

/** The process while a coordinator is with the family, for that coordinator. */
export async function toCoordinate(
  doing: Doing,
  seen: Seen,
  states: readonly State[] = ['preparing', 'following'],
): Promise<Held> {
  const process = await held(doing, seen, states);
  if (doing.identity.account === process.coordinator) return process;
  throw new Problem(
    403,
    'not-the-coordinator',
    `${await nameOf(doing.rows, process.coordinator)} is the coordinator of this family`,
    { detail: 'You see what they do. Ask them to write this down.' },
  );
}

/** The process while a coordinator is with the family, for whoever sees it. */
export const toLookAt = (doing: Doing, seen: Seen): Promise<Held> =>
  held(doing, seen, ['preparing', 'following']);
