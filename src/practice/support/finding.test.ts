import { expect, test } from 'vitest';
import { onlyGrownUp, withWords } from './finding.ts';
import { readProgrammes } from './programmes.ts';

// Against the programmes that are shipped: a worker writes a few words of what the family said.

const all = (await readProgrammes()).filter(({ state }) => state === 'open');
const found = (text: string) => withWords(all, text).map(({ id }) => id);

test('a few words find the programmes that speak of them, the nearest first', () => {
  expect(found('autism, mornings').slice(0, 1)).toEqual(['neurodevelopmental-family-support']);
  expect(found('bicycles')[0]).toBe('bicycle-workshop');
  expect(found('young carer').slice(0, 2).toSorted()).toEqual([
    'young-carer-short-breaks',
    'young-carer-statement',
  ]);
  expect(found('zeppelin')).toEqual([]);
});

test('words that say nothing narrow nothing', () => {
  expect(found('help for the family')).toHaveLength(all.length);
  expect(found('')).toHaveLength(all.length);
});

test('what is only for people of sixteen and over is told apart', () => {
  const ids = all.filter(onlyGrownUp).map(({ id }) => id);
  expect(ids).toContain('adult-carer-support-plan');
  expect(ids).not.toContain('families-first');
  expect(ids).not.toContain('neurodevelopmental-family-support');
});
