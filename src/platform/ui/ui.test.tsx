import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { signedIn } from './gallery/shells.ts';
import { galleryPages } from './gallery.tsx';
import {
  assets,
  assetUrl,
  Checkboxes,
  DateField,
  dayFromText,
  Form,
  fieldId,
  InlineForm,
  MoneyField,
  More,
  Page,
  Progress,
  Quote,
  Radios,
  renderPage,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from './index.ts';

const pages = [...galleryPages()].map(([name, page]) => [name, renderPage(page)] as const);

describe('every page of the gallery', () => {
  it.each(pages)('%s carries nothing that a strict security policy refuses', (_name, html) => {
    expect(html).toMatch(/^<!doctype html><html lang="en-GB">/);
    expect(html).not.toMatch(/\sstyle=/);
    expect(html).not.toContain('<style');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/\son[a-z]+=/);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it.each(pages)('%s uses each id once, and every reference to an id has its target', (_name, html) => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const references = [...html.matchAll(/\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)]
      .flatMap(([, list]) => (list ?? '').split(' '))
      .concat([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id ?? ''));
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it.each(pages)('%s has one first heading and no empty one', (_name, html) => {
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toMatch(/<h\d[^>]*><\/h\d>/);
  });

  it.each(pages)('%s sends no form without its token', (_name, html) => {
    const forms = html.match(/<form[^>]*method="post".*?<\/form>/g) ?? [];
    for (const form of forms) expect(form).toContain('name="_csrf" value="gallery"');
  });
});

describe('Page', () => {
  it('says in its title that there is an error, and links each error to its field', () => {
    const html = renderPage(
      <Page
        shell={signedIn}
        title="Ask"
        errors={{ 'lines.0.amount': 'Write an amount', why: 'Say why', form: 'Try again', gone: 'Not here' }}
      >
        <TextField name="why" label="Why?" />
        <TextField name="lines.0.amount" label="How much?" />
      </Page>,
    );
    // In the order of the page; what is of no field on it leads nowhere.
    expect(
      [
        ...((html.split('ds_error-summary__list')[1] ?? '').split('</ul>')[0]?.matchAll(/<li>(.*?)<\/li>/g) ??
          []),
      ].map(([, line]) => line),
    ).toEqual([
      'Try again',
      'Not here',
      '<a href="#field-why">Say why</a>',
      '<a href="#field-lines-0-amount">Write an amount</a>',
    ]);
    expect(html).toContain('<title>Error: Ask – Kith</title>');
    expect(html).toContain('<a href="#field-lines-0-amount">Write an amount</a>');
    expect(html).toContain('<li>Try again</li>');
  });

  it('has no error summary when there are no errors', () => {
    const html = renderPage(<Page shell={signedIn} title="Ask" errors={{}} />);
    expect(html).toContain('<title>Ask – Kith</title>');
    expect(html).not.toContain('There is a problem');
  });

  it('marks where somebody is, and how much waits', () => {
    const html = renderPage(<Page shell={signedIn} title="Requests" />);
    expect(html).toMatch(/href="\/gallery\/list" aria-current="page"/);
    expect(html).toContain('12<span class="visually-hidden"> waiting</span>');
  });

  it('shows nobody signed in, and no way to sign out, when nobody is', () => {
    const { who: _, ...nobody } = signedIn;
    expect(renderPage(<Page shell={nobody} title="Sign in" />)).not.toContain('Sign out');
  });

  it('escapes what people write', () => {
    const html = renderPage(<Page shell={signedIn} title={'<script>alert("x")</script>'} />);
    expect(html).not.toContain('<script>alert');
  });
});

describe('fields', () => {
  it('name their hint and their error, in that order', () => {
    const html = renderToString(<TextField name="a" label="A" hint="H" error="E" required />);
    expect(html).toContain('aria-describedby="field-a-hint field-a-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('aria-required="true"');
    expect(html).toContain('id="field-a-error"');
  });

  it('keep what was typed exactly, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (typed) => {
        const escaped = typed.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
        expect(renderToString(<MoneyField name="a" label="A" value={typed} />)).toContain(
          `value="${escaped}"`,
        );
        expect(renderToString(<TextArea name="a" label="A" value={typed} />)).toContain(
          `>${escaped}</textarea>`,
        );
      }),
    );
  });

  it('keep a line break that comes first', () => {
    for (const typed of ['\nBeds', '\r\nBeds'])
      expect(renderToString(<TextArea name="a" label="A" value={typed} />)).toContain(
        `>\n${typed}</textarea>`,
      );
  });

  it('never write a password back', () => {
    expect(renderToString(<TextField name="a" label="A" type="password" value="secret" />)).not.toContain(
      'secret',
    );
  });

  it('say how long an answer may be without cutting it off', () => {
    const html = renderToString(<TextArea name="a" label="A" limit={4000} />);
    expect(html).toContain('Up to 4,000 characters');
    expect(html).toContain('aria-describedby="field-a-limit"');
    expect(html).not.toContain('maxlength');
  });

  it('choose what was chosen, and nothing when nothing was', () => {
    const choices = [
      { value: 'x', label: 'X' },
      { value: 'y', label: 'Y' },
    ];
    const checked = (html: string) =>
      [...html.matchAll(/value="(\w)"[^>]*?(?:checked|selected)/g)].map((m) => m[1]);
    expect(checked(renderToString(<Radios name="a" label="A" choices={choices} />))).toEqual([]);
    expect(checked(renderToString(<Radios name="a" label="A" choices={choices} value="y" />))).toEqual(['y']);
    expect(
      checked(renderToString(<Checkboxes name="a" label="A" choices={choices} values={['x', 'y']} />)),
    ).toEqual(['x', 'y']);
    const select = renderToString(<Select name="a" label="A" choices={choices} empty="Choose" value="y" />);
    expect(select).toMatch(/<option[^>]*selected[^>]*>Y/);
    expect(select.match(/selected/g)).toHaveLength(1);
  });

  it('give the first answer the id that errors link to', () => {
    const html = renderToString(<Radios name="a" label="A" choices={[{ value: 'x', label: 'X' }]} />);
    expect(html).toContain(`id="${fieldId('a')}"`);
  });
});

