import { describe, expect, it } from 'vitest';
import type { WidgetImageRequest } from '../ports/metrics.ts';
import { buildMetricWidget } from './metric-widget.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');
const metric = {
  namespace: 'AWS/Lambda',
  metricName: 'Errors',
  dimensions: [
    { name: 'FunctionName', value: 'shop "x" \\ é' },
    { name: 'Resource', value: '..' },
  ],
};
const request: WidgetImageRequest = {
  queries: [
    { id: 'm1', isReturned: false, metricStat: { ...metric, statistic: 'Sum', periodSeconds: 60 } },
    { id: 'e1', label: 'double', isReturned: true, expression: 'm1 * 2' },
    { id: 'q1', isReturned: true, expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', periodSeconds: 300 },
  ],
  title: 'Errors',
  startEpochMs: NOON - 3_600_000,
  endEpochMs: NOON,
  widthPixels: 640,
  heightPixels: 480,
  marks: [{ epochMs: NOON - 60_000, label: '1: 11:59Z' }],
  lines: [{ value: 5, label: 'limit', color: '#ff0000' }, { value: 0 }],
  unit: 'Count',
};

/** As it is sent: without what is undefined. */
const built = (more: Partial<WidgetImageRequest> = {}): unknown =>
  JSON.parse(JSON.stringify(buildMetricWidget({ ...request, ...more }, 'eu-west-1')));

describe('buildMetricWidget', () => {
  it('says all that the picture is to show', () => {
    expect(built()).toEqual({
      title: 'Errors',
      view: 'timeSeries',
      stacked: false,
      region: 'eu-west-1',
      timezone: '+0000',
      start: '2026-03-01T11:00:00.000Z',
      end: '2026-03-01T12:00:00.000Z',
      width: 640,
      height: 480,
      metrics: [
        [
          'AWS/Lambda',
          'Errors',
          'FunctionName',
          'shop "x" \\ é',
          'Resource',
          '..',
          { id: 'm1', visible: false, stat: 'Sum', period: 60 },
        ],
        [{ id: 'e1', label: 'double', expression: 'm1 * 2' }],
        [{ id: 'q1', expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', period: 300 }],
      ],
      yAxis: { left: { label: 'Count', showUnits: false } },
      annotations: {
        horizontal: [{ value: 5, label: 'limit', color: '#ff0000' }, { value: 0 }],
        vertical: [{ value: '2026-03-01T11:59:00.000Z', label: '1: 11:59Z' }],
      },
    });
  });

  it('leaves out what there is not', () => {
    const { unit: _unit, ...rest } = request;
    const widget = JSON.parse(JSON.stringify(buildMetricWidget({ ...rest, lines: [], marks: [] }, 'eu-west-1')));
    expect(widget).not.toHaveProperty('yAxis');
    expect(widget).not.toHaveProperty('annotations');
  });

  it.each(['.', '...'])('refuses the dimension value %j, which means the row above', (value) => {
    const dimensions = [{ name: 'FunctionName', value }];
    const metricStat = { ...metric, dimensions, statistic: 'Sum', periodSeconds: 60 };
    expect(() => built({ queries: [{ id: 'm1', isReturned: true, metricStat }] })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });
});
