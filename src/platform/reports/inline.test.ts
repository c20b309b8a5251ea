import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInline, referencesIn, safeHref } from './inline.ts';

const text = (words: string, bold = false) => ({ type: 'text', text: words, bold });
const link = (words: string, href: string, bold = false) => ({ type: 'link', text: words, href, bold });

describe('the markup of narrative', () => {
  test('bold, links, bare addresses and references', () => {
    expect(
      parseInline('**Next:** see [the plan](/plans/1) or https://thepromise.scot/plan. As in {{ref:demand}}'),
    ).toEqual([
      text('Next:', true),
      text(' see '),
      link('the plan', '/plans/1'),
      text(' or '),
      link('https://thepromise.scot/plan', 'https://thepromise.scot/plan'),
      text('. As in '),
      { type: 'reference', id: 'demand', bold: false },
    ]);
  });

  test('a link and a reference can be bold', () => {
    expect(parseInline('**[a](/a) {{ref:b}}**')).toEqual([
      link('a', '/a', true),
      text(' ', true),
      { type: 'reference', id: 'b', bold: true },
    ]);
  });

  test('what is not markup stays as typed', () => {
    for (const typed of [
      '5 ** 3',
      '[not a link]',
      '[words] (with brackets)',
      '<b>1 < 2 & 3</b>',
      '{{other}}',
    ])
      expect(parseInline(typed)).toEqual([text(typed)]);
  });

  test('line breaks are spaces', () => {
    expect(parseInline('one\r\n two\n\nthree')).toEqual([text('one two three')]);
  });

  test.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    'https:evil',
    'vbscript:x',
    '',
  ])('%j cannot be a link', (href) => {
    expect(safeHref(href)).toBeUndefined();
  });

  test('an unsafe link is shown as it was typed', () => {
    expect(parseInline('[press](javascript:void)')).toEqual([text('[press](javascript:void)')]);
  });

  test.each([
    '/measures/x?from=2021-02-15',
    '?by=fund',
    '#paragraph-2-5',
    'https://a.example',
    'mailto:a@b.example',
  ])('%j can be a link', (href) => {
    expect(safeHref(href)).toBe(href);
  });

  test('never throws, never gives an unsafe link, and never runs away', () => {
    const piece = fc.constantFrom(
      '**',
      '[',
      ']',
      '(',
      ')',
      '{{ref:',
      '}}',
      'https://',
      'javascript:',
      'a',
      ' ',
      '/',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        for (const part of parseInline(pieces.join('')))
          if (part.type === 'link') expect(safeHref(part.href)).toBe(part.href);
      }),
    );
    const started = performance.now();
    for (const unit of ['[', '**', '[a](', '{{ref:', 'https://']) parseInline(unit.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('finds the references of a text', () => {
    expect(referencesIn('{{ref:a}} and **{{ref: b }}**')).toEqual(['a', 'b']);
  });
});
