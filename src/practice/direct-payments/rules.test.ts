import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ageOn,
  type Beneficiary,
  eligibility,
  frontLineLimit,
  type Limit,
  limitOf,
  mayDecide,
  type OtherRequest,
  routeOf,
  whyNotDecide,
  whyNotDrawn,
} from './rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => day('1990-01-01').add({ days }));
const limits: Limit[] = [
  { role: 'social-worker', upToPence: 150_000n, from: day('2021-02-15'), until: null },
  { role: 'team-manager', upToPence: 150_000n, from: day('2021-02-15'), until: null },
  { role: 'senior-manager', upToPence: null, from: day('2021-02-15'), until: null },
];
const today = day('2026-11-18');
const isla: Beneficiary = { name: 'Isla', born: day('2019-05-02'), part: 'child', careExperienced: false };
const asking = {
  on: today,
  service: 'social-work',
  school: '',
  beneficiaries: [isla],
  livesWith: 'parents',
  otherFunds: [],
} as const;

describe('age', () => {
  test('counts birthdays had, and never differs from the calendar by more than a year', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 40_000 }), (born, days) => {
        const age = ageOn(born, born.add({ days }));
        expect(age).toBe(born.until(born.add({ days }), { largestUnit: 'years' }).years);
      }),
    );
  });
  test('a child of 29 February is a year older on 1 March', () => {
    expect(ageOn(day('2020-02-29'), day('2021-02-28'))).toBe(0);
    expect(ageOn(day('2020-02-29'), day('2021-03-01'))).toBe(1);
  });
});

describe('who the scheme is for (report 2.3)', () => {
  const young = (age: number, careExperienced = false): Beneficiary => ({
    name: 'Callum',
    born: today.subtract({ years: age }),
    part: 'young person',
    careExperienced,
  });
  test.each([
    ['a child with parents', [isla], 'parents', true],
    ['a child in kinship care', [isla], 'kinship', true],
    ['a child away from home', [isla], 'other', false],
    ['24 on the day', [young(24)], 'independently', true],
    ['25 on the day', [young(25)], 'independently', false],
    ['26 and care experienced', [young(26, true)], 'independently', true],
    ['27 and care experienced', [young(27, true)], 'independently', false],
    ['a care experienced child away from home', [{ ...isla, careExperienced: true }], 'other', true],
    ['nobody', [], 'parents', false],
    ['no date of birth', [{ ...isla, born: null }], 'parents', false],
    ['a parent alone', [{ ...isla, part: 'parent or carer' as const }], 'parents', false],
  ] as const)('%s', (_who, beneficiaries, livesWith, eligible) => {
    expect(eligibility({ ...asking, beneficiaries, livesWith }).eligible).toBe(eligible);
  });
  test('the day before a 25th birthday is still 24', () => {
    const born = day('2001-11-19');
    expect(
      eligibility({ ...asking, livesWith: 'independently', beneficiaries: [{ ...isla, born }] }).eligible,
    ).toBe(true);
    expect(
      eligibility({
        ...asking,
        on: today.add({ days: 1 }),
        livesWith: 'independently',
        beneficiaries: [{ ...isla, born }],
      }).eligible,
    ).toBe(false);
  });
  test('by education, a school is named', () => {
    expect(eligibility({ ...asking, service: 'education' }).eligible).toBe(false);
    expect(eligibility({ ...asking, service: 'education', school: 'Craigneuk Primary' }).eligible).toBe(true);
  });
  test('a fund that can meet the need comes first, and is named', () => {
    const found = eligibility({ ...asking, otherFunds: [{ name: 'Connecting Scotland', canMeet: true }] });
    expect(found.eligible).toBe(false);
    expect(found.findings.at(-1)?.because).toContain('Connecting Scotland');
  });
  test('a refusal is never bare: every finding is a sentence', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            name: fc.constant('A'),
            born: fc.option(anyDay),
            part: fc.constantFrom('child', 'young person', 'other'),
            careExperienced: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
        fc.constantFrom('parents', 'kinship', 'independently', 'other'),
        (beneficiaries, livesWith) => {
          const found = eligibility({
            ...asking,
            beneficiaries: beneficiaries as Beneficiary[],
            livesWith: livesWith as 'parents',
          });
          expect(found.eligible).toBe(found.findings.every((finding) => finding.met));
          for (const finding of found.findings) expect(finding.because).toMatch(/^.{10,}\.$/);
        },
      ),
    );
  });
});

