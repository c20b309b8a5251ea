import type { z } from 'zod';
import { Checkboxes, DateField, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import type { owners } from '../queries.ts';

type Owner = z.output<typeof owners.row>;

const valuesOf = (fields: Fields, name: string): readonly string[] => {
  const value = fields[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};

/** The colleagues of a family first, whoever asks before the others, then the people in it. */
function choicesOf(owners: readonly Owner[]): { value: string; label: string }[] {
  return owners.map((owner) =>
    owner.kind === 'person'
      ? { value: `person:${owner.id}`, label: `${owner.name} (in the family)` }
      : {
          value: owner.id,
          label: owner.mine ? `${owner.name} – you` : [owner.name, owner.more].filter(Boolean).join(', '),
        },
  );
}

/** What is to be done, by whom, by when and about whom. */
export const TaskFields = ({ words, owners }: { words: FormWords; owners: readonly Owner[] }) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  const people = owners.filter(({ kind }) => kind === 'person');
  return (
    <>
      <TextArea
        {...field('what')}
        label="What is to be done?"
        hint="One thing, in plain words that the family could read"
        rows={3}
        limit={1000}
        required
      />
      <Select
        {...field('owner')}
        label="Who does it?"
        choices={choicesOf(owners)}
        empty="Somebody else, whom I name below"
      />
      <TextField
        {...field('named')}
        label="Somebody else, by name"
        hint="Somebody without an account here, such as a grandmother or a football coach"
        width="medium"
        autoComplete="off"
        optional
      />
      <DateField {...field('due')} label="By when?" optional />
      {people.length === 0 ? null : (
        <Checkboxes
          name="people"
          label="Who is it about?"
          hint="Nobody chosen: the whole family"
          values={valuesOf(words.fields, 'people')}
          error={words.errors.people}
          choices={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  );
};
