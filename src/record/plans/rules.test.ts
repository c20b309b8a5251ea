import { expect, test } from 'vitest';
import { checksOf, isSpecific, type Judged, qualityOf } from './rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const today = day('2026-11-22');
const good: Judged = {
  why: 'Mornings are hard',
  reviewOn: day('2027-05-01'),
  agreedOn: null,
  lead: 'Ailsa Drummond',
  views: [
    {
      id: '1',
      whose: 'child',
      name: 'Jamie',
      words: 'I like football',
      disagrees: '',
      acted: 'He joined a club',
    },
    { id: '2', whose: 'parent', name: 'Isla', words: 'I am tired', disagrees: '', acted: 'Gran helps' },
  ],
  needs: [
    {
      id: 'n',
      need: 'To sleep well',
      hoped: 'He wakes rested',
      childWords: 'You sleep well',
      met: false,
      actions: [{ id: 'a', what: 'Read with Jamie each night', owner: 'Isla', due: day('2026-12-01') }],
    },
  ],
};
const asked = (plan: Judged) =>
  checksOf(plan, today)
    .filter((check) => !check.good)
    .map(({ id }) => id);

test('a good plan has nothing to look at again', () => {
  expect(asked(good)).toEqual([]);
});

test('each thing that is missing is named once', () => {
  const [child, parent] = good.views;
  const [need] = good.needs;
  if (child === undefined || parent === undefined || need === undefined)
    throw new Error('the plan is not whole');
  expect(asked({ ...good, views: [parent] })).toEqual(['child-view']);
  expect(asked({ ...good, views: [{ ...child, words: '  ' }, parent] })).toEqual(['child-view']);
  expect(asked({ ...good, views: [child] })).toEqual(['parent-view']);
  expect(asked({ ...good, views: [child, { ...parent, acted: '' }] })).toEqual(['acted']);
  expect(asked({ ...good, lead: '' })).toEqual(['lead']);
  expect(asked({ ...good, reviewOn: null })).toEqual(['review']);
  expect(asked({ ...good, reviewOn: day('2026-11-21') })).toEqual(['review']);
  expect(asked({ ...good, reviewOn: today })).toEqual([]);
  expect(asked({ ...good, needs: [] })).toEqual(['needs']);
  expect(asked({ ...good, needs: [{ ...need, actions: [] }] })).toEqual(['whole n']);
  expect(asked({ ...good, needs: [{ ...need, hoped: '', childWords: '' }] })).toEqual([
    'hoped n',
    'child-words n',
  ]);
  const vague = [{ id: 'a', what: 'Monitor and support as required', owner: 'Isla', due: today }];
  expect(asked({ ...good, needs: [{ ...need, actions: vague }] })).toEqual(['specific n']);
  const nobody = [{ id: 'a', what: 'Read with Jamie each night', owner: null, due: today }];
  expect(asked({ ...good, needs: [{ ...need, actions: nobody }] })).toEqual(['whole n']);
  // What is met asks for nothing more.
  expect(asked({ ...good, needs: [{ ...need, met: true, actions: [] }] })).toEqual([]);
});

test('words that nobody could see done are not specific', () => {
  for (const what of [
    'Ongoing',
    'Continue to support mum',
    'Liaise with the school',
    'Help where possible',
    'Support family',
  ])
    expect(isSpecific(what), what).toBe(false);
  for (const what of ['Ring the school nurse', 'Take Jamie to swimming every Tuesday', 'Buy a bed for Skye'])
    expect(isSpecific(what), what).toBe(true);
});

test('quality counts needs that are open, and whether a review was in time', () => {
  expect(qualityOf(good, today, null)).toEqual({
    childView: true,
    parentView: true,
    needs: 1,
    needsWhole: 1,
    specific: true,
    firstTime: true,
    inTime: null,
  });
  const again = { ...good, agreedOn: day('2026-05-01') };
  expect(qualityOf(again, today, today)).toMatchObject({ firstTime: false, inTime: true });
  expect(qualityOf(again, today, day('2026-11-21'))).toMatchObject({ inTime: false });
});
