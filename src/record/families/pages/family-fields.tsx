import { type Errors, Select, TextField } from '../../../platform/ui/index.ts';
import type { Fields } from '../../../platform/web/page.ts';
import { textOf } from './forms.ts';

const deciles = Array.from({ length: 10 }, (_, index) => String(index + 1)).map((decile) => ({
  value: decile,
  label: decile === '1' ? '1, the most deprived' : decile === '10' ? '10, the least deprived' : decile,
}));

/** The fields of a family itself; without those of its `area` where somebody's address is withheld. */
export const FamilyFields = ({
  fields,
  errors,
  area = true,
  postcode = false,
}: {
  fields: Fields;
  errors: Errors;
  area?: boolean;
  postcode?: boolean;
}) => {
  const field = (name: string) => ({ name, value: textOf(fields, name), error: errors[name] });
  return (
    <>
      <TextField
        {...field('name')}
        label="The family’s name"
        hint="As the family calls itself"
        autoComplete="off"
        spellcheck={false}
        required
      />
      {postcode ? (
        <TextField
          {...field('postcode')}
          label="Postcode where they live now"
          hint="Whoever lives elsewhere can be given their own home on their page"
          width="short"
          autoComplete="off"
          optional
        />
      ) : null}
      {area ? (
        <>
          <TextField {...field('locality')} label="Locality" width="medium" optional />
          <Select
            {...field('simdDecile')}
            label="Deprivation decile where they live"
            hint="SIMD 2020v2, if you know it"
            choices={deciles}
            empty="Not known"
            optional
          />
        </>
      ) : (
        <p>The locality is not shown, because the address of somebody in this family is withheld.</p>
      )}
    </>
  );
};
