import { type Calendar, daysBetween, moment } from './calendar.ts';
import type { Worker } from './staff.ts';
import { paidVisibleDays, type Telling, type Told } from './story.ts';
import { failedBecause } from './words/steps.ts';

interface Fund {
  readonly code: string;
  readonly title: string;
  readonly purpose: string;
  readonly nonRecurring: boolean;
  /** What comes after it, where it is temporary. */
  readonly exitPlan: string;
  /** Months before and after the month of the demonstration in which it is open; without an end when `null`. */
  readonly from: number;
  readonly until: number | null;
  readonly toppedUp: string | null;
}

const funds: readonly Fund[] = [
  {
    code: 'whole-family-support-grant',
    title: 'Whole family support grant',
    purpose: 'What a family says would help, before things get hard. A grant for two years.',
    nonRecurring: true,
    exitPlan: 'What families asked for most goes into the family support budget of the next year.',
    from: 10,
    until: 14,
    toppedUp: 'More families came than was foreseen',
  },
  {
    code: 'winter-support-grant',
    title: 'Winter support grant',
    purpose: 'Warmth, clothing and company in the dark months',
    nonRecurring: true,
    exitPlan: 'It is for one winter. Families are told of the family support budget.',
    from: 5,
    until: 5,
    toppedUp: 'A share of what other areas handed back',
  },
  {
    code: 'family-support-budget',
    title: 'Family support budget',
    purpose: 'The council’s own budget for families, each year',
    nonRecurring: false,
    exitPlan: '',
    from: 20,
    until: null,
    toppedUp: null,
  },
];

/** The days on which finance makes a payment run: every Thursday. */
const runDays = ({ days }: Calendar): Temporal.PlainDate[] => days.filter((day) => day.dayOfWeek === 4);

/** How many working days ago the last run was made. */
export const lastRunAgo = (calendar: Calendar): number => {
  const last = runDays(calendar).at(-1);
  return calendar.days.length - 1 - calendar.days.findIndex((day) => last !== undefined && day.equals(last));
};

interface Due {
  readonly told: Told;
  readonly id: string;
  readonly since: Temporal.Instant;
  readonly day: Temporal.PlainDate;
  readonly again: boolean;
}

/** Pays what was approved, run by run: most the Monday after, a few fail, the last run waits to be marked. */
export function payRequests(toldAll: readonly Told[], telling: Telling, officer: Worker): Temporal.Instant[] {
  const { chance, staff, calendar, newId, filled } = telling;
  const financePosts = staff.posts('finance-officer');
  const payment = (
    due: Due,
    state: string,
    more: { run?: string; paidOn?: Temporal.PlainDate; because?: string } = {},
  ) => {
    filled['direct_payments.payment'].push({
      id: due.id,
      request_id: due.told.id,
      family_id: due.told.plan.household.id,
      amount_pence: due.told.approved?.pence,
      state,
      run_id: more.run ?? null,
      paid_on: more.paidOn ?? null,
      failed_because: more.because ?? null,
      version: state === 'ready' ? 1 : state === 'sent' || more.run === undefined ? 2 : 3,
      created_at: due.since,
    });
  };
  const letPay = (told: Told, until: Temporal.Instant | null) => {
    for (const post of financePosts) {
      filled['access.reason'].push({
        id: newId(told.approved?.at ?? told.askedAt),
        subject: told.plan.household.id,
        holder: post.id,
        kind: 'paying',
        scope: 'money',
        since: told.approved?.at,
        until,
        about_record: told.id,
        given_by: told.approved?.by.id,
      });
    }
  };

  const waiting: Due[] = [];
  for (const told of toldAll) {
    if (told.approved === undefined) continue;
    const { at, on, withdrawnAt } = told.approved;
    const due = { told, id: newId(at), since: at, day: on, again: false };
    if (withdrawnAt === undefined) waiting.push(due);
    else {
      payment(due, 'failed', { because: 'Withdrawn before it was paid' });
      letPay(told, withdrawnAt);
    }
  }
  const runs = runDays(calendar);
  const made: Temporal.Instant[] = [];
  runs.forEach((day, index) => {
    // One that has failed in the run before waits for the family's new account number.
    const batch = waiting.filter(
      (due) => daysBetween(due.day, day) > 0 && !(due.again && index === runs.length - 1),
    );
    if (batch.length === 0) return;
    for (const due of batch) waiting.splice(waiting.indexOf(due), 1);
    const at = moment(day, 15, 30);
    const run = newId(at);
    made.push(at);
    filled['direct_payments.payment_run'].push({
      id: run,
      reference: '',
      made_by: officer.id,
      made_on: day,
      at,
    });
    const answeredOn = day.add({ days: 4 });
    const answeredAt = moment(answeredOn, 11, 15);
    // Some fail, in a few runs of which the last but one is always one.
    const failing =
      index === runs.length - 2 || index % 11 === 5 ? batch.find((due) => !due.again) : undefined;
    for (const due of batch) {
      if (index === runs.length - 1) {
        payment(due, 'sent', { run });
        letPay(due.told, null);
      } else if (due === failing) {
        payment(due, 'failed', { run, because: chance.pick(failedBecause) });
        waiting.push({
          told: due.told,
          id: newId(answeredAt),
          since: answeredAt,
          day: answeredOn,
          again: true,
        });
      } else {
        payment(due, 'paid', { run, paidOn: answeredOn });
        due.told.row.paid_on = answeredOn;
        due.told.row.version = Number(due.told.row.version) + 1;
        letPay(due.told, answeredAt.add({ hours: 24 * paidVisibleDays }));
      }
    }
  });
  for (const due of waiting) {
    payment(due, 'ready');
    letPay(due.told, null);
  }
  return made;
}

