import { Checkboxes, DateField, TextArea, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import { fieldOf } from '../../families/pages/kept.tsx';

// The parts of a form that opens or changes a fund, here and where an area opens the funds that it draws on: `fundTerms` says what
// they are checked for.

/** What is in a form, as its fields take it. */
export interface Filled {
  field(name: string): { name: string; value: string | undefined; error: string | undefined };
  /** What is ticked of several. */
  values(name: string): readonly string[];
}

const listOf = (value: Fields[string]): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** The words of a form of this room, as its fields take them. */
export const filledOf = (words: FormWords): Filled => ({
  field: fieldOf(words),
  values: (name) => listOf(words.fields[name]),
});

/** What a fund is called and what it is for. */
export const NameFields = ({ filled }: { filled: Filled }) => (
  <>
    <TextField {...filled.field('title')} label="What is the fund called?" required />
    <TextArea {...filled.field('purpose')} label="What is the money for?" rows={3} required />
  </>
);

/** How long a fund lasts and, where it is temporary, what follows when the money ends. `dated`: its days are asked for whatever it is. */
export const LastingFields = ({ filled, dated = false }: { filled: Filled; dated?: boolean }) => (
  <>
    <Checkboxes
      name="nonRecurring"
      label="How long does it last?"
      values={filled.values('nonRecurring')}
      error={filled.field('nonRecurring').error}
      choices={[{ value: 'yes', label: 'It is temporary: it ends, and may not come again' }]}
    />
    <DateField {...filled.field('from')} label="First day" optional={!dated} />
    <DateField
      {...filled.field('to')}
      label="Last day"
      hint={dated ? undefined : 'Temporary money needs one'}
      optional={!dated}
    />
    <TextArea
      {...filled.field('exitPlan')}
      label="If it is temporary, what comes after it?"
      hint="What happens to the help, and to those who have it, when the money ends"
      optional
    />
  </>
);

/** A fund as these fields show it. */
export const termsShown = (fund: {
  title: string;
  purpose: string;
  nonRecurring: boolean;
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  exitPlan: string;
}) => ({
  title: fund.title,
  purpose: fund.purpose,
  nonRecurring: fund.nonRecurring ? 'yes' : '',
  from: fund.from?.toString() ?? '',
  to: fund.until?.subtract({ days: 1 }).toString() ?? '',
  exitPlan: fund.exitPlan,
});
