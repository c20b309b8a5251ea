import { transaction } from '../../../platform/database/transaction.ts';
import { makeWorker, type Worker } from '../../../platform/testing/people.ts';
import { type Programme, programmeSchema } from '../programme.ts';
import { readProgrammes, shippedFolder } from '../programmes.ts';
import { installProgrammes } from '../records.ts';
import { type SupportWorld, supportWorld } from '../testing.ts';

/** A programme that keeps sums only, as its file would say it. */
export const online: Programme = programmeSchema.parse({
  id: 'somebody-online',
  title: 'Somebody online',
  seed: 'Made up for a test, in the shape of row 27',
  forFamilies: 'Talk to somebody on your phone, without saying who you are.',
  needs: ['mental health and wellbeing'],
  serves: { inWords: 'Anybody of 11 to 25', ages: { from: 11, to: 25 }, otherwise: 'Your school can help.' },
  mayAsk: ['anybody'],
  answeredBy: { service: 'third-sector' },
  levels: ['universal'],
  clocks: { acknowledge: '3 working days', answer: '2 weeks' },
  keeps: 'returns only',
  returns: {
    every: 'month',
    asks: [
      {
        id: 'registrations',
        title: 'Registrations',
        by: [
          { id: 'aged-11-to-13', title: 'aged 11 to 13' },
          { id: 'aged-14-to-17', title: 'aged 14 to 17' },
        ],
      },
      { id: 'log-ins', title: 'Return log-ins' },
      { id: 'recommend', title: 'Would recommend', kind: 'per cent' },
    ],
  },
  directory: { howToGetIn: 'Go to the website', where: 'Online', when: 'Always' },
});

export const typed = (registrations: [string, string], logIns: string, recommend = '92') => ({
  'registrations--aged-11-to-13': registrations[0],
  'registrations--aged-14-to-17': registrations[1],
  'log-ins': logIns,
  recommend,
});

export interface ProvidersWorld extends SupportWorld {
  planner: Worker;
  /** Who sends returns for two providers, neither of whom may see the other's. */
  sender: Worker;
  otherSender: Worker;
}

/** The world of support with two providers and a planning officer of the council; it holds the programme above. */
export async function providersWorld(clock: () => Temporal.Instant): Promise<ProvidersWorld> {
  const world = await supportWorld(clock);
  const { database } = world;
  const shipped = await readProgrammes([shippedFolder]);
  await transaction(database.pools.owner, [], (rows) => installProgrammes(rows, [...shipped, online]));
  const provider = (organisation: string) => ({ organisation, team: 'Returns', service: 'third-sector' });
  const sender = await makeWorker(database, {
    name: 'Orla Beattie',
    role: 'provider-worker',
    ...provider('Listening Line'),
  });
  const otherSender = await makeWorker(database, {
    name: 'Finn Abara',
    role: 'provider-worker',
    ...provider('Night Owl Chat'),
  });
  const planner = await makeWorker(database, { name: 'Shona Reid', role: 'planning-officer' });
  await database.superuser.query(
    `update access.organisation set kind = 'third sector' where name in ('Listening Line', 'Night Owl Chat', 'Cairn Family Trust')`,
  );
  return { ...world, planner, sender, otherSender };
}
