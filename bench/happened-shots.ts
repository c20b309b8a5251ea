import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import { bigFamily, unsignedCount } from './happened.ts';
import { idOf, type WorldSize } from './ids.ts';
import type { Shot } from './load.ts';
import { noteText, searchedFor } from './passages.ts';
import { answerOf, comparable, type Supply, tokenFor } from './shots.ts';
import { teams, workerOf } from './world.ts';

/** What is measured of what happened and what is to be done: each beside the bare server, the pages too. */
export const happenedKinds = [
  'chronology',
  'chronology-large',
  'notes',
  'notes-large',
  'search',
  'search-none',
  'search-large',
  'note',
  'tasks',
  'today',
  'team',
  'draft',
  'sign',
  'chronology-page',
  'notes-page',
  'note-page',
  'today-page',
  'team-page',
] as const;
export type HappenedKind = (typeof happenedKinds)[number];

/** What the shots need to know: notes and the numbers of the families they are of, and what a form of each practitioner carries. */
interface ToAsk {
  notes: readonly { id: string; family: number }[];
  csrf: readonly string[];
}

/** Practitioners whose drafts are saved, at most: each has a token for forms. */
const drafters = 100;

/** Four hundred signed notes spread over all, and the tokens that forms carry. */
export async function toAsk(superuser: pg.Client, size: WorldSize, kith: number): Promise<ToAsk> {
  const signed = size.notes - unsignedCount(size);
  const ids = Array.from({ length: 400 }, (_, i) => idOf('note', ((i * 7919) % signed) + 1));
  const { rows } = await superuser.query<{ id: string; family: string }>(
    'select id, family_id as family from record.note where id = any ($1::uuid[])',
    [ids],
  );
  const csrf: string[] = [];
  for (let worker = 1; worker <= Math.min(drafters, size.practitioners); worker++) {
    const shot: Shot = { method: 'GET', path: '/api/session', token: tokenFor('worker', worker) };
    csrf.push(((await answerOf(kith, shot)) as { csrf: string }).csrf);
  }
  // The end of an id is its number, in base 16.
  return {
    notes: rows.map(({ id, family }) => ({ id, family: Number.parseInt(family.slice(-12), 16) })),
    csrf,
  };
}

export function happenedShots(size: WorldSize, { notes, csrf }: ToAsk): Record<HappenedKind, Supply> {
  const step = (many: number, by: number) => {
    let n = 0;
    return () => {
      n = (n + by) % many;
      return n + 1;
    };
  };
  const held = Math.min(size.families, size.practitioners * size.familiesEach);
  const get = (path: string, family: number): Shot => ({
    method: 'GET',
    path,
    token: tokenFor('worker', workerOf(size, family) ?? 1),
  });
  /** Families that some practitioner works with, jumping about; the one with far more than any other only where it is meant. */
  const ofFamilies = (pathOf: (id: string) => string): Supply => {
    const next = step(held, 6_007);
    return () => () => {
      const drawn = next();
      const family = drawn === bigFamily ? drawn + 1 : drawn;
      return get(pathOf(idOf('family', family)), family);
    };
  };
  const ofBig =
    (path: string): Supply =>
    () =>
    () =>
      get(path.replace(':family', idOf('family', bigFamily)), bigFamily);
  const ofNotes = (pathOf: (id: string) => string): Supply => {
    const next = step(notes.length, 17);
    return () => () => {
      const { id, family } = notes[next() - 1] ?? { id: '', family: 1 };
      return get(pathOf(id), family);
    };
  };
  const ofWorkers = (path: string): Supply => {
    const next = step(size.practitioners, 17);
    return () => () => ({ method: 'GET', path, token: tokenFor('worker', next()) });
  };
  const ofManagers = (pathOf: (team: string) => string): Supply => {
    const next = step(teams, 7);
    return () => () => {
      const team = next();
      return { method: 'GET', path: pathOf(idOf('team', team)), token: tokenFor('manager', team) };
    };
  };
  const searching = (word: string) =>
    ofFamilies((id) => `/api/queries/notes.of-family?family=${id}&words=${word}`);
  return {
    chronology: ofFamilies((id) => `/api/queries/chronology.of-family?family=${id}`),
    'chronology-large': ofBig('/api/queries/chronology.of-family?family=:family'),
    notes: ofFamilies((id) => `/api/queries/notes.of-family?family=${id}`),
    'notes-large': ofBig('/api/queries/notes.of-family?family=:family'),
    search: searching(searchedFor.common),
    'search-none': searching(searchedFor.none),
    'search-large': ofBig(`/api/queries/notes.of-family?family=:family&words=${searchedFor.none}`),
    note: ofNotes((id) => `/api/queries/notes.one?note=${id}`),
    tasks: ofWorkers('/api/queries/tasks.mine'),
    today: ofWorkers('/api/queries/today.families'),
    team: ofManagers((team) => `/api/queries/team.caseload?team=${team}`),
    draft: saving(csrf, step(csrf.length, 7)),
    sign: signing(size, step(held, 6_007)),
    'chronology-page': ofFamilies((id) => `/families/${id}/chronology`),
    'notes-page': ofFamilies((id) => `/families/${id}/notes`),
    'note-page': ofNotes((id) => `/notes/${id}`),
    'today-page': ofWorkers('/today'),
    'team-page': ofManagers(() => '/team'),
  };
}

