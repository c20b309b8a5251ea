import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measures } from '../src/app.ts';
import { named, namedSubjects } from '../src/partnership/reconcile/named.ts';
import { readPublished } from '../src/partnership/reconcile.ts';
import { matchings } from '../src/partnership/reconcile-map.ts';
import { tableOf } from './documentation.ts';

// Every published figure is answered by a measure or named with why not: a figure that is neither fails here.

const published = await readPublished();
const matched = new Set(matchings.map(({ figure }) => figure));
const file = join(import.meta.dirname, '../docs/figures.md');

const whyNot = (id: string, subject: string): string | undefined => named[id] ?? namedSubjects[subject];

test('every published figure is matched or named, and none is both', () => {
  const neither = published.figures.filter(
    ({ id, subject }) => !matched.has(id) && whyNot(id, subject) === undefined,
  );
  expect(neither.map(({ id }) => id)).toEqual([]);
  const both = published.figures.filter(
    ({ id, subject }) => matched.has(id) && whyNot(id, subject) !== undefined,
  );
  expect(both.map(({ id }) => id)).toEqual([]);
});

test('of a figure that is matched every number of its table is', () => {
  const cells = new Set(
    matchings.flatMap(({ figure, cell }) =>
      cell === undefined ? [] : [`${figure}, ${cell.row}, ${cell.column}`],
    ),
  );
  const missing = published.figures.flatMap(({ id, table }) =>
    !matched.has(id) || table === undefined
      ? []
      : table.rows.flatMap(([row, ...values]) =>
          values.flatMap((value, at) => {
            const cell = `${id}, ${row}, ${table.columns[at + 1]}`;
            return typeof value === 'number' && !cells.has(cell) ? [cell] : [];
          }),
        ),
  );
  expect(missing).toEqual([]);
});

test('what is named is published, and what is matched has its measure', () => {
  const ids = new Set(published.figures.map(({ id }) => id));
  const subjects = new Set(published.figures.map(({ subject }) => subject));
  expect([...matched, ...Object.keys(named)].filter((id) => !ids.has(id))).toEqual([]);
  expect(Object.keys(namedSubjects).filter((subject) => !subjects.has(subject))).toEqual([]);
  const known = new Set(measures.map(({ id }) => id));
  expect(matchings.filter(({ measure }) => !known.has(measure))).toEqual([]);
});

/** The page of published figures: by subject, what answers each, or why nothing does. */
function page(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const rows = published.figures.map(({ id, subject, source, paragraph, label }) => {
    const by = [
      ...new Set(matchings.filter(({ figure }) => figure === id).map(({ measure }) => `\`${measure}\``)),
    ];
    const how = by.length > 0 ? by.join(', ') : (whyNot(id, subject) ?? '');
    return { subject, cells: [cell(label), `${source} ${cell(paragraph)}`, how] };
  });
  const subjects = [...new Set(rows.map(({ subject }) => subject))].toSorted();
  return [
    '# Published figures',
    '',
    'What answers each figure of `data/published-figures.json`: the measures that `kith reconcile` sets beside it, or why no measure of',
    'records can. The matchings are in `src/partnership/reconcile/`; a test makes this page from them, and fails where a figure is neither',
    'matched nor named: `UPDATE_FIGURES=1 npx vitest run tests/published-figures.test.ts`.',
    '',
    `${matched.size} of ${rows.length} figures are matched, by ${matchings.length} numbers.`,
    ...subjects.flatMap((subject) => [
      '',
      `## ${subject}`,
      '',
      tableOf([
        ['Figure', 'Paper', 'Answered by, or why not'],
        ...rows.filter((row) => row.subject === subject).map(({ cells }) => cells),
      ]),
    ]),
    '',
  ].join('\n');
}

test('the page in the documentation says the same', async () => {
  if (process.env.UPDATE_FIGURES === '1') await writeFile(file, page());
  expect(await readFile(file, 'utf8')).toBe(page());
});
