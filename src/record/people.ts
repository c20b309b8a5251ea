// Rules about people that every practice shares. Nothing here reads a clock, a table or a form.

/** The parts that people have in a family, in the order in which a family is shown: the children first. */
export const parts = ['child', 'young person', 'parent or carer', 'other'] as const;
export type Part = (typeof parts)[number];

/**
 * Whole years of age on a day. An age is reached at the beginning of the birthday; somebody born on 29 February reaches it
 * on 1 March in other years (Age of Legal Capacity (Scotland) Act 1991, section 6). Before the birth it is 0.
 */
export function ageOn(birth: Temporal.PlainDate, day: Temporal.PlainDate): number {
  // As `until` counts them, 25 times faster: lists, matching and the demonstration ask this of everybody.
  const hadBirthday = day.month > birth.month || (day.month === birth.month && day.day >= birth.day);
  return Math.max(0, day.year - birth.year - (hadBirthday ? 0 : 1));
}

/** An age in words: "7", "14 months" for somebody under two, "not yet born". */
export function ageText(birth: Temporal.PlainDate, day: Temporal.PlainDate): string {
  if (Temporal.PlainDate.compare(birth, day) > 0) return 'not yet born';
  const years = ageOn(birth, day);
  if (years >= 2) return String(years);
  const { months } = birth.until(day, { largestUnit: 'month' });
  return months === 1 ? '1 month' : `${months} months`;
}

const digitsOf = (text: string): number[] => [...text].map(Number);

const isTenDigits = (text: string) => /^\d{10}$/.test(text);

/**
 * The check digit of modulus 11 over the first nine digits, or `undefined` where there is none (it would be 10). Weights are
 * 10 to 2; 11 is written 0. Alone it catches every changed digit and every two neighbours that changed places.
 */
export function checkDigit11(firstNine: string): number | undefined {
  const sum = digitsOf(firstNine).reduce((total, digit, index) => total + digit * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? undefined : check;
}

/**
 * The check digit of modulus 10 (Luhn) over the first nine digits: digits 9, 7, 5, 3 and 1 doubled, less 9 where that is over
 * 9. Alone it catches every changed digit.
 */
export function checkDigit10(firstNine: string): number {
  const sum = digitsOf(firstNine).reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Whether the first six digits are a day (DDMMYY) in the last century or this one: 290200 is (2000), 290201 is not. */
function beginsWithDay(text: string): boolean {
  const [day, month, year] = [text.slice(0, 2), text.slice(2, 4), text.slice(4, 6)].map(Number);
  return [1900, 2000].some((century) => {
    try {
      Temporal.PlainDate.from(
        { year: century + (year ?? 0), month: month ?? 0, day: day ?? 0 },
        { overflow: 'reject' },
      );
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * A CHI number as ten digits without spaces, or `undefined` when it is not one: the first six digits are a day and the last
 * is the check digit of modulus 11 or of modulus 10 (domain handbook, section 10). Since either will do, a changed digit is
 * sure to be caught only in a number that passes both. Its ninth digit is not gender, and it is never a key.
 */
export function chiNumber(written: string): string | undefined {
  const digits = written.replaceAll(/[\s-]/g, '');
  if (!isTenDigits(digits) || !beginsWithDay(digits)) return undefined;
  const [firstNine, last] = [digits.slice(0, 9), Number(digits.slice(9))];
  return last === checkDigit11(firstNine) || last === checkDigit10(firstNine) ? digits : undefined;
}

/** A postcode as it is kept ("EH11 2AB") from however it was typed, or `undefined` when it is not one. */
export function tidyPostcode(written: string): string | undefined {
  const close = written.replaceAll(/\s/g, '').toUpperCase();
  const match = /^([A-Z]{1,2}\d[\dA-Z]?)(\d[A-Z]{2})$/.exec(close);
  return match ? `${match[1]} ${match[2]}` : undefined;
}

/** The SIMD quintile (1 the most deprived fifth) that a decile (1 to 10) lies in. */
export const quintileOf = (decile: number): number => Math.ceil(decile / 2);
