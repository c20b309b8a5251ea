/** Reads paragraphs, lists and the places of tables from what a person typed in a plain box. */
import { Problem } from '../problem.ts';
import type { Block } from './document.ts';

// Two digits at most: a line that happens to start with a year is not a list.
const listItem = /^(?:[-•*]|\d{1,2}[.)])\s+/;

const listFrom = (lines: readonly string[]): Block => {
  const items: string[] = [];
  for (const line of lines) {
    const last = items.length - 1;
    if (listItem.test(line) || last < 0) items.push(line.replace(listItem, '').trim());
    else items[last] = `${items[last]} ${line}`;
  }
  const ordered = /^\d/.test(lines[0] ?? '');
  return { type: 'bullets', items, ...(ordered ? { ordered } : {}) };
};

const paragraphFrom = (text: string): Block => {
  const continues = text.startsWith('+ ');
  const [, id] = /^\{\{id:\s*([a-z][a-z0-9.-]*)\s*\}\}/.exec(text) ?? [];
  const rest = text.replace(/^(\+ |\{\{id:[^{}]*\}\})/, '').trim();
  return {
    type: 'paragraph',
    text: rest,
    ...(continues ? { continues } : {}),
    ...(id === undefined ? {} : { id }),
  };
};

const namedBlock = (name: string, named: ReadonlyMap<string, Block>): Block => {
  const block = named.get(name);
  if (block === undefined)
    throw new Problem(422, 'unknown-block', `There is no table or chart called “${name}” in this report`, {
      detail: `Correct {{show:${name}}}. The tables and charts there are: ${[...named.keys()].join(', ') || 'none'}.`,
    });
  return block;
};

/**
 * Blocks from what a person typed: a blank line parts paragraphs; lines that start with "- " or "1. " are a list; a
 * paragraph that starts with "+ " carries on the one before without a number of its own; one that starts with
 * {{id:name}} can be referred to; {{show:name}} on a line of its own puts a table or chart from `named` there. Throws
 * a `Problem` for an unknown one.
 */
export const blocksFromText = (source: string, named: ReadonlyMap<string, Block> = new Map()): Block[] => {
  const blocks: Block[] = [];
  for (const chunk of source.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)) {
    let waiting: string[] = [];
    const flush = () => {
      const [first] = waiting;
      if (first !== undefined) {
        const block = listItem.test(first) ? listFrom(waiting) : paragraphFrom(waiting.join(' '));
        if (block.type !== 'paragraph' || block.text !== '') blocks.push(block);
      }
      waiting = [];
    };
    for (const line of chunk.split('\n').map((each) => each.trim())) {
      if (line === '') continue;
      const [, shown] = /^\{\{show:\s*([^{}]*?)\s*\}\}$/.exec(line) ?? [];
      const startsList = listItem.test(line) && waiting.every((each) => !listItem.test(each));
      if (shown !== undefined || startsList) flush();
      if (shown === undefined) waiting.push(line);
      else blocks.push(namedBlock(shown, named));
    }
    flush();
  }
  return blocks;
};
