/** One published number and the measure that answers it. */
export interface Matching {
  /** The id of the published figure. */
  figure: string;
  /** Which cell of its table, by the words of the row and the column; none for a single value. */
  cell?: { row: string; column: string };
  measure: string;
  only?: Readonly<Record<string, string>>;
  /** The days the published number is about, both included. */
  from: string;
  to: string;
}

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

/** Every published number that a measure covers. */
export const matchings: readonly Matching[] = [
  ...demand('Number of families supported', 'direct-payments.families'),
  ...demand('Money allocated (GBP)', 'direct-payments.money'),
  ...demand('Average spend per family (GBP)', 'direct-payments.average-per-family'),
  funding('Winter Plan for Social Protection', 'winter-plan-social-protection'),
  funding('CYPMHW Pandemic Response', 'cypmhw-pandemic-response'),
  funding('Core Education & Families budgets', 'core-education-and-families'),
  funding('Total'),
];