/** What somebody has typed of a note, as the page sends it at a pause: each time a little more. */
function saving(csrf: readonly string[], next: () => number): Supply {
  let typed = 0;
  return () => () => {
    const worker = next();
    const family = idOf('family', worker);
    typed += 1;
    const words = noteText(typed);
    return {
      method: 'POST',
      path: `/drafts/${encodeURIComponent(`/families/${family}/notes/add#form`)}`,
      token: tokenFor('worker', worker),
      body: JSON.stringify({
        _csrf: csrf[worker - 1],
        words: words.slice(0, 100 + ((typed * 37) % (words.length - 100))),
        how: 'home',
        there: 'Isla and her mum',
      }),
    };
  };
}

/** A note, written and signed; in every tenth are a child's own words. */
function signing(size: WorldSize, next: () => number): Supply {
  const on = Temporal.Now.plainDateISO('Europe/London').toString();
  let written = 0;
  return () => () => {
    const family = next();
    written += 1;
    const child = idOf('person', family);
    return {
      method: 'POST',
      path: '/api/actions/notes.write',
      token: tokenFor('worker', workerOf(size, family) ?? 1),
      body: JSON.stringify({
        family: idOf('family', family),
        words: noteText(written),
        people: [child],
        on,
        how: 'home',
        there: 'Isla and her mum',
        quotations:
          written % 10 === 0
            ? [{ words: 'I want to be in my own bed and hear the rain.', person: child, on }]
            : [],
        finish: 'sign',
      }),
    };
  };
}

type Row = Record<string, unknown>;

/** The columns of Kith's rows in which the bare server says something else; it gives every column there is. */
const differing = (ours: readonly Row[], theirs: readonly Row[]): string[] =>
  ours.length === theirs.length
    ? ours.flatMap((row, index) =>
        Object.keys(row)
          .filter((name) => !isDeepStrictEqual(row[name], theirs[index]?.[name]))
          .map(
            (name) =>
              `row ${index + 1}, ${name}: ${JSON.stringify(row[name])}, bare ${JSON.stringify(theirs[index]?.[name])}`,
          ),
      )
    : [`${ours.length} rows, bare ${theirs.length}`];

/** Fails where the two servers answer differently, or find nothing where there is something. */
export async function happenedAgreement(
  kith: number,
  bare: number,
  shots: Record<HappenedKind, Supply>,
): Promise<void> {
  for (const kind of [
    'chronology',
    'notes',
    'search',
    'search-none',
    'note',
    'tasks',
    'today',
    'team',
  ] as const) {
    const next = shots[kind]();
    let some = 0;
    for (let n = 0; n < 20; n++) {
      const shot = next();
      if (shot === undefined) break;
      const rowsOf = async (port: number) =>
        comparable(((await answerOf(port, shot)) as { rows: Row[] }).rows) as Row[];
      // One after the other: that somebody has looked at notes changes what is new to them.
      const theirs = await rowsOf(bare);
      const ours = await rowsOf(kith);
      some += ours.length;
      const wrong = differing(ours, theirs);
      if (wrong.length > 0)
        throw new Error(
          `the two servers answer differently to ${shot.path}:\n${wrong.slice(0, 5).join('\n')}`,
        );
    }
    if ((some === 0) !== (kind === 'search-none')) throw new Error(`${kind}: ${some} rows were answered`);
  }
}
