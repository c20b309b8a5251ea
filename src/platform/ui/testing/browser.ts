import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium as launcher, type Page } from 'playwright-core';
import { findChromium } from './chromium.ts';

/**
 * The arguments that come with this Chromium are for cloud functions: they put everything in one process, which ends with
 * the first window, and turn off the very protections that the pages are tested under. Only what a test needs is given.
 */
const browserArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--font-render-hinting=none',
  // Each page runs axe once, from the beginning: compiled at once it takes a sixth less than interpreted.
  '--js-flags=--always-sparkplug',
];

/** Starts the Chromium that comes from npm, so that browser tests run on a machine with nothing but Node. */
export const startBrowser = async (): Promise<Browser> =>
  launcher.launch({
    ...(await findChromium()),
    args: browserArguments,
    headless: true,
  });

/** Starts it with a folder of its own for what it keeps, so that it can be closed and started again with all of that. */
export const startBrowserIn = async (folder: string): Promise<BrowserContext> =>
  launcher.launchPersistentContext(folder, {
    ...(await findChromium()),
    args: browserArguments,
    headless: true,
    locale: 'en-GB',
  });

export type OpenOptions = {
  /** The width of the window in CSS pixels: 1280 unless given. 320 is the narrowest a page must work at. */
  width?: number;
  height?: number;
  /** Whether scripts run: every page must work without them. */
  scripts?: boolean;
  /** Cookies or headers of a session, as the browser would send them. */
  headers?: Record<string, string>;
};

/** An open page, and everything that went wrong in it: refused by the security policy, thrown, or not found. */
export type Opened = { page: Page; faults: string[]; close(): Promise<void> };

/** Everything that goes wrong in a page from now on. */
function heardIn(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) =>
    faults.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`),
  );
  return faults;
}

/** Opens an address in a window of its own, with its own cookies, and waits until it has loaded. */
export const openPage = async (
  browser: Browser,
  url: string,
  { width = 1280, height = 900, scripts = true, headers }: OpenOptions = {},
): Promise<Opened> => {
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    ...(headers ? { extraHTTPHeaders: headers } : {}),
  });
  const page = await context.newPage();
  const faults = heardIn(page);
  await page.goto(url, { waitUntil: 'load' });
  return { page, faults, close: () => context.close() };
};

/** Gives each page of these windows axe as it opens: half of what giving it to one page after another costs. */
export const withAxe = (context: BrowserContext) => context.addInitScript({ content: axe.source });

interface Looking {
  context: BrowserContext;
  page: Page;
  faults: string[];
  looks: number;
}
/** After how many looks a window is closed: it keeps something of each page, and grows slow. */
const mostLooks = 20;
/** Windows in which nobody looks now, by browser. */
const looking = new WeakMap<Browser, Looking[]>();

async function lookingWindow(browser: Browser): Promise<Looking> {
  const free = looking.get(browser) ?? [];
  looking.set(browser, free);
  const kept = free.pop();
  if (kept !== undefined) return kept;
  const context = await browser.newContext({ locale: 'en-GB' });
  await withAxe(context);
  const page = await context.newPage();
  return { context, page, faults: heardIn(page), looks: 0 };
}

/**
 * Opens an address with scripts on, with these cookies, and waits until it has loaded: for looking at a page, with axe, and
 * not for working in it. The window is kept and used again, since a process and fonts for each look take as long as the look;
 * of what the page before kept in it (cookies, storage, workers) nothing is left.
 */
export const openToLook = async (
  browser: Browser,
  url: string,
  { width = 320, height = 900, cookies = [] }: LookOptions = {},
): Promise<Opened> => {
  const window = await lookingWindow(browser);
  const { context, page, faults } = window;
  faults.length = 0;
  await page.setViewportSize({ width, height });
  await context.addCookies(cookies);
  await page.goto(url, { waitUntil: 'load' });
  return {
    page,
    faults,
    async close() {
      window.looks++;
      if (window.looks >= mostLooks) return context.close();
      const { origin } = new URL(page.url());
      await page.goto('about:blank');
      const session = await context.newCDPSession(page);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await session.detach();
      await context.clearCookies();
      looking.get(browser)?.push(window);
    },
  };
};

export type LookOptions = {
  width?: number;
  height?: number;
  cookies?: Parameters<BrowserContext['addCookies']>[0];
};

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Asks axe in the page. Everything is looked at; what is well is not described, and only the lines come back: describing and
 * sending the rest took a third of the time.
 */
const asked = `axe.run(document, ${JSON.stringify({ runOnly: standards, resultTypes: ['violations'] })}).then(({ violations }) =>
  violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => id + ': ' + help + ' (' + target.join(' ') + ')')))`;

/** What axe finds wrong on a page by WCAG 2.2 AA and good practice: one line for each fault, none when all is well. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe.source);
  return page.evaluate<string[]>(asked);
}

/** How many CSS pixels of the page lie beyond its right edge: nought when nobody has to scroll sideways. */
export const sidewaysOverflow = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
