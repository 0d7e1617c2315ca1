import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { finishSteps } from '../../../../test/support/finish-steps.ts';
import type { ChartData } from './chart-data.ts';
import type { ChartPage, ChartSeries } from './chart-page.ts';
import { renderChartPage as renderInSteps } from './render-chart-page.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const HOSTILE = '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> \u2028 \u202e & "\'';

const renderChartPage = (page: ChartPage): string => finishSteps(renderInSteps(page));

function createPage(page: Partial<ChartPage> = {}): ChartPage {
  return {
    title: 'CPU',
    subtitle: 'eu-central-1',
    startEpochMs: START,
    endEpochMs: START + DAY_MS,
    series: [createSeries('cpu', 3)],
    thresholds: [],
    alarmBands: [],
    link: undefined,
    ...page,
  };
}

function createSeries(label: string, count: number, stepMs = MINUTE_MS): ChartSeries {
  return {
    label,
    unit: 'Percent',
    periodSeconds: stepMs / 1_000,
    timestampsEpochMs: Array.from({ length: count }, (_, index) => START + index * stepMs),
    values: Array.from({ length: count }, (_, index) => 50 + 40 * Math.sin(index / 9) + index / 7_919),
  };
}

function readData(html: string): ChartData {
  const [, json = ''] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html) ?? [];
  return JSON.parse(json) as ChartData;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

