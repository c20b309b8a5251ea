import type { Desk } from '../../platform/actions/desk.ts';
import type { TestDatabase } from '../../platform/testing/database.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { addAction, addNeed, begin, say } from './actions.ts';

interface Of {
  id: string;
  jamie: string;
  isla: string;
}

/** A plan for Jamie with the views of three people and two needs, written by somebody who works with the family; not agreed yet. */
export async function wholePlan(desk: Desk, worker: Worker, of: Of, other: Worker = worker) {
  const { plan } = await desk.act(
    begin,
    {
      family: of.id,
      people: [of.jamie],
      level: 'intensive',
      why: 'Jamie finds mornings hard since Gran was ill, and he has missed a third of school since August.',
      childWhy: 'Mornings have been hard since Gran was ill. This plan is so that they get easier.',
      compulsory: 'compulsory supervision order of 3 June 2026',
      on: '20/11/2026',
    },
    worker.asking,
  );
  const views = [
    {
      whose: 'child',
      person: of.jamie,
      words: 'I liek football. I dont like it when folk talk about me.',
      acted: 'He joined a club. We ask him first.',
    },
    {
      whose: 'parent',
      person: of.isla,
      words: 'I am tired, but we are getting there.',
      disagrees: 'She does not want the school to ring at work.',
      acted: 'The school sends a text.',
    },
    { whose: 'other', name: 'Mr Orr, class teacher', words: 'When he is here he shines.', acted: '' },
  ];
  for (const view of views) await desk.act(say, { plan, on: '20/11/2026', ...view }, worker.asking);
  const { need } = await desk.act(
    addNeed,
    {
      plan,
      indicator: 'healthy',
      need: 'To sleep through the night and wake rested',
      ownWords: 'I wake up when its dark',
      childWords: 'You sleep well, so that mornings are easier',
      hoped: 'Jamie is rested, and at school by nine four days of five',
      what: 'Read with Jamie each night at eight',
      owner: `person:${of.isla}`,
      due: '1/12/2026',
    },
    worker.asking,
  );
  const { action } = await desk.act(
    addAction,
    {
      need,
      what: 'Ring the school nurse about sleep',
      owner: other.account,
      due: '4/12/2026',
      intended: 'somebody who knows about sleep helps',
    },
    worker.asking,
  );
  await desk.act(
    addNeed,
    {
      plan,
      indicator: 'active',
      need: 'To play with others his age',
      childWords: 'You play football with others',
      hoped: 'He goes every week',
      what: 'Take Jamie to football every Tuesday',
      named: 'Uncle Rab',
      due: '8/12/2026',
    },
    worker.asking,
  );
  return { plan, need, action };
}

/** Makes everything that is in the record now something that was written down, as it is, on a day. For tests of a past day. */
export async function writtenDownOn(database: TestDatabase, day: string): Promise<void> {
  const { superuser } = database;
  const { rows } = await superuser.query<{ name: string }>(
    `select relname as name from pg_attribute a join pg_class c on c.oid = attrelid
      where attname = 'recorded_at' and relkind = 'r' and relnamespace = 'record'::regnamespace`,
  );
  await superuser.query('set session_replication_role = replica');
  for (const { name } of rows) {
    await superuser.query(`delete from past.${name}`);
    await superuser.query(`update record.${name} set recorded_at = $1`, [day]);
  }
  await superuser.query('set session_replication_role = origin');
}
