import { z } from 'zod';

// Input fields that take what a person types in a form and what a machine sends in JSON alike.

const blankAsMissing = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;

/** Text of 1 to `max` characters, trimmed; line ends made \n. */
export const text = (max: number, missing = 'Enter something here') =>
  z
    .string({ error: missing })
    .transform((value) => value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(max, `Use ${max.toLocaleString('en-GB')} characters or fewer`),
    );

/** Text that may be left out; '' when it is. */
export const optionalText = (max: number) =>
  z
    .string()
    .default('')
    .transform((value) => value.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim())
    .pipe(z.string().max(max, `Use ${max.toLocaleString('en-GB')} characters or fewer`));

/** Pounds as written ("1,500", "£12.50") to whole pence. Never passes through a floating-point number. */
export const poundsToPence = (written: string): bigint | undefined => {
  const match = /^£?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/.exec(written.trim());
  if (!match) return undefined;
  const [, pounds = '', pence = ''] = match;
  return BigInt(pounds.replaceAll(',', '')) * 100n + BigInt(pence.padEnd(2, '0'));
};

/** Whole pence to pounds with two decimals: "1500.00". */
export const penceToPounds = (pence: bigint): string => {
  const sign = pence < 0n ? '-' : '';
  const size = pence < 0n ? -pence : pence;
  return `${sign}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
};

/** Whole pence as people read it: "£1,500" or "£812.20". */
export const money = (pence: bigint): string => {
  const [whole = '0', part = '00'] = penceToPounds(pence < 0n ? -pence : pence).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${pence < 0n ? '−' : ''}£${grouped}${part === '00' ? '' : `.${part}`}`;
};

/** An amount of money in pounds, more than nothing; whole pence after parsing. */
export const pounds = (missing = 'Enter an amount in pounds, like 250 or 99.50') =>
  z.preprocess(
    (value) => (typeof value === 'number' ? String(value) : value),
    z.string({ error: missing }).transform((written, context) => {
      const pence = poundsToPence(written);
      if (pence === undefined || pence <= 0n) {
        context.addIssue({ code: 'custom', message: missing });
        return z.NEVER;
      }
      if (pence > 100_000_000n) {
        context.addIssue({ code: 'custom', message: 'Enter £1,000,000 or less' });
        return z.NEVER;
      }
      return pence;
    }),
  );

/** A day as a person writes it in Scotland (22/11/2026, 22 11 2026, 22 November 2026) or as ISO 8601. */
export function dayFrom(written: string): Temporal.PlainDate | undefined {
  const trimmed = written.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  const local = /^(\d{1,2})[/ .-](\d{1,2})[/ .-](\d{4})$/.exec(trimmed);
  const worded = /^(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})$/.exec(trimmed);
  const month = worded
    ? monthNames.findIndex((name) => name.startsWith((worded[2] ?? '').toLowerCase())) + 1
    : 0;
  const parts = iso
    ? [iso[1], iso[2], iso[3]]
    : local
      ? [local[3], local[2], local[1]]
      : worded && month > 0
        ? [worded[3], String(month), worded[1]]
        : undefined;
  if (!parts) return undefined;
  try {
    return Temporal.PlainDate.from(
      { year: Number(parts[0]), month: Number(parts[1]), day: Number(parts[2]) },
      { overflow: 'reject' },
    );
  } catch {
    return undefined;
  }
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const parsedDay = (missing: string) =>
  z.string({ error: missing }).transform((written, context) => {
    const day = dayFrom(written);
    if (day === undefined || day.year < 1900 || day.year > 2199) {
      context.addIssue({ code: 'custom', message: `${missing}. Write it like 27/3/2026` });
      return z.NEVER;
    }
    return day;
  });

export const day = (missing = 'Enter a date') => parsedDay(missing);
export const optionalDay = (missing = 'Enter a date') =>
  z.preprocess(blankAsMissing, parsedDay(missing).optional());

export const id = (missing = 'Choose one') => z.uuid({ error: missing });
export const optionalId = () => z.preprocess(blankAsMissing, z.uuid().optional());

/** One or many: a form sends a single ticked box as a string and several as a list. */
export const several = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => {
    const list = value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];
    return list.filter((each) => each !== '');
  }, z.array(item).max(200));

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T, missing = 'Choose one') =>
  z.enum(values, { error: missing });

export const optional = <T extends z.ZodType>(inner: T) => z.preprocess(blankAsMissing, inner.optional());

/** A version to check against, so that nobody overwrites in silence. */
export const version = () => z.coerce.number().int().positive();

export const tick = () =>
  z.preprocess(
    (value) => value === true || value === 'yes' || value === 'on' || value === 'true',
    z.boolean(),
  );
