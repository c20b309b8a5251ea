import { isDeepStrictEqual } from 'node:util';
import { idOf, type WorldSize } from './ids.ts';
import type { Shot } from './load.ts';
import { familyOf, funds, queueManagers, stockRequests, teamOf, tokenOf, workerOf } from './world.ts';

export const kinds = ['open', 'queue', 'ask', 'ask-reads', 'decide'] as const;
export type Kind = (typeof kinds)[number];
/** A fresh supply of requests: what to send next, or nothing when there is no more to do. */
export type Supply = () => () => Shot | undefined;
export type Shots = Record<Kind, Supply>;

const queries = '/api/queries/direct-payments.';
const actions = '/api/actions/direct-payments.';

/** Each request of the world in an order that jumps about, asked for by the practitioner whose family it is. */
function opening(size: WorldSize, pathOf: (id: string) => string): () => () => Shot {
  let n = 0;
  return () => () => {
    n = (n + 7_877) % size.requests;
    const request = n + 1;
    const worker = workerOf(size, familyOf(size, request)) ?? 1;
    return { method: 'GET', path: pathOf(idOf('request', request)), token: tokenFor('worker', worker) };
  };
}

const tokens = new Map<string, string>();
/** The token of somebody, worked out once. */
export function tokenFor(who: Parameters<typeof tokenOf>[0], n: number): string {
  const key = `${who}${n}`;
  const known = tokens.get(key) ?? tokenOf(who, n);
  tokens.set(key, known);
  return known;
}

/** The opening of a request at one of the layers; layer 5 is the whole of Kith. */
export const layerShots = (size: WorldSize) => (layer: number) =>
  opening(size, (id) => (layer === 5 ? `${queries}request?id=${id}` : `/${layer}?id=${id}`))();

export function shotsOf(size: WorldSize, otherFunds: readonly string[]): Shots {
  const stock = stockRequests(size);
  let family = 0;
  let manager = 0;
  const asking = (reads: string) => () => (): Shot => {
    family = (family + 6_007) % size.families;
    const n = family + 1;
    return {
      method: 'POST',
      path: `${actions}ask${reads}`,
      token: tokenFor('worker', workerOf(size, n) ?? 1),
      body: JSON.stringify({
        family: idOf('family', n),
        words: 'A bed of her own, so that she sleeps, and so do we.',
        whoWasThere: 'Isla and her mum',
        children: [idOf('person', n)],
        livesWith: 'parents',
        service: 'social-work',
        category: 'bedroom furniture',
        usedFor: 'A bed, a mattress and bedding',
        hopedFor: 'Sleep',
        amount: '10.00',
        otherFunds: otherFunds.map((id) => ({ id, canMeet: false })),
        payee: 'Kirsty Urquhart',
        method: 'prepaid card',
      }),
    };
  };
  return {
    open: opening(size, (id) => `${queries}request?id=${id}`),
    queue: () => () => {
      manager = (manager + 1) % queueManagers;
      return { method: 'GET', path: `${queries}queue`, token: tokenFor('queue', manager + 1) };
    },
    ask: asking(''),
    // The bare server also reads what the rules of asking need; Kith always does.
    'ask-reads': asking('?reads=1'),
    decide: () => {
      let n = stock.first;
      return () => {
        if (n >= stock.first + stock.count) return undefined;
        const request = n++;
        const worker = workerOf(size, familyOf(size, request)) ?? 1;
        const pounds = `${(5000 + (request % 200) * 100) / 100}.00`;
        return {
          method: 'POST',
          path: `${actions}decide`,
          token: tokenFor('manager', teamOf(worker)),
          body: JSON.stringify({
            id: idOf('request', request),
            version: 1,
            outcome: 'approve',
            howTold: 'By phone',
            draws: [{ fund: idOf('fund', (request % funds) + 1), amount: pounds }],
          }),
        };
      };
    },
  };
}

/** What a server answers to a request; fails unless it is 200. */
export const answerOf = async (port: number, shot: Shot): Promise<unknown> => {
  const answer = await fetch(`http://127.0.0.1:${port}${shot.path}`, {
    headers: { authorization: `Bearer ${shot.token}` },
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${shot.path} answered ${answer.status}: ${text}`);
  return JSON.parse(text);
};

/** The moment in a JSON answer is written +00:00 by PostgreSQL and Z by Temporal; "mine" needs to know who asks. */
export const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (key === 'mine' ? null : each)).replaceAll(
      /(\d\d:\d\d:\d\d(?:\.\d*?[1-9])?)\.?0*(?:\+00:00|Z)"/g,
      '$1Z"',
    ),
  );

/** The two servers must answer the same before their speed is compared. */
export async function agreement(kith: number, bare: number, shots: Shots): Promise<void> {
  for (const kind of ['open', 'queue'] as const) {
    const next = shots[kind]();
    for (let n = 0; n < 40; n++) {
      const shot = next();
      if (shot === undefined) break;
      const [ours, theirs] = await Promise.all([answerOf(kith, shot), answerOf(bare, shot)]);
      if (!isDeepStrictEqual(comparable(ours), comparable(theirs)))
        throw new Error(
          `the two servers answer differently to ${shot.path}:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`,
        );
    }
  }
}
