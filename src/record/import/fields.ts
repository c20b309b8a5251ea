import { check, day, refuse } from '../../platform/import/index.ts';
import { chiNumber, tidyPostcode } from '../people.ts';

// Columns about people that several kinds of package have.

/** A postcode in full, tidied: "ml11aa" becomes "ML1 1AA". */
export const postcode = check((cell) => {
  const value = tidyPostcode(cell);
  return value === undefined ? refuse('not a postcode', 'write it in full, such as ML1 1AA') : { value };
});

/** A CHI number of ten digits whose check digit fits (modulus 11 or 10). */
export const chi = check((cell) => {
  const digits = cell.replaceAll(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits)) {
    return refuse('not a CHI number', 'it has ten digits; a spreadsheet may have dropped a nought in front');
  }
  const value = chiNumber(digits);
  return value === undefined
    ? refuse('CHI check digit', 'its digits do not fit together; check it against the health record')
    : { value };
});

/** A day of birth from 1900 on. */
export const bornOn = check((cell, name) => {
  const read = day().parse(cell, name);
  return 'value' in read && read.value.year < 1900 ? refuse('not a date', 'check the year') : read;
});
