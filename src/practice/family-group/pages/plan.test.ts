import { expect, test } from 'vitest';
import { planAgain } from './plan.tsx';

test('a plan written anew keeps who does what: somebody of the network, or a service', () => {
  const fields = planAgain(
    {
      words: 'Granny comes',
      offered: 'A taxi',
      actions: [
        { what: 'Ring Granny', who: 'Robyn', service: false, due: Temporal.PlainDate.from('2026-08-31') },
        { what: 'Book the taxi', who: 'School transport', service: true, due: null },
        { what: 'Come by', who: 'Somebody who left the network', service: false, due: null },
      ],
    },
    [{ id: 'guest-of-robyn', name: 'Robyn' }],
  );
  expect(fields).toEqual({
    words: 'Granny comes',
    offered: 'A taxi',
    'what-0': 'Ring Granny',
    'guest-0': 'guest-of-robyn',
    'service-0': '',
    'due-0': '2026-08-31',
    'what-1': 'Book the taxi',
    'guest-1': '',
    'service-1': 'School transport',
    'due-1': '',
    'what-2': 'Come by',
    'guest-2': '',
    'service-2': '',
    'due-2': '',
  });
});
