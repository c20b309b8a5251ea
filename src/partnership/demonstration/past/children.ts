import { after, group, type PastHelp, shared, usual, within } from './helped.ts';
import { localityOf, numbersIn, spans } from './people.ts';

/** Attendance before, by turns; after it 31 in a hundred more, less or more by four points that cancel out. */
function attendance(family: number) {
  const first = [40, 50, 60, 70][family % 4] ?? 50;
  const [none, up, down] = [0, 4, -4];
  return { first, last: first * 1.31 + ([none, up, down][family % 3] ?? 0) };
}

/** Children and young people who were helped in years gone by. */
export const childrenHelped = (): PastHelp[] => [
  // lltf-participants: 743; lltf-attendance-improvement: 31 per cent.
  ...group('living-life-to-the-full', numbersIn([1, spans.atSchool[1]]), (family, at) => ({
    ...within('2023-04-17', at, 56),
    family,
    who: 'child',
    level: 'universal',
    outcome: 'finished-better',
    reading: { tool: 'school', ...attendance(family) },
  })),
  // neurodevelopmental-families-supported: 142.
  ...group(
    'neurodevelopmental-family-support',
    [...numbersIn(spans.youngChildren), ...numbersIn([433, 474])],
    (family, at) => ({
      ...within('2023-07-03', at, 70, 190),
      family,
      who: 'child',
      level: 'additional',
      outcome: shared(usual, at % 10),
    }),
  ),
  // families-first-families: 100.
  ...group('families-first', numbersIn(spans.youngChildren), (family, at) => ({
    ...within('2019-04-08', at, 84),
    family,
    who: 'child',
    level: 'intensive',
    outcome: shared(usual, at % 10),
    atEnd: { 'where-children-live': at % 12 === 0 ? 'with-relatives' : 'stayed', 'listened-to': 'yes' },
  })),
  // community-alternatives-young-people: 200.
  ...group('community-alternatives', numbersIn(spans.youngPeople), (family, at) => ({
    ...within('2019-04-08', at, 80),
    family,
    who: 'child',
    level: 'intensive',
    outcome: shared(usual, at % 10),
    atEnd: { 'where-they-live': at % 9 === 0 ? 'with-relatives' : 'stayed', 'listened-to': 'yes' },
  })),
  // virtual-school-group-work: 132; virtual-school-bespoke: 68 of them.
  ...group('virtual-school-group-work', numbersIn(spans.careExperienced), (family, at) => ({
    ...within('2019-08-19', at, 70, 150),
    family,
    who: 'child',
    level: 'additional',
    outcome: shared(usual, at % 10),
  })),
  ...group('virtual-school-own-package', numbersIn([301, 368]), (family, at) => ({
    ...within('2019-08-19', at, 70, 150),
    family,
    who: 'child',
    level: 'intensive',
    outcome: shared(usual, at % 10),
  })),
  // virtual-school-awards: 400, four for each of a hundred young people, from August 2019 to June 2023.
  ...group('virtual-school-awards', numbersIn([301, 400]), (family, at) => {
    const { since, until } = within('2019-08-19', at, 100, 1280);
    const sqa = at % 2 === 0 ? 3 : 1;
    return {
      ...{ family, since, until },
      who: 'child',
      level: 'universal',
      outcome: 'got-it',
      sessions: [
        {
          on: until.subtract({ days: 7 }),
          minutes: 60,
          way: 'at school',
          what: 'What was reached was given at school.',
          items: { sqa, wider: 4 - sqa },
        },
      ],
    };
  }),
  // counselling-outcomes: 42, of whom 33 said that they felt better: 79 in a hundred, where the paper prints 78.
  ...group('care-experienced-counselling', numbersIn([301, 342]), (family, at) => ({
    ...within('2023-04-17', at, 90, 240),
    family,
    who: 'child',
    level: 'intensive',
    outcome: at < 33 ? 'goals-reached' : 'partly-reached',
    atEnd: { better: at < 33 ? 'yes' : 'no' },
    reading: { tool: 'how-i-feel', first: 2 + (at % 4), last: at < 33 ? 6 + (at % 3) : 2 + (at % 4) },
  })),
  // wellbeing-practitioner-prevented-camhs: 60 of a hundred.
  ...group('wellbeing-practitioner', numbersIn([101, 200]), (family, at) => ({
    ...within('2023-04-17', at, 50),
    family,
    who: 'child',
    level: 'additional',
    outcome: shared(usual, at % 10),
    atEnd: {
      'camhs-in-the-end': shared(
        [
          ['no-need', 60],
          ['asked', 25],
          ['other-help', 15],
        ],
        at,
      ),
    },
  })),
  // camhs-pilot-clusters: the children of two.
  ...group(
    'camhs-alternative-pathway',
    numbersIn(spans.atSchool).filter((each) => ['Kinbrae', 'Ardwhin'].includes(localityOf(each))),
    (family, at) => ({
      ...within('2022-01-17', at, 90, 200),
      family,
      who: 'child',
      level: 'additional',
      outcome: shared(usual, at % 10),
    }),
  ),
  // young-carers-2019-20: 150 supported, 69 statements in the year (the others were finished after it), 110 short breaks.
  ...group('young-carer-statement', numbersIn(spans.youngCarers), (family, at) => {
    const since = after(at < 69 ? '2019-04-15' : '2020-01-13', (at * 3) % 60);
    const until = at < 69 ? since.add({ days: 75 }) : after('2020-04-20', (at * 2) % 90);
    return {
      ...{ family, since, until },
      who: 'child',
      level: 'additional',
      outcome: at < 40 ? 'statement' : 'statement-and-help',
      atEnd: { 'has-a-copy': 'yes' },
    };
  }),
  ...group('young-carer-short-breaks', numbersIn([433, 542]), (family, at) => ({
    ...within('2019-04-15', at, 40),
    family,
    who: 'child',
    level: 'additional',
    outcome: 'had-a-break',
  })),
  // transitions-school-leavers: 66 in 2010/11 and 117 in 2019/20, with where those were to go; nine budgets were for college only.
  ...group('transitions', numbersIn(spans.leaversLongAgo), (family, at) => ({
    ...within('2010-08-16', at, 60, 120),
    family,
    who: 'child',
    level: 'additional',
    outcome: 'as-planned',
  })),
  ...group('transitions', numbersIn(spans.leavers), (family, at) => {
    const planned = shared(
      [
        ['own-budget', 26],
        ['local-support', 46],
        ['college', 31],
        ['supported-work', 6],
        ['work', 3],
        ['university', 3],
        ['moving', 2],
      ],
      at,
    );
    return {
      ...within('2019-08-12', at, 60, 160),
      family,
      who: 'child',
      level: 'additional',
      outcome: 'as-planned',
      answers: {
        'planned-destination': planned,
        ...(planned === 'own-budget' ? { 'budget-college-only': at < 9 ? 'yes' : 'no' } : {}),
      },
      atEnd: { 'adult-health': 'no', destination: planned },
    };
  }),
];
