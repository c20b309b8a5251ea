import type { Desk } from '../../platform/actions/desk.ts';
import type { Worker } from '../../platform/testing/people.ts';
import { add as addFamily } from '../families/actions.ts';
import { write } from './actions.ts';

/** A family of two children and their mother, in the record of somebody who works with them. */
export async function makeFamily(desk: Desk, worker: Worker) {
  const { family, people } = await desk.act(
    addFamily,
    {
      name: 'Baird',
      members: [
        { givenName: 'Jamie', part: 'child' },
        { givenName: 'Skye', part: 'child' },
        { givenName: 'Isla', part: 'parent or carer' },
      ],
    },
    worker.asking,
  );
  const [jamie = '', skye = '', isla = ''] = people;
  return { id: family, jamie, skye, isla };
}

/** What is entered for a note, about Jamie unless said. */
export const entered = (of: { id: string; jamie: string }, more: object = {}) => ({
  family: of.id,
  people: [of.jamie],
  words: 'Jamie made toast for everybody and laughed.',
  on: '20/11/2026',
  ...more,
});

/** Writes a note, signed unless said, and gives its id. */
export async function writeNote(
  desk: Desk,
  worker: Worker,
  of: { id: string; jamie: string },
  more: object = {},
): Promise<string> {
  return (await desk.act(write, entered(of, more), worker.asking)).note;
}
