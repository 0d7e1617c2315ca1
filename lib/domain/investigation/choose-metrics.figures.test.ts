import { it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { expectTable } from '../../../test/support/golden-table.ts';
import { chooseMetrics } from './choose-metrics.ts';
import { KnownNames } from './known-names.ts';
import { type MetricName, metricKey, nameParts, partsOf, resourceOf, sharedParts } from './resource.ts';

const metric = (namespace: string, metricName: string, dimensions: Readonly<Record<string, string>>): MetricName => ({
  namespace,
  metricName,
  dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
});
const lambda = (name: string, metricName: string) => metric('AWS/Lambda', metricName, { FunctionName: name });

const NAMES = ['shop-orders-front', 'shop-orders-db', 'shop-cache', 'shop', 'other-images', 'ordersFront', 'x'];
const OF_EACH = [
  'Errors',
  'Invocations',
  'Duration',
  'CPUUtilization',
  'IteratorAge',
  'Heartbeat',
  'Throttles',
  'A',
  'B',
];
const ALL = [
  ...NAMES.flatMap((name) => OF_EACH.map((each) => lambda(name, each))),
  metric('AWS/Lambda', 'Errors', { FunctionName: 'shop', Resource: 'shop:1' }),
  metric('AWS/ECS', 'CPUUtilization', { ClusterName: 'shop-orders-front', ServiceName: 'web' }),
  metric('AWS/ECS', 'CPUUtilization', { ClusterName: 'far', ServiceName: 'web' }),
  metric('AWS/SQS', 'NumberOfMessagesSent', { QueueName: 'queue' }),
  { ...lambda('shop', 'Errors'), accountId: '111122223333' },
  metric('Own', 'Plain', {}),
];

it('chooses by nearness and by what a metric tells', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const own = [lambda('shop-orders-front', 'Errors')];
  const told = (list: readonly { resource: string; metricName: string; distance: number }[]) =>
    list.map(({ resource, metricName, distance }) => `${resource} ${metricName} ${distance}`).join();
  for (const most of [0, 1, 2, 7, 8, 30, 100]) {
    for (const [name, surroundings] of Object.entries({
      alone: { own: [], near: [] },
      own: { own, near: [] },
      unlisted: { own: [lambda('shop-orders-front', 'Unlisted')], near: [] },
      near: { own, near: [lambda('x', 'Errors')] },
      watched: { own, near: [], watched: [lambda('other-images', 'Errors'), lambda('shop-cache', 'A')] },
      scope: { own, near: [], scope: 'ORDERS' },
      namespace: { own, near: [], scope: 'aws/s' },
      'metric name': { own, near: [], scope: 'thrott' },
      'empty scope': { own, near: [], scope: '' },
      'no such scope': { own, near: [], scope: 'nowhere' },
    })) {
      const { chosen, left } = finish(chooseMetrics(ALL, surroundings, most));
      rows.push([`${most}, ${name}`, [left, told(chosen)]]);
    }
  }
  for (const { resource, distance } of finish(chooseMetrics(ALL, { own, near: [] }, 100)).chosen.filter(
    ({ metricName }) => metricName === 'Errors' || metricName === 'CPUUtilization',
  ))
    rows.push([`distance of ${resource}`, distance]);
  await expectTable('investigation/choose-metrics', rows);
});

it('names resources', async () => {
  const rows: (readonly [string, unknown])[] = [];
  const places =
    'ClusterName Environment Stage Region AvailabilityZone Resource Method Operation LoadBalancer ExecutedVersion ClientId Currency CacheNodeId EventBusName StorageType service environment stage Name'.split(
      ' ',
    );
  for (const place of places) {
    rows.push([`${place} and another`, resourceOf(metric('N', 'm', { [place]: 'place', Other: 'other' }))]);
    rows.push([`${place} alone`, resourceOf(metric('N', 'm', { [place]: 'place' }))]);
  }
  for (const group of ['/aws/lambda/f', 'plain', '/', 'a/'])
    rows.push([
      `logs of ${group}`,
      [resourceOf(metric('AWS/Logs', 'm', { G: group })), resourceOf(metric('N', 'm', { G: group }))],
    ]);
  rows.push(['nothing', [resourceOf(metric('AWS/Logs', 'm', {})), resourceOf(metric('N', 'm', {}))]]);
  rows.push(['key', metricKey(metric('N', 'm', { b: '2', a: '1' })).replaceAll('\u0000', '|')]);
  rows.push(['key of an account', metricKey({ ...metric('N', 'm', {}), accountId: '1' }).replaceAll('\u0000', '|')]);
  const names = [
    'shop-orders-db',
    'shopOrdersDB',
    'Shop_Orders.v2',
    '',
    '--',
    'größeÄnderung',
    'shop',
    'shop-orders',
    'abc-abcd',
  ];
  for (const name of names) {
    rows.push([`parts of "${name}"`, nameParts(name).join('|')]);
    rows.push([`shared with "${name}"`, names.map((other) => sharedParts(partsOf(name), partsOf(other))).join('')]);
    rows.push([`mentions of "${name}"`, new KnownNames(names).mentionsOf(name).join('|')]);
  }
  const mentions = (...all: string[]) => all.map((name) => [name, new KnownNames(all).mentionsOf(name)]);
  rows.push(['mentions of one', mentions('shop-sun-moon-shop')]);
  rows.push(['mentions of two', mentions('shop-sun-moon', 'shop-star')]);
  await expectTable('investigation/resources', rows);
});