describe('days', () => {
  it('are shown as day/month/year when they come as ISO, and as typed otherwise', () => {
    expect(renderToString(<DateField name="d" label="D" value="2026-03-01" />)).toContain('value="1/3/2026"');
    expect(renderToString(<DateField name="d" label="D" value="31/2/26" />)).toContain('value="31/2/26"');
  });

  it.each([
    ['31/3/2026', '2026-03-31'],
    [' 01.03.2026 ', '2026-03-01'],
    ['1-3-2026', '2026-03-01'],
    ['1 3 2026', '2026-03-01'],
    ['2026-03-01', '2026-03-01'],
    ['29/2/2024', '2024-02-29'],
    ['31/2/2026', undefined],
    ['29/2/2026', undefined],
    ['3/31/2026', undefined],
    ['0/1/2026', undefined],
    ['1/3/26', undefined],
    ['2026-3-1', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ])('reads %j as %s', (typed, day) => {
    expect(dayFromText(typed)?.toString()).toBe(day);
  });
});

describe('forms', () => {
  it('carry the key, the version and the draft', () => {
    const html = renderToString(
      <Form shell={signedIn} action="/a" submit="Send" idempotencyKey="k" version={7n} draft="d">
        <p>Fields</p>
      </Form>,
    );
    for (const pair of ['name="_key" value="k"', 'name="_version" value="7"', 'name="_draft" value="d"'])
      expect(html).toContain(pair);
    expect(html).toContain('data-draft="d"');
    expect(html).toContain('role="status"');
  });

  it('that only ask carry no token in their address', () => {
    const html = renderToString(
      <Form shell={signedIn} action="/a" method="get" submit="Find">
        <p>Fields</p>
      </Form>,
    );
    expect(html).not.toContain('_csrf');
  });

  it('of one button say what they are about', () => {
    const html = renderToString(
      <InlineForm shell={signedIn} action="/a" submit="Withdraw" about="beds" fields={{ id: '1' }} />,
    );
    expect(html).toContain('Withdraw<span class="visually-hidden"> beds</span>');
    expect(html).toContain('name="id" value="1"');
  });
});

describe('content', () => {
  it('says so when something is not recorded', () => {
    const html = renderToString(
      <SummaryList rows={[{ key: 'Another fund', value: '', action: { href: '/c', text: 'Change' } }]} />,
    );
    expect(html).toContain('Not recorded');
    expect(html).toContain('Change<span class="visually-hidden"> another fund</span>');
  });

  it('shows nought as nought', () => {
    expect(renderToString(<SummaryList rows={[{ key: 'Children', value: 0 }]} />)).toContain('>0<');
  });

  it('never draws more than the whole, nor less than nothing', () => {
    const value = (html: string) => Number(/\svalue="?(\d+)/.exec(html)?.[1]);
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        (v, m) => {
          const drawn = value(renderToString(<Progress label="F" value={v} max={m} text="T" />));
          expect(drawn).toBeGreaterThanOrEqual(0);
          expect(drawn).toBeLessThanOrEqual(1000);
        },
      ),
    );
    expect(value(renderToString(<Progress label="F" value={1} max={4} text="T" />))).toBe(250);
  });

  it('keeps the paragraphs of somebody’s own words', () => {
    const html = renderToString(<Quote text={'One.\n\nTwo.\nThree.'} by="Mum" />);
    expect(html).toContain('<p>One.</p><p>Two.\nThree.</p>');
  });

  it('puts what was given in place of an empty table', () => {
    const html = renderToString(
      <Table caption="C" columns={[{ key: 'a', title: 'A' }]} rows={[]} empty="Nothing waits." />,
    );
    expect(html).toContain('Nothing waits.');
    expect(html).not.toContain('<table');
  });

  it('names rows and columns of a table', () => {
    const html = renderToString(
      <Table
        caption="C"
        columns={[
          { key: 'a', title: 'A' },
          { key: 'b', title: 'B', numeric: true },
        ]}
        rows={[{ a: 'x', b: 1 }]}
        footer={{ a: 'All', b: 1 }}
        empty="None"
      />,
    );
    expect(html).toContain('<th scope="row">x</th><td class="kith-numeric" data-heading="B">1</td>');
    expect(html).toContain('<tfoot><tr><th scope="row">All</th>');
  });

  it('shows no way onward when there is only one page', () => {
    expect(renderToString(<More label="Requests" />)).toBe('');
    expect(renderToString(<More label="Requests" next="?after=1" />)).toContain('rel="next"');
  });
});

describe('assets', () => {
  it('are all there, each with a type and an address of its own', () => {
    for (const { file, contentType, urlPath } of assets) {
      expect(existsSync(file), file).toBe(true);
      expect(contentType).not.toBe('application/octet-stream');
      expect(urlPath).toMatch(/^\/assets\/[0-9a-f]{16}\//);
    }
    expect(new Set(assets.map((asset) => asset.urlPath)).size).toBe(assets.length);
    expect(() => assetUrl('nothing.css')).toThrow('There is no asset called nothing.css');
  });

  it('load nothing from elsewhere, and everything they name is served', () => {
    const served = new Set(assets.map((asset) => asset.urlPath));
    for (const { file, urlPath } of assets.filter(({ contentType }) => contentType.startsWith('text/css'))) {
      const css = readFileSync(file, 'utf8');
      expect(css).not.toMatch(/@import/);
      for (const [, address] of css.matchAll(/url\(\s*["']?([^"')]+)/g)) {
        if (address?.startsWith('data:')) continue;
        expect(served, address).toContain(new URL(address ?? '', `http://x${urlPath}`).pathname);
      }
    }
  });
});
