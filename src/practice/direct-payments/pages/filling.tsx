import { randomUUID } from 'node:crypto';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { type Errors, Notification, SummaryList } from '../../../platform/ui/index.ts';
import type { Fields, PageRequest } from '../../../platform/web/page.ts';
import { draftName } from '../../../platform/web/pages.ts';

/** How a form is filled when its page is shown: what was typed before, what is wrong with it, and what it carries unseen. */
export interface Filling {
  form: string;
  key: string;
  draft: string;
  errors: Errors;
  problem: Problem | undefined;
  /** Filled from what somebody typed earlier and never sent. */
  kept: boolean;
  value(name: string): string | undefined;
  values(name: string): string[];
  /** What a field component takes: its name, what was typed, and what is wrong with it. */
  field(name: string): { name: string; value: string | undefined; error: string | undefined };
}

export interface FillingOptions {
  /** The form's name on its page; 'form' unless said. */
  form?: string;
  /** What the draft is kept under on this page; the form's name unless said. */
  draft?: string;
  /** What the form holds when nothing was typed yet. */
  start?: Fields;
  /** Says errors of the action in the names of the form's own fields. */
  rename?: (fields: Errors, values: Fields) => Errors;
}

const listOf = (value: Fields[string]): string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : [...value];

const nothingTyped = (fields: Fields): boolean =>
  Object.values(fields).every((value) => listOf(value).every((each) => each.trim() === ''));

function errorsOf(problem: Problem, values: Fields, { rename }: FillingOptions): Errors {
  const named = rename ? rename(problem.fields, values) : problem.fields;
  const said = Object.entries(named).filter(([, sentence]) => sentence !== '');
  const whole = said.length === 0 ? `${problem.message}. ${problem.detail ?? ''}`.trim() : problem.detail;
  return Object.fromEntries(whole === undefined ? said : [...said, ['form', whole] as const]);
}

/**
 * What a form of this page is filled with: exactly what was typed, when it was refused; else what was kept of an earlier
 * attempt; else `start`.
 */
export async function fillingOf(request: PageRequest, options: FillingOptions = {}): Promise<Filling> {
  const form = options.form ?? 'form';
  const draft = options.draft ?? form;
  const path = request.shell.path.split('?')[0] ?? '/';
  const refused = request.refused?.form === form ? request.refused : undefined;
  const found = refused ? undefined : await request.draft(draft);
  const earlier = found === undefined || nothingTyped(found) ? undefined : found;
  const values = refused?.values ?? earlier ?? options.start ?? {};
  const errors = refused?.problem ? errorsOf(refused.problem, values, options) : {};
  const value = (name: string) => listOf(values[name])[0];
  return {
    form,
    key: randomUUID(),
    draft: draftName(path, draft),
    errors,
    problem: refused?.problem,
    kept: earlier !== undefined,
    value,
    values: (name) => listOf(values[name]),
    field: (name) => ({ name, value: value(name), error: errors[name] }),
  };
}

/** Says that the form was filled from what somebody typed earlier. */
export const KeptNotice = ({ filling }: { filling: Filling }) =>
  filling.kept ? (
    <Notification kind="info" title="We kept what you had typed">
      <p>It was not sent. Read it through, then send it.</p>
    </Notification>
  ) : null;

/** What somebody typed into a form that can no longer be sent, so that they lose nothing. */
export const Unsent = ({
  filling,
  labels,
}: {
  filling: Filling;
  labels: Readonly<Record<string, string>>;
}) => {
  const rows = Object.entries(labels)
    .map(([name, key]) => ({ key, value: filling.values(name).join(', ') }))
    .filter(({ value }) => value.trim() !== '');
  const shown = rows.map(({ key, value }) => ({ key, value: <span class="kith-typed__text">{value}</span> }));
  return rows.length === 0 ? null : (
    <>
      <h2>What you wrote</h2>
      <p>It was not sent. Copy what you still need.</p>
      <SummaryList rows={shown} />
    </>
  );
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id in the page's address; "not found" when it is none, as for a record that nobody can see. */
export function idIn(request: PageRequest, name: string): string {
  const id = request.params[name] ?? '';
  if (!uuid.test(id)) throw notFound();
  return id;
}
