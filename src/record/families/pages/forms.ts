import { notFound } from '../../../platform/problem.ts';
import type { Errors } from '../../../platform/ui/index.ts';
import type { Fields, PageRequest } from '../../../platform/web/page.ts';
import { draftName } from '../../../platform/web/pages.ts';

/** What a form shows: what was typed and refused, or typed and not sent, or what is saved. */
export interface FormWords {
  /** The text of a field; '' when there is none. */
  text(name: string): string;
  fields: Fields;
  errors: Errors;
  /** The draft's name for autosave. */
  draft: string;
  /** Why the words differ from what is saved: `refused` by a check or a colleague's change, or an unsent `draft`. */
  state: 'saved' | 'refused' | 'draft';
}

/** The words of a form of this page. Errors of no field are shown as the form's own. */
export async function formWords(request: PageRequest, form: string, saved: Fields = {}): Promise<FormWords> {
  const path = request.shell.path.split('?')[0] ?? '/';
  const refused = request.refused?.form === form ? request.refused : undefined;
  const draft = refused ? undefined : await request.draft(form);
  const fields = refused?.values ?? draft ?? saved;
  const problem = refused?.problem;
  const whole = problem && Object.keys(problem.fields).length === 0;
  return {
    text: (name) => textOf(fields, name),
    fields,
    errors: problem
      ? whole
        ? { form: [problem.message, problem.detail].filter(Boolean).join('. ') }
        : problem.fields
      : {},
    draft: draftName(path, form),
    state: refused ? 'refused' : draft ? 'draft' : 'saved',
  };
}

export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : (value?.at(-1) ?? '');
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id from the address, or "not found": an address that holds no id leads nowhere. */
export function idFrom(request: PageRequest, name = 'id'): string {
  const value = request.params[name] ?? '';
  if (!uuid.test(value)) throw notFound();
  return value;
}
