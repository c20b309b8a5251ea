import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvCell, csvLine, csvText, writeCsv } from './csv.ts';

describe('a cell', () => {
  test.each([
    ['=1+1', "'=1+1"],
    ['+44 7700 900000', "'+44 7700 900000"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ])('text that a spreadsheet would run is made text: %j', (value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });

  test.each([
    ['plain', 'plain'],
    ['00123', '00123'],
    ["O'Hara, Ann", '"O\'Hara, Ann"'],
    ['said "hi"', '"said ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [' padded', '" padded"'],
    [-12, '-12'],
    [-1250n, '-1250'],
    [true, 'true'],
    [null, ''],
    [undefined, ''],
    [Temporal.PlainDate.from('2021-02-28'), '2021-02-28'],
  ])('%s is written %s', (value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });

  test('a line of one empty cell is not blank', () => {
    expect(csvLine([''])).toBe('""\r\n');
    expect(csvLine(['', ''])).toBe(',\r\n');
  });
});

const cells = fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 3, maxLength: 3 }), {
  maxLength: 20,
});
const safe = (cell: string) => (/^[=+\-@\t\r＝＋－＠]/.test(cell) ? `'${cell}` : cell);

test('what is written reads back the same, but for the apostrophe before a formula', () => {
  fc.assert(
    fc.property(cells, (rows) => {
      const text = csvText(['a', 'b', 'c'], rows);
      const back: string[][] = parse(text, { record_delimiter: '\r\n' });
      expect(back).toEqual([['a', 'b', 'c'], ...rows.map((row) => row.map(safe))]);
    }),
  );
});

describe('a file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kith-csv-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is streamed, and only its owner can read it', async () => {
    const path = join(folder, 'big.csv');
    async function* rows() {
      for (let n = 0; n < 20_000; n += 1) yield [n, `row ${n}`];
    }
    await writeCsv(path, ['n', 'text'], rows());
    const lines = (await readFile(path, 'utf8')).split('\r\n');
    expect(lines).toHaveLength(20_002);
    expect(lines[20_000]).toBe('19999,row 19999');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('that fails half-way leaves the old one as it was and nothing else', async () => {
    const path = join(folder, 'kept.csv');
    await writeCsv(path, ['a'], [['old']]);
    function* rows() {
      yield ['new'];
      throw new Error('lost');
    }
    await expect(writeCsv(path, ['a'], rows())).rejects.toThrow('lost');
    expect(await readFile(path, 'utf8')).toBe('a\r\nold\r\n');
    expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([]);
  });
});
