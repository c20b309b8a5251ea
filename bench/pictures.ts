import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startBrowser } from '../src/platform/ui/testing/browser.ts';

// Takes the pictures of docs/pictures anew, from a demonstration that is running: npx tsx bench/pictures.ts http://127.0.0.1:3000

const folder = join(import.meta.dirname, '..', 'docs', 'pictures');
const { positionals } = parseArgs({ allowPositionals: true });
const address = positionals[0];
if (address === undefined) throw new Error('Say where the demonstration runs: http://127.0.0.1:3000');

const browser = await startBrowser();

/** A window in which a persona of the demonstration is signed in. */
async function windowOf(persona: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.getByRole('button', { name: persona }).first().click();
  await page.waitForURL(`${address}/`);
  return page;
}

const follow = async (page: Page, name: string | RegExp) => {
  await page.locator('main').getByRole('link', { name }).first().click();
  await page.waitForLoadState('load');
};

/** Saves what the window shows: from a little above this table on, or from the top of the page. */
async function picture(page: Page, file: string, table?: string): Promise<void> {
  if (table)
    await page
      .locator('caption', { hasText: table })
      .first()
      .evaluate((each) =>
        window.scrollTo({ top: each.getBoundingClientRect().top + scrollY - 110, behavior: 'instant' }),
      );
  await page.screenshot({ path: join(folder, file) });
  process.stdout.write(`${file}: ${await page.title()}\n`);
}

try {
  const worker = await windowOf('Ailsa Drummond');
  await worker.goto(`${address}/families`);
  const rows = worker.locator('tbody tr');
  const sizes = await rows.evaluateAll((all) => all.map((row) => row.textContent?.length ?? 0));
  await rows
    .nth(sizes.indexOf(Math.max(...sizes)))
    .getByRole('link')
    .first()
    .click();
  await worker.waitForLoadState('load');
  await follow(worker, /^Family map/);
  await picture(worker, 'map.png');

  const manager = await windowOf('Gordon Rennie');
  await manager.goto(`${address}/direct-payments`);
  await follow(manager, 'See everything that waits for you');
  await manager.locator('tbody tr').last().getByRole('link').first().click();
  await manager.waitForLoadState('load');
  await picture(manager, 'request.png');

  const planner = await windowOf('Yuliia Bondarenko');
  await planner.goto(`${address}/reports`);
  await follow(planner, /committee/i);
  await picture(planner, 'report.png', 'Table 1');
} finally {
  await browser.close();
}
