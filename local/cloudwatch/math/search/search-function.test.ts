import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { evaluateMetricDataQueries } from '../evaluate.ts';
import { makeInMemoryStore, type ObservedMetric } from '../in-memory-store.ts';
import { START_EPOCH_MS, toObservations } from '../test-request.ts';

const RANGE = { startEpochMs: START_EPOCH_MS, endEpochMs: START_EPOCH_MS + 600_000 };

function lambda(metricName: string, functionName: string, value: number): ObservedMetric {
  return {
    namespace: 'AWS/Lambda',
    metricName,
    dimensions: { FunctionName: functionName },
    observations: toObservations([value, value]),
  };
}

const METRICS: readonly ObservedMetric[] = [
  lambda('Errors', 'shop-checkout', 1),
  lambda('Errors', 'shop-cart', 2),
  lambda('Invocations', 'shop-checkout', 100),
  lambda('Invocations', 'shop-cart', 200),
  {
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: 'shop-cart', Resource: 'shop-cart:live' },
  },
  { namespace: 'AWS/Lambda', metricName: 'Errors' },
  { namespace: 'AWS/EC2', metricName: 'CPUUtilization', dimensions: { InstanceType: 't2.micro' } },
  {
    namespace: 'My Namespace',
    metricName: 'Europe\\France Traffic(Network)',
    dimensions: { 'Dimension@Name': 'a "b" = c' },
  },
];

function search(text: string, metrics = METRICS, rest = ", 'Sum', 60") {
  const queries = [{ Id: 'e1', Expression: `SEARCH('${text}'${rest})` }];
  return evaluateMetricDataQueries(queries, RANGE, makeInMemoryStore(metrics));
}

function labels(text: string): (string | undefined)[] {
  return search(text).map(({ Label }) => Label);
}

