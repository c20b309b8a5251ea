import sql from 'sql-template-tag';
import { enter } from '../../platform/access/identity.ts';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import { transaction } from '../../platform/database/transaction.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { shareFamily } from '../families/actions.ts';
import { makeFamily } from '../notes/testing.ts';
import { plan } from './actions.ts';
import { one } from './queries.ts';

interface Of {
  id: string;
  jamie: string;
  isla: string;
}

/** What is entered to plan a meeting, a core group about Jamie unless said. */
export const planned = (of: Of, worker: Worker, more: object = {}) => ({
  family: of.id,
  kind: 'core-group',
  purpose: 'To see how Jamie is',
  people: [of.jamie],
  on: '2026-11-20',
  at: '14:00',
  room: 'Room 2, Kinbrae office',
  asked: [
    { role: 'Child or young person', who: `person:${of.jamie}` },
    { role: 'Parent or carer', who: `person:${of.isla}` },
    { role: 'Lead professional', who: `account:${worker.account}` },
    { role: 'School or nursery', named: 'Mrs Wilson, head teacher' },
    { who: `account:${worker.account}`, chair: true },
  ],
  othersNamed: 'Gran\nCoach Ali',
  ...more,
});

/** Plans a meeting, and gives it as it is read. */
export async function planMeeting(desk: Desk, worker: Worker, of: Of, more: object = {}) {
  const { meeting } = await desk.act(plan, planned(of, worker, more), worker.asking);
  return desk.askOne(one, { meeting }, worker.asking);
}

type Meeting = Awaited<ReturnType<typeof planMeeting>>;

/** The record of a meeting to which everybody came, whole. `absent` are roles from which nobody came. */
export function recorded(meeting: Meeting, absent: readonly string[] = [], more: object = {}) {
  const decider = meeting.guests.find(({ role }) => role === 'Lead professional')?.id;
  const mother = meeting.guests.find(({ role }) => role === 'Parent or carer')?.id;
  return {
    meeting: meeting.id,
    version: meeting.version,
    on: '2026-11-20',
    came: meeting.guests.map(({ id, role }) => ({
      guest: id,
      came: absent.includes(role) ? 'did not come' : 'came',
    })),
    said: 'We talked about school and home.',
    answers: meeting.answers.map(({ question }) => `About “${question}”: it is going well.`),
    views: [
      {
        words: 'I want to see my wee sister mair',
        person: meeting.people[0]?.id,
        asSaid: 'yes',
        done: 'Every Saturday',
      },
      { words: 'She is proud of him', whose: 'Gran', asSaid: 'no' },
    ],
    decisions: [
      { what: 'Jamie sees Skye every Saturday', why: 'He asked for it', by: decider, decided: 'yes' },
      { what: '' },
      { what: 'The core group meets every four weeks', by: decider, decided: 'yes' },
    ],
    dissents: [{ words: 'Four weeks is too long', whose: mother, about: '3' }],
    actions: [
      { what: 'Ring the school', owner: `account:${accountIn(meeting)}`, due: '2026-11-27' },
      { what: 'Take them to the park', named: 'Gran' },
    ],
    nextOn: '2026-12-18',
    finish: 'sign',
    ...more,
  };
}

const accountIn = (meeting: Meeting): string =>
  meeting.guests.find(({ account }) => account !== null)?.account ?? '';

/** Somebody who plans meetings, their manager, a stranger and a planner, in a database of their own. Close it at the end. */
export async function meetingsWorld() {
  const database = await testDatabase();
  const desk = makeDesk(database.pools, () => Temporal.Instant.from('2026-11-22T10:00:00Z'));
  const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  const gordon = await makeWorker(database, { name: 'Gordon Rennie', role: 'team-manager' });
  const stranger = await makeWorker(database, { name: 'Sorcha Kerr', team: 'Children and families South' });
  const planner = await makeWorker(database, {
    name: 'Yuliia Bondarenko',
    role: 'planning-officer',
    team: 'Planning',
  });
  const read = (meeting: string, worker = ailsa) => desk.askOne(one, { meeting }, worker.asking);
  /** A statement as the application sends it, for this worker. */
  const asApp = (worker: Worker, text: string) =>
    transaction(database.pools.app, [enter(worker.asking.tokenHash, '')], (rows) =>
      rows.many<Record<string, unknown>>(sql([text])),
    );
  /** A family with which Ailsa and Gordon work. */
  const family = async () => {
    const of = await makeFamily(desk, ailsa);
    await desk.act(shareFamily, { family: of.id, with: gordon.account }, ailsa.asking);
    return of;
  };
  return { database, desk, ailsa, gordon, stranger, planner, read, asApp, family };
}
