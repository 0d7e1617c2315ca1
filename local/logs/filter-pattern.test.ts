import { describe, expect, it } from 'vitest';
import { compileFilterPattern } from './filter-pattern.ts';

const JSON_LINE = JSON.stringify({
  level: 'ERROR',
  ms: 250,
  ok: false,
  gone: null,
  order: { id: 'ord-7', items: [{ sku: 'a1' }] },
});

/** A line of a web server, as in the User Guide's example of this form. */
const ACCESS_LINE = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

describe('filter patterns', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR disk', 'disk ERROR', true],
    ['ERROR disk', 'ERROR', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['ERROR -disk', 'ERROR on net', true],
    ['ERROR -disk', 'ERROR on disk', false],
    ['"timed out"', 'Task timed out', true],
    ['"timed out"', 'timed  out', false],
    ['-"timed out"', 'fine', true],
    ['"say \\"hi\\""', 'they say "hi"', true],
    ['%4\\d\\d%', 'status 404', true],
    ['%4\\d\\d%', 'status 200', false],
    ['{ $.level = "ERROR" }', JSON_LINE, true],
    ['{ $.level = ERR* }', JSON_LINE, true],
    ['{ $.level != "ERROR" }', JSON_LINE, false],
    ['{ $.missing = "x" }', JSON_LINE, false],
    ['{ $.ms > 200 && $.ms <= 250 }', JSON_LINE, true],
    ['{ $.ms = 250 || $.level = "INFO" }', JSON_LINE, true],
    ['{ ($.ms = 1 || $.level = "ERROR") && $.ok IS FALSE }', JSON_LINE, true],
    ['{ $.ok IS TRUE }', JSON_LINE, false],
    ['{ $.gone IS NULL }', JSON_LINE, true],
    ['{ $.missing NOT EXISTS }', JSON_LINE, true],
    ['{ $.order.items[0].sku = "a1" }', JSON_LINE, true],
    ['{ $.order.id = %ord-\\d% }', JSON_LINE, true],
    ['{ $.level = "ERROR" }', 'plain ERROR', false],
    ['[ip, user, username, timestamp, request, status_code, bytes]', ACCESS_LINE, true],
    ['[ip, user, username, timestamp, request, status_code]', ACCESS_LINE, false],
    ['[ip, user, username, timestamp, request = *.html*, status_code = 4*, bytes]', ACCESS_LINE, true],
    ['[..., request, status_code = 404, bytes > 500]', ACCESS_LINE, true],
    ['[..., status_code = 4* || status_code = 5*, bytes]', ACCESS_LINE, true],
    ['[..., status_code >= 400 && status_code != 404, bytes]', ACCESS_LINE, false],
    ['[ip = 127.0.0.1, ...]', ACCESS_LINE, true],
    ['[ip = %^127\\.%, ...]', ACCESS_LINE, true],
    ['[ip, ..., username != frank, timestamp, request, status_code, bytes]', ACCESS_LINE, false],
    ['[..., request = "GET /a, b.html*", status_code, bytes]', '1 - - [t] "GET /a, b.html HTTP/1.0" 200 5', true],
    ['[a, b, c, ...]', 'two fields', false],
    ['[bytes > 5]', 'text', false],
  ])('%s on %s is %s', (pattern, message, expected) => {
    expect(compileFilterPattern(pattern)(message)).toBe(expected);
  });

  it.each([
    ['[a, b', 'never closed'],
    ['[]', 'expected a name'],
    ['[a, ..., b, ...]', 'stand once'],
    ['[a = 1 && b = 2]', 'names 2 fields'],
    ['[a > x]', 'compares with a number'],
    ['[a = %(%]', 'regular expression'],
    ['[a b]', 'expected a name'],
    ['ERROR:', 'double quotes'],
    ['"open', 'double quotes'],
    ['%(%', 'regular expression'],
    ['{ $.a = "x"', 'expected }'],
    ['{ a = "x" }', 'expected a selector'],
    ['{ $.a }', 'operand|expected|unknown'],
    ['{ $.a ~ 5 }', 'unknown|expected'],
    ['{ $.a > "x" }', 'expected'],
    ['{ $.a IS MAYBE }', 'IS NULL'],
    ['{ $.a = 1 } x', 'unexpected text'],
    ['{}', 'expected a selector'],
    ['x'.repeat(1_025), '1024'],
  ])('refuses %s', (pattern, message) => {
    expect(() => compileFilterPattern(pattern)).toThrow(new RegExp(message));
  });
});
