/** Sizes and themes; keeps pictures for people. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { colorOf, DARK, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { GALLERY } from '../support/gallery.ts';
import { assertFollows, findColor } from '../support/pixels.ts';
import { hover } from '../support/pointer.ts';
import { renderChartPage } from '../support/render-page.ts';
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
    for (const [name, create] of Object.entries(GALLERY)) {
      for (const [form, width, height, scheme] of [
        ['wide-light', 1_000, 720, 'light'],
        ['narrow-dark', 360, 760, 'dark'],
      ] as const) {
        const path = join(picturesDir, `${name}-${form}.png`);
        await check(`picture ${path}`, () =>
          open(renderChartPage(create()), { width, height, scheme }, async (view) => {
            await hover(view, name === 'point' ? 0.5 : 0.7);
            await view.page.screenshot({ path });
            const overflow = await view.frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert(overflow <= 0, `${overflow} px too wide`);
          }),
        );
      }
    }
  },
};
