import { describe, expect, it } from 'vitest';
import {
  describeAlarmList,
  describeCustom,
  describeExplorer,
  describeGraph,
  describeOther,
  describeText,
} from './widget-details.ts';

const many = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('a graph', () => {
  it.each<[object, string[]]>([
    [
      { annotations: { horizontal: many(11).map((value) => ({ value })) } },
      many(10).map((value) => `threshold ${value}`),
    ],
    [{ annotations: { vertical: many(11).map((at) => ({ value: `t${at}` })) } }, many(10).map((at) => `mark t${at}`)],
    [{ annotations: { horizontal: [{ value: '7', fill: 'below' }] } }, ['threshold 7 and below']],
    [{ annotations: { horizontal: [{ value: 7, fill: 'between' }] } }, ['threshold 7']],
    [
      {
        annotations: {
          horizontal: [
            [
              { value: 1, fill: 'above' },
              { value: 2, label: 'up' },
            ],
          ],
        },
      },
      ['band 1 to 2 "up"'],
    ],
    [{ annotations: { horizontal: [[{ value: 1 }]] } }, ['threshold 1']],
    [
      { annotations: { horizontal: [[], { value: Number.NaN }, { value: ' ' }], vertical: [[], {}, { value: 5 }] } },
      [],
    ],
    [{ annotations: { horizontal: { value: 1 } } }, []],
    [{ annotations: [], yAxis: 5, insightRule: 'x' }, []],
    [{ yAxis: { right: { max: 5 } } }, ['right axis to 5']],
    [{ stacked: 'true', liveData: 1, setPeriodToTimeRange: false }, []],
    [{ annotations: { horizontal: [{ value: 1, label: 'x'.repeat(101) }] } }, [`threshold 1 "${'x'.repeat(99)}…"`]],
    [{ annotations: { vertical: [{ value: 'y'.repeat(101), label: 'a\nb' }] } }, [`mark ${'y'.repeat(99)}… "a b"`]],
  ])('%# says what it shows', (properties, details) => {
    expect(describeGraph({ ...properties })).toEqual(details);
  });
});

it('a text stands on one line, of at most 500 characters', () => {
  expect(describeText({ markdown: '# a\n\nb' })).toEqual(['# a b']);
  expect(describeText({ markdown: 'x'.repeat(501) })).toEqual([`${'x'.repeat(499)}…`]);
  expect(describeText({ markdown: 5 })).toEqual([]);
});

it('a list of alarms says which states, and how it is sorted', () => {
  expect(describeAlarmList({ states: ['ALARM', 5, 'OK'], sortBy: 'timestamp' })).toEqual([
    'only in state ALARM, OK',
    'sorted by timestamp',
  ]);
  expect(describeAlarmList({ states: many(11).map(String) })).toEqual([`only in state ${many(10).join(', ')}`]);
  expect(describeAlarmList({ states: [], sortBy: '' })).toEqual([]);
});

it('an explorer says of what, by which tags, and how it is combined', () => {
  expect(
    describeExplorer({
      metrics: [
        { resourceType: 'AWS::EC2::Instance', metricName: 'CPUUtilization', stat: 'Average' },
        { metricName: 'b' },
        5,
      ],
      labels: [{ key: 'team', value: 'shop' }, { key: 'env' }, {}],
      aggregateBy: { key: 'az', func: 'MAX' },
      splitBy: 'host',
    }),
  ).toEqual([
    'metrics AWS::EC2::Instance CPUUtilization Average, b',
    'of resources with the tags team=shop, env, ?',
    'combined by az (MAX)',
    'split by host',
  ]);
  expect(describeExplorer({ aggregateBy: { key: 'az' } })).toEqual(['combined by az (AVG)']);
  expect(describeExplorer({ metrics: many(11).map((at) => ({ metricName: `m${at}` })) })).toEqual([
    `metrics ${many(10)
      .map((at) => `m${at}`)
      .join(', ')}`,
  ]);
  expect(describeExplorer({})).toEqual([]);
});

it('a custom widget says its function, and when it is drawn anew', () => {
  const endpoint = 'arn:aws:lambda:us-east-1:111122223333:function:draw:1';
  expect(describeCustom({ endpoint, updateOn: { refresh: true, resize: false, timeRange: true } })).toEqual([
    'drawn by the Lambda function "draw"',
    'anew on refresh, timeRange',
  ]);
  expect(describeCustom({ endpoint: 'draw', updateOn: { refresh: 1 } })).toEqual([
    'drawn by the Lambda function "draw"',
  ]);
  const updateOn = Object.fromEntries(many(11).map((at) => [`e${at}`, true]));
  expect(describeCustom({ updateOn })[0]?.split(', ')).toHaveLength(10);
});

it('a widget of another type shows its texts', () => {
  expect(describeOther({ title: 'a', region: 'b', view: 'c', query: ' q ', rows: 5, note: 'n'.repeat(501) })).toEqual([
    'query: q',
    `note: ${'n'.repeat(499)}…`,
  ]);
  expect(describeOther(Object.fromEntries(many(11).map((at) => [`k${at}`, 'v'])))).toHaveLength(10);
});
