import {
  type Answers,
  after,
  day,
  group,
  type PastHelp,
  type PastSession,
  shared,
  within,
} from './helped.ts';
import { numbersIn, spans } from './people.ts';

/** Ten hours of help at home, an hour at a time, within the six weeks from 23 March of a year. */
const earlyWeeks = (year: number): PastSession[] =>
  Array.from({ length: 10 }, (_, at) => ({
    on: after(`${year}-04-03`, at * 3),
    minutes: 60,
    way: 'at home',
    what: 'Practised washing, dressing and the stairs.',
  }));

/** Reablement of a year: so many asked, so many finished with each outcome, and the others stopped on the way. */
function reablement(year: number, asked: number, outcomes: readonly (readonly [string, number])[]) {
  const hours: Answers = { none: '0', less: '5', same: '10', more: '14', 'not-finished': '10' };
  const [from, to] = spans.alone;
  const many = to - from + 1;
  // In 2019 the first twenty are those whose hours stand beside the same weeks of 2020.
  const early = year === 2019 ? 20 : 0;
  return group(
    'reablement',
    Array.from({ length: asked }, (_, at) => from + ((at + 100 * (year - 2018)) % many)),
    (family, at) => {
      const since = at < early ? day('2019-04-02') : after(`${year}-05-20`, (at * 7) % 240);
      const outcome = shared(outcomes, at);
      return {
        ...{ family, since, until: since.add({ days: 42 }), outcome, asked: since.subtract({ days: 1 }) },
        who: 'adult',
        level: 'intensive',
        answers: { 'hours-before': '10' },
        atEnd: { 'hours-after': hours[outcome] ?? '10' },
        ...(at < early ? { sessions: earlyWeeks(2019) } : {}),
      };
    },
    `${year} `,
  );
}

/** Some of what follows a health check: the first so many had it, or those from one to another. */
const checked = (at: number): Readonly<Record<string, number>> => ({
  ...(at < 94 ? { 'followed-up': 1 } : {}),
  ...(at < 35 ? { 'blood-tests': 1 } : {}),
  ...(at >= 100 && at < 140 ? { 'mental-health': 1 } : {}),
  ...(at < 116 ? { 'other-services': 1 } : {}),
});

/** Grown-ups who were helped in years gone by. */
export const grownUpsHelped = (): PastHelp[] => [
  // carer-support-2019-20: 1,124 plans.
  ...group(
    'adult-carer-support-plan',
    [...numbersIn([1, spans.atSchool[1]]), ...numbersIn(spans.alone)],
    (family, at) => ({
      ...within('2019-04-08', at, 60, 280),
      family,
      who: 'adult',
      level: 'additional',
      outcome: at % 3 === 0 ? 'plan-and-help' : 'plan',
      atEnd: { 'if-i-cannot': 'yes', 'has-a-copy': 'yes' },
    }),
  ),
  // home-support-referrals-rise: 300 to 330, 10 per cent; reablement-completions-rise: 200 to 236, 18 per cent;
  // of whom a quarter needed nothing more, and half less.
  ...reablement(2018, 300, [
    ['none', 46],
    ['less', 92],
    ['same', 52],
    ['more', 10],
    ['not-finished', 100],
  ]),
  ...reablement(2019, 330, [
    ['none', 59],
    ['less', 118],
    ['same', 47],
    ['more', 12],
    ['not-finished', 94],
  ]),
  // home-support-hours-fall: the 200 hours of the early weeks of 2019 are 170 in 2020, 15 per cent less.
  ...group(
    'reablement',
    numbersIn([810, 826]),
    (family) => ({
      family,
      since: day('2020-04-02'),
      until: day('2020-05-14'),
      who: 'adult',
      level: 'intensive',
      outcome: 'less',
      answers: { 'hours-before': '10' },
      atEnd: { 'hours-after': '5' },
      sessions: earlyWeeks(2020),
    }),
    'early ',
  ),
  // d2a-discharges: 250.
  ...group('discharge-to-assess', numbersIn([810, 1059]), (family, at) => ({
    ...within('2019-04-03', at, 28, 300),
    family,
    who: 'adult',
    level: 'intensive',
    outcome: at % 4 === 0 ? 'no-help' : 'some-help',
    atEnd: { 'assessed-at-home': 'yes' },
  })),
  // justice-health-checks: 194 people, with 94, 35, 40 and 116 of what followed.
  ...group('justice-health-checks', numbersIn([1, 194]), (family, at) => {
    const { since, until } = within('2019-04-08', at, 14);
    return {
      ...{ family, since, until },
      who: 'adult',
      level: 'universal',
      outcome: at < 116 ? 'linked' : 'nothing-more',
      sessions: [
        {
          on: since,
          minutes: 45,
          way: 'somewhere else',
          what: 'A health check with the nurse.',
          answers: { 'what-was-it': 'check' },
          items: checked(at),
        },
      ],
    };
  }),
];

/** Unpaid work: days of work, shared out among those who did them. */
function worked(
  programme: string,
  families: readonly number[],
  times: number,
  make: (time: number) => Omit<PastSession, 'on' | 'way'>,
): PastHelp[] {
  const each = Math.ceil(times / families.length);
  return group(programme, families, (family, at) => {
    const since = after('2019-04-15', at * 2);
    const mine = Array.from({ length: each }, (_, turn) => at * each + turn).filter((time) => time < times);
    const sessions = mine.map((time, turn) => ({
      ...make(time),
      on: since.add({ days: turn * 5 }),
      way: 'somewhere else',
    }));
    const minutes = sessions.reduce((sum, session) => sum + session.minutes, 0);
    return {
      ...{ family, since, sessions, until: since.add({ days: each * 5 }) },
      who: 'adult',
      level: 'additional',
      outcome: 'completed',
      atEnd: { 'hours-done': String(minutes / 60) },
    };
  });
}

/** Hours that a court ordered, worked for families, neighbours and children. */
export const unpaidWork = (): PastHelp[] => [
  // community-payback-projects: 1,550 hours on a garden of a family; 200 and 120 at a day centre and a children's house.
  ...worked('community-payback-unpaid-work', numbersIn([195, 219]), 374, (time) => ({
    minutes: 300,
    what: 'Digging, paths and planting.',
    answers: { 'for-whom': time < 310 ? 'family' : time < 350 ? 'older-people' : 'childrens-house' },
  })),
  // community-payback-projects: 6,600 hours; community-payback-bicycles: 650 brought in, 320 rebuilt, 77 given through hubs.
  ...worked('bicycle-workshop', numbersIn([221, 240]), 1100, (time) => ({
    minutes: 360,
    what: 'At the bench with the mechanic.',
    answers: { 'all-checked': 'yes' },
    items: {
      ...(time < 650 ? { retrieved: 1 } : {}),
      ...(time >= 700 && time < 1020 ? { rebuilt: 1, checked: 1 } : {}),
      ...(time >= 1023 ? { 'given-hubs': 1 } : {}),
    },
  })),
];
