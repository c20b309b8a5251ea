import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { measures, reports } from '../app.ts';
import { readPublished, reconcile, reconcileJson, reconcileTable } from '../partnership/reconcile.ts';
import { transaction } from '../platform/database/transaction.ts';
import { computeMeasure, wordingOf } from '../platform/measures/compute.ts';
import { type Asked, measureById } from '../platform/measures/measure.ts';
import { measureCsv, measureJson, measureTable } from '../platform/measures/present.ts';
import { Problem } from '../platform/problem.ts';
import { buildReport, reportById } from '../platform/reports/build.ts';
import { reportToJson } from '../platform/reports/document.ts';
import { printableHtml } from '../platform/reports/printable.tsx';
import { wordsOf } from '../platform/reports/store.ts';
import { renderWord } from '../platform/reports/word.ts';
import { type CommandContext, dayOption, fromHere, now, today } from './context.ts';
import { withInstallation } from './open.ts';

interface MeasureOptions {
  from?: string;
  to?: string;
  on?: string;
  by: string[];
  only: string[];
  format: string;
  suppress?: boolean;
}

const several = (value: string, before: string[]) => [
  ...before,
  ...value.split(',').filter((each) => each !== ''),
];

const formats = (given: string, known: readonly string[]): string => {
  if (known.includes(given)) return given;
  throw new Problem(422, 'unknown-format', `There is no format called "${given}"`, {
    detail: `The formats are: ${known.join(', ')}.`,
  });
};

/** What is asked of a measure. Without days: the current financial year (1 April to 31 March), or today. */
function askedOf(options: MeasureOptions, kind: 'during' | 'on'): Asked {
  const [from, to, on] = [
    dayOption('--from', options.from),
    dayOption('--to', options.to),
    dayOption('--on', options.on),
  ];
  const now = today();
  const april = Temporal.PlainDate.from({ year: now.month >= 4 ? now.year : now.year - 1, month: 4, day: 1 });
  const only = Object.fromEntries(
    options.only.map((each) => {
      const [name, ...value] = each.split('=');
      if (name === undefined || value.length === 0) {
        throw new Problem(422, 'bad-only', `--only is "${each}"`, {
          detail: 'Write it like --only service=education',
        });
      }
      return [name, value.join('=')];
    }),
  );
  const onDay = on !== undefined || (kind === 'on' && from === undefined && to === undefined);
  return {
    when: onDay ? { on: on ?? now } : { during: { from: from ?? april, to: to ?? now } },
    by: options.by,
    only,
  };
}

export function figuresCommands(program: Command, context: CommandContext): void {
  program
    .command('measure [id]')
    .description('compute a measure; without an id, list them')
    .option('--from <day>', 'first day of the period')
    .option('--to <day>', 'last day of the period')
    .option('--on <day>', 'the day on which it is taken')
    .option('--by <dimension>', 'split by; may be given several times, or with commas', several, [])
    .option(
      '--only <dimension=value>',
      'count only these; may be given several times',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option('--suppress', 'hide small numbers, as readers without the right to them see it')
    .option('--format <format>', 'table, json or csv', 'table')
    .action(async (id: string | undefined, options: MeasureOptions) => {
      const format = formats(options.format, ['table', 'json', 'csv']);
      if (id === undefined) {
        context.print(
          format === 'json'
            ? JSON.stringify(
                measures.map(({ id, title, definition, unit, kind }) => ({
                  id,
                  title,
                  definition,
                  unit,
                  kind,
                })),
              )
            : measures.map((measure) => `${measure.id.padEnd(40)} ${measure.title}`).join('\n'),
        );
        return;
      }
      const measure = measureById(measures, id);
      const asked = askedOf(options, measure.kind);
      await withInstallation(context, async ({ pools }) => {
        const cells = await computeMeasure(pools, measure, asked, { small: options.suppress !== true });
        if (format === 'json') context.print(JSON.stringify(measureJson(measure, asked, cells)));
        else if (format === 'csv') context.print(measureCsv(measure, asked, cells));
        else context.print(measureTable(measure, asked, cells, await wordingOf(pools, measure)));
      });
    });

  program
    .command('report <id>')
    .description('make a report: a Word document, a page or JSON, by the ending of the file')
    .requiredOption('--from <day>', 'first day of the period')
    .requiredOption('--to <day>', 'last day of the period')
    .requiredOption('--out <file>', 'FILE.docx, FILE.html or FILE.json')
    .action(async (id: string, options: { from: string; to: string; out: string }) => {
      const file = fromHere(options.out);
      const ending = formats(file.split('.').at(-1) ?? '', ['docx', 'html', 'json']);
      const report = reportById(reports, id);
      const [from, to] = [dayOption('--from', options.from), dayOption('--to', options.to)];
      if (from === undefined || to === undefined || Temporal.PlainDate.compare(from, to) > 0) {
        throw new Problem(422, 'period-backwards', 'The period ends before it begins', {
          detail: 'Swap the two dates.',
        });
      }
      await withInstallation(context, async ({ pools, settings }) => {
        const period = { from, to };
        const narrative = await transaction(pools.owner, [], (rows) => wordsOf(rows, report.id, period));
        const { document } = await buildReport(report, period, {
          pools,
          narrative,
          council: settings.partnership,
          now: now(),
          status: 'draft',
        });
        const baseUrl = new URL(settings.publicUrl);
        const content =
          ending === 'docx'
            ? await renderWord(document, { baseUrl })
            : ending === 'html'
              ? printableHtml(document, { baseUrl })
              : JSON.stringify(reportToJson(document), null, 2);
        await writeFile(file, content).catch((error: unknown) => {
          throw new Problem(500, 'cannot-write', `The report cannot be written to ${file}`, {
            detail: 'Choose a folder that exists and is writable.',
            cause: error,
          });
        });
        context.print(`Wrote ${file}`);
      });
    });

  program
    .command('reconcile')
    .description('compare every published figure that a measure covers with what the records give')
    .option('--format <format>', 'table or json', 'table')
    .action(async (options: { format: string }) => {
      const format = formats(options.format, ['table', 'json']);
      await withInstallation(context, async ({ pools }) => {
        const rows = await reconcile({ measures, pools }, await readPublished());
        context.print(format === 'json' ? JSON.stringify(reconcileJson(rows)) : reconcileTable(rows));
      });
    });
}
