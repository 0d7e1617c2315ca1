import { describe, expect, it } from 'vitest';
import { readLogQuery } from './log-query.ts';

const read = (query: string, more: object = {}) => readLogQuery({ query, ...more });

describe('readLogQuery', () => {
  it.each([
    ["SOURCE 'a' | fields @message", ['a'], 'fields @message'],
    ["SOURCE 'a' | SOURCE 'b' | SOURCE 'a' | stats count(*) by x", ['a', 'b'], 'stats count(*) by x'],
    ["source `a`, 'b' START=-1h END=0s | limit 5", ['a', 'b'], 'limit 5'],
    ['fields @message', [], 'fields @message'],
    // What names no groups stays in the query.
    ["SOURCE logGroups(class: 'STANDARD') | limit 5", [], "SOURCE logGroups(class: 'STANDARD') | limit 5"],
    ["SOURCE logGroups(namePrefix: ['x']) | limit 5", [], "SOURCE logGroups(namePrefix: ['x']) | limit 5"],
    ["SOURCE ['x'] | limit 5", [], "SOURCE ['x'] | limit 5"],
    ['source = x | where a = 1', [], 'source = x | where a = 1'],
    ["SOURCE 'a' | SOURCE logGroups(class: 'X') | limit 5", [], "SOURCE 'a' | SOURCE logGroups(class: 'X') | limit 5"],
  ])('%s', (text, logGroups, query) => {
    expect(read(text)).toEqual({ logQuery: { logGroups, query, language: 'CWLI' }, problems: [] });
  });

  it.each([
    [undefined, 'CWLI'],
    ['cwli', 'CWLI'],
    ['ppl', 'PPL'],
    ['SQL', 'SQL'],
    ['other', 'CWLI'],
    [7, 'CWLI'],
  ])('takes the language %j for %s', (queryLanguage, language) => {
    expect(read('fields @message', { queryLanguage }).logQuery?.language).toBe(language);
  });

  it('says what is wrong', () => {
    expect(readLogQuery({})).toEqual({ problems: ['it has no query'] });
    expect(read("SOURCE 'a'")).toEqual({ problems: ['its query says only what it reads from'] });
    expect(read("SOURCE 'a b' | limit 5")).toEqual({ problems: ['1 of its log groups have no valid name'] });
    expect(read("SOURCE 'a b' | SOURCE 'c' | SOURCE 'd e' | limit 5")).toEqual({
      logQuery: { logGroups: ['c'], query: 'limit 5', language: 'CWLI' },
      problems: ['2 of its log groups have no valid name'],
    });
  });

  it('keeps to what a query may be', () => {
    const long = (chars: number) => read('x'.repeat(chars)).problems;
    expect([9_999, 10_000, 10_001].map(long)).toEqual([[], [], ['its query has 10001 characters, more than one may']]);
    const many = (count: number) =>
      read([...Array.from({ length: count }, (_, index) => `SOURCE 'g${index}'`), 'limit 5'].join(' | '));
    expect([49, 50, 51].map((count) => [many(count).logQuery?.logGroups.length, ...many(count).problems])).toEqual([
      [49],
      [50],
      [50, 'it reads 51 log groups, and a query reads 50: the first ones stand here'],
    ]);
  });
});
