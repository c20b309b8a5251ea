import type { Bars } from './bars.ts';
import type { HomePart } from './homes.ts';

// What a family map consists of, as shapes with places.

/** Somebody where they are drawn; `x` and `y` are the middle of the symbol. */
export interface Placed {
  key: string;
  x: number;
  y: number;
  /** The words below, line by line. */
  label: readonly string[];
  /** How many of them are the name. */
  nameLines: number;
  /** What is written in the symbol: an age, or a question mark. */
  within: string;
  adopted: boolean;
}

export interface Line {
  path: string;
  style: Bars['bars'][number]['style'] | 'slash' | 'bridge';
}

export interface Drawing {
  width: number;
  height: number;
  people: readonly Placed[];
  lines: readonly Line[];
  homes: readonly HomePart[];
}

/** One group of people, drawn by itself. */
export interface Part {
  width: number;
  height: number;
  people: Placed[];
  lines: Line[];
  homes: HomePart[];
}
