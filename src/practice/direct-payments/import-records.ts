import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import {
  type Counts,
  inBatches,
  jsonRows,
  type NewRowsOf,
  type WriteContext,
} from '../../platform/import/index.ts';
import { findOnRecord } from '../../record/import/bring.ts';
import type { IncomingFamily } from '../../record/import/people.ts';
import {
  addToPeople,
  askAbout,
  mergedInto,
  writeHomes,
  writeNewFamilies,
  writeNewPeople,
} from '../../record/import/records.ts';
import { councilFrontLine } from '../../record/roles.ts';
import { type Asked, firstLimit, isBefore, type Line, type Request, type resources } from './import-files.ts';
import { limitsOf } from './records.ts';
import { frontLineLimit } from './rules.ts';

// The SQL of the import: a handful of statements for each file, however many rows it has.

type Accepted = NewRowsOf<typeof resources>;

const schemeBegan = Temporal.PlainDate.from('2021-02-15');

/** Titles of the funds of 2021 as the committee papers name them; another fund is called by its code in words. */
const knownFunds: Readonly<Record<string, { title: string; nonRecurring: boolean }>> = {
  'winter-plan-social-protection': { title: 'Winter Plan for Social Protection', nonRecurring: true },
  'cypmhw-pandemic-response': { title: 'CYPMHW Pandemic Response', nonRecurring: true },
  'core-education-and-families': { title: 'Core Education and Families budgets', nonRecurring: false },
};

const inWords = (code: string) => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Rows in one statement; a large extract goes in slices, so that no single message grows without end. */
const slice = 5_000;

/** Families that are named but were imported before, by the record that they are now. */
async function knownFamilies(tx: Rows, accepted: Accepted, context: WriteContext): Promise<IncomingFamily[]> {
  const fresh = new Set(accepted.families.map((row) => row.id));
  const named = new Set(
    [...accepted.people, ...accepted.payment_requests].map((row) => row.values.family_id),
  );
  const known = [...named.difference(fresh)].map((family) => ({
    family,
    target: context.target('families', family),
  }));
  const merged = await mergedInto(
    tx,
    known.map(({ target }) => target),
  );
  return known.map(({ family, target }) => ({ family, target: merged.get(target) ?? target, known: true }));
}

/**
 * Writes the families and the people who are new, adds what differs to those who are on the record already, and tells the run which
 * record each row became. The counts for the summary.
 */
export async function writeFamiliesAndPeople(
  tx: Rows,
  accepted: Accepted,
  context: WriteContext,
): Promise<Counts> {
  const { source } = context;
  const rows = new Map(accepted.families.map((row) => [row.id, row]));
  const families = [
    ...accepted.families.map(({ id, target }) => ({ family: id, target, known: false })),
    ...(await knownFamilies(tx, accepted, context)),
  ];
  const people = accepted.people.map(({ target, values }) => ({
    target,
    family: values.family_id,
    givenName: values.given_name,
    familyName: values.family_name,
    born: values.date_of_birth,
    gender: values.gender,
    careExperienced: values.care_experienced,
    part: values.role_in_family,
    chi: values.chi_number,
    socialWork: null,
    postcode: rows.get(values.family_id)?.values.postcode ?? null,
  }));
  const arrived = await findOnRecord(tx, people, families);
  const newFamilies = accepted.families.filter(({ id }) => !arrived.joined.has(id));
  await writeNewFamilies(
    tx,
    newFamilies.map(({ target, values }) => ({
      id: target,
      name: values.family_name,
      locality: values.locality,
      decile: values.simd_decile,
    })),
  );
  await writeNewPeople(tx, arrived.fresh, source);
  await addToPeople(tx, arrived.matched, source);
  await writeHomes(tx, arrived.people, source);
  await askAbout(tx, arrived.ask);
  for (const [family, target] of arrived.families) context.become('families', family, target);
  for (const [at, { id }] of accepted.people.entries()) {
    const person = arrived.people[at];
    if (person) context.become('people', id, person.id);
  }
  return {
    families: newFamilies.length,
    people: arrived.fresh.length,
    'people matched with the record': arrived.matched.length,
    'pairs to be looked at': arrived.ask.length,
  };
}

