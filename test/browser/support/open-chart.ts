/** Shows a chart page in the browser, the way clients do: in a sandboxed frame, or from an address. Records whatever goes wrong. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Browser, Frame, Page } from 'playwright-core';

export interface OpenOptions {
  /** `frame`: the text in an iframe without an origin of its own, as LibreChat shows it. `server`: from a loopback address. */
  readonly as?: 'frame' | 'server';
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly timeZone?: string;
  readonly reducedMotion?: boolean;
}

export interface ChartView {
  readonly page: Page;
  /** Where the chart is. */
  readonly frame: Frame;
  readonly resize: (width: number, height: number) => Promise<void>;
  /** @throws when the page said an error, broke its policy or asked for anything */
  readonly assertClean: () => void;
}

/** Opens, runs, closes; the page must be clean at the end. */
export type OpenChart = (html: string, options: OpenOptions, run: (view: ChartView) => Promise<void>) => Promise<void>;

const WAIT_MS = 8_000;

export function createOpenChart(browser: Browser): OpenChart {
  return async (html, options, run) => {
    const { as = 'frame', width = 1_000, height = 700, scheme = 'light', timeZone = 'UTC' } = options;
    const faults: string[] = [];
    const server = await serve(html);
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: scheme,
      timezoneId: timeZone,
      reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
    });
    try {
      context.setDefaultTimeout(WAIT_MS);
      await context.route('**/*', async (route) => {
        const url = route.request().url();
        if (url === server.url && route.request().isNavigationRequest()) return route.continue();
        faults.push(`asked for ${url}`);
        return route.abort();
      });
      const page = await context.newPage();
      // A broken policy is one of its errors.
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`thrown: ${error.stack ?? error.message}`));
      const frame = as === 'frame' ? await openFrame(page, html) : await openAddress(page, server.url);
      await frame.waitForSelector('.u-over');
      const view: ChartView = {
        page,
        frame,
        resize: (newWidth, newHeight) => page.setViewportSize({ width: newWidth, height: newHeight }),
        assertClean: () => assert.deepEqual(faults, []),
      };
      await run(view);
      view.assertClean();
    } finally {
      await context.close();
      await server.close();
    }
  };
}

async function openFrame(page: Page, html: string): Promise<Frame> {
  await page.setContent(
    '<!doctype html><style>html,body{margin:0;height:100%}iframe{display:block;border:0;width:100%;height:100%}</style>',
  );
  await page.evaluate((text) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = text;
    document.body.append(frame);
  }, html);
  const handle = await page.waitForSelector('iframe');
  const frame = await handle.contentFrame();
  assert(frame !== null, 'the iframe has no document');
  return frame;
}

async function openAddress(page: Page, url: string): Promise<Frame> {
  await page.goto(url);
  return page.mainFrame();
}

async function serve(html: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  return {
    url: `http://127.0.0.1:${address.port}/chart`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
