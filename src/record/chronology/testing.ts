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
        { givenName: 'Iona', part: 'child', dateOfBirth: '2014-02-01' },
        { givenName: 'Rory', part: 'child', dateOfBirth: '2016-02-01' },
        { givenName: 'Isla', part: 'parent or carer', dateOfBirth: '1988-02-01' },
      ],
    },
    worker.asking,
  );
  const [iona = '', rory = '', isla = ''] = people;
  return { id: family, iona, rory, isla };
}

/** What is entered for an event, about Iona unless said. */
export const entered = (of: { id: string; iona: string }, more: object = {}) => ({
  family: of.id,
  people: [of.iona],
  kind: 'health',
  on: '14/3/2024',
  what: 'Iona had her eyes tested and has glasses now.',
  source: 'Health',
  ...more,
});

/** Writes an event, and gives its id. */
export const writeEvent = async (
  desk: Desk,
  worker: Worker,
  of: { id: string; iona: string },
  more: object = {},
): Promise<string> => (await desk.act(write, entered(of, more), worker.asking)).event;
