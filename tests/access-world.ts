import { randomUUID } from 'node:crypto';
import { allAreas } from '../src/app.ts';
import { registerOpenPages } from '../src/partnership/start/area.tsx';
import { dayText, penceToPounds } from '../src/platform/actions/fields.ts';
import type { Area } from '../src/platform/area.ts';
import { registerSignIn } from '../src/platform/sign-in/register.ts';
import { type TestDatabase, testDatabase } from '../src/platform/testing/database.ts';
import { makeWorker, signIn, type Worker } from '../src/platform/testing/people.ts';
import { type TestServer, testServer } from '../src/platform/testing/server.ts';
import {
  answer,
  ask,
  decide,
  makeRun,
  markFailed,
  markPaid,
  tellStory,
  withdraw,
} from '../src/practice/direct-payments/actions.ts';
import { checkDigit10 } from '../src/record/people.ts';
import { everyRole, type Role } from '../src/record/roles.ts';

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

/** The workers through whom a family's requests are made, decided and paid; none of them is a persona. */
interface Crew {
  maker: Worker;
  decider: Worker;
  payer: Worker;
}

/** A family, with every string that gives it away to a reader. */
export interface Marked {
  key: string;
  family: string;
  child: string;
  parent: string;
  crew: Crew;
  /** For those who see the whole record. */
  practice: string[];
  /** Also for those who only pay. */
  money: string[];
  /** Sums, as written in pounds: also in the figures of those who may see small numbers. */
  amounts: string[];
  /** A request in each state. */
  requests: Record<string, string>;
  run: string;
  sentPayment: string;
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

export const today = Temporal.PlainDate.from('2026-11-18');
const categories = ['bedroom furniture', 'clothing', 'clubs and sport'];
let made = 0;

/** A number that was not given before in this run. */
export const nextNumber = (): number => ++made;

async function markFamily(database: TestDatabase, key: string, n: number, crew: Crew): Promise<Marked> {
  const [family, child, parent] = [randomUUID(), randomUUID(), randomUUID()];
  const born = Temporal.PlainDate.from(`2013-0${n}-1${n}`);
  const nine = `1${n}0${n}1345${n}`;
  const chi = `${nine}${checkDigit10(nine)}`;
  const postcode = `ZE${n} 9ZX`;
  const { superuser } = database;
  await superuser.query(
    `insert into record.family (id, name, locality, postcode, simd_decile) values ($1, $2, 'Coatbridge', $3, $4)`,
    [family, `Zqx${key} Family`, postcode, n],
  );
  await superuser.query(
    `insert into record.person (id, given_name, family_name, date_of_birth, chi_number, care_experienced)
     values ($1, $3, $4, $5, $6, true), ($2, $7, $4, '1990-01-12', null, false)`,
    [child, parent, `Zqx${key}child`, `Zqx${key}`, born.toString(), chi, `Zqx${key}parent`],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child'), ($1, $3, 'parent or carer')`,
    [family, child, parent],
  );
  await giveReason(database, family, crew.maker.account);
  return {
    key,
    family,
    child,
    parent,
    crew,
    practice: [`zqx${key}`, postcode, chi, born.toString(), dayText(born), child, parent],
    money: [`wvk${key}`, `7770000${n}`, `99010${n}`, `99-01-0${n}`, family],
    amounts: [],
    requests: {},
    run: '',
    sentPayment: '',
  };
}

/** Gives somebody (an account or a post) a reason to see the whole of a family, between two moments in SQL. */
export const giveReason = (
  database: TestDatabase,
  family: string,
  holder: string,
  since = 'now()',
  until = 'null',
) =>
  database.superuser.query(
    `insert into access.reason (subject, holder, kind, scope, since, until)
     values ($1, $2, 'allocated', 'practice', ${since}, ${until})`,
    [family, holder],
  );

/** Asks for a family, as its worker does; the sum and the reference become marks of the family. */
export async function askFor(
  { server }: Pick<World, 'server'>,
  of: Marked,
  more: object = {},
  base = 20_000n,
): Promise<string> {
  const pence = base + BigInt(nextNumber()) * 1013n;
  const done = await server.context.desk.act(
    ask,
    { ...askInput(of), amount: penceToPounds(pence), ...more },
    of.crew.maker.asking,
  );
  of.amounts.push(penceToPounds(pence));
  of.money.push(done.id, done.reference.toLowerCase());
  return done.id;
}

/** What a worker fills in, every word of it a mark of the family. */
export const askInput = (of: Marked) => ({
  family: of.family,
  words: `Zqx${of.key} words`,
  whoWasThere: `Zqx${of.key} who was there`,
  children: [of.child],
  livesWith: 'parents',
  service: 'education',
  school: 'Lochside Primary',
  cluster: 'Lochside',
  category: categories[nextNumber() % categories.length],
  usedFor: `Zqx${of.key} used for`,
  hopedFor: `Zqx${of.key} hoped for`,
  otherFundsNote: `Zqx${of.key} note`,
  amount: '75.25',
  payee: `Wvk${of.key} Payee`,
  method: 'bank transfer',
  sortCode: of.money[2],
  accountNumber: of.money[1],
});

/** The version at which a request now stands. */
export async function versionOf({ database }: Pick<World, 'database'>, table: string, id: string) {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select version from ${table} where id = $1`,
    [id],
  );
  return rows[0]?.version ?? 0;
}

type Making = Pick<World, 'server' | 'database' | 'fund'>;

/** Decides a request of a family, as its senior manager does. */
export async function choose(world: Making, of: Marked, id: string, input: object): Promise<void> {
  const version = await versionOf(world, 'direct_payments.request', id);
  await world.server.context.desk.act(decide, { id, version, ...input }, of.crew.decider.asking);
}

/** A request that is approved; its payment is ready. */
export async function approved(world: Making, of: Marked): Promise<{ request: string; payment: string }> {
  const request = await askFor(world, of);
  await choose(world, of, request, {
    outcome: 'approve',
    reason: `Zqx${of.key} reason`,
    draws: [{ fund: world.fund, amount: of.amounts.at(-1) }],
  });
  const { rows } = await world.database.superuser.query<{ id: string }>(
    'select id from direct_payments.payment where request_id = $1',
    [request],
  );
  const payment = rows[0]?.id ?? '';
  of.money.push(payment);
  return { request, payment };
}

/** Puts payments in a run, as finance does. */
export const runOf = async ({ server }: Pick<World, 'server'>, of: Marked, payments: string[]) =>
  (await server.context.desk.act(makeRun, { payments }, of.crew.payer.asking)).id;

async function makeStories(world: Making, of: Marked): Promise<void> {
  const { desk } = world.server.context;
  const reason = `Zqx${of.key} reason`;
  const worker = of.crew.maker.asking;
  const asked = await askFor(world, of);
  const above = await askFor(world, of, {}, 150_001n);
  const moreAsked = await askFor(world, of);
  await choose(world, of, moreAsked, { outcome: 'ask for more', reason });
  const answered = await askFor(world, of);
  await choose(world, of, answered, { outcome: 'ask for more', reason });
  const version = await versionOf(world, 'direct_payments.request', answered);
  await desk.act(answer, { id: answered, version, words: `Zqx${of.key} answer` }, worker);
  const declined = await askFor(world, of);
  await choose(world, of, declined, { outcome: 'decline', reason, howTold: `Zqx${of.key} told` });
  const withdrawn = await askFor(world, of);
  await desk.act(withdraw, { id: withdrawn, version: 1, reason }, worker);
  const ready = await approved(world, of);
  const [sent, paid, failed] = [
    await approved(world, of),
    await approved(world, of),
    await approved(world, of),
  ];
  const payer = of.crew.payer.asking;
  const run = await runOf(world, of, [sent.payment, paid.payment, failed.payment]);
  await desk.act(markPaid, { run, payments: [paid.payment], paidOn: today.toString() }, payer);
  await desk.act(markFailed, { payment: failed.payment, because: `Wvk${of.key} closed` }, payer);
  await desk.act(
    tellStory,
    { id: paid.request, whose: 'family', words: `Zqx${of.key} story`, toldBy: `Zqx${of.key} teller` },
    worker,
  );
  of.run = run;
  of.sentPayment = sent.payment;
  of.requests = {
    asked,
    above,
    moreAsked,
    answered,
    declined,
    withdrawn,
    approved: ready.request,
    sent: sent.request,
    paid: paid.request,
    failed: failed.request,
  };
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
    insert into direct_payments.fund (id, code, title) values ('${fund}', 'winter', 'Winter fund');
    insert into direct_payments.fund_entry (fund_id, kind, amount_pence, made_on) values ('${fund}', 'allocation', 90000000, '2026-04-01')`);
  return fund;
}

/** Two organisations with every role in three places, families with requests in every state, and a server over them. */
export async function makeWorld(): Promise<World> {
  // One address sends all of this, much faster than any person.
  process.env.KITH_RATE_LIMIT = '10000000';
  const database = await testDatabase();
  const areas = allAreas({ pools: database.pools, council: 'Strathmorran' });
  const server = await testServer(database, areas, {
    more: (app, context) => {
      registerSignIn(app, context, { postsPerMinute: 1_000_000 });
      registerOpenPages(app, context);
    },
  });
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
  await database.superuser.query(`create policy leak on record.family for select to kith_app using (true)`);
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
