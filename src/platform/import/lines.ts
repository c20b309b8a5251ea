import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../problem.ts';

/** One record of a CSV file. `line` is the physical line it begins on, `lastLine` the one it ends on, both from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
  readonly lastLine: number;
  /** Why the record cannot be trusted, when its quotation marks do not pair up as RFC 4180 asks. */
  readonly broken: boolean;
  /** Whether it holds a NUL, an invisible zero that no text may hold. */
  readonly nul: boolean;
}

/** Longest record in characters. A quotation mark that is never closed must not swallow a file of gigabytes into memory. */
const longestRecord = 8_000_000;

const newline = 10;

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

/** How many bytes of `bytes` end on a whole character: a character of two to four bytes may be cut at the end of a chunk. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function notUtf8(file: string, bytes: Buffer, firstLine: number): Problem {
  let line = firstLine;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(newline, from);
    const one = bytes.subarray(from, end === -1 ? bytes.length : end);
    if (!isUtf8(one)) break;
    if (end === -1) break;
    from = end + 1;
  }
  return new Problem(
    422,
    'import-not-utf8',
    `${file} is not in UTF-8: line ${line} holds a letter in another encoding`,
    {
      detail:
        'It looks like Windows-1252. Save it again as "CSV UTF-8 (comma delimited)" and import that file.',
    },
  );
}

/** Passes the file on without its byte order mark, and stops at the first byte that is not UTF-8, naming its line. */
async function* utf8Only(
  path: string,
  file: string,
  onBytes: (count: number) => void,
): AsyncGenerator<Buffer> {
  let carried: Buffer = Buffer.alloc(0);
  let line = 1;
  let first = true;
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    let bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
    if (first) {
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
        throw new Problem(422, 'import-not-utf8', `${file} is in UTF-16, not UTF-8: see line 1`, {
          detail: 'Save it again as "CSV UTF-8 (comma delimited)" and import that file.',
        });
      }
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
      first = false;
    }
    const whole = wholeCharacters(bytes);
    const part = bytes.subarray(0, whole);
    if (!isUtf8(part)) throw notUtf8(file, part, line);
    carried = bytes.subarray(whole);
    line += countLines(part);
    if (part.length > 0) yield part;
  }
  if (carried.length > 0) throw notUtf8(file, carried, line);
}

/**
 * Whether the quotation marks of a record pair up. A mark inside a cell that does not begin with one is let stand (5" nail):
 * there is only one way to read it. A cell that begins with a mark must end with one.
 */
function quotesPair(raw: string, delimiter: string): boolean {
  if (!raw.includes('"')) return true;
  const text = raw.replace(/\r?\n?$/, '');
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
      if (close === -1) return false;
      at = close + 1;
      if (at < text.length && text[at] !== delimiter) return false;
    } else {
      const next = text.indexOf(delimiter, at);
      if (next === -1) return true;
      at = next;
    }
    at += 1;
  }
  return true;
}

/**
 * The records of a CSV file (RFC 4180; LF or CRLF; UTF-8 with or without a byte order mark), streamed: memory does not grow
 * with the file. Blank lines come as one empty cell. Throws a `Problem` naming file and line when the file is not UTF-8, when
 * a quotation mark is never closed, or when a record is too long to be one.
 */
export async function* csvRecords(
  path: string,
  file: string,
  options: { delimiter?: string; onBytes?: (count: number) => void } = {},
): AsyncGenerator<CsvRecord> {
  const delimiter = options.delimiter ?? ',';
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    raw: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: longestRecord,
  });
  // The error reaches the loop below through the parser, which pipeline destroys with it.
  pipeline(Readable.from(utf8Only(path, file, options.onBytes ?? (() => {}))), parser, () => {});
  let line = 1;
  try {
    for await (const { record, raw } of parser as AsyncIterable<{ record: string[]; raw: string }>) {
      // Lines are counted here, not by the parser: it counts CRLF inside quotation marks twice.
      let lastLine = line;
      for (const cell of record) {
        for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) lastLine += 1;
      }
      yield { cells: record, line, lastLine, broken: !quotesPair(raw, delimiter), nul: raw.includes('\0') };
      line = lastLine + 1;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const what =
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? 'the row that begins here does not end'
        : 'a quotation mark is never closed';
    throw new Problem(422, 'import-broken-file', `${file} cannot be read from line ${line} on: ${what}`, {
      detail: 'Look for a " on that line without its pair. Mend it and import again; nothing was written.',
      cause: error,
    });
  }
}
