import type { ComponentChildren } from 'preact';
import { momentText } from '../../../platform/days.ts';
import { Checkboxes, TextField, Timeline } from '../../../platform/ui/index.ts';
import type { FormWords } from './forms.ts';

// What pages have in common on which a partnership keeps its own kinds, letters and questions.

/** What a field of a form is given: its name, what it says, and what is wrong with it. */
export const fieldOf =
  (words: FormWords) =>
  (name: string): { name: string; value: string; error: string | undefined } => ({
    name,
    value: words.text(name),
    error: words.errors[name],
  });

/** The way to something that is kept; said in words when nothing new is made of it any more. */
export const KeptLink = ({ href, title, used }: { href: string; title: string; used: boolean }) => (
  <>
    <a href={href}>{title}</a>
    {used ? null : <span class="kith-quiet"> Not used any more</span>}
  </>
);

/** Where something comes from, whether it is used, and why it is changed or added: the end of each form. */
export const KeptFields = ({
  words,
  source,
  used,
  why,
}: {
  words: FormWords;
  /** The hint of where it comes from. */
  source?: ComponentChildren;
  /** What can be done while it is used. */
  used: string;
  /** The question why. */
  why: string;
}) => {
  const field = fieldOf(words);
  return (
    <>
      <TextField {...field('source')} label="Where this comes from" hint={source} required />
      <Checkboxes
        name="used"
        label="Is it used?"
        choices={[{ value: 'yes', label: used }]}
        values={words.text('used') === 'yes' ? ['yes'] : []}
      />
      <TextField {...field('why')} label={why} required />
    </>
  );
};

/** How something came to be as it is, the last change first; nothing when it never changed. */
export const HowItWasChanged = ({
  changes,
}: {
  changes: readonly { at: Temporal.Instant; by: string | null; why: string; added: boolean }[];
}) =>
  changes.length === 0 ? null : (
    <>
      <h2>How it was changed</h2>
      <Timeline
        items={changes.map((each) => ({
          when: [momentText(each.at), each.by].filter(Boolean).join(', '),
          title: each.added ? `Added: ${each.why}` : each.why,
        }))}
      />
    </>
  );
