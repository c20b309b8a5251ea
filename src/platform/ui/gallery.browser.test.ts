import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { galleryPages } from './gallery.tsx';
import {
  accessibilityFaults,
  openPage,
  openToLook,
  sidewaysOverflow,
  startBrowser,
} from './testing/browser.ts';
import { type Sent, serveGallery } from './testing/gallery-server.ts';

let browser: Browser;
let server: FastifyInstance;
let url: string;
let sent: Sent;

beforeAll(async () => {
  [browser, { server, url, sent }] = await Promise.all([startBrowser(), serveGallery()]);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await server.close();
});

beforeEach(() => {
  sent.drafts.length = 0;
  sent.forms.length = 0;
  sent.answer = 204;
  sent.formDelay = 0;
});

const names = [...galleryPages().keys()];
const open = (name: string, options?: Parameters<typeof openPage>[2]) =>
  openPage(browser, `${url}/gallery/${name}`, options);
const status = (page: Page) => page.locator('[data-draft-status]');

describe.each(names)('%s', (name) => {
  it.each([1280, 320])(
    'is accessible, obeys the security policy and fits at %i pixels',
    async (width) => {
      const { page, faults, close } = await openToLook(browser, `${url}/gallery/${name}`, { width });
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(faults).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);
      await close();
    },
    30_000,
  );
});

