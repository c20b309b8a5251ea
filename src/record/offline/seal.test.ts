import { createHash, createPublicKey, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../platform/problem.ts';
import { arrivalFrom, calledBy, visitFields } from './rules.ts';
import { keysOf, open } from './seal.ts';
import { content, sealFor } from './testing/seal.ts';

const secret = 'a secret of an installation, of 32 letters or more';
const former = 'the secret that it had before, of 32 letters or more';
const account = randomUUID();

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

test('what is sealed to an account is opened for that account, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), fc.uuid(), (words, whose) => {
      expect(open([secret], whose, sealFor(secret, whose, `x${words}`))).toBe(`x${words}`);
    }),
    { numRuns: 60 },
  );
});

test('keys are the same at every start, are points of the curve, and are of one account and one secret', () => {
  const key = (from: string, whose: string) => keysOf([from], whose).now;
  expect(key(secret, account)).toEqual(key(secret, account));
  const others = [key(secret, account), key(secret, randomUUID()), key(former, account)];
  expect(new Set(others.map(({ id }) => id)).size).toBe(3);
  for (const { id, point } of others) {
    const bytes = Buffer.from(point, 'base64url');
    expect(createHash('sha256').update(bytes).digest('hex').startsWith(id)).toBe(true);
    const [x, y] = [bytes.subarray(1, 33).toString('base64url'), bytes.subarray(33).toString('base64url')];
    expect(bytes[0]).toBe(4);
    expect(() => createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })).not.toThrow();
  }
});

test('another account, another secret and none at all do not open it; the former secret does', () => {
  const sealed = sealFor(secret, account, content({ words: 'Tea at Gran’s' }));
  expect(codeOf(() => open([secret], randomUUID(), sealed))).toBe('other-key');
  expect(codeOf(() => open([former], account, sealed))).toBe('other-key');
  expect(codeOf(() => open([], account, sealed))).toBe('no-visit-keys');
  expect(codeOf(() => keysOf([], account))).toBe('no-visit-keys');
  expect(open([former, secret], account, sealed)).toContain('Tea at Gran’s');
  expect(keysOf([former, secret], account).ids).toContain(sealed.key);
});

test('what was changed on the way, or put under another id, is not opened', () => {
  const sealed = sealFor(secret, account, content({ words: 'Tea at Gran’s' }));
  const turned = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  for (const broken of [
    { ...sealed, visit: randomUUID() },
    { ...sealed, words: turned(sealed.words, 0) },
    { ...sealed, words: turned(sealed.words, sealed.words.length - 5) },
    { ...sealed, words: sealed.words.slice(0, 12) },
    { ...sealed, words: '' },
    { ...sealed, iv: turned(sealed.iv, 3) },
    { ...sealed, iv: '' },
    { ...sealed, from: turned(sealed.from, 40) },
    { ...sealed, from: '' },
    { ...sealed, from: Buffer.alloc(65, 4).toString('base64url') },
  ])
    expect(
      codeOf(() => open([secret], account, broken)),
      JSON.stringify(broken),
    ).toBe('cannot-open');
});

test('whatever was sealed, its words are kept', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint16Array().map((units) => String.fromCharCode(...units)),
        fc.json(),
      ),
      (words) => {
        const { typed } = arrivalFrom(words);
        expect(Object.keys(typed)).toEqual([...visitFields]);
        expect(
          Object.values(typed).filter((value) => value.includes('\u0000') || !value.isWellFormed()),
        ).toEqual([]);
      },
    ),
  );
  expect(arrivalFrom('not of our form').typed.words).toBe('not of our form');
  expect(arrivalFrom(JSON.stringify(content({ words: ' Tea\r\n', family: 'x' })))).toMatchObject({
    typed: { words: 'Tea', family: 'x', who: '' },
    finished: true,
  });
  for (const at of ['', 'yesterday', 5, '1970-01-01T00:00:00Z', '+200000-01-01T00:00:00Z'])
    expect(arrivalFrom(JSON.stringify({ fields: {}, at })).at, String(at)).toBeUndefined();
});

test('a visit is called by whom it was to, or by how it begins', () => {
  expect(calledBy({ who: 'Mum and the\nwee ones', words: 'x' })).toBe('Mum and the wee ones');
  expect(calledBy({ who: '', words: 'We had tea.\n\nThen we left.' })).toBe('We had tea.');
  expect(calledBy({ who: '', words: 'a'.repeat(200) })).toHaveLength(81);
  expect(calledBy({ who: '', words: '' })).toBe('A visit');
});
