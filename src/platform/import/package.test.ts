import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { csvText } from '../files/csv.ts';
import { Problem } from '../problem.ts';
import { day, money, optional, text, yesNo } from './fields.ts';
import { readPackage } from './package.ts';
import { type ReadRow, type Reject, type Resource, resource } from './resource.ts';
import { folderWith, removeFolder } from './testing.ts';

const members = resource({
  name: 'members',
  aliases: ['member-list.csv'],
  id: 'member_id',
  fields: {
    member_id: text(),
    full_name: text({ max: 200_000 }),
    joined_on: day(),
    fee: money(),
    active: optional(yesNo()),
  },
  headings: { full_name: ['name'] },
  check: (row) => (row.fee > 100_00n ? [{ refused: 'fee too high', help: 'at most 100.00' }] : []),
});

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map(removeFolder));
});

async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await folderWith(files);
  folders.push(folder);
  return folder;
}

async function readFolder(dir: string, resources: readonly Resource[] = [members]) {
  const pack = await readPackage(dir, resources);
  const rows: ReadRow[] = [];
  const rejects: Reject[] = [];
  for await (const batch of pack.batches()) {
    expect(batch.read).toBe(batch.rows.length + batch.rejects.length);
    rows.push(...batch.rows);
    rejects.push(...batch.rejects);
  }
  return { source: pack.source, warnings: pack.warnings, rows, rejects };
}

const readFiles = async (files: Readonly<Record<string, string | Buffer>>) =>
  readFolder(await folderOf(files));
const readMembers = (content: string | Buffer) => readFiles({ 'members.csv': content });

/** Everything a person would be told. */
async function problemOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(Problem);
  return error instanceof Problem ? `${error.message}. ${error.detail}` : '';
}

const head = 'member_id,full_name,joined_on,fee,active\n';
const good = '007,Ann,2021-01-31,12.50,yes\n';

describe('a good file', () => {
  test('gives typed values, with leading zeros kept and the line of each row', async () => {
    const { rows, rejects, warnings } = await readMembers(`${head}${good}008,Bob,2021-02-01,"1,0.00",\n`);
    expect(rows).toEqual([
      {
        resource: 'members',
        file: 'members.csv',
        line: 2,
        id: '007',
        values: {
          member_id: '007',
          full_name: 'Ann',
          joined_on: Temporal.PlainDate.from('2021-01-31'),
          fee: 1250n,
          active: true,
        },
      },
    ]);
    expect(rejects).toMatchObject([{ file: 'members.csv', line: 3, id: '008' }]);
    expect(rejects[0]?.reason).toMatch(/^not an amount of money: fee is "1,0.00"/);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['\n', ''],
    ['\r\n', ''],
    ['\n', '\uFEFF'],
    ['\r\n', '\uFEFF'],
  ])('line end %j after mark %j: quoted line breaks do not put the line numbers out', async (end, mark) => {
    const lines = [
      mark + head.trim(),
      `1,"Ann${end}of ""Here"", there${end}${end}and back",2021-01-31,1,`,
      '2,Bob,soon,1,',
      '',
      '3,"Cy\nDee",2021-01-31,1,',
      '4,Eve,later,1,',
    ];
    const { rows, rejects } = await readMembers(lines.join(end));
    expect(rows.map((row) => [row.line, row.values.full_name])).toEqual([
      [2, 'Ann\nof "Here", there\n\nand back'],
      [8, 'Cy\nDee'],
    ]);
    expect(rejects.map((each) => [each.line, each.id])).toEqual([
      [6, '2'],
      [10, '4'],
    ]);
  });

  test('headings in another order, with other capitals and spaces, by an alias, and an optional column left out', async () => {
    const { rows } = await readFiles({
      'Member List.CSV': 'Fee,Name,Joined On,MEMBER-ID\n1,Ann,2021-01-31,x\n',
    });
    expect(rows[0]?.values).toMatchObject({ member_id: 'x', full_name: 'Ann', fee: 100n, active: null });
  });

  test('a mark inside a cell that does not begin with one is let stand', async () => {
    const { rows } = await readMembers(`${head}1,5" nail,2021-01-31,1,\n`);
    expect(rows[0]?.values.full_name).toBe('5" nail');
  });

  test('what our own CSV writer writes reads back the same', async () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((each) => each.normalize('NFC').trim())
      .filter((each) => each !== '' && !/^[=+\-@＝＋－＠]/.test(each) && !/\p{Cc}/u.test(each));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { maxLength: 10 }), async (names) => {
        const rows = names.map((each, n) => [String(n), each, '2021-01-31', '1.00', '']);
        const read = await readMembers(csvText(head.trim().split(','), rows));
        expect(read.rejects).toEqual([]);
        expect(read.rows.map((row) => row.values.full_name)).toEqual(names);
      }),
      { numRuns: 50 },
    );
  });
});

