import { z } from 'zod';
import { invalid } from '../problem.ts';

// How what is sent is read against its schema, and what is said of it where it cannot be read.

const list = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const count = (number: number | bigint): string => number.toLocaleString('en-GB');

/** What was expected, where nothing else is said of it: forms say it themselves, so it is mostly a program that reads this. */
const wanted: Readonly<Record<string, string>> = {
  string: 'Send words here',
  number: 'Send a number here',
  int: 'Send a whole number here',
  boolean: 'Send true or false here',
  array: 'Send a list here',
  object: 'Send an object with names and values here',
};

const bounded = (
  { origin, inclusive }: { origin: string; inclusive?: boolean },
  bound: number | bigint,
  [many, few]: readonly [string, string],
): string => {
  if (origin === 'string') return `Use ${count(bound)} characters or ${few}`;
  if (origin === 'array' || origin === 'set') return `Send ${count(bound)} or ${few}`;
  return inclusive === false ? `Send ${many} than ${count(bound)}` : `Send ${count(bound)} or ${many}`;
};

/**
 * What is said of something that cannot be read, where its schema says nothing of its own: what to do, in place of the words of a
 * library. It is given with each reading, and not to the library as a whole, whose other readers have words of their own.
 */
const plainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys')
    return 'Send this as well: it is missing';
  switch (issue.code) {
    case 'invalid_type':
      return wanted[issue.expected] ?? 'This cannot be read';
    case 'invalid_value':
      return `Send ${list.format(issue.values.map((value) => `“${String(value)}”`))}`;
    case 'too_big':
      return bounded(issue, issue.maximum, ['less', 'fewer']);
    case 'too_small':
      return bounded(issue, issue.minimum, ['more', 'more']);
    case 'invalid_format':
      return issue.format === 'uuid' ? 'Send the id of a record here' : 'This is not written as it should be';
    case 'unrecognized_keys':
      return `Leave out ${list.format(issue.keys.map((key) => `“${key}”`))}: nothing here has that name`;
    default:
      return 'This cannot be read';
  }
};

const said = { error: plainWords };

/** Zod issues as one sentence for each field. */
function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.map(String).join('.') || 'form';
    fields[field] ??= issue.message;
  }
  return fields;
}

/** An input as its schema reads it, or what is wrong with it: a sentence for each field. */
export function readInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
): { data: z.output<S> } | { fields: Record<string, string> } {
  const read = schema.safeParse(input, said);
  return read.success ? { data: read.data } : { fields: fieldErrors(read.error) };
}

/** @throws Problem with a sentence for each field that cannot be read */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const read = readInput(schema, input);
  if ('fields' in read) throw invalid(read.fields);
  return read.data;
}

/** What of an input can be read by itself, where the whole of it cannot. */
export function readable<I extends z.ZodType>(schema: I, input: unknown): Partial<z.output<I>> {
  if (!(schema instanceof z.ZodObject) || typeof input !== 'object' || input === null) return {};
  const given = new Map(Object.entries(input));
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, field]) => {
      const read = z.safeParse(field, given.get(name));
      return read.success ? [[name, read.data] as const] : [];
    }),
  ) as Partial<z.output<I>>;
}
