import { lastQuarter } from '../../platform/measures/address.ts';
import { measureById } from '../../platform/measures/measure.ts';
import type { Making, Report } from '../../platform/reports/declare.ts';
import {
  type Block,
  type Section,
  type Table,
  withAllImpactHeadings,
} from '../../platform/reports/document.ts';
import type { ReportFigures } from '../../platform/reports/figures.ts';
import { headFrom } from '../../platform/reports/head.ts';
import { blocksFromText } from '../../platform/reports/narrative.ts';
import { measures } from './measures.ts';
import { committeeWords } from './report-words.ts';

const measure = (name: string) => measureById(measures, `direct-payments.${name}`);
const total = (name: string) => ({ measure: measure(name), by: [] });
const byRoute = (name: string) => ({ measure: measure(name), by: ['service'] });

const asks = {
  families: total('families'),
  'families-by-route': byRoute('families'),
  money: total('money'),
  'money-by-route': byRoute('money'),
  average: total('average-per-family'),
  'average-by-route': byRoute('average-per-family'),
  children: total('children'),
  requests: total('requests'),
  'money-by-fund': { measure: measure('money'), by: ['fund'] },
  'money-by-month': { measure: measure('money'), by: ['month', 'service'] },
  'month-totals': { measure: measure('money'), by: ['month'] },
  'above-limit': total('above-limit'),
  'above-limit-share': total('above-limit-share'),
  'days-to-pay': total('days-to-pay'),
  declined: total('declined'),
} as const satisfies Report['asks'];

const routes = [
  { value: 'social-work', words: 'Social work' },
  { value: 'education', words: 'Education' },
] as const;

/** The table of demand on the scheme by route. Source of its shape: committee report 2021, paragraph 2.5. */
function demandTable(figures: ReportFigures): Table {
  const lines = [
    { words: 'Number of families supported', all: 'families', parts: 'families-by-route' },
    { words: 'Money allocated', all: 'money', parts: 'money-by-route' },
    { words: 'Average spend for each family', all: 'average', parts: 'average-by-route' },
  ] as const;
  return {
    caption: 'Demand on the scheme by route',
    columns: [
      { title: 'Figure', numeric: false },
      ...routes.map(({ words }) => ({ title: words, numeric: true })),
      { title: 'Total', numeric: true },
    ],
    rows: lines.map(({ words, all, parts }) => [
      words,
      ...routes.map(({ value }) => figures.text(parts, { service: value })),
      figures.text(all),
    ]),
    cellHref: lines.map(({ all, parts }) => [
      null,
      ...routes.map(({ value }) => figures.href(parts, { service: value })),
      figures.href(all),
    ]),
    sources: lines.map(({ parts }) => figures.source(parts)),
  };
}

/** The table of what each fund bore, with its total. Source of its shape: committee report 2021, paragraph 4.1. */
function fundingTable(figures: ReportFigures): Table {
  const funds = figures.values('money-by-fund', 'fund');
  return {
    caption: 'Contribution to the scheme by funding source',
    columns: [
      { title: 'Funding source', numeric: false },
      { title: 'Contribution value', numeric: true },
    ],
    rows: [
      ...funds.map(({ value, words }) => [words, figures.text('money-by-fund', { fund: value })]),
      ['Total', figures.text('money')],
    ],
    totalRow: true,
    cellHref: [
      ...funds.map(({ value }) => [null, figures.href('money-by-fund', { fund: value })]),
      [null, figures.href('money')],
    ],
    sources: [figures.source('money-by-fund')],
  };
}

/** Money by month and route, as a chart with its table; nothing where nothing was approved. */
function monthChart(figures: ReportFigures): Block[] {
  const months = figures.values('month-totals', 'month');
  if (months.length === 0) return [];
  const cells = months.flatMap((month) =>
    routes.map((route) => ({ month, route, at: { month: month.value, service: route.value } })),
  );
  return [
    {
      type: 'chart',
      id: 'months',
      title: 'Money approved by month and route',
      description: 'A bar for each month in which families asked, in two parts: social work and education.',
      kind: 'stacked-bar',
      unit: 'Pounds',
      data: cells.map(({ month, route, at }) => ({
        x: month.words,
        y: figures.number('money-by-month', at),
        series: route.words,
      })),
      table: {
        caption: 'Money approved by month and route',
        columns: [
          { title: 'Month', numeric: false },
          ...routes.map(({ words }) => ({ title: words, numeric: true })),
          { title: 'Total', numeric: true },
        ],
        rows: [
          ...months.map(({ value, words }) => [
            words,
            ...routes.map((route) => figures.text('money-by-month', { month: value, service: route.value })),
            figures.text('month-totals', { month: value }),
          ]),
          [
            'Total',
            ...routes.map(({ value }) => figures.text('money-by-route', { service: value })),
            figures.text('money'),
          ],
        ],
        totalRow: true,
        cellHref: [
          ...months.map(({ value }) => [
            null,
            ...routes.map((route) => figures.href('money-by-month', { month: value, service: route.value })),
            figures.href('month-totals', { month: value }),
          ]),
          [
            null,
            ...routes.map(({ value }) => figures.href('money-by-route', { service: value })),
            figures.href('money'),
          ],
        ],
        sources: [figures.source('money-by-month')],
      },
    },
  ];
}

