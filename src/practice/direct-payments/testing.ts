import { randomUUID } from 'node:crypto';
import { type Desk, makeDesk } from '../../platform/actions/desk.ts';
import type { TestDatabase } from '../../platform/testing/database.ts';
import { makeWorker, type Worker } from '../../platform/testing/people.ts';

const noon = Temporal.Instant.from('2026-11-18T12:00:00Z');

export interface Scheme {
  desk: Desk;
  worker: Worker;
  peer: Worker;
  manager: Worker;
  senior: Worker;
  finance: Worker;
  administrator: Worker;
  otherOrganisation: Worker;
  fund: string;
  family: string;
  child: string;
}

/** A working scheme with people in every post, one family that `worker` supports, and a fund of `pence`. */
export async function makeScheme(database: TestDatabase, pence = 1_000_000_00n): Promise<Scheme> {
  const desk = makeDesk(database.pools, () => noon);
  const worker = await makeWorker(database, { name: 'Ailsa Drummond', role: 'social-worker' });
  const peer = await makeWorker(database, { name: 'Ross Petrie', role: 'social-worker' });
  const manager = await makeWorker(database, { name: 'Morag Orr', role: 'team-manager' });
  const senior = await makeWorker(database, {
    name: 'Iain Nairn',
    role: 'senior-manager',
    team: 'Senior managers',
  });
  const finance = await makeWorker(database, {
    name: 'Fern Baird',
    role: 'finance-officer',
    team: 'Finance',
  });
  const administrator = await makeWorker(database, {
    name: 'Neil Kerr',
    role: 'system-administrator',
    team: 'Systems',
  });
  const otherOrganisation = await makeWorker(database, {
    name: 'Bea Lennox',
    role: 'senior-manager',
    team: 'Leads',
    organisation: 'Another Council',
  });
  const { superuser } = database;
  await superuser.query(`insert into direct_payments.delegated_limit (role_id, up_to_pence, during) values
    ('social-worker', 150000, '[2020-01-01,)'), ('school-wellbeing-lead', 150000, '[2020-01-01,)'), ('team-manager', 150000, '[2020-01-01,)'),
    ('senior-manager', null, '[2020-01-01,)') on conflict do nothing`);
  await superuser.query(
    `insert into direct_payments.category (id) values ('bedroom furniture'), ('clothing') on conflict do nothing`,
  );
  const fund = randomUUID();
  await superuser.query('insert into funds.fund (id, code, title) values ($1, $2, $3)', [
    fund,
    `fund-${fund}`,
    `Fund ${fund.slice(0, 8)}`,
  ]);
  await superuser.query(`insert into funds.fund_area (fund_id, area) values ($1, 'direct-payments')`, [fund]);
  await superuser.query(
    `insert into funds.entry (fund_id, kind, amount_pence, made_on) values ($1, 'allocation', $2, '2026-04-01')`,
    [fund, pence.toString()],
  );
  const { family, child } = await makeFamily(database, worker.account);
  return {
    desk,
    worker,
    peer,
    manager,
    senior,
    finance,
    administrator,
    otherOrganisation,
    fund,
    family,
    child,
  };
}

/** A family of a parent and a child of seven, which this account supports. */
export async function makeFamily(
  database: TestDatabase,
  account: string,
): Promise<{ family: string; child: string }> {
  const [family, child, parent] = [randomUUID(), randomUUID(), randomUUID()];
  const { superuser } = database;
  await superuser.query(
    `insert into record.family (id, name, locality, simd_decile) values ($1, 'Urquhart', 'Coatbridge', 2)`,
    [family],
  );
  await superuser.query(
    `insert into record.person (id, given_name, family_name, date_of_birth) values ($1, 'Isla', 'Urquhart', '2019-05-02'), ($2, 'Kirsty', 'Urquhart', '1990-01-12')`,
    [child, parent],
  );
  await superuser.query(
    `insert into record.family_member (family_id, person_id, part) values ($1, $2, 'child'), ($1, $3, 'parent or carer')`,
    [family, child, parent],
  );
  await superuser.query(
    `with a as (insert into record.address (postcode) values ('ML5 3AB') returning id)
     insert into record.home (person_id, address_id) select person, a.id from a, unnest($1::uuid[]) person`,
    [[child, parent]],
  );
  await superuser.query(
    `insert into access.reason (subject, holder, kind, scope) values ($1, $2, 'allocated', 'practice')`,
    [family, account],
  );
  return { family, child };
}

/** What a worker fills in, as the form sends it. */
export const askInput = (scheme: Pick<Scheme, 'family' | 'child'>, more: object = {}) => ({
  family: scheme.family,
  words: 'A bed of her own, so that she sleeps.',
  whoWasThere: 'Isla and her mum',
  children: [scheme.child],
  livesWith: 'parents',
  service: 'social-work',
  category: 'bedroom furniture',
  usedFor: 'A bed and bedding',
  hopedFor: 'Sleep',
  amount: '250.00',
  payee: 'Kirsty Urquhart',
  method: 'prepaid card',
  ...more,
});
