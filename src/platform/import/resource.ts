import type { Field, Refusal } from './fields.ts';

/** The columns of a resource and how each is read. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What a row of these fields is, once read. */
export type RowOf<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/**
 * A column (or columns) that names a row of another resource.
 * `called` is what that other thing is called on screen ("family"): a row that names none is refused as "unknown family".
 * `part`: the row is part of the other one (a line of an invoice). Part and whole go in together or not at all.
 */
export interface Reference {
  readonly by: readonly string[];
  readonly resource: string;
  readonly called: string;
  readonly part: boolean;
}

/** A table that can be imported. Made by `resource`. */
export interface Resource<F extends Fields = Fields> {
  readonly name: string;
  readonly title: string;
  /** File names this resource is known by when there is no datapackage.json, and names it may have there. */
  readonly aliases: readonly string[];
  readonly id: readonly string[];
  readonly fields: F;
  readonly headings: Readonly<Record<string, readonly string[]>>;
  readonly required: boolean;
  readonly references: readonly Reference[];
  /** Rules within one row. */
  check(row: RowOf<F>): readonly Refusal[];
}

interface ResourceInput<F extends Fields> {
  /** The resource's name; the bare file is `<name>.csv`. */
  name: string;
  /** What people call it; the name with spaces unless given. */
  title?: string;
  /** Other names the file or the packaged resource may have, with or without `.csv`. */
  aliases?: readonly string[];
  /** The field, or fields together, that tell one row from another in the source. */
  id: (keyof F & string) | readonly (keyof F & string)[];
  fields: F;
  /** Other headings a field may stand under. */
  headings?: { readonly [K in keyof F]?: readonly string[] };
  /** Whether an import without this file makes no sense; yes unless told. */
  required?: boolean;
  references?: readonly {
    by: (keyof F & string) | readonly (keyof F & string)[];
    resource: string;
    called: string;
    part?: boolean;
  }[];
  check?(row: RowOf<F>): readonly Refusal[];
}

const list = (one: string | readonly string[]): readonly string[] => (typeof one === 'string' ? [one] : one);

/** Declares a table that can be imported: its files, id, fields, references and the rules within a row. */
export function resource<F extends Fields>(input: ResourceInput<F>): Resource<F> {
  const headings: Record<string, readonly string[]> = {};
  for (const [name, others] of Object.entries(input.headings ?? {})) headings[name] = others ?? [];
  return {
    name: input.name,
    title: input.title ?? input.name.replaceAll('_', ' '),
    aliases: input.aliases ?? [],
    id: list(input.id),
    fields: input.fields,
    headings,
    required: input.required ?? true,
    references: (input.references ?? []).map((each) => ({
      by: list(each.by),
      resource: each.resource,
      called: each.called,
      part: each.part ?? false,
    })),
    check: (row) => input.check?.(row) ?? [],
  };
}

/** A row that was read: where it stands (`line` is the physical line in the file, from 1), its id in the source, its values. */
export interface ReadRow<T = Readonly<Record<string, unknown>>> {
  readonly resource: string;
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly values: T;
}

/** A row that was refused, as a person gets to see it. */
export interface Reject {
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly reason: string;
}

/** A row refused while reading, with the rows of other resources it says it is part of. */
export interface ReadReject extends Reject {
  readonly resource: string;
  readonly partOf: readonly { readonly resource: string; readonly id: string }[];
}

/**
 * One text from the parts of an id, so that different parts never give the same text: a bar within a part is doubled, and
 * no part begins or ends with a space. `undefined` when a part is empty.
 */
export function idText(parts: readonly string[]): string | undefined {
  if (parts.length === 1) return parts[0]?.trim() || undefined;
  const trimmed = parts.map((part) => part.trim());
  return trimmed.includes('') ? undefined : trimmed.map((part) => part.replaceAll('|', '||')).join(' | ');
}

/** The id of the row that this row's reference names, or `undefined` when it names none. */
export function referredId(
  reference: Reference,
  values: Readonly<Record<string, unknown>>,
): string | undefined {
  const parts = reference.by.map((name) => values[name]);
  return parts.some((part) => part === null || part === undefined) ? undefined : idText(parts.map(String));
}

const shown = (cell: string) => (cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);

/** `not a date: requested_on is "01/13/2021"; write it as 2021-01-13` */
export function cellReason(refusal: Refusal, name: string, cell: string): string {
  const found = cell.trim() === '' ? 'is empty' : `is "${shown(cell.trim())}"`;
  return `${refusal.refused}: ${name} ${found}; ${refusal.help}`;
}

/** `decided before asked: decided_on is 2021-03-02; check both days` for a refusal that is about a row, not a cell. */
export const rowReason = (refusal: Refusal) => `${refusal.refused}: ${refusal.help}`;

/** Several reasons as one text that begins with the first phrase. */
export const joinReasons = (reasons: readonly string[]) => reasons.join('. Also ');
