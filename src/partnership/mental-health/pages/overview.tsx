import { money } from '../../../platform/actions/fields.ts';
import type { FiguresPool } from '../../../platform/measures/compute.ts';
import { hiddenWhy } from '../../../platform/measures/present.ts';
import {
  ButtonLink,
  Chart,
  type ChartDatum,
  DescriptionEmpty,
  Figures,
  Filters,
  Page,
  Select,
  Table,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { yearOf, yearText } from '../../../record/funds/rules.ts';
import { countText, rateWords } from '../content.ts';
import { fundedIn, years } from '../queries.ts';
import { countReturn, type ReturnFigures } from '../return.ts';
import { lastHalf, readers, sources, yearPeriod } from '../rules.ts';
import { writes } from './words.tsx';

/** Those reached by each support, in two parts: who went on to crisis support, and who did not. */
function onwardData(figures: ReturnFigures, titleOf: (id: string) => string): ChartDatum[] {
  const lines = [
    ...figures.reach.map((each) => ({
      x: `${titleOf(each.support)} (${sources[each.source].toLowerCase()})`,
      ...each,
    })),
    { x: 'Together', children: figures.children, crisis: figures.crisis },
  ];
  // Two supports can have one name; a chart has one place for each.
  const named = lines.map((line, index) =>
    lines.findIndex(({ x }) => x === line.x) === index ? line : { ...line, x: `${line.x}, ${index + 1}` },
  );
  return named.flatMap(({ x, children, crisis }) => [
    {
      x,
      y: children === null || crisis === null ? null : children - crisis,
      series: 'Helped without crisis support',
    },
    { x, y: children === null ? null : crisis, series: 'Went on to crisis support' },
  ]);
}

const Onward = ({
  figures,
  titleOf,
  year,
}: {
  figures: ReturnFigures;
  titleOf: (id: string) => string;
  year: number;
}) => (
  <Chart
    title={`Children and young people reached in ${yearText(year)}, and those who went on to crisis support`}
    description={
      figures.rate === null
        ? 'A bar for each support, in two parts. The share who went on is not shown.'
        : figures.rate === 0
          ? `None of ${countText(figures.children)} went on to crisis support.`
          : `${countText(figures.crisis)} of ${countText(figures.children)} went on to crisis support: ${figures.rate.toFixed(2)} in a hundred.`
    }
    kind="stacked-bar"
    data={onwardData(figures, titleOf)}
    notShown="Not shown"
    tableOpen
    table={
      <Table
        caption={`Reached, and on to crisis support, ${yearText(year)}`}
        columns={[
          { key: 'support', title: 'Support', width: 'wide' },
          { key: 'source', title: 'How it is known' },
          { key: 'children', title: 'Children and young people', numeric: true },
          { key: 'crisis', title: 'On to crisis support', numeric: true },
        ]}
        rows={figures.reach.map((each) => ({
          support: titleOf(each.support),
          source: sources[each.source],
          children: countText(each.children),
          crisis: countText(each.crisis),
        }))}
        footer={{
          support: 'Together',
          source: '',
          children: countText(figures.children),
          crisis: countText(figures.crisis),
        }}
        empty={<p>Nobody was reached yet.</p>}
      />
    }
  />
);

/** The Framework: years and their money, whom it reached, and how many went on to crisis support. */
export const overviewPage = (pools: FiguresPool): PageDefinition => ({
  path: '/mental-health',
  title: 'Mental health and wellbeing framework',
  who: readers,
  async show(request) {
    const all = await request.ask(years, {});
    const asked = Number(request.query.year);
    const year = all.some((each) => each.year === asked)
      ? asked
      : (all.find((each) => each.year === lastHalf(request.today).year)?.year ?? all[0]?.year);
    const [figures, funded] =
      year === undefined
        ? [undefined, []]
        : await Promise.all([countReturn(pools, yearPeriod(year)), request.ask(fundedIn, { year })]);
    const titles = new Map(funded.map(({ id, title }) => [id, title]));
    const period = year === undefined ? undefined : yearPeriod(year);
    const measured = (id: string) => `/figures/mental-health.${id}?from=${period?.from}&to=${period?.to}`;
    const next = yearOf(request.today);
    return (
      <Page
        shell={request.shell}
        title="Mental health and wellbeing framework"
        lead="Early help with mental health and wellbeing for children and young people of 5 to 24, or 26 if care experienced, and their families: what is awarded, what it pays for, whom it reached."
        crumbs={[{ href: '/', text: 'Home' }]}
        actions={
          writes(request) ? (
            <>
              <ButtonLink href={`/mental-health/years/${next}`}>The year {yearText(next)}</ButtonLink>
              <ButtonLink href="/mental-health/indicators" kind="secondary">
                Indicators
              </ButtonLink>
            </>
          ) : undefined
        }
        wide
      >
        <Table
          caption="Years"
          columns={[
            { key: 'year', title: 'Year' },
            { key: 'awarded', title: 'Awarded', numeric: true },
            { key: 'promised', title: 'Promised', numeric: true },
            { key: 'spent', title: 'Spent', numeric: true },
            { key: 'left', title: 'Not promised yet', numeric: true },
            { key: 'supports', title: 'Supports', numeric: true },
          ]}
          rows={all.map((each) => ({
            year: <a href={`/mental-health/years/${each.year}`}>{yearText(each.year)}</a>,
            awarded: money(each.awarded),
            promised: money(each.promised),
            spent: money(each.spent),
            left: money(each.awarded - each.promised),
            supports: String(each.supports),
          }))}
          empty={
            <DescriptionEmpty
              title="No award is written down yet"
              text="Open the year and add what was awarded, with its source and letter."
            />
          }
        />
        {figures === undefined || year === undefined ? null : (
          <>
            <h2>Whom it reached in {yearText(year)}</h2>
            {all.length > 1 ? (
              <Filters action="/mental-health" label="Another year">
                <Select
                  name="year"
                  label="Which year?"
                  value={String(year)}
                  choices={all.map((each) => ({ value: String(each.year), label: yearText(each.year) }))}
                />
              </Filters>
            ) : null}
            <Figures
              items={[
                {
                  label: 'Children and young people',
                  value: countText(figures.children),
                  href: measured('children-reached'),
                },
                { label: 'Families', value: countText(figures.families), href: measured('families-reached') },
                {
                  label: 'Outside the ages',
                  value: countText(
                    figures.parts.standing.find(({ value }) => value === 'outside')?.children ??
                      (figures.parts.standing.some(({ value }) => value === 'outside') ? null : 0),
                  ),
                  note: <a href={`${measured('outside-ages')}`}>The rule and the rows behind</a>,
                },
                {
                  label: 'On to crisis support',
                  value: rateWords({ figures }),
                  href: measured('to-crisis-support-share'),
                },
              ]}
            />
            <Onward figures={figures} year={year} titleOf={(id) => titles.get(id) ?? 'A support'} />
            <p>{hiddenWhy}</p>
          </>
        )}
        <p>
          <a href="/mental-health/crisis-signs">What says that somebody went on to crisis support</a>
        </p>
      </Page>
    );
  },
});
