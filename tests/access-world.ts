import { randomUUID } from 'node:crypto';
import { allAreas } from '../src/app.ts';
import { registerOpenPages } from '../src/partnership/start/area.tsx';
import type { Area } from '../src/platform/area.ts';
import { registerSignIn } from '../src/platform/sign-in/register.ts';
import { type TestDatabase, testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker, signIn, type Worker } from '../src/platform/testing/people.ts';
import { type TestServer, testServer } from '../src/platform/testing/server.ts';
import { everyRole, type Role } from '../src/record/roles.ts';
import {
  askFor,
  type Crew,
  categories,
  countFromOne,
  giveReason,
  type Marked,
  makeStories,
  markFamily,
} from './access-families.ts';

/** How somebody stands to the family that "own team" works with. */
export const standings = [
  'own team',
  'other team',
  'other organisation',
  'read-only token',
  'left',
  'post ended yesterday',
  'post beginning tomorrow',
] as const;
export type Standing = (typeof standings)[number];

/** Somebody who tries everything: with a token for the API and a cookie for the pages. */
export interface Persona {
  role: Role;
  standing: Standing;
  account: string;
  bearer: string;
  cookie: string;
  session: string;
}

export interface World {
  database: TestDatabase;
  server: TestServer;
  areas: readonly Area[];
  personas: Persona[];
  /** Worked with by every post of the own team but finance, which is to pay it. */
  ours: Marked;
  /** Worked with by the other organisation. */
  theirs: Marked;
  /** Of a third team; the own team's reasons to see it have ended or have not begun. */
  lapsed: Marked;
  families: readonly Marked[];
  fund: string;
  team: string;
  organisation: string;
  /** Somebody whom nobody changes. */
  bystander: Worker;
  close(): Promise<void>;
}

const places = {
  own: { team: 'Own team', organisation: 'Strathmorran Council' },
  other: { team: 'Other team', organisation: 'Strathmorran Council' },
  apart: { team: 'Third team', organisation: 'Strathmorran Council' },
  away: { team: 'Their team', organisation: 'Another Council' },
};

async function makeCrew(database: TestDatabase, place: keyof typeof places): Promise<Crew> {
  const worker = (role: Role) => makeWorker(database, { ...places[place], role, name: 'Crew Member' });
  return {
    maker: await worker('social-worker'),
    decider: await worker(place === 'apart' ? 'team-manager' : 'senior-manager'),
    payer: await worker('finance-officer'),
  };
}

async function makePersona(
  database: TestDatabase,
  server: TestServer,
  role: Role,
  standing: Standing,
): Promise<{ persona: Persona; post: string }> {
  const place =
    standing === 'other organisation' ? places.away : standing === 'other team' ? places.other : places.own;
  const now = Temporal.Now.instant();
  const held =
    standing === 'post ended yesterday'
      ? { until: now.subtract({ hours: 24 }) }
      : standing === 'post beginning tomorrow'
        ? { from: now.add({ hours: 24 }) }
        : {};
  const mayWrite = standing !== 'read-only token';
  const name = `${role} ${standing}`;
  const worker = await makeWorker(database, { ...place, ...held, role, name, kind: 'token', mayWrite });
  const browser = await signIn(database, worker.account, { kind: 'browser', mayWrite });
  if (standing === 'left')
    await database.superuser.query('update access.account set left_at = now() where id = $1', [
      worker.account,
    ]);
  return {
    post: worker.post,
    persona: {
      role,
      standing,
      account: worker.account,
      bearer: worker.token,
      cookie: server.cookie(browser.token),
      session: browser.session,
    },
  };
}

/** The scheme's settings, and a fund that bears all that this test approves. */
async function makeScheme({ superuser }: TestDatabase): Promise<string> {
  const fund = randomUUID();
  await superuser.query(`
    insert into direct_payments.delegated_limit (role_id, up_to_pence, during) values ('social-worker', 150000, '[2020-01-01,)'),
      ('school-wellbeing-lead', 150000, '[2020-01-01,)'), ('team-manager', 150000, '[2020-01-01,)'), ('senior-manager', null, '[2020-01-01,)');
    insert into direct_payments.category (id) values ${categories.map((name) => `('${name}')`).join(', ')};
    insert into funds.fund (id, code, title) values ('${fund}', 'winter', 'Winter fund');
    insert into funds.fund_area (fund_id, area) values ('${fund}', 'direct-payments');
    insert into funds.entry (fund_id, kind, amount_pence, made_on) values ('${fund}', 'allocation', 90000000, '2026-04-01')`);
  return fund;
}

/** Makes a server that lets one address send all of this, much faster than any person; the next one has its usual limit again. */
async function unhurried(make: () => Promise<TestServer>): Promise<TestServer> {
  const before = process.env.KITH_RATE_LIMIT;
  process.env.KITH_RATE_LIMIT = '10000000';
  try {
    return await make();
  } finally {
    if (before === undefined) delete process.env.KITH_RATE_LIMIT;
    else process.env.KITH_RATE_LIMIT = before;
  }
}

/** Two organisations with every role in three places, families with requests in every state, and a server over them. */
export async function makeWorld(): Promise<World> {
  countFromOne();
  const database = await testDatabase();
  const areas = allAreas({ pools: database.pools, council: 'Strathmorran', secrets: [database.secret] });
  const server = await unhurried(() =>
    testServer(database, areas, {
      more: (app, context) => {
        registerSignIn(app, context, { postsPerMinute: 1_000_000 });
        registerOpenPages(app, context);
      },
    }),
  );
  const fund = await makeScheme(database);
  const crews = {
    own: await makeCrew(database, 'own'),
    apart: await makeCrew(database, 'apart'),
    away: await makeCrew(database, 'away'),
  };
  const ours = await markFamily(database, 'ours', 1, crews.own);
  const theirs = await markFamily(database, 'theirs', 2, crews.away);
  const lapsed = await markFamily(database, 'lapsed', 3, crews.apart);
  const personas: Persona[] = [];
  const given = new Set<string>();
  for (const standing of standings) {
    for (const role of everyRole) {
      const { persona, post } = await makePersona(database, server, role, standing);
      personas.push(persona);
      if (role === 'finance-officer' || standing === 'other team' || given.has(post)) continue;
      given.add(post);
      await giveReason(database, standing === 'other organisation' ? theirs.family : ours.family, post);
      if (standing === 'other organisation') continue;
      const [since, until] =
        given.size % 2 === 0
          ? [`now() - interval '9 days'`, `now() - interval '1 day'`]
          : [`now() + interval '1 day'`];
      await giveReason(database, lapsed.family, post, since, until);
    }
  }
  const making = { server, database, fund };
  await makeStories(making, ours);
  await makeStories(making, theirs);
  lapsed.requests.asked = await askFor(making, lapsed);
  await database.superuser.query(`update access.session set name = 'A program' where kind = 'token'`);
  const bystander = await makeWorker(database, { ...places.other, role: 'team-manager', name: 'By Stander' });
  return {
    ...making,
    areas,
    personas,
    ours,
    theirs,
    lapsed,
    families: [ours, theirs, lapsed],
    team: bystander.team,
    organisation: bystander.organisation,
    bystander,
    async close() {
      await server.close();
      await database.close();
    },
  };
}