describe('limits (report 4.6)', () => {
  test('£1,500 is within the front line, a penny more is not', () => {
    expect(mayDecide(limits, 'social-worker', today, 150_000n)).toBe(true);
    expect(mayDecide(limits, 'social-worker', today, 150_001n)).toBe(false);
    expect(mayDecide(limits, 'senior-manager', today, 99_999_999n)).toBe(true);
    expect(mayDecide(limits, 'finance-officer', today, 1n)).toBe(false);
  });
  test('a limit holds from its first day up to, not including, its last', () => {
    const dated: Limit[] = [
      { role: 'team-manager', upToPence: 1n, from: day('2026-01-01'), until: day('2026-02-01') },
    ];
    expect(limitOf(dated, 'team-manager', day('2025-12-31'))).toBeUndefined();
    expect(limitOf(dated, 'team-manager', day('2026-01-31'))).toBe(1n);
    expect(limitOf(dated, 'team-manager', day('2026-02-01'))).toBeUndefined();
    expect(frontLineLimit(dated, day('2026-02-01'))).toBeUndefined();
  });
  test('nobody decides their own request, whatever their role', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.subarray(['social-worker', 'team-manager', 'senior-manager']),
        (pence, roles) => {
          expect(
            whyNotDecide({ decider: 'me', askedBy: 'me', roles, limits, on: today, togetherPence: pence }),
          ).toMatch(/yourself/);
        },
      ),
    );
  });
});

describe('splitting', () => {
  const other = (pence: bigint, daysAgo: number, status: OtherRequest['status'] = 'asked'): OtherRequest => ({
    id: `${pence}-${daysAgo}`,
    reference: 'DP',
    askedOn: today.subtract({ days: daysAgo }),
    pence,
    status,
  });
  test('live requests within 28 days count together; the 29th day, the declined and the withdrawn do not', () => {
    expect(routeOf(80_000n, today, [other(80_000n, 28)], limits).goesUp).toBe(true);
    expect(routeOf(80_000n, today, [other(80_000n, 29)], limits).goesUp).toBe(false);
    expect(routeOf(80_000n, today, [other(80_000n, 1, 'declined')], limits).goesUp).toBe(false);
    expect(routeOf(80_000n, today, [other(80_000n, 1, 'withdrawn')], limits).goesUp).toBe(false);
    expect(routeOf(80_000n, today, [other(80_000n, 1, 'approved')], limits).goesUp).toBe(true);
  });
  test('however a sum above the limit is cut within 28 days, the last piece goes up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 150_000n }), { minLength: 2, maxLength: 12 }),
        (pieces) => {
          const total = pieces.reduce((sum, piece) => sum + piece, 0n);
          fc.pre(total > 150_000n);
          const [last = 1n, ...before] = pieces;
          const route = routeOf(
            last,
            today,
            before.map((piece, index) => other(piece, index)),
            limits,
          );
          expect(route.togetherPence).toBe(total);
          expect(route.goesUp).toBe(true);
        },
      ),
    );
  });
});

test('what the funds pay adds up to the penny, each fund once', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ fundId: fc.uuid(), pence: fc.bigInt({ min: 1n, max: 10n ** 8n }) }), {
        minLength: 1,
        maxLength: 6,
        selector: (draw) => draw.fundId,
      }),
      fc.bigInt({ min: -5n, max: 5n }),
      (draws, off) => {
        const sum = draws.reduce((total, draw) => total + draw.pence, 0n);
        expect(whyNotDrawn(sum + off, draws) === undefined).toBe(off === 0n);
        expect(whyNotDrawn(sum + (draws[0]?.pence ?? 0n), [...draws, ...draws.slice(0, 1)])).toMatch(/once/);
      },
    ),
  );
});
