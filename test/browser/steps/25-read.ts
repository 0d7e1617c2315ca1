/** What helps to read the lines: figures, values at the cursor, powers of ten, means and what they are made of, findings. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { colorOf, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { GALLERY } from '../support/gallery.ts';
import { findColor } from '../support/pixels.ts';
import { drag, expectText, hover } from '../support/pointer.ts';
import { renderChartPage } from '../support/render-page.ts';
import { createIncident, createPage, createSeries } from '../support/samples.ts';
import type { Step } from '../support/step.ts';

function gallery(name: string): string {
  const create = GALLERY[name];
  assert(create !== undefined, name);
  return renderChartPage(create());
}

export const step: Step = {
  title: 'reading',
  async run({ check, open, picturesDir }) {
    await check('the legend has period, statistic, minimum, mean, maximum, last, and the samples of averages', () =>
      open(gallery('month'), {}, async ({ frame }) => {
        const figures = (await frame.locator('#legend .figures').textContent()) ?? '';
        assert.match(
          figures,
          /^Average every 15m · min [\d.]+ MB · mean [\d.]+ MB · max 10\d\.\d MB · last [\d.]+ MB · samples [\d.]+ MB to 4\d\d\.\d MB$/,
        );
      }),
    );
    await check('values stand at the cursor, not in the way of a narrow chart, and not for a screen reader twice', () =>
      open(renderChartPage(createIncident()), {}, async (view) => {
        const tip = view.frame.locator('#tip');
        assert(await tip.isHidden(), 'nothing without a cursor');
        await hover(view, 0.7);
        await tip.waitFor({ state: 'visible' });
        assert.equal(await view.frame.locator('#tip .tip-row').count(), 3);
        assert.equal(await tip.getAttribute('aria-hidden'), 'true');
        await view.resize(360, 700);
        await view.frame.waitForFunction(
          () => (document.querySelector('canvas')?.getBoundingClientRect().width ?? 999) < 360,
        );
        await hover(view, 0.6);
        assert(await tip.isHidden(), 'below 480 px');
      }),
    );
    await check('means where points stand closer than pixels, the datapoints themselves after a zoom', () =>
      open(gallery('month'), {}, async (view) => {
        await hover(view, 0.3);
        await view.frame.waitForFunction(() =>
          /, means over \d+ (min|h)$/.test(document.querySelector('#moment')?.textContent ?? ''),
        );
        assert(await view.frame.locator('#shade').isVisible(), 'the meaning of the shade');
        await drag(view, 0.3, 0.34);
        await hover(view, 0.5);
        await view.frame.waitForFunction(() => (document.querySelector('#moment')?.textContent ?? '').endsWith(' UTC'));
      }),
    );
    await check('a spike of one minute in 30 days is seen, as a shade, and its height is told', () => {
      const values = Array.from({ length: 3_600 }, (_, at) => (at === 1_800 ? 900 : 10));
      const timestampsEpochMs = values.map((_, at) => Date.parse('2026-03-01T00:00:00Z') + at * 720_000);
      const series = { label: 'spike', unit: 'Count', periodSeconds: 720, timestampsEpochMs, values };
      const range = { startEpochMs: timestampsEpochMs[0] ?? 0, endEpochMs: timestampsEpochMs.at(-1) ?? 0 };
      return open(renderChartPage(createPage([series], range)), {}, async (view) => {
        await hover(view, 0.5);
        await view.frame.waitForFunction(() => /10 to 900/.test(document.querySelector('#tip')?.textContent ?? ''));
        const shade = await findColor(view.frame, '#c7e0ee', 12);
        assert(shade.count > 100, `${shade.count} pixels of shade`);
      });
    });
    for (const name of ['powers', 'negative', 'zeros', 'units', 'point', 'empty']) {
      const path = join(picturesDir, `${name}-log.png`);
      await check(`powers of ten, by the keyboard, and back: ${path}`, () =>
        open(gallery(name), {}, async ({ frame, page }) => {
          const log = frame.locator('#log');
          await log.focus();
          await page.keyboard.press('Enter');
          assert.equal(await log.getAttribute('aria-pressed'), 'true');
          await page.screenshot({ path });
          if (name !== 'empty' && name !== 'point') {
            const { rows, width } = await findColor(frame, colorOf(LIGHT, 0));
            assert(rows.filter((row) => row >= 0).length > width * 0.9, 'the line');
          }
          await page.keyboard.press('Enter');
          assert.equal(await log.getAttribute('aria-pressed'), 'false');
        }),
      );
    }
    await check('on powers of ten a decade is as high as the next', () =>
      open(
        renderChartPage(createPage([createSeries('steps', 'Count', (minute) => 10 ** Math.floor(minute / 36))])),
        {},
        async ({ frame }) => {
          await frame.locator('#log').click();
          const { rows, width } = await findColor(frame, colorOf(LIGHT, 0));
          const row = (decade: number): number => rows[Math.round(((decade * 36 + 18) / 180) * width)] ?? -1;
          const [first, second] = [row(2) - row(3), row(3) - row(4)];
          assert(first > 20 && Math.abs(first - second) < 4, `${first} and ${second} px`);
        },
      ),
    );
    await check('findings stand in the chart and, under the same numbers, in a list and the description', () =>
      open(gallery('today'), {}, async ({ frame }) => {
        assert.deepEqual(await frame.locator('#findings li').allTextContents(), [
          'Errors has stood at 61 since 11:11Z, 1 before (× 60)',
          'Errors was at 3 at 11:12Z, 1 expected',
        ]);
        assert.match(
          (await frame.locator('#plot').getAttribute('aria-label')) ?? '',
          /What stands out: Errors has stood at 61/,
        );
        const { rows, width, height } = await findColor(frame, LIGHT.text);
        const bar = rows.slice(Math.ceil(width * 0.78), Math.floor(width * 0.98));
        assert(
          bar.every((row) => row > height * 0.9),
          'the bar at the bottom, from the shift on',
        );
      }),
    );
    await check('what is not final, and the week before, are drawn and named', () =>
      open(gallery('today'), {}, async (view) => {
        const key = (await view.frame.locator('#key').textContent()) ?? '';
        assert.match(key, /A week before.*Not final yet/);
        await expectText(view, '#moment', 'Latest final values');
        await hover(view, 0.985);
        await view.frame.waitForFunction(() =>
          /a week before .*not final/.test(document.querySelector('#tip')?.textContent ?? ''),
        );
      }),
    );
    await check('axes of counts name their unit: an axis without one is drawn over', () =>
      open(gallery('units'), {}, async ({ frame }) => {
        const inked = await frame.evaluate(() => {
          const canvas = document.querySelector('canvas');
          const copy = document.createElement('canvas');
          const context = copy.getContext('2d', { willReadFrequently: true });
          if (!canvas || !context) return [];
          [copy.width, copy.height] = [canvas.width, canvas.height];
          context.drawImage(canvas, 0, 0);
          const half = Math.floor(canvas.width / 2);
          return [0, half].map((left) =>
            context
              .getImageData(left, 0, half, 22)
              .data.filter((_, at) => at % 4 === 3)
              .some(Boolean),
          );
        });
        assert.deepEqual(inked, [true, true]);
      }),
    );
  },
};
