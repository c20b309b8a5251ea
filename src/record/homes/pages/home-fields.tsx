import { DateField, type Errors, Fieldset, Select, TextArea, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import { textOf } from '../../families/pages/forms.ts';
import { homeKinds, kindWords } from '../rules.ts';

interface FieldsShown {
  fields: Fields;
  errors: Errors;
}

const fieldOf =
  ({ fields, errors }: FieldsShown) =>
  (name: string) => ({ name, value: textOf(fields, name), error: errors[name] });

/** The fields of an address. Browsers are asked not to remember it. */
export const AddressFields = ({ legend, hint, ...shown }: FieldsShown & { legend: string; hint: string }) => {
  const field = fieldOf(shown);
  return (
    <Fieldset legend={legend} hint={hint}>
      <TextArea {...field('lines')} label="House, street" rows={2} optional />
      <TextField {...field('town')} label="Town or village" width="medium" autoComplete="off" optional />
      <TextField {...field('postcode')} label="Postcode" width="short" autoComplete="off" optional />
      <TextField
        {...field('uprn')}
        label="UPRN"
        hint="The number of the property, if you have it"
        width="medium"
        inputMode="numeric"
        autoComplete="off"
        optional
      />
    </Fieldset>
  );
};

/** What kind of home it is, when, and how we know. */
export const StayFields = ({ ends = true, ...shown }: FieldsShown & { ends?: boolean }) => {
  const field = fieldOf(shown);
  return (
    <>
      <Select
        {...field('kind')}
        label="What kind of home it is"
        choices={homeKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
        empty="Choose"
      />
      <DateField
        {...field('from')}
        label="Since"
        hint="The day they moved in, like 31/3/2026. Leave it empty if nobody knows"
        optional
      />
      {ends ? (
        <DateField
          {...field('until')}
          label="Until"
          hint="Only if they have left: the day they moved out"
          optional
        />
      ) : null}
      <TextField
        {...field('source')}
        label="How we know"
        hint="For example, told by Mum, or a letter from housing"
        optional
      />
    </>
  );
};
