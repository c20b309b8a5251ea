import { parseHTML } from 'linkedom';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { committeeReport } from './committee-report.fixture.ts';
import { impactHeadings, type ReportDocument } from './document.ts';
import { type ChartRenderer, ReportBody } from './page.tsx';

const bodyOf = (doc: ReportDocument, renderChart?: ChartRenderer) => {
  const html = render(<ReportBody doc={doc} renderChart={renderChart} />);
  return { html, document: parseHTML(`<!doctype html><html><body>${html}</body></html>`).document };
};

const textOf = (element: { textContent: string | null } | null | undefined) =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

const { html, document } = bodyOf(committeeReport);
const all = (selector: string) => [...document.querySelectorAll(selector)];

describe('a report on a page', () => {
  test('headings run in order below the title of the page', () => {
    expect(all('h1')).toHaveLength(0);
    expect(all('h2').map(textOf)).toEqual([
      'Executive summary',
      'Recommendations',
      'The Plan for Lanark Vale',
      '1. Background',
      '2. Report',
      '3. Public Sector Equality Duty and Fairer Scotland Duty',
      '4. Impact',
      '5. Measures of success',
      '6. Supporting documents',
    ]);
    expect(all('h3').map(textOf)).toEqual([
      'Local context',
      'Direct payment scheme',
      'Next steps',
      ...impactHeadings.map(({ title }, index) => `4.${index + 1} ${title}`),
    ]);
  });

  test('the tables have captions, headings and totals, and every figure opens to its measure', () => {
    const tables = all('table');
    expect(tables.map((table) => textOf(table.querySelector('caption')))).toEqual([
      'Table 1: Demand on the scheme by route',
      'Chart 1 as a table: Money allocated by month and route',
      'Table 2: Contribution to the scheme by funding source',
    ]);
    const [demand, , funding] = tables;
    expect(
      [...(demand?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map(textOf)),
    ).toEqual([
      ['Number of families supported', '1085', '840', '1925'],
      ['Money allocated', '£881,233', '£617,606', '£1,498,839'],
      ['Average spend per family', '£812.20', '£735.25', '£778.62'],
    ]);
    expect(textOf(funding?.querySelector('tfoot'))).toBe('Total£1,498,839');
    const figures = [...(demand?.querySelectorAll('tbody td') ?? [])];
    expect(figures).toHaveLength(9);
    for (const cell of figures)
      expect(cell.querySelector('a')?.getAttribute('href')).toMatch(
        /^\/measures\/direct-payments\..*from=2021-02-15/,
      );
    expect(demand?.querySelectorAll('thead th[scope=col]')).toHaveLength(4);
    expect(demand?.querySelectorAll('tbody th[scope=row]')).toHaveLength(3);
  });

  test('references lead to their paragraph, and every id is used once', () => {
    const ids = all('[id]').map((element) => element.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const links = all('a[href^="#"]');
    expect(links.map((link) => [textOf(link), link.getAttribute('href')])).toEqual([
      ['2', '#section-2'],
      ['2.3', '#paragraph-2-3'],
      ['Table 2', '#table-2'],
      ['2.3', '#paragraph-2-3'],
    ]);
    for (const link of links) expect(ids).toContain(link.getAttribute('href')?.slice(1));
    expect(textOf(document.querySelector('#paragraph-2-3 p'))).toMatch(/^2\.3 Due to the level of need/);
  });

  test('bullets sit inside their numbered paragraph', () => {
    expect(all('#paragraph-2-2 ul li')).toHaveLength(4);
    expect(all('#paragraph-2-4 ol li')).toHaveLength(3);
  });

  test('says when the figures are from and whether they can change', () => {
    expect(html).toContain('Figures as at 14 May 2021 at 09:30, frozen on publication.');
    expect(bodyOf({ ...committeeReport, status: 'draft' }).html).toContain(
      'Draft: figures as at 14 May 2021 at 09:30.',
    );
  });

  test('has no inline style or script, and narrative is never read as markup', () => {
    const nasty = '<script>alert(1)</script> [x](javascript:alert) **<b>**';
    const page = bodyOf({ ...committeeReport, executiveSummary: [{ type: 'paragraph', text: nasty }] });
    expect(page.document.querySelector('script, [style], style')).toBeNull();
    expect(textOf(page.document.querySelector('.kith-report__text'))).toBe(
      '<script>alert(1)</script> [x](javascript:alert) <b>',
    );
  });

  test('draws each chart with its description and its table', () => {
    const chart = document.querySelector('#chart-1');
    expect(textOf(chart?.querySelector('figcaption'))).toContain('A bar for each month');
    expect(textOf(chart?.querySelector('figcaption'))).toContain(
      'Chart 1: Money allocated by month and route',
    );
    expect(chart?.querySelector('svg')).not.toBeNull();
    expect(textOf(chart?.querySelector('tbody tr'))).toBe('February£241,233£117,606£358,839');
  });

  test('a page can draw its charts itself', () => {
    const page = bodyOf(committeeReport, (chart, { title, table }) => (
      <section>
        <p class="drawn">
          {title}, {chart.kind}
        </p>
        {table}
      </section>
    ));
    expect(textOf(page.document.querySelector('#chart-1 .drawn'))).toBe(
      'Chart 1: Money allocated by month and route, stacked-bar',
    );
    expect(page.document.querySelectorAll('#chart-1 table')).toHaveLength(1);
  });

  test('a table with no rows says so', () => {
    const columns = [{ title: 'Route', numeric: false }];
    const page = bodyOf({
      ...committeeReport,
      executiveSummary: [{ type: 'table', table: { caption: 'Demand', columns, rows: [], sources: [] } }],
    });
    expect(textOf(page.document.querySelector('#table-1'))).toContain(
      'There is nothing to show for these dates.',
    );
  });
});
