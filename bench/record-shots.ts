import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { idOf, type WorldSize } from './ids.ts';
import type { Shot } from './load.ts';
import { answerOf, comparable, type Supply, tokenFor } from './shots.ts';
import { workerOf } from './world.ts';

/** What is measured of the shared record: beside the bare server, and the pages, which the bare server does not have. */
export const recordKinds = [
  'person',
  'map',
  'map-large',
  'find',
  'find-all',
  'letter',
  'mine',
  'looked',
  'person-looked',
] as const;
export const pageKinds = ['person-page', 'map-page', 'map-large-page', 'start-page'] as const;
export type RecordKind = (typeof recordKinds)[number];
export type PageKind = (typeof pageKinds)[number];

/** Names of people as they are typed: each with a practitioner who works with them. */
export interface Searched {
  name: string;
  worker: number;
}

/** Four hundred people spread over all of them. */
export async function namesToFind(superuser: pg.Client, size: WorldSize): Promise<Searched[]> {
  const numbers = Array.from({ length: 400 }, (_, i) => ((i * 7919) % (size.families * 2)) + 1);
  const { rows } = await superuser.query<{ id: string; name: string }>(
    `select id, given_name || ' ' || family_name as name from record.person where id = any ($1::uuid[])`,
    [numbers.map((n) => idOf('person', n))],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return numbers.map((n) => ({
    name: names.get(idOf('person', n)) ?? 'Isla',
    worker: workerOf(size, ((n - 1) % size.families) + 1) ?? 1,
  }));
}

/** Two letters in the middle of the last word that changed places. */
const slipped = (name: string): string => {
  const at = name.length - 3;
  return at < 2 ? name : `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`;
};

/** Everything that is asked while somebody types a name: from its first two letters on, and in the end misspelt. */
const typed = (name: string): string[] => [
  ...Array.from({ length: name.length - 1 }, (_, i) => name.slice(0, i + 2)).filter(
    (text) => !text.endsWith(' '),
  ),
  slipped(name),
];

export function recordShots(
  size: WorldSize,
  searched: readonly Searched[],
): Record<RecordKind | PageKind, Supply> {
  const step = (many: number, by: number) => {
    let n = 0;
    return () => {
      n = (n + by) % many;
      return n + 1;
    };
  };
  /** Families that some practitioner works with, jumping about. */
  const ofFamilies = (pathOf: (id: string) => string, every = 1): Supply => {
    const next = step(Math.floor(size.families / every), 6_007);
    return () => () => {
      const family = next() * every;
      return {
        method: 'GET',
        path: pathOf(idOf('family', family)),
        token: tokenFor('worker', workerOf(size, family) ?? 1),
      };
    };
  };
  const ofPeople = (pathOf: (id: string) => string): Supply => {
    const next = step(size.people, 99_991);
    return () => () => {
      const person = next();
      const family = ((person - 1) % size.families) + 1;
      return {
        method: 'GET',
        path: pathOf(idOf('person', person)),
        token: tokenFor('worker', workerOf(size, family) ?? 1),
      };
    };
  };
  const ofWorkers = (path: string): Supply => {
    const next = step(size.practitioners, 17);
    return () => () => ({ method: 'GET', path, token: tokenFor('worker', next()) });
  };
  const searching = (texts: readonly { text: string; worker: number }[]): Supply => {
    const next = step(texts.length, 1);
    return () => (): Shot => {
      const { text, worker } = texts[next() - 1] ?? { text: 'is', worker: 1 };
      return {
        method: 'GET',
        path: `/api/queries/people.find?text=${encodeURIComponent(text)}`,
        token: tokenFor('worker', worker),
      };
    };
  };
  const large = size.families >= 5000 ? 5000 : 50;
  return {
    person: ofPeople((id) => `/api/queries/people.open?person=${id}`),
    'person-page': ofPeople((id) => `/people/${id}`),
    map: ofFamilies((id) => `/api/queries/relationships.map?family=${id}`),
    'map-page': ofFamilies((id) => `/families/${id}/map`),
    'map-large': ofFamilies((id) => `/api/queries/relationships.map?family=${id}`, large),
    'map-large-page': ofFamilies((id) => `/families/${id}/map`, large),
    find: searching(searched.flatMap(({ name, worker }) => typed(name).map((text) => ({ text, worker })))),
    // Somebody who works with other families: nearly all that is found is a record that exists.
    'find-all': searching(
      searched.map(({ name, worker }) => ({ text: name, worker: (worker % size.practitioners) + 1 })),
    ),
    letter: searching(
      [...'abcdefghijklmnoprstuwyz'].map((text, i) => ({ text, worker: (i % size.practitioners) + 1 })),
    ),
    mine: ofWorkers('/api/queries/families.mine'),
    looked: ofFamilies((id) => `/api/queries/families.looked?family=${id}`),
    'person-looked': ofPeople((id) => `/api/queries/people.looked?person=${id}`),
    'start-page': ofWorkers('/'),
  };
}

interface Piece {
  event?: string;
  families?: unknown;
  about?: string;
  kind?: string;
  what?: string;
  data?: { id?: string };
}

/** What both servers must answer alike. The bare one sees every family, so those of a person are left out; of a map and a search only who and what is compared. */
const shared = (kind: RecordKind, answer: unknown): unknown => {
  const { rows } = answer as { rows: Piece[] };
  if (kind === 'person') return rows.map(({ families, ...rest }) => rest);
  if (kind === 'map') return rows.flatMap(({ what, data }) => (what === 'tie' ? [data?.id] : [])).sort();
  // A moment is written to the microsecond by one and to the millisecond by the other.
  if (kind === 'looked') return rows.map(({ event }) => event);
  if (kind === 'find')
    return rows.flatMap((row) =>
      row.kind === 'family' ? [] : [row.kind === 'exists' ? row.kind : row.about],
    );
  return rows;
};

/** Fails where the two servers answer differently. */
export async function recordAgreement(
  kith: number,
  bare: number,
  shots: Record<RecordKind, Supply>,
): Promise<void> {
  for (const kind of ['person', 'map', 'find', 'mine', 'looked'] as const) {
    const next = shots[kind]();
    for (let n = 0; n < 40; n++) {
      const shot = next();
      if (shot === undefined) break;
      // One after the other: an answer about who has looked must not have the other's question in it.
      const theirs = shared(kind, await answerOf(bare, shot));
      const ours = shared(kind, await answerOf(kith, shot));
      if (!isDeepStrictEqual(comparable(ours), comparable(theirs)))
        throw new Error(
          `the two servers answer differently to ${shot.path}:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`,
        );
    }
  }
}
