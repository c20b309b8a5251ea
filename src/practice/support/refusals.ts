import type { Doing } from '../../platform/actions/declare.ts';
import { changedMeanwhile, notFound, Problem } from '../../platform/problem.ts';
import { type HeldSupport, holdSupport } from './helping-records.ts';
import { actsFor, answererOf, type HeldRequest, holdRequest } from './records.ts';

// What is looked at before anything is done to a request or a support, and the sentences that say why it cannot be done.

/** Requests go to teams, and a restricted record is kept to people named one by one. */
export const restrictedRecord = () =>
  new Problem(409, 'restricted-record', 'This family’s record is kept to people named one by one', {
    detail:
      'A request cannot go to a team. Ask the senior manager who restricted the record who may help this family, and give them access by name.',
  });

const endWords = { accepted: 'accepted', declined: 'answered', closed: 'withdrawn' } as const;

/** The request, held, if it still waits for an answer and is the version that the asker saw. */
export async function toAnswer(
  { rows }: Doing,
  { request: id, version }: { request: string; version: number },
): Promise<HeldRequest> {
  const request = await holdRequest(rows, id);
  if (request === undefined) throw notFound();
  const { state } = request;
  if (state !== 'sent' && state !== 'acknowledged')
    throw new Problem(409, 'answered-already', `This was ${endWords[state]} a moment ago, or before`, {
      detail: `${(await answererOf(rows, id)) ?? 'A colleague'} answered first, so nothing was done twice. What you wrote is below.`,
    });
  if (request.version !== version) throw changedMeanwhile();
  return request;
}

/** The same, for those with whom it waits: the team, its senior manager, or one to whom it climbed. */
export async function toAnswerHere(
  doing: Doing,
  input: { request: string; version: number },
): Promise<HeldRequest> {
  const request = await toAnswer(doing, input);
  const { rows, identity } = doing;
  if (await actsFor(rows, identity.account, request.team)) return request;
  if (request.climbed === 2 && identity.posts.some(({ role }) => role === 'senior-manager')) return request;
  throw new Problem(403, 'not-your-team', 'This waits with another team, and they answer it', {
    detail:
      'If they do not, it goes up by itself. You can withdraw it if the family does not want it any more.',
  });
}

/** The support, held, if it is the version that the asker saw, and whoever asks is of the team that helps, or its senior manager. */
export async function toHelp(
  doing: Doing,
  { support: id, version }: { support: string; version?: number | undefined },
  states: readonly HeldSupport['state'][] = ['active', 'paused'],
): Promise<HeldSupport> {
  const support = await holdSupport(doing.rows, id);
  if (support === undefined) throw notFound();
  if (version !== undefined && support.version !== version) throw changedMeanwhile();
  if (!support.acts)
    throw new Problem(403, 'not-your-team', 'Another team helps this family here', {
      detail: 'You see what they do. Ask them to write this down.',
    });
  if (!states.includes(support.state)) throw notNow(support.state);
  return support;
}

const notNow = (state: HeldSupport['state']) =>
  new Problem(409, 'not-now', standing[state], {
    detail: 'What you wrote is below. Look at where it stands now.',
  });

const standing: Readonly<Record<HeldSupport['state'], string>> = {
  waiting: 'This help has not begun yet',
  active: 'This help is going on',
  paused: 'This help is paused',
  ended: 'This help has ended',
};
