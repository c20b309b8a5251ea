import { ageWords, datesWords, type Somebody } from '../around.ts';

// The words beside symbols, in lines that fit. A drawing cannot measure letters on the server, so widths are taken on the safe side.

const wide = /[MWmw@%–—]/;
const narrow = /[iIjlt.,'’|! fr()-]/;

/** About how wide text is, in units of the size of its letters. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, letter) => {
    if (wide.test(letter)) return sum + 0.9;
    if (narrow.test(letter)) return sum + 0.36;
    return sum + (letter.toUpperCase() === letter && letter.toLowerCase() !== letter ? 0.69 : 0.58);
  }, 0);

/** The longest beginning of a word that fits, of one letter at least. */
function headThatFits(word: string, room: number): string {
  let head = '';
  for (const letter of word) {
    if (head !== '' && textWidth(`${head}${letter}-`) > room) break;
    head += letter;
  }
  return head;
}

/**
 * Text in lines of at most `room` (in units of the letters' size), broken at spaces and after hyphens, within a word only
 * where one is too long for a line. What does not fit in `most` lines ends in "…".
 */
export function wrapped(text: string, room: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  const queue = text.split(/(?<=[ -])/).filter((piece) => piece !== '');
  for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
    if (textWidth((line + piece).trimEnd()) <= room) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
      queue.unshift(piece);
      continue;
    }
    const head = headThatFits(piece, room);
    const rest = piece.slice(head.length);
    lines.push(rest === '' ? head : `${head}-`);
    if (rest !== '') queue.unshift(rest);
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= most) return lines;
  const last = lines[most - 1] ?? '';
  return [...lines.slice(0, most - 1), `${headThatFits(last, room - 1).replace(/[ -]$/, '')}…`];
}

// Lines pass between people: words leave them a channel.
const nameRoom = 118 / 14;
const datesRoom = 118 / 13;

export interface Label {
  lines: string[];
  /** How many of the lines are the name. */
  names: number;
  within: string;
}

/** What is written below and within somebody's symbol. */
export function labelOf(who: Somebody, today: Temporal.PlainDate): Label {
  if (!who.seen) return { lines: ['Not shown'], names: 0, within: '?' };
  const name = wrapped(who.name, nameRoom, 3);
  const age = ageWords(who, today);
  const short = /^(about )?\d{1,3}$/.test(age);
  return {
    lines: [...name, ...(short || age === '' ? [] : [age]), ...wrapped(datesWords(who), datesRoom, 2)],
    names: name.length,
    within: short ? age.replace('about ', '~') : '',
  };
}
