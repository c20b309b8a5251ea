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

/** Where the notes of a meeting can be had as a file; `kept` when whoever reads this sees what not everybody may. */
export const SaveAs = ({ meeting, kept }: { meeting: string; kept: boolean }) => {
  const file = `/meetings/${meeting}/notes`;
  return kept ? (
    <>
      <p>
        To give to everybody who was asked: <a href={`${file}.docx?for=all`}>a Word document</a> or{' '}
        <a href={`${file}.pdf?for=all`}>a PDF</a>. What is kept to some people is left out, and the document
        says so.
      </p>
      <p>
        For you, and those to whom it is kept as well:{' '}
        <a href={`${file}.docx`}>a Word document with what is kept</a> or{' '}
        <a href={`${file}.pdf`}>a PDF with what is kept</a>.
      </p>
    </>
  ) : (
    <p>
      Save it as <a href={`${file}.docx?for=all`}>a Word document</a> or{' '}
      <a href={`${file}.pdf?for=all`}>a PDF</a>.
    </p>
  );
};
