import { randomUUID } from 'node:crypto';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker, type WorkerOptions } from '../../platform/testing/people.ts';
import { add } from '../../record/families/actions.ts';
import { accept } from './answering.ts';
import { ask } from './asking.ts';

export const neuro = 'neurodevelopmental-family-support';
export const camhs = 'camhs-alternative-pathway';
export const notFound = { status: 404, code: 'not-found' };

export interface SupportWorld {
  database: TestDatabase;
  desk: Desk;
  /** A social worker of the council, who asks. */
  ailsa: Worker;
  /** Two family support workers of a trust, who answer for neurodevelopmental family support, and their manager. */
  niamh: Worker;
  rory: Worker;
  manager: Worker;
  /** A school wellbeing lead of a cluster, who answers for the CAMHS pathway. */
  mairi: Worker;
  worker(name: string, options?: WorkerOptions): Promise<Worker>;
  /** A family of Jamie, born 1 May 2019, and Isla, his mother, that Ailsa adds. */
  family(name?: string): Promise<{ family: string; jamie: string; isla: string }>;
  /** A request of Ailsa's for neurodevelopmental family support. */
  asked(of: { family: string; jamie: string }, more?: object): Promise<string>;
  /** The same, and Niamh has begun to help. */
  helped(of: { family: string; jamie: string }): Promise<string>;
}

const trust = { organisation: 'Cairn Family Trust', team: 'Family support', service: 'third-sector' };

/** A database with people of three organisations who ask and answer. `clock` says what time it is. */
export async function supportWorld(
  clock: () => Temporal.Instant = () => Temporal.Now.instant(),
): Promise<SupportWorld> {
  const database = await testDatabase();
  const desk = makeDesk(database.pools, clock);
  const worker = (name: string, options: WorkerOptions = {}) => makeWorker(database, { name, ...options });
  const ailsa = await worker('Ailsa Drummond');
  const niamh = await worker('Niamh Docherty', { ...trust, role: 'family-support-worker' });
  const rory = await worker('Rory Weir', { ...trust, role: 'family-support-worker' });
  const manager = await worker('Grace Odeyemi', { ...trust, role: 'team-manager' });
  const mairi = await worker('Mairi MacAskill', {
    team: 'Lochside cluster',
    service: 'education',
    role: 'school-wellbeing-lead',
  });
  const world: SupportWorld = {
    database,
    desk,
    ailsa,
    niamh,
    rory,
    manager,
    mairi,
    worker,
    async family(name = `Family ${randomUUID().slice(0, 8)}`) {
      const { family } = await desk.act(
        add,
        {
          name,
          locality: 'Lochside',
          members: [
            { givenName: 'Jamie', familyName: name, dateOfBirth: '2019-05-01', part: 'child' },
            { givenName: 'Isla', familyName: name, part: 'parent or carer' },
          ],
        },
        ailsa.asking,
      );
      const { rows } = await database.superuser.query<{ id: string; name: string }>(
        `select p.id, p.given_name as name from record.family_member m join record.person p on p.id = m.person_id where m.family_id = $1`,
        [family],
      );
      const of = (given: string) => rows.find((row) => row.name === given)?.id ?? '';
      return { family, jamie: of('Jamie'), isla: of('Isla') };
    },
    async asked(of, more = {}) {
      const made = await desk.act(ask, askInput(of, more), ailsa.asking);
      return made.id;
    },
    async helped(of) {
      const request = await world.asked(of);
      const { support } = await desk.act(
        accept,
        { request, version: 1, level: 'additional', lead: niamh.account },
        niamh.asking,
      );
      return support;
    },
  };
  return world;
}

/** What Ailsa fills in. */
export const askInput = (of: { family: string; jamie: string }, more: object = {}) => ({
  family: of.family,
  programme: neuro,
  people: [of.jamie],
  reason: 'Mornings are very hard. Isla says that nobody has shown her what helps.',
  tried: 'A chart on the wall helped for a week',
  view: 'I don’t like the noise',
  agreed: 'Isla, on Monday',
  urgency: 'soon',
  answers: { profile: 'waiting' },
  ...more,
});