/**
 * The limits by which each day's requests are judged. A system that knows no front-line limit for one of the days gets the
 * scheme's first: £1,500, and none for senior managers, from the scheme's beginning until the first limit it does hold.
 */
async function limitsFor(tx: Rows, rows: readonly Asked[]) {
  const limits = await limitsOf(tx);
  const days = [...new Set(rows.map((row) => row.values.requested_on.toString()))].map((each) =>
    Temporal.PlainDate.from(each),
  );
  if (days.every((each) => frontLineLimit(limits, each) !== undefined)) return limits;
  const start = [...days, schemeBegan].reduce((first, each) => (isBefore(each, first) ? each : first));
  const wanted = [
    ...councilFrontLine.map((role) => ({ role, pence: firstLimit })),
    { role: 'senior-manager', pence: null },
  ];
  await tx.run(sql`
    insert into direct_payments.delegated_limit (role_id, up_to_pence, during)
    select w.role, w.pence, daterange(${start}::date, (select min(lower(l.during)) from direct_payments.delegated_limit l where l.role_id = w.role))
    from jsonb_to_recordset(${jsonRows(wanted)}::jsonb) as w (role text, pence bigint)
    where not exists (select from direct_payments.delegated_limit l
      where l.role_id = w.role and (lower_inf(l.during) or lower(l.during) <= ${start}::date))`);
  return limitsOf(tx);
}

/** The source's own ids, with the source's name after one that another request already bears. */
async function referencesFor(tx: Rows, rows: readonly Asked[], source: string): Promise<Map<string, string>> {
  const withSource = (id: string) => `${id} ${source}`;
  const wanted = rows.flatMap(({ id }) => [id, withSource(id)]);
  const found = await tx.many<{ reference: string }>(
    sql`select reference from direct_payments.request where reference = any(${wanted}::text[])`,
  );
  const taken = new Set(found.map((each) => each.reference));
  const references = new Map<string, string>();
  for (const { id, target } of rows) {
    const free =
      [id, withSource(id), `${withSource(id)} ${target}`].find((each) => !taken.has(each)) ?? target;
    taken.add(free);
    references.set(id, free);
  }
  return references;
}

const roleOf = ({ decided_by: by, service }: Request) =>
  by === 'worker' ? (service === 'education' ? 'school-wellbeing-lead' : 'social-worker') : by;

