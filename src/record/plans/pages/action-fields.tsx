import type { z } from 'zod';
import { DateField, Select, TextField } from '../../../platform/ui/index.ts';
import type { FormWords } from '../../families/pages/forms.ts';
import type { owners as ownersQuery } from '../../tasks/queries.ts';

export type Owner = z.output<typeof ownersQuery.row>;

/** The value of a person in the list of who can do something. */
export const ownerValue = ({ kind, id }: Owner): string => (kind === 'person' ? `person:${id}` : id);

/** What will be done, by whom, by when. */
export const ActionFields = ({
  words,
  owners,
  optional,
}: {
  words: FormWords;
  owners: readonly Owner[];
  optional?: boolean;
}) => {
  const field = (name: string) => ({ name, value: words.text(name), error: words.errors[name] });
  return (
    <>
      <TextField
        {...field('what')}
        label="What will be done"
        hint="So that anybody could see it done, like “Take Jamie to swimming every Tuesday”"
        required={!optional}
        optional={optional}
      />
      <Select
        {...field('owner')}
        label="Who does it"
        choices={owners.map((each) => ({
          value: ownerValue(each),
          label: [each.name, each.mine ? 'you' : each.more].filter(Boolean).join(', '),
        }))}
        empty="Choose who"
      />
      <TextField {...field('named')} label="Or somebody else, by name" autoComplete="off" optional />
      <DateField {...field('due')} label="By when" optional />
    </>
  );
};
