/** Lines, gaps, dots, thresholds and bands stand where the data says. */
import assert from 'node:assert/strict';
import { colorOf, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { assertFollows, findColor } from '../support/pixels.ts';
import { expectText, hover } from '../support/pointer.ts';
import { renderChartPage } from '../support/render-page.ts';
import {
  createIncident,
  createPage,
  createSeries,
  MINUTE_MS,
  MINUTES,
  placeOf,
  START,
  wave,
} from '../support/samples.ts';
import type { Step } from '../support/step.ts';

const MAX_ERROR_PX = 2.5;
const SAMPLES = Array.from({ length: 32 }, (_, index) => 5 + index * 5);

export const step: Step = {
  title: 'drawing',
  async run({ check, open }) {
    const [low, high] = [wave(100, 60), wave(400, 80)];
    const lines = createPage([createSeries('low', 'Count', low), createSeries('high', 'Count', high)]);
    for (const as of ['frame', 'server'] as const) {
      await check(`two lines follow their data (${as})`, () =>
        open(renderChartPage(lines), { as }, async ({ frame }) => {
          for (const [index, shape] of [low, high].entries()) {
            const drawing = await findColor(frame, colorOf(LIGHT, index));
            const samples = SAMPLES.map((minute) => ({ at: placeOf(minute), value: shape(minute) }));
            assertFollows(drawing, samples, MAX_ERROR_PX);
          }
        }),
      );
    }
    await check('two units have two axes, each line on its own', () =>
      open(
        renderChartPage(
          createPage([createSeries('ms', 'Milliseconds', low), createSeries('n', 'Bytes', wave(4e6, 1e6))]),
        ),
        {},
        async ({ frame }) => {
          for (const [index, shape] of [low, wave(4e6, 1e6)].entries()) {
            const samples = SAMPLES.map((minute) => ({ at: placeOf(minute), value: shape(minute) }));
            assertFollows(await findColor(frame, colorOf(LIGHT, index)), samples, MAX_ERROR_PX);
          }
          assert.deepEqual(await frame.locator('#legend .side').allTextContents(), ['right axis']);
        },
      ),
    );
    await check('a gap is a gap, also of one period, and a lone datapoint is a dot', () => {
      const series = createSeries('gaps', 'Count', (minute) =>
        (minute >= 60 && minute < 90) || minute === 120 || minute === 149 || minute === 151 ? undefined : 50 + minute,
      );
      return open(renderChartPage(createPage([series])), {}, async ({ frame }) => {
        const { rows, width } = await findColor(frame, colorOf(LIGHT, 0));
        const columns = (from: number, to: number): readonly number[] =>
          rows.slice(Math.ceil(placeOf(from) * width), Math.floor(placeOf(to) * width));
        const isEmpty = (part: readonly number[]): boolean => part.length > 0 && part.every((row) => row < 0);
        const isFull = (part: readonly number[]): boolean => part.length > 0 && part.every((row) => row >= 0);
        assert(isFull(columns(40, 58.8)), 'the line before the gap');
        assert(isEmpty(columns(59.8, 89.2)), 'the gap of 30 minutes');
        assert(isEmpty(columns(119.6, 120.4)), 'the gap of one period');
        assert(
          columns(149.5, 150.5).some((row) => row >= 0),
          'the lone datapoint',
        );
        assert(isEmpty(columns(148.6, 149.3)), 'left of the lone datapoint');
      });
    });
    await check('thresholds are dashed lines of their state, alarm states are shades', () =>
      open(renderChartPage(createIncident()), {}, async (view) => {
        const { frame } = view;
        const { rows, width, height } = await findColor(frame, LIGHT.states.ALARM);
        // Left of the alarm itself and of the label; 7 pixels drawn, 4 left out.
        const line = rows.slice(0, Math.floor(placeOf(110) * width));
        const share = line.filter((row) => row > height * 0.2).length / line.length;
        assert(share > 0.5 && share < 0.8, `${share} of the line are drawn: not dashed`);
        const lane = rows.slice(Math.ceil(placeOf(115) * width), Math.floor(placeOf(137) * width));
        assert(
          lane.every((row) => row >= 0),
          'the lane of the alarm',
        );
        const shade = await findColor(frame, '#f7dbe2', 6);
        const band = shade.counts.flatMap((count, column) => (count > height / 2 ? [column / width] : []));
        assert(Math.abs(Math.min(...band) - placeOf(113)) < 0.01, `the band starts at ${Math.min(...band)}`);
        assert(Math.abs(Math.max(...band) - placeOf(139)) < 0.01, `the band ends at ${Math.max(...band)}`);
        await hover(view, placeOf(120));
        await expectText(view, '#states', 'checkout-latency-high: In alarm');
        const key = await frame.locator('#key').textContent();
        for (const word of ['500 ms', 'objective', '300 ms', 'In alarm', 'Insufficient data', 'OK']) {
          assert(key?.includes(word), `${word} is not in the key: ${key}`);
        }
      }),
    );
    await check('20 series of 1,440 datapoints: below 400 kB, and every line is there', async () => {
      const series = Array.from({ length: 20 }, (_, index) => ({
        label: `series ${index}`,
        unit: 'Percent',
        periodSeconds: (MINUTES * 60) / 1_440,
        timestampsEpochMs: Array.from({ length: 1_440 }, (__, at) => START + (at * MINUTES * MINUTE_MS) / 1_440),
        values: Array.from({ length: 1_440 }, (__, at) => index * 5 + Math.sin(at / 40) + at / 7_919),
      }));
      const html = renderChartPage(createPage(series));
      assert(Buffer.byteLength(html) <= 400_000, `${Buffer.byteLength(html)} bytes`);
      await open(html, { height: 1_000 }, async ({ frame }) => {
        for (const [index, color] of LIGHT.series.entries()) {
          const { count, width } = await findColor(frame, color);
          // Colours come again with dashes: at least one whole line, and a part of another.
          assert(count > width * (index < 4 ? 1.6 : 1.2), `${color}: ${count} pixels in ${width} columns`);
        }
        assert.equal(await frame.locator('#legend button').count(), 20);
      });
    });
  },
};
