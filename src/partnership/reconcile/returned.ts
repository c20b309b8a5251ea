import { financialYear, type Matching } from './matching.ts';

const in2019 = financialYear(2019);
const in2023 = financialYear(2023);
const virtualSchool = { from: '2019-08-01', to: '2023-06-30' };

const projects = 'school-community-projects';
const pilot = { from: '2021-04-01', to: '2021-06-30' };
const inPhase = (phase: string) => ({ programme: projects, phase });

const online = (issues: string, row: string, of?: string): Matching => ({
  figure: 'kooth-most-reported-issue',
  cell: { row, column: 'most reported issue' },
  ...(of === undefined ? {} : { of }),
  measure: 'support.returns',
  only: { programme: 'online-support', item: issues },
  place: { by: 'part', at: 1, words: { [`${issues}--anxiety`]: 'Anxiety' } },
  ...in2023,
});

/** The survey of champions: the paper ranks the answers to each of two questions by size and does not say which is which. */
const champions = (column: string, item: string): Matching[] =>
  [1, 2, 3, 4, 5].map((at) => ({
    figure: 'safe-and-together-champions-survey',
    cell: { row: at, column },
    measure: 'support.returned-part-share',
    only: { programme: 'safe-and-together', item },
    place: { by: 'part', at },
    from: '2020-01-01',
    to: '2020-12-31',
  }));

const trained = (row: string, item: string): Matching => ({
  figure: 'safe-and-together-trained',
  cell: { row, column: 'count' },
  measure: 'support.returns',
  only: { programme: 'safe-and-together', item },
  ...in2019,
});

/** Numbers that are known as sums: from providers' returns, from projects, and as told of what the Framework pays for. */
export const returned: readonly Matching[] = [
  {
    figure: 'early-support-escalation',
    cell: { row: 'Young people supported', column: 'count' },
    measure: 'mental-health.children-reached',
    ...in2023,
  },
  {
    figure: 'early-support-escalation',
    cell: { row: 'Referred on to crisis-level support (social work or CAMHS)', column: 'count' },
    measure: 'mental-health.to-crisis-support',
    ...in2023,
  },
  {
    figure: 'pilot-school-clusters',
    measure: 'support.project-localities',
    only: inPhase('Pilot'),
    ...financialYear(2020),
  },
  {
    figure: 'pilot-projects-developed',
    measure: 'support.projects',
    only: inPhase('Pilot'),
    ...financialYear(2020),
  },
  ...(
    [
      ['Projects', 'support.projects'],
      ['Schools', 'support.project-schools'],
      ['Children and young people supported', 'support.project-children'],
    ] as const
  ).map(
    ([row, measure]): Matching => ({
      figure: 'coproduced-projects-pilot',
      cell: { row, column: 'count' },
      measure,
      only: inPhase('Pilot'),
      ...pilot,
    }),
  ),
  // "Now" is the day of the paper.
  {
    figure: 'coproduced-projects-continuation',
    cell: { row: 'Schools participating now', column: 'count' },
    measure: 'support.project-schools',
    only: { programme: projects },
    from: '2022-02-22',
    to: '2022-02-22',
  },
  {
    figure: 'coproduced-projects-continuation',
    cell: { row: 'Projects to be in place by end of March 2022', column: 'count' },
    measure: 'support.projects',
    only: { programme: projects },
    from: '2022-03-31',
    to: '2022-03-31',
  },
  {
    figure: 'community-solutions-phase-4',
    cell: { row: 'Children supported', column: 'count' },
    measure: 'support.project-children',
    only: inPhase('Phase 4'),
    ...in2023,
  },
  {
    figure: 'community-solutions-phase-4',
    cell: { row: 'Families supported', column: 'count' },
    measure: 'support.project-families',
    only: inPhase('Phase 4'),
    ...in2023,
  },
  {
    figure: 'community-solutions-adult',
    cell: { row: 'Thematic leads', column: 'value' },
    measure: 'support.project-partners',
    only: { programme: 'community-solutions', partner: 'co-producer' },
    from: '2018-04-01',
    to: '2023-03-31',
  },
  {
    figure: 'community-solutions-adult',
    cell: { row: 'Locality host organisations', column: 'value' },
    measure: 'support.project-partners',
    only: { programme: 'community-solutions', partner: 'provider' },
    from: '2018-04-01',
    to: '2023-03-31',
  },
  // "As at January 2024": since the contract began in April 2023.
  {
    figure: 'kooth-registrations',
    measure: 'support.returns',
    only: { programme: 'online-support', item: 'registrations' },
    from: '2023-04-01',
    to: '2024-01-31',
  },
  {
    figure: 'kooth-recommend',
    measure: 'support.returned-share',
    only: { programme: 'online-support', item: 'would-recommend' },
    from: '2023-04-01',
    to: '2024-01-31',
  },
  online('issues-10-to-12', '10-12'),
  online('issues-13-to-15', 'All other age groups', '13 to 15'),
  online('issues-16-to-17', 'All other age groups', '16 and 17'),
  online('issues-18', 'All other age groups', '18 and over'),
  {
    figure: 'virtual-school-staff-awareness',
    measure: 'support.returns',
    only: { programme: 'virtual-school-staying-in-school', item: 'staff' },
    ...virtualSchool,
  },
  {
    figure: 'virtual-school-exclusions',
    measure: 'support.returned-change',
    only: { programme: 'virtual-school-staying-in-school', item: 'exclusions' },
    fall: true,
    ...virtualSchool,
  },
  ...champions('key principles implemented in your staff team', 'principles-in-team'),
  ...champions('able to implement the principles in your practice', 'principles-in-own-work'),
  trained('Workers', 'workers'),
  trained('Managers', 'managers'),
  {
    figure: 'up2u-staff-trained',
    measure: 'support.returns',
    only: { programme: 'up2u', item: 'trained' },
    from: '2019-04-01',
    to: '2020-12-31',
  },
  {
    figure: 'rehab-team-referrals',
    measure: 'support.returns',
    only: { programme: 'rehabilitation', item: 'referrals' },
    ...in2019,
  },
];
