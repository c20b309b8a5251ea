import { describe, expect, test } from 'vitest';
import { committeeReport } from './committee-report.fixture.ts';
import {
  figuresStatement,
  impactHeadings,
  reportFromJson,
  reportSchema,
  reportToJson,
  type Section,
  tableSchema,
  withAllImpactHeadings,
} from './document.ts';

const section = (id: string): Section => ({ id, title: id, blocks: [] });

describe('a stored report', () => {
  test('goes into JSON and comes back the same', () => {
    const stored: unknown = JSON.parse(JSON.stringify(reportToJson(committeeReport)));
    const back = reportFromJson(stored);
    expect(back).toEqual(committeeReport);
    expect(back.asAt.equals(committeeReport.asAt)).toBe(true);
    expect(back.period.to.toString()).toBe('2021-04-30');
  });

  test.each([
    ['a day that does not exist', { period: { from: '2021-02-30', to: '2021-04-30' } }],
    ['a moment without a time zone', { asAt: '2021-05-14T08:30:00' }],
    ['an unknown status', { status: 'final' }],
    ['an empty paragraph', { executiveSummary: [{ type: 'paragraph', text: '  ' }] }],
    ['an unknown block', { executiveSummary: [{ type: 'html', text: '<b>' }] }],
  ])('%s is refused', (_, change) => {
    expect(reportSchema.safeParse({ ...reportToJson(committeeReport), ...change }).success).toBe(false);
  });

  test.each([
    ['a row with a cell missing', { rows: [['a']] }],
    ['links of another shape', { cellHref: [[null]] }],
    ['a link that runs a script', { cellHref: [[null, 'javascript:alert(1)']] }],
    ['a source that runs a script', { sources: [{ measure: 'a', title: 'A', href: 'javascript:alert(1)' }] }],
    ['no caption', { caption: ' ' }],
  ])('a table with %s is refused', (_, change) => {
    const columns = ['a', 'b'].map((title) => ({ title, numeric: false }));
    const good = { caption: 'A table', columns, rows: [['1', '2']], sources: [] };
    expect(tableSchema.safeParse(good).success).toBe(true);
    expect(tableSchema.safeParse({ ...good, ...change }).success).toBe(false);
  });
});

describe('impact headings', () => {
  const titlesOf = (sections: Section[]) =>
    sections.find(({ id }) => id === 'impact')?.children?.map(({ title }) => title);

  test('all appear, "None" when nothing is written, and what is written stays', () => {
    const made = withAllImpactHeadings([
      section('background'),
      {
        id: 'impact',
        title: 'Impact',
        blocks: [],
        children: [
          { id: 'more', title: 'Property impact', numbered: true, blocks: [] },
          {
            id: 'risk-impact',
            title: 'Risk',
            numbered: false,
            blocks: [{ type: 'paragraph', text: 'Some.' }],
          },
          { id: 'financial-impact', title: 'F', numbered: true, blocks: [{ type: 'paragraph', text: ' ' }] },
        ],
      },
    ]);
    expect(titlesOf(made)).toEqual([...impactHeadings.map(({ title }) => title), 'Property impact']);
    const children = made[1]?.children ?? [];
    expect(children[5]?.blocks).toEqual([{ type: 'paragraph', text: 'Some.' }]);
    for (const child of children.slice(0, 5))
      expect(child.blocks).toEqual([{ type: 'paragraph', text: 'None' }]);
    expect(children.every(({ numbered }) => numbered)).toBe(true);
  });

  test('a missing section is put before the measures of success, or last', () => {
    const ids = (sections: Section[]) => withAllImpactHeadings(sections).map(({ id }) => id);
    expect(ids([section('report'), section('measures-of-success')])).toEqual([
      'report',
      'impact',
      'measures-of-success',
    ]);
    expect(ids([section('report')])).toEqual(['report', 'impact']);
  });

  test('doing it twice changes nothing', () => {
    expect(withAllImpactHeadings(committeeReport.sections)).toEqual(committeeReport.sections);
  });
});

describe('words', () => {
  test('the statement on figures, in Scottish time', () => {
    const asAt = Temporal.Instant.from('2021-06-30T23:05:00Z');
    expect(figuresStatement({ asAt, status: 'published' })).toBe(
      'Figures as at 1 July 2021 at 00:05, frozen on publication',
    );
    expect(figuresStatement({ asAt, status: 'draft' })).toBe('Draft: figures as at 1 July 2021 at 00:05');
  });

  test('a day in full', () => {});
});
