/** One published number and the measure that answers it. */
export interface Matching {
  /** The id of the published figure. */
  figure: string;
  /** Which cell of its table, by the words of the row and the column; none for a single value. */
  cell?: { row: string | number; column: string };
  /** Of which part of what the cell is about, where several matchings answer one cell. */
  of?: string;
  measure: string;
  only?: Readonly<Record<string, string>>;
  /** Further parts that the published number takes together with it; of measures whose parts add up. */
  also?: readonly Readonly<Record<string, string>>[];
  /** The paper prints a fall as a number above nought. */
  fall?: true;
  /**
   * The paper ranks the parts of a split by size: which place is meant, counted from 1. With `words`, what it prints is the part
   * itself, and these are its words for ours.
   */
  place?: { by: string; at: number; words?: Readonly<Record<string, string>> };
  /** The days the published number is about, both included. */
  from: string;
  to: string;
}

/** The days of a financial year of the papers. */
export const financialYear = (year: number): Pick<Matching, 'from' | 'to'> => ({
  from: `${year}-04-01`,
  to: `${year + 1}-03-31`,
});
