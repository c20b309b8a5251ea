// Contracts of Strathmorran with those who give help, of years gone by and of today, and what their returns say.

type Of = number | readonly number[];

/** A contract with a provider. */
export interface Contract {
  programme: string;
  organisation: string;
  kind: 'contract' | 'grant' | 'partnership';
  firstOn: Temporal.PlainDate;
  lastOn: Temporal.PlainDate;
  pounds: number;
  measured: string;
  dueDays: number;
  reviewOn?: Temporal.PlainDate;
  /**
   * What returns count, by item, or item and part: over all of them together (shared out evenly), or one number for each. Shares are the same in each
   * return. What is not here is a small number of its own.
   */
  sums: Readonly<Record<string, Of>>;
  words?: Readonly<Record<string, string>>;
  /** Which return is not there, counted from the last whole period: 1 is that one. */
  without?: number;
  targets?: readonly { title: string; item?: string; source: 'returns' | 'families'; atLeast: number }[];
}

const day = (text: string) => Temporal.PlainDate.from(text);
const year = (from: number, to = from) => ({ firstOn: day(`${from}-04-01`), lastOn: day(`${to + 1}-03-31`) });

const ages = ['from-10-to-12', 'from-13-to-15', 'from-16-to-17', 'from-18'];
const issues = [
  'anxiety',
  'low-mood',
  'friends',
  'family',
  'school',
  'bullying',
  'self-harm',
  'body',
  'identity',
  'other',
];
const parts = (item: string, names: readonly string[], amounts: readonly number[]) =>
  Object.fromEntries(names.map((name, at) => [`${item}--${name}`, amounts[at] ?? 0]));

/** Online support in a year of twelve returns: more than half come about anxiety, but for the youngest, who come about friends. */
const onlineSums = (times: number): Contract['sums'] => {
  const by = (amounts: readonly number[]) => amounts.map((amount) => amount * times);
  return {
    ...parts('registrations', ages, by([120, 240, 144, 96])),
    ...parts('return-log-ins', ages, by([260, 710, 520, 300])),
    'would-recommend': 92,
    'out-of-hours': 64,
    ...parts('issues-10-to-12', issues, by([31, 12, 58, 22, 19, 24, 0, 2, 3, 6])),
    ...parts('issues-13-to-15', issues, by([131, 62, 58, 37, 49, 24, 14, 22, 18, 12])),
    ...parts('issues-16-to-17', issues, by([98, 51, 27, 26, 44, 9, 11, 17, 16, 10])),
    ...parts('issues-18', issues, by([61, 38, 12, 19, 17, 2, 6, 10, 9, 8])),
    'kept-safe': 5 * times,
  };
};

/** The answers of champions to two questions: which answer is which is ours, the paper tells their sizes only. */
const answers = ['always', 'usually', 'sometimes', 'rarely', 'never'];

/** Contracts of years gone by, whose returns are all there. */
const past = (): Contract[] => [
  // kooth-registrations: 500 in the ten months to January 2024; kooth-recommend: 92; kooth-most-reported-issue.
  {
    programme: 'online-support',
    organisation: 'Quiet Corner',
    kind: 'contract',
    ...year(2023),
    pounds: 96_000,
    measured: 'Who registers and comes back, what they come about, and whether they would tell a friend.',
    dueDays: 14,
    sums: onlineSums(1),
  },
  // safe-and-together-trained: 94 and 20; safe-and-together-champions-survey: of 28 and of 26 champions.
  {
    programme: 'safe-and-together',
    organisation: 'Safe Harbour Women’s Aid',
    kind: 'partnership',
    ...year(2019),
    pounds: 18_000,
    measured: 'Who was trained, and what champions say of using it.',
    dueDays: 30,
    sums: {
      workers: 94,
      managers: 20,
      'champions-use': 86,
      ...parts('principles-in-team', answers, [8, 16, 4, 0, 0]),
      ...parts('principles-in-own-work', answers, [7, 13, 3, 2, 1]),
    },
  },
  // rehab-team-referrals: 16,000.
  {
    programme: 'rehabilitation',
    organisation: 'NHS Strathmorran',
    kind: 'partnership',
    ...year(2019),
    pounds: 0,
    measured: 'How many are referred to the teams of the localities.',
    dueDays: 30,
    sums: { referrals: 16_000 },
  },
  // carer-support-2019-20: 7,000 packs, 80 sessions, 1,500 carers, 500 of them from minority ethnic communities.
  {
    programme: 'adult-carer-support-plan',
    organisation: 'Strathmorran Carers Centre',
    kind: 'contract',
    ...year(2019),
    pounds: 410_000,
    measured: 'Carers who are reached, and whether everybody is.',
    dueDays: 21,
    sums: { packs: 7000, training: 80, 'direct-work': 1500, 'minority-ethnic': 500 },
  },
  // up2u-staff-trained: 60 by December 2020.
  {
    programme: 'up2u',
    organisation: 'Strathmorran Council',
    kind: 'partnership',
    firstOn: day('2019-04-01'),
    lastOn: day('2020-09-30'),
    pounds: 0,
    measured: 'Staff of justice social work who are trained.',
    dueDays: 30,
    sums: { trained: 60, 'trained-risk': 24, 'trained-partner': 9 },
  },
  // virtual-school-staff-awareness: 146; virtual-school-exclusions: from 100 in the first twelve months to 12 in the last.
  {
    programme: 'virtual-school-staying-in-school',
    organisation: 'Strathmorran Council',
    kind: 'partnership',
    firstOn: day('2019-08-01'),
    lastOn: day('2023-06-30'),
    pounds: 0,
    measured: 'How often care experienced pupils are sent home, and who in schools knows why that matters.',
    dueDays: 30,
    sums: {
      staff: 146,
      sessions: 19,
      exclusions: [32, 28, 22, 18, 16, 14, 12, 11, 9, 8, 7, 6, 4, 3, 3, 2],
      attendance: 88,
    },
  },
];

