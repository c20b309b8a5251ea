import type { ImportSummary } from './run.ts';

const count = (number: number) => number.toLocaleString('en-GB');

/** Columns side by side: the first to the left, the others to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  '),
  );
}

function outcome(summary: ImportSummary): string {
  const kinds = Object.entries(summary.written)
    .map(([kind, number]) => `${count(number)} ${kind}`)
    .join(', ');
  const nothing = summary.accepted === 0;
  if (summary.dry) {
    const would = nothing ? 'Nothing is new.' : `It would write: ${kinds}.`;
    return `${would}\nThis was a dry run: nothing was written. Run it again with --commit to write it.`;
  }
  return nothing ? 'Nothing was new, so nothing was written.' : `Written: ${kinds}.`;
}

/** What an import did, as plain text for a terminal. No personal data: reasons are counted by their first phrase. */
export function summaryText(summary: ImportSummary): string {
  const total = { file: 'in all', ...summary };
  const table = columns([
    ['', 'read', summary.dry ? 'would be written' : 'written', 'unchanged', 'refused', 'waiting'],
    ...[...summary.files, total].map((each) => [
      each.file,
      ...[each.read, each.accepted, each.unchanged, each.rejected, each.heldBack].map(count),
    ]),
  ]);
  const phrases = new Map<string, number>();
  for (const { reason } of summary.rejects) {
    const phrase = reason.split(':')[0] ?? reason;
    phrases.set(phrase, (phrases.get(phrase) ?? 0) + 1);
  }
  const lines = [`${summary.title}, from the source "${summary.source}"`, '', ...table, ''];
  if (phrases.size > 0) {
    lines.push('Refused:', ...[...phrases].map(([phrase, number]) => `  ${count(number)}  ${phrase}`));
    if (summary.rejectsPath) lines.push(`Each with its line and what to do: ${summary.rejectsPath}`);
    lines.push('');
  }
  if (summary.warnings.length > 0)
    lines.push('Please note:', ...summary.warnings.map((each) => `  ${each}`), '');
  return [...lines, outcome(summary), ''].join('\n');
}
