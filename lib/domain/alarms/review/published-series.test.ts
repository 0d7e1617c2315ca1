import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import type { Alarm } from '../alarm.ts';
import { findUnwatched } from './find-unwatched.ts';
import { judgeSilence } from './judge-silence.ts';
import { PublishedSeries } from './published-series.ts';

const COUNT = 1_000;

/** A silent alarm on the function of that number. */
const alarm = (index: number): Alarm => ({
  kind: 'metric',
  name: `alarm-${index}`,
  state: 'INSUFFICIENT_DATA',
  transitionedEpochMs: 0,
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  watch: {
    type: 'metric',
    metric: {
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [{ name: 'FunctionName', value: `shop-${index}` }],
      statistic: 'Sum',
    },
  },
  condition: {},
});

describe('PublishedSeries', () => {
  it('knows sets of dimensions in any order, and the values beside those of others', () => {
    const [a, b] = [
      { name: 'FunctionName', value: 'cart' },
      { name: 'Resource', value: 'cart:live' },
    ] as const;
    const series = new PublishedSeries([[a, b], [{ ...a, value: 'crat' }, b], [a]]);
    expect(series.has([b, a])).toBe(true);
    expect(series.has([b])).toBe(false);
    expect(series.sets()).toEqual(['FunctionName + Resource', 'FunctionName']);
    expect([...series.valuesBeside([b, a])]).toEqual([['FunctionName', ['crat']]]);
    expect([...series.valuesBeside([b])]).toEqual([]);
  });

  it('reads each series a fixed number of times, however many alarms there are', () => {
    let reads = 0;
    const member = (index: number) => ({
      get name() {
        reads += 1;
        return 'FunctionName';
      },
      value: `shop-${index}`,
    });
    const series = new PublishedSeries(Array.from({ length: COUNT }, (_, index) => [member(index)]));
    const known = Array.from({ length: COUNT }, (_, index) => judgeSilence(alarm(index), () => series));
    expect(known.every((finding) => finding === undefined)).toBe(true);
    expect(reads).toBeLessThan(5 * COUNT);
  });
});

describe('findUnwatched', () => {
  it('looks once whether expressions look a metric up, and yields after each alarm and series', () => {
    let reads = 0;
    const query = (index: number) => ({
      id: 'q',
      get expression() {
        reads += 1;
        return `SEARCH('{AWS/SQS} MetricName="x${index}"', 'Sum')`;
      },
    });
    const alarms = Array.from(
      { length: COUNT },
      (_, index): Alarm => ({
        ...alarm(index),
        watch: { type: 'math', queries: [query(index)] } as unknown as Alarm['watch'],
      }),
    );
    const active = alarms.map((_, index) => ({
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: [{ name: 'FunctionName', value: `shop-${index}` }],
    }));
    expect([...findUnwatched(active, alarms)]).toHaveLength(2 * COUNT);
    expect(reads).toBe(COUNT);
    expect(finish(findUnwatched(active, alarms))[0]?.names).toHaveLength(COUNT);
  });
});
