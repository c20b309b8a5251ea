import type { z } from 'zod';
import { weekdayText } from '../../../platform/days.ts';
import { Quotation, Tag } from '../../../platform/ui/index.ts';
import type { ofFamily } from '../queries.ts';
import { beginningOf, type Mark, type Passage, passagesOf, wayWords } from '../rules.ts';

type Listed = z.output<typeof ofFamily.row>;
type Said = Listed['quotations'][number];

const markWords: Readonly<Record<Mark, string>> = {
  about: 'About somebody else',
  from: 'From somebody else',
};

const PassageShown = ({ passage: { words, mark } }: { passage: Passage }) =>
  mark === undefined ? (
    <p class="kith-words">{words}</p>
  ) : (
    <div class="kith-apart">
      <p class="kith-apart__why">
        <strong>{markWords[mark]}</strong> · left out of a copy for the person
      </p>
      <p>{words}</p>
    </div>
  );

/** What somebody wrote, with the passages that are marked shown as such: for workers. */
export const Words = ({ text, most }: { text: string; most?: number | undefined }) => (
  <>
    {passagesOf(most === undefined ? text : beginningOf(text, most)).map((passage, index) => (
      <PassageShown key={index} passage={passage} />
    ))}
  </>
);

/** Own words in a note. */
export const OwnWords = ({ said }: { said: readonly Said[] }) => (
  <>
    {said.map((each, index) => (
      <Quotation
        key={index}
        words={each.words}
        whose={each.name ?? 'Somebody in the family'}
        on={each.on}
        small
      />
    ))}
  </>
);

export interface When {
  happened_on: Temporal.PlainDate;
  happened_at: string | null;
}

/** "Friday 20 November 2026, 14:30". */
export const whenText = ({ happened_on: on, happened_at: at }: When): string =>
  [weekdayText(on), at].filter(Boolean).join(', ');

/** "Visit at home, with Jamie and Isla" – what a note is, in a line. */
export const titleOf = (how: string, people: readonly { name: string }[]): string =>
  [wayWords(how) || 'Note', people.length > 0 ? `about ${people.map(({ name }) => name).join(', ')}` : '']
    .filter(Boolean)
    .join(' ');

/** Who wrote a note, in what post. */
export const writerText = (by: string | null, as: string): string =>
  [by ?? 'Somebody who worked here', as].filter(Boolean).join(', ');

export const EventTag = ({ event }: { event: string | null }) =>
  event === null ? null : <Tag tone="active">Significant event</Tag>;

/** "1 file", "2 amendments". */
export const counted = (count: number, one: string, many: string): string =>
  count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
