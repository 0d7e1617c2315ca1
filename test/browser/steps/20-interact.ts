/** Hover, zoom, legend, keyboard, time zone. */
import assert from 'node:assert/strict';
import { formatMeasure } from '../../../lib/domain/metrics/chart/format-measure.ts';
import { colorOf, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import type { ChartView } from '../support/open-chart.ts';
import { findColor } from '../support/pixels.ts';
import { doubleClick, drag, expectText, expectValues, hover, MAX_TRIES } from '../support/pointer.ts';
import { renderChartPage } from '../support/render-page.ts';
import { createIncident, createPage, createSeries, placeOf, wave } from '../support/samples.ts';
import type { Step } from '../support/step.ts';

const LOW = wave(100, 60);
const HTML = renderChartPage(
  createPage([
    createSeries('low', 'Milliseconds', LOW),
    createSeries('coarse', 'Bytes', (minute) => minute * 1_000, 5),
    createSeries('gap', 'Count', (minute) => (minute > 50 && minute < 70 ? undefined : minute)),
  ]),
);

export const step: Step = {
  title: 'interaction',
  async run({ check, open }) {
    for (const as of ['frame', 'server'] as const) {
      await check(`the cursor reads every series at its time (${as})`, () =>
        open(HTML, { as }, async (view) => {
          await expectText(view, '#moment', 'Latest values');
          await hover(view, placeOf(93));
          await expectText(view, '#moment', 'Sun 1 Mar 2026, 10:33:00 UTC');
          await expectValues(view, [formatMeasure(LOW(93), 'Milliseconds'), '90 kB', '93']);
          await hover(view, placeOf(60));
          await expectText(view, '#moment', 'Sun 1 Mar 2026, 10:00:00 UTC');
          await expectValues(view, [formatMeasure(LOW(60), 'Milliseconds'), '60 kB', '–']);
        }),
      );
    }
    await check('dragging zooms, double-click resets', () =>
      open(HTML, {}, async (view) => {
        const reset = view.frame.locator('#reset');
        assert(await reset.isHidden(), 'nothing to reset yet');
        await drag(view, placeOf(59.7), placeOf(120.3));
        await assertShows(view, '10:00:00', '11:00:00');
        assert(await reset.isVisible(), 'the button to reset');
        await drag(view, 0.495, 0.89);
        await assertShows(view, '10:30:00', '10:53:00');
        await doubleClick(view, 0.4);
        await assertShows(view, '09:00:00', '11:59:00');
        assert(await reset.isHidden(), 'nothing to reset any more');
      }),
    );
    await check('the zoom survives a change of theme, and the keyboard resets it', () =>
      open(HTML, {}, async (view) => {
        await drag(view, placeOf(59.7), placeOf(120.3));
        await view.page.emulateMedia({ colorScheme: 'dark' });
        await assertShows(view, '10:00:00', '11:00:00');
        await view.frame.locator('#reset').focus();
        await view.page.keyboard.press('Enter');
        await assertShows(view, '09:00:00', '11:59:00');
      }),
    );
    await check('a click in the legend hides a series and shows it again', () =>
      open(HTML, {}, async (view) => {
        const entry = view.frame.locator('#legend button').first();
        await entry.click();
        await assertDrawn(view, 0, false);
        await assertDrawn(view, 2, true);
        assert.equal(await entry.getAttribute('aria-pressed'), 'false');
        await entry.click();
        await assertDrawn(view, 0, true);
      }),
    );
    await check('the legend by keyboard alone', () =>
      open(HTML, {}, async (view) => {
        const { page, frame } = view;
        await frame.locator('#zone').focus();
        const focused = (): Promise<string> =>
          frame.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || '');
        const order: string[] = [];
        for (let presses = 0; presses < 4; presses += 1) {
          await page.keyboard.press('Tab');
          order.push(await focused());
        }
        assert.match(order.join('|'), /^plot\|low.*\|coarse.*\|gap/);
        await page.keyboard.press('Space');
        await assertDrawn(view, 2, false);
        await page.keyboard.press('Enter');
        await assertDrawn(view, 2, true);
      }),
    );
    await check('arrow keys move the cursor by datapoints', () =>
      open(HTML, {}, async (view) => {
        await view.frame.locator('#plot').focus();
        await view.page.keyboard.press('ArrowLeft');
        await expectText(view, '#moment', 'Sun 1 Mar 2026, 11:59:00 UTC');
        await view.page.keyboard.press('ArrowLeft');
        await expectText(view, '#moment', 'Sun 1 Mar 2026, 11:58:00 UTC');
        await view.page.keyboard.press('ArrowRight');
        await expectText(view, '#moment', 'Sun 1 Mar 2026, 11:59:00 UTC');
      }),
    );
    await check('the time zone of the reader on request', () =>
      open(HTML, { timeZone: 'Asia/Kolkata' }, async (view) => {
        await expectText(view, '#zone', 'UTC');
        await view.frame.locator('#zone').click();
        await expectText(view, '#zone', 'GMT+5:30');
        await hover(view, placeOf(93));
        await expectText(view, '#moment', 'Sun 1 Mar 2026, 16:03:00 GMT+5:30');
      }),
    );
    await check('the link opens elsewhere and tells nothing', () =>
      open(renderChartPage(createIncident()), {}, async ({ frame }) => {
        const link = frame.locator('#link a');
        const attributes = await Promise.all(['href', 'target', 'rel'].map((name) => link.getAttribute(name)));
        assert.deepEqual(attributes, [createIncident().link?.url, '_blank', 'noopener']);
      }),
    );
  },
};

/** First and last datapoint in view. */
async function assertShows(view: ChartView, first: string, last: string): Promise<void> {
  await hover(view, 0.5);
  await hover(view, 0);
  await expectText(view, '#moment', `Sun 1 Mar 2026, ${first} UTC`);
  await hover(view, 1);
  await expectText(view, '#moment', `Sun 1 Mar 2026, ${last} UTC`);
}

async function assertDrawn({ frame, page }: ChartView, index: number, isExpected: boolean): Promise<void> {
  // Not over the legend: that would dim the other series.
  await page.mouse.move(1, 1);
  const read = async (): Promise<boolean> => {
    const { count, width } = await findColor(frame, colorOf(LIGHT, index));
    return count > width / 2;
  };
  for (let tries = 0; tries < MAX_TRIES && (await read()) !== isExpected; tries += 1) await frame.waitForTimeout(50);
  assert.equal(await read(), isExpected);
}
