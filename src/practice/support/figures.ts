import { computeMeasure, computeTogether, type FiguresPool } from '../../platform/measures/compute.ts';
import { type Cell, type Measure, measureById, type When } from '../../platform/measures/measure.ts';
import { cellText, hiddenText } from '../../platform/measures/present.ts';
import { measures } from './measures.ts';
import type { Programme } from './programme.ts';

// The figures of one programme: this financial year so far. pages/figures.tsx draws them.

export interface ToolFigure {
  tool: string;
  first: string;
  without: string;
  change: string;
}

export interface ProgrammeFigures {
  from: Temporal.PlainDate;
  figures: { measure: Measure; when: When; value: string }[];
  tools: ToolFigure[];
  answers: { question: string; answer: string; value: string }[];
}

/** Which measures a programme publishes; what is asked, what waits and readings without a second are always shown. */
function measuresOf(programme: Programme): readonly Measure[] {
  const wanted = new Set<string>([
    'requests',
    'unclaimed',
    'days-to-answer',
    'days-waited',
    ...programme.measures,
  ]);
  return measures.filter(
    ({ id }) =>
      wanted.has(id.replace('support.', '')) && !id.startsWith('support.change') && id !== 'support.answers',
  );
}

/** The financial year in which a day is, up to that day. */
function yearSoFar(today: Temporal.PlainDate): { from: Temporal.PlainDate; to: Temporal.PlainDate } {
  const begins = Temporal.PlainDate.from({ year: today.year, month: 4, day: 1 });
  const from = Temporal.PlainDate.compare(today, begins) < 0 ? begins.subtract({ years: 1 }) : begins;
  return { from, to: today };
}

const byId = (id: string): Measure | undefined => measures.find((each) => each.id === id);

async function toolFigures(
  pools: FiguresPool,
  programme: Programme,
  when: When,
  small: boolean,
): Promise<ToolFigure[]> {
  const asked = { when, by: ['tool'], only: { programme: programme.id } };
  const counted = async (...ids: string[]): Promise<[Measure, Cell[]][]> => {
    const these = ids.map((id) => measureById(measures, `support.${id}`));
    const cells = await computeTogether(pools, these, asked, { small });
    return these.map((measure, index) => [measure, cells[index] ?? []]);
  };
  // The mean and both ends of its interval are counted over the same readings.
  const [[first], [without], [change, from, to]] = await Promise.all([
    counted('first-readings'),
    counted('no-second-reading'),
    counted('change', 'change-from', 'change-to'),
  ]);
  const of = (found: [Measure, Cell[]] | undefined, tool: string, otherwise: string): string => {
    const cell = found?.[1].find(({ at }) => at.tool === tool);
    return found === undefined || cell === undefined ? otherwise : cellText(found[0].unit, cell);
  };
  return programme.tools.map(({ id, title }) => ({
    tool: title,
    first: of(first, id, '0'),
    without: of(without, id, '0'),
    change: changeText(of(change, id, ''), of(from, id, '–'), of(to, id, '–')),
  }));
}

/** What was answered to the programme's own questions, and their numbers added up; the questions as the file has them now. */
async function answerFigures(pools: FiguresPool, programme: Programme, when: When, small: boolean) {
  const cells = async (id: string, by: readonly string[]) => {
    const measure = byId(id);
    const asked = { when, by, only: { programme: programme.id } };
    return measure === undefined
      ? []
      : (await computeMeasure(pools, measure, asked, { small })).map((cell) => ({
          at: cell.at,
          value: cellText(measure.unit, cell),
        }));
  };
  const asks = (counted: boolean) => programme.questions.some(({ kind }) => (kind === 'number') === counted);
  const [chosen, sums] = await Promise.all([
    asks(false) ? cells('support.answers', ['question', 'answer']) : [],
    asks(true) ? cells('support.sums', ['question']) : [],
  ]);
  return programme.questions.flatMap(({ id, title, kind, choices }) => {
    const question = `${programme.id}/${id}`;
    if (kind === 'number')
      return sums
        .filter(({ at }) => at.question === question)
        .map(({ value }) => ({ question: title, answer: 'In all', value }));
    const possible =
      kind === 'yes or no'
        ? [
            { id: 'yes', title: 'Yes' },
            { id: 'no', title: 'No' },
          ]
        : choices;
    return possible.flatMap((choice) =>
      chosen
        .filter(({ at }) => at.answer === `${question}/${choice.id}`)
        .map(({ value }) => ({ question: title, answer: choice.title, value })),
    );
  });
}

/** A mean change with its interval; without one where it is hidden, or where there is none. */
const changeText = (mean: string, from: string, to: string): string =>
  mean === ''
    ? 'No second readings yet'
    : [mean, from, to].includes(hiddenText)
      ? hiddenText
      : `${mean} (between ${from} and ${to})`;

/** Counts the figures of a programme. Small numbers are hidden unless `small` says that the reader may see them. */
export async function countFigures(
  pools: FiguresPool,
  programme: Programme,
  today: Temporal.PlainDate,
  small: boolean,
): Promise<ProgrammeFigures> {
  const during = yearSoFar(today);
  const only = { programme: programme.id };
  const [figures, tools, answers] = await Promise.all([
    Promise.all(
      measuresOf(programme).map(async (measure) => {
        const when: When = measure.kind === 'on' ? { on: today } : { during };
        const [cell] = await computeMeasure(pools, measure, { when, by: [], only }, { small });
        return { measure, when, value: cell === undefined ? '0' : cellText(measure.unit, cell) };
      }),
    ),
    programme.tools.length === 0 ? [] : toolFigures(pools, programme, { during }, small),
    programme.measures.includes('answers') ? answerFigures(pools, programme, { during }, small) : [],
  ]);
  return { from: during.from, figures, tools, answers };
}
