import { writeCsv } from '../files/csv.ts';
import { Problem } from '../problem.ts';
import type { Reject } from './resource.ts';

/**
 * Writes the refused rows as CSV with the columns file, line, id, reason, safe to open in a spreadsheet. An earlier file of
 * that name is replaced, also when nothing was refused: an old list must not pass for the new one. Throws a `Problem` when
 * the file cannot be written.
 */
export async function writeRejects(path: string, rejects: readonly Reject[]): Promise<void> {
  const rows = rejects.map((each) => [each.file, each.line, each.id, each.reason]);
  try {
    await writeCsv(path, ['file', 'line', 'id', 'reason'], rows);
  } catch (cause) {
    throw new Problem(422, 'import-rejects', `The list of refused rows cannot be written to ${path}`, {
      detail: 'Choose a folder that exists and that you may write in. Nothing was imported.',
      cause,
    });
  }
}
