import { financialYear, type Matching } from './matching.ts';

// The scheme opened on 15 February 2021 (paper 000, 2.3) and the paper reports on it to the end of April.
const scheme = { from: '2021-02-15', to: '2021-04-30' };

const demand = (row: string, measure: string): Matching[] => [
  {
    figure: 'dps-demand',
    cell: { row, column: 'Social Work' },
    measure,
    only: { service: 'social-work' },
    ...scheme,
  },
  {
    figure: 'dps-demand',
    cell: { row, column: 'Education' },
    measure,
    only: { service: 'education' },
    ...scheme,
  },
  { figure: 'dps-demand', cell: { row, column: 'Total' }, measure, ...scheme },
];

const funding = (row: string, fund?: string): Matching => ({
  figure: 'dps-funding-sources',
  cell: { row, column: 'contribution value' },
  measure: 'direct-payments.money',
  ...(fund === undefined ? {} : { only: { fund } }),
  ...scheme,
});

const award = (figure: string, year: number): Matching => ({
  figure,
  measure: 'mental-health.awarded',
  ...financialYear(year),
});

/** Money: the direct payment scheme, awards of the Framework, and grants of programmes. */
export const money: readonly Matching[] = [
  ...demand('Number of families supported', 'direct-payments.families'),
  ...demand('Money allocated (GBP)', 'direct-payments.money'),
  ...demand('Average spend per family (GBP)', 'direct-payments.average-per-family'),
  funding('Winter Plan for Social Protection', 'winter-plan-social-protection'),
  funding('CYPMHW Pandemic Response', 'cypmhw-pandemic-response'),
  funding('Core Education & Families budgets', 'core-education-and-families'),
  funding('Total'),
  award('framework-award-2020-21', 2020),
  award('framework-allocation-expected-2021-22', 2021),
  award('framework-funding-2021-22', 2021),
  award('framework-funding-2022-23', 2022),
  { figure: 'framework-development-areas', measure: 'mental-health.supports-funded', ...financialYear(2020) },
  {
    figure: 'wfwf-grant-2022-24',
    measure: 'support.grants',
    only: { programme: 'universal-early-help' },
    from: '2022-04-01',
    to: '2024-03-31',
  },
  {
    figure: 'community-solutions-adult',
    cell: { row: 'Devolved budget (GBP)', column: 'value' },
    measure: 'support.grants',
    only: { programme: 'community-solutions' },
    from: '2018-04-01',
    to: '2023-03-31',
  },
];