describe('SEARCH', () => {
  it.each([
    ['{AWS/Lambda,FunctionName} MetricName="Errors"', ['shop-checkout', 'shop-cart']],
    ['{AWS/Lambda, FunctionName}, MetricName="Errors"', ['shop-checkout', 'shop-cart']],
    ['{"AWS/Lambda","Resource",FunctionName}', ['Errors']],
    ['{AWS/Lambda}', ['Errors']],
    ['{AWS/Lambda,FunctionName} MetricName="errors"', []],
    ['{AWS/Lambda,FunctionName} errors', ['shop-checkout', 'shop-cart']],
    ['{AWS/Lambda,FunctionName} errors cart', ['Errors']],
    ['{AWS/Lambda,FunctionName} errors AND cart', ['Errors']],
    ['{AWS/Lambda,FunctionName} errors NOT cart', ['Errors']],
    ['{AWS/Lambda,FunctionName} NOT NOT errors', ['shop-checkout', 'shop-cart']],
    ['{AWS/Lambda,FunctionName} "shop-cart"', ['Errors', 'Invocations']],
    ['{AWS/Lambda,FunctionName} "shop"', []],
    ['{AWS/Lambda,FunctionName} shop-cart', ['Errors', 'Invocations']],
    ['{AWS/Lambda,FunctionName} FunctionName=checkout', ['Errors', 'Invocations']],
    ['{AWS/Lambda,FunctionName} FunctionName = "shop-checkout" Errors', ['Errors']],
    [
      '{AWS/Lambda,FunctionName} MetricName="Errors" OR (MetricName="Invocations" AND (cart OR nothing))',
      ['shop-checkout Errors', 'shop-cart Errors', 'shop-cart Invocations'],
    ],
    ['{AWS/Lambda,FunctionName} MetricName=("Errors" OR "Invocations") cart', ['Errors', 'Invocations']],
    ['InstanceType=micro', ['CPUUtilization']],
    ['InstanceType="t2.micro" Namespace="AWS/EC2"', ['CPUUtilization']],
    ['NOT Namespace=AWS', ['Europe\\France Traffic(Network)']],
    ['"Europe\\\\France Traffic\\(Network\\)"', ['Europe\\France Traffic(Network)']],
    ['"a \\"b\\" = c"', ['Europe\\France Traffic(Network)']],
    ['{"My Namespace","Dimension@Name"}', ['Europe\\France Traffic(Network)']],
    ['nothing', []],
    ['and', []],
  ])('%s', (text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it('reads the statistic and the period', () => {
    const text = '{AWS/Lambda,FunctionName} MetricName="Errors" cart';
    expect(search(text, METRICS, ", 'Sum', 60")[0]?.Values).toEqual([2, 2]);
    expect(search(text, METRICS, ", 'Sum', 300")[0]?.Values).toEqual([4]);
    expect(search(text, METRICS, ", 'SampleCount', 300")[0]?.Values).toEqual([2]);
    expect(search(text, METRICS, ", 'Sum'")[0]?.Values).toEqual([4]);
  });

  it('is an array for functions around it and for references to it', () => {
    const store = makeInMemoryStore(METRICS);
    const text = `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 60)`;
    const results = evaluateMetricDataQueries(
      [
        { Id: 'e1', Expression: text, ReturnData: false },
        { Id: 'e2', Expression: 'SUM(e1)' },
        { Id: 'e3', Expression: `AVG(${text})` },
      ],
      RANGE,
      store,
    );
    expect(results.map(({ Values }) => Values)).toEqual([
      [3, 3],
      [1.5, 1.5],
    ]);
  });

  it('returns at most 500 time series', () => {
    const many = Array.from({ length: 501 }, (_, index) => lambda('Errors', `f${index}`, 1));
    expect(search('{AWS/Lambda,FunctionName}', many)).toHaveLength(500);
  });

  it('tells apart metrics whose values read alike', () => {
    const alike = ['A', 'B'].map((name) => ({ namespace: 'N', metricName: 'M', dimensions: { [name]: 'x' } }));
    const found = search('Namespace="N"', alike);
    expect(found.map(({ Label }) => Label)).toEqual(['N M A=x', 'N M B=x']);
  });
});

describe('refusals', () => {
  it.each([
    ['', 'must have a metric schema, a search term or both'],
    ['{AWS/Lambda', 'unexpected end of the search text at position 12'],
    ['{}', "unexpected '}' at position 2"],
    ['(errors', 'unexpected end of the search text at position 8'],
    ['errors)', "unexpected ')' at position 7"],
    ['errors OR', 'unexpected end of the search text at position 10'],
    ['OR errors', "unexpected 'OR' at position 1"],
    ['NOT', 'unexpected end of the search text'],
    ['MetricName=', 'unexpected end of the search text'],
    ['MetricName==x', "unexpected '=' at position 12"],
    ['MetricName=(Namespace=x)', "unexpected '=' at position 22"],
    ['"errors', 'no closing quotation mark for the one at position 1'],
    [':aws.Region="eu-west-1"', "':aws.Region' is not supported by this imitation"],
    ['x'.repeat(1025), 'longer than 1024 characters'],
    ['('.repeat(500), 'nested more than 100 levels deep'],
  ])('refuses %j', (text, message) => {
    expect(() => search(text)).toThrow(message);
  });

  it.each([
    [", 'Median'", "'Median' is not a statistic"],
    [", 'p101'", "'p101' is not a statistic"],
    [", 'Sum', 45", 'must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, not 45'],
    [", 'Sum', 0", 'not 0'],
    [", 'Sum', 'x'", "Unsupported argument 3 for function 'SEARCH': 'String'"],
    ['', "Function 'SEARCH' expects 2 to 3 argument(s) but was given 1"],
  ])('refuses the arguments %s', (rest, message) => {
    expect(() => search('errors', METRICS, rest)).toThrow(message);
  });
});

describe('property', () => {
  it('finds any dimension value by an exact term', () => {
    const value = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
    fc.assert(
      fc.property(value, (hostile) => {
        const exact = hostile.replace(/["\\()]/g, '\\$&').replaceAll("'", "\\'");
        const metrics = [lambda('Errors', hostile, 1), lambda('Errors', `${hostile}.`, 1)];
        expect(search(`FunctionName="${exact}"`, metrics).map(({ Values }) => Values)).toEqual([[1, 1]]);
      }),
    );
  });
});
