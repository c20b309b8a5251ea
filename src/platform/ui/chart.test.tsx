import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { Chart } from './chart.tsx';
import { type ChartDatum, draw, roundTicks } from './chart-plot.ts';
import { type DrawnNode, toMarkup } from './chart-svg.ts';

const format = (n: number): string => `£${n}`;

const words = (
  kind: 'bar' | 'stacked-bar' | 'line',
  data: readonly ChartDatum[],
  size: 'wide' | 'narrow' = 'wide',
) => {
  const { root } = draw({ kind, data, format }, size, 'not shown');
  const texts: string[] = [];
  const walk = (node: DrawnNode): void => {
    if (node.localName === 'text') texts.push(node.textContent ?? '');
    Array.from(node.childNodes ?? []).forEach(walk);
  };
  walk(root);
  return texts;
};

const shapes = (kind: 'bar' | 'stacked-bar' | 'line', data: readonly ChartDatum[], tag: string): number =>
  renderToString(<Chart title="T" description="D" kind={kind} data={data} table={null} />).split(`<${tag} `)
    .length - 1;

describe('bars', () => {
  it('stand when their names are short, and lie when they are long or there is little room', () => {
    const short = ['Feb', 'Mar', 'Apr'].map((x) => ({ x, y: 1 }));
    const height = (data: readonly ChartDatum[], size: 'wide' | 'narrow') =>
      draw({ kind: 'bar', data, format }, size, '').height;
    expect(height(short, 'wide')).toBe(300);
    expect(height([{ x: 'Making a home: furniture and white goods', y: 1 }, ...short], 'wide')).not.toBe(300);
  });

  it('write each figure, and never draw what may not be shown', () => {
    const data = [
      { x: 'A', y: 7 },
      { x: 'B', y: null },
      { x: 'C', y: 0 },
    ];
    expect(words('bar', data)).toEqual(expect.arrayContaining(['£7', 'not shown', '£0']));
    expect(words('bar', data).filter((text) => text === '£0')).toHaveLength(1);
  });

  it('write no total beside a part that may not be shown', () => {
    const data = [
      { x: 'A', y: 7, series: 'one' },
      { x: 'A', y: null, series: 'two' },
      { x: 'B', y: 1, series: 'one' },
      { x: 'B', y: 2, series: 'two' },
    ];
    expect(words('stacked-bar', data)).toEqual(expect.arrayContaining(['not shown', '£3']));
  });

  it('stack one part on the other', () => {
    const data = [
      { x: 'A', y: 1, series: 'one' },
      { x: 'A', y: 2, series: 'two' },
    ];
    // Two parts in each of the two drawings, and one square for each series in the key.
    expect(shapes('stacked-bar', data, 'rect')).toBe(6);
  });
});

describe('lines', () => {
  it('have a gap where a figure may not be shown', () => {
    const whole = [1, 2, 3].map((y, x) => ({ x, y }));
    const gap = whole.map((datum) => (datum.x === 1 ? { ...datum, y: null } : datum));
    expect(shapes('line', whole, 'circle')).toBe(6);
    expect(shapes('line', gap, 'circle')).toBe(4);
  });

  it('stand on round figures that hold every value between them', () => {
    expect(roundTicks(0, 190)).toEqual([0, 50, 100, 150, 200]);
    expect(roundTicks(0, 240_100)).toEqual([0, 100_000, 200_000, 300_000]);
    expect(roundTicks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 0 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        (low, high) => {
          const ticks = roundTicks(low, high);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThan(8);
          expect(ticks[0]).toBeLessThanOrEqual(low);
          expect(ticks.at(-1)).toBeGreaterThanOrEqual(high);
        },
      ),
    );
  });
});

describe('any figures', () => {
  it('draw without a fault, without a style, and without a place that is not a number', () => {
    const datum = fc.record({
      x: fc.oneof(fc.string({ minLength: 1, maxLength: 90 }), fc.integer()),
      y: fc.option(fc.integer({ min: -1000, max: 1_000_000 })),
      series: fc.constantFrom(undefined, 'one', 'two'),
    });
    fc.assert(
      fc.property(
        fc.constantFrom('bar', 'stacked-bar', 'line'),
        fc.array(datum, { maxLength: 12 }),
        (kind, data) => {
          const html = renderToString(
            <Chart title="T" description="D" kind={kind} data={data} table={<p>table</p>} />,
          );
          const marks = html.replaceAll(/<text[^>]*>.*?<\/text>/gs, (text) =>
            text.slice(0, text.indexOf('>')),
          );
          expect(marks).not.toMatch(/\sstyle=|<style|NaN|Infinity/);
          expect(html).toContain('table');
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('toMarkup', () => {
  it('keeps shapes and what they look like, and nothing that could run or be refused', () => {
    const { document } = parseHTML(
      '<html><body><svg><style>a{}</style><g style="fill: red; position: fixed; stroke-width:2" aria-label="bar" class="a" onclick="x()"><script>y()</script><rect width="3"></rect></g></svg></body></html>',
    );
    const svg = document.querySelector('svg') as unknown as DrawnNode;
    const markup = toMarkup(svg);
    expect(renderToString(<div>{markup}</div>)).toBe(
      '<div><svg><g fill="red" stroke-width="2"><rect width="3"></rect></g></svg></div>',
    );
  });

  it('escapes words', () => {
    const html = renderToString(
      <Chart title="T" description="D" kind="bar" data={[{ x: '<script>', y: 1 }]} table={null} />,
    );
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script');
  });
});
