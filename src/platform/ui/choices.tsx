import type { ComponentChildren } from 'preact';
import { FieldNotes, LabelText, Question } from './field.tsx';
import { describedBy, fieldId } from './ids.ts';
import type { Choice, FieldProps } from './types.ts';

/** The first answer carries the id of the field, so that the error summary takes people to it. */
const choiceId = (name: string, index: number): string =>
  index === 0 ? fieldId(name) : `${fieldId(name)}-${index + 1}`;

const Answer = ({
  kind,
  name,
  index,
  choice,
  checked,
  required,
}: {
  kind: 'radio' | 'checkbox';
  name: string;
  index: number;
  choice: Choice;
  checked: boolean;
  required?: boolean | undefined;
}) => {
  const id = choiceId(name, index);
  return (
    <div class={`ds_${kind} ds_${kind}--small`}>
      <input
        class={`ds_${kind}__input`}
        type={kind}
        id={id}
        name={name}
        value={choice.value}
        checked={checked}
        required={required}
        aria-describedby={choice.hint ? `${id}-about` : undefined}
      />
      <label class={`ds_${kind}__label`} for={id}>
        {choice.label}
      </label>
      {choice.hint ? (
        <p class="ds_hint-text" id={`${id}-about`}>
          {choice.hint}
        </p>
      ) : null}
      {choice.more ? <div class="kith-choice__more">{choice.more}</div> : null}
    </div>
  );
};

/** One answer of a few. `value` is the value of the answer chosen. Nothing is chosen for people unless a value is given. */
export const Radios = ({
  choices,
  inline,
  ...field
}: FieldProps & { choices: readonly Choice[]; inline?: boolean | undefined }) => (
  <Question error={field.error}>
    <fieldset aria-describedby={describedBy(field.name, field)}>
      <legend class="kith-legend">
        <LabelText label={field.label} optional={field.optional} />
      </legend>
      <FieldNotes {...field} />
      <div class={inline ? 'kith-choices kith-choices--inline' : 'kith-choices'}>
        {choices.map((choice, index) => (
          <Answer
            key={choice.value}
            kind="radio"
            name={field.name}
            index={index}
            choice={choice}
            checked={choice.value === field.value}
            required={field.required}
          />
        ))}
      </div>
    </fieldset>
  </Question>
);

/** Any number of answers. `values` are the values of the answers chosen; each is sent under the same name. */
export const Checkboxes = ({
  choices,
  values = [],
  ...field
}: Omit<FieldProps, 'value'> & { choices: readonly Choice[]; values?: readonly string[] | undefined }) => (
  <Question error={field.error}>
    <fieldset aria-describedby={describedBy(field.name, field)}>
      <legend class="kith-legend">
        <LabelText label={field.label} optional={field.optional} />
      </legend>
      <FieldNotes {...field} />
      <div class="kith-choices">
        {choices.map((choice, index) => (
          <Answer
            key={choice.value}
            kind="checkbox"
            name={field.name}
            index={index}
            choice={choice}
            checked={values.includes(choice.value)}
          />
        ))}
      </div>
    </fieldset>
  </Question>
);

/** One answer of many. `empty` is the words of the first line, which stands for no answer; leave it out to have none. */
export const Select = ({
  choices,
  empty,
  ...field
}: FieldProps & {
  choices: readonly Pick<Choice, 'value' | 'label'>[];
  empty?: string | undefined;
}) => (
  <Question error={field.error}>
    <label class="ds_label" for={fieldId(field.name)}>
      <LabelText label={field.label} optional={field.optional} />
    </label>
    <FieldNotes {...field} />
    <div class="ds_select-wrapper">
      <select
        class={field.error ? 'ds_select ds_select--error' : 'ds_select'}
        id={fieldId(field.name)}
        name={field.name}
        aria-describedby={describedBy(field.name, field)}
        aria-invalid={field.error ? 'true' : undefined}
        aria-required={field.required ? 'true' : undefined}
      >
        {empty === undefined ? null : (
          <option value="" selected={!field.value}>
            {empty}
          </option>
        )}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === field.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <span class="ds_select-arrow" aria-hidden="true" />
    </div>
  </Question>
);

/** Fields that belong together under one heading. */
export const Fieldset = ({
  legend,
  hint,
  inRows,
  id,
  error,
  children,
}: {
  legend: string;
  /** Where a link on the same page leads to it. */
  id?: string | undefined;
  hint?: ComponentChildren;
  /** What is wrong with all of them together; the id is then that of the fault. */
  error?: string | undefined;
  /** Many short fields, numbers above all: as many beside each other as there is room for. */
  inRows?: boolean | undefined;
  children: ComponentChildren;
}) => (
  <fieldset class="kith-fieldset" id={id}>
    <legend class="kith-fieldset__legend">{legend}</legend>
    {hint ? <p class="ds_hint-text">{hint}</p> : null}
    {error ? (
      <p class="ds_question__error-message">
        <span class="visually-hidden">Error: </span>
        {error}
      </p>
    ) : null}
    {inRows ? <div class="kith-fieldset__rows">{children}</div> : children}
  </fieldset>
);
