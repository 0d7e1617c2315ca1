/** Every command and aggregate that decides how a query is put together again, one by one. */
import { describe, expect, it } from 'vitest';
import { planBatch } from './batch-plan.ts';
import type { BatchPlan } from './batch-plan-types.ts';

const plan = (query: string): BatchPlan => planBatch(query, 100);

describe('rows that are events', () => {
  it.each('fields display filter filterindex parse unmask lookup unnest sort order'.split(' '))(
    '%s keeps',
    (command) => {
      expect(plan(`${command} a`).kind).toBe('events');
    },
  );

  it.each('join tail pattern anomaly diff'.split(' '))('%s does not keep', (command) => {
    expect(plan(`fields a | ${command} a`)).toMatchObject({ kind: 'chunks' });
  });

  it.each('fields display parse unmask lookup limit head'.split(' '))('%s may stand behind a limit', (command) => {
    expect(plan(`fields a | limit 5 | ${command} 3`).kind).toBe('events');
  });

  it.each('filter filterindex unnest sort order dedup'.split(' '))('%s may not', (command) => {
    expect(plan(`fields a | head 5 | ${command} a`)).toMatchObject({
      kind: 'chunks',
      reason: `${command} stands behind a limit, which is counted in each chunk`,
    });
  });

  it('an event may be several rows where it is taken apart, or stands for others', () => {
    const isOne = (query: string) => 'isOnePerEvent' in plan(query) && plan(query);
    expect(isOne('fields a')).toMatchObject({ isOnePerEvent: true });
    expect(isOne('unnest a into b')).toMatchObject({ isOnePerEvent: false });
    expect(isOne('fields a | dedup a')).toMatchObject({ isOnePerEvent: false });
  });

  it('takes the smallest limit, or that of the argument', () => {
    expect(plan('fields a | limit 9 | head 5 | limit 7')).toMatchObject({ limit: 5, isOwnLimit: true });
    expect(plan('fields a')).toMatchObject({ limit: 100, isOwnLimit: false });
    expect(plan('fields a | limit x')).toMatchObject({ kind: 'chunks', reason: 'the limit is not a plain number' });
    expect(plan('(a) | fields b')).toMatchObject({ reason: 'a command works on the events of one chunk only' });
  });

  it('orders by what is asked, and equals by time', () => {
    expect(plan('fields a, @timestamp | sort a, b desc')).toMatchObject({
      order: [
        { column: 'a', isDescending: false },
        { column: 'mcpMerge0', isDescending: true },
        { column: '@timestamp', isDescending: true },
      ],
      hidden: ['mcpMerge0'],
    });
    expect(plan('fields a | order @timestamp asc')).toMatchObject({
      order: [{ column: 'mcpMerge0', isDescending: false }],
    });
    // An expression is no column, whatever it looks like.
    expect(plan('fields @timestamp | sort (@timestamp) * -1')).toMatchObject({ order: [{}, { column: '@timestamp' }] });
  });

  it('asks for each added column once', () => {
    expect(plan('fields @timestamp | sort a + 1, a + 1 desc')).toMatchObject({ hidden: ['mcpMerge0'] });
    expect(plan('fields @timestamp | dedup a, b')).toMatchObject({
      hidden: ['mcpMerge0', 'mcpMerge1'],
      dedup: ['mcpMerge0', 'mcpMerge1'],
    });
  });
});

describe('rows that are groups', () => {
  it.each('fields display filter filterindex parse unmask lookup unnest sort order'.split(' '))(
    '%s may stand before stats',
    (command) => {
      expect(plan(`${command} a | stats count(*)`).kind).toBe('groups');
    },
  );

  it.each([
    ['count', 'count'],
    ['sum', 'add'],
    ['min', 'least'],
    ['max', 'greatest'],
    ['sortsFirst', 'first'],
    ['sortsLast', 'last'],
    ['avg', 'mean'],
  ])('%s is put together by %s', (call, how) => {
    expect(plan(`stats ${call}(a) as n`)).toMatchObject({ merged: [{ name: 'n', how }], unmerged: [] });
  });

  it.each([
    ['earliest', 'first'],
    ['latest', 'last'],
  ])('%s of the time is put together by %s, of anything else not', (call, how) => {
    expect(plan(`stats ${call}(@timestamp) as n`)).toMatchObject({ merged: [{ name: 'n', how }] });
    expect(plan(`stats ${call}(a) as n`)).toMatchObject({ merged: [], unmerged: ['n'] });
    expect(plan(`stats ${call}(@timestamp + 1) as n`)).toMatchObject({ merged: [], unmerged: ['n'] });
  });

  it.each(['stddev(a)', 'pct(a, 95)', 'count_distinct(a)', 'sum(a) + 1', '(sum(a))', 'sum(a) / sum(b)', 'a'])(
    '%s is not put together',
    (aggregate) => {
      expect(plan(`stats ${aggregate} as n, count(*) as m`)).toMatchObject({
        unmerged: ['n'],
        merged: [{ name: 'm' }],
      });
    },
  );

  it('asks for the sum and the number behind each mean, behind the last aggregate', () => {
    expect(plan('stats avg(a), max(b) as m, avg(`c d`) by e')).toMatchObject({
      query:
        'stats avg(a), max(b) as m, avg(`c d`), sum(a) as mcpSum0, count(a) as mcpCount0, sum(`c d`) as mcpSum2, count(`c d`) as mcpCount2 by e',
      hidden: ['mcpSum0', 'mcpCount0', 'mcpSum2', 'mcpCount2'],
      keys: ['e'],
    });
  });

  it.each('bin datefloor dateceil'.split(' '))('%s is a time, newest first', (call) => {
    expect(plan(`stats count(*) by host, ${call}(1h)`)).toMatchObject({
      order: [{ column: `${call}(1h)`, isDescending: true }],
    });
    expect(plan('stats count(*) by host')).toMatchObject({ order: [] });
  });

  it('takes order, limit and choice of columns to itself', () => {
    expect(plan('stats count(*) as n, max(a) by `h` | sort N desc | limit 5')).toMatchObject({ kind: 'chunks' });
    expect(plan('stats count( * ), max(a) by h | order count(*) desc, h | limit 9 | head 5 | display h')).toMatchObject(
      {
        order: [
          { column: 'count( * )', isDescending: true },
          { column: 'h', isDescending: false },
        ],
        limit: 5,
        isOwnLimit: true,
        shown: ['h'],
      },
    );
  });

  it.each([
    ['stats count(*) by h | limit 5 | sort h', 'sort'],
    ['stats count(*) by h | display x', 'display'],
    ['stats count(*) by h | limit x', 'limit'],
    ['stats count(*) by h | tail 5', 'tail'],
    ['stats count(*) by h | (a)', 'a command'],
  ])('leaves %s to each chunk', (query, command) => {
    expect(plan(query)).toMatchObject({
      kind: 'chunks',
      reason: `${command} behind stats works on the groups of one chunk`,
    });
  });
});
