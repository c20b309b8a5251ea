import { expect, test } from 'vitest';
import { bases, basisNamed, basisOn } from './rules.ts';

const day = Temporal.PlainDate.from;

test('every basis names article 6 and article 9 of UK GDPR, and says it in plain words', () => {
  for (const { id, words, toFamily, law } of bases) {
    expect(law, id).toMatch(/UK GDPR articles? 6\(1\)\([acde]\)/);
    expect(law, id).toMatch(/9\(2\)\([acfgh]\)/);
    expect(law, id).not.toMatch(/9\(2\)\([gh]\)(?!.*Schedule 1, paragraph)/);
    expect(words, id).not.toMatch(/GDPR|article|LAC|placement|siblings/);
    expect(toFamily, id).toMatch(/^because /);
  }
  expect(new Set(bases.map(({ id }) => id)).size).toBe(bases.length);
});

test('no basis stands on the parts of the 2014 Act that were never commenced and are repealed, nor on planning', () => {
  for (const { id, law } of bases) expect(law, id).not.toMatch(/2014, parts? [345]\b/);
  expect(bases.some(({ law }) => law.includes('2014, part 9'))).toBe(true);
});

test('a basis counts on the days on which it is law, and one that is gone can still be read', () => {
  expect(basisOn('consent', day('2026-11-22'))?.id).toBe('consent');
  expect(basisOn('anything', day('2026-11-22'))).toBeUndefined();
  expect(basisNamed('named-person').words).toBe('named-person');
});
