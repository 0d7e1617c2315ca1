import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { KnownNames } from './known-names.ts';
import { type MetricName, resourceOf } from './resource.ts';

const metric = (namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>): MetricName => ({
  namespace,
  metricName,
  dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
});
const lambda = (name: string, metricName: string) => metric('AWS/Lambda', metricName, { FunctionName: name });
const own = [lambda('shop-orders-front', 'Errors')];

describe('chooseMetrics', () => {
  it('takes the nearest resources first, and of each the most telling metrics', () => {
    const all = ['shop-orders-front', 'shop-orders-db', 'other-images'].flatMap((name) =>
      ['Duration', 'Errors', 'Invocations'].map((each) => lambda(name, each)),
    );
    const { chosen, left } = finish(chooseMetrics(all, { own, near: [lambda('other-images', 'Errors')] }, 4));
    expect(chosen.map(({ resource, metricName }) => `${resource} ${metricName}`)).toEqual([
      'shop-orders-front Errors',
      'shop-orders-front Invocations',
      'shop-orders-front Duration',
      'other-images Errors',
    ]);
    expect(left).toBe(5);
  });

  it('always looks at the alarm’s own metric, listed or not, and leaves room for others beside 2,000 of its resource', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => lambda('shop-orders-front', `Custom${index}`));
    const { chosen } = finish(chooseMetrics([...many, lambda('shop-orders-db', 'Errors')], { own, near: [] }, 200));
    expect(chosen[0]).toMatchObject({ metricName: 'Errors', resource: 'shop-orders-front', distance: 0 });
    expect(chosen.some(({ resource }) => resource === 'shop-orders-db')).toBe(true);
    expect(chosen).toHaveLength(200);
  });

  it('counts a number that is published for each version and zone once, and keeps to a scope', () => {
    const divided = metric('AWS/Lambda', 'Errors', { FunctionName: 'first', Resource: 'first:1' });
    const all = [divided, lambda('first', 'Errors'), lambda('second', 'Errors')];
    const { chosen } = finish(chooseMetrics(all, { own: [], near: [], scope: 'FIRST' }, 10));
    expect(chosen.map(({ dimensions }) => dimensions.length)).toEqual([1]);
  });
});

describe('the names of resources', () => {
  it.each([
    [metric('AWS/ECS', 'CPUUtilization', { ClusterName: 'c', ServiceName: 's' }), 's'],
    [metric('AWS/ECS', 'CPUUtilization', { ClusterName: 'c' }), 'c'],
    [metric('AWS/Logs', 'IncomingLogEvents', { LogGroupName: '/aws/lambda/f' }), 'f'],
    [metric('AWS/Lambda', 'Errors', {}), 'AWS/Lambda'],
  ])('are those that tell most', (one, name) => {
    expect(resourceOf(one)).toBe(name);
  });

  it('are spoken of whole, or by the part that no other has', () => {
    const known = new KnownNames(['shop-orders-pricing', 'shop-orders-front']);
    expect(known.mentionsOf('shop-orders-pricing')).toEqual(['shop-orders-pricing', 'pricing']);
  });
});