describe('bad rows hold up no good ones', () => {
  test.each([
    ['1,Ann,2021-01-31\n', /^wrong number of cells: the row has 3 and the headings are 5; look for a comma/],
    ['1,Hay, Ann,2021-01-31,1,\n', /^wrong number of cells: the row has 6/],
    ['1,"Ann" Hay,2021-01-31,1,\n', /^quotation marks do not pair up/],
    ['1,"Ann\nHay" x,2021-01-31,1,\n', /the row runs from line 2 to 3/],
    ['1,An\0n,2021-01-31,1,\n', /^not text: it holds a NUL/],
    [`1,${'x'.repeat(100_001)},2021-01-31,1,\n`, /^too long: a cell has 100,001 characters/],
    [',Ann,2021-01-31,1,\n', /^missing: member_id is empty/],
    ['1,Ann,2021-01-31,200,\n', /^fee too high: at most 100.00$/],
    ['1,Ann,soon,-5,perhaps\n', /^not a date: .*\. Also fee negative: .*\. Also not yes or no: /],
  ])('%j', async (bad, expected) => {
    const { rows, rejects } = await readMembers(head + bad + good);
    expect(rows.map((row) => row.id)).toEqual(['007']);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]?.line).toBe(2);
    expect(rejects[0]?.reason).toMatch(expected);
  });

  test('a cell of exactly 100,000 characters is read', async () => {
    const { rows } = await readMembers(`${head}1,${'x'.repeat(100_000)},2021-01-31,1,\n`);
    expect(rows).toHaveLength(1);
  });

  test('an id seen twice: the first stays, each later one names its line', async () => {
    const { rows, rejects } = await readMembers(
      `${head}1,A,2021-01-31,1,\n2,B,2021-01-31,1,\n1,C,2021-01-31,1,\n1,D,2021-01-31,1,\n`,
    );
    expect(rows.map((row) => row.values.full_name)).toEqual(['A', 'B']);
    expect(rejects.map((each) => [each.line, each.reason.split(';')[0]])).toEqual([
      [4, 'duplicate id: 1 is already on line 2'],
      [5, 'duplicate id: 1 is already on line 2'],
    ]);
  });

  test('unknown columns, lines of commas, unknown files: said, not hidden', async () => {
    const { rows, warnings } = await readFiles({
      'members.csv': `member_id,full_name,joined_on,fee,shoe size,\n1,A,2021-01-31,1,44,\n,,,,,\n`,
      'notes.txt': 'hello',
      'other.csv': 'a\n1\n',
    });
    expect(rows).toHaveLength(1);
    expect(warnings).toEqual([
      'notes.txt is not a file this import knows; it was not read',
      'other.csv is not a file this import knows; it was not read',
      'members.csv: the column shoe size is not known and was not read',
      'members.csv: the column 6, which has no heading, is not known and was not read',
      'members.csv: 1 line has only empty cells and were passed over',
    ]);
  });

  test('a file of headings alone is read, and said to hold no rows', async () => {
    const { rows, warnings } = await readMembers(head);
    expect(rows).toEqual([]);
    expect(warnings).toEqual(['members.csv has headings and no rows']);
  });
});

