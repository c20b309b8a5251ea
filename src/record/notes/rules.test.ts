import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judged, kindTitle } from './attachments.ts';
import { beginningOf, copyFor, passagesOf, stepsOf, timeFrom } from './rules.ts';

test('paragraphs are marked as they are written, however the mark is typed, and nothing else is changed', () => {
  const words = [
    'Jamie was glad to be home.',
    'He made toast.',
    '',
    'About somebody else: his uncle drinks again.',
    '',
    'FROM SOMEONE ELSE - the neighbour heard shouting.',
    'Twice.',
    '',
    '[about somebody else]: Gran is in hospital',
    'We go on Friday. About somebody else: this is in the middle of a line.',
  ].join('\n');
  expect(passagesOf(words)).toEqual([
    { words: 'Jamie was glad to be home.\nHe made toast.' },
    { words: 'his uncle drinks again.', mark: 'about' },
    { words: 'the neighbour heard shouting.\nTwice.', mark: 'from' },
    {
      words: 'Gran is in hospital\nWe go on Friday. About somebody else: this is in the middle of a line.',
      mark: 'about',
    },
  ]);
  expect(
    passagesOf('One.\nAbout somebody else: two.\nFrom somebody else: three.').map(({ mark }) => mark),
  ).toEqual([undefined, 'about', 'from']);
});

test('the copy for somebody holds no word of a marked passage, and says how many there were', () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  const passage = fc.record({
    mark: fc.constantFrom(undefined, 'About somebody else: ', 'from someone else - '),
    words: fc.array(word, { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(fc.array(passage, { minLength: 1, maxLength: 8 }), (passages) => {
      const text = passages
        .map(
          ({ mark, words }) =>
            `${mark ?? ''}${words.map((each) => (mark ? `secret${each}` : each)).join(' ')}`,
        )
        .join('\n\n');
      const copy = copyFor(text);
      expect(copy.passages.join('\n')).not.toContain('secret');
      expect(copy.passages).toEqual(
        passages.filter(({ mark }) => mark === undefined).map(({ words }) => words.join(' ')),
      );
      expect(copy.leftOut).toBe(passages.filter(({ mark }) => mark !== undefined).length);
    }),
  );
});

test('next steps are one a line, without what people put before them', () => {
  expect(stepsOf('- Ring the school\n2. Ask Isla\n\n  * 3 nights at Gran’s\n2026 plan')).toEqual([
    'Ring the school',
    'Ask Isla',
    '3 nights at Gran’s',
    '2026 plan',
  ]);
});

test('a time is read as people type it, and a time that does not exist is none', () => {
  expect(['14:30', '2.30pm', '9 am', '1430', '12am', '12 pm', '09:05'].map(timeFrom)).toEqual([
    '14:30',
    '14:30',
    '09:00',
    '14:30',
    '00:00',
    '12:00',
    '09:05',
  ]);
  for (const wrong of ['24:00', '13pm', '9', 'noon', '10:75', ''])
    expect(timeFrom(wrong), wrong).toBeUndefined();
});

test('a beginning ends at a word', () => {
  expect(beginningOf('one two three', 100)).toBe('one two three');
  expect(beginningOf('one two three', 9)).toBe('one two …');
  expect(beginningOf('x'.repeat(50), 10)).toBe(`${'x'.repeat(10)} …`);
});

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const html = Buffer.from('<!doctype html><script>alert(1)</script>');
const svg = Buffer.from(
  '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
);
const zipNamed = (...names: string[]) =>
  Buffer.concat([
    Buffer.from('PK\u0003\u0004', 'latin1'),
    Buffer.from(['[Content_Types].xml', ...names].join(' ')),
  ]);

test('a file is what its bytes say: of the kinds that are allowed, and no other', () => {
  expect(judged(png, 'image/png')).toEqual({ kind: 'image/png', content: png });
  expect(judged(Buffer.from('%PDF-1.7 a letter'), 'application/pdf')).toMatchObject({
    kind: 'application/pdf',
  });
  expect(judged(zipNamed('word/document.xml'), '')).toMatchObject({
    kind: expect.stringContaining('wordprocessing'),
  });
  expect(judged(Buffer.from('Dear Isla,\nthank you. 2 < 3\n'), 'text/plain')).toMatchObject({
    kind: 'text/plain',
  });
  expect(kindTitle('image/png')).toBe('picture');
  const refused = (content: Buffer, said: string, why: RegExp) =>
    expect(judged(content, said), said).toMatchObject({ refused: expect.stringMatching(why) });
  refused(html, 'image/png', /Choose a picture/);
  refused(html, 'text/plain', /Choose a picture/);
  refused(html, 'text/html', /Choose a picture/);
  refused(svg, 'image/svg+xml', /Choose a picture/);
  refused(svg, 'image/png', /Choose a picture/);
  refused(Buffer.from('Dear Isla'), 'image/png', /not what its name says/);
  refused(png, 'application/pdf', /not what its name says/);
  refused(Buffer.from('MZ\u0090\u0000\u0003', 'latin1'), 'application/octet-stream', /Choose a picture/);
  refused(
    Buffer.from('%PDF-1.7 << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>'),
    'application/pdf',
    /program/,
  );
  refused(zipNamed('word/document.xml', 'word/vbaProject.bin'), '', /program/);
  refused(zipNamed('xl/workbook.xml'), '', /Choose a picture/);
  const trial = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR'}-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
  refused(Buffer.from(trial), 'text/plain', /virus/);
  refused(Buffer.alloc(0), 'image/png', /not empty/);
  refused(Buffer.concat([png, Buffer.alloc(700_000)]), 'image/png', /700 kB/);
});
