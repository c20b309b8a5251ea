import { Checkboxes, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import { fieldOf, KeptFields } from '../../families/pages/kept.tsx';
import type { ClockRow } from '../../tasks/clock-queries.ts';
import { clockWords } from '../../tasks/clocks.ts';

/** What a kind of meeting asks for, as a form. `why` is the question why it is changed or added. */
export const KindFields = ({
  words,
  clocks,
  why,
}: {
  words: FormWords;
  clocks: readonly ClockRow[];
  why: string;
}) => {
  const field = fieldOf(words);
  const limits = new Map(clocks.map((clock) => [clock.id, clock]));
  const limit = {
    choices: [...limits.values()].map((clock) => ({
      value: clock.id,
      label: `${clock.title} (${clockWords(clock)})`,
    })),
    empty: 'No time limit',
  };
  return (
    <>
      <TextField {...field('title')} label="What it is called" required />
      <TextArea {...field('purpose')} label="What it is for" rows={2} required />
      <TextArea {...field('asked')} label="Who is asked" hint="One on each line" rows={5} required />
      <TextArea
        {...field('mustCome')}
        label="Without whom it cannot decide"
        hint="One on each line, in the same words"
        rows={2}
        optional
      />
      <TextField
        {...field('least')}
        label="How many of those asked have to be there"
        hint="0: it needs nobody in particular"
        width="short"
        inputMode="numeric"
      />
      <Checkboxes
        name="together"
        label="Who leads it"
        choices={[{ value: 'yes', label: 'Two people lead it together' }]}
        values={words.text('together') === 'yes' ? ['yes'] : []}
      />
      <TextArea
        {...field('questions')}
        label="What it has to answer"
        hint="One question on each line"
        rows={6}
        required
      />
      <Select {...field('notesClock')} {...limit} label="Within how long the notes are given" />
      <Select {...field('nextClock')} {...limit} label="Within how long it meets next" />
      <Select {...field('againClock')} {...limit} label="Without quorum, within how long it meets again" />
      <KeptFields
        words={words}
        source="The law, the guidance, or who decided it"
        used="New meetings of this kind can be planned"
        why={why}
      />
    </>
  );
};
