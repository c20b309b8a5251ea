import { Problem } from '../../platform/problem.ts';

/** Somebody would change what is signed, or a meeting that will not be held. */
export const signedAlready = () =>
  new Problem(409, 'signed-already', 'The record of this meeting is signed, and is never changed', {
    detail: 'Write a correction: it stands beside the record, with your name and why.',
  });

export const cancelledAlready = () =>
  new Problem(409, 'cancelled-already', 'This meeting will not be held', {
    detail: 'Plan another one.',
  });

export const notSigned = () =>
  new Problem(409, 'not-signed', 'The record of this meeting is not signed yet', {
    detail: 'It can still be changed: go on writing it instead.',
  });

/** What the database refuses, in words. */
export const refusals = {
  meeting_signed: signedAlready,
  meeting_not_signed: notSigned,
  meeting_decision_decided_by: () =>
    new Problem(409, 'decides-here', 'Somebody whom you take out decides something in this record', {
      detail: 'Leave them in, or first change who decides.',
    }),
  meeting_dissent_whose: () =>
    new Problem(
      409,
      'disagrees-here',
      'Somebody whom you take out does not agree with something in this record',
      {
        detail: 'Leave them in: what they said stands with their name.',
      },
    ),
};
