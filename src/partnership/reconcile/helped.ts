import { financialYear, type Matching } from './matching.ts';

const in2019 = financialYear(2019);
const in2023 = financialYear(2023);

const of = (programme: string) => ({ programme });

const carers = (row: string, item: string): Matching => ({
  figure: 'carer-support-2019-20',
  cell: { row, column: 'count' },
  measure: 'support.returns',
  only: { programme: 'adult-carer-support-plan', item },
  ...in2019,
});

/** Hours of unpaid work for one kind of place, as was answered at each time; further kinds are taken together with it. */
const unpaidWork = (row: string, ...forWhom: [string, ...string[]]): Matching => {
  const answer = (each: string) => ({ answer: `community-payback-unpaid-work/for-whom/${each}` });
  const [first, ...rest] = forWhom;
  return {
    figure: 'community-payback-projects',
    cell: { row, column: 'hours' },
    measure: 'support.hours-by-answer',
    only: answer(first),
    ...(rest.length === 0 ? {} : { also: rest.map(answer) }),
    ...in2019,
  };
};

const bicycles = (row: string, item: string): Matching => ({
  figure: 'community-payback-bicycles',
  cell: { row, column: 'count' },
  measure: 'support.items',
  only: { programme: 'bicycle-workshop', item },
  ...in2019,
});

const afterCheck = (row: string, item: string): Matching => ({
  figure: 'justice-health-checks',
  cell: { row, column: 'count' },
  measure: 'support.items',
  only: { programme: 'justice-health-checks', item },
  ...in2019,
});

const destination = (row: string, planned: string): Matching => ({
  figure: 'transitions-destinations-2019-20',
  cell: { row, column: 'young people' },
  measure: 'support.answers',
  only: { answer: `transitions/planned-destination/${planned}` },
  ...in2019,
});

const leavers = (row: string, year: number): Matching => ({
  figure: 'transitions-school-leavers',
  cell: { row, column: 'young people' },
  measure: 'support.people',
  only: of('transitions'),
  ...financialYear(year),
});

const reablement = (outcome: string) => ({ programme: 'reablement', outcome });

