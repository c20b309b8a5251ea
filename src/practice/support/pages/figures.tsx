import { may } from '../../../platform/access/identity.ts';
import { dayText } from '../../../platform/days.ts';
import { computeMeasure, type FiguresPool } from '../../../platform/measures/compute.ts';
import type { Cell, Measure, When } from '../../../platform/measures/measure.ts';
import { cellText, hiddenText, hiddenWhy } from '../../../platform/measures/present.ts';
import { smallestShown } from '../../../platform/measures/suppress.ts';
import { Table } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { seesSmallNumbers } from '../../../record/roles.ts';
import { measures } from '../measures.ts';
import type { Programme } from '../programme.ts';

// The figures of one programme on its page: this financial year so far, each a link to where it can be split and opened.

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

interface ToolFigure {
  tool: string;
  first: string;
  without: string;
  change: string;
}

async function toolFigures(
  pools: FiguresPool,
  programme: Programme,
  when: When,
  small: boolean,
): Promise<ToolFigure[]> {
  const cells = async (id: string): Promise<[Measure, Cell[]] | undefined> => {
    const measure = byId(id);
    if (measure === undefined) return undefined;
    const asked = { when, by: ['tool'], only: { programme: programme.id } };
    return [measure, await computeMeasure(pools, measure, asked, { small })];
  };
  const [first, without, change, from, to] = await Promise.all(
    ['first-readings', 'no-second-reading', 'change', 'change-from', 'change-to'].map((id) =>
      cells(`support.${id}`),
    ),
  );
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
  const [chosen, sums] = await Promise.all([
    cells('support.answers', ['question', 'answer']),
    cells('support.sums', ['question']),
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

/** How many a programme helps and how many wait; small numbers are hidden as in figures. */
export function standingText(
  page: PageRequest,
  {
    definition,
    families,
    people,
    waiting,
  }: { definition: Programme; families: number; people: number; waiting: number },
): { value: number; text: string } {
  const { capacity } = definition;
  const value = capacity?.of === 'people' ? people : families;
  const small = may(page.identity, seesSmallNumbers);
  const shown = (number: number) =>
    small || number === 0 || number >= smallestShown ? String(number) : `fewer than ${smallestShown}`;
  const hidden = !small && value > 0 && value < smallestShown;
  return {
    value: hidden ? 0 : value,
    text: `${shown(value)} of ${capacity?.atOnce ?? 0} ${capacity?.of ?? ''}; ${shown(waiting)} wait`,
  };
}

/** The figures of a programme. Small numbers are hidden from those who may not see them, as everywhere. */
export async function programmeFigures(pools: FiguresPool, page: PageRequest, programme: Programme) {
  const small = may(page.identity, seesSmallNumbers);
  const period = yearSoFar(page.today);
  const shown = await Promise.all(
    measuresOf(programme).map(async (measure) => {
      const when: When = measure.kind === 'on' ? { on: page.today } : { during: period };
      const [cell] = await computeMeasure(
        pools,
        measure,
        { when, by: [], only: { programme: programme.id } },
        { small },
      );
      const asked = new URLSearchParams({
        ...(measure.kind === 'on'
          ? { on: page.today.toString() }
          : { from: period.from.toString(), to: period.to.toString() }),
        programme: programme.id,
      });
      return {
        figure: <a href={`/figures/${measure.id}?${asked}`}>{measure.title}</a>,
        value: cell === undefined ? '0' : cellText(measure.unit, cell),
      };
    }),
  );
  const tools =
    programme.tools.length === 0 ? [] : await toolFigures(pools, programme, { during: period }, small);
  const answers = programme.measures.includes('answers')
    ? await answerFigures(pools, programme, { during: period }, small)
    : [];
  return (
    <>
      <h2>Figures</h2>
      <p class="kith-quiet">
        From {dayText(period.from)} to today. {small ? null : hiddenWhy}
      </p>
      <Table
        caption="Figures"
        captionHidden
        columns={[
          { key: 'figure', title: 'Figure', width: 'wide' },
          { key: 'value', title: 'Value', numeric: true },
        ]}
        rows={shown}
        empty={null}
      />
      {tools.length === 0 ? null : (
        <>
          <h3>What changed</h3>
          <p class="kith-quiet">
            The mean change from a first to a last reading; in brackets between what it would lie in 95 of 100
            such groups. Where many have no second reading, it says little.
          </p>
          <Table
            caption="What changed"
            captionHidden
            columns={[
              { key: 'tool', title: 'Tool', width: 'wide' },
              { key: 'change', title: 'Change' },
              { key: 'first', title: 'First readings', numeric: true },
              { key: 'without', title: 'Without a second', numeric: true },
            ]}
            rows={tools.map((each) => ({ ...each }))}
            empty={null}
          />
        </>
      )}
      {answers.length === 0 ? null : (
        <>
          <h3>What was answered</h3>
          <Table
            caption="What was answered"
            captionHidden
            columns={[
              { key: 'question', title: 'Question', width: 'wide' },
              { key: 'answer', title: 'Answer' },
              { key: 'value', title: 'How many', numeric: true },
            ]}
            rows={answers}
            empty={null}
          />
        </>
      )}
    </>
  );
}
