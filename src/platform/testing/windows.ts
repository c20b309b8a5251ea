import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import {
  accessibilityFaults,
  type Opened,
  openPage,
  openToLook,
  sidewaysOverflow,
} from '../ui/testing/browser.ts';
import { csrfToken } from '../web/context.ts';
import type { Worker } from './people.ts';
import type { TestServer } from './server.ts';

/** The folder into which pages are kept as pictures, when somebody wants to look at them (KITH_PICTURES). */
export const pictures = process.env.KITH_PICTURES;

/** What a test of pages does again and again, as somebody who is signed in: in a browser, and over HTTP without one. */
export function windowsOn(server: TestServer, browser: Browser) {
  const cookieOf = (worker: Worker) => {
    const [name = '', value = ''] = server.cookie(worker.token).split('=');
    return { name, value: decodeURIComponent(value), url: server.url };
  };

  /** A window with the session of somebody, at no page of theirs yet. 320 pixels wide unless said. */
  async function windowFor(worker: Worker, scripts: boolean, width = 320): Promise<Opened> {
    const opened = await openPage(browser, `${server.url}/healthz`, { scripts, width });
    await opened.page.context().addCookies([cookieOf(worker)]);
    return opened;
  }

  /**
   * Opens an address, or a path, with scripts on: nothing that axe knows is wrong, nothing is beyond the edge, nothing is refused
   * by the browser. When asked for, it is kept as a picture, wide, narrow and on paper, and its drawing by itself.
   */
  async function looksRight(
    worker: Worker,
    url: string,
    name: string,
    widths: readonly number[] = [320],
  ): Promise<void> {
    for (const [at, width] of widths.entries()) {
      const { page, faults, close } = await openToLook(browser, new URL(url, server.url).href, {
        width,
        cookies: [cookieOf(worker)],
      });
      expect(await accessibilityFaults(page), url).toEqual([]);
      expect(await sidewaysOverflow(page), url).toBe(0);
      expect(faults, url).toEqual([]);
      if (pictures !== undefined && at === 0) await keepPictures(page, pictures, name);
      await close();
    }
  }

  /** Sends a form as the page of this worker would send it. */
  const post = (worker: Worker, url: string, fields: Record<string, string>) =>
    server.app.inject({
      method: 'POST',
      url,
      headers: { cookie: server.cookie(worker.token), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        _csrf: csrfToken(server.context.settings, worker.asking.identity.session),
        ...fields,
      }).toString(),
    });

  return { windowFor, looksRight, post };
}

async function keepPictures(page: Opened['page'], folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
    const drawing = page.locator('svg.kith-drawn').filter({ visible: true });
    if ((await drawing.count()) > 0)
      await drawing.first().screenshot({ path: `${folder}/${name}-drawing-${width}.png` });
  }
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.screenshot({ path: `${folder}/${name}-print.png`, fullPage: true });
  await page.emulateMedia({ media: null });
}