const impacts = [
  'financial',
  'hr-policy-legislative',
  'technology-digital',
  'environmental',
  'communications',
  'risk',
];

function sectionsOf({ figures, narrative }: Making): Section[] {
  const named = new Map<string, Block>([
    ['demand-table', { type: 'table', id: 'demand-table', table: demandTable(figures) }],
    ['funding-table', { type: 'table', id: 'funding-table', table: fundingTable(figures) }],
  ]);
  for (const chart of monthChart(figures)) named.set('months', chart);
  // A chart of nothing is left out, with the line that shows it.
  const blocks = (section: string): Block[] => {
    const words = narrative(section);
    return blocksFromText(
      named.has('months') ? words : words.replaceAll(/^\{\{show:\s*months\s*\}\}$/gm, ''),
      named,
    );
  };
  const plain = (id: string, title: string) => ({ id, title, numbered: false, blocks: blocks(id) });
  return withAllImpactHeadings([
    {
      id: 'background',
      title: 'Background',
      blocks: blocks('background'),
      children: [plain('local-context', 'Local context')],
    },
    {
      id: 'report',
      title: 'Report',
      blocks: [],
      children: [plain('scheme', 'Direct payment scheme'), plain('next-steps', 'Next steps')],
    },
    {
      id: 'duties',
      title: 'Public Sector Equality Duty and Fairer Scotland Duty',
      blocks: blocks('duties'),
    },
    {
      id: 'impact',
      title: 'Impact',
      blocks: [],
      children: impacts.map((impact) => ({
        id: `${impact}-impact`,
        title: impact,
        numbered: true,
        blocks: blocks(`${impact}-impact`),
      })),
    },
    { id: 'measures-of-success', title: 'Measures of success', blocks: blocks('measures-of-success') },
    { id: 'supporting-documents', title: 'Supporting documents', blocks: blocks('supporting-documents') },
  ]);
}

/** Recommendations, one for each line. */
const recommendationsFrom = (words: string): { intro: string; items: string[] } => {
  const [intro = '', ...items] = words.split('\n').map((line) => line.replace(/^[-•*]\s+/, '').trim());
  return { intro, items: items.filter((item) => item !== '') };
};

/** The plan, its priority and its ambition: one line each. */
const priorityFrom = (words: string): { plan: string; priority: string; ambition: string } => {
  const [plan = '', priority = '', ...ambition] = words.split('\n').map((line) => line.trim());
  return { plan, priority, ambition: ambition.join(' ') };
};

/** The report on the direct payment scheme to the committee. Source of its shape: committee report on family support, 2021. */
export const committeeReport: Report = {
  id: 'direct-payments.committee',
  title: 'Direct payment scheme: report to committee',
  summary:
    'What families asked for, what they were given, and which funds bore it, in the shape the committee reads.',
  period: lastQuarter,
  asks,
  words: committeeWords,
  quotes: (figures) => ({
    ...Object.fromEntries(
      Object.entries(asks)
        .filter(([, { by }]) => by.length === 0)
        .map(([name]) => [name, figures.text(name)]),
    ),
    'families-social-work': figures.text('families-by-route', { service: 'social-work' }),
    'families-education': figures.text('families-by-route', { service: 'education' }),
  }),
  document: (making) => ({
    ...headFrom(making.narrative('head'), making),
    executiveSummary: blocksFromText(making.narrative('executive-summary')),
    recommendations: recommendationsFrom(making.narrative('recommendations')),
    planPriority: priorityFrom(making.narrative('plan-priority')),
    sections: sectionsOf(making),
  }),
};

export const reports: readonly Report[] = [committeeReport];
