import type { PageRequest } from '../../platform/web/page.ts';
import type { Due, DueFrom } from '../../record/area.ts';
import { endingDue, yearText } from '../../record/funds/rules.ts';
import { clockList, daysOff } from '../../record/tasks/clock-queries.ts';
import { dueBy, scottishHolidays } from '../../record/tasks/clocks.ts';
import { yearHref } from './awards.ts';
import { awardsEnding, returnsKept } from './queries.ts';
import { halfPeriod, halfText, halvesOver, writers } from './rules.ts';

/** Six-monthly returns of half years that are over, in years with money of the framework, until they are sent. */
async function returnsDue(request: PageRequest): Promise<readonly Due[]> {
  const over = halvesOver(request.today);
  const [kept, clocks, off] = await Promise.all([
    request.ask(returnsKept, { from: over.at(-1)?.year ?? request.today.year }),
    request.ask(clockList, {}),
    request.ask(daysOff, {}),
  ]);
  const clock = clocks.find(
    ({ id, since }) => id === 'mental-health-return' && Temporal.PlainDate.compare(since, request.today) <= 0,
  );
  const holidays = scottishHolidays(off.filter(({ counts }) => counts));
  return over.flatMap(({ year, half }) => {
    const of = kept.find((each) => each.year === year);
    const begun = of?.returns.find((each) => each.half === half);
    if (of === undefined || begun?.state === 'sent') return [];
    const { to } = halfPeriod(year, half);
    return [
      {
        title: `${begun === undefined ? 'Begin' : 'Finish and send'} the mental health return: ${halfText(year, half)}`,
        href: begun === undefined ? `/mental-health/years/${year}` : `/mental-health/returns/${begun.id}`,
        due: clock === undefined ? to : dueBy(clock, to, holidays),
        kind: 'Half-year return',
      },
    ];
  });
}

/** Temporary awards that end soon. */
async function moneyDue(request: PageRequest): Promise<readonly Due[]> {
  const ending = await request.ask(awardsEnding, {});
  return endingDue(
    ending.map(({ year, letter, ...each }) => ({
      ...each,
      title: `the award ${letter}, ${yearText(year)}`,
      href: yearHref(year),
    })),
    request.today,
  );
}

export const due: DueFrom = {
  title: 'Mental health framework',
  who: writers,
  load: async (request) => (await Promise.all([returnsDue(request), moneyDue(request)])).flat(),
};
