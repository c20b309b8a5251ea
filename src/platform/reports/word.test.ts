import JSZip from 'jszip';
import { beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import { committeeReport } from './committee-report.fixture.ts';
import { impactHeadings, type ReportDocument } from './document.ts';
import { renderWord } from './word.ts';

/** The parts of a .docx file as text, by their path inside it. */
const partsOf = async (bytes: Buffer): Promise<Map<string, string>> => {
  const zip = await JSZip.loadAsync(bytes);
  const files = Object.values(zip.files).filter(({ name, dir }) => !dir && /\.(xml|rels)$/.test(name));
  return new Map(
    await Promise.all(files.map(async (file) => [file.name, await file.async('string')] as const)),
  );
};

const partOf = (parts: Map<string, string>, name: string | RegExp): string => {
  const found = [...parts].find(([path]) => (typeof name === 'string' ? path === name : name.test(path)));
  if (found === undefined) throw new Error(`the document has no ${name}`);
  return found[1];
};

/** The paragraphs of a piece of WordprocessingML: style and text, with a tab as a tab. */
const paragraphsOf = (xml: string) =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) => ({
    style: /<w:pStyle w:val="([^"]+)"/.exec(paragraph)?.[1] ?? '',
    text: [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|(<w:tab\/>)/g)]
      .map(([, text, tab]) => (tab === undefined ? text : '\t'))
      .join('')
      .replaceAll('&amp;', '&'),
    xml: paragraph,
  }));

const tablesOf = (xml: string) =>
  [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
    [...table.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => ({
      header: row.includes('<w:tblHeader/>'),
      cells: [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => ({
        text: paragraphsOf(cell)
          .map(({ text }) => text)
          .join(' '),
        right: cell.includes('<w:jc w:val="right"/>'),
        bold: cell.includes('<w:b/>'),
      })),
    })),
  );

