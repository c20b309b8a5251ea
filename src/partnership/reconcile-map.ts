import { helped } from './reconcile/helped.ts';
import type { Matching } from './reconcile/matching.ts';
import { money } from './reconcile/money.ts';
import { returned } from './reconcile/returned.ts';

/** Every published number that a measure covers. */
export const matchings: readonly Matching[] = [...money, ...helped, ...returned];
