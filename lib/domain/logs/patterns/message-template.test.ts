import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { toTemplate } from './message-template.ts';

describe('toTemplate of text', () => {
  it.each([
    ['2026-03-01T12:00:00.123Z order 42 took 15.2ms', '<time> order <num> took <num>'],
    ['[2026-03-01 12:00:00,123] done', '[<time>] done'],
    ['Mar  1 12:00:00 host sshd[99]: bye', '<time> host sshd[<num>]: bye'],
    ['10/Mar/2026:12:00:00 +0000', '<time>'],
    ['due 2026-03-01, at 12:00:01', 'due <time>, at <time>'],
    ['req 7c1f5d8e-1b2c-4d3e-a4f5-0123456789ab failed.', 'req <uuid> failed.'],
    ['from 10.0.3.4:5432 to fe80:0:0:0:1:2:3:4 and 10.0.0.0/8', 'from <ip> to <ip> and <ip>'],
    ['commit 9fceb02d0ae598e95dc970b74767f19372d61af8', 'commit <id>'],
    ['pod front-7f9c8d-x2k4p on i-0abc12def', 'pod <id> on <id>'],
    ['GET /orders/42/items/ab12cd34?x=1', 'GET /orders/<id>/items/<id>?<*>'],
    ['GET https://api.example.com/v1/orders/42?user=7', 'GET https://api.example.com/v1/orders/<id>?<*>'],
    ['wrote /var/log/app-2026.log', 'wrote /var/log/<id>'],
    ['mail to ann.lee@example.com sent', 'mail to <email> sent'],
    ['role arn:aws:iam::111122223333:role/x denied', 'role <arn> denied'],
    ['size 1,234,567 of 0x7fff, -5 or 99%', 'size <num> of <num>, <num> or <num>'],
    ['uses s3, http2 and sha256', 'uses s3, http2 and sha256'],
    ['token eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9abcdefghijk', 'token <id>'],
    ['"GET /x HTTP/1.1" 503 12', '"GET /x HTTP/<num>" 5xx <num>'],
    ['status code: 404', 'status code: 4xx'],
    ['user=ann level=warn took=4ms msg="slow query 7"', 'WARN slow query <num> user=<*> took=<*>'],
    ['level=error msg="no \\"left\\" slots" path=/items/{id} ids=[1,2]', 'ERROR no "left" slots path=<*> ids=<*>'],
    ['worker 3 level=warn msg="slow query 7"', 'worker <num> level=WARN msg="slow query <num>"'],
    ['level=warn took=4ms', 'level=WARN took=<*>'],
    ['in {a=1, b=[2]} (c=3)', 'in {a=<*>, b=<*>} (c=<*>)'],
    ['\u001b[31mERROR\u001b[0m disk', 'ERROR disk'],
    ['<Timestamp-1> <Token-2> and <*>', '<time> <*> and <*>'],
    ['', ''],
  ])('%j', (message, template) => {
    expect(toTemplate(message)).toBe(template);
  });

  it('tells a stack trace by its first line and its exceptions', () => {
    const message = [
      '12:00:01 ERROR Export - could not write invoice 17',
      'java.io.IOException: No space left on device',
      '\tat com.example.Export.write(Export.java:83)',
      'Caused by: java.lang.IllegalStateException: volume 3 is full',
      '\t... 12 more',
    ].join('\n');
    expect(toTemplate(message)).toBe(
      '<time> ERROR Export - could not write invoice <num> ⏎ java.io.IOException: No space left on device ⏎ Caused by: java.lang.IllegalStateException: volume <num> is full',
    );
    const python = 'task 5 failed\nTraceback (most recent call last):\n  File "a.py", line 3, in run\nKeyError: \'id\'';
    expect(toTemplate(python)).toBe("task <num> failed ⏎ KeyError: 'id'");
  });
});

describe('toTemplate of JSON', () => {
  it.each([
    [{ time: 1, level: 'info', message: 'order 42 placed', user: 'ann', total: 9.5 }, 'INFO order <num> placed'],
    [
      { level: 50, msg: 'failed', err: { name: 'TypeError', message: 'x is 1', stack: 'a' } },
      'ERROR failed err.name=TypeError err.message="x is <num>"',
    ],
    [{ level: 'ERROR', message: 'no', error: { code: '53300' } }, 'ERROR no error.code=53300'],
    [
      { httpMethod: 'POST', resourcePath: '/checkout', status: 502, ip: '10.0.0.1' },
      'httpMethod=POST resourcePath=/checkout status=5xx',
    ],
    [{ message: 'served', method: 'GET', path: '/a', statusCode: '200' }, 'served statusCode=2xx'],
    [{ log: '{"level":"warn","msg":"inner 5"}', stream: 'stderr', kubernetes: { name: 'x' } }, 'WARN inner <num>'],
    [{ actor: 'ann', target: 'ord-1' }, '{actor, target}'],
    [
      { eventName: 'AssumeRole', errorCode: 'AccessDenied', requestParameters: { type: 'x' } },
      'eventName=AssumeRole errorCode=AccessDenied',
    ],
  ])('%j', (message, template) => {
    expect(toTemplate(JSON.stringify(message))).toBe(template);
  });

  it('is the same for a pattern of CloudWatch, and for text that was cut', () => {
    const whole = '{"level":"ERROR","message":"payment failed","ms":31,"error":{"name":"Declined"},"user":"ann"}';
    const pattern =
      '{"level":"ERROR","message":"payment failed","ms":<Token-1>,"error":{"name":"Declined"},"user":"<Token-2>"}';
    expect(toTemplate(pattern)).toBe(toTemplate(whole));
    expect(toTemplate(whole.slice(0, -12))).toBe(toTemplate(whole));
  });

  it('reads JSON behind a text', () => {
    expect(toTemplate('2026-03-01T12:00:00Z\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"no 7"}')).toBe(
      '<time> ERROR Invoke Error no <num> errorType=Error',
    );
  });
});

describe('toTemplate', () => {
  it('gives one line for anything, and the same for other numbers and ids', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        expect(cleanLine(toTemplate(text))).toBe(toTemplate(text));
      }),
    );
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), fc.ipV4(), fc.uuid(), fc.nat(), fc.ipV4(), (a, b, c, d, e, f) => {
        const line = (id: string, count: number, ip: string) => `request ${id} of ${ip} took ${count} ms`;
        expect(toTemplate(line(a, b, c))).toBe(toTemplate(line(d, e, f)));
      }),
    );
  });

  it('takes long and unfriendly text in its stride', () => {
    const hostile = [
      '{"'.repeat(50_000),
      'a='.repeat(50_000),
      '"'.repeat(50_000),
      '1.'.repeat(50_000),
      'x'.repeat(500_000),
      '{ '.repeat(50_000),
      '[['.repeat(50_000),
    ];
    for (const text of hostile) expect(toTemplate(text).length).toBeLessThan(9_000);
  });
});
