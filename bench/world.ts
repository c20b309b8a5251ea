import { createHash } from 'node:crypto';
import type pg from 'pg';
import { timed } from './bulk.ts';
import { fillHappened, putBackHappened } from './happened.ts';
import { idOf, sqlId, type WorldSize } from './ids.ts';
import { fillPeople } from './people.ts';
import { fillRecord } from './record.ts';
import { fillSupport, putBackSupport } from './support.ts';
import { helperAccount, helperCount, plannerAccount, type Staff } from './support-staff.ts';

export type Asker = 'worker' | 'manager' | 'queue' | 'helper' | 'planner';
/** The bearer token of the nth of those who ask. They exist only in the database that is measured. */
export const tokenOf = (who: Asker, n: number): string =>
  createHash('sha256').update(`bench ${who} ${n}`).digest('base64url');

export const teams = 20;
export const funds = 8;
/** Queue managers, all in the one team that has the long queue. */
export const queueManagers = 8;
/** How many requests wait with each of the twenty teams, to be decided while measuring. */
export const stockOf = (size: WorldSize): number =>
  Math.min(8000, Math.floor((size.requests - size.waiting) / 4));

const queueTeam = teams + 1;
const financeTeam = teams + 2;
const seniorTeam = teams + 3;
/** Accounts: practitioners 1 to n, then a manager for each team, queue managers, a finance officer, a senior manager. */
const managerAccount = (size: WorldSize, team: number) => size.practitioners + team;
const queueAccount = (size: WorldSize, n: number) => size.practitioners + teams + n;
const financeAccount = (size: WorldSize) => size.practitioners + teams + queueManagers + 1;
const seniorAccount = (size: WorldSize) => financeAccount(size) + 1;

/** Those who help, where help is measured. */
const staffOf = (size: WorldSize): Staff => ({
  size,
  firstTeam: seniorTeam,
  firstAccount: seniorAccount(size),
});

/** Everybody who asks, by whom they are and which of them, with the number of their account. */
export const askersOf = (size: WorldSize): [Asker, number, number][] => {
  const all = (who: Asker, many: number, account: (n: number) => number) =>
    Array.from({ length: many }, (_, i): [Asker, number, number] => [who, i + 1, account(i + 1)]);
  const staff = staffOf(size);
  return [
    ...all('worker', size.practitioners, (n) => n),
    ...all('manager', teams, (n) => managerAccount(size, n)),
    ...all('queue', queueManagers, (n) => queueAccount(size, n)),
    ...(size.supports > 0
      ? [
          ...all('helper', helperCount, (n) => helperAccount(staff, n)),
          ...all('planner', 1, () => plannerAccount(staff)),
        ]
      : []),
  ];
};

/** The practitioner to whom a family is allocated, or none: practitioner p has families (p-1)*each+1 to p*each. */
export const workerOf = (size: WorldSize, family: number): number | undefined => {
  const worker = Math.floor((family - 1) / size.familiesEach) + 1;
  return worker <= size.practitioners ? worker : undefined;
};
/** The family that the nth request is for: spread over all of them. */
export const familyOf = (size: WorldSize, request: number): number => ((request * 7919) % size.families) + 1;
/** The team of a practitioner. */
export const teamOf = (worker: number): number => ((worker - 1) % teams) + 1;

/** Requests 1 to `waiting` wait in the long queue; the next `stock` with their askers' teams; the rest are decided. */
export const stockRequests = (size: WorldSize): { first: number; count: number } => ({
  first: size.waiting + 1,
  count: stockOf(size),
});

/**
 * Fills an empty, migrated database as superuser, in bulk, with triggers off: the sums they would keep are written once at
 * the end, and the view of money faults must then be empty. `today` is the day on which the newest request was asked.
 */
