import type { z } from 'zod';
import { Tag } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import type { candidates, one } from '../queries.ts';
import { standingOf } from '../rules.ts';

export type Candidate = z.output<typeof candidates.row>;
export type Opened = z.output<typeof one.row>;

export const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** How somebody in the list is written in a form. */
export const keyOf = ({ kind, id }: Pick<Candidate, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Those who can be chosen: the family first, then colleagues, then those who help from elsewhere. */
export const choicesOf = (list: readonly Candidate[]): { value: string; label: string }[] =>
  list.map((each) => ({
    value: keyOf(each),
    label: [each.name, each.kind === 'person' ? 'in the family' : each.more].filter(Boolean).join(', '),
  }));

/** "Friday 20 November 2026, 14:30". */
export const whenText = ({ meets_on, meets_at }: Pick<Opened, 'meets_on' | 'meets_at'>): string =>
  [
    meets_on.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    meets_at,
  ]
    .filter(Boolean)
    .join(', ');

/** The names of people, as a list in a sentence. */
export const namesOf = (people: readonly { name: string }[]): string =>
  people.map(({ name }) => name).join(', ');

type Stands = Pick<Opened, 'signed_at' | 'cancelled_at' | 'quorum' | 'begun' | 'meets_on'>;

/** How a meeting stands, in a word or two. */
export const StandingTag = ({ meeting, today }: { meeting: Stands; today: Temporal.PlainDate }) => {
  const standing = standingOf(meeting);
  if (standing === 'cancelled') return <Tag>Called off</Tag>;
  if (standing === 'held')
    return meeting.quorum ? <Tag tone="good">Held</Tag> : <Tag tone="attention">Held without quorum</Tag>;
  if (meeting.begun) return <Tag tone="waiting">Being written down</Tag>;
  return Temporal.PlainDate.compare(meeting.meets_on, today) < 0 ? (
    <Tag tone="attention">To be written down</Tag>
  ) : (
    <Tag tone="active">Planned</Tag>
  );
};

/** Words as they were written, with their lines. */
export const Words = ({ text }: { text: string }) => (
  <>
    {text.split(/\n{2,}/).map((paragraph, index) => (
      <p class="kith-words" key={index}>
        {paragraph}
      </p>
    ))}
  </>
);

/** Somebody at a meeting, with what they were there as. */
export const asText = ({ name, role, chair }: { name: string; role: string; chair?: boolean }): string =>
  [name, [role, chair ? 'leads the meeting' : ''].filter(Boolean).join('; ')].filter(Boolean).join(', ');
