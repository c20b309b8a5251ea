import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { reports } from '../src/app.ts';
import { makeWorker, type Worker } from '../src/platform/testing/people.ts';
import {
  approved,
  askFor,
  askInput,
  choose,
  giveReason,
  type Marked,
  nextNumber,
  runOf,
  today,
  versionOf,
} from './access-families.ts';
import type { Persona, World } from './access-world.ts';
import { samples as assessment } from './samples/assessment.ts';
import { samples as chronology } from './samples/chronology.ts';
import { samples as directory } from './samples/directory.ts';
import { samples as duplicates } from './samples/duplicates.ts';
import { samples as familyGroup } from './samples/family-group.ts';
import { samples as finding } from './samples/finding.ts';
import { samples as funds } from './samples/funds.ts';
import { samples as history } from './samples/history.ts';
import { samples as homes } from './samples/homes.ts';
import { samples as knowing } from './samples/knowing.ts';
import { samples as language } from './samples/language.ts';
import { samples as letters } from './samples/letters.ts';
import { samples as meetings } from './samples/meetings.ts';
import { samples as mentalHealth } from './samples/mental-health.ts';
import { samples as notes } from './samples/notes.ts';
import { samples as offline } from './samples/offline.ts';
import { samples as people } from './samples/people.ts';
import { samples as places } from './samples/places.ts';
import { samples as plans } from './samples/plans.ts';
import { samples as providers } from './samples/providers.ts';
import { samples as relationships } from './samples/relationships.ts';
import { about, type Input, open, type Sample } from './samples/sample.ts';
import { samples as sharing } from './samples/sharing.ts';
import { samples as support } from './samples/support.ts';
import { samples as tasks } from './samples/tasks.ts';
import { samples as todaySamples } from './samples/today.ts';

const request =
  (state: string) =>
  (_world: World, of: Marked): Input => ({ id: of.requests[state] });
const ofFamily = (_world: World, of: Marked): Input => ({ family: of.family });

const report = reports[0];
if (report === undefined) throw new Error('there is no report to try');
const period = { from: '2026-10-01', to: '2026-12-31' };
const section = report.words.at(-1)?.id ?? '';

/** Somebody new, of the organisation of whoever is going to do something to them: nobody looks after people of another. */
const someone = (world: World, asker?: Persona, role = 'social-worker'): Promise<Worker> =>
  makeWorker(world.database, {
    ...(asker?.standing === 'other organisation'
      ? { team: 'Their team', organisation: 'Another Council' }
      : { team: 'Other team' }),
    role,
    name: 'New Colleague',
  });

const onSomeone = (more: (them: Worker) => Input = () => ({})): Sample =>
  open(async (world, _of, asker) => {
    const them = await someone(world, asker);
    return { account: them.account, ...more(them) };
  });

const email = () => `person-${nextNumber()}@kith.example`;

async function wordsVersion({ database }: World, sections: string[]): Promise<number> {
  const { rows } = await database.superuser.query<{ version: number }>(
    `select coalesce(sum(newest), 0)::int as version from (
       select max(version) as newest from reports.narrative where report_id = $1 and from_day = $2 and to_day = $3
         and (cardinality($4::text[]) = 0 or section_id = any ($4)) group by section_id) each`,
    [report?.id, period.from, period.to, sections],
  );
  return rows[0]?.version ?? 0;
}

async function spareReason(world: World, of: Marked): Promise<string> {
  const spare = await makeWorker(world.database, { team: 'Other team', role: 'team-manager' });
  await giveReason(world.database, of.family, spare.account);
  const { rows } = await world.database.superuser.query<{ id: string }>(
    'select id from access.reason where subject = $1 and holder = $2',
    [of.family, spare.account],
  );
  return rows[0]?.id ?? '';
}

async function limitsVersion({ database }: World): Promise<number> {
  const { rows } = await database.superuser.query<{ version: number }>(
    'select direct_payments.limits_version() as version',
  );
  return rows[0]?.version ?? 0;
}

async function ownPasskeys({ database }: World, asker: Persona | undefined): Promise<string> {
  const ids = [randomUUID(), randomUUID()];
  for (const id of asker ? ids : [])
    await database.superuser.query(
      `insert into sign_in.passkey (id, account_id, public_key, name) values ($1, $2, '\\x00', 'A key')`,
      [id, asker?.account],
    );
  return ids[0] ?? '';
}

async function someoneWhoLeft(world: World, _of: Marked, asker: Persona | undefined): Promise<Input> {
  const { account } = await someone(world, asker);
  await world.database.superuser.query('update access.account set left_at = now() where id = $1', [account]);
  return { account };
}

