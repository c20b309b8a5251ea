import { randomUUID } from 'node:crypto';
import { penceToPounds } from '../src/platform/actions/fields.ts';
import { dayText } from '../src/platform/days.ts';
import type { TestDatabase } from '../src/platform/testing/database.ts';
import type { Worker } from '../src/platform/testing/people.ts';
import type { TestServer } from '../src/platform/testing/server.ts';
import { answer, ask, withdraw } from '../src/practice/direct-payments/asking.ts';
import { decide } from '../src/practice/direct-payments/deciding.ts';
import { makeRun, markFailed, markPaid } from '../src/practice/direct-payments/paying.ts';
import { tellStory } from '../src/practice/direct-payments/telling.ts';
import { checkDigit10 } from '../src/record/people.ts';
import { signedAssessment } from './samples/assessment.ts';
import { eventOf } from './samples/chronology.ts';
import { type WrittenProcess, writtenProcess } from './samples/family-group.ts';
import { writtenLetter, writtenOffer } from './samples/letters.ts';
import { writtenMeeting } from './samples/meetings.ts';
import { signedNote } from './samples/notes.ts';
import { type MarkedPlan, planOf } from './samples/plans.ts';
import { writtenGroup, writtenRequest, writtenSupport } from './samples/support.ts';
import { writtenTask } from './samples/tasks.ts';

/** The workers through whom a family's requests are made, decided and paid; none of them is a persona. */
export interface Crew {
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
  /** The child’s home. */
  home: string;
  /** A signed note about the child, and its file. */
  note: string;
  file: string;
  /** An event in the child’s chronology. */
  event: string;
  /** Something to do for the family. */
  task: string;
  /** A meeting whose record is signed. */
  meeting: string;
  /** A letter to the child that was given, and an offer of advocacy. */
  letter: string;
  offer: string;
  /** A signed assessment of the child. */
  assessment: string;
  /** A plan of the child, with the ids of its parts. */
  plan: MarkedPlan;
  /** Help that was asked for, help that goes on, and a group of it. */
  help: { request: string; support: string; group: string };
  /** A family group meeting that has ended, with its plan, and a guest of it. */
  familyGroup: WrittenProcess;
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

/** Where families are made, and the fund that pays them. */
export interface Making {
  server: TestServer;
  database: TestDatabase;
  fund: string;
}

export const today = Temporal.PlainDate.from('2026-11-18');
export const categories = ['bedroom furniture', 'clothing', 'clubs and sport'];
let made = 0;

/** A number that was not given before in this world. */
export const nextNumber = (): number => ++made;

/** Numbers from one again: each world is the same, whichever was made before it. */
export function countFromOne(): void {
  made = 0;
}

/** A family of a parent and a child, every string of it a mark, which its maker works with. `n` is 1 to 9. */
export async function markFamily(
  database: TestDatabase,
  key: string,
  n: number,
  crew: Crew,
): Promise<Marked> {
  const [family, child, parent] = [randomUUID(), randomUUID(), randomUUID()];
  const born = Temporal.PlainDate.from(`2013-0${n}-1${n}`);
  const nine = `1${n}0${n}1345${n}`;
  const chi = `${nine}${checkDigit10(nine)}`;
  const postcode = `ZE${n} 9ZX`;
  const { superuser } = database;
  await superuser.query(
    `insert into record.family (id, name, locality, simd_decile) values ($1, $2, 'Coatbridge', $3)`,
    [family, `Zqx${key} Family`, n],
  );
  await superuser.query(
    `insert into record.person (id, given_name, family_name, date_of_birth, care_experienced)
     values ($1, $3, $4, $5, true), ($2, $6, $4, '1990-01-12', false)`,
    [child, parent, `Zqx${key}child`, `Zqx${key}`, born.toString(), `Zqx${key}parent`],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child'), ($1, $3, 'parent or carer')`,
    [family, child, parent],
  );
  await superuser.query(`insert into record.identifier (person_id, scheme, value) values ($1, 'CHI', $2)`, [
    child,
    chi,
  ]);
  const homes = await superuser.query<{ id: string }>(
    `with a as (insert into record.address (lines, town, postcode) values ($2, 'Coatbridge', $3) returning id)
     insert into record.home (person_id, address_id) select person, a.id from a, unnest($1::uuid[]) person
     returning (select id where person_id = $4) as id`,
    [[child, parent], `${n} Zqx${key} Street`, postcode, child],
  );
  await giveReason(database, family, crew.maker.account);
  const { note, file } = await signedNote(database, { family, child, key }, crew.maker.account);
  const event = await eventOf({ database }, { family, child, key });
  const task = await writtenTask(database, { family, child, key }, crew.maker.account);
  const { meeting } = await writtenMeeting(database, { family, child, key }, crew.maker.account, 'signed');
  const letter = await writtenLetter(database, { family, child, key }, crew.maker.account, true);
  const offer = await writtenOffer(database, { family, child, key }, crew.maker.account);
  const assessment = await signedAssessment(database, { family, child, key }, crew.maker.account);
  const plan = await planOf(database, { family, child, key }, crew.maker.account);
  const request = await writtenRequest(database, { family, child, key, crew });
  const support = await writtenSupport(database, { family, child, key, crew });
  for (const state of ['waiting', 'ended'] as const)
    await writtenSupport(database, { family, child, key, crew }, { state });
  const group = await writtenGroup(database, { family, child, key, crew }, support);
  const familyGroup = await writtenProcess(
    database,
    { family, child, parent, key, crew },
    { state: 'ended', plan: 'agreed' },
  );
  return {
    key,
    familyGroup,
    help: { request, support, group },
    note,
    file,
    event,
    task,
    meeting,
    letter,
    offer,
    assessment,
    plan,
    family,
    child,
    parent,
    home: homes.rows.find((row) => row.id !== null)?.id ?? '',
    crew,
    practice: [
      `zqx${key}`,
      postcode,
      chi,
      born.toString(),
      dayText(born),
      child,
      parent,
      note,
      file,
      event,
      task,
      meeting,
      letter,
      offer,
      assessment,
      ...Object.values(plan),
      request,
      support,
    ],
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
  { server }: Pick<Making, 'server'>,
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
export async function versionOf({ database }: Pick<Making, 'database'>, table: string, id: string) {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select version from ${table} where id = $1`,
    [id],
  );
  return rows[0]?.version ?? 0;
}

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
export const runOf = async ({ server }: Pick<Making, 'server'>, of: Marked, payments: string[]) =>
  (await server.context.desk.act(makeRun, { payments }, of.crew.payer.asking)).id;

/** A request of a family in every state, through the same actions that people use. */
export async function makeStories(world: Making, of: Marked): Promise<void> {
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
