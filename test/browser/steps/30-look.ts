/** Sizes and themes; keeps pictures for people. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { colorOf, DARK, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { renderChartPage } from '../../../lib/domain/metrics/chart/render-chart-page.ts';
import { assertFollows, findColor } from '../support/pixels.ts';
import { hover } from '../support/pointer.ts';
import { createIncident, createPage, createSeries, placeOf, wave } from '../support/samples.ts';
import type { Step } from '../support/step.ts';

const SHAPE = wave(100, 60);
const SAMPLES = [10, 40, 70, 100, 130, 160].map((minute) => ({ at: placeOf(minute), value: SHAPE(minute) }));
const LONG = 'a-very-long-name-without-any-space-in-it-'.repeat(4);

export const step: Step = {
  title: 'looks',
  async run({ check, open, picturesDir }) {
    for (const as of ['frame', 'server'] as const) {
      await check(`another width draws anew, without overflow (${as})`, () =>
        open(
          renderChartPage(
            createPage([createSeries(LONG, 'Count', SHAPE)], {
              title: LONG,
              subtitle: LONG,
              thresholds: [{ label: LONG, value: 200 }],
            }),
          ),
          { as },
          async ({ frame, resize }) => {
            for (const [width, height] of [
              [1_000, 700],
              [320, 480],
              [640, 300],
              [1_400, 900],
            ] as const) {
              await resize(width, height);
              await frame.waitForFunction((expected) => {
                const canvas = document.querySelector('canvas')?.getBoundingClientRect();
                return canvas !== undefined && Math.abs(canvas.width + 32 - expected) < 20;
              }, width);
              const page = await frame.evaluate(() => ({
                overflow: document.documentElement.scrollWidth - innerWidth,
                height: document.querySelector('canvas')?.getBoundingClientRect().height ?? 0,
              }));
              assert(page.overflow <= 0, `${page.overflow} px too wide at ${width}`);
              assert(page.height >= 200 && page.height <= 560, `${page.height} px high at ${width}`);
              assertFollows(await findColor(frame, colorOf(LIGHT, 0)), SAMPLES, 3);
            }
          },
        ),
      );
    }
    await check('a fixed size is kept', () =>
      open(
        renderChartPage(createPage([createSeries('x', 'Count', SHAPE)], { width: 500, height: 240 })),
        {},
        async ({ frame }) => {
          const box = await frame.evaluate(() => document.querySelector('canvas')?.getBoundingClientRect().toJSON());
          assert(box.width <= 500 && box.height === 240, JSON.stringify(box));
        },
      ),
    );
    await check('dark and light differ, and follow a change', () =>
      open(renderChartPage(createIncident()), { scheme: 'dark' }, async ({ frame, page }) => {
        const background = (): Promise<string> => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const count = async (color: string): Promise<number> => (await findColor(frame, color)).count;
        assert.equal(await background(), 'rgb(20, 23, 28)');
        assert((await count(colorOf(DARK, 0))) > 300, 'the line in the colour for dark');
        await page.emulateMedia({ colorScheme: 'light' });
        await frame.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)');
        assert((await count(colorOf(LIGHT, 0))) > 300, 'the line in the colour for light');
        assert.equal(await count(colorOf(DARK, 0)), 0);
      }),
    );
    for (const [name, width, height, scheme] of [
      ['light', 1_000, 640, 'light'],
      ['dark', 1_000, 640, 'dark'],
      ['narrow', 320, 760, 'light'],
    ] as const) {
      const path = join(picturesDir, `${name}.png`);
      await check(`picture ${path}`, () =>
        open(renderChartPage(createIncident()), { width, height, scheme }, async (view) => {
          if (width > 500) await hover(view, placeOf(120));
          await view.page.screenshot({ path });
        }),
      );
    }
  },
};
