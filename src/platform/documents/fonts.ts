import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';
import { plainFont } from './woff.ts';

// Roboto, the letters of the pages, in the parts in which it is published: a document carries only the letters that it uses.

const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve('@fontsource/roboto/package.json')), 'files');

const parts = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese'] as const;
type Part = (typeof parts)[number];

const faces = { plain: '400-normal', bold: '700-normal', own: '400-italic' } as const;
/** Upright, bold, and the slanted letters in which somebody's own words stand. */
export type Face = keyof typeof faces;

let read: readonly { name: string; font: Buffer }[] | undefined;
/** The fonts, each with the name under which a document knows it; read and unpacked once. */
export function fonts(): readonly { name: string; font: Buffer }[] {
  read ??= parts.flatMap((part) =>
    Object.values(faces).map((face) => ({
      name: `${part} ${face}`,
      font: plainFont(readFileSync(join(folder, `roboto-${part}-${face}.woff`))),
    })),
  );
  return read;
}

const charactersOf = (part: Part): ReadonlySet<number> => {
  const font = fonts().find(({ name }) => name === `${part} ${faces.plain}`)?.font ?? Buffer.alloc(0);
  const opened = create(font);
  return new Set('characterSet' in opened ? opened.characterSet : []);
};

let known: ReadonlyMap<Part, ReadonlySet<number>> | undefined;
/** The characters that each part has, read once; the faces of a part have the same. */
function characters(): ReadonlyMap<Part, ReadonlySet<number>> {
  known ??= new Map(parts.map((part) => [part, charactersOf(part)]));
  return known;
}

const has = (part: Part, written: string): boolean =>
  [...written].every(
    (each) =>
      characters()
        .get(part)
        ?.has(each.codePointAt(0) ?? 0) === true,
  );

/** Marks that Roboto does not have, and what says the same. */
const alike: Readonly<Record<string, string>> = {
  '\t': ' ',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u2010': '-',
  '\u2011': '-',
  '\u2190': '–',
  '\u2192': '–',
};

const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, 'Urdu, or in another language of Arabic letters'],
  [/\p{Script=Devanagari}/u, 'Hindi, or in another language of Devanagari letters'],
  [/\p{Script=Gurmukhi}/u, 'Punjabi'],
  [/\p{Script=Bengali}/u, 'Bengali'],
  [/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u, 'Chinese or Japanese'],
];

/** What stands in place of what no letters here can show: a sentence for words, the least for a sign or a picture. */
function inPlaceOf(missing: string): string {
  if (/\p{L}/u.test(missing)) {
    const language = scripts.find(([letters]) => letters.test(missing))?.[1];
    return `[These words are in ${language ?? 'letters that this PDF does not have'}. The Word document shows them.]`;
  }
  return /\p{Extended_Pictographic}/u.test(missing) ? '(a picture)' : '';
}

interface Piece {
  text: string;
  part: Part | undefined;
}

const letters = new Intl.Segmenter('en');

/** Text in pieces by the part that has its letters; as few as can be. */
function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  // Most text is of Latin letters alone, and needs no looking at letter by letter.
  const segments = has('latin', line)
    ? [line]
    : Array.from(letters.segment(line), ({ segment }) => alike[segment] ?? segment);
  for (const written of segments) {
    const last = pieces.at(-1);
    const part = last?.part && has(last.part, written) ? last.part : parts.find((each) => has(each, written));
    if (last && last.part === part) last.text += written;
    else pieces.push({ text: written, part });
  }
  return pieces;
}

/** Words that cannot be shown are one passage with the spaces and marks between them. */
function passages(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  const isMissingWords = (piece: Piece | undefined) =>
    piece !== undefined && piece.part === undefined && /\p{L}/u.test(piece.text);
  for (const [index, piece] of pieces.entries()) {
    const last = joined.at(-1);
    const between = /^[^\p{L}\p{N}]*$/u.test(piece.text) && isMissingWords(pieces[index + 1]);
    if (last && isMissingWords(last) && (between || isMissingWords(piece))) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}

/** One line of text in pieces, each with the name of the font that has its letters. */
export const lettersFor = (line: string, face: Face): { text: string; font: string }[] =>
  passages(piecesOf(line))
    .map(({ text, part }) => ({
      text: part === undefined ? inPlaceOf(text) : text,
      font: `${part ?? 'latin'} ${faces[face]}`,
    }))
    .filter(({ text }) => text !== '');
