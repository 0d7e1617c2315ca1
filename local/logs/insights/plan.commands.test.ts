import { describe, expect, it } from 'vitest';
import { at, evaluateQuery } from './query-fixture.ts';

const RECORDS = [
  { '@timestamp': at(400_000), '@message': 'user=ann, took 30 ms', '@log': 'a', ms: 30, level: 'INFO' },
  { '@timestamp': at(300_000), '@message': 'user=bob, took 10 ms', '@log': 'b', ms: 10, level: 'ERROR' },
  { '@timestamp': at(200_000), '@message': 'user=cid, took 20 ms', '@log': 'a', ms: 20, level: 'INFO' },
  { '@timestamp': at(100_000), '@message': 'no user here', '@log': 'a', level: 'WARN' },
];

describe('columns', () => {
  it('are the time and the message when nothing else is asked', () => {
    expect(evaluateQuery('limit 1', RECORDS)).toEqual([
      { '@timestamp': '2026-03-04 05:06:40.000', '@message': 'user=ann, took 30 ms' },
    ]);
  });

  it('add up over several fields commands, with aliases', () => {
    expect(evaluateQuery('fields ms as duration | fields ms * 2, level | limit 1', RECORDS)).toEqual([
      { duration: '30', 'ms * 2': '60', level: 'INFO' },
    ]);
  });

  it('are only those of the last display', () => {
    expect(evaluateQuery('fields ms, level | display level | display ms | limit 1', RECORDS)).toEqual([{ ms: '30' }]);
  });

  it('leave out what a record has not', () => {
    expect(evaluateQuery('fields ms, level | tail 1', RECORDS)).toEqual([{ level: 'WARN' }]);
  });
});

describe('parse', () => {
  it('takes wildcards out of a text, the last to its end', () => {
    expect(
      evaluateQuery('parse @message "user=*, took *" as user, rest | display user, rest | limit 1', RECORDS),
    ).toEqual([{ user: 'ann', rest: '30 ms' }]);
  });

  it('reads @message when no field is named', () => {
    expect(evaluateQuery('parse "user=*," as user | display user', RECORDS)).toEqual([
      { user: 'ann' },
      { user: 'bob' },
      { user: 'cid' },
      {},
    ]);
  });

  it('takes named groups of a regular expression', () => {
    const query = 'parse @message /user=(?<user>\\w+), took (?<took>\\d+)/ | filter took > 15 | display user, took';
    expect(evaluateQuery(query, RECORDS)).toEqual([
      { user: 'ann', took: '30' },
      { user: 'cid', took: '20' },
    ]);
  });

  it('shows the parsed names when no columns are chosen', () => {
    expect(Object.keys(evaluateQuery('parse "user=*," as user | limit 1', RECORDS)[0] ?? {})).toEqual([
      '@timestamp',
      '@message',
      'user',
    ]);
  });
});

describe('sort, limit, head, tail, dedup', () => {
  it('sorts by several keys; missing values come last in both directions', () => {
    const order = (query: string): (string | undefined)[] => evaluateQuery(query, RECORDS).map((row) => row.ms);
    expect(order('fields ms | sort ms asc')).toEqual(['10', '20', '30', undefined]);
    expect(order('fields ms | sort ms desc')).toEqual(['30', '20', '10', undefined]);
    expect(order('fields ms | sort level, ms desc')).toEqual(['10', '30', '20', undefined]);
    expect(order('fields ms | order by level desc, ms')).toEqual([undefined, '20', '30', '10']);
  });

  it('sorts by an expression and by the text that made a column', () => {
    expect(evaluateQuery('fields ms | sort abs(ms - 20), ms | limit 1', RECORDS)).toEqual([{ ms: '20' }]);
    expect(evaluateQuery('stats count(*) by level | sort count(*) desc, level | limit 2', RECORDS)).toEqual([
      { level: 'INFO', 'count(*)': '2' },
      { level: 'ERROR', 'count(*)': '1' },
    ]);
  });

  it('takes the first or the last rows', () => {
    expect(evaluateQuery('fields level | head 1', RECORDS)).toEqual([{ level: 'INFO' }]);
    expect(evaluateQuery('fields level | tail 2', RECORDS)).toEqual([{ level: 'INFO' }, { level: 'WARN' }]);
    expect(evaluateQuery('fields level', RECORDS, 2)).toHaveLength(2);
    expect(evaluateQuery('fields level | limit 3', RECORDS, 2)).toHaveLength(2);
  });

  it('keeps the first of equal rows and all rows where the field is missing', () => {
    const records = [...RECORDS, { level: 'WARN', '@log': 'c' }, { '@log': 'd' }, { '@log': 'e' }];
    expect(evaluateQuery('fields @log, level | dedup level', records).map((row) => row['@log'])).toEqual([
      'a',
      'b',
      'a',
      'd',
      'e',
    ]);
    expect(evaluateQuery('fields ms | dedup @log, level | limit 2', RECORDS)).toEqual([{ ms: '30' }, { ms: '10' }]);
  });
});

describe('pattern', () => {
  it('groups messages that differ in values, most frequent first', () => {
    const messages = ['job 17 failed', 'job 18 failed', 'warning: disk 91% full', 'job 9a failed'].map((message) => ({
      '@message': message,
    }));
    expect(evaluateQuery('pattern @message', messages)).toEqual([
      { '@pattern': 'job <Token-1> failed', '@ratio': '0.75', '@sampleCount': '3', '@severityLabel': 'Error' },
      { '@pattern': 'warning: disk <Token-1>% full', '@ratio': '0.25', '@sampleCount': '1', '@severityLabel': 'Warn' },
    ]);
  });

  it('names addresses, ids and times, and can be sorted and filtered', () => {
    const message = '2026-03-04T05:06:07Z 10.0.0.1 asked for 8d4e2f60-1c7b-4a55-a0de-5b1f9c2e7a31';
    expect(
      evaluateQuery('pattern @message | filter @sampleCount >= 1 | display @pattern', [{ '@message': message }]),
    ).toEqual([{ '@pattern': '<Timestamp-1> <IPAddress-2> asked for <UUID-3>' }]);
  });
});
