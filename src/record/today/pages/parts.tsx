import { dayText } from '../../../platform/days.ts';
import { Tag } from '../../../platform/ui/index.ts';
import { wayWords } from '../../notes/rules.ts';
import { type Clock, dueBy } from '../../tasks/clocks.ts';
import { agoWords, mostToDo, type Rating, ratingWords } from '../rules.ts';

/** When somebody was last in touch with a family, how, and from where. What is not written down is not known. */
export const Contact = ({
  family,
  today,
}: {
  family: { contact_on: Temporal.PlainDate | null; contact_how: string | null; contact_by: string | null };
  today: Temporal.PlainDate;
}) =>
  family.contact_on === null ? (
    <span class="kith-quiet">None written down</span>
  ) : (
    <span>
      {agoWords(family.contact_on, today)}
      <span class="kith-quiet">
        {[wayWords(family.contact_how ?? ''), family.contact_by].filter(Boolean).map((words) => `, ${words}`)}
      </span>
    </span>
  );

/** How much is to be done for a family: "3, 1 late". */
export const ToDo = ({ family }: { family: { open: number; late: number } }) => (
  <span>
    {family.open === 0 ? '–' : family.open >= mostToDo ? `More than ${mostToDo - 1}` : family.open}
    {family.late > 0 ? `, ${family.late} late` : ''}
  </span>
);

/** How a manager saw a family last. */
export const RatingTag = ({ rating }: { rating: Rating }) => (
  <Tag tone={ratingWords[rating].tone}>{ratingWords[rating].title}</Tag>
);

/** The clock of the weekly review; a week where none is set. */
export const weekly = (
  rows: readonly (Clock & { since: Temporal.PlainDate; until: Temporal.PlainDate | null })[],
  today: Temporal.PlainDate,
): Clock =>
  rows.find(
    ({ since, until }) =>
      Temporal.PlainDate.compare(since, today) <= 0 &&
      (until === null || Temporal.PlainDate.compare(today, until) < 0),
  ) ?? { amount: 7, unit: 'calendar days' };

/** Whether the weekly review of a family is due: it never was, or longer ago than the clock says. */
export const isReviewDue = (
  reviewed: Temporal.PlainDate | null,
  clock: Clock,
  today: Temporal.PlainDate,
): boolean => reviewed === null || Temporal.PlainDate.compare(dueBy(clock, reviewed), today) < 0;

/** How a manager saw a family last, and whether that was this week. */
export const Reviewed = ({
  family,
  clock,
  today,
}: {
  family: {
    rating: 'green' | 'amber' | 'red' | null;
    words: string | null;
    reviewed_on: Temporal.PlainDate | null;
  };
  clock: Clock;
  today: Temporal.PlainDate;
}) => {
  if (family.rating === null || family.reviewed_on === null)
    return <span class="kith-quiet">Not reviewed yet</span>;
  return (
    <>
      <RatingTag rating={family.rating} /> {family.words}{' '}
      {isReviewDue(family.reviewed_on, clock, today) ? (
        <Tag>Not reviewed this week</Tag>
      ) : (
        <span class="kith-quiet">{dayText(family.reviewed_on)}</span>
      )}
    </>
  );
};
