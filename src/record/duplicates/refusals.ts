import { Problem } from '../../platform/problem.ts';

/** One of the two went into another record while somebody compared them. */
export const mergedMeanwhile = () =>
  new Problem(409, 'merged-meanwhile', 'One of these records has been merged meanwhile', {
    detail: 'Go back to the list: the pair may be there again with the record that was kept.',
  });

/** A restricted record is joined with no open one. */
export const restricted = () =>
  new Problem(409, 'restricted-record', 'One of these records is restricted, and the other is not', {
    detail: 'Merging would show it to others. Ask the senior manager who restricted it.',
  });
