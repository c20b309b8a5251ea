import { may } from '../access/identity.ts';
import type { Area } from '../area.ts';
import { periodFrom } from '../measures/address.ts';
import type { Period } from '../measures/measure.ts';
import { notFound, Problem } from '../problem.ts';
import { form, type PageAnswer, type PageRequest } from '../web/page.ts';
import { type Built, buildReport, reportById } from './build.ts';
import type { Report, Words } from './declare.ts';
import {
  editAction,
  editionQuery,
  editionsQuery,
  historyQuery,
  publishAction,
  queries,
  type ReportsSetting,
  versionOfAll,
  wordsQuery,
} from './deeds.ts';
import type { ReportDocument } from './document.ts';
import { compareFrozen } from './frozen.ts';
import { editPage, HistoryPage } from './pages/edit.tsx';
import { ListPage } from './pages/list.tsx';
import { EditionPage, PublishPage } from './pages/published.tsx';
import { ReportPage } from './pages/report.tsx';
import { fileName } from './pages/words.ts';
import { printableHtml } from './printable.tsx';
import type { Version } from './store.ts';
import type { renderWord } from './word.ts';

export type { ReportsSetting } from './deeds.ts';

// Read when the first is made: starting does not wait for it.
const wordFile: typeof renderWord = async (...given) => (await import('./word.ts')).renderWord(...given);
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
// The id of a report holds dots, so the ending that asks for a file is taken off here and not by the router.
const ending = /\.(docx|html)$/;

interface Draft extends Built {
  versions: Version[];
}

/** The area of reports: each as a page, its words and their history, Word, publishing, and what was published. */
export function reportsArea(setting: ReportsSetting): Area {
  const edit = editAction(setting);
  const publish = publishAction(setting);
  const baseUrl = setting.publicUrl === undefined ? {} : { baseUrl: new URL(setting.publicUrl) };

  const asInput = (report: Report, { from, to }: Period) => ({
    report: report.id,
    from: from.toString(),
    to: to.toString(),
  });

  async function draftOf(request: PageRequest, report: Report, period: Period): Promise<Draft> {
    const versions = await request.ask(wordsQuery, asInput(report, period));
    const narrative = Object.fromEntries(versions.map(({ section, words }) => [section, words]));
    const built = await buildReport(report, period, {
      ...setting,
      narrative,
      now: request.now,
      status: 'draft',
    });
    return { ...built, versions };
  }

  const ofPath = ({
    params,
    today,
  }: PageRequest): { report: Report; period: Period; section: Words | undefined } => {
    const report = reportById(setting.reports, params.id ?? '');
    const period = periodFrom({ from: params.from, to: params.to }, report.period(today));
    return { report, period, section: report.words.find(({ id }) => id === params.section) };
  };

  async function download(
    document: ReportDocument,
    file: string,
    kind: string | undefined,
  ): Promise<PageAnswer> {
    return kind === 'html'
      ? {
          file: `${file}.html`,
          contentType: 'text/html; charset=utf-8',
          body: printableHtml(document, baseUrl),
        }
      : { file: `${file}.docx`, contentType: wordType, body: await wordFile(document, baseUrl) };
  }

  async function showReport(request: PageRequest): Promise<PageAnswer> {
    const name = request.params.id ?? '';
    const [, kind] = ending.exec(name) ?? [];
    const report = reportById(setting.reports, name.replace(ending, ''));
    let period = report.period(request.today);
    let problem: Problem | undefined;
    try {
      period = periodFrom(request.query, period);
    } catch (error) {
      if (!(error instanceof Problem) || kind !== undefined) throw error;
      problem = error;
    }
    const draft = await draftOf(request, report, period);
    if (kind !== undefined) return download(draft.document, fileName(report.id, period), kind);
    return ReportPage({
      request,
      report,
      period,
      ...draft,
      mayEdit: may(request.identity, setting.editors),
      problem,
    });
  }

  async function showEdit(request: PageRequest): Promise<PageAnswer> {
    const { report, period, section } = ofPath(request);
    if (section === undefined) throw notFound();
    const [draft, versions] = await Promise.all([
      draftOf(request, report, period),
      request.ask(historyQuery, { ...asInput(report, period), section: section.id }),
    ]);
    const older = versions.find(({ version }) => String(version) === request.query.use);
    return editPage({ request, report, section, period, latest: versions[0], older, quotes: draft.quotes });
  }

  async function showEdition(request: PageRequest): Promise<PageAnswer> {
    const name = request.params.edition ?? '';
    const found = await request.askOne(editionQuery, { edition: name.replace(ending, '') });
    const report = reportById(setting.reports, found.report);
    if (ending.test(name)) {
      return download(
        found.document,
        `${fileName(report.id, found)}-edition-${found.edition}`,
        ending.exec(name)?.[1],
      );
    }
    const now = await draftOf(request, report, found);
    const changes = compareFrozen(found.figures, now.figures);
    return EditionPage({ request, report, edition: found, document: found.document, changes });
  }

  const under = '/reports/:id/:from/:to';

  return {
    id: 'reports',
    title: 'Reports',
    nav: [
      {
        href: '/reports',
        text: 'Reports',
        place: 'more',
        who: 'anyone signed in',
        about: 'What goes to the committee: words, tables and figures in one place',
      },
    ],
    pages: [
      {
        path: '/reports',
        title: 'Reports',
        who: 'anyone signed in',
        show: async (request) =>
          ListPage({ request, reports: setting.reports, editions: await request.ask(editionsQuery, {}) }),
      },
      { path: '/reports/:id', title: 'A report', who: 'anyone signed in', show: showReport },
      {
        path: '/reports/:id/editions/:edition',
        title: 'A published report',
        who: 'anyone signed in',
        show: showEdition,
      },
      {
        path: `${under}/words/:section`,
        title: 'Write the words of a report',
        who: setting.editors,
        show: showEdit,
        forms: {
          form: form({
            action: edit,
            input: (fields, { id, from, to, section }) => ({ ...fields, report: id, from, to, section }),
            done: ({ report, from, to }) => ({
              to: `/reports/${report}?from=${from}&to=${to}`,
              notice: 'Your words are in the report.',
            }),
          }),
        },
      },
      {
        path: `${under}/history/:section`,
        title: 'Versions of the words of a report',
        who: 'anyone signed in',
        show: async (request) => {
          const { report, period: of, section } = ofPath(request);
          if (section === undefined) throw notFound();
          const versions = await request.ask(historyQuery, { ...asInput(report, of), section: section.id });
          const mayEdit = may(request.identity, setting.editors);
          return HistoryPage({ request, report, section, period: of, versions, mayEdit });
        },
      },
      {
        path: `${under}/publish`,
        title: 'Publish a report',
        who: setting.editors,
        show: async (request) => {
          const { report, period: of } = ofPath(request);
          const [versions, editions] = await Promise.all([
            request.ask(wordsQuery, asInput(report, of)),
            request.ask(editionsQuery, { report: report.id }),
          ]);
          return PublishPage({ request, report, period: of, version: versionOfAll(versions), editions });
        },
        forms: {
          form: form({
            action: publish,
            input: (_fields, { id, from, to }) => ({ report: id, from, to }),
            done: ({ report, id, edition }) => ({
              to: `/reports/${report}/editions/${id}`,
              notice: `Published as edition ${edition}. The figures are frozen.`,
            }),
          }),
        },
      },
    ],
    actions: [edit, publish],
    queries: [...queries],
  };
}
