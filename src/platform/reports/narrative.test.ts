import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.ts';
import type { Block } from './document.ts';
import { blocksFromText } from './narrative.ts';

const table: Block = { type: 'table', table: { caption: 'Demand', columns: [], rows: [], sources: [] } };

describe('narrative typed in a plain box', () => {
  test('paragraphs, lists, carried-on paragraphs, names and the places of tables', () => {
    const typed = [
      '{{id:demand}} The table shows demand',
      'on the scheme:',
      '',
      '{{show:demand-table}}',
      '',
      '+ It counts families.',
      '',
      'It has paid for:',
      '- beds',
      '  and desks',
      '- play',
      '',
      '1. first',
      '2. second',
    ].join('\r\n');
    expect(blocksFromText(typed, new Map([['demand-table', table]]))).toEqual([
      { type: 'paragraph', id: 'demand', text: 'The table shows demand on the scheme:' },
      table,
      { type: 'paragraph', continues: true, text: 'It counts families.' },
      { type: 'paragraph', text: 'It has paid for:' },
      { type: 'bullets', items: ['beds and desks', 'play'] },
      { type: 'bullets', ordered: true, items: ['first', 'second'] },
    ]);
  });

  test('a line that starts with a year or with bold words is not a list', () => {
    expect(blocksFromText('The scheme opened in\n2021. It closed.\n\n**Bold** words')).toEqual([
      { type: 'paragraph', text: 'The scheme opened in 2021. It closed.' },
      { type: 'paragraph', text: '**Bold** words' },
    ]);
  });

  test('nothing typed is no blocks', () => {
    expect(blocksFromText(' \n\n \n')).toEqual([]);
  });

  test('a table that is not there is a plain sentence that says which are', () => {
    const attempt = () => blocksFromText('{{show:demnd}}', new Map([['demand', table]]));
    expect(attempt).toThrow(Problem);
    expect(attempt).toThrow('There is no table or chart called “demnd” in this report');
  });
});
