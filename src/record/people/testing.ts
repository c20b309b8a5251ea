import { makeDesk } from '../../platform/actions/desk.ts';
import { testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';
import { add } from '../families/actions.ts';
import { open } from './queries.ts';

/** People's records in a database of their own, with workers here and elsewhere. Close the database at the end. */
export async function peopleWorld() {
  const database = await testDatabase();
  let now = Temporal.Instant.from('2026-11-22T10:00:00Z');
  const desk = makeDesk(database.pools, () => now);
  const { superuser } = database;
  const ailsa = await makeWorker(database, { name: 'Ailsa Drummond' });
  const callum = await makeWorker(database, { name: 'Callum Reid' });

  /** A young person and their mother, whom this worker has added. */
  async function baird(worker: Worker = ailsa) {
    const { family, people } = await desk.act(
      add,
      {
        name: 'Baird',
        members: [
          { givenName: 'Jamie', dateOfBirth: '2012-05-01', part: 'young person' },
          { givenName: 'Isla', part: 'parent or carer' },
        ],
      },
      worker.asking,
    );
    return { family, person: people[0] ?? '', mother: people[1] ?? '' };
  }

  const opened = (person: string, worker: Worker = ailsa) => desk.askOne(open, { person }, worker.asking);
  /** How many rows a table has of somebody, past every policy. */
  const stands = async (table: string, person: string) =>
    (
      await superuser.query<{ many: number }>(
        `select count(*)::int as many from ${table} where person_id = $1`,
        [person],
      )
    ).rows[0]?.many;
  /** Written past every rule: how reasons are given and ended is tested where they are. */
  const giveReason = (family: string, holder: string) =>
    superuser.query(
      `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
      [family, holder],
    );

  /** Sets the clock of the desk. */
  const setNow = (moment: string): void => {
    now = Temporal.Instant.from(moment);
  };
  return { database, desk, superuser, ailsa, callum, baird, opened, stands, giveReason, setNow };
}

export const notFound = { status: 404, code: 'not-found' };

/** A picture of one dot. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** A picture as a form sends it. */
export const pictureUrl = (content: Buffer, type = 'image/png') =>
  `data:${type};base64,${content.toString('base64')}`;