export async function fillWorld(
  superuser: pg.Client,
  size: WorldSize,
  today: Temporal.PlainDate,
  say: (line: string) => void,
): Promise<void> {
  const day = `date '${today.toString()}'`;
  const { practitioners, familiesEach, waiting } = size;
  const stock = stockOf(size);
  const accounts = seniorAccount(size);
  const worker = `((r.family - 1) / ${familiesEach} + 1)`;
  const team = `((${worker} - 1) % ${teams} + 1)`;
  const steps: [string, string][] = [
    [
      'posts and people who work here',
      `insert into access.organisation (id, name, kind) values (${sqlId('organisation', '1')}, 'Strathmorran Council', 'council');
       insert into access.team (id, organisation_id, name, service)
         select ${sqlId('team', 'n')}, ${sqlId('organisation', '1')}, 'Team ' || n, case when n % 2 = 0 then 'education' else 'social-work' end
         from generate_series(1, ${seniorTeam}) n;
       insert into access.post (id, team_id, role_id)
         select ${sqlId('post', 'n')}, ${sqlId('team', 'n')}, 'social-worker' from generate_series(1, ${queueTeam}) n
         union all select ${sqlId('post', '100 + n')}, ${sqlId('team', 'n')}, 'team-manager' from generate_series(1, ${queueTeam}) n
         union all select ${sqlId('post', '201')}, ${sqlId('team', String(financeTeam))}, 'finance-officer'
         union all select ${sqlId('post', '202')}, ${sqlId('team', String(seniorTeam))}, 'senior-manager';
       insert into access.account (id, name) select ${sqlId('account', 'n')}, 'Worker ' || n from generate_series(1, ${accounts}) n;
       insert into access.holding (account_id, post_id, during)
         select ${sqlId('account', 'n')}, case
             when n <= ${practitioners} then ${sqlId('post', `(n - 1) % ${teams} + 1`)}
             when n <= ${practitioners + teams} then ${sqlId('post', `100 + n - ${practitioners}`)}
             when n <= ${practitioners + teams + queueManagers} then ${sqlId('post', `100 + ${queueTeam}`)}
             when n = ${financeAccount(size)} then ${sqlId('post', '201')}
             else ${sqlId('post', '202')} end,
           tstzrange(now() - interval '1 year', null)
         from generate_series(1, ${accounts}) n`,
    ],
    [
      `${size.requests.toLocaleString('en-GB')} requests, with what was said, decided and paid`,
      `insert into direct_payments.delegated_limit values ('team-manager', 150000, '[2020-01-01,)'), ('senior-manager', null, '[2020-01-01,)');
       insert into direct_payments.category (id) values ('bedroom furniture'), ('clothing'), ('white goods'), ('learning') on conflict do nothing;
       delete from direct_payments.other_fund;
       insert into direct_payments.other_fund (name, covers) values ('Scottish Welfare Fund', 'crisis'), ('Section 22', 'children in need');
       insert into funds.fund (id, code, title) select ${sqlId('fund', 'n')}, 'fund-' || n, 'Fund ' || n from generate_series(1, ${funds}) n;
       insert into funds.fund_area (fund_id, area) select ${sqlId('fund', 'n')}, 'direct-payments' from generate_series(1, ${funds}) n;
       insert into funds.entry (fund_id, kind, amount_pence, made_on)
         select ${sqlId('fund', 'n')}, 'allocation', 10000000000, ${day} - 400 from generate_series(1, ${funds}) n;
       create temp table r as
         select n, (n * 7919::bigint) % ${size.families} + 1 as family, 5000 + (n % 200) * 100 as pence,
           case when n <= ${waiting + stock} then 'asked' when n % 10 = 0 then 'declined' else 'approved' end as status,
           case when n <= ${waiting + stock} then ${day} - 60 - (n % 60)::int else ${day} - 130 - (n % 900)::int end as asked_on
         from generate_series(1, ${size.requests}) n;
       insert into direct_payments.request (id, reference, family_id, service, school, category, asked_pence, approved_pence, status, asked_on,
           asked_by, asked_team, decided_on, decided_by, decided_role, waiting_with, paid_on)
         select ${sqlId('request', 'r.n')}, 'DP-' || extract(year from r.asked_on) || '-' || lpad(r.n::text, 6, '0'), ${sqlId('family', 'r.family')},
           case when r.n % 3 = 0 then 'education' else 'social-work' end, case when r.n % 3 = 0 then 'School ' || r.n % 40 end,
           (array['bedroom furniture','clothing','white goods','learning'])[r.n % 4 + 1], r.pence, case when r.status = 'approved' then r.pence end,
           r.status, r.asked_on, ${sqlId('account', worker)}, ${sqlId('team', team)},
           case when r.status <> 'asked' then r.asked_on + 7 end, case when r.status <> 'asked' then ${sqlId('account', `${practitioners} + ${team}`)} end,
           case when r.status <> 'asked' then 'team-manager' end,
           case when r.n <= ${waiting} then ${sqlId('team', String(queueTeam))} when r.status = 'asked' then ${sqlId('team', team)} end,
           case when r.status = 'approved' then r.asked_on + 21 end
         from r;
       insert into direct_payments.conversation (request_id, family_id, words, who_was_there, used_for, hoped_for, eligibility)
         select ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, repeat('A bed of her own, so that she sleeps, and so do we. ', 1 + (r.n % 12)::int),
           'Isla and her mum', 'A bed, a mattress and bedding', 'Sleep, and mornings without a row',
           '{"route": "Within the limit.", "livesWith": "parents", "findings": [{"met": true, "because": "It is for Isla."}, {"met": true, "because": "The family is supported by social work."}]}' from r;
       insert into direct_payments.request_child (request_id, person_id, family_id)
         select ${sqlId('request', 'r.n')}, ${sqlId('person', `r.family + k * ${size.families}`)}, ${sqlId('family', 'r.family')}
         from r, generate_series(0, 1) k where k = 0 or r.n % 2 = 0;
       insert into direct_payments.payee (request_id, family_id, name, method)
         select ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, 'Kirsty Urquhart', 'prepaid card' from r;
       insert into direct_payments.decision (request_id, family_id, outcome, amount_pence, reason, how_told, decided_by, role_id, on_day)
         select ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, r.status, case when r.status = 'approved' then r.pence end,
           case when r.status = 'declined' then 'The welfare fund can meet this' else '' end, 'By phone',
           ${sqlId('account', `${practitioners} + ${team}`)}, 'team-manager', r.asked_on + 7 from r where r.status <> 'asked';
       insert into direct_payments.payment_run (reference, made_on) select 'PR-' || n, ${day} - 900 + n::int * 9 from generate_series(1, 100) n;
       insert into direct_payments.payment (request_id, family_id, amount_pence, state, run_id, paid_on)
         select ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, r.pence, 'paid',
           (select id from direct_payments.payment_run where reference = 'PR-' || r.n % 100 + 1), r.asked_on + 21
         from r where r.status = 'approved';
       insert into funds.draw (area, of_id, family_id, fund_id, amount_pence, state)
         select 'direct-payments', ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, ${sqlId('fund', `r.n % ${funds} + 1`)}, r.pence, 'paid'
         from r where r.status = 'approved';
       insert into direct_payments.story (request_id, family_id, whose, words, on_day)
         select ${sqlId('request', 'r.n')}, ${sqlId('family', 'r.family')}, 'family', 'She sleeps through now.', r.asked_on + 60
         from r where r.status = 'approved' and r.n % 5 = 0;
       update funds.fund f set
         allocated_pence = (select coalesce(sum(amount_pence), 0) from funds.entry where fund_id = f.id),
         paid_pence = (select coalesce(sum(amount_pence), 0) from funds.draw where fund_id = f.id)`,
    ],
    [
      'reasons to see them, live and ended',
      `insert into access.reason (subject, holder, kind, scope, since)
         select ${sqlId('family', 'f')}, ${sqlId('account', `(f - 1) / ${familiesEach} + 1`)}, 'allocated', 'practice', now() - interval '300 days'
         from generate_series(1, least(${size.families}, ${practitioners * familiesEach})) f;
       insert into access.reason (subject, holder, kind, scope, since, until, past, about_record)
         select ${sqlId('family', 'r.family')}, case when r.n <= ${waiting} then ${sqlId('post', String(100 + queueTeam))} else ${sqlId('post', `100 + ${team}`)} end,
           'deciding', 'practice', r.asked_on, case when r.status <> 'asked' then r.asked_on + 35 end, r.status <> 'asked' and r.asked_on + 35 <= now(), ${sqlId('request', 'r.n')}
         from r;
       insert into access.reason (subject, holder, kind, scope, since, until, past, about_record)
         select ${sqlId('family', 'r.family')}, ${sqlId('post', '201')}, 'paying', 'money', r.asked_on + 7, r.asked_on + 111, r.asked_on + 111 <= now(), ${sqlId('request', 'r.n')}
         from r where r.status = 'approved'`,
    ],
  ];
  await fillPeople(superuser, size, day, say);
  if (size.record) await fillRecord(superuser, size, day, say);
  await superuser.query(`set session_replication_role = replica; set synchronous_commit = off`);
  for (const [title, statement] of steps) await timed(say, title, () => superuser.query(statement));
  if (size.notes > 0) await fillHappened(superuser, size, day, say);
  if (size.supports > 0) await fillSupport(superuser, size, staffOf(size), day, say);
  await superuser.query(`set session_replication_role = replica; set synchronous_commit = off`);
  for (const [who, n, account] of askersOf(size)) {
    await superuser.query(
      `insert into access.session (token_hash, account_id, kind, name, may_write, ends_at) values ($1, $2, 'token', 'bench', true, now() + interval '10 years')`,
      [createHash('sha256').update(tokenOf(who, n)).digest(), idOf('account', account)],
    );
  }
  await superuser.query(
    'reset session_replication_role; reset synchronous_commit; drop table r, bench_family, bench_person',
  );
  await timed(say, 'tidied and counted', () => superuser.query('vacuum (analyze)'));
  const faults = await superuser.query('select * from direct_payments.money_fault limit 5');
  if (faults.rows.length > 0) throw new Error(`the money does not add up: ${JSON.stringify(faults.rows)}`);
}

