import fc from 'fast-check';
import { expect, test } from 'vitest';
import { partMoved, questionChanged, questionMoved, together } from './kinds.ts';

const asked = (code: string, part: string) => ({
  code,
  part,
  partTitle: part,
  partHint: '',
  question: code,
  hint: '',
  form: 'words' as const,
  low: '',
  high: '',
});

test('however questions are moved, none is lost or doubled, parts stay together, and moving back undoes it', () => {
  const list = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom('a', 'b', 'c')), {
      selector: ([code]) => code,
      maxLength: 12,
    })
    .map((all) => together(all.map(([code, part]) => asked(`q${code}`, part))));
  const codes = (all: readonly { code: string }[]) => all.map(({ code }) => code);
  fc.assert(
    fc.property(list, fc.nat(11), fc.constantFrom('up' as const, 'down' as const), (all, at, way) => {
      const one = all[at];
      if (one === undefined) return;
      const back = way === 'up' ? 'down' : 'up';
      for (const move of [questionMoved, partMoved] as const) {
        const name = move === partMoved ? one.part : one.code;
        const moved = move(all, name, way);
        expect(codes(moved).toSorted()).toEqual(codes(all).toSorted());
        expect(codes(together(moved))).toEqual(codes(moved));
        if (codes(moved).join() !== codes(all).join())
          expect(codes(move(moved, name, back))).toEqual(codes(all));
      }
      const elsewhere = questionChanged(all, { ...one, part: 'd', partTitle: 'd' });
      expect(codes(elsewhere).toSorted()).toEqual(codes(all).toSorted());
      expect(elsewhere.at(-1)?.code).toBe(one.code);
    }),
  );
});
