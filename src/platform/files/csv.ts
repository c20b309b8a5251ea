import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** What a cell may be. Numbers and whole pence are written as they are; text is made safe for spreadsheets. */
export type CsvValue =
  | string
  | number
  | bigint
  | boolean
  | Temporal.PlainDate
  | Temporal.Instant
  | null
  | undefined;

/**
 * A spreadsheet runs text that begins with one of these as a formula (OWASP, "CSV injection"); the wide forms are what some
 * spreadsheets turn into the plain ones when they read the file.
 */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/;
const needsQuotes = /[",\r\n;]|^\s|\s$/;

/**
 * One cell of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets a leading apostrophe. Nothing
 * (null, undefined) is an empty cell. Never throws.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = formulaStart.test(value) ? `'${value}` : value;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file with its line end (CRLF, RFC 4180). A line of one empty cell is quoted, so that it is not blank. */
export function csvLine(cells: readonly CsvValue[]): string {
  const line = cells.map(csvCell).join(',');
  return `${line === '' && cells.length === 1 ? '""' : line}\r\n`;
}

/** A whole CSV document as text: the headings and then the rows. For small exports; `writeCsv` streams. */
export function csvText(headings: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  let text = csvLine(headings);
  for (const row of rows) text += csvLine(row);
  return text;
}

/**
 * Writes a CSV file row by row, UTF-8, readable only by its owner. The file appears under its name only when it is
 * complete, so that a run that fails half-way never leaves half a file. Throws what the file system throws.
 */
export async function writeCsv(
  path: string,
  headings: readonly string[],
  rows: Iterable<readonly CsvValue[]> | AsyncIterable<readonly CsvValue[]>,
): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    let waiting = csvLine(headings);
    for await (const row of rows) {
      waiting += csvLine(row);
      if (waiting.length > 65_536) {
        await file.write(waiting);
        waiting = '';
      }
    }
    await file.write(waiting);
    await file.close();
    await rename(unfinished, path);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(unfinished, { force: true });
    throw error;
  }
}