describe('files that cannot be read as a whole', () => {
  test.each([
    ['', /^members.csv is empty. Its first line should be the headings: member_id,full_name/],
    ['\uFEFF', /is empty/],
    ['\n\n', /is empty/],
    [
      'member_id,full_name,active\n',
      /^members.csv has no column joined_on, fee. Its first line has: member_id, full_name, active/,
    ],
    ['member_id;full_name;joined_on;fee\n', /seem not to be divided by commas/],
    ['member_id,full_name,joined_on,fee,Fee\n', /has the heading Fee twice/],
    ['member_id,full_name,name,joined_on,fee\n', /two columns for full_name: full_name, name/],
    [head.replaceAll('\n', '\r') + good.replaceAll('\n', '\r'), /The headings of members.csv cannot be read/],
    [
      `${head + good}8,"Bob,2021-01-31,1,\n9,Cy,2021-01-31,1,\n`,
      /cannot be read from line 3 on: a quotation mark is never closed/,
    ],
  ])('%j', async (content, expected) => {
    expect(await problemOf(readMembers(content))).toMatch(expected);
  });

  test('a mark that is never closed does not take a large file into memory', async () => {
    const content = `${head + good}8,"${'and on\n'.repeat(1_500_000)}`;
    expect(await problemOf(readMembers(content))).toMatch(
      /from line 3 on: the row that begins here does not end/,
    );
  });

  test('Windows-1252, naming the line, also far into a file', async () => {
    const far = Buffer.from(
      head + Array.from({ length: 30_000 }, (_, n) => `${n},Zoë,2021-01-31,1,\n`).join(''),
    );
    const latin = Buffer.from('x,Zo\xEB,2021-01-31,1,\n', 'latin1');
    expect(await problemOf(readMembers(Buffer.concat([far, latin, far])))).toMatch(
      /^members.csv is not in UTF-8: line 30002 holds a letter.*Windows-1252. Save it again as "CSV UTF-8/,
    );
    expect(
      await problemOf(readMembers(Buffer.concat([Buffer.from(head), Buffer.from('1,Zo\xEB', 'latin1')]))),
    ).toMatch(/line 2/);
  });

  test('UTF-16', async () => {
    expect(await problemOf(readMembers(Buffer.from(`\uFEFF${head}`, 'utf16le')))).toMatch(/UTF-16/);
  });

  test('letters cut between two reads are whole', async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, n) => `${n},${'é€😀'.repeat(1 + (n % 3))},2021-01-31,1,\n`,
    );
    const read = await readMembers(head + rows.join(''));
    expect(read.rows).toHaveLength(40_000);
    expect(read.rows.every((row) => /^(é€😀)+$/u.test(String(row.values.full_name)))).toBe(true);
  });

  test('a missing folder, a missing file, two files for one resource', async () => {
    expect(await problemOf(readFolder('/nowhere/at all'))).toMatch(/no folder to import at/);
    expect(await problemOf(readFiles({ 'other.csv': 'a' }))).toMatch(
      /^The folder lacks members.csv. It holds other.csv/,
    );
    expect(await problemOf(readFiles({ 'members.csv': head, 'member-list.csv': head }))).toMatch(
      /^Both member-list.csv and members.csv/,
    );
  });
});

const described = (resources: unknown, more: object = {}) =>
  JSON.stringify({ name: 'club-2021', resources, ...more });
const one = { name: 'members', path: 'data.csv' };

