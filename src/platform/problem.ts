/**
 * A thing that went wrong which a person can do something about. Anything else that is thrown is a fault of ours and is
 * shown only as "something went wrong".
 *
 * `status` is the HTTP status; `title` is one plain sentence; `detail` says what to do; `fields` holds one sentence for each
 * form field at fault. Rendered as RFC 9457 problem details to machines and as an error summary to people.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly fields: Faults;

  constructor(
    status: number,
    code: string,
    title: string,
    more: { detail?: string; fields?: Faults; cause?: unknown } = {},
  ) {
    super(title, { cause: more.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.detail = more.detail;
    this.fields = more.fields ?? {};
  }
}

/** What is wrong with an input: one sentence for each field at fault, none when it is all right. */
export type Faults = Readonly<Record<string, string>>;

/** The input cannot be accepted as it is: says which fields and why. */
export const invalid = (fields: Faults, title = 'There is a problem with what was entered') =>
  new Problem(422, 'invalid-input', title, { fields });

/** Refuses the input if anything is wrong with it. */
export function refuse(faults: Faults): void {
  if (Object.keys(faults).length > 0) throw invalid(faults);
}

/** "Not found" and "not allowed" are one answer, so that nobody learns from it whether a record exists. */
export const notFound = () =>
  new Problem(404, 'not-found', 'This page cannot be found, or you cannot see it', {
    detail:
      'Check the address. If you think you should be able to see this, ask whoever is supporting the family.',
  });

/** Somebody else changed the record after the person opened it. */
export const changedMeanwhile = () =>
  new Problem(409, 'changed-meanwhile', 'This changed while you were writing', {
    detail: 'What you wrote is below. Look at what changed, then send yours again if it is still right.',
  });
