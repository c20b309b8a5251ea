import { dayFrom } from '../../../platform/actions/fields.ts';
import { dayText } from '../../../platform/days.ts';
import { invalid } from '../../../platform/problem.ts';
import {
  ButtonLink,
  DateField,
  Details,
  type Errors,
  Filters,
  Inset,
  Page,
  SummaryList,
} from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { seesSmallNumbers } from '../../../record/roles.ts';
import { evaluationColumns, evaluationFile, evaluationRows, type Period } from '../evaluation.ts';
import { counted, schemeCrumb } from './words.tsx';

const here = '/direct-payments/evaluation';

/** The first day of the financial year (1 April) that a day falls in. */
const yearStart = (day: Temporal.PlainDate): Temporal.PlainDate => {
  const april = day.with({ month: 4, day: 1 });
  return Temporal.PlainDate.compare(april, day) > 0 ? april.subtract({ years: 1 }) : april;
};

/** The days asked about, and what is wrong with them. */
function periodFrom(
  query: Readonly<Record<string, string>>,
  today: Temporal.PlainDate,
): { typed: { from: string; to: string }; errors: Errors; period?: Period } {
  const typed = { from: query.from ?? yearStart(today).toString(), to: query.to ?? today.toString() };
  const from = dayFrom(typed.from);
  const to = dayFrom(typed.to);
  const errors: Record<string, string> = {};
  if (from === undefined) errors.from = 'Enter the first day. Write it like 1/4/2026';
  if (to === undefined) errors.to = 'Enter the last day. Write it like 31/3/2027';
  if (from && to && Temporal.PlainDate.compare(to, from) < 0) errors.to = 'The last day is before the first';
  return from && to && Object.keys(errors).length === 0
    ? { typed, errors, period: { from, to } }
    : { typed, errors };
}

/** Explains the export for the evaluator, and leads to its file. */
export const evaluationPage: PageDefinition = {
  path: here,
  title: 'Evaluation file',
  who: seesSmallNumbers,
  async show(page) {
    const { typed, errors, period } = periodFrom(page.query, page.today);
    const rows = period === undefined ? [] : await evaluationRows(page.figures, period);
    return (
      <Page
        shell={page.shell}
        title="Evaluation file"
        lead="What the evaluator of the scheme needs, without saying who anybody is."
        crumbs={[{ href: '/', text: 'Home' }, schemeCrumb]}
        errors={errors}
      >
        <Filters action={here} label="Choose the days" submit="Choose these days">
          <DateField name="from" label="Asked from" hint={null} value={typed.from} error={errors.from} />
          <DateField name="to" label="Asked to" hint={null} value={typed.to} error={errors.to} />
        </Filters>
        {period === undefined ? null : rows.length === 0 ? (
          <p>
            Nobody asked for anything from {dayText(period.from)} to {dayText(period.to)}. Choose other days.
          </p>
        ) : (
          <>
            <p>
              {counted(rows.length, 'request')} from {dayText(period.from)} to {dayText(period.to)}, by the
              day asked.
            </p>
            <p>
              <ButtonLink
                href={`${here}/file.csv?${new URLSearchParams({
                  from: period.from.toString(),
                  to: period.to.toString(),
                }).toString()}`}
              >
                Take the file (CSV)
              </ButtonLink>
            </p>
          </>
        )}
        <Inset>
          <p>
            The file holds no name, no words, no exact day and no number that is used anywhere else. Its
            request and family numbers are made anew each time, so two files cannot be joined.
          </p>
          <p>
            A line is still about a real family, and where few families live somebody might be recognised.
            Give it only to the evaluator, under the agreement you have with them.
          </p>
        </Inset>
        <Details summary="What the columns are">
          <SummaryList
            rows={evaluationColumns.map(({ heading, holds }) => ({ key: heading, value: holds }))}
          />
        </Details>
      </Page>
    );
  },
};

/** The file itself. */
export const evaluationFilePage: PageDefinition = {
  path: `${here}/file.csv`,
  title: 'The evaluation file',
  who: seesSmallNumbers,
  async show(page) {
    const { errors, period } = periodFrom(page.query, page.today);
    if (period === undefined) throw invalid(errors, 'Choose the days that the file is for');
    return {
      file: `direct-payments-evaluation-${period.from.toString()}-to-${period.to.toString()}.csv`,
      contentType: 'text/csv; charset=utf-8',
      body: evaluationFile(await evaluationRows(page.figures, period)),
    };
  },
};
