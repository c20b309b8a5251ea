import { eligibility, type Limit, type OtherRequest, routeOf } from '../../practice/direct-payments/rules.ts';
import { type Calendar, daysBetween, moment } from './calendar.ts';
import { schools } from './partnership.ts';
import type { Plan } from './plan.ts';
import type { Dice } from './random.ts';
import type { Staff, Worker } from './staff.ts';
import type { Filled } from './tables.ts';
import {
  approvedWith,
  declinedBecause,
  howTold,
  inPartBecause,
  moreAsked,
  sentUpBecause,
  whoWasThere,
  withdrawnBecause,
} from './words/steps.ts';
import { teller } from './words/telling.ts';

/** After a decision the decider sees the family for this many days, and finance after a payment: as the actions give it. */
const decidedVisibleDays = 28;
export const paidVisibleDays = 90;

/** What telling the requests needs to know besides them. */
export interface Telling {
  readonly chance: Dice;
  readonly staff: Staff;
  readonly calendar: Calendar;
  readonly limits: readonly Limit[];
  readonly otherFunds: readonly string[];
  readonly newId: (at: Temporal.Instant) => string;
  readonly filled: Filled;
}

/** A request that was told: what paying it needs to know. */
export interface Told {
  readonly id: string;
  readonly plan: Plan;
  readonly askedAt: Temporal.Instant;
  readonly fill: (text: string) => string;
  readonly approved?: {
    readonly on: Temporal.PlainDate;
    readonly at: Temporal.Instant;
    readonly by: Worker;
    readonly pence: bigint;
    readonly withdrawnAt: Temporal.Instant | undefined;
  };
  /** The row as it will be written; paying adds to it. */
  readonly row: Record<string, unknown>;
}

interface Draft {
  readonly plan: Plan;
  readonly id: string;
  readonly askedAt: Temporal.Instant;
  readonly endsOn: Temporal.PlainDate;
  because: string;
  goesUp: boolean;
  /** Moved up later by another request of the family. */
  movedBy: Draft | undefined;
}

const isOpen = (fate: Plan['fate']) => fate === 'waiting' || fate === 'more asked';
const isLess = (fate: Plan['fate']) => fate === 'declined' || fate === 'withdrawn';

function draftOf(plan: Plan, { chance, calendar, newId }: Telling): Draft {
  const askedAt = moment(plan.askedOn, chance.between(9, 11), chance.below(60));
  const endsOn = calendar.after(plan.askedOn, plan.decideAfter);
  return { plan, id: newId(askedAt), askedAt, endsOn, because: '', goesUp: false, movedBy: undefined };
}

/** Works out where each request goes, by the scheme's own rule, and which of those before it go up with it. */
function route(drafts: readonly Draft[], limits: readonly Limit[]): void {
  for (const draft of drafts) {
    const { plan } = draft;
    const before = drafts
      .slice(0, drafts.indexOf(draft))
      .filter((each) => each.plan.household === plan.household);
    const others = before.map((each): OtherRequest & { draft: Draft } => {
      const over = !isOpen(each.plan.fate) && daysBetween(each.endsOn, plan.askedOn) > 0;
      const status = !over ? 'asked' : isLess(each.plan.fate) ? 'declined' : 'approved';
      return {
        id: each.id,
        reference: '',
        askedOn: each.plan.askedOn,
        pence: each.plan.pence,
        status,
        draft: each,
      };
    });
    const found = routeOf(plan.pence, plan.askedOn, others, limits);
    draft.goesUp = found.goesUp;
    draft.because = found.because;
    if (!found.goesUp) continue;
    for (const other of others) {
      const counted = found.with.some((each) => each.id === other.id);
      if (counted && other.status === 'asked' && !other.draft.goesUp) other.draft.movedBy ??= draft;
    }
  }
}

/** Who decides: never who asked; above the limit, or sent up, a senior manager. */
function deciderOf({ chance, staff }: Telling, worker: Worker, up: boolean): Worker {
  if (up) return staff.named(worker.team.of.service === 'education' ? 'Alasdair Munro' : 'Catriona Buchan');
  const colleagues = worker.team.workers.filter((each) => each !== worker);
  const manager = colleagues.find((each) => each.role === 'team-manager');
  return manager !== undefined && chance.chance(0.6) ? manager : chance.pick(colleagues);
}

