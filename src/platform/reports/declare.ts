import type { Measure, Period } from '../measures/measure.ts';
import type { ReportDocument } from './document.ts';
import type { ReportFigures } from './figures.ts';

/** A figure or a split of figures that a report prints. */
export interface FigureAsk {
  measure: Measure;
  by: readonly string[];
  only?: Readonly<Record<string, string>>;
}

/**
 * A piece of narrative that people edit. Its words stand in the report until somebody writes others. Words may hold the
 * markup of `inline.ts` and `narrative.ts`, and `{{figure:name}}` for a figure that the report quotes.
 */
export interface Words {
  id: string;
  title: string;
  hint?: string;
  words: string;
}

/** The words of a report by section, with figures in place. */
export type Narrative = (section: string) => string;

/** What a report is made of besides its figures and words. */
export interface Making {
  figures: ReportFigures;
  narrative: Narrative;
  /** The council or partnership whose report it is. */
  council: string;
  /** The day on which it is made. */
  today: Temporal.PlainDate;
}

/** A report that an area offers. */
export interface Report {
  id: string;
  title: string;
  /** One sentence for the list of reports. */
  summary: string;
  /** The period it is opened for when none is asked for. */
  period: (today: Temporal.PlainDate) => Period;
  asks: Readonly<Record<string, FigureAsk>>;
  words: readonly Words[];
  /** The figures that words can quote as `{{figure:name}}`, as printed. */
  quotes: (figures: ReportFigures) => Readonly<Record<string, string>>;
  document: (making: Making) => Omit<ReportDocument, 'asAt' | 'period' | 'status'>;
}