/** Puts back what measuring wrote: requests asked are removed, requests decided wait again. Triggers are off meanwhile. */
export async function putBack(superuser: pg.Client, size: WorldSize): Promise<void> {
  if (size.notes > 0) await putBackHappened(superuser, size);
  if (size.supports > 0) await putBackSupport(superuser, size);
  const last = idOf('request', size.requests);
  const decided = `(select id from direct_payments.request where id between '${idOf('request', size.waiting + 1)}' and '${idOf('request', size.waiting + stockOf(size))}' and status <> 'asked')`;
  const asked = `(select id from direct_payments.request where id > '${last}')`;
  await superuser.query(`
    begin; set local session_replication_role = replica;
    create temp table gone on commit drop as ${asked};
    create temp table back on commit drop as ${decided};
    update funds.fund f set committed_pence = f.committed_pence - c.pence
      from (select fund_id, sum(amount_pence) as pence from funds.draw where of_id in (select id from back) group by fund_id) c where c.fund_id = f.id;
    delete from funds.draw where of_id in (select id from back);
    delete from direct_payments.payment where request_id in (select id from back);
    delete from direct_payments.decision where request_id in (select id from back);
    create temp table told on commit drop as select id from record.event where from_area = 'direct-payments' and from_id in (select id from back);
    delete from record.event_person where event_id in (select id from told);
    delete from record.event where id in (select id from told);
    delete from access.reason where kind = 'paying' and about_record in (select id from back);
    update access.reason set until = null, past = false where kind = 'deciding' and about_record in (select id from back);
    update direct_payments.request r set status = 'asked', approved_pence = null, decided_on = null, decided_by = null, decided_role = null, version = 1,
      waiting_with = r.asked_team where id in (select id from back);
    delete from direct_payments.conversation where request_id in (select id from gone);
    delete from direct_payments.request_child where request_id in (select id from gone);
    delete from direct_payments.payee where request_id in (select id from gone);
    delete from direct_payments.decision where request_id in (select id from gone);
    delete from access.reason where about_record in (select id from gone);
    delete from direct_payments.request where id in (select id from gone);
    commit`);
}
