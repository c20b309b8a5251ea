// The rules of the direct payment scheme, as pure functions. Source: the committee report on family support (2021),
// paragraphs 2.1-2.5 and 4.6, and the partnership's own settings. Days are given, never read from the clock.

export const services = { 'social-work': 'Social work', education: 'Education' } as const;
export type Service = keyof typeof services;

export const paymentMethods = ['bank transfer', 'prepaid card', 'voucher', 'paid to a supplier'] as const;

/** A child or young person for whom something is asked. */
export interface Beneficiary {
  name: string;
  born: Temporal.PlainDate | null;
  part: 'child' | 'young person' | 'parent or carer' | 'other';
  careExperienced: boolean;
}

export interface EligibilityAsked {
  on: Temporal.PlainDate;
  service: Service;
  /** Supported by social work, or named by this school. */
  school: string;
  beneficiaries: readonly Beneficiary[];
  /** Where the children live: with a parent, or with kin; or the young person lives on their own. */
  livesWith: 'parents' | 'kinship' | 'independently' | 'other';
  /** For each other fund that is open: whether it can meet the need, and why not. */
  otherFunds: readonly { name: string; canMeet: boolean }[];
}

export interface Finding {
  met: boolean;
  /** One plain sentence that a family could be shown. */
  because: string;
}

export interface Eligibility {
  eligible: boolean;
  findings: readonly Finding[];
}

/** Whole years of age on a day. A child born on 29 February has their birthday on 1 March in other years (Scots practice). */
export const ageOn = (born: Temporal.PlainDate, on: Temporal.PlainDate): number => {
  const years = on.year - born.year;
  const had = on.month > born.month || (on.month === born.month && on.day >= born.day);
  return had ? years : years - 1;
};

const oldest = { general: 24, careExperienced: 26 } as const;

/** Who the scheme is for, explained. Never a bare refusal: each finding says why, and what would change it. */
export function eligibility(asked: EligibilityAsked): Eligibility {
  const findings: Finding[] = [];
  const young = asked.beneficiaries.filter(
    (person) => person.part === 'child' || person.part === 'young person',
  );

  findings.push(
    young.length > 0
      ? { met: true, because: `It is for ${listed(young.map((person) => person.name))}.` }
      : {
          met: false,
          because: 'Say which child or young person this is for: the scheme helps them through their family.',
        },
  );

  for (const person of young) findings.push(ageFinding(person, asked));

  findings.push(
    asked.service === 'social-work'
      ? { met: true, because: 'The family is supported by social work.' }
      : asked.school.trim() !== ''
        ? { met: true, because: `${asked.school} asks for this for the family.` }
        : {
            met: false,
            because:
              'Name the school that asks for this, so that the cluster can support the family as well.',
          },
  );

  for (const fund of asked.otherFunds) {
    findings.push(
      fund.canMeet
        ? {
            met: false,
            because: `${fund.name} can meet this need, so it comes first. Help the family apply to it.`,
          }
        : { met: true, because: `${fund.name} cannot meet this need.` },
    );
  }
  return { eligible: findings.every((finding) => finding.met), findings };
}

