import { type CloudWatchClient, GetMetricDataCommand, GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

const NOW = Date.UTC(2026, 5, 3, 11, 0, 0);
const HOUR_MS = 3_600_000;
const METRIC = ['AWS/Lambda', 'Invocations', 'FunctionName', SHOP.checkoutFunction];
const RED = '#ff0000';
let local: LocalCloudWatch;
let client: CloudWatchClient;

beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  client = createTestClient(local);
});
afterAll(() => local.close());

async function draw(widget: unknown, outputFormat?: string): Promise<PNG> {
  const answer = await client.send(
    new GetMetricWidgetImageCommand({
      MetricWidget: typeof widget === 'string' ? widget : JSON.stringify(widget),
      OutputFormat: outputFormat,
    }),
  );
  return PNG.sync.read(Buffer.from(answer.MetricWidgetImage ?? []));
}

/** The pixels that are nearly of a color. */
function findPixels({ width, height, data }: PNG, [red, green, blue]: readonly [number, number, number]) {
  const found: { x: number; y: number }[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const off = [red, green, blue].map((wanted, channel) => Math.abs(wanted - (data[at + channel] ?? 0)));
      if (Math.max(...off) < 60) found.push({ x, y });
    }
  }
  return found;
}

/** The middle of what is drawn in each column. */
function traceLine(pixels: readonly { x: number; y: number }[]): Map<number, number> {
  const columns = new Map<number, number[]>();
  for (const { x, y } of pixels) columns.set(x, [...(columns.get(x) ?? []), y]);
  return new Map([...columns].map(([x, ys]) => [x, ys.reduce((sum, y) => sum + y, 0) / ys.length]));
}