describe('a package with a datapackage.json', () => {
  test('names its source and its files, which may be several for one resource', async () => {
    const { source, rows, rejects } = await readFiles({
      'datapackage.json': `\uFEFF${described([{ name: 'members', path: ['a.csv', 'b.csv'] }])}`,
      'a.csv': head + good,
      'b.csv': `${head}008,Bob,2021-01-31,1,\n007,Cy,2021-01-31,1,\n`,
    });
    expect(source).toBe('club-2021');
    expect(rows.map((row) => [row.file, row.line, row.id])).toEqual([
      ['a.csv', 2, '007'],
      ['b.csv', 2, '008'],
    ]);
    expect(rejects[0]?.reason).toMatch(/^duplicate id: 007 is already on line 2 of a.csv/);
  });

  test('its field types are honoured', async () => {
    const schema = {
      missingValues: ['', 'n/a'],
      fields: [
        { name: 'member_id', type: 'string', constraints: { maxLength: 3 } },
        { name: 'full_name', type: 'string' },
        { name: 'joined_on', type: 'date', format: '%d/%m/%Y' },
        { name: 'fee', type: 'number', decimalChar: ',', groupChar: '.', bareNumber: false },
        { name: 'active', type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] },
      ],
    };
    const { rows, rejects } = await readFiles({
      'datapackage.json': described([{ ...one, schema, dialect: { delimiter: ';' } }]),
      'data.csv':
        'member_id;full_name;joined_on;fee;active\n1;Hay, Ann;3/4/2021;EUR 12,50;ja\n2;B;31/4/2021;1;nein\n3;C;n/a;1;n/a\n4;D;2021-04-03;1.000 EUR;yes\n12345;E;3/4/2021;1;nein\n',
    });
    expect(rows.map((row) => row.values)).toEqual([
      {
        member_id: '1',
        full_name: 'Hay, Ann',
        joined_on: Temporal.PlainDate.from('2021-04-03'),
        fee: 1250n,
        active: true,
      },
    ]);
    expect(rejects.map((each) => each.reason.split(';')[0])).toEqual([
      'not a date: joined_on is "31/4/2021"',
      'missing: joined_on is "n/a"',
      'not a date: joined_on is "2021-04-03"',
      'too long: member_id is "12345"',
    ]);
    expect(rejects[2]?.reason).toContain('not yes or no: active is "yes"; use one of: ja, nein');
  });

  test.each<[string, RegExp]>([
    ['{', /datapackage.json is not valid JSON/],
    ['[]', /does not describe a data package/],
    ['{"resources":[]}', /does not describe a data package. Look at resources/],
    [described([{ name: 'members' }]), /gives no file for members/],
    [described([{ name: 'members', data: [] }]), /gives no file for members/],
    [described([{ ...one, path: 'gone.csv' }]), /names gone.csv, which is not in the folder/],
    [described([one, { ...one, name: 'Members' }]), /gives members twice/],
    [described([{ ...one, encoding: 'windows-1252' }]), /says members is in windows-1252/],
    [described([{ ...one, compression: 'gz' }]), /is compressed/],
    [described([{ ...one, dialect: { quoteChar: "'" } }]), /Look at resources.0.dialect/],
    [described([{ ...one, schema: { fields: [{ name: 'fee', type: 'money' }] } }]), /the type "money"/],
    [
      described([{ ...one, schema: { fields: [{ name: 'fee', type: 'date', format: '%d/%m/%y' }] } }]),
      /the date format/,
    ],
    [described([{ name: 'others', path: 'data.csv' }]), /^The folder lacks members.csv/],
    ...[
      '../data.csv',
      '/etc/passwd',
      'x/../../data.csv',
      'https://example.org/data.csv',
      'file:///etc/passwd',
      '..\\data.csv',
      'C:\\data.csv',
      '~/data.csv',
    ].map((path): [string, RegExp] => [described([{ ...one, path }]), /names a file outside its folder/]),
    [described([one, { name: 'unknown', path: '../x.csv' }]), /names a file outside its folder/],
    [described([{ ...one, schema: 'https://example.org/schema.json' }]), /names a file outside its folder/],
  ])('%s is refused', async (descriptor, expected) => {
    expect(await problemOf(readFiles({ 'datapackage.json': descriptor, 'data.csv': head + good }))).toMatch(
      expected,
    );
  });

  test('a link that leads out of the folder is refused', async () => {
    const outside = await folderOf({ 'secret.csv': head + good });
    const folder = await folderOf({ 'datapackage.json': described([one]) });
    await symlink(join(outside, 'secret.csv'), join(folder, 'data.csv'));
    expect(await problemOf(readFolder(folder))).toMatch(/outside its folder/);
  });

  test('a schema in a file of its own', async () => {
    const { rows } = await readFiles({
      'datapackage.json': described([{ ...one, schema: 'schema.json' }]),
      'schema.json': JSON.stringify({ fields: [{ name: 'joined_on', type: 'date', format: '%Y%m%d' }] }),
      'data.csv': `${head}1,A,20210131,1,\n`,
    });
    expect(String(rows[0]?.values.joined_on)).toBe('2021-01-31');
  });
});

test('200,000 rows stream: memory does not grow with the file', async () => {
  const folder = await folderOf({});
  const filler = 'a longish need in the words of somebody '.repeat(2);
  const lines = Array.from({ length: 200_000 }, (_, n) => `${n},${filler},2021-01-31,1,\n`);
  await writeFile(join(folder, 'members.csv'), head + lines.join(''));
  lines.length = 0;
  const steps: number[] = [];
  const pack = await readPackage(folder, [members], {
    progress: (each) => steps.push(each.bytes / each.totalBytes),
  });
  let count = 0;
  let most = 0;
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external;
  for await (const batch of pack.batches()) {
    count += batch.rows.length;
    if (count % 10_000 === 0) {
      const { heapUsed, external } = process.memoryUsage();
      most = Math.max(most, heapUsed + external - before);
    }
  }
  expect(count).toBe(200_000);
  // Held as rows it would be well over 100 MB. What is allowed is the ids and garbage not yet collected.
  expect(most).toBeLessThan(75_000_000);
  expect(steps.at(-1)).toBe(1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
}, 20_000);
