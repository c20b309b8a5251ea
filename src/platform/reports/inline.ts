/**
 * The small markup of report narrative, so that people can write in a plain box:
 *
 *     **bold**   [words](https://…)   https://…   {{ref:id}}
 *
 * Anything else, and anything unsafe, is shown as it was typed. `narrative.ts` reads paragraphs and lists.
 */

export type Inline =
  | { readonly type: 'text'; readonly text: string; readonly bold: boolean }
  | { readonly type: 'link'; readonly text: string; readonly href: string; readonly bold: boolean }
  | { readonly type: 'reference'; readonly id: string; readonly bold: boolean };

/**
 * The address if a link may carry it, or `undefined`: a path, query or fragment of this site, or https, http or
 * mailto. White space, control characters and backslashes are refused because browsers drop or change them, which
 * turns a path into another site's address.
 */
export const safeHref = (href: string): string | undefined => {
  if (/[\s\p{Cc}\\]/u.test(href)) return undefined;
  if (/^(https?:\/\/[^/]|mailto:.)/i.test(href)) return href;
  return /^(\/(?!\/)|\?|#)/.test(href) ? href : undefined;
};

const token = /\{\{ref:([^{}]*)\}\}|\[([^[\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>"]+)|\*\*/g;

const withoutFinalPunctuation = (address: string): string => {
  let end = address.length;
  while (end > 0 && ".,;:!?)'’”".includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
};

/**
 * The parts of a text, in order, with line breaks read as spaces. Never throws: markup that is not understood is
 * text.
 */
export const parseInline = (source: string): Inline[] => {
  const text = source.replace(/\s+/g, ' ').trim();
  const parts: Inline[] = [];
  let bold = false;
  let at = 0;
  const push = (part: Inline) => {
    const last = parts.at(-1);
    if (part.type === 'text' && last?.type === 'text' && last.bold === part.bold)
      parts[parts.length - 1] = { ...last, text: last.text + part.text };
    else if (part.type !== 'text' || part.text !== '') parts.push(part);
  };
  for (const match of text.matchAll(token)) {
    const [whole, reference, words, target, bare] = match;
    push({ type: 'text', text: text.slice(at, match.index), bold });
    at = match.index + whole.length;
    const address = bare === undefined ? target : withoutFinalPunctuation(bare);
    if (reference !== undefined) push({ type: 'reference', id: reference.trim(), bold });
    else if (address !== undefined && safeHref(address) !== undefined) {
      push({ type: 'link', text: words ?? address, href: address, bold });
      if (bare !== undefined) push({ type: 'text', text: bare.slice(address.length), bold });
    } else if (whole === '**' && (bold || text.includes('**', at))) bold = !bold;
    else push({ type: 'text', text: whole, bold });
  }
  push({ type: 'text', text: text.slice(at), bold });
  return parts;
};

/** The ids a text refers to. */
export const referencesIn = (text: string): string[] =>
  parseInline(text).flatMap((part) => (part.type === 'reference' ? [part.id] : []));
