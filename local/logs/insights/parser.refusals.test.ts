import { describe, expect, it } from 'vitest';
import { refusalOf } from './query-fixture.ts';

describe('queries that are refused', () => {
  it.each([
    ['', '', 'expected a command'],
    ['   # only a comment', '', 'expected a command'],
    ['select * from x', 'select', 'unknown command "select"'],
    ['fields @message | fetch 3', 'fetch', 'unknown command "fetch"'],
    ['constructor x', 'constructor', 'unknown command "constructor"'],
    ['fields @message | diff', 'diff', 'the command "diff" is not supported here'],
    ['unnest a.b into c', 'unnest', 'not supported here'],
    ['fields', '', 'found the end of the query'],
    ['fields a,', '', 'found the end of the query'],
    ['fields a b', 'b', 'expected "|" or the end of the query'],
    ['fields a as', '', 'expected a name'],
    ['fields a |', '', 'expected a command'],
    ['fields | limit 1', '|', 'expected a field, a value or a function'],
    ['display a as b', 'as', 'takes no alias'],
    ['filter level', 'level', 'filter needs a condition'],
    ['filter 5', '5', 'filter needs a condition'],
    ['filter a + 1', 'a + 1', 'filter needs a condition'],
    ['filter a = 1 and b', 'a = 1 and b', 'filter needs a condition'],
    ['filter level = ', '', 'found the end of the query'],
    ['filter level === "x"', '=', 'expected a field'],
    ['filter a ! = 1', '!', 'expected'],
    ['filterIndex a like "x"', 'a like "x"', 'filterIndex takes'],
    ['filterIndex a = 1 or b = 2', 'a = 1 or b = 2', 'filterIndex takes'],
    ['stats later + 1 as x, count(*) as later', 'later', 'stats needs an aggregate'],
    ['filter (level = "x"', '', 'expected ")"'],
    ['filter level = "x', '"x', 'is never closed'],
    ["filter level = 'x", "'x", 'is never closed'],
    ['fields `x', '`x', 'is never closed'],
    ['filter a like', '', 'a quoted text or a /regular expression/'],
    ['filter a like b', 'b', 'a quoted text or a /regular expression/'],
    ['filter a like /(/', '/(/', 'no valid regular expression'],
    ['filter a like /\\Aerror/', '/\\Aerror/', '\\A is not supported'],
    ['filter a like /\\p{L}/', '/\\p{L}/', '\\p is not supported'],
    ['filter a like /[[:alpha:]]/', '/[[:alpha:]]/', '[[: is not supported'],
    ['filter a like /x/i', 'i', 'expected "|"'],
    ['filter @timestamp > "2026-03-04"', '"2026-03-04"', 'compares with milliseconds'],
    ['filter "yesterday" < @ingestionTime', '"yesterday"', 'compares with milliseconds'],
    ['filter a = b && c', '&', 'unexpected character "&"'],
    ['filter a not = 3', '=', 'expected "like" or "in" after "not"'],
    ['filter a is absent', 'absent', 'expected "present"'],
    ['filter a in []', ']', 'expected a field'],
    ['filter a in ["x"', '', 'expected "]"'],
    ['filter a in "x"', 'x', 'expected "["'],
    ['filter a ; b', ';', 'unexpected character ";"'],
    ['fields nosuch(a)', 'nosuch(a)', 'unknown function "nosuch"'],
    ['fields toString(a)', 'toString(a)', 'unknown function'],
    ['fields abs()', 'abs()', 'abs takes 1 operands, found 0'],
    ['fields abs(a, b)', 'abs(a, b)', 'abs takes 1 operands, found 2'],
    ['fields substr(a)', 'substr(a)', 'substr takes 2 to 3 operands'],
    ['fields count(*)', 'count(*)', 'count aggregates: use it in stats'],
    ['fields abs(*)', '*', 'may not stand here'],
    ['fields 5m', '5m', 'may not stand here'],
    ['fields bin(5)', 'bin(5)', 'bin is written bin(5m) or bin(@timestamp, 5m)'],
    ['fields bin(a, b, 5m)', 'bin(a, b, 5m)', 'bin is written'],
    ['fields bin(5x)', '5x', 'is no period'],
    ['fields bin(0m)', '0m', 'is no period'],
    ['fields datefloor(@timestamp)', 'datefloor(@timestamp)', 'datefloor is written'],
    ['fields now(1)', 'now(1)', 'now is written now()'],
    ['stats a', 'a', 'stats needs an aggregate here'],
    ['stats 5', '5', 'stats needs an aggregate here'],
    ['stats sum(a) / b', 'b', 'stats needs an aggregate here'],
    ['stats percentile(a, 5)', 'percentile(a, 5)', 'unknown function "percentile"'],
    ['stats sum(*)', '*', 'only count takes *'],
    ['stats sum()', 'sum()', 'sum takes 1 operands'],
    ['stats avg(a, b)', 'avg(a, b)', 'avg takes 1 operands'],
    ['stats pct(a)', 'pct(a)', 'pct takes 2 operands'],
    ['stats pct(a, 101)', '101', 'the percentile must be a number from 0 to 100'],
    ['stats sum(max(a))', 'max(a)', 'max aggregates: use it in stats'],
    ['stats count(*) by', '', 'found the end of the query'],
    ['stats count(*) | stats count(*) | stats count(*)', 'stats count(*)', 'at most 2 stats'],
    ['stats count(*) by a | sort a | stats count(*)', 'sort a', 'must follow the second'],
    ['dedup a | sort a', 'sort a', 'only limit may follow dedup'],
    ['pattern @message | stats count(*)', 'stats count(*)', 'stats may not follow pattern'],
    ['stats count(*) | pattern @message', 'pattern @message', 'pattern may not follow stats'],
    ['limit 0', '0', 'a whole one from 1 to 100000'],
    ['limit 1.5', '1.5', 'a whole one from 1 to 100000'],
    ['limit 100001', '100001', 'a whole one from 1 to 100000'],
    ['limit ten', 'ten', 'expected a number'],
    ['limit -1', '-', 'expected a number'],
    ['parse @message "a * b *" as x', '"a * b *" as x', 'has 2 wildcards (*) for 1 names'],
    ['parse @message "a * b"', '', 'expected "as"'],
    ['parse @message /no names/', '/no names/', 'needs named groups'],
    ['parse @message /(?<a>/', '/(?<a>/', 'no valid regular expression'],
    ['parse @message', '', 'expected a quoted text'],
    ['SOURCE "x" | limit 1', 'x', 'expected logGroups(…) after SOURCE'],
    ['SOURCE logGroups(prefix: ["a"])', 'prefix', 'expected namePrefix, class or accountIdentifiers'],
    ['SOURCE logGroups(class: ["DELIVERY"])', '"DELIVERY"', 'class is STANDARD or INFREQUENT_ACCESS'],
    ['SOURCE logGroups(namePrefix: ["1","2","3","4","5","6"])', '["1","2","3","4","5","6"]', 'at most 5'],
    ['SOURCE logGroups() limit 1', 'limit', 'expected "|"'],
    ['limit 1 | SOURCE logGroups()', 'SOURCE', 'not supported here'],
  ])('%s', (query, at, message) => {
    const refusal = refusalOf(query);
    expect(refusal.message).toContain(message);
    expect(refusal.at.replace(/^"(x)"$/, '$1')).toBe(at);
  });

  it('names the later of two equal places', () => {
    const query = 'stats count(*) by a | stats count(*) by b | stats count(*)';
    expect(refusalOf(query).start).toBe(query.lastIndexOf('stats'));
  });

  it.each([
    ['sum', `fields ${'1+'.repeat(4_900)}1`],
    ['power', `fields ${'1^'.repeat(4_900)}1`],
    ['condition', `filter ${'a=1 and '.repeat(1_200)}a=1`],
  ])('refuses an endless %s instead of overflowing', (_, query) => {
    expect(refusalOf(query).message).toContain('at most 2000 operators');
  });

  it.each([
    ['parentheses', `filter ${'('.repeat(5_000)}a = 1${')'.repeat(5_000)}`],
    ['not', `filter ${'not '.repeat(5_000)} a = 1`],
    ['minus', `fields ${'-'.repeat(5_000)}1`],
    ['calls', `fields ${'abs('.repeat(2_000)}1${')'.repeat(2_000)}`],
  ])('refuses endless nesting of %s instead of overflowing', (_, query) => {
    expect(refusalOf(query).message).toContain('may nest');
  });
});
