import { expect, it } from 'vitest';
import { findUnfounded } from './provenance.ts';

const sources = {
  question: 'Errors per five minutes over two hours?',
  read: ['{"region":"us-east-1","names":["shop-checkout"],"message":"Task timed out","default":50}'],
};

it.each([
  { region: 'us-east-1', names: ['shop-checkout'], start_time: '-2h', period: 300, render: true, limit: 7, n: 50 },
  { query_string: 'filter @message like /(?i)timed out/ | stats count(*) as n by bin' },
  { queries: [{ id: 'share', expression: '100 * share / SUM(share)' }] },
])('knows where %j comes from', (args) => {
  expect(findUnfounded(args, { ...sources, read: [...sources.read, 'bin'] })).toEqual([]);
});

it.each([
  [{ region: 'us-east-2' }, '.region: "us-east-2"'],
  [{ names: ['shop-checkout', 'shop'] }, '.names[1]: "shop"'],
  [{ start_time: '-3h' }, '.start_time: "-3h"'],
  [{ period: 60 }, '.period: 60'],
  [{ query_string: 'filter level = "FATAL"' }, '.query_string: "filter level = \\"FATAL\\""'],
  [{ queries: [{ id: 'share', expression: 'other * 2' }] }, '.queries[0].expression: "other * 2"'],
])('finds what comes from nowhere in %j', (args, expected) => {
  expect(findUnfounded(args, sources)).toEqual([expected]);
});
