import { may } from '../../../../platform/access/identity.ts';
import { dayText } from '../../../../platform/days.ts';
import { computeMeasure, type FiguresPool } from '../../../../platform/measures/compute.ts';
import type { Cell, Measure } from '../../../../platform/measures/measure.ts';
import { cellText, hiddenWhy } from '../../../../platform/measures/present.ts';
import { Chart, DescriptionEmpty, Numbers, Page, Table } from '../../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../../platform/web/page.ts';
import { seesSmallNumbers } from '../../../../record/roles.ts';
import { home } from '../../pages/words.tsx';
import { programme as programmeQuery, readers } from '../../queries.ts';
import { measures } from '../measures.ts';
import { type Asks, askedIn, periodText } from '../rules.ts';
import { providerReaders } from '../who.ts';
import { providersCrumb } from './words.tsx';

// What the returns of a programme say together, a year back. Small numbers are hidden from those who may not see them, as in figures.

const yearBack = (today: Temporal.PlainDate) => ({
  from: today.with({ day: 1 }).subtract({ months: 12 }),
  to: today,
});

interface Counted {
  measure: Measure;
  /** By month, for each item; and over the year, for each of its parts. */
  months: readonly Cell[];
  parts: readonly Cell[];
}

async function counted(
  pools: FiguresPool,
  page: PageRequest,
  programme: string,
  id: string,
): Promise<Counted> {
  const measure = measures.find((each) => each.id === id);
  if (measure === undefined) throw new Error(`there is no measure ${id}`);
  const asked = { when: { during: yearBack(page.today) }, only: { programme } };
  const small = may(page.identity, seesSmallNumbers);
  const [months, parts] = await Promise.all([
    computeMeasure(pools, measure, { ...asked, by: ['item', 'month'] }, { small }),
    computeMeasure(pools, measure, { ...asked, by: ['part'] }, { small }),
  ]);
  return { measure, months, parts };
}

const ofKind = { count: 'support.returns', 'per cent': 'support.returned-share' } as const;

/** The months, quarters or years of cells, oldest first, in words. */
const periodsIn = (cells: readonly Cell[]): string[] =>
  [...new Set(cells.map(({ at }) => String(at.month)))].sort();

const monthWords = (written: string): string => {
  const month = Temporal.PlainYearMonth.from(written);
  return periodText(month.toPlainDate({ day: 1 }), month.toPlainDate({ day: 2 }));
};

const Item = ({ ask, found }: { ask: Asks[number]; found: Counted }) => {
  const cells = found.months.filter(({ at }) => at.item === ask.id);
  const words = (cell: Cell | undefined) =>
    cell === undefined ? 'None' : cellText(found.measure.unit, cell);
  const parts = askedIn([ask]).filter(({ part }) => part !== '');
  return (
    <>
      <h2>{ask.title}</h2>
      <Chart
        title="By return"
        description={`${ask.title}, by the first month of each return`}
        kind="bar"
        data={periodsIn(cells).map((month) => {
          const cell = cells.find(({ at }) => at.month === month);
          return {
            x: monthWords(month),
            y: cell === undefined || cell.suppressed || cell.value === null ? null : Number(cell.value),
          };
        })}
        table={
          <Table
            caption={`${ask.title}, by return`}
            columns={[
              { key: 'month', title: 'Return from' },
              { key: 'value', title: ask.kind === 'count' ? 'Number' : 'Mean', numeric: true },
            ]}
            rows={periodsIn(cells).map((month) => ({
              month: monthWords(month),
              value: words(cells.find(({ at }) => at.month === month)),
            }))}
            empty={<p>No return says this yet.</p>}
          />
        }
      />
      {parts.length === 0 ? null : (
        <Numbers
          title="Over the year"
          items={parts.map(({ item, part, partTitle }) => ({
            label: partTitle,
            value: words(found.parts.find(({ at }) => at.part === `${item}--${part}`)),
          }))}
        />
      )}
    </>
  );
};

/** What the returns of a programme say together. */
export const countedPage = (pools?: FiguresPool): PageDefinition => ({
  path: '/support/programmes/:programme/returns',
  title: 'What the returns of a programme say',
  who: readers,
  async show(page) {
    const { definition } = await page.askOne(programmeQuery, { programme: page.params.programme ?? '' });
    const asks = definition.returns?.asks ?? [];
    const period = yearBack(page.today);
    const found =
      pools === undefined || asks.length === 0
        ? undefined
        : {
            count: await counted(pools, page, definition.id, ofKind.count),
            'per cent': await counted(pools, page, definition.id, ofKind['per cent']),
          };
    return (
      <Page
        shell={page.shell}
        title="What the returns say"
        lead={`${definition.title}, ${dayText(period.from)} to today`}
        crumbs={[
          home,
          ...(may(page.identity, providerReaders) ? [providersCrumb] : []),
          { href: `/support/programmes/${definition.id}`, text: definition.title },
        ]}
        wide
      >
        {may(page.identity, seesSmallNumbers) ? null : <p class="kith-quiet">{hiddenWhy}</p>}
        {found === undefined ? (
          <DescriptionEmpty
            title="This programme asks for no returns"
            text="It is counted from the record of those it helps."
          />
        ) : (
          asks.flatMap((ask) =>
            ask.kind === 'count' || ask.kind === 'per cent'
              ? [<Item key={ask.id} ask={ask} found={found[ask.kind]} />]
              : [],
          )
        )}
      </Page>
    );
  },
});