function ageFinding(person: Beneficiary, asked: EligibilityAsked): Finding {
  if (person.born === null) {
    return { met: false, because: `Add ${person.name}'s date of birth: who can be helped depends on age.` };
  }
  const age = ageOn(person.born, asked.on);
  const home = asked.livesWith === 'parents' || asked.livesWith === 'kinship';
  if (age < 0)
    return { met: true, because: `${person.name} is not born yet; the family is helped to get ready.` };
  if (age < 18 && home) {
    const who = asked.livesWith === 'kinship' ? 'kinship care' : 'their parents';
    return { met: true, because: `${person.name} is ${age} and lives with ${who}.` };
  }
  if (person.careExperienced) {
    return age <= oldest.careExperienced
      ? { met: true, because: `${person.name} is ${age} and care experienced; the scheme is open to 26.` }
      : {
          met: false,
          because: `${person.name} is ${age}. The scheme is open to care experienced people to 26; ask the aftercare team what else can help.`,
        };
  }
  if (age < 18) {
    return {
      met: false,
      because: `${person.name} is ${age} and lives away from parents and kin. Their own plan pays for what they need; speak to their social worker.`,
    };
  }
  return age <= oldest.general
    ? { met: true, because: `${person.name} is ${age}; the scheme is open to young people to 24.` }
    : {
        met: false,
        because: `${person.name} is ${age}. The scheme is open to young people to 24, or 26 if care experienced. If they are, record it and ask again.`,
      };
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** A role's limit during a span of days; `null` pence is no limit. */
export interface Limit {
  role: string;
  upToPence: bigint | null;
  from: Temporal.PlainDate | null;
  /** The day after the last. */
  until: Temporal.PlainDate | null;
}

const inForce = (limit: Limit, on: Temporal.PlainDate): boolean =>
  (limit.from === null || Temporal.PlainDate.compare(limit.from, on) <= 0) &&
  (limit.until === null || Temporal.PlainDate.compare(on, limit.until) < 0);

/** The most that a role may decide on a day: pence, 'no limit', or undefined when it may decide nothing. */
export function limitOf(
  limits: readonly Limit[],
  role: string,
  on: Temporal.PlainDate,
): bigint | 'no limit' | undefined {
  const limit = limits.find((each) => each.role === role && inForce(each, on));
  if (limit === undefined) return undefined;
  return limit.upToPence ?? 'no limit';
}

/** Whether a role may decide a sum: up to and including its limit (report 4.6: over £1,500 goes to a senior manager). */
export function mayDecide(
  limits: readonly Limit[],
  role: string,
  on: Temporal.PlainDate,
  pence: bigint,
): boolean {
  const limit = limitOf(limits, role, on);
  return limit !== undefined && (limit === 'no limit' || pence <= limit);
}

/** The front-line limit on a day: the highest of those that have an end. Undefined when every decider is without limit. */
export function frontLineLimit(limits: readonly Limit[], on: Temporal.PlainDate): bigint | undefined {
  const sums = limits
    .filter((limit) => inForce(limit, on))
    .flatMap((limit) => (limit.upToPence === null ? [] : [limit.upToPence]));
  return sums.sort((a, b) => (a < b ? 1 : -1))[0];
}

/** How many days back other live requests of the family count towards the limit. */
export const splitWindowDays = 28;

/** Another request of the same family: asked for, or already approved. */
export interface OtherRequest {
  id: string;
  reference: string;
  askedOn: Temporal.PlainDate;
  pence: bigint;
  status: 'asked' | 'more asked' | 'approved' | 'declined' | 'withdrawn';
}

export interface Route {
  /** The sum that the limit is tried against: this request and the live ones within 28 days. */
  togetherPence: bigint;
  /** The live requests that count with it. */
  with: readonly OtherRequest[];
  goesUp: boolean;
  because: string;
}

/**
 * Where a request goes for its decision. A limit cannot be raised by splitting: the family's other live requests asked within
 * 28 days, by either route, count with this one.
 */
export function routeOf(
  pence: bigint,
  askedOn: Temporal.PlainDate,
  others: readonly OtherRequest[],
  limits: readonly Limit[],
): Route {
  const near = others.filter(
    (other) =>
      other.status !== 'declined' &&
      other.status !== 'withdrawn' &&
      Math.abs(other.askedOn.until(askedOn, { largestUnit: 'days' }).days) <= splitWindowDays,
  );
  const togetherPence = near.reduce((sum, other) => sum + other.pence, pence);
  const limit = frontLineLimit(limits, askedOn);
  const goesUp = limit === undefined || togetherPence > limit;
  return {
    togetherPence,
    with: near,
    goesUp,
    because: !goesUp
      ? 'It is within what the front line may decide.'
      : pence > (limit ?? 0n)
        ? 'It is above what the front line may decide, so a senior manager decides.'
        : 'With what this family asked for in the same four weeks it is above what the front line may decide, so a senior manager decides.',
  };
}

/** Who may not decide, and why; undefined when they may. Nobody decides their own request. */
export function whyNotDecide(asked: {
  decider: string;
  askedBy: string | null;
  roles: readonly string[];
  limits: readonly Limit[];
  on: Temporal.PlainDate;
  togetherPence: bigint;
}): string | undefined {
  if (asked.askedBy === asked.decider)
    return 'You asked for this yourself, so somebody else has to decide it.';
  if (!asked.roles.some((role) => mayDecide(asked.limits, role, asked.on, asked.togetherPence))) {
    return 'This is above what you may decide. A senior manager has to decide it.';
  }
  return undefined;
}

export interface Draw {
  fundId: string;
  pence: bigint;
}

/** Whether what is drawn on each fund adds up to what is approved; a sentence when it does not. */
export function whyNotDrawn(approvedPence: bigint, draws: readonly Draw[]): string | undefined {
  if (draws.length === 0) return 'Choose which fund pays for this.';
  if (draws.some((draw) => draw.pence <= 0n)) return 'Each fund has to pay something, or be left out.';
  if (new Set(draws.map((draw) => draw.fundId)).size < draws.length) return 'Each fund can be named once.';
  const sum = draws.reduce((total, draw) => total + draw.pence, 0n);
  if (sum !== approvedPence) return 'What the funds pay does not add up to the amount approved.';
  return undefined;
}
