import { Checkboxes, DateField, type Errors, Select, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import { parts } from '../../people.ts';
import { textOf } from './forms.ts';

const partChoices = parts.map((part) => ({
  value: part,
  label: part.charAt(0).toUpperCase() + part.slice(1),
}));

/** The fields every person starts with. `prefix` goes before the names: `members.0.` in a list. */
export const FirstFields = ({
  fields,
  errors,
  prefix = '',
  familyNameHint,
}: {
  fields: Fields;
  errors: Errors;
  prefix?: string;
  familyNameHint?: string;
}) => {
  const field = (name: string) => ({
    name: prefix + name,
    value: textOf(fields, prefix + name),
    error: errors[prefix + name],
  });
  return (
    <>
      <TextField
        {...field('givenName')}
        label="Given name"
        width="medium"
        autoComplete="off"
        spellcheck={false}
      />
      <TextField
        {...field('familyName')}
        label="Family name"
        hint={familyNameHint}
        width="medium"
        autoComplete="off"
        spellcheck={false}
      />
      <DateField {...field('dateOfBirth')} label="Date of birth" optional />
      <Select {...field('part')} label="What they are in the family" choices={partChoices} empty="Choose" />
    </>
  );
};

/** What else may be written down about a person, no more than a service needs. */
export const OtherFields = ({ fields, errors }: { fields: Fields; errors: Errors }) => (
  <>
    <TextField
      name="gender"
      label="Gender"
      hint="In their own words"
      value={textOf(fields, 'gender')}
      error={errors.gender}
      width="medium"
      optional
    />
    <TextField
      name="chi"
      label="CHI number"
      hint="Ten digits, as the health service writes it"
      value={textOf(fields, 'chi')}
      error={errors.chi}
      width="medium"
      inputMode="numeric"
      autoComplete="off"
      optional
    />
    <Checkboxes
      name="careExperienced"
      label="Care experience"
      choices={[
        {
          value: 'yes',
          label: 'They are care experienced',
          hint: 'At any time in their life. It lasts, and it widens what they have a right to.',
        },
      ]}
      values={textOf(fields, 'careExperienced') === '' ? [] : ['yes']}
    />
  </>
);