/** Numbers that are counted from records of people who were helped. */
export const helped: readonly Matching[] = [
  {
    figure: 'fgdm-additional-coordinators',
    measure: 'family-group.coordinators-begun',
    from: '2021-01-01',
    to: '2021-01-31',
  },
  // "Since": from January 2021 until the paper, which came before September 2021.
  {
    figure: 'fgdm-additional-families',
    measure: 'family-group.families',
    from: '2021-01-01',
    to: '2021-08-31',
  },
  {
    figure: 'fgdm-process-length',
    measure: 'family-group.weeks-to-plan',
    from: '2021-01-01',
    to: '2021-12-31',
  },
  {
    figure: 'camhs-pilot-clusters',
    measure: 'support.localities',
    only: of('camhs-alternative-pathway'),
    from: '2022-01-01',
    to: '2022-12-31',
  },
  {
    figure: 'neurodevelopmental-families-supported',
    measure: 'support.families',
    only: of('neurodevelopmental-family-support'),
    from: '2023-07-01',
    to: '2024-03-31',
  },
  {
    figure: 'lltf-participants',
    measure: 'support.people',
    only: of('living-life-to-the-full'),
    ...in2023,
  },
  {
    figure: 'lltf-attendance-improvement',
    measure: 'support.change-percent',
    only: { programme: 'living-life-to-the-full', tool: 'school' },
    ...in2023,
  },
  {
    figure: 'wellbeing-practitioner-prevented-camhs',
    measure: 'support.answer-share',
    only: { answer: 'wellbeing-practitioner/camhs-in-the-end/no-need' },
    ...in2023,
  },
  {
    figure: 'counselling-outcomes',
    cell: { row: 'Young people worked with intensively', column: 'value' },
    measure: 'support.people',
    only: { programme: 'care-experienced-counselling', level: 'intensive' },
    ...in2023,
  },
  {
    figure: 'counselling-outcomes',
    cell: { row: 'Reporting improved wellbeing (percent)', column: 'value' },
    measure: 'support.answer-share',
    only: { answer: 'care-experienced-counselling/better/yes' },
    ...in2023,
  },
  {
    figure: 'families-first-families',
    measure: 'support.families',
    only: of('families-first'),
    ...in2019,
  },
  {
    figure: 'community-alternatives-young-people',
    measure: 'support.people',
    only: of('community-alternatives'),
    ...in2019,
  },
  {
    figure: 'virtual-school-awards',
    measure: 'support.items',
    only: of('virtual-school-awards'),
    from: '2019-08-01',
    to: '2023-06-30',
  },
  {
    figure: 'virtual-school-group-work',
    measure: 'support.people',
    only: of('virtual-school-group-work'),
    ...in2019,
  },
  {
    figure: 'virtual-school-bespoke',
    measure: 'support.people',
    only: of('virtual-school-own-package'),
    ...in2019,
  },
  carers('Care information packs', 'packs'),
  carers('Carer awareness training sessions', 'training'),
  carers('Carers with recorded direct work', 'direct-work'),
  {
    figure: 'carer-support-2019-20',
    cell: { row: 'Adult Carer Support Plans progressed', column: 'count' },
    measure: 'support.people',
    only: of('adult-carer-support-plan'),
    ...in2019,
  },
  carers('BAME carers engaged', 'minority-ethnic'),
  {
    figure: 'young-carers-2019-20',
    cell: { row: "Young carer's statements completed", column: 'count' },
    measure: 'support.outcomes',
    only: { programme: 'young-carer-statement', outcome: 'statement' },
    also: [{ programme: 'young-carer-statement', outcome: 'statement-and-help' }],
    ...in2019,
  },
  {
    figure: 'young-carers-2019-20',
    cell: { row: 'Young carers supported', column: 'count' },
    measure: 'support.people',
    only: of('young-carer-statement'),
    ...in2019,
  },
  {
    figure: 'young-carers-2019-20',
    cell: { row: 'Young carers who had short breaks', column: 'count' },
    measure: 'support.outcomes',
    only: { programme: 'young-carer-short-breaks', outcome: 'had-a-break' },
    ...in2019,
  },
  unpaidWork('Garden for a family with a disabled daughter, Holytown', 'family'),
  {
    figure: 'community-payback-projects',
    cell: { row: 'Bicycle workshop', column: 'hours' },
    measure: 'support.hours',
    only: of('bicycle-workshop'),
    ...in2019,
  },
  unpaidWork("Gardens of a dementia day centre and a children's unit", 'older-people', 'childrens-house'),
  bicycles('Bicycles retrieved', 'retrieved'),
  bicycles('Bicycles renovated and rebuilt', 'rebuilt'),
  bicycles('Donated to families through Education 365 hubs', 'given-hubs'),
  {
    figure: 'justice-health-checks',
    cell: { row: 'Attended a health check', column: 'count' },
    measure: 'support.people',
    only: of('justice-health-checks'),
    ...in2019,
  },
  afterCheck('Follow-up for case management of identified need', 'followed-up'),
  afterCheck('Testing for BBV', 'blood-tests'),
  afterCheck('Signposted to mental health services', 'mental-health'),
  afterCheck('Referrals to other services', 'other-services'),
  leavers('2010/11', 2010),
  leavers('2019/20', 2019),
  destination('Individual SDS budget', 'own-budget'),
  destination('Planning with locality support services', 'local-support'),
  destination('Hoping to attend college', 'college'),
  destination('Seeking work through the supported employment service', 'supported-work'),
  destination('Seeking work independently', 'work'),
  destination('Planning to go to university', 'university'),
  destination('Moving to a new area with family', 'moving'),
  {
    figure: 'transitions-sds-college-only',
    measure: 'support.answers',
    only: { answer: 'transitions/budget-college-only/yes' },
    ...in2019,
  },
  {
    figure: 'home-support-referrals-rise',
    measure: 'support.requests-rise',
    only: of('reablement'),
    ...in2019,
  },
  {
    figure: 'reablement-completions-rise',
    measure: 'support.completed-rise',
    only: of('reablement'),
    ...in2019,
  },
  {
    figure: 'reablement-no-further-support',
    measure: 'support.outcome-share',
    only: reablement('none'),
    ...in2019,
  },
  {
    figure: 'reablement-reduced-support',
    measure: 'support.outcome-share',
    only: reablement('less'),
    ...in2019,
  },
  // "Early weeks": the six after the first closing of 23 March 2020, beside the same weeks of the year before.
  {
    figure: 'home-support-hours-fall',
    measure: 'support.hours-rise',
    only: of('reablement'),
    fall: true,
    from: '2020-03-23',
    to: '2020-05-03',
  },
  {
    figure: 'd2a-discharges',
    measure: 'support.people',
    only: of('discharge-to-assess'),
    ...in2019,
  },
];
