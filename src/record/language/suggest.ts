import { search } from 'nlcst-search';
import retextEnglish from 'retext-english';
import { type Plugin, unified } from 'unified';

/** A term of the list. One that is to be left alone covers the listed words inside it. */
export interface WordEntry {
  id: string;
  term: string;
  /** Other forms, matched like the term. */
  forms: readonly string[];
  /** What could be said instead; '' for one that is left alone. */
  instead: string;
  why: string;
  source: string;
  leaveAlone: boolean;
}

export interface Suggestion {
  /** What was written, as it was written. */
  wrote: string;
  instead: string;
  why: string;
  source: string;
  /** Where it stands, in characters from the beginning of the text. */
  at: number;
}

/** A list of words made ready, kept for as long as the list itself is: it is asked with every text. */
interface Ready {
  byPhrase: ReadonlyMap<string, WordEntry>;
  phrases: string[];
  /** Whether a paragraph can hold any of them: cheap, so that the others need not be taken apart into words. */
  mayHold: RegExp | undefined;
}

// Word forms as nlcst-search compares them: lower case, without dashes and apostrophes.
const normal = (phrase: string): string =>
  phrase.toLowerCase().replaceAll(/['’-]/g, '').replaceAll(/\s+/g, ' ').trim();

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A phrase as a pattern that finds it however its dashes and spaces are written. */
const pattern = (phrase: string): string =>
  phrase
    .toLowerCase()
    .split(/[\s-]+/)
    .map(escaped)
    .join('[\\s-]*');

const ready = new WeakMap<readonly WordEntry[], Ready>();

function readied(words: readonly WordEntry[]): Ready {
  const known = ready.get(words);
  if (known) return known;
  const all = words.flatMap((entry) =>
    [entry.term, ...entry.forms].map((phrase) => [phrase, entry] as const),
  );
  const suggesting = all.filter(([, entry]) => !entry.leaveAlone).map(([phrase]) => pattern(phrase));
  const made: Ready = {
    byPhrase: new Map(all.map(([phrase, entry]) => [normal(phrase), entry])),
    phrases: [...new Set(all.map(([phrase]) => normal(phrase)))],
    mayHold:
      suggesting.length > 0
        ? new RegExp(`(?<!\\p{L})(?:${suggesting.join('|')})(?!\\p{L})`, 'iu')
        : undefined,
  };
  ready.set(words, made);
  return made;
}

interface Found extends Suggestion {
  end: number;
  leaveAlone: boolean;
}

const start = (node: Pick<Root, 'position'> | undefined): number => node?.position?.start.offset ?? 0;
const end = (node: Pick<Root, 'position'> | undefined): number => node?.position?.end.offset ?? 0;

type Tree = Parameters<typeof search>[0];
type Root = Extract<Tree, { type: 'RootNode' }>;

/** A retext plugin that marks the listed words of a text. It says where they are, and changes nothing. */
const listedWords: Plugin<[Ready, (found: Found) => void], Root> =
  ({ byPhrase, phrases }, give) =>
  (tree, file) => {
    const text = String(file);
    search(tree, phrases, (nodes, _index, _parent, phrase) => {
      const entry = byPhrase.get(phrase);
      if (entry === undefined) return;
      const [from, to] = [start(nodes[0]), end(nodes.at(-1))];
      const { instead, why, source, leaveAlone } = entry;
      give({ wrote: text.slice(from, to), instead, why, source, at: from, end: to, leaveAlone });
    });
  };

/** Where somebody else's words stand in quotation marks: a child's own words are never put right. */
const quoted = (text: string): [number, number][] =>
  [...text.matchAll(/“[^”]*(?:”|$)|"[^"\n]*"|‘(?:[^’\n]|’(?=\p{L}))*(?:’|$)|«[^»]*»/gu)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);

/** The longest term at each place; nothing inside a longer one, and nothing that is to be left alone. */
function longest(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const each of found.toSorted((one, other) => one.at - other.at || other.end - one.end))
    if (!kept.some((longer) => longer.at <= each.at && each.end <= longer.end)) kept.push(each);
  return kept.filter(({ leaveAlone }) => !leaveAlone);
}

function inParagraph(paragraph: string, list: Ready): Found[] {
  const found: Found[] = [];
  const processor = unified()
    .use(retextEnglish)
    .use(listedWords, list, (each) => found.push(each));
  processor.runSync(processor.parse(paragraph), paragraph);
  const apart = quoted(paragraph);
  return longest(found).filter(({ at }) => !apart.some(([from, to]) => at >= from && at < to));
}

/**
 * The listed words in a text, each with what could be said instead, in the order in which they stand. Words in quotation marks
 * and terms that are to be left alone are passed over. Pure: the text is only read.
 */
export function suggestions(text: string, words: readonly WordEntry[]): Suggestion[] {
  const list = readied(words);
  const all: Suggestion[] = [];
  let at = 0;
  for (const paragraph of text.split('\n')) {
    if (list.mayHold?.test(paragraph))
      for (const { end: _end, leaveAlone: _left, ...each } of inParagraph(paragraph, list))
        all.push({ ...each, at: at + each.at });
    at += paragraph.length + 1;
  }
  return all;
}

/** How many words a text has. */
export const countWords = (text: string): number =>
  text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
