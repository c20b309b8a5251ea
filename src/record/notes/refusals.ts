import { Problem } from '../../platform/problem.ts';

/** Somebody would change what is signed. */
export const signedAlready = () =>
  new Problem(409, 'signed-already', 'This note is signed, and signed notes are never changed', {
    detail: 'Write an amendment: it stands beside the note, with your name and why.',
  });
