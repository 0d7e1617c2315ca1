/** Hostile names, nothing to draw, extremes, readers who do not see. */
import assert from 'node:assert/strict';
import type { ChartPage } from '../../../lib/domain/metrics/chart/chart-page.ts';
import { colorOf, LIGHT } from '../../../lib/domain/metrics/chart/palette.ts';
import { findColor } from '../support/pixels.ts';
import { hover } from '../support/pointer.ts';
import { renderChartPage } from '../support/render-page.ts';
import { createIncident, createPage, createSeries, MINUTE_MS, START, wave } from '../support/samples.ts';
import type { Step } from '../support/step.ts';

const ATTACKS = [
  '</script><script>window.hacked = 1</script>',
  '<img src=x onerror="window.hacked = 1">',
  '<!--<script>',
  '"; window.hacked = 1; //',
  '\u2028window.hacked = 1\u2029',
  `$\{window.hacked = 1}`,
  '</style></title><svg onload="window.hacked = 1">',
  'javascript:window.hacked=1',
];

export const step: Step = {
  title: 'edge cases',
  async run({ check, open }) {
    for (const as of ['frame', 'server'] as const) {
      await check(`hostile names are text (${as})`, () =>
        open(renderChartPage(createHostile()), { as }, async (view) => {
          await hover(view, 0.5);
          const found = await view.frame.evaluate(() => ({
            hacked: 'hacked' in window,
            elements: document.querySelectorAll('img, svg[onload], iframe, object').length,
            scripts: document.scripts.length,
            labels: [...document.querySelectorAll('#legend .label')].map(({ textContent }) => textContent),
          }));
          assert.equal(found.hacked, false);
          assert.equal(found.elements, 0);
          assert.equal(found.scripts, 2);
          assert.deepEqual(
            found.labels,
            ATTACKS.map((text) => text.replaceAll(/[\u2028\u2029]/g, '')),
          );
        }),
      );
    }
    await check('a script that was smuggled in would not run', async () => {
      const html = renderChartPage(createPage([])).replace('</main>', '</main><script>window.hacked = 1</script>');
      await assert.rejects(
        open(html, {}, async ({ frame }) => {
          assert.equal(await frame.evaluate(() => 'hacked' in window), false);
        }),
        /violates the following Content Security Policy directive/,
      );
    });
    await check('no data says so', async () => {
      for (const series of [[], [createSeries('empty', 'Count', () => undefined)]]) {
        await open(renderChartPage({ ...createIncident(), series }), {}, async (view) => {
          assert(await view.frame.locator('#nothing').isVisible());
          await hover(view, 0.5);
        });
      }
      await open(renderChartPage(createIncident()), {}, async ({ frame }) => {
        assert(await frame.locator('#nothing').isHidden());
      });
    });
    await check('one datapoint is a dot', () => {
      const series = { label: 'one', unit: 'Bytes', timestampsEpochMs: [START + 90 * MINUTE_MS], values: [5e6] };
      return open(renderChartPage(createPage([series])), {}, async ({ frame }) => {
        const { count, rows, width } = await findColor(frame, colorOf(LIGHT, 0));
        assert(count >= 9 && count < 100, `${count} pixels`);
        const columns = rows.flatMap((row, column) => (row >= 0 ? [column] : []));
        assert(columns.every((column) => Math.abs(column / width - 0.5) < 0.02));
      });
    });
    await check('constants and extremes are drawn', async () => {
      for (const value of [0, -7, 1e-200, Number.MAX_VALUE]) {
        await open(renderChartPage(createPage([createSeries('x', 'Bytes', () => value)])), {}, async ({ frame }) => {
          const { rows, width } = await findColor(frame, colorOf(LIGHT, 0));
          assert(rows.filter((row) => row >= 0).length > width * 0.95, `${value} is not a line`);
        });
      }
      const both = createSeries('x', '', (minute) => (minute % 2 === 0 ? Number.MAX_VALUE : -Number.MAX_VALUE));
      await open(renderChartPage(createPage([both])), {}, async () => undefined);
    });
    await check('three units: the third has a scale of its own, and the page says so', () =>
      open(
        renderChartPage(
          createPage(['Count', 'Bytes', 'Percent'].map((unit) => createSeries(unit, unit, wave(50, 40)))),
        ),
        {},
        async ({ frame }) => {
          assert.match((await frame.locator('#notes').textContent()) ?? '', /Percent have a scale of their own/);
          assert.deepEqual(await frame.locator('#legend .side').allTextContents(), ['right axis', 'no axis']);
        },
      ),
    );
    await check('what is left out is said', () => {
      const values = Array.from({ length: 50_000 }, (_, index) => Math.sin(index / 50) * 1e6);
      const timestampsEpochMs = values.map((_, index) => START + index * 216);
      return open(renderChartPage(createPage([{ label: 'x', timestampsEpochMs, values }])), {}, async ({ frame }) => {
        assert.match(
          (await frame.locator('#notes').textContent()) ?? '',
          /^Averaged: [\d,]+ means of 50,000 datapoints/,
        );
      });
    });
    await check('a reader who does not see it', () =>
      open(renderChartPage(createIncident()), { reducedMotion: true }, async ({ frame }) => {
        const plot = frame.locator('#plot');
        assert.equal(await plot.getAttribute('role'), 'img');
        assert.match(
          (await plot.getAttribute('aria-label')) ?? '',
          /^Line chart checkout: latency, from Sun 1 Mar 2026, 09:00:00 UTC/,
        );
        assert.match(
          (await plot.getAttribute('aria-label')) ?? '',
          /TargetResponseTime p99: between [\d.]+ ms and [\d.]+ ms, last [\d.]+ ms/,
        );
        assert.equal(await frame.title(), 'checkout: latency');
        const rows = await frame.locator('#table tr').allTextContents();
        assert.equal(rows.length, 4);
        assert.match(rows[3] ?? '', /^HTTPCode_Target_5XX_Count SumCount180/);
        const motions = await frame.evaluate(() =>
          [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).transitionDuration),
        );
        assert(motions.every((duration) => duration === '0s'));
      }),
    );
  },
};

function createHostile(): ChartPage {
  const text = ATTACKS.join(' ');
  const at = (minute: number): number => START + minute * MINUTE_MS;
  return createPage(
    ATTACKS.map((label, index) => createSeries(label, index < 2 ? label : 'Count', wave(index, 1))),
    {
      title: text,
      subtitle: text,
      thresholds: ATTACKS.map((label, index) => ({ label, value: index, state: 'ALARM' as const })),
      alarmBands: ATTACKS.map((label) => ({ label, state: 'ALARM', startEpochMs: at(10), endEpochMs: at(170) })),
      link: { label: text, url: `https://example.com/#${text}` },
    },
  );
}
