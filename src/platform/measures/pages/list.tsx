import type { VNode } from 'preact';
import { Problem } from '../../problem.ts';
import { DateField, DescriptionEmpty, Filters, Inset, Page, Table } from '../../ui/index.ts';
import type { PageRequest } from '../../web/page.ts';
import { addressOf, lastQuarter, periodFrom } from '../address.ts';
import type { FiguresSetting } from '../area.ts';
import { computeMeasure } from '../compute.ts';
import type { Asked, Cell, Measure, Period } from '../measure.ts';
import { cellText, hiddenWhy, whenText } from '../present.ts';

interface Listed {
  period: Period;
  problem: Problem | undefined;
  groups: { title: string; lines: { measure: Measure; asked: Asked; cell: Cell | undefined }[] }[];
}

/** Every measure with its value for a period: the one asked for, or the last quarter that is over. */
export async function listed(
  setting: FiguresSetting,
  given: PageRequest['query'],
  today: Temporal.PlainDate,
  small: boolean,
): Promise<Listed> {
  let period = lastQuarter(today);
  let problem: Problem | undefined;
  try {
    period = periodFrom(given, period);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    problem = error;
  }
  const groups = [];
  for (const { title, measures = [] } of setting.areas) {
    if (measures.length === 0) continue;
    const lines = await Promise.all(
      measures.map(async (measure) => {
        const when = measure.kind === 'on' ? { on: period.to } : { during: period };
        const asked = { when, by: [], only: {} };
        const [cell] = await computeMeasure(setting.pools, measure, asked, { small });
        return { measure, asked, cell };
      }),
    );
    groups.push({ title, lines });
  }
  return { period, problem, groups };
}

/** The list of figures, by area. */
export const ListPage = ({ request, period, problem, groups }: Listed & { request: PageRequest }): VNode => (
  <Page
    shell={request.shell}
    title="Figures"
    wide
    lead="Each figure is worked out from the records and opens to what it stands on."
    errors={problem?.fields}
  >
    <Filters action="/figures" clear="/figures" label="Choose the period">
      <DateField
        name="from"
        label="From"
        value={request.query.from ?? period.from.toString()}
        error={problem?.fields.from}
      />
      <DateField
        name="to"
        label="To"
        value={request.query.to ?? period.to.toString()}
        error={problem?.fields.to}
      />
    </Filters>
    {groups.length === 0 ? (
      <DescriptionEmpty title="No figures yet" text="No practice area publishes figures here." />
    ) : (
      groups.map(({ title, lines }) => (
        <section key={title}>
          <h2>{title}</h2>
          <Table
            caption={`${title}: ${whenText({ when: { during: period } })}`}
            columns={[
              { key: 'figure', title: 'Figure', width: 'wide' },
              { key: 'value', title: 'Value', numeric: true },
            ]}
            rows={lines.map(({ measure, asked, cell }) => ({
              figure: <a href={addressOf(measure, asked)}>{measure.title}</a>,
              value: cell === undefined ? 'None' : cellText(measure.unit, cell),
            }))}
            empty={null}
          />
          {lines.some(({ cell }) => cell?.suppressed) ? <Inset>{hiddenWhy}</Inset> : null}
        </section>
      ))
    )}
  </Page>
);
