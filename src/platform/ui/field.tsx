import type { ComponentChildren } from 'preact';
import { fieldId } from './ids.ts';

/** Wraps one question of a form; a question with an error carries a bar at its side as well as the sentence. */
export const Question = ({
  error,
  children,
}: {
  error?: string | undefined;
  children: ComponentChildren;
}) => <div class={error ? 'ds_question ds_question--error' : 'ds_question'}>{children}</div>;

/** The words of a label or legend, with "(optional)" in a lighter weight. */
export const LabelText = ({ label, optional }: { label: string; optional?: boolean | undefined }) => (
  <>
    {label}
    {optional ? <span class="kith-optional"> (optional)</span> : null}
  </>
);

/** The hint and the error of a field, with the ids that `describedBy` names. */
export const FieldNotes = ({
  name,
  hint,
  error,
}: {
  name: string;
  hint?: ComponentChildren;
  error?: string | undefined;
}) => (
  <>
    {hint ? (
      <div class="ds_hint-text" id={`${fieldId(name)}-hint`}>
        {hint}
      </div>
    ) : null}
    {error ? (
      <p class="ds_question__error-message" id={`${fieldId(name)}-error`}>
        <span class="visually-hidden">Error: </span>
        {error}
      </p>
    ) : null}
  </>
);