/** Draws each approved request on a fund or two that are open that day, and gives the funds what they need and a little more. */
export function fundRequests(
  toldAll: readonly Told[],
  telling: Telling,
  officer: Worker,
  today: Temporal.PlainDate,
): void {
  const { chance, newId, filled } = telling;
  const month = today.with({ day: 1 });
  const opened = funds.map((fund) => {
    const from = month.subtract({ months: fund.from });
    return {
      ...fund,
      from,
      until: fund.until === null ? null : month.add({ months: fund.until }),
      id: newId(moment(from, 9)),
      drawn: 0n,
    };
  });
  const [grant, winter, budget] = opened;
  if (grant === undefined || winter === undefined || budget === undefined) throw new Error('three funds');
  for (const told of toldAll) {
    if (told.row.status !== 'approved' || told.approved === undefined) continue;
    const { on, at, pence } = told.approved;
    const isWinter = daysBetween(winter.from, on) >= 0;
    const first = chance.pick(isWinter ? [grant, winter, winter, budget] : [grant, grant, budget]);
    const second = chance.chance(0.07) && pence >= 20_000n ? (first === budget ? grant : budget) : undefined;
    const rest = second === undefined ? 0n : pence / 4n - ((pence / 4n) % 100n);
    for (const [fund, sum] of [
      [first, pence - rest],
      [second, rest],
    ] as const) {
      if (fund === undefined) continue;
      fund.drawn += sum;
      filled['funds.draw'].push({
        id: newId(at),
        area: 'direct-payments',
        of_id: told.id,
        family_id: told.plan.household.id,
        fund_id: fund.id,
        amount_pence: sum,
        state: told.row.paid_on === null ? 'committed' : 'paid',
        at,
      });
    }
  }
  const thousands = (pence: bigint) => (pence / 100_000n + 1n) * 100_000n;
  for (const fund of opened) {
    filled['funds.fund'].push({
      id: fund.id,
      code: fund.code,
      title: fund.title,
      purpose: fund.purpose,
      non_recurring: fund.nonRecurring,
      exit_plan: fund.exitPlan,
      open_during: `[${fund.from},${fund.until ?? ''})`,
    });
    filled['funds.fund_area'].push({ fund_id: fund.id, area: 'direct-payments' });
    const entry = (kind: string, pence: bigint, on: Temporal.PlainDate, note: string) =>
      filled['funds.entry'].push({
        id: newId(moment(on, 10)),
        fund_id: fund.id,
        kind,
        amount_pence: pence,
        made_on: on,
        note,
        made_by: officer.id,
        at: moment(on, 10),
      });
    const first = thousands((fund.drawn * 17n) / 20n);
    entry('allocation', first, fund.from, 'First allocation');
    const more = thousands((fund.drawn * 7n) / 20n);
    if (fund.toppedUp === null)
      entry('allocation', more, fund.from.add({ months: 12 }), 'Allocation for the second year');
    else
      entry(
        'top-up',
        more,
        fund.from.add({ months: Math.ceil(funds.find((each) => each.code === fund.code)?.from ?? 2) - 2 }),
        fund.toppedUp,
      );
  }
}