describe('a committee report in Word', () => {
  let parts = new Map<string, string>();
  let body = '';
  beforeAll(async () => {
    parts = await partsOf(await renderWord(committeeReport, { baseUrl: new URL('https://kith.example') }));
    body = partOf(parts, 'word/document.xml');
  });

  test('has real headings, in order, with our numbers', () => {
    const headings = paragraphsOf(body).filter(({ style }) => /^(Title|Heading\d)$/.test(style));
    expect(headings.map(({ style, text }) => `${style} ${text}`)).toEqual([
      'Title Keeping The Promise: family support and the direct payment scheme',
      'Heading1 Executive summary',
      'Heading1 Recommendations',
      'Heading1 The Plan for Lanark Vale',
      'Heading1 1.\tBackground',
      'Heading2 Local context',
      'Heading1 2.\tReport',
      'Heading2 Direct payment scheme',
      'Heading2 Next steps',
      'Heading1 3.\tPublic Sector Equality Duty and Fairer Scotland Duty',
      'Heading1 4.\tImpact',
      ...impactHeadings.map(({ title }, index) => `Heading2 4.${index + 1}\t${title}`),
      'Heading1 5.\tMeasures of success',
      'Heading1 6.\tSupporting documents',
    ]);
  });

  test('says None under each impact with nothing written', () => {
    const texts = paragraphsOf(body).map(({ text }) => text);
    for (const [index, { title }] of impactHeadings.entries()) {
      const next = texts[texts.indexOf(`4.${index + 1}\t${title}`) + 1];
      if (title === 'Financial impact' || title === 'Risk impact') expect(next).not.toBe('None');
      else expect(next).toBe('None');
    }
  });

  test('numbers paragraphs in a hanging column, and lists are real lists', () => {
    const numbered = paragraphsOf(body).filter(({ style }) => style === 'NumberedParagraph');
    expect(numbered.map(({ text }) => text.split('\t')[0])).toEqual([
      '1.1',
      '1.2',
      '1.3',
      '2.1',
      '2.2',
      '2.3',
      '2.4',
      '3.1',
      '5.1',
      '5.2',
      '6.1',
    ]);
    expect(partOf(parts, 'word/styles.xml')).toMatch(
      /w:styleId="NumberedParagraph".*?<w:ind w:left="737" w:hanging="737"\/>/s,
    );
    const items = paragraphsOf(body).filter(({ xml }) => xml.includes('<w:numPr>'));
    expect(items.map(({ text }) => text)).toHaveLength(11);
    expect(items.find(({ text }) => text.startsWith('essential items'))?.xml).toContain(
      '<w:ilvl w:val="1"/>',
    );
    expect(partOf(parts, 'word/numbering.xml')).toContain('w:val="bullet"');
    // Two ordered lists are two lists: the second counts from 1 again.
    const ids = items.map(({ xml }) => /<w:numId w:val="(\d+)"/.exec(xml)?.[1]);
    expect(new Set(ids).size).toBe(3);
  });

  test('the demand and funding tables are right to the pound, figures to the right', () => {
    const tables = tablesOf(body);
    const demand = tables.find(([head]) => head?.cells[0]?.text === 'Figure') ?? [];
    expect(demand.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['Figure', 'Social work', 'Education', 'Total'],
      ['Number of families supported', '1085', '840', '1925'],
      ['Money allocated', '£881,233', '£617,606', '£1,498,839'],
      ['Average spend per family', '£812.20', '£735.25', '£778.62'],
    ]);
    const funding = tables.find(([head]) => head?.cells[0]?.text === 'Funding source') ?? [];
    expect(funding.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['Funding source', 'Contribution value'],
      ['Winter Plan for Social Protection', '£584,478'],
      ['Children and Young People Mental Health and Wellbeing Pandemic Response', '£642,675'],
      ['Core Education and Families budgets', '£271,686'],
      ['Total', '£1,498,839'],
    ]);
    for (const table of [demand, funding]) {
      expect(table.map(({ header }) => header)).toEqual(table.map((_, index) => index === 0));
      for (const { cells } of table)
        expect(cells.map(({ right }) => right)).toEqual(cells.map((_, index) => index > 0));
    }
    expect(funding.map(({ cells }) => cells.every(({ bold }) => bold))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(
      paragraphsOf(body)
        .filter(({ style }) => style === 'Caption')
        .map(({ text }) => text),
    ).toEqual([
      'Table 1: Demand on the scheme by route',
      'Chart 1: Money allocated by month and route',
      'Chart 1 as a table: Money allocated by month and route',
      'Table 2: Contribution to the scheme by funding source',
    ]);
  });

  test('the head is the council’s form, with its boxes', () => {
    const [head = []] = tablesOf(body);
    expect(head.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['Committee', 'Education and Families Committee'],
      ['Purpose', '☐ For approval      ☒ For noting'],
      ['Reference', 'EF/2021/014'],
      ['Date', '1 June 2021'],
      ['From', 'Morag Sinclair, Head of Children, Families and Justice Social Work Services'],
      ['E-mail', 'sinclairm@lanarkvale.example'],
      ['Telephone', '01234 567890'],
      ['Figures for', '15 February 2021 to 30 April 2021'],
    ]);
  });

  test('the footer has the pages and says that the figures are frozen', () => {
    const footer = partOf(parts, /^word\/footer\d\.xml$/);
    expect(paragraphsOf(footer)[0]?.text).toContain(
      'Figures as at 14 May 2021 at 09:30, frozen on publication\tPage ',
    );
    expect(footer).toMatch(/instrText[^>]*>PAGE<.*instrText[^>]*>NUMPAGES</s);
    expect(partOf(parts, /^word\/header\d\.xml$/)).not.toContain('Draft');
  });

  test('language, properties, links and cross-references', () => {
    expect(partOf(parts, 'word/styles.xml')).toMatch(/<w:docDefaults>.*<w:lang w:val="en-GB"/s);
    const properties = partOf(parts, 'docProps/core.xml');
    expect(properties).toContain(
      '<dc:title>Keeping The Promise: family support and the direct payment scheme<',
    );
    expect(properties).toContain('<dc:creator>Morag Sinclair<');
    const relations = partOf(parts, 'word/_rels/document.xml.rels');
    expect(relations).toContain('Target="https://thepromise.scot/plan-21-24/"');
    expect(relations).toContain(
      'Target="https://kith.example/measures/direct-payments.families?from=2021-02-15&amp;to=2021-04-30&amp;by=service"',
    );
    const anchors = [...body.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors).toEqual(['section_2', 'paragraph_2_3', 'table_2', 'paragraph_2_3']);
    for (const anchor of anchors) expect(body).toContain(`<w:bookmarkStart w:name="${anchor}"`);
    expect(body).toMatch(/w:anchor="paragraph_2_3".*?>2\.3</s);
  });

  test('a chart is drawn by Word from its figures, and described', () => {
    const chart = partOf(parts, /^word\/charts\/chart[^/]*\.xml$/);
    for (const value of ['241233', '300000', 'February', 'Education'])
      expect(chart).toContain(`<c:v>${value}</c:v>`);
    expect(body).toContain('descr="A bar for each month from February to April 2021.');
  });

  test('every part is well formed: every element that opens closes', () => {
    for (const [name, xml] of parts) {
      const open: string[] = [];
      for (const [, close, element = '', empty] of xml.matchAll(/<(\/)?([\w:]+)(?:\s[^<>]*?)?(\/)?>/g))
        if (close !== undefined) expect(open.pop(), name).toBe(element);
        else if (empty === undefined) open.push(element);
      expect(open, name).toEqual([]);
    }
  });
});

