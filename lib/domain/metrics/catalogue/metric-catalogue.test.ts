import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { type CatalogueMetric, decodeNamespace, encodeNamespace } from './encoding.ts';
import { ENTRIES } from './entries.ts';
import {
  findMetrics,
  findNamespace,
  findNearMetrics,
  findNearNamespaces,
  listMetricsOf,
  readCatalogue,
  searchMetrics,
} from './metric-catalogue.ts';

const WITH_OWN_ADVICE = [
  'ApplicationELB',
  'NetworkELB',
  'States',
  'Events',
  'ES',
  'Kafka',
  'Firehose',
  'Bedrock',
  'SageMaker',
  'DocDB',
  'Neptune',
  'MemoryDB',
  'WAFV2',
  'FSx',
  'AppSync',
  'SES',
  'ElasticMapReduce',
].map((service) => `AWS/${service}`);

describe('the catalogue', () => {
  it('takes at most 350 kB of the bundle', () => {
    expect(Buffer.byteLength(ENTRIES.join('\n'))).toBeLessThanOrEqual(350_000);
  });

  it('has every fact', () => {
    const lines = readFileSync('data/metric-facts.jsonl', 'utf8').trim().split('\n');
    expect(lines.length).toBeGreaterThan(1_000);
    for (const line of lines) {
      const { namespace, metric, unit, alarms } = JSON.parse(line) as {
        namespace: string;
        metric: string;
        unit?: string;
        alarms?: { threshold?: number }[];
      };
      const known = findMetrics(metric, namespace).find(({ metricName }) => metricName === metric);
      if (unit !== undefined) expect(known?.unit, line).toBe(unit);
      expect(known?.alarms.map(({ threshold }) => threshold)).toEqual((alarms ?? []).map(({ threshold }) => threshold));
    }
  });

  it.each(WITH_OWN_ADVICE)('has advice on %s and names its source', (namespace) => {
    const advised = listMetricsOf(namespace).filter(({ alarms }) => alarms.length > 0);
    expect(advised.length).toBeGreaterThan(1);
    for (const { adviceSource } of advised) expect(adviceSource).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  it('has dimension sets of the service specification', () => {
    expect(findMetrics('RequestCount', 'AWS/ApplicationELB')[0]?.dimensionSets).toContainEqual(['LoadBalancer']);
    expect(readCatalogue().size).toBeGreaterThan(72);
  });
});

describe('looking things up', () => {
  it('does not mind case, nor a missing AWS/', () => {
    expect(['aws/LAMBDA', 'lambda', 'AWS/Lambda', 'containerinsights'].map(findNamespace)).toEqual([
      'AWS/Lambda',
      'AWS/Lambda',
      'AWS/Lambda',
      'ContainerInsights',
    ]);
    expect(findMetrics('duration', 'AWS/Lambda')).toHaveLength(1);
    expect(findMetrics('4xxerror', 'AWS/ApiGateway').map(({ metricName }) => metricName)).toEqual(['4XXError']);
  });

  it('finds what is near', () => {
    expect(findNamespace('AWS/Lamda')).toBeUndefined();
    expect(findNearNamespaces('AWS/Lamda')).toContain('AWS/Lambda');
    expect(findNearMetrics('Durations', 'AWS/Lambda')).toContain('Duration');
  });

  it('searches names and meanings, names first', () => {
    const found = searchMetrics('throttle lambda').map(({ namespace, metricName }) => `${namespace} ${metricName}`);
    expect(found[0]).toBe('AWS/Lambda Throttles');
    expect(searchMetrics('backlog', 'AWS/SQS').map(({ metricName }) => metricName)).toEqual([
      'ApproximateNumberOfMessagesVisible',
    ]);
    expect(searchMetrics(' ')).toEqual([]);
  });
});

describe('the encoding', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9 _.%/]{1,12}$/);
  const text = fc.stringMatching(/^[A-Za-z0-9 ;,:+=’…-]{1,20}$/);
  const known = fc.record(
    { unit: fc.constantFrom('Count', 'Bytes/Second'), adviceSource: name, intent: text },
    { requiredKeys: [] },
  );
  const metric: fc.Arbitrary<CatalogueMetric> = fc
    .record({
      metricName: name,
      meaning: text,
      statistics: fc.array(fc.constantFrom('Sum', 'Average', 'p90')),
      dimensionSets: fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 3 }),
      alarms: fc.array(
        fc.record(
          {
            statistic: fc.constantFrom('Sum', 'p99'),
            periodSeconds: fc.integer({ min: 1, max: 86_400 }),
            comparison: fc.constantFrom('GreaterThanThreshold', 'LessThanThreshold'),
            evaluationPeriods: fc.integer({ min: 1, max: 20 }),
            datapointsToAlarm: fc.integer({ min: 1, max: 20 }),
            treatMissingData: fc.constantFrom('missing', 'breaching'),
            threshold: fc.integer({ min: -5, max: 1e9 }),
            dimensions: fc.array(fc.record({ name, value: name }, { requiredKeys: ['name'] }), { maxLength: 2 }),
          },
          {
            requiredKeys: [
              'statistic',
              'periodSeconds',
              'comparison',
              'evaluationPeriods',
              'datapointsToAlarm',
              'treatMissingData',
              'dimensions',
            ],
          },
        ),
        { maxLength: 2 },
      ),
    })
    .chain((rest) => known.map((more) => ({ namespace: 'n', ...rest, ...more })));

  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.array(metric, { minLength: 1, maxLength: 5 }), (metrics) => {
        expect(decodeNamespace(encodeNamespace('n', metrics))).toEqual(metrics);
      }),
    );
  });

  it.each(['a~b', 'a|b'])('refuses the separator in %s', (metricName) => {
    const bad = { namespace: 'n', metricName, meaning: 'm', statistics: [], dimensionSets: [], alarms: [] };
    expect(() => encodeNamespace('n', [bad])).toThrow('holds the separator');
  });
});
