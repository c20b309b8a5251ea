import sql from 'sql-template-tag';
import type { Rows } from '../database/rows.ts';

/**
 * Marks the reasons that have ended since this was last done, as the owner; answers how many. They count for nobody from the moment
 * they end: the mark keeps the index of live ones small, so that what somebody sees does not take longer with each year of use.
 */
export const markPastReasons = (rows: Rows): Promise<number> =>
  rows.run(sql`update access.reason set past = true where not past and until <= now()`);
