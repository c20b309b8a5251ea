import { z } from 'zod';
import { id, oneOf, optional, optionalDay, optionalText, text, tick } from '../platform/actions/fields.ts';
import { chiNumber, parts, tidyPostcode } from './people.ts';

/** A postcode that may be left out; kept as "EH11 2AB". */
export const optionalPostcode = () =>
  optional(
    z.string({ error: 'Enter a postcode' }).transform((written, context) => {
      const tidy = tidyPostcode(written);
      if (tidy === undefined) {
        context.addIssue({
          code: 'custom',
          message: 'Enter a full postcode, like EH11 2AB, or leave it empty',
        });
        return z.NEVER;
      }
      return tidy;
    }),
  );

/** A CHI number that may be left out; kept as ten digits. */
export const optionalChi = () =>
  optional(
    z.string({ error: 'Enter a CHI number' }).transform((written, context) => {
      const chi = chiNumber(written);
      if (chi === undefined) {
        context.addIssue({
          code: 'custom',
          message: 'This is not a valid CHI number. Check its ten digits, or leave it empty',
        });
        return z.NEVER;
      }
      return chi;
    }),
  );

const decile = () =>
  optional(
    z.coerce
      .number({ error: 'Choose a decile from 1 to 10' })
      .int('Choose a decile from 1 to 10')
      .min(1, 'Choose a decile from 1 to 10')
      .max(10, 'Choose a decile from 1 to 10'),
  );

/** What is written down about a family itself. */
export const familyFields = {
  name: text(200, 'Enter the family’s name'),
  locality: optionalText(100),
  simdDecile: decile(),
};

/** What is written down about a person. The family name may be left out where the family's own name will do. */
export const personFields = {
  givenName: text(200, 'Enter their given name'),
  dateOfBirth: optionalDay('Enter a date of birth'),
  gender: optionalText(60),
  chi: optionalChi(),
  careExperienced: tick(),
  part: oneOf(parts, 'Choose what they are in the family'),
};

export const familyId = () => id('Choose a family');

/** A person as the first members of a family are given. */
export const newMember = z.object({ ...personFields, familyName: optionalText(200) });