describe('other reports', () => {
  const bodyText = async (doc: ReportDocument) =>
    partOf(await partsOf(await renderWord(doc)), 'word/document.xml');

  test('a draft says so in the header and the footer', async () => {
    const parts = await partsOf(await renderWord({ ...committeeReport, status: 'draft' }));
    expect(paragraphsOf(partOf(parts, /^word\/header\d\.xml$/))[0]?.text).toBe('Draft');
    expect(paragraphsOf(partOf(parts, /^word\/footer\d\.xml$/))[0]?.text).toContain(
      'Draft: figures as at 14 May 2021',
    );
  });

  test('without the address of the site, its own links are plain words', async () => {
    const parts = await partsOf(await renderWord(committeeReport));
    expect(partOf(parts, 'word/_rels/document.xml.rels')).not.toContain('/measures/');
    expect(partOf(parts, 'word/document.xml')).toContain('Families with an approved request');
  });

  test('text with mark-up and characters that XML cannot hold is still a good document', async () => {
    const nasty = 'a\u0000b\u000bc\uFFFE\uD800 <w:p> & "quotes" ]]>';
    const [first] = committeeReport.sections;
    if (first === undefined) throw new Error('the report has no sections');
    const xml = await bodyText({
      ...committeeReport,
      head: { ...committeeReport.head, title: nasty },
      executiveSummary: [{ type: 'paragraph', text: nasty }],
    });
    expect(xml).toContain('>abc\uFFFD &lt;w:p&gt; &amp; &quot;quotes&quot; ]]&gt;<');
    expect(xml).not.toMatch(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/u);
    expect(xml.isWellFormed()).toBe(true);
  });

  test('a long table repeats its header row and may break over pages; rows do not', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`Locality ${index + 1}`, String(index)]);
    const columns = [
      { title: 'Locality', numeric: false },
      { title: 'Families', numeric: true },
    ];
    const xml = await bodyText({
      ...committeeReport,
      executiveSummary: [{ type: 'table', table: { caption: 'Long', columns, rows, sources: [] } }],
      recommendations: { intro: 'None', items: [] },
      sections: [],
    });
    const table = tablesOf(xml)[1] ?? [];
    expect(table).toHaveLength(61);
    expect(table[0]?.header).toBe(true);
    const long = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)][1]?.[0] ?? '';
    expect(long.match(/<w:keepNext\/>/g)).toHaveLength(2);
    expect(long.match(/<w:cantSplit\/>/g)).toHaveLength(61);
  });

  test('standing bars, lying bars, lines, gaps and single series can be drawn', async () => {
    const table = { caption: 'c', columns: [{ title: 'a', numeric: false }], rows: [['x']], sources: [] };
    const common = { type: 'chart' as const, title: 'T', description: 'D', table };
    const data = [
      { x: 'x', y: 1 },
      { x: 'y', y: null },
    ];
    const parts = await partsOf(
      await renderWord({
        ...committeeReport,
        sections: [],
        recommendations: { intro: 'None', items: [] },
        executiveSummary: [
          { ...common, kind: 'bar', data },
          {
            ...common,
            kind: 'stacked-bar',
            data: data.map(({ x, y }) => ({ x: x.repeat(60), y, series: 's' })),
          },
          { ...common, kind: 'line', data },
        ],
      }),
    );
    const charts = [...parts]
      .filter(([name]) => /^word\/charts\/chart[^/]*\.xml$/.test(name))
      .map(([, xml]) => xml);
    expect(charts.map((xml) => /<c:lineChart>|<c:barDir val="\w+"/.exec(xml)?.[0]).sort()).toEqual([
      '<c:barDir val="bar"',
      '<c:barDir val="col"',
      '<c:lineChart>',
    ]);
  });

  test('a reference that leads nowhere makes no document', async () => {
    const broken = { ...committeeReport, recommendations: { intro: '{{ref:nowhere}}', items: [] } };
    await expect(renderWord(broken)).rejects.toThrow(Problem);
  });
});
