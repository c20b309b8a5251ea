import { createReadStream } from 'node:fs';
import fastify, { type FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assets, Page, renderPage } from '../ui/index.ts';
import { accessibilityFaults, openPage, sidewaysOverflow, startBrowser } from '../ui/testing/browser.ts';
import { committeeReport } from './committee-report.fixture.ts';
import { ReportBody } from './page.tsx';

const policy = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:";

const shell = {
  partnership: 'Lanark Vale children’s services partnership',
  nav: [],
  csrf: 'test',
  path: '/',
};

const reportPage = () =>
  renderPage(
    <Page shell={shell} title={committeeReport.head.title}>
      <ReportBody doc={committeeReport} />
    </Page>,
  );

describe('a report in a browser', () => {
  let server: FastifyInstance;
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    server = fastify({ forceCloseConnections: true });
    server.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', policy);
    });
    for (const asset of assets)
      server.get(asset.urlPath, (_request, reply) =>
        reply.type(asset.contentType).send(createReadStream(asset.file)),
      );
    server.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(reportPage()));
    url = await server.listen({ port: 0, host: '127.0.0.1' });
    browser = await startBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test.each([1280, 320])(
    'at %i pixels nothing is wrong for axe, the policy or the width',
    async (width) => {
      const { page, faults, close } = await openPage(browser, url, { width });
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await sidewaysOverflow(page)).toBe(0);
      expect(faults).toEqual([]);
      await close();
    },
    60_000,
  );

  test('without scripts, a reference leads to its paragraph and the tables are there', async () => {
    const { page, close } = await openPage(browser, url, { scripts: false });
    await page.getByRole('link', { name: '2.3', exact: true }).first().click();
    expect(new URL(page.url()).hash).toBe('#paragraph-2-3');
    expect(
      await page.getByRole('table', { name: 'Table 1: Demand on the scheme by route' }).isVisible(),
    ).toBe(true);
    expect(await page.getByRole('link', { name: '£881,233' }).first().getAttribute('href')).toContain(
      'from=2021-02-15',
    );
    await close();
  }, 60_000);
});
