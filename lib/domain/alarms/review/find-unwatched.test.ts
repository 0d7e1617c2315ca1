import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { readCatalogue } from '../../metrics/catalogue/metric-catalogue.ts';
import type { Alarm, AlarmWatch } from '../alarm.ts';
import { findUnwatched } from './find-unwatched.ts';

const series = (namespace: string, metricName: string, ...dimensions: readonly (readonly [string, string])[]) => ({
  namespace,
  metricName,
  dimensions: dimensions.map(([name, value]) => ({ name, value })),
});
const errorsOf = (name: string) => series('AWS/Lambda', 'Errors', ['FunctionName', name]);
const durationOf = (name: string) => series('AWS/Lambda', 'Duration', ['FunctionName', name]);
const throttlesOf = (name: string) => series('AWS/Lambda', 'Throttles', ['FunctionName', name]);
const alarm = (watch: AlarmWatch): Alarm => ({
  kind: 'metric',
  name: 'a',
  state: 'OK',
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  watch,
  condition: {},
});
const watching = (one: ReturnType<typeof series>): Alarm =>
  alarm({ type: 'metric', metric: { ...one, statistic: 'Sum' } });
const query = (expression: string) => ({ id: 'q', expression, isReturned: true });

describe('findUnwatched', () => {
  it('tells what of the advice of AWS matters, and in which order', async () => {
    const rows = [...readCatalogue().values()].flat().flatMap(({ namespace, metricName, alarms }) =>
      alarms.map(({ dimensions }) => {
        const names = dimensions.map(({ name }) => name);
        return [
          `${namespace} ${metricName} by ${names.join(' + ')}`,
          finish(findUnwatched([series(namespace, metricName, ...names.map((name) => [name, 'x'] as const))], []))
            .length,
        ] as const;
      }),
    );
    expect(rows.length).toBeGreaterThan(100);
    await expectTable('alarms/unwatched', rows);
  });

  it('puts what fails before what is throttled before what is slow, and most resources first', () => {
    const instance = (metricName: string) => series('AWS/RDS', metricName, ['DBInstanceIdentifier', 'db']);
    const active = [
      durationOf('a'),
      instance('ReadLatency'),
      durationOf('b'),
      instance('DatabaseConnections'),
      throttlesOf('a'),
      throttlesOf('b'),
      instance('FreeStorageSpace'),
      errorsOf('a'),
      errorsOf('b'),
      errorsOf('c'),
    ];
    for (const given of [active, active.toReversed()])
      expect(finish(findUnwatched(given, [])).map(({ metric, names }) => [metric?.metricName, names.length])).toEqual([
        ['Errors', 3],
        ['FreeStorageSpace', 1],
        ['Throttles', 2],
        ['DatabaseConnections', 1],
        ['Duration', 2],
        ['ReadLatency', 1],
      ]);
  });

  it('says of how many by which dimensions, and names five', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(errorsOf);
    expect(finish(findUnwatched(many.slice(0, 5), []))).toEqual([
      {
        kind: 'unwatched',
        names: ['a', 'b', 'c', 'd', 'e'],
        metric: many[0],
        why: 'AWS/Lambda Errors of 5 of 5 by FunctionName: a, b, c, d, e',
      },
    ]);
    expect(finish(findUnwatched(many, ['a', 'c'].map(errorsOf).map(watching)))[0]?.why).toBe(
      'AWS/Lambda Errors of 5 of 7 by FunctionName: b, d, e, f, g',
    );
    expect(finish(findUnwatched(many, []))[0]?.why).toBe(
      'AWS/Lambda Errors of 7 of 7 by FunctionName: a, b, c, d, e and 2 more',
    );
    const foreign = series('AWS/ApplicationELB', 'UnHealthyHostCount', ['TargetGroup', 't\n1'], ['LoadBalancer', 'l']);
    expect(finish(findUnwatched([foreign], [])).map(({ names, why }) => [names, why])).toEqual([
      [['t 1/l'], 'AWS/ApplicationELB UnHealthyHostCount of 1 of 1 by LoadBalancer + TargetGroup: t 1/l'],
    ]);
  });

  it('takes for watched what an alarm of any kind looks at', () => {
    const other = { ...errorsOf('a'), statistic: 'Sum' };
    const search = "SEARCH('{AWS/Lambda,FunctionName} MetricName=Errors', 'Sum')";
    const cases: readonly (readonly [string, AlarmWatch, boolean])[] = [
      ['its metric', { type: 'metric', metric: other }, true],
      ['of another account', { type: 'metric', metric: { ...other, accountId: '111122223333' } }, false],
      ['another function', { type: 'metric', metric: { ...errorsOf('b'), statistic: 'Sum' } }, false],
      ['another metric', { type: 'metric', metric: { ...throttlesOf('a'), statistic: 'Sum' } }, false],
      ['another namespace', { type: 'metric', metric: { ...other, namespace: 'Mine' } }, false],
      [
        'another dimension',
        { type: 'metric', metric: { ...other, dimensions: [{ name: 'Resource', value: 'a' }] } },
        false,
      ],
      [
        'math over it',
        { type: 'math', expression: 'm1', queries: [{ id: 'm1', metric: other, isReturned: false }] },
        true,
      ],
      ['a band', { type: 'anomaly', band: 'b', queries: [{ id: 'm1', metric: other, isReturned: true }] }, true],
      ['a search', { type: 'math', expression: 'q', queries: [query(search)] }, true],
      ['a band over a search', { type: 'anomaly', band: 'q', queries: [query(search)] }, true],
      [
        'a query in lower case',
        { type: 'math', expression: 'q', queries: [query('select SUM(Errors) from "AWS/Lambda"')] },
        true,
      ],
      ['a search of others', { type: 'math', expression: 'q', queries: [query(search.replace('Errors', 'X'))] }, false],
      ['a search elsewhere', { type: 'math', expression: 'q', queries: [query(search.replace('AWS/', 'X/'))] }, false],
      ['names without a search', { type: 'math', expression: 'q', queries: [query('AWS/Lambda Errors')] }, false],
      ['RESEARCH', { type: 'math', expression: 'q', queries: [query('RESEARCH AWS/Lambda Errors')] }, false],
      ['PromQL', { type: 'promql', query: search }, false],
      ['a rule', { type: 'composite', rule: search }, false],
    ];
    const found = cases.map(([what, watch]) => [
      what,
      finish(findUnwatched([errorsOf('a')], [alarm(watch)])).length === 0,
    ]);
    expect(found).toEqual(cases.map(([what, , isWatched]) => [what, isWatched]));
  });

  it('knows the dimensions of a series in whatever order, and leaves other sets alone', () => {
    const target = ['TargetGroup', 't'] as const;
    const balancer = ['LoadBalancer', 'l'] as const;
    const one = series('AWS/ApplicationELB', 'UnHealthyHostCount', target, balancer);
    const same = series('AWS/ApplicationELB', 'UnHealthyHostCount', balancer, target);
    expect(finish(findUnwatched([one], [])).map(({ why }) => why)).toEqual([
      'AWS/ApplicationELB UnHealthyHostCount of 1 of 1 by LoadBalancer + TargetGroup: t/l',
    ]);
    expect(finish(findUnwatched([one], [watching(same)]))).toEqual([]);
    expect(finish(findUnwatched([series('AWS/ApplicationELB', 'UnHealthyHostCount', target)], []))).toEqual([]);
    expect(finish(findUnwatched([series('AWS/Lambda', 'Errors')], []))).toEqual([]);
    expect(finish(findUnwatched([series('Mine', 'Errors', ['FunctionName', 'a'])], []))).toEqual([]);
    expect(finish(findUnwatched([], []))).toEqual([]);
  });
});