it('what is wrong on a page is named', async () => {
  const { page, close } = await openToLook(browser, `${url}/gallery/home`, { width: 320 });
  await page.evaluate(`document.querySelector('main').append(Object.assign(new Image(), { id: 'unsaid' }));
    const faint = Object.assign(document.createElement('p'), { id: 'faint', textContent: 'Hardly to be read' });
    faint.style.color = '#cccccc';
    document.querySelector('main').append(faint)`);
  expect(await accessibilityFaults(page)).toEqual([
    expect.stringMatching(/^color-contrast: .*\(#faint\)$/),
    expect.stringMatching(/^image-alt: .*\(#unsaid\)$/),
  ]);
  await close();
});

describe('without scripts', () => {
  it('the menu of a small screen opens, and leads on', async () => {
    const { page, close } = await open('home', { width: 320, scripts: false });
    const funds = page.getByRole('link', { name: 'Funds' });
    await expect(funds.isVisible()).resolves.toBe(false);
    await page.getByText('Menu').click();
    await expect(funds.isVisible()).resolves.toBe(true);
    // All of it is there, the less used ways too, and the account stands beside the name.
    await expect(page.getByRole('link', { name: 'Reports' }).isVisible()).resolves.toBe(true);
    await expect(page.getByRole('link', { name: 'My account' }).isVisible()).resolves.toBe(true);
    expect(await sidewaysOverflow(page)).toBe(0);
    await close();
  });

  it('the less used ways stand behind "More", which opens by mouse and by keyboard and covers nothing else', async () => {
    const { page, close } = await open('home', { width: 1280, scripts: false });
    const reports = page.getByRole('link', { name: 'Reports' });
    const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
    await expect(page.getByRole('link', { name: 'Funds' }).isVisible()).resolves.toBe(true);
    await expect(reports.isVisible()).resolves.toBe(false);
    await page.getByText('More', { exact: true }).click();
    await expect(reports.isVisible()).resolves.toBe(true);
    expect(await page.getByRole('heading', { level: 1 }).boundingBox()).toEqual(heading);
    await page.getByText('More', { exact: true }).click();
    await expect(reports.isVisible()).resolves.toBe(false);
    await page.getByRole('link', { name: 'Funds' }).focus();
    for (const key of ['Tab', 'Enter', 'Tab', 'Tab']) await page.keyboard.press(key);
    expect(await page.locator(':focus').textContent()).toBe('Reports');
    await expect(reports.isVisible()).resolves.toBe(true);
    await close();
  });

  it('is accessible with "More" open', async () => {
    const { page, close } = await open('home', { width: 1280 });
    await page.getByText('More', { exact: true }).click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  it('a form is sent with everything in it', async () => {
    const { page, close } = await open('form-full', { scripts: false });
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.waitForURL('**/gallery/list');
    expect(sent.forms[0]).toMatchObject({
      _csrf: 'gallery',
      _key: '9f1c',
      _version: '3',
      amount: '640',
      who: ['jamie', 'rory'],
      words: 'The boys have never had a bed each.\r\n\r\nIf they could sleep, I could sleep.',
    });
    await close();
  });
});

describe('by keyboard', () => {
  it('the first stop skips to the content', async () => {
    const { page, close } = await open('home');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main-content');
    await close();
  });

  it('an error leads to its field', async () => {
    const { page, close } = await open('form-wrong');
    for (const [sentence, id] of [
      ['Write an amount in pounds', 'field-amount'],
      ['Choose how this request came', 'field-route'],
      ['Choose a category', 'field-category'],
    ] as const) {
      await page.getByRole('alert').getByRole('link', { name: sentence }).press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe(id);
    }
    await close();
  });

  it('a wide table on a small screen can be reached and scrolled', async () => {
    const { page, close } = await open('list', { width: 320 });
    const region = page.getByRole('region', { name: /Requests and money/ });
    await region.focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => region.evaluate((element: { scrollLeft: number }) => element.scrollLeft > 0))
      .toBe(true);
    await close();
  });
});

describe('on paper', () => {
  it('the figures under a chart are shown, and the way around is not', async () => {
    const { page, close } = await open('charts');
    const table = page.getByRole('table', { name: 'Families by what the money was for' });
    await expect(table.isVisible()).resolves.toBe(false);
    await page.emulateMedia({ media: 'print' });
    await expect(table.isVisible()).resolves.toBe(true);
    await expect(page.getByRole('navigation', { name: 'Main' }).isVisible()).resolves.toBe(false);
    await close();
  });
});

describe('drafts', () => {
  it('are kept when people pause, without passwords, codes or hidden values', async () => {
    const { page, close } = await open('form-full');
    await page.getByLabel('Your password').fill('not to be kept');
    await page.getByLabel('The code from your telephone').fill('123456');
    await page.getByLabel('What is it for?').fill('Beds and bedding');
    await expect.poll(() => status(page).textContent()).toMatch(/^Saved \d\d:\d\d$/);
    expect(sent.drafts).toEqual([
      {
        name: 'request-full',
        fields: {
          _csrf: 'gallery',
          words: 'The boys have never had a bed each.\n\nIf they could sleep, I could sleep.',
          title: 'Beds and bedding',
          amount: '640',
          needed: '31/3/2026',
          route: 'social-work',
          school: '',
          who: ['jamie', 'rory'],
          category: 'home',
          urgent: 'no',
          payee: '',
        },
      },
    ]);
    await close();
  });

  it('say that they are not kept when the connection is lost, and are kept when it returns', async () => {
    const { page, close } = await open('form');
    await page.context().setOffline(true);
    await page.getByLabel('What is it for?').fill('Beds');
    await expect
      .poll(() => status(page).textContent(), { timeout: 5000 })
      .toBe('Not saved: no connection. Keep this page open; we will try again.');
    expect(sent.drafts).toEqual([]);
    await page.context().setOffline(false);
    await expect.poll(() => status(page).textContent(), { timeout: 10_000 }).toMatch(/^Saved/);
    expect(sent.drafts[0]?.fields.title).toBe('Beds');
    await close();
  }, 20_000);

  it('are tried again after the server has refused them', async () => {
    sent.answer = 401;
    const { page, close } = await open('form');
    await page.getByLabel('What is it for?').fill('Beds');
    await expect
      .poll(() => status(page).textContent(), { timeout: 5000 })
      .toMatch(/you may have been signed out/);
    sent.answer = 204;
    await expect.poll(() => status(page).textContent(), { timeout: 10_000 }).toMatch(/^Saved/);
    await close();
  }, 20_000);

  it('are kept when people leave the page before they pause', async () => {
    const { page, close } = await open('form');
    await page.getByLabel('What is it for?').fill('Beds');
    await page.goto(`${url}/gallery/home`);
    await expect.poll(() => sent.drafts[0]?.fields.title).toBe('Beds');
    await close();
  });

  it('are not kept after the form itself has been sent', async () => {
    const { page, close } = await open('form');
    await page.getByLabel('What is it for?').fill('Beds');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.waitForURL('**/gallery/list');
    await page.waitForTimeout(1200);
    expect(sent.drafts).toEqual([]);
    expect(sent.forms).toHaveLength(1);
    await close();
  });
});

describe('sending once', () => {
  it('takes a second click while the first is on its way as one', async () => {
    sent.formDelay = 1500;
    const { page, close } = await open('form-full');
    const ask = page.getByRole('button', { name: 'Ask', exact: true });
    await ask.scrollIntoViewIfNeeded();
    const { x, y } = (await ask.boundingBox()) ?? { x: 0, y: 0 };
    // By the mouse itself: a click on the button would wait until the first answer has come.
    await page.mouse.click(x + 5, y + 5);
    await expect.poll(() => sent.forms.length).toBe(1);
    await page.mouse.click(x + 5, y + 5);
    await page.waitForURL('**/gallery/list');
    expect(sent.forms).toHaveLength(1);
    await close();
  });

  it('lets people send again when the first time brought nothing back', async () => {
    const { page, close } = await open('form-full');
    // A server that answers "no content" leaves the page as it was.
    await page.route('**/gallery/sent', (route) => route.fulfill({ status: 204 }), { times: 1 });
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.waitForTimeout(3300);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.waitForURL('**/gallery/list');
    expect(sent.forms).toHaveLength(1);
    await close();
  }, 15_000);
});
