import { z } from 'zod';
import { action, query } from '../actions/declare.ts';
import { day, id, text } from '../actions/fields.ts';
import type { Rows } from '../database/rows.ts';
import type { FiguresPool } from '../measures/compute.ts';
import type { Period } from '../measures/measure.ts';
import { changedMeanwhile, invalid, Problem } from '../problem.ts';
import { buildReport, reportById } from './build.ts';
import type { Report } from './declare.ts';
import {
  editionSchema,
  editions,
  keepWords,
  latestWords,
  publishEdition,
  versionSchema,
  versionsOf,
  wholeEdition,
  wholeEditionSchema,
  wordsOf,
} from './store.ts';

/** What the pages, actions and queries of reports need from the rest of the system. */
export interface ReportsSetting {
  reports: readonly Report[];
  pools: FiguresPool;
  /** The council or partnership whose reports these are, for the head. */
  council: string;
  /** The roles that write and publish reports. */
  editors: readonly string[];
  /** The address of the site, so that links in a Word document lead back to the figures. */
  publicUrl?: string | undefined;
}

const about = 'nobody';
const periodFields = {
  report: z.string({ error: 'Say which report, by its id' }),
  from: day('Enter the first day of the period'),
  to: day('Enter the last day of the period'),
};

const periodOf = ({ from, to }: Period): Period => {
  if (Temporal.PlainDate.compare(from, to) > 0)
    throw invalid({ to: 'The last day is before the first: swap the two dates' });
  return { from, to };
};

/** The version of all words of a period together: it grows with every edit. */
export const versionOfAll = (versions: readonly { version: number }[]): number =>
  versions.reduce((sum, { version }) => sum + version, 1);

export const wordsQuery = query({
  name: 'reports.words',
  title: 'See the words that people wrote for a report, the newest version of each section',
  who: 'anyone signed in',
  about,
  input: z.object(periodFields),
  row: versionSchema,
  sql: ({ report, ...period }) => latestWords(report, periodOf(period)),
});

export const historyQuery = query({
  name: 'reports.history',
  title: 'See every version of the words of one section',
  who: 'anyone signed in',
  about,
  input: z.object({ ...periodFields, section: z.string({ error: 'Say which section' }) }),
  row: versionSchema,
  sql: ({ report, section, ...period }) => versionsOf(report, periodOf(period), section),
});

export const editionsQuery = query({
  name: 'reports.editions',
  title: 'See published editions of reports, newest first',
  who: 'anyone signed in',
  about,
  input: z.object({ report: z.string().optional() }),
  row: editionSchema,
  sql: ({ report }) => editions(report),
});

export const editionQuery = query({
  name: 'reports.edition',
  title: 'See one published edition, as it was frozen',
  who: 'anyone signed in',
  about,
  input: z.object({ edition: id('Say which edition') }),
  row: wholeEditionSchema,
  sql: ({ edition }) => wholeEdition(edition),
});

export const queries = [wordsQuery, historyQuery, editionsQuery, editionQuery];

/** Writes the words of one section of a report as a new version. */
export const editAction = (setting: ReportsSetting) =>
  action({
    name: 'reports.edit',
    title: 'Write the words of a section of a report',
    who: setting.editors,
    about,
    input: z.object({
      ...periodFields,
      section: z.string({ error: 'Say which section' }),
      words: text(50_000, 'Write something. If there is nothing to say, write None'),
      version: z.coerce.number({ error: 'Give the version that you read' }).int().min(0),
    }),
    refusals: { narrative_version: changedMeanwhile },
    run: async ({ rows, identity, now }, { report: name, section, words, version, ...dates }) => {
      const report = reportById(setting.reports, name);
      const period = periodOf(dates);
      if (!report.words.some((each) => each.id === section)) {
        throw new Problem(404, 'no-such-section', 'There is no such section in this report', {
          detail: `The sections are: ${report.words.map((each) => each.id).join(', ')}.`,
        });
      }
      const narrative = { ...(await wordsOf(rows, report.id, period)), [section]: words };
      await checked(report, period, narrative, setting, now);
      const by = identity.account;
      const kept = await rows.run(keepWords(report.id, period, { section, version, words, by }));
      if (kept === 0) throw changedMeanwhile();
      return { about: [], report: report.id, from: period.from.toString(), to: period.to.toString() };
    },
  });

/** Builds the report with the new words, so that words which break it are refused with the reason beside the field. */
async function checked(
  report: Report,
  period: Period,
  narrative: Readonly<Record<string, string>>,
  setting: ReportsSetting,
  now: Temporal.Instant,
): Promise<void> {
  try {
    await buildReport(report, period, { ...setting, narrative, now, status: 'draft' });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw invalid({ words: [error.message, error.detail].filter((part) => part !== undefined).join('. ') });
  }
}

async function allVersions(rows: Rows, report: string, period: Period): Promise<number> {
  return versionOfAll(await rows.rows(versionSchema, latestWords(report, period)));
}

/** Freezes the report, figures and words, as its next edition. */
export const publishAction = (setting: ReportsSetting) =>
  action({
    name: 'reports.publish',
    title: 'Publish a report: freeze its figures and words as a new edition',
    who: setting.editors,
    about,
    input: z.object({
      ...periodFields,
      version: z.coerce.number({ error: 'Give the version that you read' }).int().min(1),
    }),
    refusals: { publication_edition: changedMeanwhile },
    run: async ({ rows, identity, now }, { report: name, version, ...dates }) => {
      const report = reportById(setting.reports, name);
      const period = periodOf(dates);
      // Nobody publishes words that they have not seen.
      if ((await allVersions(rows, report.id, period)) !== version) throw changedMeanwhile();
      const narrative = await wordsOf(rows, report.id, period);
      const built = await buildReport(report, period, { ...setting, narrative, now, status: 'published' });
      const [made] = await rows.many<{ id: string; edition: number }>(
        publishEdition(report.id, { ...built, by: identity.account }),
      );
      if (made === undefined) throw changedMeanwhile();
      return { about: [], report: report.id, id: made.id, edition: made.edition };
    },
  });
