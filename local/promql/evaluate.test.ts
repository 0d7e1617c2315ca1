import { describe, expect, it } from 'vitest';
import type { MetricStore, StoredMetric } from '../data/metric-store.ts';
import { labelMetrics } from './catalog.ts';
import { evaluate, type Value } from './evaluate.ts';
import { parsePromql } from './parser.ts';

const NOON = Date.parse('2026-03-01T12:00:00Z');

/** `requests` counts up by 60 a minute; `Latency` of AWS is 2 samples a minute, in all 10. */
function createStore(): MetricStore {
  const metrics: StoredMetric[] = ['a', 'b'].flatMap((host) =>
    [
      { namespace: 'App', metricName: 'requests' },
      { namespace: 'AWS/Lambda', metricName: 'Latency' },
    ].map((metric) => ({
      ...metric,
      dimensions: [{ name: 'host', value: host }],
      unit: 'None',
      publishingPeriodSeconds: 60,
    })),
  );
  return {
    list: () => metrics,
    read({ metricName, dimensions }, { startEpochMs, endEpochMs }, periodSeconds, statistic) {
      const count = (endEpochMs - startEpochMs) / (periodSeconds * 1_000);
      const timestampsEpochMs = Array.from({ length: count }, (_, index) => startEpochMs + index * 60_000);
      const factor = dimensions[0]?.value === 'b' ? 2 : 1;
      const values = timestampsEpochMs.map((epochMs) => {
        if (metricName === 'requests') return statistic === 'Sum' ? ((epochMs - NOON) / 1_000) * factor + 1e6 : 1;
        return statistic === 'Sum' ? 10 * factor : 2;
      });
      return { timestampsEpochMs, values };
    },
  };
}

function run(query: string): Value {
  const store = createStore();
  const metrics = labelMetrics(store, { account: '111122223333', region: 'us-east-1' });
  return evaluate(parsePromql(query), { metrics, store, epochMs: NOON });
}

/** The values by the label `host`. */
function values(query: string): Record<string, number> {
  const value = run(query);
  if (value.kind !== 'vector') throw new Error(`a ${value.kind}`);
  return Object.fromEntries(
    value.elements.map((element) => [
      element.labels.host ?? '',
      'value' in element ? element.value : element.histogram.count,
    ]),
  );
}

describe('the embedded PromQL', () => {
  it.each([
    ['histogram_avg(Latency)', { a: 5, b: 10 }],
    ['histogram_count({"Latency", host="a"})', { a: 2 }],
    ['histogram_avg(avg_over_time(Latency{host!="a"}[10m]))', { b: 10 }],
    ['increase(requests[5m])', { a: 240, b: 480 }],
    ['rate(requests{host=~"a|x"}[5m]) * 60', { a: 48 }],
    ['sum by (host) (histogram_sum(Latency))', { a: 10, b: 20 }],
    ['sum(histogram_sum(Latency)) by (host)', { a: 10, b: 20 }],
    ['topk(1, histogram_avg(Latency))', { b: 10 }],
    ['max(histogram_avg(Latency)) - min(vector(4))', undefined],
    ['count(histogram_avg(Latency))', { '': 2 }],
    ['-histogram_avg({__name__="Latency", host!~"b"})', { a: -5 }],
    ['nothing', {}],
  ])('%s', (query, expected) => {
    if (expected === undefined) expect(() => run(query)).toThrow(/not known to the embedded CloudWatch/);
    else expect(values(query)).toEqual(expected);
  });

  it('follows the precedence of operators', () => {
    expect(run('1 + 2 * (3 - 1) / 4')).toEqual({ kind: 'scalar', value: 2 });
  });

  it.each([
    ['', '1:1: parse error: no expression found in input'],
    ['sum(', '1:5: parse error: unexpected end of input'],
    ['1 + ;', '1:5: parse error: unexpected character: ";"'],
    ['label_replace(a)', '1:1: parse error: unknown function with name "label_replace"'],
    ['rate(requests)', '1:1: parse error: expected type range vector'],
    ['{host="a"}', 'must contain an equal matcher on metric name'],
    ['requests{host=~"("}', 'error parsing regexp'],
  ])('refuses %s', (query, reason) => {
    expect(() => run(query)).toThrow(reason);
  });
});
