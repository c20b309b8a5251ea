import {
  check,
  day,
  integer,
  money,
  type NewRow,
  oneOf,
  optional,
  pounds,
  type Refusal,
  type RowOf,
  refuse,
  refuseRow,
  resource,
  type TablesOf,
  text,
  yesNo,
} from '../../platform/import/index.ts';
import { bornOn, chi, postcode } from '../../record/import/fields.ts';

// The direct payment scheme as other systems extract it: four files, described for people in docs/import.md.

/** What front-line staff could decide from the first day of the scheme (committee report of 2021, paragraph 4.6), in pence. */
export const firstLimit = 1_500_00n;
/** The most that one request can ask for, in pence; the database keeps the same rule. */
const mostPence = 1_000_000_00n;

/** A fund by its code: small letters, digits and hyphens, however it was written ("Winter Plan" is winter-plan). */
const fundCode = check((cell) => {
  const value = cell
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (value === '') return refuse('not a fund', 'name it in letters or digits, such as winter-plan');
  return value.length > 80 ? refuse('too long', 'a fund has a short code of at most 80 letters') : { value };
});

const families = resource({
  name: 'families',
  id: 'family_id',
  fields: {
    family_id: text({ max: 100 }),
    family_name: text({ max: 200 }),
    locality: optional(text({ max: 100 })),
    postcode: optional(postcode),
    simd_decile: optional(integer({ min: 1, max: 10 })),
  },
});

const people = resource({
  name: 'people',
  id: 'person_id',
  fields: {
    person_id: text({ max: 100 }),
    family_id: text({ max: 100 }),
    given_name: text({ max: 200 }),
    family_name: text({ max: 200 }),
    date_of_birth: optional(bornOn),
    gender: optional(text({ max: 60 })),
    chi_number: optional(chi),
    role_in_family: oneOf(['child', 'young person', 'parent or carer', 'other']),
    care_experienced: yesNo(),
  },
  references: [{ by: 'family_id', resource: 'families', called: 'family' }],
});

const requestFields = {
  request_id: text({ max: 100 }),
  family_id: text({ max: 100 }),
  service: oneOf(['social-work', 'education']),
  requested_on: day(),
  category: text({ max: 60 }),
  need: optional(text({ max: 10_000 })),
  amount: money({ positive: true }),
  decision: oneOf(['approved', 'declined', 'withdrawn']),
  decided_on: day(),
  decided_by: optional(oneOf(['worker', 'team-manager', 'senior-manager'])),
  paid_on: optional(day()),
};
export type Request = RowOf<typeof requestFields>;

/** Whether one day is before another. */
export const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0;

/** The rules within one request, each with what to do about it. */
function faultsOf(row: Request): Refusal[] {
  const faults: Refusal[] = [];
  if (row.amount > mostPence)
    faults.push(refuse('amount too large', 'the most that can be asked is £1,000,000'));
  if (isBefore(row.decided_on, row.requested_on)) {
    const help = `decided_on is ${row.decided_on} and requested_on is ${row.requested_on}; check both days`;
    faults.push(refuse('decided before asked', help));
  }
  if (row.decided_by === null && row.decision !== 'withdrawn') {
    faults.push(refuse('missing', 'decided_by is empty; only a withdrawn request is decided by nobody'));
  }
  if (row.decision === 'approved' && row.amount > firstLimit && row.decided_by !== 'senior-manager') {
    const help = `it is for ${pounds(row.amount)} and decided_by is ${row.decided_by ?? 'empty'}; check the sum and who decided`;
    faults.push(refuse('over 1500 without senior-manager', help));
  }
  if (row.paid_on !== null && row.decision !== 'approved') {
    faults.push(
      refuse(
        'paid without approval',
        `the decision is ${row.decision}; take out paid_on, or mend the decision`,
      ),
    );
  } else if (row.paid_on !== null && isBefore(row.paid_on, row.decided_on)) {
    const help = `paid_on is ${row.paid_on} and decided_on is ${row.decided_on}; check both days`;
    faults.push(refuse('paid before decided', help));
  }
  return faults;
}

const paymentRequests = resource({
  name: 'payment_requests',
  id: 'request_id',
  fields: requestFields,
  references: [{ by: 'family_id', resource: 'families', called: 'family' }],
  check: faultsOf,
});

const paymentFunding = resource({
  name: 'payment_funding',
  id: ['request_id', 'funding_source'],
  fields: { request_id: text({ max: 100 }), funding_source: fundCode, amount: money({ positive: true }) },
  references: [{ by: 'request_id', resource: 'payment_requests', called: 'request', part: true }],
});

/** The four files, in the order in which they are read. */
export const resources = {
  families,
  people,
  payment_requests: paymentRequests,
  payment_funding: paymentFunding,
};
export type Asked = NewRow<Request>;
export type Line = NewRow<RowOf<typeof paymentFunding.fields>>;

/** The rules that look across rows: money adds up fund by fund, and nothing lies in the future. */
export function* faultsAcross(tables: TablesOf<typeof resources>, today: Temporal.PlainDate) {
  const drawn = new Map<string, bigint>();
  const lines = new Set<string>();
  for (const line of tables.payment_funding.rows) {
    const { request_id: request, funding_source: fund, amount } = line.values;
    drawn.set(request, (drawn.get(request) ?? 0n) + amount);
    const key = JSON.stringify([request, fund]);
    if (lines.has(key))
      yield refuseRow(
        line,
        'fund named twice',
        `write one line for ${request} and ${fund}, with the whole sum`,
      );
    lines.add(key);
  }
  for (const row of tables.payment_requests.rows) {
    const { amount, decision, requested_on: asked, decided_on: decided, paid_on: paid } = row.values;
    const sum = drawn.get(row.id) ?? 0n;
    const due = decision === 'approved' ? amount : 0n;
    if (sum !== due) {
      const is = decision === 'approved' ? `${pounds(amount)} was approved` : `the request was ${decision}`;
      yield refuseRow(
        row,
        'funding does not add up',
        `the funds give ${pounds(sum)} and ${is}; mend one or the other`,
      );
    }
    if ([asked, decided, paid].some((each) => each !== null && isBefore(today, each))) {
      yield refuseRow(row, 'not yet happened', 'one of its days is in the future; check the years');
    }
  }
  for (const row of tables.people.rows) {
    const born = row.values.date_of_birth;
    if (born !== null && isBefore(today, born))
      yield refuseRow(row, 'not yet happened', 'check the year of birth');
  }
}
