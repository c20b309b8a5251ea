import { measureById, type Period } from '../../platform/measures/measure.ts';
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
import { halfYearlyWords } from './report-words.ts';
import { halfPeriod, lastHalf } from './rules.ts';

const measure = (name: string) => measureById(measures, `mental-health.${name}`);
const total = (name: string) => ({ measure: measure(name), by: [] });
const by = (name: string, ...dimensions: string[]) => ({ measure: measure(name), by: dimensions });

const asks = {
  children: total('children-reached'),
  'children-by-support': by('children-reached', 'support'),
  'children-by-age': by('children-reached', 'age'),
  families: total('families-reached'),
  'families-by-support': by('families-reached', 'support'),
  'outside-ages': total('outside-ages'),
  crisis: total('to-crisis-support'),
  'crisis-by-support': by('to-crisis-support', 'support'),
  'crisis-share': total('to-crisis-support-share'),
  awarded: total('awarded'),
  promised: total('promised'),
  spent: total('spent'),
  'spent-by-support': by('spent', 'support'),
  supports: total('supports-funded'),
  readings: by('first-readings', 'indicator'),
  'no-second': by('no-second-reading', 'indicator'),
  change: by('change', 'indicator'),
  'change-from': by('change-from', 'indicator'),
  'change-to': by('change-to', 'indicator'),
} as const satisfies Report['asks'];

/** Every support with whom it reached, and who went on to crisis support. */
function reachTable(figures: ReportFigures): Table {
  const columns = ['children', 'families', 'crisis'] as const;
  const supports = figures.values('children-by-support', 'support');
  return {
    caption: 'Whom each support reached',
    columns: [
      { title: 'Support', numeric: false },
      { title: 'Children and young people', numeric: true },
      { title: 'Families', numeric: true },
      { title: 'On to crisis support', numeric: true },
    ],
    rows: [
      ...supports.map(({ value, words }) => [
        words,
        ...columns.map((each) => figures.text(`${each}-by-support`, { support: value })),
      ]),
      ['Together', ...columns.map((each) => figures.text(each))],
    ],
    totalRow: true,
    cellHref: [
      ...supports.map(({ value }) => [
        null,
        ...columns.map((each) => figures.href(`${each}-by-support`, { support: value })),
      ]),
      [null, ...columns.map((each) => figures.href(each))],
    ],
    sources: columns.map((each) => figures.source(`${each}-by-support`)),
  };
}

/** What changed, by indicator, with those who have no second reading. */
function outcomesTable(figures: ReportFigures): Table {
  const indicators = figures.values('readings', 'indicator');
  const columns = ['readings', 'no-second', 'change', 'change-from', 'change-to'] as const;
  return {
    caption: 'What changed, by the wellbeing quality framework',
    columns: [
      { title: 'Indicator', numeric: false },
      { title: 'First readings', numeric: true },
      { title: 'Without a second', numeric: true },
      { title: 'Mean change', numeric: true },
      { title: 'At least', numeric: true },
      { title: 'At most', numeric: true },
    ],
    rows: indicators.map(({ value, words }) => [
      words,
      ...columns.map((each) => figures.text(each, { indicator: value })),
    ]),
    sources: columns.map((each) => figures.source(each)),
  };
}

/** Those reached and those who went on, as a chart with its table; nothing where nobody was reached. */
function onwardChart(figures: ReportFigures): Block[] {
  const supports = figures.values('children-by-support', 'support');
  if (supports.length === 0) return [];
  const at = (support: string) => ({ support });
  return [
    {
      type: 'chart',
      id: 'onward',
      title: 'Children and young people reached, and on to crisis support',
      description:
        'Two bars for each support: those reached, and those of them who went on to crisis support.',
      kind: 'stacked-bar',
      unit: 'Children and young people',
      data: supports.flatMap(({ value, words }, index) => {
        const [reached, onward] = [
          figures.number('children-by-support', at(value)),
          figures.number('crisis-by-support', at(value)),
        ];
        // Two supports can have one name.
        const x =
          supports.findIndex((other) => other.words === words) === index ? words : `${words} (${index + 1})`;
        return [
          {
            x,
            y: reached === null || onward === null ? null : reached - onward,
            series: 'Helped without crisis support',
          },
          { x, y: onward, series: 'Went on to crisis support' },
        ];
      }),
      table: reachTable(figures),
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
    ['reach-table', { type: 'table', id: 'reach-table', table: reachTable(figures) }],
    ['outcomes-table', { type: 'table', id: 'outcomes-table', table: outcomesTable(figures) }],
  ]);
  for (const chart of onwardChart(figures)) named.set('onward', chart);
  const blocks = (section: string): Block[] => {
    const words = narrative(section);
    return blocksFromText(
      named.has('onward') ? words : words.replaceAll(/^\{\{show:\s*onward\s*\}\}$/gm, ''),
      named,
    );
  };
  return withAllImpactHeadings([
    { id: 'background', title: 'Background', blocks: blocks('background') },
    { id: 'reach', title: 'Whom the supports reached', blocks: blocks('reach') },
    { id: 'outcomes', title: 'What changed', blocks: blocks('outcomes') },
    { id: 'next-steps', title: 'Next steps', blocks: blocks('next-steps') },
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
  ]);
}

const lines = (words: string): string[] =>
  words.split('\n').map((line) => line.replace(/^[-•*]\s+/, '').trim());

/** The half-yearly report on the Framework to the committee. Source of its shape: committee report on family support, 2021, 2.11 to 2.15. */
export const halfYearlyReport: Report = {
  id: 'mental-health.half-yearly',
  title: 'Mental health and wellbeing framework: half-yearly report',
  summary:
    'What was awarded, whom the supports reached, what changed, and how many went on to crisis support.',
  period: (today): Period => {
    const { year, half } = lastHalf(today);
    return halfPeriod(year, half);
  },
  asks,
  words: halfYearlyWords,
  quotes: (figures) =>
    Object.fromEntries(
      Object.entries(asks)
        .filter(([, { by: split }]) => split.length === 0)
        .map(([name]) => [name, figures.text(name)]),
    ),
  document: (making) => {
    const [intro = '', ...items] = lines(making.narrative('recommendations'));
    const [plan = '', priority = '', ...ambition] = lines(making.narrative('plan-priority'));
    return {
      ...headFrom(making.narrative('head'), making),
      executiveSummary: blocksFromText(making.narrative('executive-summary')),
      recommendations: { intro, items: items.filter((item) => item !== '') },
      planPriority: { plan, priority, ambition: ambition.join(' ') },
      sections: sectionsOf(making),
    };
  },
};

export const reports: readonly Report[] = [halfYearlyReport];