describe('renderChartPage', () => {
  it('forbids everything but its own script and style', () => {
    const html = renderChartPage(createPage());
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(style)}`,
      `script-src ${hashOf(script)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('loads nothing and ends no element early', () => {
    const html = renderChartPage(createPage());
    expect(html).not.toMatch(/<(link|img|iframe)\b|\bsrc=|@import|url\(|\bfetch\(|XMLHttpRequest|WebSocket/);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
  });

  it('keeps hostile text inside the JSON, as text', () => {
    const html = renderChartPage(
      createPage({
        title: HOSTILE,
        subtitle: HOSTILE,
        series: [{ ...createSeries(HOSTILE, 2), unit: HOSTILE }],
        thresholds: [{ label: HOSTILE, value: 1, state: 'OK' }],
        alarmBands: [{ label: HOSTILE, state: 'ALARM', startEpochMs: START, endEpochMs: START + 1 }],
        link: { label: HOSTILE, url: 'https://example.com/"></a><script>alert(1)</script>' },
      }),
    );
    const plain = renderChartPage(createPage());
    expect(html.match(/<script/g)?.length).toBe(plain.match(/<script/g)?.length);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/[\u2028\u2029\u202e]/);
    expect(readData(html).series[0]?.label).toContain('</script><script>alert(1)</script><!--');
  });

  it('links to https only', () => {
    const url = 'https://console.aws.amazon.com/cloudwatch/home#x';
    expect(readData(renderChartPage(createPage({ link: { label: 'Open', url } }))).link).toEqual({
      label: 'Open',
      url,
    });
    for (const bad of ['javascript:alert(1)', 'http://example.com', 'data:text/html,x', ' https://x.example']) {
      expect(readData(renderChartPage(createPage({ link: { label: 'Open', url: bad } }))).link).toBeUndefined();
    }
  });

  it('keeps 20 series of 1,440 datapoints whole, and the page at most 400 kB', () => {
    const series = Array.from({ length: 20 }, (_, index) => createSeries(`series ${index}`, 1_440));
    const html = renderChartPage(createPage({ series }));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(400_000);
    expect(readData(html).series.map(({ values }) => values.length)).toEqual(series.map(() => 1_440));
    expect(readData(html).notes).toEqual([]);
  });

  it('averages what would be too much, keeps the extremes as a shade, and says so', () => {
    const series = Array.from({ length: 150 }, (_, index) => createSeries(`${index}${HOSTILE.repeat(9)}`, 1_440));
    const html = renderChartPage(createPage({ series }));
    const data = readData(html);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(400_000);
    expect(data.series).toHaveLength(100);
    expect(data.notes).toEqual([
      expect.stringMatching(/^Averaged: [\d,]+ means of 144,000 datapoints are drawn, with shades from the lowest/),
      '100 of 150 series are shown.',
    ]);
    const whole = series[0]?.values ?? [];
    const highs = (data.series[0]?.highs ?? []).filter((value) => value !== null);
    expect(Math.max(...highs)).toBe(Number(Math.max(...whole).toPrecision(6)));
    expect(data.series[0]?.statistics?.count).toBe(1_440);
  });

  it('averages irregular datapoints too, whose times take more room than their values', () => {
    const timestampsEpochMs = Array.from(
      { length: 30_000 },
      (_, index) => START + index * 997 + ((index * 7_919) % 400),
    );
    const values = timestampsEpochMs.map((_, index) => Math.sin(index) * 1e-7);
    const series = Array.from({ length: 9 }, (_, index) => ({ label: `${index}`, timestampsEpochMs, values }));
    expect(Buffer.byteLength(renderChartPage(createPage({ series })))).toBeLessThanOrEqual(400_000);
  });

  it('stands what is no number, and a range that is a moment', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, 5];
    const data = readData(
      renderChartPage(
        createPage({
          endEpochMs: START,
          series: [{ label: 'x', timestampsEpochMs: [START, START + 1, START + 2], values }],
          thresholds: [{ label: 'never', value: Number.NaN }],
        }),
      ),
    );
    expect(data.series[0]?.values).toEqual([5]);
    expect(data.thresholds).toEqual([]);
    expect(data.end - data.start).toBe(MINUTE_MS);
  });

  it('says nothing of a series without datapoints', () => {
    const data = readData(renderChartPage(createPage({ series: [createSeries('empty', 0)] })));
    expect(data.series).toEqual([
      { label: 'empty', unit: 0, periodMs: 60_000, times: [], values: [], isThinned: false },
    ]);
    expect(readData(renderChartPage(createPage({ series: [] }))).units).toEqual(['']);
  });

  it('cuts alarm states to the range and numbers the alarms', () => {
    const data = readData(
      renderChartPage(
        createPage({
          alarmBands: [
            { label: 'b', state: 'OK', startEpochMs: START + 5, endEpochMs: START + 2 * DAY_MS },
            { label: 'a', state: 'ALARM', startEpochMs: START - DAY_MS, endEpochMs: START + 5 },
            { label: 'a', state: 'OK', startEpochMs: START - DAY_MS, endEpochMs: START },
          ],
        }),
      ),
    );
    expect(data.alarms).toEqual(['b', 'a']);
    expect(data.bands).toEqual([
      { alarm: 1, state: 'ALARM', start: START, end: START + 5 },
      { alarm: 0, state: 'OK', start: START + 5, end: START + DAY_MS },
    ]);
  });

  it('shades from the lowest to the highest sample, and believes none that lies inside of its average', () => {
    const cpu = createSeries('cpu', 3);
    const timestampsEpochMs = [...cpu.timestampsEpochMs].reverse();
    const samples = { low: { timestampsEpochMs, values: [1, 99, 3] }, high: { timestampsEpochMs: [], values: [] } };
    const [series] = readData(
      renderChartPage(createPage({ series: [{ ...cpu, values: [50, 60, 70], samples }] })),
    ).series;
    expect(series).toMatchObject({ lows: [3, 60, 1], highs: [50, 60, 70] });
    expect(series?.statistics).toMatchObject({ max: 70, samples: { low: 1, high: 70 } });
  });

  it('has the week before in its own times, and what a datapoint is', () => {
    const weekBefore = { timestampsEpochMs: [START + 2 * MINUTE_MS, START], values: [8, 7] };
    const one = { ...createSeries('cpu', 3), measure: 'Sum every 1m', weekBefore };
    expect(readData(renderChartPage(createPage({ series: [one] }))).series[0]).toMatchObject({
      measure: 'Sum every 1m',
      weekBefore: { times: [START, MINUTE_MS, 2], values: [7, null, 8] },
    });
  });

  it('keeps the first findings, inside the range only', () => {
    const at = (minutes: number): number => START + minutes * MINUTE_MS;
    const findings = [
      { text: `${HOSTILE} one`, startEpochMs: at(-5), endEpochMs: at(5) },
      { text: 'gone', startEpochMs: at(-9), endEpochMs: at(-5) },
      { text: 'goes on', startEpochMs: at(7) },
      ...Array.from({ length: 20 }, () => ({ text: 'more', startEpochMs: at(8) })),
    ];
    const { findings: kept } = readData(renderChartPage(createPage({ findings })));
    expect(kept).toHaveLength(7);
    expect(kept.slice(0, 2)).toEqual([
      { text: expect.stringContaining('one'), start: START, end: at(5) },
      { text: 'goes on', start: at(7), end: START + DAY_MS },
    ]);
  });

  it('keeps a size, but none that leaves no room', () => {
    expect(readData(renderChartPage(createPage({ width: 500, height: 300 })))).toMatchObject({
      width: 500,
      height: 300,
    });
    expect(readData(renderChartPage(createPage({ width: 1, height: 1 })))).toMatchObject({ width: 240, height: 140 });
    expect(readData(renderChartPage(createPage()))).not.toHaveProperty('width');
  });
});

it('lets others come first after every series, while they are read and while they are written', () => {
  const series = Array.from({ length: 30 }, (_, index) => createSeries(`s${index}`, 3));
  const steps = renderInSteps(createPage({ series }));
  let yields = 0;
  while (steps.next().done !== true) yields += 1;
  expect(yields).toBe(30 + 30 + 2);
});
