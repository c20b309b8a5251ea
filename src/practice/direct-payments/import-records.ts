import sql from 'sql-template-tag';
import type { Rows } from '../../platform/database/rows.ts';
import { inBatches, jsonRows, type WriteContext } from '../../platform/import/index.ts';
import { frontLine } from '../../record/roles.ts';
import {
  type Asked,
  type Family,
  firstLimit,
  isBefore,
  type Line,
  type Person,
  type Request,
} from './import-files.ts';
import { limitsOf } from './records.ts';
import { frontLineLimit } from './rules.ts';

// The SQL of the import: a handful of statements for each file, however many rows it has.

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

/**
 * Writes the families, and for each postcode the address that will be the home of the family's people. The address bears the
 * id of its family: people who come in a later extract find it by that.
 */
export async function writeFamilies(tx: Rows, rows: readonly Family[]) {
  await inBatches(rows, slice, async (some) => {
    const given = jsonRows(some.map(({ target, values }) => ({ id: target, ...values })));
    await tx.run(sql`
      insert into record.family (id, name, locality, simd_decile)
      select id, family_name, locality, simd_decile from jsonb_to_recordset(${given}::jsonb)
        as r (id uuid, family_name text, locality text, simd_decile smallint)`);
    await tx.run(sql`
      insert into record.address (id, postcode)
      select id, postcode from jsonb_to_recordset(${given}::jsonb) as r (id uuid, postcode text) where postcode is not null`);
  });
}

/** Writes the people with their CHI numbers, joins them to their families and gives them the family's home, since when is not known. */
export async function writePeople(tx: Rows, rows: readonly Person[], { target: targetOf }: WriteContext) {
  await inBatches(rows, slice, async (some) => {
    const given = jsonRows(
      some.map(({ target, values }) => ({
        id: target,
        ...values,
        family: targetOf('families', values.family_id),
      })),
    );
    await tx.run(sql`
      insert into record.person (id, given_name, family_name, date_of_birth, gender, care_experienced)
      select id, given_name, family_name, date_of_birth, gender, care_experienced from jsonb_to_recordset(${given}::jsonb)
        as r (id uuid, given_name text, family_name text, date_of_birth date, gender text, care_experienced boolean)`);
    await tx.run(sql`
      insert into record.family_member (family_id, person_id, part)
      select family, id, role_in_family from jsonb_to_recordset(${given}::jsonb) as r (family uuid, id uuid, role_in_family text)`);
    await tx.run(sql`
      insert into record.identifier (person_id, scheme, value, source)
      select id, 'CHI', chi_number, 'import' from jsonb_to_recordset(${given}::jsonb) as r (id uuid, chi_number text)
      where chi_number is not null`);
    await tx.run(sql`
      insert into record.home (person_id, address_id, source)
      select r.id, a.id, 'import' from jsonb_to_recordset(${given}::jsonb) as r (family uuid, id uuid)
        join record.address a on a.id = r.family`);
  });
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
    ...frontLine.map((role) => ({ role, pence: firstLimit })),
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
    insert into direct_payments.fund (code, title, non_recurring)
    select code, title, "nonRecurring" from jsonb_to_recordset(${jsonRows(funds)}::jsonb) as r (code text, title text, "nonRecurring" boolean)
    on conflict (code) do nothing`);
  await tx.run(sql`
    insert into direct_payments.fund_entry (fund_id, kind, amount_pence, made_on, note)
    select f.id, 'from import', r.pence, ${today}, r.note from jsonb_to_recordset(${jsonRows(funds)}::jsonb) as r (code text, pence bigint, note text)
      join direct_payments.fund f on f.code = r.code`);
  await inBatches(lines, slice, (some) => {
    const given = some.map(({ target, values }) => ({
      id: target,
      request: targetOf('payment_requests', values.request_id),
      code: values.funding_source,
      pence: values.amount,
    }));
    return tx.run(sql`
      insert into direct_payments.commitment (id, request_id, family_id, fund_id, amount_pence, state)
      select r.id, q.id, q.family_id, f.id, r.pence, case when q.paid_on is null then 'committed' else 'paid' end
      from jsonb_to_recordset(${jsonRows(given)}::jsonb) as r (id uuid, request uuid, code text, pence bigint)
        join direct_payments.request q on q.id = r.request join direct_payments.fund f on f.code = r.code`);
  });
  return made;
}
