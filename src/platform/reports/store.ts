import sql, { type Sql } from 'sql-template-tag';
import { z } from 'zod';
import type { Rows } from '../database/rows.ts';
import type { Period } from '../measures/measure.ts';
import { type ReportDocument, reportFromJson, reportToJson } from './document.ts';
import { type FrozenFigure, frozenFigureSchema } from './frozen.ts';

const day = z.instanceof(Temporal.PlainDate);
const moment = z.instanceof(Temporal.Instant);

/** One version of the words of a section. */
export const versionSchema = z.object({
  section: z.string(),
  version: z.number(),
  words: z.string(),
  editedBy: z.string(),
  editedAt: moment,
});
export type Version = z.output<typeof versionSchema>;

const versionColumns = sql`n.section_id as section, n.version, n.words, a.name as "editedBy", n.edited_at as "editedAt"
  from reports.narrative n join access.account a on a.id = n.edited_by`;

const ofPeriod = (report: string, { from, to }: Period): Sql =>
  sql`report_id = ${report} and from_day = ${from} and to_day = ${to}`;

/** The newest version of each section that somebody has written. */
export const latestWords = (report: string, period: Period): Sql =>
  sql`select distinct on (n.section_id) ${versionColumns} where ${ofPeriod(report, period)} order by n.section_id, n.version desc`;

/** Every version of one section, newest first. */
export const versionsOf = (report: string, period: Period, section: string): Sql =>
  sql`select ${versionColumns} where ${ofPeriod(report, period)} and n.section_id = ${section} order by n.version desc`;

/** The words of each section as last written, by section: for making the report outside a page. */
export async function wordsOf(rows: Rows, report: string, period: Period): Promise<Record<string, string>> {
  const versions = await rows.rows(
    z.object({ section: z.string(), words: z.string() }),
    sql`select distinct on (section_id) section_id as section, words from reports.narrative
        where ${ofPeriod(report, period)} order by section_id, version desc`,
  );
  return Object.fromEntries(versions.map(({ section, words }) => [section, words]));
}

/** Keeps a new version if `version` is still the newest; answers how many rows were written. */
export const keepWords = (
  report: string,
  period: Period,
  edit: { section: string; version: number; words: string; by: string },
): Sql => sql`
  insert into reports.narrative (report_id, from_day, to_day, section_id, version, words, edited_by)
  select ${report}, ${period.from}, ${period.to}, ${edit.section}, ${edit.version}::int + 1, ${edit.words}, ${edit.by}::uuid
   where ${edit.version}::int = (select coalesce(max(version), 0) from reports.narrative
                                  where ${ofPeriod(report, period)} and section_id = ${edit.section})`;

/** A published edition in a list. */
export const editionSchema = z.object({
  id: z.uuid(),
  report: z.string(),
  from: day,
  to: day,
  edition: z.number(),
  asAt: moment,
  publishedBy: z.string(),
});
export type Edition = z.output<typeof editionSchema>;

const editionColumns = sql`p.id, p.report_id as report, p.from_day as "from", p.to_day as "to", p.edition, p.as_at as "asAt",
  a.name as "publishedBy"`;

/** Every published edition, newest first; of one report if it is given. */
export const editions = (report: string | undefined): Sql => sql`
  select ${editionColumns} from reports.publication p join access.account a on a.id = p.published_by
  where ${report ?? null}::text is null or p.report_id = ${report ?? null} order by p.as_at desc limit 200`;

/** One published edition, as it was frozen. */
export const wholeEditionSchema = editionSchema.extend({
  document: z.unknown().transform((stored): ReportDocument => reportFromJson(stored)),
  figures: z.array(frozenFigureSchema),
});

export const wholeEdition = (id: string): Sql => sql`
  select ${editionColumns}, p.document, p.figures
    from reports.publication p join access.account a on a.id = p.published_by where p.id = ${id}::uuid`;

/** Freezes a report as the next edition of its period; answers the edition's id and number. */
export const publishEdition = (
  report: string,
  { document, figures, by }: { document: ReportDocument; figures: readonly FrozenFigure[]; by: string },
): Sql => sql`
  insert into reports.publication (report_id, from_day, to_day, edition, document, figures, as_at, published_by)
  select ${report}, ${document.period.from}, ${document.period.to},
    (select coalesce(max(edition), 0) + 1 from reports.publication where ${ofPeriod(report, document.period)}),
    ${JSON.stringify(reportToJson(document))}::jsonb, ${JSON.stringify(figures)}::jsonb, ${document.asAt}, ${by}::uuid
  returning id, edition`;
