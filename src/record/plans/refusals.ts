import { Problem } from '../../platform/problem.ts';

/** Somebody would change a plan that has ended. */
export const endedAlready = () =>
  new Problem(409, 'plan-ended', 'This plan has ended, and is kept as it was', {
    detail: 'Begin a new plan if one is needed again. What you wrote is below.',
  });

/** Somebody would change a part that another has taken out since they opened it. */
export const takenOutAlready = () =>
  new Problem(409, 'taken-out', 'This was taken out of the plan while you were writing', {
    detail: 'What you wrote is below. Write it into the plan again if it is still needed.',
  });

export const keptAsAgreed = () =>
  new Problem(409, 'plan-kept', 'What was agreed is kept as it was', {
    detail: 'Change the plan, and agree it again together.',
  });

export const saidAlready = () =>
  new Problem(409, 'said-already', 'What they said is written down already, and stays as they said it', {
    detail: 'Look at it, and send the plan again if they have more to say. What you wrote is below.',
  });
