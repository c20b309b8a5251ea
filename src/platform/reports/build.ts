import type { FiguresPool } from '../measures/compute.ts';
import type { Period } from '../measures/measure.ts';
import { Problem } from '../problem.ts';
import type { Narrative, Report } from './declare.ts';
import type { ReportDocument } from './document.ts';
import { computeFigures, type ReportFigures } from './figures.ts';
import type { FrozenFigure } from './frozen.ts';
import { numberReport } from './numbering.ts';

export interface Building {
  pools: FiguresPool;
  /** What people wrote, by section; the words that the report came with where they wrote nothing. */
  narrative: Readonly<Record<string, string>>;
  council: string;
  now: Temporal.Instant;
  status: ReportDocument['status'];
}

export interface Built {
  document: ReportDocument;
  figures: FrozenFigure[];
  /** The figures that words can quote, by name, as printed. */
  quotes: Readonly<Record<string, string>>;
}

const placeholder = /\{\{figure:\s*([^{}]*?)\s*\}\}/g;

const placed = (words: string, quotes: Readonly<Record<string, string>>, title: string): string =>
  words.replaceAll(placeholder, (_whole, name: string) => {
    const value = quotes[name];
    if (value !== undefined) return value;
    throw new Problem(422, 'unknown-figure', `There is no figure called "${name}" in this report`, {
      detail: `Correct {{figure:${name}}} in "${title}". The figures are: ${Object.keys(quotes).join(', ')}.`,
    });
  });

const narrativeOf = (
  report: Report,
  figures: ReportFigures,
  written: Building['narrative'],
): { narrative: Narrative; quotes: Built['quotes'] } => {
  const quotes = report.quotes(figures);
  const narrative = (id: string): string => {
    const section = report.words.find((words) => words.id === id);
    if (section === undefined) throw new Error(`${report.id} has no words called "${id}"`);
    return placed(written[id] ?? section.words, quotes, section.title);
  };
  return { narrative, quotes };
};

/**
 * A report for a period: its figures computed now, its words as written. Throws a `Problem` when the words refer to
 * something that is not in the report.
 */
export async function buildReport(report: Report, period: Period, building: Building): Promise<Built> {
  const figures = await computeFigures(report, period, building.pools);
  const { narrative, quotes } = narrativeOf(report, figures, building.narrative);
  const today = building.now.toZonedDateTimeISO('Europe/London').toPlainDate();
  const made = report.document({ figures, narrative, council: building.council, today });
  const document: ReportDocument = { ...made, asAt: building.now, period, status: building.status };
  // Finds references that lead nowhere before anybody prints it.
  numberReport(document);
  return { document, figures: figures.frozen(), quotes };
}

/** The report with this id; a Problem names the ones there are. */
export function reportById(reports: readonly Report[], id: string): Report {
  const found = reports.find((report) => report.id === id);
  if (found) return found;
  throw new Problem(404, 'no-such-report', `There is no report called "${id}"`, {
    detail: `The reports are: ${reports.map((report) => report.id).join(', ')}.`,
  });
}
