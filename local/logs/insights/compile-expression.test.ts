import { describe, expect, it } from 'vitest';
import { at, evaluateExpression, evaluateQuery, isLetThrough } from './query-fixture.ts';

const RECORD = {
  '@timestamp': at(7 * 60_000 + 30_500),
  '@message': 'GET /cart took 12 ms',
  level: 'ERROR',
  ms: 250,
  text: '250.0',
  empty: '',
  blank: ' \t',
  'a.b': 'dotted',
  'odd-name': 'quoted',
  ip: '10.1.2.3',
  zero: 0,
};

describe('conditions', () => {
  it.each([
    ['level = "ERROR"', true],
    ["level = 'ERROR'", true],
    ['level = "error"', false],
    ['level != "ERROR"', false],
    ['missing = "x"', false],
    ['missing != "x"', true],
    ['missing < 5', false],
    ['missing > 5', false],
    ['ms = "250"', true],
    ['ms = text', true],
    ['ms > 99', true],
    ['ms > "99"', true],
    ['ms >= 250 and ms <= 250', true],
    ['level > 5', true],
    ['level like "ERR"', true],
    ['level like "err"', false],
    ['level like /^err/', false],
    ['level like /(?i)^err/', true],
    ['level =~ /R{2}/', true],
    ['@message like /a\\/b|\\/cart/', true],
    ['@message not like "cart"', false],
    ['@message like /^GET \\/cart\\s\\w+ \\d\\d ms$/', true],
    ['@message like /\\\\A|cart/', true],
    ['@timestamp > 1772600000000 and @timestamp < "1772601000000"', true],
    ['missing like "x"', false],
    ['missing not like "x"', true],
    ['level in ["WARN", "ERROR"]', true],
    ['ms in [1, 250]', true],
    ['level not in ["WARN", "ERROR"]', false],
    ['missing not in ["x"]', true],
    ['level in ("ERROR")', true],
    ['ispresent(level)', true],
    ['isPresent(missing)', false],
    ['level is present', true],
    ['missing is not present', true],
    ['not ispresent(missing)', true],
    ['isempty(empty) and isempty(missing) and not isempty(blank)', true],
    ['isblank(blank) and isblank(missing) and not isblank(level)', true],
    ['strcontains(level, "RRO")', true],
    ['isValidIp(ip) and isValidIpv4(ip) and not isValidIpv6(ip)', true],
    ['isIpv4InSubnet(ip, "10.0.0.0/8")', true],
    ['isIpInSubnet(ip, "10.2.0.0/16")', false],
    ['isIpv4InSubnet(ip, "nonsense")', false],
    ['isIpv4InSubnet(ip, "10.0.0.0/33")', false],
    ['level = "x" or level = "y" and ms = 250', false],
    ['level = "ERROR" or level = "y" and ms = 1', true],
    ['(level = "ERROR" or level = "y") and ms = 1', false],
    ['not level = "x" and ms = 250', true],
    ['NOT (level = "x" OR ms = 1)', true],
    ['a.b = "dotted"', true],
    ['`odd-name` = "quoted"', true],
    ['zero = false and not zero = true', true],
    ['ms % 100 = 50', true],
    ['abs(-ms) = 250 # a comment | filter ms = 1', true],
  ])('%s is %s', (condition, expected) => {
    expect(isLetThrough(condition, RECORD)).toBe(expected);
  });
});

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ^ 3 ^ 2', '512'],
    ['10 % 3', '1'],
    ['7 - 2 - 1', '4'],
    ['-2 ^ 2', '4'],
    ['ms / 4', '62.5'],
    ['ms / 0', undefined],
    ['level * 2', undefined],
    ['missing + 1', undefined],
    ['abs(-3.5)', '3.5'],
    ['ceil(1.2)', '2'],
    ['floor(-1.2)', '-2'],
    ['sqrt(16)', '4'],
    ['sqrt(-1)', undefined],
    ['log(1)', '0'],
    ['greatest(3, 11, 2)', '11'],
    ['least(3, 11, missing)', '3'],
    ['coalesce(missing, level, ms)', 'ERROR'],
    ['concat(level, "-", ms)', 'ERROR-250'],
    ['strlen("a👩b")', '3'],
    ['toupper("aB")', 'AB'],
    ['tolower("aB")', 'ab'],
    ['trim("  x ")', 'x'],
    ['trim("xyZfooxyZ", "xyZ")', 'foo'],
    ['ltrim("xyZfooxyZ", "xyZ")', 'fooxyZ'],
    ['rtrim("xyZfooxyZ", "xyZ")', 'xyZfoo'],
    ['substr("xyZfooxyZ", 3)', 'fooxyZ'],
    ['substr("xyZfooxyZ", 3, 3)', 'foo'],
    ['replace("foo", "o", "0")', 'f00'],
    ['replace("foo", "o", "$&")', 'f$&$&'],
    ['strcontains(level, "x")', '0'],
    ['toupper(missing)', undefined],
    ['ms > 100', '1'],
    ['@timestamp', '2026-03-04 05:07:30.500'],
    ['bin(5m)', '2026-03-04 05:05:00.000'],
    ['bin(@timestamp, 1h)', '2026-03-04 05:00:00.000'],
    ['bin(2hrs)', '2026-03-04 04:00:00.000'],
    ['datefloor(@timestamp, 1d)', '2026-03-04 00:00:00.000'],
    ['dateceil(@timestamp, 1h)', '2026-03-04 06:00:00.000'],
    ['toMillis(@timestamp)', String(Date.UTC(2026, 2, 4, 5, 7, 30, 500))],
    ['fromMillis(0)', '1970-01-01 00:00:00.000'],
    ['fromMillis(1e300)', undefined],
    ['now()', String(Date.UTC(2026, 2, 4, 5, 6, 7) / 1000)],
    ['@timestamp - @timestamp', '0'],
    ['"it\\"s"', 'it"s'],
    ["'a # b | c'", 'a # b | c'],
    ['`odd-name`', 'quoted'],
  ])('%s gives %s', (expression, expected) => {
    expect(evaluateExpression(expression, RECORD)).toBe(expected);
  });
});

describe('jsonParse', () => {
  const record = {
    text: '{"user":{"id":7,"tags":["a","b"],"ok":true},"a.b":1}',
    list: '[1,2]',
    plain: 'x',
    number: '5',
  };
  const shown = (expression: string) =>
    evaluateQuery(`fields jsonParse(text) as parsed, jsonParse(list) as items | fields ${expression} as result`, [
      record,
    ])[0]?.result;

  it.each([
    ['parsed.user.id', '7'],
    ['parsed.user.id + 1', '8'],
    ['parsed.user.tags.1', 'b'],
    ['parsed.user.ok', '1'],
    ['parsed.user', '{"id":7,"tags":["a","b"],"ok":true}'],
    ['parsed.a.b', '1'],
    ['parsed.gone', undefined],
    ['items.0', '1'],
    ['jsonStringify(items)', '[1,2]'],
    ['jsonParse(plain)', undefined],
    ['jsonParse(number)', undefined],
    ['jsonParse(missing)', undefined],
  ])('%s is %s', (expression, expected) => {
    expect(shown(expression)).toBe(expected);
  });
});

describe('forms of the published samples', () => {
  it.each([
    ['level == "ERROR"', true],
    ['!ispresent(gone)', true],
    ['!ispresent(level)', false],
    ['!(level = "INFO") and level == "ERROR"', true],
  ])('%s is %s', (condition, expected) => {
    expect(isLetThrough(condition, { level: 'ERROR' })).toBe(expected);
  });
});
