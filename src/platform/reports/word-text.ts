/** Narrative text as Word runs: bold, live links, and references that lead to their paragraph. */
import { Bookmark, ExternalHyperlink, InternalHyperlink, type ParagraphChild, Tab, TextRun } from 'docx';
import { parseInline } from './inline.ts';
import { type Reference, resolveReference } from './numbering.ts';

/**
 * What text needs to know of the report it stands in. `baseUrl` is where the site is; without it, links to the site
 * are plain text.
 */
export type WordContext = {
  readonly references: ReadonlyMap<string, Reference>;
  readonly baseUrl: URL | undefined;
};

/** Word allows letters, digits and underscores in a bookmark, and 40 characters. */
const bookmarkName = (anchor: string) => anchor.replace(/[^a-z0-9]/gi, '_').slice(0, 40);

/** The text without the characters that no Word file may hold; they come with text pasted from elsewhere. */
export const printable = (text: string): string =>
  text.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '');

/** A run, bold or as its style has it: saying "not bold" would overrule the style of a heading. */
export const run = (text: string, bold = false): TextRun =>
  new TextRun({ text: printable(text), ...(bold ? { bold } : {}) });

/** A step to the hanging indent, then text. */
export const tabbed = (text = ''): TextRun =>
  new TextRun({ children: text === '' ? [new Tab()] : [new Tab(), printable(text)] });

/** Text that a reference can lead to. */
export const bookmarked = (anchor: string | undefined, text: string): ParagraphChild =>
  anchor === undefined ? run(text) : new Bookmark({ id: bookmarkName(anchor), children: [run(text)] });

const linkRun = (text: string, bold: boolean) =>
  new TextRun({ text: printable(text), style: 'Hyperlink', ...(bold ? { bold } : {}) });

/** A link if the address can be opened from a document on its own, and the plain words if not. */
export const wordLink = (text: string, href: string, context: WordContext, bold = false): ParagraphChild => {
  const onSite = /^[/?#]/.test(href);
  if (onSite && context.baseUrl === undefined) return run(text, bold);
  return new ExternalHyperlink({
    link: onSite ? new URL(href, context.baseUrl).href : href,
    children: [linkRun(text, bold)],
  });
};

/** The runs of a text. Throws a `Problem` for a reference that leads nowhere. */
export const runsOf = (text: string, context: WordContext): ParagraphChild[] =>
  parseInline(text).map((part) => {
    if (part.type === 'text') return run(part.text, part.bold);
    if (part.type === 'link') return wordLink(part.text, part.href, context, part.bold);
    const reference = resolveReference(context.references, part.id);
    return new InternalHyperlink({
      anchor: bookmarkName(reference.anchor),
      children: [linkRun(reference.text, part.bold)],
    });
  });