/** Contracts of today, by the financial year: one return has never come, and the last of online support is still to be sent. */
const current = (today: Temporal.PlainDate): Contract[] => {
  const y = today.month >= 4 ? today.year : today.year - 1;
  return [
    {
      programme: 'online-support',
      organisation: 'Quiet Corner',
      kind: 'contract',
      ...year(y - 1, y),
      pounds: 204_000,
      measured: 'Who registers and comes back, what they come about, and whether they would tell a friend.',
      dueDays: 5,
      sums: onlineSums(2),
      without: 1,
      targets: [
        {
          title: 'Young people who register in the two years',
          source: 'returns',
          item: 'registrations',
          atLeast: 1100,
        },
        {
          title: 'Would tell a friend, in a hundred',
          source: 'returns',
          item: 'would-recommend',
          atLeast: 85,
        },
      ],
    },
    {
      programme: 'community-hubs',
      organisation: 'Cairn Family Trust',
      kind: 'grant',
      ...year(y - 1, y),
      pounds: 188_000,
      measured: 'That there is something on in each locality, every week, and that families come.',
      dueDays: 14,
      sums: {
        sessions: 920,
        ...parts('came', ['under-5', 'from-5-to-11', 'from-12-to-17', 'adults'], [4100, 3600, 900, 6200]),
        services: 190,
      },
      words: { said: '“Nobody asked me why I came.”' },
      without: 2,
      targets: [{ title: 'Times something was on', source: 'returns', item: 'sessions', atLeast: 800 }],
    },
    {
      programme: 'universal-early-help',
      organisation: 'Cairn Family Trust',
      kind: 'contract',
      ...year(y - 1, y),
      pounds: 360_000,
      measured: 'That the door is open seven days a week, and that what families come about is picked up.',
      dueDays: 21,
      reviewOn: today.add({ days: 12 }),
      sums: { enquiries: 1460, 'open-days': 700, 'would-recommend': 95 },
      words: { story: '“I rang on a Sunday and somebody was there.”' },
      targets: [{ title: 'Enquiries in the two years', source: 'returns', item: 'enquiries', atLeast: 1200 }],
    },
    {
      programme: 'adult-carer-support-plan',
      organisation: 'Strathmorran Carers Centre',
      kind: 'contract',
      ...year(y - 1, y),
      pounds: 455_000,
      measured: 'Carers who are reached, and whether everybody is.',
      dueDays: 21,
      sums: { packs: 9800, training: 96, 'direct-work': 2100, 'minority-ethnic': 690 },
    },
    {
      programme: 'school-community-projects',
      organisation: 'Tide Arts',
      kind: 'grant',
      ...year(y - 1, y),
      pounds: 64_000,
      measured: 'Projects that children thought of, and who took part.',
      dueDays: 21,
      sums: { projects: 16, schools: 24, children: 640, families: 118, 'made-together': 16 },
    },
    {
      programme: 'neurodevelopmental-family-support',
      organisation: 'Cairn Family Trust',
      kind: 'contract',
      ...year(y - 1, y),
      pounds: 310_000,
      measured: 'Families who are helped: counted from the record, so that no return is asked.',
      dueDays: 14,
      sums: {},
      targets: [{ title: 'Families helped', source: 'families', atLeast: 30 }],
    },
  ];
};

/** The contracts of Strathmorran, those of today after those of years gone by. */
export const contractsOf = (today: Temporal.PlainDate): Contract[] => [...past(), ...current(today)];
