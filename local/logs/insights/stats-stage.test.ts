import { describe, expect, it } from 'vitest';
import { at, evaluateQuery } from './query-fixture.ts';

const RECORDS = [
  { '@timestamp': at(700_000), ms: 40, level: 'INFO', user: 'ann' },
  { '@timestamp': at(500_000), ms: 10, level: 'ERROR', user: 'bob' },
  { '@timestamp': at(400_000), ms: '20', level: 'INFO', user: 'ann' },
  { '@timestamp': at(100_000), ms: 'slow', level: 'INFO' },
];

function single(expression: string): string | undefined {
  return evaluateQuery(`stats ${expression} as result`, RECORDS)[0]?.result;
}

describe('aggregates', () => {
  it.each([
    ['count(*)', '4'],
    ['count()', '4'],
    ['count(user)', '3'],
    ['count_distinct(user)', '2'],
    ['sum(ms)', '70'],
    ['avg(ms)', String(70 / 3)],
    ['min(level)', 'ERROR'],
    ['max(level)', 'INFO'],
    ['min(@timestamp)', '2026-03-04 05:01:40.000'],
    ['max(@timestamp) - min(@timestamp)', '600000'],
    ['pct(ms, 50)', '20'],
    ['pct(ms, 100)', '40'],
    ['pct(ms, 75)', '30'],
    ['median(ms)', '20'],
    ['stddev(ms)', String(Math.sqrt(((40 - 70 / 3) ** 2 + (10 - 70 / 3) ** 2 + (20 - 70 / 3) ** 2) / 3))],
    ['earliest(level)', 'INFO'],
    ['latest(user)', 'ann'],
    ['sortsFirst(user)', 'ann'],
    ['sortsLast(user)', 'bob'],
    ['sum(ms) / count(ms)', '17.5'],
    ['ceil(avg(ms)) + 1', '25'],
    ['sum(ms * 2)', '140'],
    ['sum(missing)', undefined],
    ['avg(missing)', undefined],
    ['max(missing)', undefined],
    ['count(missing)', '0'],
    ['datefloor(max(@timestamp), 1h)', '2026-03-04 05:00:00.000'],
  ])('%s gives %s', (expression, expected) => {
    expect(single(expression)).toBe(expected);
  });
});

describe('groups', () => {
  it('show the keys before the aggregates, in the order they were met', () => {
    expect(evaluateQuery('stats count(*) as n, sum(ms) by level', RECORDS)).toEqual([
      { level: 'INFO', n: '3', 'sum(ms)': '60' },
      { level: 'ERROR', n: '1', 'sum(ms)': '10' },
    ]);
  });

  it('are made by time, by expressions and by aliases', () => {
    expect(evaluateQuery('stats count(*) as n by bin(@timestamp, 1h) | fields n', RECORDS)).toMatchObject([{ n: '4' }]);
    expect(evaluateQuery('stats count(*) by bin(5m)', RECORDS)).toEqual([
      { 'bin(5m)': '2026-03-04 05:10:00.000', 'count(*)': '1' },
      { 'bin(5m)': '2026-03-04 05:05:00.000', 'count(*)': '2' },
      { 'bin(5m)': '2026-03-04 05:00:00.000', 'count(*)': '1' },
    ]);
    expect(evaluateQuery('stats count(*) as n by tolower(level) as l | sort n', RECORDS)).toEqual([
      { l: 'error', n: '1' },
      { l: 'info', n: '3' },
    ]);
  });

  it('have one for records without the key', () => {
    expect(evaluateQuery('stats count(*) by user', RECORDS)).toContainEqual({ 'count(*)': '1' });
  });

  it('can be aggregated a second time', () => {
    expect(evaluateQuery('stats count(*) as n by level | stats max(n) as most, count(*) as levels', RECORDS)).toEqual([
      { most: '3', levels: '2' },
    ]);
  });

  it('can be filtered by the text that made the column', () => {
    expect(evaluateQuery('stats count(*) by level | filter `count(*)` > 1 | display level', RECORDS)).toEqual([
      { level: 'INFO' },
    ]);
    expect(evaluateQuery('stats count(*) by level | filter count(*) > 1 | display level', RECORDS)).toEqual([
      { level: 'INFO' },
    ]);
  });

  it('are none when no record came through', () => {
    expect(evaluateQuery('filter level = "x" | stats count(*)', RECORDS)).toEqual([]);
  });
});

describe('aggregates of aggregates', () => {
  it('compute with the names of earlier ones', () => {
    const query = 'stats sum(ms) as total, count(ms) as n, total / n as mean, ceil(mean) * 2 as twice by level';
    expect(evaluateQuery(query, RECORDS)).toEqual([
      { level: 'INFO', total: '60', n: '3', mean: '20', twice: '40' },
      { level: 'ERROR', total: '10', n: '1', mean: '10', twice: '20' },
    ]);
  });

  it('keep an aggregate that is written again apart from a name like it', () => {
    expect(evaluateQuery('stats max(ms) as `count(*)`, count(*) as n', RECORDS)).toMatchObject([{ n: '4' }]);
  });
});
