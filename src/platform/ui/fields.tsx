import { h } from 'preact';
import { FieldNotes, LabelText, Question } from './field.tsx';
import { describedBy, fieldId } from './ids.ts';
import type { FieldProps } from './types.ts';

/** How much room a field has, so that its size says what kind of answer is wanted. */
export type FieldWidth = 'short' | 'medium' | 'full';

/** What browsers and keyboards should know about a text field. */
export type TextKind = {
  type?: 'text' | 'email' | 'tel' | 'search' | 'password' | undefined;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'search' | undefined;
  autoComplete?: string | undefined;
  spellcheck?: boolean | undefined;
};

const FieldLabel = ({ name, label, optional }: Pick<FieldProps, 'name' | 'label' | 'optional'>) => (
  <label class="ds_label" for={fieldId(name)}>
    <LabelText label={label} optional={optional} />
  </label>
);

const inputClass = (width: FieldWidth, error: string | undefined): string =>
  `ds_input kith-input--${width}${error ? ' ds_input--error' : ''}`;

/** The attributes that every text control shares. */
const control = ({ name, hint, error, required }: FieldProps, extra?: string) => ({
  id: fieldId(name),
  name,
  'aria-describedby': describedBy(name, { hint, error, extra }),
  'aria-invalid': error ? ('true' as const) : undefined,
  'aria-required': required ? ('true' as const) : undefined,
});

// The types of `<input>` are one union member for each `type`; here the type is not known until it is used.
const inputTag: string = 'input';

/** One line of text. A password is never written back into the page. */
export const TextField = ({
  width = 'full',
  type = 'text',
  inputMode,
  autoComplete,
  spellcheck,
  ...field
}: FieldProps & TextKind & { width?: FieldWidth | undefined }) => (
  <Question error={field.error}>
    <FieldLabel {...field} />
    <FieldNotes {...field} />
    {h(inputTag, {
      ...control(field),
      class: inputClass(width, field.error),
      type,
      value: type === 'password' ? '' : (field.value ?? ''),
      inputMode,
      autoComplete,
      spellcheck,
    })}
  </Question>
);

/** HTML drops a line break that comes first in a text area, so one that people typed is written twice. */
const asTyped = (value: string): string => (/^\r?\n/.test(value) ? `\n${value}` : value);

/**
 * Several lines of text. `limit` is stated, never enforced by the browser: text that is cut off while somebody pastes is
 * text lost; the server says when it is too long.
 */
export const TextArea = ({
  rows = 5,
  limit,
  grows,
  ...field
}: FieldProps & {
  rows?: number | undefined;
  limit?: number | undefined;
  /** Begins low and grows with what is written, where browsers can: for forms of many such fields. */
  grows?: boolean | undefined;
}) => {
  const limitId = limit === undefined ? undefined : `${fieldId(field.name)}-limit`;
  return (
    <Question error={field.error}>
      <FieldLabel {...field} />
      <FieldNotes {...field} />
      <textarea
        {...control(field, limitId)}
        class={`${inputClass('full', field.error)}${grows ? ' kith-input--grows' : ''}`}
        rows={rows}
        value={asTyped(field.value ?? '')}
      />
      {limit === undefined ? null : (
        <p class="kith-limit" id={limitId}>
          Up to {limit.toLocaleString('en-GB')} characters
        </p>
      )}
    </Question>
  );
};

/** An amount in pounds. `value` is the text as typed (`1,234.50`); the server reads it into whole pence. */
export const MoneyField = (field: FieldProps) => (
  <Question error={field.error}>
    <FieldLabel {...field} />
    <FieldNotes {...field} />
    <div class="kith-money">
      <span class="kith-money__sign" aria-hidden="true">
        £
      </span>
      <input
        {...control(field)}
        class={inputClass('short', field.error)}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        value={field.value ?? ''}
      />
    </div>
  </Question>
);

/**
 * A day, in one box as day/month/year. `value` is the text as typed, or an ISO date, which is shown as day/month/year.
 * One box and not three: it can be pasted into, and a wrong answer stays as it was typed. Read it with `dayFromText`.
 */
export const DateField = ({ hint = 'For example, 31/3/2026', ...field }: FieldProps) => (
  <Question error={field.error}>
    <FieldLabel {...field} />
    <FieldNotes {...field} hint={hint} />
    <input
      {...control({ ...field, hint })}
      class={inputClass('short', field.error)}
      type="text"
      autoComplete="off"
      value={shownDay(field.value ?? '')}
    />
  </Question>
);

const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

const shownDay = (value: string): string => {
  const [, year, month, day] = isoDay.exec(value.trim()) ?? [];
  return year && month && day ? `${Number(day)}/${Number(month)}/${year}` : value;
};

/**
 * Reads what was typed in a `DateField`: `31/3/2026`, `31.3.2026`, `31-03-2026`, `31 3 2026` or ISO `2026-03-31`.
 * Gives `undefined` for anything else, a day that does not exist, or a year of two digits (which century is a guess).
 */
export const dayFromText = (text: string): Temporal.PlainDate | undefined => {
  const typed = text.trim();
  const iso = isoDay.exec(typed);
  const parts = iso ?? /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed);
  if (!parts) return undefined;
  const [first, second, third] = parts.slice(1).map(Number);
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const [year, month, day] = iso ? [first, second, third] : [third, second, first];
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined;
  }
};
