import { readFileSync } from 'node:fs';
import { renderToString } from 'preact-render-to-string';
import { assets } from '../ui/index.ts';
import { drawnChart } from './chart.tsx';
import type { ReportDocument } from './document.ts';
import { ReportBody } from './page.tsx';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The style sheets in one piece. Fonts and pictures are left out: the file has to stand alone. */
const styles = (): string =>
  assets
    .filter(({ urlPath }) => urlPath.endsWith('.css') && !urlPath.endsWith('/wght.css'))
    .map(({ file }) => readFileSync(file, 'utf8'))
    .join('\n')
    .replaceAll('\uFEFF', '')
    .replace(/@charset[^;]*;/g, '')
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/url\((?!['"]?data:)[^)]*\)/g, 'none')
    .replaceAll('</', '<\\/');

/**
 * The report as one HTML file that needs nothing else, to keep or to print. With `baseUrl`, the address of the site,
 * figures open there; without it they are plain.
 */
export function printableHtml(doc: ReportDocument, options: { baseUrl?: URL } = {}): string {
  const body = renderToString(<ReportBody doc={doc} renderChart={drawnChart} />);
  const { baseUrl } = options;
  const linked =
    baseUrl === undefined
      ? body.replace(/<a href="\/[^"]*">(.*?)<\/a>/g, '$1')
      : body.replace(/href="(\/[^"]*)"/g, (_whole, path: string) => {
          const address = new URL(path.replaceAll('&amp;', '&'), baseUrl);
          return `href="${escaped(address.href)}"`;
        });
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(doc.head.title)}</title>
<style>${styles()}</style>
</head>
<body>
<div class="ds_wrapper">
<main class="kith-main">
<h1>${escaped(doc.head.title)}</h1>
${linked}
</main>
</div>
</body>
</html>
`;
}