describe('GetMetricWidgetImage', () => {
  it('draws the values of GetMetricData where they belong', async () => {
    const start = new Date(NOW - HOUR_MS);
    const { MetricDataResults: [result] = [] } = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: [
          {
            Id: 'm1',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Invocations',
                Dimensions: [{ Name: 'FunctionName', Value: SHOP.checkoutFunction }],
              },
              Period: 300,
              Stat: 'Sum',
            },
          },
        ],
        StartTime: start,
        EndTime: new Date(NOW),
        ScanBy: 'TimestampAscending',
      }),
    );
    const values = result?.Values ?? [];
    expect(values).toHaveLength(12);
    const high = Math.max(...values) * 1.25;
    // Two thin lines of known values give the scale, whatever the margins are.
    const picture = await draw({
      metrics: [[...METRIC, { stat: 'Sum', period: 300, color: RED }]],
      start: start.toISOString(),
      end: new Date(NOW).toISOString(),
      width: 1_200,
      height: 600,
      yAxis: { left: { min: 0, max: high } },
      annotations: {
        horizontal: [
          { value: high * 0.05, color: '#00ff00' },
          { value: high * 0.95, color: '#0000ff' },
        ],
      },
    });
    const [low] = findPixels(picture, [0, 255, 0]);
    const [top] = findPixels(picture, [0, 0, 255]);
    const right = Math.max(...findPixels(picture, [0, 255, 0]).map(({ x }) => x)) + 1;
    if (low === undefined || top === undefined) throw new Error('the lines are not there');
    const pixelsOfValue = (low.y - top.y) / (high * 0.9);
    const trace = traceLine(findPixels(picture, [255, 0, 0]));
    for (const [index, value] of values.entries()) {
      const at = result?.Timestamps?.[index]?.getTime() ?? 0;
      // The axis is as wide as the hour is long; a column beside a corner shows it best.
      const x = Math.round(low.x + ((at - start.getTime()) / HOUR_MS) * (right - low.x));
      const drawn = trace.get(x) ?? trace.get(x + 1) ?? trace.get(x - 1);
      expect(Math.abs((drawn ?? -1) - (low.y - (value - high * 0.05) * pixelsOfValue)), `${index}`).toBeLessThan(6);
    }
    expect(Math.max(...trace.keys())).toBeLessThan(right);
  });

  it('has the size asked for, 600 × 400 by default', async () => {
    expect(await draw({ metrics: [METRIC] })).toMatchObject({ width: 600, height: 400 });
    expect(await draw({ metrics: [METRIC], width: 1, height: 1 })).toMatchObject({ width: 1, height: 1 });
    expect(await draw({ metrics: [METRIC], width: 2_000, height: 37 }, 'png')).toMatchObject({
      width: 2_000,
      height: 37,
    });
  });

  it('draws expressions, and leaves out what only feeds them', async () => {
    const picture = await draw({
      metrics: [
        [{ expression: '100 * errors / calls', id: 'rate', color: RED, period: 60 }],
        [...METRIC.with(1, 'Errors'), { id: 'errors', stat: 'Sum', period: 60, visible: false, color: '#00ff00' }],
        ['.', 'Invocations', '.', '.', { id: 'calls', stat: 'Sum', period: 60, visible: false, color: '#00ff00' }],
      ],
      start: '-PT1H',
    });
    expect(findPixels(picture, [255, 0, 0]).length).toBeGreaterThan(200);
    expect(findPixels(picture, [0, 255, 0])).toEqual([]);
  });

  it('resolves the short forms of rows', async () => {
    const rows = [METRIC, ['.', 'Errors', '.', '.'], ['...', 'shop-cart', { stat: 'Sum' }]];
    const full = [
      METRIC,
      METRIC.with(1, 'Errors'),
      [...METRIC.with(1, 'Errors').with(3, 'shop-cart'), { stat: 'Sum' }],
    ];
    const [short, long] = await Promise.all([draw({ metrics: rows }), draw({ metrics: full })]);
    expect(short.data.equals(long.data)).toBe(true);
  });

  it('draws an empty chart for a metric without data', async () => {
    const picture = await draw({ metrics: [['AWS/Nothing', 'None', { color: RED }]], title: 'Nothing at all' });
    expect(findPixels(picture, [255, 0, 0]).length).toBeLessThanOrEqual(9 * 9);
  });

  it.each([
    ['text that is no JSON', '{', /not valid JSON/],
    ['no metrics', {}, /\/metrics/],
    ['an empty list', { metrics: [] }, /\/metrics/],
    ['101 metrics', { metrics: Array.from({ length: 101 }, () => METRIC) }, /\/metrics/],
    ['a width of 0', { metrics: [METRIC], width: 0 }, /\/width/],
    ['a height of 2,001', { metrics: [METRIC], height: 2_001 }, /\/height/],
    ['a row without a name', { metrics: [['AWS/Lambda']] }, /\/metrics\/0/],
    ['a dimension without a value', { metrics: [['AWS/Lambda', 'Errors', 'FunctionName']] }, /\/metrics\/0/],
    ['a dot with nothing above', { metrics: [['.', 'Errors']] }, /\/metrics\/0 repeats/],
    ['another region', { metrics: [METRIC], region: 'eu-west-1' }, /local region/],
    ['a time that is none', { metrics: [METRIC], start: 'yesterday' }, /\/start/],
    ['an end before the start', { metrics: [METRIC], start: '-PT1H', end: '-PT2H' }, /StartTime/],
    ['a color by name', { metrics: [METRIC], annotations: { horizontal: [{ value: 1, color: 'red' }] } }, /color/],
    ['an expression that cannot be read', { metrics: [[{ expression: 'm1 +', id: 'e' }]] }, /Error in expression/],
    ['a definition of more than 100 kB', { metrics: [METRIC], title: 'x'.repeat(100_000) }, /larger/],
  ])('refuses %s', async (_what, widget, message) => {
    await expect(draw(widget)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  it('refuses formats other than PNG', async () => {
    await expect(draw({ metrics: [METRIC] }, 'svg')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
