import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assets, assetUrl, Page, pageScripts, pageStyles, renderPage } from '../../platform/ui/index.ts';
import type { OpenFile } from '../../platform/web/page.ts';
import { installable, VisitForm } from './pages/visit-form.tsx';

// What a device keeps so that the page opens with no signal: the page with nobody in it, and what it loads.

/** The address of the page, and with it the scope of the service worker. */
const address = '/visit';
const shellAddress = '/visit/empty';

const Empty = ({ partnership, demonstration }: { partnership: string; demonstration: boolean }) => (
  <Page
    shell={{ partnership, nav: [], csrf: '', path: address, demo: demonstration }}
    title="Write a visit"
    lead="What you write is sealed at once and kept on this device. It is sent when there is signal."
    {...installable}
  >
    <VisitForm shell={{ partnership, nav: [], csrf: '', path: address }}>
      <p class="ds_hint-text">
        What you write here goes to whoever last opened this page on this device with signal. If that was not
        you, write it somewhere else.
      </p>
    </VisitForm>
  </Page>
);

const scriptAt = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../platform/ui/scripts', name), 'utf8');

const shellPage: OpenFile = {
  path: shellAddress,
  contentType: 'text/html; charset=utf-8',
  body: (of) => renderPage(<Empty {...of} />),
};

const fonts = assets.filter(({ contentType }) => contentType === 'font/woff2').map(({ urlPath }) => urlPath);

const worker: OpenFile = {
  path: '/visit-worker.js',
  contentType: 'text/javascript; charset=utf-8',
  body(of) {
    const files = [
      shellAddress,
      ...pageStyles,
      ...pageScripts,
      ...installable.scripts.map(assetUrl),
      assetUrl('kith.svg'),
      // Letters of the Latin alphabet, and of Gaelic and Polish names among them.
      ...fonts.filter((file) => /-latin(-ext)?-wght/.test(file)),
    ];
    const parts = [scriptAt('visits.js'), scriptAt('visit-worker.js')];
    const version = hash('sha256', [...files, ...parts, shellPage.body(of)].join('\n'), 'hex').slice(0, 16);
    const kept = { version, address, page: shellAddress, files };
    return `const kept = ${JSON.stringify(kept)};\n${parts.join('\n')}`;
  },
};

const manifest: OpenFile = {
  path: installable.manifest,
  contentType: 'application/manifest+json; charset=utf-8',
  body: ({ partnership }) =>
    JSON.stringify({
      id: address,
      name: 'Kith: write a visit',
      short_name: 'Kith visit',
      description: `Write a visit with no signal. ${partnership}`,
      lang: 'en-GB',
      start_url: address,
      scope: address,
      display: 'standalone',
      background_color: '#ffffff',
      theme_color: '#16324f',
      icons: [
        { src: assetUrl('kith.svg'), sizes: 'any', type: 'image/svg+xml' },
        { src: assetUrl('kith-192.png'), sizes: '192x192', type: 'image/png' },
        { src: assetUrl('kith-512.png'), sizes: '512x512', type: 'image/png' },
      ],
    }),
};

export const openFiles: readonly OpenFile[] = [shellPage, worker, manifest];
