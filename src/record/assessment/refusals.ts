import { Problem } from '../../platform/problem.ts';

/** Somebody would change what is signed. */
export const signedAlready = () =>
  new Problem(409, 'signed-already', 'This is signed, and what is signed is never changed', {
    detail: 'Start the next one from it: it shows what is different.',
  });

/** Somebody would change what was put to use. */
export const inUse = () =>
  new Problem(409, 'in-use', 'This version is or was in use, and is never changed', {
    detail: 'Begin a new version, and put it to use from a day.',
  });

/** Somebody changes a version that was put to use or thrown away meanwhile. */
export const notWritten = () =>
  new Problem(409, 'not-written', 'This version is not being written any more', {
    detail: 'Somebody put it to use or threw it away. What you wrote is below.',
  });
