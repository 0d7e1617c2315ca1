/** A real MCP client asks the program, which asks the embedded CloudWatch; the page that comes back shows what get_metric_data says. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ChartData } from '../../../lib/domain/metrics/chart/chart-data.ts';
import { formatMeasure } from '../../../lib/domain/metrics/chart/format-measure.ts';
import { colorOf, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { askForChart, type Chart } from '../../support/ask-for-chart.ts';
import { assertFollows, findColor } from '../support/pixels.ts';
import { expectValues, hover } from '../support/pointer.ts';
import type { Step } from '../support/step.ts';

const ALARM = 'shop-checkout-duration-p99';
/** The curve jumps: on a steep line a column is many rows. */
const MAX_ERROR_PX = 10;

export const step: Step = {
  title: 'end to end',
  async run({ check, open, picturesDir }) {
    let chart: Chart | undefined;
    await check('get_metric_chart gives a page to an MCP client', async () => {
      chart = await askForChart();
    });
    if (chart === undefined) return;
    const { html, series } = chart;
    await check('the page shows what get_metric_data says', () =>
      open(html, { as: 'frame' }, async (view) => {
        const { start, end } = await readRange(view.frame);
        const samples = series.datapoints.map(({ time, value }) => ({
          at: (Date.parse(time) - start) / (end - start),
          value,
        }));
        const whole = samples.filter(({ at }) => at > 0 && at < 0.96);
        assertFollows(await findColor(view.frame, colorOf(LIGHT, 0)), whole, MAX_ERROR_PX);
        const middle = whole[Math.floor(whole.length / 2)];
        assert(middle !== undefined);
        await hover(view, middle.at);
        await expectValues(view, [formatMeasure(middle.value, series.unit)]);
      }),
    );
    const path = join(picturesDir, 'end-to-end.png');
    await check(`the alarm's threshold and states are in it: ${path}`, () =>
      open(html, { as: 'frame', height: 640 }, async ({ frame, page }) => {
        await page.screenshot({ path });
        assert.match((await frame.locator('#key').textContent()) ?? '', new RegExp(`${ALARM}.*In alarm`));
        const { count, width } = await findColor(frame, LIGHT.states.ALARM);
        assert(count > width / 3, `${count} pixels in the colour of the alarm`);
      }),
    );
  },
};

async function readRange(frame: Parameters<typeof findColor>[0]): Promise<Pick<ChartData, 'start' | 'end'>> {
  return frame.evaluate(() => JSON.parse(document.querySelector('#data')?.textContent ?? '') as ChartData);
}
