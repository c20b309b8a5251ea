import type { VNode } from 'preact';
import { Problem } from '../../problem.ts';
import { DateField, Figures, Filters, Inset, Page, Select } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import { addressOf, askedFrom } from '../address.ts';
import type { FiguresSetting } from '../area.ts';
import { computeMeasure, type Wording, wordingOf } from '../compute.ts';
import { type Asked, type Cell, dimensionsOf, type Measure, notRecorded } from '../measure.ts';
import { cellText, hiddenWhy, lowered, splitChoices, whenText } from '../present.ts';
import { SplitChart } from './split.tsx';

interface Shown {
  request: PageRequest;
  measure: Measure;
  asked: Asked;
  problem: Problem | undefined;
  total: Cell | undefined;
  /** What is drawn: the split asked for, or by month when none is. */
  drawn: { asked: Asked; cells: readonly Cell[] } | undefined;
  choices: readonly { name: string; title: string; values: { value: string; label: string }[] }[];
  wording: Wording;
}

/** The page of one measure: its number, its split as a chart and a table, its definition, and the ways to ask again. */
export async function measurePage({
  request,
  setting,
  measure,
  small,
}: {
  request: PageRequest;
  setting: FiguresSetting;
  measure: Measure;
  small: boolean;
}): Promise<VNode> {
  const compute = (asked: Asked) => computeMeasure(setting.pools, measure, asked, { small });
  let asked = askedFrom(measure, {}, request.today);
  let problem: Problem | undefined;
  let drawn: Shown['drawn'];
  let total: Cell | undefined;
  try {
    asked = askedFrom(measure, request.query, request.today);
    [total] = await compute({ ...asked, by: [] });
    const by = asked.by.length > 0 ? asked.by : dimensionsOf(measure).filter((name) => name === 'month');
    if (by.length > 0 && !(asked.by.length === 0 && asked.only.month !== undefined)) {
      drawn = { asked: { ...asked, by }, cells: await compute({ ...asked, by }) };
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error;
  }
  const wording = await wordingOf(setting.pools, measure);
  const choices = await narrowingChoices(measure, { ...asked, only: {} }, wording, (by) =>
    computeMeasure(setting.pools, measure, { ...asked, only: {}, by: [by] }, { small: true }),
  );
  return measured({ request, measure, asked, problem, total, drawn, choices, wording });
}

/** The values that a figure can be narrowed to: those that occur in the period. That a value occurs is not a number. */
async function narrowingChoices(
  measure: Measure,
  asked: Asked,
  wording: Wording,
  compute: (by: string) => Promise<Cell[]>,
): Promise<Shown['choices']> {
  const lists = await Promise.all(
    dimensionsOf(measure).map(async (name) => {
      const cells = await compute(name);
      const values = cells.map(({ at }) => ({
        value: at[name] === null ? notRecorded : String(at[name]),
        label: wording(name, at[name] ?? null),
      }));
      return { name, title: measure.fact.dimensions[name]?.title ?? name, values };
    }),
  );
  return lists.map((list) => ({ ...list, values: withChosen(list, asked, wording) }));
}

const withChosen = (
  { name, values }: Shown['choices'][number],
  { only }: Asked,
  wording: Wording,
): { value: string; label: string }[] => {
  const chosen = only[name];
  return chosen === undefined || values.some(({ value }) => value === chosen)
    ? values
    : [...values, { value: chosen, label: wording(name, chosen) }];
};

const errorsOf = (problem: Problem | undefined): Record<string, string> | undefined => {
  if (problem === undefined) return undefined;
  return Object.keys(problem.fields).length > 0
    ? { ...problem.fields }
    : { form: [problem.message, problem.detail].filter((words) => words !== undefined).join('. ') };
};

const measured = ({ request, measure, asked, problem, total, drawn, choices, wording }: Shown): VNode => {
  const here = `/figures/${measure.id}`;
  const hidden = total?.suppressed || drawn?.cells.some((cell) => cell.suppressed);
  return (
    <Page
      shell={request.shell}
      title={measure.title}
      wide
      crumbs={[{ href: '/figures', text: 'Figures' }]}
      lead={whenText(asked)}
      errors={errorsOf(problem)}
    >
      {total === undefined ? null : (
        <>
          <Figures
            items={[
              {
                label: narrowedTitle(measure, asked, wording),
                value: cellText(measure.unit, total),
              },
            ]}
          />
          <p>
            <a href={addressOf(measure, { ...asked, by: [] }, '/rows')}>Open the rows behind this figure</a>
          </p>
        </>
      )}
      {hidden ? <Inset>{hiddenWhy}</Inset> : null}
      <h2>What it means</h2>
      <p>{measure.definition}</p>
      <Narrowing {...{ request, measure, asked, problem, choices, here }} />
      {drawn === undefined ? null : (
        <>
          <h2>{splitTitle(measure, drawn.asked)}</h2>
          <SplitChart measure={measure} asked={drawn.asked} cells={drawn.cells} wording={wording} />
        </>
      )}
      {total === undefined ? null : (
        <>
          <h2>Take the figures away</h2>
          <ul>
            <li>
              <a href={addressOf(measure, drawn?.asked ?? asked, '.csv')}>CSV, for a spreadsheet</a>
            </li>
            <li>
              <a href={addressOf(measure, drawn?.asked ?? asked, '.json')}>JSON, for another system</a>
            </li>
          </ul>
        </>
      )}
    </Page>
  );
};

const narrowedTitle = (measure: Measure, { only }: Asked, wording: Wording): string =>
  [measure.title, ...Object.entries(only).map(([name, value]) => wording(name, value))].join(', ');

const titleOf = (measure: Measure, name: string | undefined): string =>
  (measure.fact.dimensions[name ?? '']?.title ?? '').replace(/^[A-Z](?=[a-z])/, (letter) =>
    letter.toLowerCase(),
  );

const splitTitle = (measure: Measure, { by }: Asked): string =>
  `${measure.title} by ${by.map((name) => titleOf(measure, name)).join(' and ')}`;

const Narrowing = ({
  request,
  measure,
  asked,
  problem,
  choices,
  here,
}: Pick<Shown, 'request' | 'measure' | 'asked' | 'problem' | 'choices'> & { here: string }) => {
  const splits = splitChoices(measure);
  const during = 'during' in asked.when ? asked.when.during : undefined;
  const on = 'on' in asked.when ? asked.when.on : undefined;
  const { query } = request;
  return (
    <Filters action={here} clear={here} label="Ask another way">
      {during ? (
        <>
          <DateField
            name="from"
            label="From"
            value={query.from ?? during.from.toString()}
            error={problem?.fields.from}
          />
          <DateField
            name="to"
            label="To"
            value={query.to ?? during.to.toString()}
            error={problem?.fields.to}
          />
        </>
      ) : (
        <DateField name="on" label="On" value={query.on ?? on?.toString() ?? ''} error={problem?.fields.on} />
      )}
      <Select name="by" label="Split by" empty="Nothing" choices={splits} value={asked.by[0] ?? ''} />
      <Select name="and" label="And by" empty="Nothing" choices={splits} value={asked.by[1] ?? ''} />
      {choices.map(({ name, title, values }) => (
        <Select
          key={name}
          name={name}
          label={`Only: ${lowered(title)}`}
          empty="All"
          choices={values}
          value={asked.only[name] ?? ''}
        />
      ))}
    </Filters>
  );
};
