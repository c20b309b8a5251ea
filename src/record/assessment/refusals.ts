import { Problem } from '../../platform/problem.ts';

/** Somebody would change what is signed. */
export const signedAlready = () =>
  new Problem(409, 'signed-already', 'This is signed, and what is signed is never changed', {
    detail: 'Start the next one from it: it shows what is different.',
  });
