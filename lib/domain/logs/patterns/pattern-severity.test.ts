import { describe, expect, it } from 'vitest';
import { ERROR_REGEX, markFailure, severityOf } from './pattern-severity.ts';

describe('severityOf', () => {
  it.each([
    ['ERROR checkout failed', 'error'],
    ['<time> <uuid> Task timed out after <num> seconds', 'error'],
    ['INFO request timed out, tried again', 'info'],
    ['level=warn msg="retry failed"', 'warn'],
    ['{"severity":"CRITICAL"}', 'error'],
    ['<time> [error] upstream', 'error'],
    ['<time> UTC:<ip>:FATAL: remaining connection slots', 'error'],
    ['<time>:LOG: checkpoint complete', 'info'],
    ['WARNING disk at <num>', 'warn'],
    ['java.io.IOException: No space left', 'error'],
    ['httpMethod=POST status=5xx', 'error'],
    ['INFO request completed status=5xx', 'error'],
    ['"GET /x HTTP/<num>" 5xx <num>', 'error'],
    ['httpMethod=POST status=4xx', 'none'],
    ['informational text about terrors', 'error'],
    ['END RequestId: <uuid>', 'none'],
    ['', 'none'],
  ] as const)('%j is %s', (text, severity) => {
    expect(severityOf(text)).toBe(severity);
  });

  it('takes the label of CloudWatch where the text says nothing', () => {
    expect(severityOf('disk <*>', 'Error')).toBe('error');
    expect(severityOf('INFO disk <*>', 'Error')).toBe('info');
    expect(severityOf('disk <*>', 'None')).toBe('none');
  });
});

describe('ERROR_REGEX', () => {
  const regex = new RegExp(ERROR_REGEX.replace('(?i)', ''), 'i');

  it.each([
    'IOException',
    'it FAILED',
    'timed out',
    'connection refused',
    '"status":503',
    '"status":"503"',
    'status=500',
    'status_code: 502',
    '"GET / HTTP/1.1" 504 1',
    'HTTP/2 500',
  ])('finds %j', (text) => {
    expect(regex.test(text)).toBe(true);
  });

  it.each(['all is well', '"status":200', '"status":5031', 'status=404', '"GET / HTTP/1.1" 200 500', 'took 500 ms'])(
    'leaves %j',
    (text) => {
      expect(regex.test(text)).toBe(false);
    },
  );
});

describe('markFailure', () => {
  it.each([
    ['httpMethod=POST status=<*>', 'httpMethod=POST status=5xx'],
    ['served statusCode=<num>', 'served statusCode=5xx'],
    ['"GET / HTTP/<num>" <num> <num>', '"GET / HTTP/<num>" 5xx <num>'],
    ['request failed status=<*>', 'request failed status=<*>'],
    ['nothing of the kind', 'nothing of the kind'],
  ])('%j', (template, marked) => {
    expect(markFailure(template)).toBe(marked);
  });
});
