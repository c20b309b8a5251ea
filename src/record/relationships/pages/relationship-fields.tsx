import { DateField, type Errors, Radios, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import { textOf } from '../../families/pages/forms.ts';
import { sentence } from '../phrases.ts';
import { words } from '../rules.ts';

/** What is asked of a relationship: what the other person is to this one, when, and how it is known. */
export const RelationshipFields = ({
  name,
  fields,
  errors,
  ended,
}: {
  /** The given name of the person whose page it is. */
  name: string;
  fields: Fields;
  errors: Errors;
  /** Asks for the day it ended as well: where it has. */
  ended: boolean;
}) => {
  const field = (each: string) => ({ name: each, value: textOf(fields, each), error: errors[each] });
  return (
    <>
      <Select
        {...field('is')}
        label={`What are they to ${name}?`}
        choices={words.map((word) => ({ value: word, label: sentence(word) }))}
        empty="Choose"
      />
      <DateField
        {...field('since')}
        label="When it began"
        hint="Leave empty if it is not known, or since birth. For example, 31/3/2026"
        optional
      />
      {ended ? <DateField {...field('until')} label="When it ended" optional /> : null}
      <Radios
        {...field('rights')}
        label="Parental rights and responsibilities"
        hint="Only for parents and carers. Whether the one who looks after the other has them in law"
        choices={[
          { value: 'yes', label: 'Has them' },
          { value: 'no', label: 'Does not have them' },
          { value: '', label: 'Not known, or does not apply' },
        ]}
      />
      <TextArea
        {...field('note')}
        label="What else matters about it"
        hint="In words that both could read"
        rows={3}
        limit={1000}
        optional
      />
      <TextField {...field('source')} label="How it is known" hint="For example, Isla told us" optional />
    </>
  );
};
