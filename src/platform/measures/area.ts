import { type Identity, may } from '../access/identity.ts';
import type { Area } from '../area.ts';
import type { PageAnswer, PageRequest } from '../web/page.ts';
import { askedFrom } from './address.ts';
import { computeMeasure, type FiguresPool, wordingOf } from './compute.ts';
import { type Measure, measureById, rowsBehind } from './measure.ts';
import { ListPage, listed } from './pages/list.tsx';
import { measurePage } from './pages/measure.tsx';
import { RowsPage } from './pages/rows.tsx';
import { measureCsv, measureJson } from './present.ts';
import { rowsOnPage, rowsQuery } from './rows.ts';

/** What the pages of figures need from the rest of the system. */
export interface FiguresSetting {
  /** The areas that publish measures, in the order in which the list shows them. */
  areas: readonly Pick<Area, 'title' | 'measures'>[];
  pools: FiguresPool;
  /** The roles that may see small numbers. */
  seesSmallNumbers: readonly string[];
}

/** The measures of all these areas. */
const measuresOf = (areas: FiguresSetting['areas']): Measure[] =>
  areas.flatMap((area) => area.measures ?? []);

/** Whether somebody may see numbers below five. */
const seesSmall = (
  identity: Identity,
  { seesSmallNumbers }: Pick<FiguresSetting, 'seesSmallNumbers'>,
): boolean => may(identity, seesSmallNumbers);

/** The area of figures: the list, a page for each measure with its CSV and JSON, and the rows behind it. */
export function figuresArea(setting: FiguresSetting): Area {
  const measures = measuresOf(setting.areas);
  const rows = rowsQuery(measures);
  return {
    id: 'figures',
    title: 'Figures',
    nav: [
      {
        href: '/figures',
        text: 'Figures',
        place: 'more',
        who: 'anyone signed in',
        about: 'Every published number, what it means, and the rows behind it',
      },
    ],
    pages: [
      {
        path: '/figures',
        title: 'Figures',
        who: 'anyone signed in',
        show: async (request) => {
          const small = seesSmall(request.identity, setting);
          return ListPage({ request, ...(await listed(setting, request.query, request.today, small)) });
        },
      },
      {
        path: '/figures/:id',
        title: 'A figure',
        who: 'anyone signed in',
        show: (request) => measureAnswer(setting, measures, request),
      },
      {
        path: '/figures/:id/rows',
        title: 'The rows behind a figure',
        who: 'anyone signed in',
        show: async (request) => {
          const measure = measureById(measures, request.params.id ?? '');
          const asked = askedFrom(measure, request.query, request.today);
          const small = seesSmall(request.identity, setting);
          const [[behind], wording, found] = await Promise.all([
            computeMeasure(setting.pools, rowsBehind(measure), { ...asked, by: [] }, { small }),
            wordingOf(setting.pools, measure),
            request.ask(rows, { ...request.query, measure: measure.id }),
          ]);
          const page = Math.max(1, Number(request.query.page ?? 1) || 1);
          return RowsPage({ request, measure, asked, wording, behind, found, page, most: rowsOnPage });
        },
      },
    ],
    actions: [],
    queries: [rows],
  };
}

// The id of a measure holds dots, so the ending that asks for a file is taken off here and not by the router.
const ending = /\.(csv|json)$/;

async function measureAnswer(
  setting: FiguresSetting,
  measures: readonly Measure[],
  request: PageRequest,
): Promise<PageAnswer> {
  const name = request.params.id ?? '';
  const [, form] = ending.exec(name) ?? [];
  const measure = measureById(measures, name.replace(ending, ''));
  const small = seesSmall(request.identity, setting);
  if (form !== undefined) {
    const asked = askedFrom(measure, request.query, request.today);
    const cells = await computeMeasure(setting.pools, measure, asked, { small });
    const file = `${measure.id}.${form}`;
    return form === 'csv'
      ? { file, contentType: 'text/csv; charset=utf-8', body: measureCsv(measure, asked, cells) }
      : {
          file,
          contentType: 'application/json',
          body: JSON.stringify(measureJson(measure, asked, cells), null, 2),
        };
  }
  return measurePage({ request, setting, measure, small });
}
