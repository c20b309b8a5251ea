import { randomUUID } from 'node:crypto';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import { type TestDatabase, testDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker, type WorkerOptions } from '../../platform/testing/people.ts';
import { add } from '../../record/families/actions.ts';
import { ask } from './asking.ts';
import { accept, room } from './coordinating.ts';
import { arrange, hold } from './meeting.ts';
import { addGuest } from './network.ts';
import { answerPlan, writePlan } from './planning.ts';
import { process } from './queries.ts';

export interface Asked {
  family: string;
  jamie: string;
  isla: string;
}

/** People who ask for family group meetings, two coordinators and their manager, and families. */
export interface FamilyWorld {
  database: TestDatabase;
  desk: Desk;
  /** A social worker of the council, who asks and holds the bottom line. */
  ailsa: Worker;
  shona: Worker;
  calum: Worker;
  manager: Worker;
  worker(name: string, options?: WorkerOptions): Promise<Worker>;
  /** A family of Jamie, a child who lives with Isla, his mother. */
  family(name?: string): Promise<Asked>;
  asked(of: Asked, more?: object): Promise<string>;
  /** The same, and Shona has taken it on. */
  taken(of: Asked, by?: Worker): Promise<string>;
  /** The same, and the family has met with Isla there; the id of Isla as a guest too. */
  met(of: Asked): Promise<{ process: string; isla: string }>;
  /** The same, and Ailsa has agreed the plan. */
  agreed(of: Asked): Promise<{ process: string; isla: string }>;
  open(id: string, by?: Worker): Promise<Awaited<ReturnType<typeof opened>>>;
}

const opened = (desk: Desk, id: string, by: Worker) =>
  desk.ask(process, { process: id }, by.asking).then(([found]) => {
    if (found === undefined) throw new Error('not seen');
    return found;
  });

const trust = {
  organisation: 'Strathmorran Council',
  team: 'Family group decision making',
  service: 'family-group',
};

/** What Ailsa fills in. */
export const askInput = (of: Asked, by: Worker, more: object = {}) => ({
  family: of.family,
  children: [of.jamie],
  decide: 'Who can Jamie stay with on the nights when Isla is in hospital?',
  strengths: 'Gran lives round the corner',
  bottomLine: 'Jamie sleeps somewhere with an adult he knows',
  bottomLineOf: by.account,
  safety: 'Jamie is frightened of loud voices',
  view: 'I want to be at Gran’s',
  agreedWith: 'Isla and Jamie, on Monday',
  ...more,
});

/** The day as people write it. */
const written = (day: Temporal.PlainDate): string => `${day.day}/${day.month}/${day.year}`;

/** A database with people who ask and people who coordinate. `clock` says what time it is. */
export async function familyWorld(
  clock: () => Temporal.Instant = () => Temporal.Now.instant(),
): Promise<FamilyWorld> {
  const database = await testDatabase();
  const desk = makeDesk(database.pools, clock);
  const today = () => clock().toZonedDateTimeISO('Europe/London').toPlainDate();
  const worker = (name: string, options: WorkerOptions = {}) => makeWorker(database, { name, ...options });
  const ailsa = await worker('Ailsa Drummond');
  const shona = await worker('Shona Baird', { ...trust, role: 'family-support-worker' });
  const calum = await worker('Calum Orr', { ...trust, role: 'family-support-worker' });
  const manager = await worker('Grace Odeyemi', { ...trust, role: 'team-manager' });
  for (const each of [shona, calum]) await desk.act(room, { version: 0, atOnce: '40' }, each.asking);
  const world: FamilyWorld = {
    database,
    desk,
    ailsa,
    shona,
    calum,
    manager,
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
      return (await desk.act(ask, askInput(of, ailsa, more), ailsa.asking)).process;
    },
    async taken(of, by = shona) {
      const id = await world.asked(of);
      await desk.act(accept, { process: id, version: 1, outOfTurn: 'They need it most' }, by.asking);
      return id;
    },
    async met(of) {
      const id = await world.taken(of);
      const { guest } = await desk.act(
        addGuest,
        { process: id, person: of.isla, relation: 'Mum', standing: 'comes', askedBy: 'Jamie' },
        shona.asking,
      );
      const when = { process: id, on: written(today()), began: '10:00' };
      await desk.act(
        arrange,
        { ...when, kind: 'family meeting', place: 'The hall by the harbour' },
        shona.asking,
      );
      await desk.act(
        hold,
        { ...when, information: 'What the hospital said', privateMinutes: '55', came: [guest] },
        shona.asking,
      );
      return { process: id, isla: guest };
    },
    async agreed(of) {
      const made = await world.met(of);
      const { version } = await world.open(made.process);
      await desk.act(writePlan, planInput(made, version), shona.asking);
      await desk.act(
        answerPlan,
        { process: made.process, version: version + 1, answer: 'agreed' },
        ailsa.asking,
      );
      return made;
    },
    open: (id, by = shona) => opened(desk, id, by),
  };
  return world;
}

/** The family's plan, with one thing that Isla does and one of a service. */
export const planInput = ({ process: id, isla }: { process: string; isla: string }, version: number) => ({
  process: id,
  version,
  words: 'Gran has Jamie when Mum is away. We ring each other at teatime.',
  offered: 'A taxi to school',
  actions: [
    { what: 'Pack the blue bag', guest: isla, due: '1/12/2026' },
    { what: 'Book the taxi', service: 'School transport' },
    { what: '', guest: '', service: '', due: '' },
  ],
});
