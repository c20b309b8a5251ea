/**
 * One thing that a family asks for, and what came of it. In every text `{child}` is the first child it is for, `{children}`
 * all of them, `{adult}` who cares for them, and `{he}`, `{him}`, `{his}`, `{himself}` that child (`{He}` and `{His}` begin a sentence).
 */
export interface Ask {
  readonly category: string;
  /** For whom it fits: one child or several, children with kin, a young person who lives on their own. */
  readonly fits: 'one' | 'several' | 'kinship' | 'independent';
  readonly said: string;
  readonly usedFor: string;
  readonly hopedFor: string;
  /** Afterwards: the family's view, and the story of change as the worker tells it. */
  readonly familySays: string;
  readonly workerSays: string;
}

type Told = readonly [
  said: string,
  usedFor: string,
  hopedFor: string,
  familySays: string,
  workerSays: string,
];

/** Asks of one kind, told as rows: what was said, what for, what is hoped for, the family's view, the worker's story. */
export const asks = (category: string, fits: Ask['fits'], rows: readonly Told[]): Ask[] =>
  rows.map(([said, usedFor, hopedFor, familySays, workerSays]) => ({
    category,
    fits,
    said,
    usedFor,
    hopedFor,
    familySays,
    workerSays,
  }));
