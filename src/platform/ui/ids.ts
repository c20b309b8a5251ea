/** Turns a field name such as `lines.0.amount` or `child[1]` into something that is safe in an `id` and in a `#` link. */
const safe = (name: string): string => name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');

/** The id of the control of a field: what an error summary links to. The same name always gives the same id. */
export const fieldId = (name: string): string => `field-${safe(name)}`;

/** The ids that describe a field to assistive technology, or `undefined` when there are none. */
export const describedBy = (
  name: string,
  parts: { hint?: unknown; error?: string | undefined; extra?: string | undefined },
): string | undefined => {
  const ids = [
    parts.hint ? `${fieldId(name)}-hint` : undefined,
    parts.error ? `${fieldId(name)}-error` : undefined,
    parts.extra,
  ].filter((id) => id !== undefined);
  return ids.length > 0 ? ids.join(' ') : undefined;
};

/** A stable id for a piece of content, made from its words, so that the same page gives the same markup each time. */
export const contentId = (prefix: string, words: string): string => {
  let hash = 5381;
  for (const letter of words) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return `${prefix}-${hash.toString(36)}`;
};
