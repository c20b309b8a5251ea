import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { committeeReport } from './committee-report.fixture.ts';
import type { Block, ReportDocument, Section, SubSection } from './document.ts';
import { recommendationLabel } from './document.ts';
import { numberReport, resolveReference } from './numbering.ts';

const withSections = (sections: Section[]): ReportDocument => ({
  ...committeeReport,
  executiveSummary: [],
  recommendations: { intro: 'It is recommended:', items: [] },
  sections,
});

const problemOf = (run: () => unknown): Problem => {
  try {
    run();
  } catch (problem) {
    if (problem instanceof Problem) return problem;
    throw problem;
  }
  throw new Error('nothing was thrown');
};

/**
 * Sections of every shape; `{kind}` is turned into blocks with ids of their own so that everything can be referred
 * to.
 */
const kinds = fc.array(fc.constantFrom('paragraph', 'continued', 'bullets', 'table'), { maxLength: 6 });
const shape = fc.array(
  fc.record({
    blocks: kinds,
    children: fc.array(fc.record({ numbered: fc.boolean(), blocks: kinds }), { maxLength: 4 }),
  }),
  { maxLength: 6 },
);

type Shape = { blocks: string[]; children: { numbered: boolean; blocks: string[] }[] }[];

/** Builds the sections, and says by a plain count of its own what each name must stand for. */
const build = (shapes: Shape) => {
  const expected = new Map<string, string>();
  let names = 0;
  let tables = 0;
  const sections = shapes.map(({ blocks, children }, index): Section => {
    let count = 0;
    const make = (kind: string, heading: string | undefined, within: { number?: string }): Block => {
      names += 1;
      const id = `n${names}`;
      if (kind === 'bullets') return { type: 'bullets', items: ['item'] };
      if (kind === 'table') {
        tables += 1;
        expected.set(id, `Table ${tables}`);
        return { type: 'table', id, table: { caption: 'c', columns: [], rows: [], sources: [] } };
      }
      if (heading === undefined && kind === 'paragraph') {
        count += 1;
        within.number = `${index + 1}.${count}`;
      }
      const known = heading ?? within.number;
      if (known !== undefined) expected.set(id, known);
      return { type: 'paragraph', id, text: 'words', ...(kind === 'continued' ? { continues: true } : {}) };
    };
    expected.set(`s${index}`, String(index + 1));
    const own = {};
    return {
      id: `s${index}`,
      title: 'Section',
      blocks: blocks.map((kind) => make(kind, undefined, own)),
      children: children.map(({ numbered, blocks: inner }, child): SubSection => {
        const id = `s${index}.${child}`;
        if (numbered) {
          count += 1;
          expected.set(id, `${index + 1}.${count}`);
        }
        const heading = numbered ? `${index + 1}.${count}` : undefined;
        const within = {};
        return { id, title: 'Part', numbered, blocks: inner.map((kind) => make(kind, heading, within)) };
      }),
    };
  });
  return { sections, expected };
};

describe('numbering', () => {
  test('numbers are unique, gapless and in order, in every shape of report', () => {
    fc.assert(
      fc.property(shape, (shapes) => {
        const { sections } = numberReport(withSections(build(shapes).sections));
        expect(sections.map(({ number }) => number)).toEqual(shapes.map((_, index) => String(index + 1)));
        const all = sections.flatMap((section) => {
          const numbers = [
            ...section.paragraphs.map(({ number }) => number),
            ...section.parts.flatMap((part) => [part.number, ...part.paragraphs.map(({ number }) => number)]),
          ].filter((number) => number !== undefined);
          expect(numbers).toEqual(numbers.map((_, index) => `${section.number}.${index + 1}`));
          return numbers;
        });
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  test('every reference resolves, to the number a plain count gives', () => {
    fc.assert(
      fc.property(shape, (shapes) => {
        const { sections, expected } = build(shapes);
        const last: Section = {
          id: 'last',
          title: 'Last',
          blocks: [...expected.keys()].map((id) => ({ type: 'paragraph', text: `See {{ref:${id}}}` })),
        };
        const { references } = numberReport(withSections([...sections, last]));
        for (const [id, number] of expected) expect(resolveReference(references, id).text).toBe(number);
        const anchors = [...references.values()].map(({ anchor, text }) => `${anchor} ${text}`);
        expect(new Set(anchors.map((each) => each.split(' ')[0])).size).toBe(new Set(anchors).size);
      }),
    );
  });

  test('the committee report: numbers run on through sub-headings, impacts are headings with numbers', () => {
    const { sections } = numberReport(committeeReport);
    expect(
      sections.map(({ number, title, parts }) => [
        number,
        title,
        parts.map((part) => part.number ?? part.title),
      ]),
    ).toEqual([
      ['1', 'Background', ['Local context']],
      ['2', 'Report', ['Direct payment scheme', 'Next steps']],
      ['3', 'Public Sector Equality Duty and Fairer Scotland Duty', []],
      ['4', 'Impact', ['4.1', '4.2', '4.3', '4.4', '4.5', '4.6']],
      ['5', 'Measures of success', []],
      ['6', 'Supporting documents', []],
    ]);
    expect(sections[1]?.parts[1]?.paragraphs[0]?.number).toBe('2.4');
    expect(sections[1]?.parts[0]?.paragraphs[2]?.blocks.map(({ type }) => type)).toEqual([
      'paragraph',
      'table',
      'paragraph',
      'chart',
    ]);
  });

  test('a reference that leads nowhere says where it is', () => {
    const broken = withSections([
      { id: 'one', title: 'One', blocks: [{ type: 'paragraph', text: 'See {{ref:nowhere}}' }] },
    ]);
    const problem = problemOf(() => numberReport(broken));
    expect(problem.status).toBe(422);
    expect(problem.message).toBe('The report refers to “nowhere”, but nothing in it has that name');
    expect(problem.detail).toBe('Correct or remove {{ref:nowhere}} in paragraph 1.1.');
  });

  test.each([
    [{ executiveSummary: [{ type: 'bullets' as const, items: ['{{ref:x}}'] }] }, 'the executive summary'],
    [{ recommendations: { intro: '{{ref:x}}', items: [] } }, 'the recommendations'],
    [{ recommendations: { intro: 'To:', items: ['a', '{{ref:x}}'] } }, 'recommendation (b)'],
  ])('a broken reference is found wherever it stands: %j', (change, place) => {
    const problem = problemOf(() => numberReport({ ...withSections([]), ...change }));
    expect(problem.detail).toBe(`Correct or remove {{ref:x}} in ${place}.`);
  });

  test('a plain heading has no number to refer to', () => {
    const problem = problemOf(() =>
      numberReport(
        withSections([
          {
            id: 'one',
            title: 'One',
            blocks: [{ type: 'paragraph', text: '{{ref:plain}}' }],
            children: [{ id: 'plain', title: 'Plain', numbered: false, blocks: [] }],
          },
        ]),
      ),
    );
    expect(problem.message).toBe('The report refers to “plain”, which has no number');
  });

  test('two things of one name are refused', () => {
    const twice = withSections([
      { id: 'same', title: 'One', blocks: [] },
      { id: 'same', title: 'Two', blocks: [] },
    ]);
    expect(problemOf(() => numberReport(twice)).message).toBe('Two parts of the report have the name “same”');
  });

  test('recommendations are lettered past z', () => {
    expect([0, 1, 25, 26, 27, 51, 52].map(recommendationLabel)).toEqual([
      '(a)',
      '(b)',
      '(z)',
      '(aa)',
      '(ab)',
      '(az)',
      '(ba)',
    ]);
  });
});