function tellOne(draft: Draft, telling: Telling): Told {
  const { chance, staff, calendar, filled, newId, limits } = telling;
  const { plan, id, askedAt, endsOn } = draft;
  const { household, worker, children, ask, fate } = plan;
  const { family } = household;
  const familyId = household.id;
  const carer =
    household.people.find(({ person }) => person.part === 'parent or carer')?.person ?? family.people[0];
  if (carer === undefined) throw new Error('a family without people');
  const fill = teller(
    children.map((each) => each.person),
    carer,
  );
  const alone = family.home === 'independently';
  const service = worker.team.of.service === 'education' ? 'education' : 'social-work';
  const school = service === 'education' ? chance.pick(schools[family.locality]) : '';
  const seniors = staff.posts('senior-manager');
  const team = worker.team;

  let version = 1;
  const decide = (
    outcome: string,
    on: Temporal.PlainDate,
    at: Temporal.Instant,
    by: Worker,
    more: { reason?: string; told?: string; pence?: bigint; role?: string | null } = {},
  ) => {
    version += 1;
    filled['direct_payments.decision'].push({
      id: newId(at),
      request_id: id,
      family_id: familyId,
      outcome,
      amount_pence: more.pence ?? null,
      reason: fill(more.reason ?? ''),
      how_told: more.told ?? '',
      decided_by: by.id,
      role_id: more.role === undefined ? by.role : more.role,
      on_day: on,
      at,
    });
  };
  const ended = isOpen(fate) ? undefined : moment(endsOn, chance.between(14, 16), chance.below(60));
  const until = ended?.add({ hours: 24 * decidedVisibleDays }) ?? null;
  const letDecide = (posts: readonly { readonly id: string }[], since: Temporal.Instant, by: Worker) => {
    for (const post of posts) {
      filled['access.reason'].push({
        id: newId(since),
        subject: familyId,
        holder: post.id,
        kind: 'deciding',
        scope: 'practice',
        since,
        until,
        about_record: id,
        given_by: by.id,
      });
    }
  };

  // The posts of the team that somebody else than the asker holds.
  const near = team.posts.filter((post) =>
    team.workers.some((each) => each.role === post.role && each !== worker),
  );
  letDecide(draft.goesUp ? seniors : near, askedAt, worker);
  let up = draft.goesUp;
  if (draft.movedBy !== undefined) {
    const by = draft.movedBy;
    up = true;
    letDecide(seniors, by.askedAt, by.plan.worker);
    decide('sent up', by.plan.askedOn, by.askedAt, by.plan.worker, { reason: by.because });
  } else if (plan.sentUp && !up) {
    const on = calendar.after(plan.askedOn, 1);
    const at = moment(on, 13, chance.below(60));
    const manager = team.workers.find((each) => each.role === 'team-manager') ?? worker;
    up = true;
    letDecide(seniors, at, manager);
    decide('sent up', on, at, manager, { reason: chance.pick(sentUpBecause) });
  }

  const decider = deciderOf(telling, worker, up);
  if (
    fate === 'more asked' ||
    (!isOpen(fate) && !plan.sentUp && plan.decideAfter >= 3 && chance.chance(0.2))
  ) {
    const [question, answer] = chance.pick(moreAsked);
    const askedMore = calendar.after(plan.askedOn, 1);
    if (draft.movedBy === undefined) {
      decide('more asked', askedMore, moment(askedMore, 13, 5), decider, { reason: question });
      if (fate !== 'more asked') {
        const on = calendar.after(plan.askedOn, 2);
        decide('answered', on, moment(on, 10, 20), worker, { reason: answer, role: null });
      }
    }
  }

  const inPart = fate === 'in part';
  const part = (plan.pence * 3n) / 5n;
  const approvedPence = inPart ? part - (part % 500n) : plan.pence;
  let approved: Told['approved'];
  let decidedBy: Worker = decider;
  let decidedOn: Temporal.PlainDate | null = ended === undefined ? null : endsOn;
  if (ended !== undefined && fate === 'declined') {
    const reasons = [...(declinedBecause.any ?? []), ...(declinedBecause[plan.category.id] ?? [])];
    decide('declined', endsOn, ended, decider, { reason: chance.pick(reasons), told: chance.pick(howTold) });
  } else if (ended !== undefined && fate === 'withdrawn') {
    decide('withdrawn', endsOn, ended, worker, { reason: chance.pick(withdrawnBecause), role: null });
    decidedBy = worker;
  } else if (ended !== undefined) {
    const reason = inPart ? chance.pick(inPartBecause) : chance.pick(approvedWith);
    decide(inPart ? 'approved in part' : 'approved', endsOn, ended, decider, {
      reason,
      pence: approvedPence,
    });
    let withdrawnAt: Temporal.Instant | undefined;
    if (fate === 'withdrawn after approval') {
      const on = calendar.after(endsOn, 1);
      withdrawnAt = moment(on, 9, 40);
      decide('withdrawn', on, withdrawnAt, worker, { reason: chance.pick(withdrawnBecause), role: null });
      decidedBy = worker;
      decidedOn = endsOn;
    }
    approved = { on: endsOn, at: ended, by: decider, pence: approvedPence, withdrawnAt };
  }

  const withdrawn = fate === 'withdrawn' || fate === 'withdrawn after approval';
  const status = isOpen(fate)
    ? fate === 'waiting'
      ? 'asked'
      : 'more asked'
    : withdrawn
      ? 'withdrawn'
      : fate === 'declined'
        ? 'declined'
        : 'approved';
  const found = eligibility({
    on: plan.askedOn,
    service,
    school,
    beneficiaries: children.map(({ person }) => ({
      name: `${person.givenName} ${person.familyName}`,
      born: person.born,
      part: person.part,
      careExperienced: person.careExperienced,
    })),
    livesWith: family.home,
    otherFunds: telling.otherFunds.map((name) => ({ name, canMeet: false })),
  });
  if (!found.eligible)
    throw new Error(
      `a request of the demonstration that the scheme would refuse: ${JSON.stringify(found.findings)}`,
    );
  const above = limits.some((each) => each.upToPence !== null && plan.pence > each.upToPence);
  const row: Record<string, unknown> = {
    id,
    reference: '',
    family_id: familyId,
    service,
    school: school === '' ? null : school,
    cluster: service === 'education' ? `${family.locality} cluster` : null,
    category: plan.category.id,
    asked_pence: plan.pence,
    approved_pence: status === 'approved' ? approvedPence : null,
    status,
    asked_on: plan.askedOn,
    asked_by: worker.id,
    asked_team: team.id,
    decided_on: decidedOn,
    decided_by: ended === undefined ? null : decidedBy.id,
    decided_role: ended === undefined || fate === 'withdrawn' ? null : decider.role,
    waiting_with: isOpen(fate) ? (up ? team.organisation : team.id) : null,
    above_limit: above,
    paid_on: null,
    version,
  };
  filled['direct_payments.request'].push(row);
  filled['direct_payments.conversation'].push({
    request_id: id,
    family_id: familyId,
    words: fill(ask.said),
    who_was_there: fill(alone ? '{child}, and a worker from aftercare' : chance.pick(whoWasThere)),
    used_for: fill(ask.usedFor),
    hoped_for: fill(ask.hopedFor),
    other_funds:
      plan.category.id === 'digital access' ? 'Connecting Scotland has no devices left this term.' : '',
    eligibility: { ...found, livesWith: family.home, route: draft.because },
  });
  for (const child of children) {
    filled['direct_payments.request_child'].push({
      request_id: id,
      person_id: child.id,
      family_id: familyId,
    });
  }
  const method = chance.pick([
    'bank transfer',
    'bank transfer',
    'bank transfer',
    'prepaid card',
    'voucher',
    'paid to a supplier',
  ]);
  const bank = method === 'bank transfer';
  filled['direct_payments.payee'].push({
    request_id: id,
    family_id: familyId,
    name: method === 'paid to a supplier' ? plan.category.supplier : `${carer.givenName} ${carer.familyName}`,
    method,
    // No bank has sort codes that begin with 00.
    sort_code: bank ? `00${chance.between(1000, 9999)}` : null,
    account_number: bank ? String(chance.between(10_000_000, 99_999_999)) : null,
  });
  return { id, plan, askedAt, fill, row, ...(approved === undefined ? {} : { approved }) };
}

/** Tells every planned request: asked, decided, and seen by those whom the actions would have let see it. */
export function tellRequests(plans: readonly Plan[], telling: Telling): Told[] {
  const drafts = plans
    .map((plan) => draftOf(plan, telling))
    .toSorted((a, b) => Temporal.Instant.compare(a.askedAt, b.askedAt));
  route(drafts, telling.limits);
  return drafts.map((draft) => tellOne(draft, telling));
}