/** A sample for each action and query, by name. A new one without a sample fails the test. */
export const samples: Readonly<Record<string, Sample>> = {
  // The shared record
  'families.add': open(() => ({
    name: 'Newly Added',
    locality: 'Moor',
    members: [{ givenName: 'Nell', part: 'child' }],
  })),
  'families.add-person': about((_world, of) => ({
    family: of.family,
    givenName: `Zqx${of.key}new`,
    part: 'other',
  })),
  'families.change': about(async (world, of) => ({
    family: of.family,
    version: await versionOf(world, 'record.family', of.family),
    name: `Zqx${of.key} Family`,
    locality: 'Coatbridge',
    simdDecile: 3,
  })),
  'families.change-person': about(async (world, of) => ({
    family: of.family,
    person: of.child,
    version: await versionOf(world, 'record.person', of.child),
    givenName: `Zqx${of.key}child`,
    familyName: `Zqx${of.key}`,
    chi: of.practice[2],
    dateOfBirth: of.practice[3],
    careExperienced: true,
    part: 'child',
  })),
  'families.share': about(async (world, of) => ({
    family: of.family,
    with: (await someone(world)).account,
  })),
  'families.hand-back': about(async (world, of) => ({
    family: of.family,
    reason: await spareReason(world, of),
  })),
  'families.find': about((_world, of) => ({ text: `zqx${of.key}` })),
  'families.mine': about(),
  'families.open': about(ofFamily),
  'families.person': about((_world, of) => ({ family: of.family, person: of.child })),
  'families.looked': about(ofFamily),
  // Tells anybody who works with families which team to ask, and no more.
  'families.likely': open((_world, of) => ({
    name: `Zqx${of.key}`,
    postcode: of.practice[1],
    chi: of.practice[2],
  })),
  'families.colleagues': open(() => ({ text: 'team' })),

  ...people,
  ...homes,
  ...funds,
  ...history,
  ...relationships,
  ...places,
  ...finding,
  ...directory,
  ...duplicates,
  ...knowing,
  ...sharing,
  ...support,
  ...providers,
  ...familyGroup,
  ...mentalHealth,
  ...tasks,
  ...todaySamples,
  ...notes,
  ...meetings,
  ...letters,
  ...chronology,
  ...assessment,
  ...plans,
  ...language,
  ...offline,

  // Direct payments
  'direct-payments.ask': about((_world, of) => askInput(of)),
  'direct-payments.decide': about(async (world, of) => ({
    id: await askFor(world, of),
    version: 1,
    outcome: 'decline',
    reason: `Zqx${of.key} reason`,
    howTold: `Zqx${of.key} told`,
  })),
  'direct-payments.answer': about(async (world, of) => {
    const id = await askFor(world, of);
    await choose(world, of, id, { outcome: 'ask for more', reason: `Zqx${of.key} reason` });
    return { id, version: 2, words: `Zqx${of.key} answer` };
  }),
  'direct-payments.withdraw': about(async (world, of) => ({
    id: await askFor(world, of),
    version: 1,
    reason: `Zqx${of.key} reason`,
  })),
  'direct-payments.tell-story': about((_world, of) => ({
    id: of.requests.paid,
    whose: 'family',
    words: `Zqx${of.key} story`,
  })),
  'direct-payments.make-run': about(async (world, of) => ({
    payments: [(await approved(world, of)).payment],
  })),
  'direct-payments.mark-paid': about(async (world, of) => {
    const { payment } = await approved(world, of);
    return { run: await runOf(world, of, [payment]), payments: [payment], paidOn: today.toString() };
  }),
  'direct-payments.mark-failed': about(async (world, of) => {
    const { payment } = await approved(world, of);
    await runOf(world, of, [payment]);
    return { payment, because: `Wvk${of.key} closed` };
  }),
  'direct-payments.add-fund': open(() => ({
    title: `A fund ${nextNumber()}`,
    purpose: 'Warm homes',
    from: '2026-11-01',
    to: '2027-03-31',
    amount: '1000000',
  })),
  'direct-payments.top-up': open((world) => ({ fund: world.fund, amount: '1000', note: 'From the council' })),
  'direct-payments.change-fund': open(async (world) => ({
    fund: world.fund,
    version: await versionOf(world, 'funds.fund', world.fund),
    title: 'Winter fund',
    purpose: 'Extra costs this winter',
  })),
  'direct-payments.set-limit': open(async (world) => ({
    version: await limitsVersion(world),
    role: 'social-worker',
    limit: 'up to',
    amount: '1500',
    from: '2027-04-01',
  })),
  'direct-payments.keep-category': open(() => ({ category: `kind ${nextNumber()}` })),
  'direct-payments.keep-other-fund': open(() => ({
    name: `Fund ${nextNumber()}`,
    covers: 'Food',
    closed: true,
  })),
  'direct-payments.start': open(),
  'direct-payments.queue': about(),
  'direct-payments.mine': about(),
  // The question is about a request of whoever asks.
  'direct-payments.to-answer': {
    needsReason: true,
    own: true,
    async input(world, of, asker) {
      if (asker === undefined) return {};
      const id = await askFor(world, of);
      await choose(world, of, id, { outcome: 'ask for more', reason: `Zqx${of.key} reason` });
      await world.database.superuser.query('update direct_payments.request set asked_by = $2 where id = $1', [
        id,
        asker.account,
      ]);
      return {};
    },
  },
  'direct-payments.of-family': about(ofFamily),
  'direct-payments.request': about(request('paid')),
  'direct-payments.ask-form': about(ofFamily),
  'direct-payments.settings': open(),
  'direct-payments.funds': open(),
  'direct-payments.fund': open((world) => ({ fund: world.fund })),
  'direct-payments.payments': about(),
  'direct-payments.runs': open((_world, of) => ({ run: of.run })),
  'direct-payments.run': about((_world, of) => ({ run: of.run })),

  // Figures and reports
  'figures.rows': about(() => ({ measure: 'direct-payments.requests', ...period })),
  'reports.words': open(() => ({ report: report.id, ...period })),
  'reports.history': open(() => ({ report: report.id, ...period, section })),
  'reports.editions': open(() => ({ report: report.id })),
  'reports.edition': open(async (world) => {
    const { rows } = await world.database.superuser.query<{ id: string }>(
      'select id from reports.publication limit 1',
    );
    return { edition: rows[0]?.id };
  }),
  'reports.edit': open(async (world) => ({
    report: report.id,
    ...period,
    section,
    words: 'None',
    version: await wordsVersion(world, [section]),
  })),
  'reports.publish': open(async (world) => ({
    report: report.id,
    ...period,
    version: 1 + (await wordsVersion(world, [])),
  })),

  // Accounts
  'accounts.end-session': open((world) => ({ session: world.bystander.session })),
  'accounts.make-token': {
    ...open(() => ({ name: 'A program', may: 'read', days: 7 })),
    through: 'browser',
  },
  'accounts.remove-passkey': open(async (world, _of, asker) => ({
    passkey: await ownPasskeys(world, asker),
  })),
  'accounts.add': open(async (world, _of, asker) => ({
    name: 'New Colleague',
    email: email(),
    way: 'single',
    team: (await someone(world, asker)).team,
    role: 'social-worker',
    from: '2026-11-01',
  })),
  'accounts.correct': onSomeone(() => ({ name: 'Another Name', email: email() })),
  'accounts.give-post': onSomeone(({ team }) => ({
    team,
    role: 'team-manager',
    from: '2027-01-01',
  })),
  'accounts.stand-in': open(async (world, _of, asker) => ({
    account: (await someone(world, asker)).account,
    holding: (await someone(world, asker, 'team-manager')).holding,
    from: '2026-12-01',
    until: '2026-12-24',
  })),
  'accounts.end-post': open(async (world, _of, asker) => ({
    holding: (await someone(world, asker)).holding,
  })),
  'accounts.leave': onSomeone(),
  'accounts.come-back': open(someoneWhoLeft),
  'accounts.reset-password': onSomeone(),
  'accounts.reset-second-step': onSomeone(),
  'accounts.invite': onSomeone(),
  'accounts.add-organisation': open(() => ({ name: `Partner ${nextNumber()}`, kind: 'health' })),
  'accounts.add-team': open(async (world, _of, asker) => ({
    organisation: (await someone(world, asker)).organisation,
    team: `Team ${nextNumber()}`,
    service: 'health',
  })),
  'accounts.me': open(),
  'accounts.my-sessions': open(),
  'accounts.my-events': open(),
  'accounts.done-to-me': open(),
  'accounts.my-posts': open(),
  'accounts.posts-of': open((world) => ({ account: world.bystander.account })),
  'accounts.held-posts': open(),
  'accounts.list': open(),
  'accounts.one': open((world) => ({ account: world.bystander.account })),
  'accounts.teams': open(),
  'accounts.posts': open(),
  'accounts.roles': open(),
};

/** A token that is nobody's. */
export const strangeToken = (): string => createHash('sha256').update(randomBytes(32)).digest('base64url');

/** The same input about something that does not exist: every id of a family's record replaced by one of nobody's. */
export function aboutNothing(input: Input, { fund, team, organisation, bystander }: World): Input {
  const common = [fund, team, organisation, bystander.account, bystander.holding, bystander.session];
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return JSON.parse(
    JSON.stringify(input, (_key, value: unknown) =>
      typeof value === 'string' && uuid.test(value) && !common.includes(value) ? randomUUID() : value,
    ),
  );
}

/** The report that is tried, and for when. */
export const triedReport = { id: report.id, section, ...period };
