import type { z } from 'zod';
import { dayText } from '../../../platform/days.ts';
import { Details, SummaryList, type SummaryRow, Tag, type TimelineItem } from '../../../platform/ui/index.ts';
import type { ofFamily } from '../queries.ts';
import { basisNamed } from '../rules.ts';

export type Entry = z.output<typeof ofFamily.row>;

/** Paragraphs as they were written. */
export const Paragraphs = ({ text }: { text: string }) => (
  <>
    {text
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line, index) => (
        <p key={index}>{line}</p>
      ))}
  </>
);

const notShown = 'somebody who is not shown, because an address is withheld';

export const withWhom = (entry: Entry): string => (entry.near_withheld ? notShown : entry.with_whom);

/** "Given to Mrs Bell, Lochside Primary" or "Received from …". */
export const whatHappened = (entry: Entry): string =>
  `${entry.direction === 'given' ? 'Given to' : 'Received from'} ${withWhom(entry)}`;

export const ToldTag = ({ entry }: { entry: Entry }) =>
  entry.told ? <Tag tone="good">Family told</Tag> : <Tag tone="attention">Family not told</Tag>;

const told = (entry: Entry): string =>
  entry.told
    ? `Yes, on ${entry.told_on ? dayText(entry.told_on) : 'a day not recorded'}, by ${entry.told_by}`
    : `No, because: ${entry.not_told_because}`;

/** All that is written of an entry, as keys and values. */
const rowsOf = (entry: Entry): SummaryRow[] => [
  { key: 'About', value: entry.people.map((person) => person.name).join(', ') || 'The family' },
  {
    key: 'Why it could be shared',
    value: (
      <>
        {basisNamed(entry.basis).words}
        <br />
        <small>{basisNamed(entry.basis).law}</small>
      </>
    ),
  },
  { key: 'Why it was needed', value: <Paragraphs text={entry.necessary_because} /> },
  { key: 'Was the family told?', value: told(entry) },
  { key: 'Asked for by', value: entry.asked_by || (entry.near_withheld ? 'Not shown' : 'Nobody asked') },
  { key: entry.direction === 'given' ? 'Shared by' : 'Received by', value: entry.shared_by || 'Not shown' },
  { key: 'Written down', value: `${entry.noted_by ?? 'The system'}, ${dayOfMoment(entry.noted_at)}` },
];

const dayOfMoment = (at: Temporal.Instant) => dayText(at.toZonedDateTimeISO('Europe/London').toPlainDate());

/** An entry in the list of a family. What was corrected stays, and says so; `corrects` gives the way to correct it. */
export const entryItem = (entry: Entry, corrects: string | undefined): TimelineItem => ({
  when: dayText(entry.shared_on),
  title: whatHappened(entry),
  body: (
    <div id={`shared-${entry.id}`}>
      <p>
        {entry.corrected_by === null ? <ToldTag entry={entry} /> : <Tag>Corrected since</Tag>}{' '}
        {entry.corrects === null ? null : <Tag tone="active">A correction</Tag>}
      </p>
      <Paragraphs text={entry.what} />
      {entry.corrected_because === null ? null : <p>What was wrong before: {entry.corrected_because}</p>}
      <Details summary="Why, and was the family told">
        <SummaryList rows={rowsOf(entry)} />
        {corrects === undefined || entry.corrected_by !== null ? null : (
          <p>
            <a href={corrects}>
              Correct this<span class="visually-hidden"> entry of {dayText(entry.shared_on)}</span>
            </a>
          </p>
        )}
      </Details>
    </div>
  ),
});
