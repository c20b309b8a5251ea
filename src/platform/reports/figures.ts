import { addressOf } from '../measures/address.ts';
import { computeMeasure, type FiguresPool, type Wording, wordingOf } from '../measures/compute.ts';
import type { Asked, Cell, Measure, Period } from '../measures/measure.ts';
import { cellText } from '../measures/present.ts';
import type { Report } from './declare.ts';
import type { Source } from './document.ts';
import type { FrozenFigure } from './frozen.ts';

type At = Readonly<Record<string, string>>;

/** The figures of a report for one period, by the names under which the report asks for them. */
export interface ReportFigures {
  period: Period;
  /** One figure as printed ("£881,233", "1,085", "Not shown"); without `at` the one figure of an ask without a split. */
  text(ask: string, at?: At): string;
  /** One figure as a number for drawing; `null` where there is none or it is hidden. */
  number(ask: string, at?: At): number | null;
  /** The values of a dimension that an ask was split by, in order, each with its words. */
  values(ask: string, dimension: string): { value: string; words: string }[];
  /** Where a figure opens: its measure, for the same period and filters. */
  href(ask: string, at?: At): string;
  /** The measure behind an ask, as a table names its source. */
  source(ask: string): Source;
  /** Every figure as it is frozen on publication. */
  frozen(): FrozenFigure[];
  /** Whether any figure is hidden because it is small. */
  anyHidden(): boolean;
}

interface Computed {
  asked: Asked;
  cells: readonly Cell[];
  wording: Wording;
}

/**
 * Computes every figure that a report asks for. Small numbers are always hidden: a report is read by anybody. Throws a
 * plain Error when a report asks for a name it did not declare, which is a fault in the report.
 */
export async function computeFigures(
  report: Report,
  period: Period,
  pools: FiguresPool,
): Promise<ReportFigures> {
  const computed = new Map<string, Computed>();
  for (const [name, { measure, by, only = {} }] of Object.entries(report.asks)) {
    const when = measure.kind === 'on' ? { on: period.to } : { during: period };
    const asked = { when, by, only };
    const cells = await computeMeasure(pools, measure, asked, { small: false });
    computed.set(name, { asked, cells, wording: await wordingOf(pools, measure) });
  }

  const named = (ask: string) => {
    const declared = report.asks[ask];
    const found = computed.get(ask);
    if (declared === undefined || found === undefined)
      throw new Error(`${report.id} does not ask for "${ask}"`);
    return { ...found, measure: declared.measure };
  };
  const cellAt = (ask: string, at: At = {}): Cell =>
    named(ask).cells.find((cell) =>
      Object.entries(cell.at).every(([name, value]) => (value === null ? '' : String(value)) === at[name]),
    ) ?? nothing(named(ask).measure);

  return {
    period,
    text: (ask, at) => cellText(named(ask).measure.unit, cellAt(ask, at)),
    number: (ask, at) => {
      const { value } = cellAt(ask, at);
      return value === null ? null : Number(value);
    },
    values: (ask, dimension) => {
      const { cells, wording } = named(ask);
      const values = [...new Set(cells.map((cell) => cell.at[dimension] ?? null))];
      return values.map((value) => ({
        value: value === null ? '' : String(value),
        words: wording(dimension, value),
      }));
    },
    href: (ask, at) => {
      const { measure, asked } = named(ask);
      return addressOf(
        measure,
        at === undefined ? asked : { ...asked, by: [], only: { ...asked.only, ...at } },
      );
    },
    source: (ask) => {
      const { measure, asked } = named(ask);
      return { measure: measure.id, title: measure.title, href: addressOf(measure, asked) };
    },
    frozen: () =>
      Object.keys(report.asks).flatMap((ask) => {
        const { measure, asked, cells, wording } = named(ask);
        return cells.map((cell) => {
          const at = Object.entries({ ...asked.only, ...cell.at });
          return {
            key: [measure.id, ...at.map(([name, value]) => `${name}=${value ?? ''}`)].join(' '),
            label: [measure.title, ...at.map(([name, value]) => wording(name, value))].join(', '),
            unit: measure.unit,
            value: cell.value === null ? null : String(cell.value),
          };
        });
      }),
    anyHidden: () => [...computed.values()].some(({ cells }) => cells.some((cell) => cell.suppressed)),
  };
}

// A combination that nothing was counted for is nought, except where there is nothing to take an average of.
const nothing = ({ unit, addsUp }: Measure): Cell => {
  const value =
    unit === 'families' || unit === 'children' || unit === 'requests' ? 0 : addsUp ? '0.00' : null;
  return { at: {}, value, behind: 0, suppressed: false };
};
