import { randomBytes, randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../src/platform/testing/database.ts';
import type { Marked } from '../access-families.ts';
import type { World } from '../access-world.ts';
import { about, open, type Sample } from './sample.ts';

/** A meeting of a family, written past every policy: its id, and the id of the child as one of those who are asked. */
export async function writtenMeeting(
  { superuser }: Pick<TestDatabase, 'superuser'>,
  { family, child, key }: Pick<Marked, 'family' | 'child' | 'key'>,
  by: string,
  state: 'planned' | 'signed' = 'planned',
): Promise<{ meeting: string; guest: string }> {
  const mark = `Zqx${key}`;
  const { rows } = await superuser.query<{ meeting: string }>(
    `insert into record.meeting (family_id, kind_id, title, purpose, meets_on, room, said, organised_by)
     values ($1, 'team-around', $2, $2, '2026-11-10', 'Room 2', $2, $3) returning id as meeting`,
    [family, `${mark} meeting`, by],
  );
  const meeting = rows[0]?.meeting ?? '';
  await superuser.query(
    'insert into record.meeting_person (meeting_id, family_id, person_id) values ($1, $2, $3)',
    [meeting, family, child],
  );
  const guests = await superuser.query<{ guest: string }>(
    `insert into record.meeting_guest (meeting_id, family_id, position, person_id, role, came)
     values ($1, $2, 1, $3, 'Child or young person', 'came') returning id as guest`,
    [meeting, family, child],
  );
  await superuser.query(
    `insert into record.meeting_answer (meeting_id, family_id, position, question, answer) values ($1, $2, 1, 'What is going well?', $3)`,
    [meeting, family, `${mark} answer`],
  );
  if (state === 'signed')
    await superuser.query(
      `update record.meeting set signed_at = now(), signed_by = $2, quorum = true, notes_by = '2026-11-24' where id = $1`,
      [meeting, by],
    );
  return { meeting, guest: guests.rows[0]?.guest ?? '' };
}

const planned = (world: World, of: Marked) => writtenMeeting(world.database, of, of.crew.maker.account);
const signed = (world: World, of: Marked) =>
  writtenMeeting(world.database, of, of.crew.maker.account, 'signed');

const entered = (of: Marked) => ({
  purpose: `Zqx${of.key} purpose`,
  people: [of.child],
  on: '2026-12-10',
  at: '14:00',
  room: 'Room 2',
  asked: [{ role: 'Child or young person', who: `person:${of.child}` }],
  othersNamed: `Zqx${of.key} other`,
});

const ofFamily = about(async (world, of) => {
  await planned(world, of);
  return { family: of.family };
});

async function kindVersion({ database }: World): Promise<number> {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select version from record.meeting_kind where id = 'family-meeting'`,
  );
  return rows[0]?.version ?? 0;
}

export const samples: Readonly<Record<string, Sample>> = {
  'meetings.plan': about((_world, of) => ({ family: of.family, kind: 'team-around', ...entered(of) })),
  'meetings.change': about(async (world, of) => ({
    meeting: (await planned(world, of)).meeting,
    version: 1,
    ...entered(of),
  })),
  'meetings.cancel': about(async (world, of) => ({
    meeting: (await planned(world, of)).meeting,
    version: 1,
    because: `Zqx${of.key} because`,
  })),
  'meetings.write': about(async (world, of) => {
    const { meeting, guest } = await planned(world, of);
    return {
      meeting,
      version: 1,
      on: '2026-11-10',
      came: [{ guest, came: 'came' }],
      said: `Zqx${of.key} said`,
      answers: [`Zqx${of.key} answer`],
      views: [{ words: `Zqx${of.key} view`, person: of.child, asSaid: 'yes' }],
      decisions: [{ what: `Zqx${of.key} decision`, by: guest, decided: 'yes' }],
      dissents: [],
      actions: [{ what: `Zqx${of.key} action`, named: `Zqx${of.key} gran` }],
      finish: 'sign',
    };
  }),
  'meetings.add-paper': about(async (world, of) => ({
    meeting: (await planned(world, of)).meeting,
    title: `Zqx${of.key} paper`,
    words: `Zqx${of.key} words`,
  })),
  'meetings.send-notes': about(async (world, of) => {
    const { meeting, guest } = await signed(world, of);
    return { meeting, guests: [guest], how: 'by hand', on: '2026-11-12' };
  }),
  'meetings.correct': about(async (world, of) => ({
    meeting: (await signed(world, of)).meeting,
    words: `Zqx${of.key} correction`,
    why: `Zqx${of.key} why`,
  })),
  'meetings.of-family': ofFamily,
  'meetings.next': ofFamily,
  'meetings.candidates': ofFamily,
  'meetings.one': about(async (world, of) => ({ meeting: (await signed(world, of)).meeting })),
  'meetings.document': about(async (world, of) => ({ meeting: (await signed(world, of)).meeting })),
  'meetings.due': about(async (world, of) => {
    await planned(world, of);
    return {};
  }),
  'meetings.kinds': open(),
  'meetings.kind': open(() => ({ kind: 'core-group' })),
  'meetings.add-kind': open(() => ({
    title: `Trial ${randomUUID()}`,
    purpose: 'To try it',
    asked: 'Family',
    least: 0,
    questions: 'What would help?',
    source: 'The partnership',
    used: 'yes',
    why: 'To try it',
  })),
  'meetings.set-kind': open(async (world) => ({
    kind: 'family-meeting',
    version: await kindVersion(world),
    title: 'Family meeting',
    purpose: 'For the family to make its own plan',
    asked: 'Family\nCo-ordinator',
    least: 0,
    questions: 'What plan did the family make?',
    source: 'Family Group Decision Making',
    used: 'yes',
    why: 'Shorter',
  })),
  'calendar.mine': {
    ...open(async (world, _of, asker) => {
      await world.database.superuser.query(
        'insert into record.calendar_feed (account_id, secret) values ($1, $2) on conflict do nothing',
        [asker?.account ?? world.bystander.account, randomBytes(32).toString('hex')],
      );
      return {};
    }),
    own: true,
  },
  'calendar.make': open(),
  'calendar.stop': open(),
};