/** Writes the requests with what the family said, for whom, what was decided and what is paid. */
export async function writeRequests(
  tx: Rows,
  rows: readonly Asked[],
  { target: targetOf, source }: WriteContext,
) {
  const categories = [...new Set(rows.map((row) => row.values.category))];
  await tx.run(
    sql`insert into direct_payments.category (id) select unnest(${categories}::text[]) on conflict do nothing`,
  );
  const limits = await limitsFor(tx, rows);
  const references = await referencesFor(tx, rows, source);
  await inBatches(rows, slice, async (some) => {
    const given = jsonRows(
      some.map(({ id, target, values }) => ({
        ...values,
        id: target,
        reference: references.get(id),
        family: targetOf('families', values.family_id),
        approved: values.decision === 'approved' ? values.amount : null,
        role: roleOf(values),
        above: values.amount > (frontLineLimit(limits, values.requested_on) ?? firstLimit),
        words: values.need ?? '',
      })),
    );
    await tx.run(sql`
      insert into direct_payments.request (id, reference, family_id, service, category, asked_pence, approved_pence, status, asked_on,
        decided_on, decided_role, above_limit, paid_on)
      select id, reference, family, service, category, amount, approved, decision, requested_on, decided_on, role, above, paid_on
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, reference text, family uuid, service text, category text, amount bigint,
        approved bigint, decision text, requested_on date, decided_on date, role text, above boolean, paid_on date)`);
    await tx.run(sql`
      insert into direct_payments.conversation (request_id, family_id, words)
      select id, family, words from jsonb_to_recordset(${given}::jsonb) as r (id uuid, family uuid, words text)`);
    // The extract does not say for which of a family's children a request was: all whom the record knows count.
    await tx.run(sql`
      insert into direct_payments.request_child (request_id, person_id, family_id)
      select r.id, m.person_id, r.family from jsonb_to_recordset(${given}::jsonb) as r (id uuid, family uuid, requested_on date)
        join record.family_member m on m.family_id = r.family and m.part in ('child', 'young person')
      group by r.id, m.person_id, r.family`);
    await tx.run(sql`
      insert into direct_payments.decision (request_id, family_id, outcome, amount_pence, role_id, on_day)
      select id, family, decision, approved, role, decided_on from jsonb_to_recordset(${given}::jsonb)
        as r (id uuid, family uuid, decision text, approved bigint, role text, decided_on date)`);
    await tx.run(sql`
      insert into direct_payments.payment (request_id, family_id, amount_pence, state, paid_on)
      select id, family, approved, case when paid_on is null then 'ready' else 'paid' end, paid_on
      from jsonb_to_recordset(${given}::jsonb) as r (id uuid, family uuid, approved bigint, paid_on date) where approved is not null`);
  });
}

/**
 * Writes the funds that are new, what this import brings into each, and what each request draws: as much goes out as came in.
 * The number of new funds.
 */
export async function writeFunding(
  tx: Rows,
  lines: readonly Line[],
  { target: targetOf, source, today }: WriteContext,
) {
  const sums = new Map<string, bigint>();
  for (const { values } of lines)
    sums.set(values.funding_source, (sums.get(values.funding_source) ?? 0n) + values.amount);
  const funds = [...sums].map(([code, pence]) => ({
    code,
    pence,
    title: knownFunds[code]?.title ?? inWords(code),
    nonRecurring: knownFunds[code]?.nonRecurring ?? true,
    note: `Committed by requests imported from ${source}`,
  }));
  const made = await tx.run(sql`
    insert into funds.fund (code, title, non_recurring)
    select code, title, "nonRecurring" from jsonb_to_recordset(${jsonRows(funds)}::jsonb) as r (code text, title text, "nonRecurring" boolean)
    on conflict (code) do nothing`);
  await tx.run(sql`
    insert into funds.fund_area (fund_id, area)
    select f.id, 'direct-payments' from jsonb_to_recordset(${jsonRows(funds)}::jsonb) as r (code text) join funds.fund f on f.code = r.code
    on conflict do nothing`);
  await tx.run(sql`
    insert into funds.entry (fund_id, kind, amount_pence, made_on, note)
    select f.id, 'from import', r.pence, ${today}, r.note from jsonb_to_recordset(${jsonRows(funds)}::jsonb) as r (code text, pence bigint, note text)
      join funds.fund f on f.code = r.code`);
  await inBatches(lines, slice, (some) => {
    const given = some.map(({ target, values }) => ({
      id: target,
      request: targetOf('payment_requests', values.request_id),
      code: values.funding_source,
      pence: values.amount,
    }));
    return tx.run(sql`
      insert into funds.draw (id, area, of_id, family_id, fund_id, amount_pence, state)
      select r.id, 'direct-payments', q.id, q.family_id, f.id, r.pence, case when q.paid_on is null then 'committed' else 'paid' end
      from jsonb_to_recordset(${jsonRows(given)}::jsonb) as r (id uuid, request uuid, code text, pence bigint)
        join direct_payments.request q on q.id = r.request join funds.fund f on f.code = r.code`);
  });
  return made;
}
