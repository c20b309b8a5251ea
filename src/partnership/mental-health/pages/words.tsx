import { may } from '../../../platform/access/identity.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  type Choice,
  DateField,
  MoneyField,
  Select,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import type { FormWords } from '../../../record/families/pages/forms.ts';
import { filledOf, LastingFields } from '../../../record/funds/pages/terms.tsx';
import type { ReturnTable } from '../content.ts';
import { levels, levelWords, writers } from '../rules.ts';

// What the pages of the Framework share.

/** Whether whoever asks may write here. */
export const writes = (request: PageRequest): boolean => may(request.identity, writers);

/** The year in an address, or "not found". */
export function yearFrom(request: PageRequest): number {
  const written = request.params.year ?? '';
  if (!/^2[01]\d\d$/.test(written)) throw notFound();
  return Number(written);
}

/** A field of a form: what was typed, and what is wrong with it. */
export const fieldOf = (words: FormWords) => (name: string) => ({
  name,
  value: words.text(name),
  error: words.errors[name],
});

export const ticked = (words: FormWords, name: string): string[] =>
  words.text(name) === '' ? [] : [words.text(name)];

/** A table of a return, as the page shows it. */
export const TableOf = ({ table }: { table: ReturnTable }) => (
  <Table
    caption={table.title}
    columns={table.columns.map(({ title, numeric }, index) => ({ key: `c${index}`, title, numeric }))}
    rows={table.rows.map((row) => Object.fromEntries(row.map((value, index) => [`c${index}`, value])))}
    empty={<p>Nothing yet.</p>}
  />
);

/** The fields of an award. */
export const AwardFields = ({ words }: { words: FormWords }) => {
  const field = fieldOf(words);
  return (
    <>
      <TextField {...field('source')} label="Who gives the money?" required />
      <TextField {...field('letter')} label="Reference of the letter" width="medium" required />
      <DateField {...field('letterOn')} label="Day of the letter" required />
      <MoneyField {...field('amount')} label="How much is awarded?" required />
      <TextArea
        {...field('purpose')}
        label="What is it for?"
        hint="As the letter says it"
        rows={3}
        limit={2000}
        required
      />
      <LastingFields filled={filledOf(words)} />
    </>
  );
};

/** The fields of a support that are the same when it is added and when it is changed. */
export const FundedFields = ({ words }: { words: FormWords }) => {
  const field = fieldOf(words);
  return (
    <>
      <TextField {...field('provider')} label="Who gives it?" hint="An organisation or a school" required />
      <TextArea {...field('about')} label="What is it, and what is it for?" rows={3} limit={2000} required />
      <TextArea
        {...field('coProduced')}
        label="With whom was it made?"
        hint="Groups of children, young people, families, schools: never somebody by name"
        rows={2}
        limit={1000}
        optional
      />
      <TextField
        {...field('phase')}
        label="Phase"
        hint="For example: pilot, or phase 4"
        width="medium"
        optional
      />
      <MoneyField {...field('amount')} label="How much is promised to it?" required />
      <DateField {...field('firstOn')} label="Paid for from" required />
      <DateField {...field('lastOn')} label="Paid for until" required />
    </>
  );
};

/** Which numbers of providers' returns count, where no records of help are kept. */
export const ItemFields = ({
  words,
  numbers,
}: {
  words: FormWords;
  /** Those that the returns of its programme, or of any, ask for. */
  numbers: readonly { value: string; label: string }[];
}) => {
  const field = (name: string) => ({
    ...fieldOf(words)(name),
    choices: numbers,
    empty: 'None',
    optional: true,
  });
  return numbers.length === 0 ? null : (
    <>
      <Select
        {...field('childrenItem')}
        label="Which number of its returns counts children and young people?"
        hint="None where help is recorded: it would be counted twice"
      />
      <Select {...field('familiesItem')} label="Which number counts families?" />
      <Select {...field('crisisItem')} label="Which number counts those who went on to crisis support?" />
    </>
  );
};

export const levelChoices: readonly Choice[] = levels.map((value) => ({ value, label: levelWords[value] }));
