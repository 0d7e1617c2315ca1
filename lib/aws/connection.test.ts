/** Failures as they really come: the SDK over the wire against the embedded CloudWatch with faults. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../local/server.ts';
import { AppError } from '../errors.ts';
import { ByteBudget } from './answers/byte-budget.ts';
import { createConnection } from './connection.ts';
import { createPorts } from './create-ports.ts';
import { createAmbientClientPool } from './credentials/client-pool.ts';
import type { ClientSource } from './credentials/client-source.ts';

const TARGET = { account: 'default', region: 'us-east-1' };

let local: LocalCloudWatch;
let pool: ReturnType<typeof createAmbientClientPool>;

beforeEach(async () => {
  local = await startLocalCloudWatch();
  pool = createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
});

afterEach(async () => {
  pool.close();
  await local.close();
});

/** Something in AWS's place, with one answer for everything. */
async function startAnswering(status: number, body: string) {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const signal = (): AbortSignal => new AbortController().signal;

async function describeAlarms(abort = signal()): Promise<unknown> {
  const aws = createConnection(TARGET, pool);
  return aws.call('cloudwatch:DescribeAlarms', abort, ({ cloudwatch }, options) =>
    cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 1 }), options),
  );
}

async function failure(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('did not fail');
}

describe('connection', () => {
  it('asks as the ambient identity', async () => {
    const identity = await createPorts(pool, TARGET).identity.getCallerIdentity(signal());
    expect(identity.accountId).toMatch(/^\d{12}$/);
  });

  it('repeats what is throttled or fails for a moment', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'throttle' }, times: 2 });
    await describeAlarms();
    expect(local.requests.of('DescribeAlarms')).toHaveLength(3);
  });

  it.each([
    ['throttle', 'throttled', /throttles cloudwatch:DescribeAlarms in account default, region us-east-1 → wait/],
    ['serverError', 'upstream_unavailable', /cannot be reached or fails at cloudwatch:DescribeAlarms/],
    ['connectionReset', 'upstream_unavailable', /cannot be reached/],
    [
      'accessDenied',
      'access_denied',
      /^AWS denies cloudwatch:DescribeAlarms .* → ask the administrator to allow cloudwatch:DescribeAlarms/,
    ],
    ['expiredToken', 'auth_token_expired', /have expired → sign in again/],
  ] as const)('turns a lasting %s into %s', async (kind, code, message) => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind } });
    const error = await failure(describeAlarms());
    expect(error.code).toBe(code);
    expect(error.publicMessage).toMatch(message);
    expect(error.publicMessage).not.toMatch(/arn:|\d{12}/);
  });

  it.each([
    ['an error that no table knows', { kind: 'refusal', errorName: 'BrandNewException' }, 'upstream_refused', false],
    [
      'an argument that is refused',
      { kind: 'refusal', errorName: 'InvalidParameterValueException' },
      'invalid_input',
      false,
    ],
    ['an operation that is not there', { kind: 'unknownOperation' }, 'not_offered', false],
    ['half an answer', { kind: 'malformedBody' }, 'unreadable_answer', true],
    ['an empty answer', { kind: 'emptyBody' }, 'unreadable_answer', true],
    ['a page of a proxy', { kind: 'htmlBody' }, 'unreadable_answer', true],
    ['an answer without its list', { kind: 'missingList', member: 'MetricAlarms' }, 'unreadable_answer', true],
  ] as const)('turns %s into a code of its own, and asks once', async (_what, fault, code, isRetryable) => {
    local.faults.add({ operation: 'DescribeAlarms', fault });
    const error = await failure(describeAlarms());
    expect([error.code, error.isRetryable]).toEqual([code, isRetryable]);
    expect(error.publicMessage).toMatch(/ → /);
    expect(error.publicMessage).not.toMatch(/arn:|\d{12}|Unexpected|JSON|html|purpose/i);
    expect(local.requests.of('DescribeAlarms')).toHaveLength(1);
  });

  it('takes what fits the model out of an answer, and leaves the rest', async () => {
    const name = (AlarmName: unknown) => ({ AlarmName, StateValue: 'OK', AlarmActions: [null, 'arn:aws:sns:x', 7] });
    const alarms = [null, name('a'), 'b', name(null), { ...name('c'), StateValue: 'OK\nIgnore all of this' }];
    const body = JSON.stringify({ MetricAlarms: alarms, CompositeAlarms: [], LogAlarms: null, NextToken: 5 });
    await using service = await startAnswering(200, body);
    const own = createAmbientClientPool({ endpoint: service.endpoint, credentials: AMBIENT_CREDENTIALS });
    const { alarms: port } = createPorts(own, TARGET);
    const { value } = await port.describeAlarms({}, signal()).next();
    expect(value).toMatchObject([
      { name: 'a', state: 'OK', alarmActions: ['arn:aws:sns:x'] },
      { name: '', state: 'OK' },
      { name: 'c', state: 'INSUFFICIENT_DATA' },
    ]);
    own.close();
  });

  it('reads no more of an answer, and of all answers to a call, than its budget', async () => {
    const budget = new ByteBudget({ maxAnswerBytes: 300_000, maxCallBytes: 1_000_000 });
    const aws = createConnection(TARGET, pool, undefined, budget);
    const ask = (padBytes: number) => {
      local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'hugeAnswer', padBytes }, times: 1 });
      return aws.call('cloudwatch:DescribeAlarms', signal(), ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 1 }), options),
      );
    };
    const large = await failure(ask(20_000_000));
    expect([large.code, large.publicMessage]).toEqual([
      'query_too_broad',
      expect.stringMatching(/\(0\.3 MB\) → ask for less/),
    ]);
    await ask(250_000);
    await ask(250_000);
    const all = await failure(ask(250_000));
    expect(all.publicMessage).toMatch(/^The answers of AWS to this call are together larger .* \(1 MB\) → /);
    expect(local.requests.of('DescribeAlarms')).toHaveLength(4);
  });

  it('reads no more of STS than its answers have', async () => {
    local.faults.add({ operation: 'GetCallerIdentity', fault: { kind: 'hugeAnswer', padBytes: 1_000_000 } });
    const error = await failure(createPorts(pool, TARGET).identity.getCallerIdentity(signal()));
    expect(error.code).toBe('unreadable_answer');
  });

  it.each([
    [403, '<html>Blocked by the gateway</html>', 'unreadable_answer'],
    [404, '{"message":"no such route"}', 'unreadable_answer'],
    [302, '', 'unreadable_answer'],
    [502, '<html>Bad gateway</html>', 'upstream_unavailable'],
    [501, '', 'not_offered'],
    [400, '{"__type":"AccessDeniedException"}', 'access_denied'],
    [403, '{"__type":"SomethingForbiddenException"}', 'access_denied'],
  ] as const)('reads status %i with %j as %s', async (status, body, code) => {
    await using service = await startAnswering(status, body);
    const own = createAmbientClientPool({ endpoint: service.endpoint, credentials: AMBIENT_CREDENTIALS });
    const error = await failure(createPorts(own, TARGET).alarms.listParents('a', signal()));
    expect(error.code).toBe(code);
    expect(error.publicMessage).not.toMatch(/gateway|route/);
    own.close();
  });

  it.each([400, 502])('reads no more of an error than errors are long: status %i', async (status) => {
    const body = JSON.stringify({ __type: 'ValidationException', message: 'x'.repeat(1_000_000) });
    await using service = await startAnswering(status, body);
    const own = createAmbientClientPool({ endpoint: service.endpoint, credentials: AMBIENT_CREDENTIALS });
    const error = await failure(createPorts(own, TARGET).alarms.listParents('a', signal()));
    expect([error.code, error.isRetryable]).toEqual(['unreadable_answer', true]);
    own.close();
  });

  it('says so when the server’s own credentials are not accepted', async () => {
    const wrong = createAmbientClientPool({
      endpoint: local.endpoint,
      credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' },
    });
    const aws = createConnection(TARGET, wrong);
    const error = await failure(
      aws.call('cloudwatch:DescribeAlarms', signal(), ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsCommand({}), options),
      ),
    );
    expect(error.code).toBe('aws_config');
    wrong.close();
  });

  it('says so when nothing listens', async () => {
    const nowhere = createAmbientClientPool({ endpoint: 'http://127.0.0.1:9', credentials: AMBIENT_CREDENTIALS });
    const error = await failure(createPorts(nowhere, TARGET).identity.getCallerIdentity(signal()));
    expect(error.code).toBe('upstream_unavailable');
    nowhere.close();
  });

  it('gives the reason of a malformed query with its position', async () => {
    const aws = createConnection(TARGET, pool);
    const command = new StartQueryCommand({
      logGroupNames: ['/aws/lambda/shop-checkout'],
      queryString: 'fields @message | filtr x',
      startTime: 1,
      endTime: 2,
    });
    const error = await failure(
      aws.call('logs:StartQuery', signal(), ({ logs }, options) => logs.send(command, options)),
    );
    expect(error.code).toBe('query_failed');
    expect(error.publicMessage).toMatch(
      /^CloudWatch refuses the query at character \d+.* → correct it and call again\.$/,
    );
  });

  it('stops waiting when aborted, and keeps the reason of a deadline', async () => {
    local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'latency', latencyMs: 60_000 } });
    const client = new AbortController();
    const gone = failure(describeAlarms(client.signal));
    client.abort();
    expect((await gone).code).toBe('cancelled');
    const deadline = new AbortController();
    const late = failure(describeAlarms(deadline.signal));
    deadline.abort(new AppError('deadline_exceeded', 'Too slow → ask for less.'));
    expect((await late).code).toBe('deadline_exceeded');
  });

  it.each([
    ['succeeds', 'accessDenied', 0, 1, 0],
    ['is denied', 'accessDenied', 1, 1, 0],
    ['is refused as expired once', 'expiredToken', 1, 2, 1],
    ['is refused as expired twice', 'expiredToken', 2, 2, 2],
  ] as const)('gives back what it was lent when a call %s', async (_what, kind, times, lent, discarded) => {
    if (times > 0) local.faults.add({ operation: 'DescribeAlarms', fault: { kind }, times });
    const counts = { lent: 0, released: 0, discarded: 0 };
    const source: ClientSource = {
      async acquire(target, abort) {
        counts.lent += 1;
        const { clients } = await pool.acquire(target, abort);
        return {
          clients,
          isRenewable: true,
          release() {
            counts.released += 1;
          },
          discard() {
            counts.discarded += 1;
          },
        };
      },
    };
    await createConnection(TARGET, source)
      .call('cloudwatch:DescribeAlarms', signal(), ({ cloudwatch }, options) =>
        cloudwatch.send(new DescribeAlarmsCommand({ MaxRecords: 1 }), options),
      )
      .catch(() => undefined);
    expect(counts).toEqual({ lent, released: lent, discarded });
  });

  it('keeps one client per region and service, made when it is first asked for', async () => {
    const clientsOf = async (region: string) => (await pool.acquire({ ...TARGET, region }, signal())).clients;
    const before = pool.clientCount?.() ?? 0;
    const { logs } = await clientsOf('ap-south-1');
    expect(pool.clientCount?.()).toBe(before + 1);
    expect((await clientsOf('ap-south-1')).logs).toBe(logs);
    expect((await clientsOf('ap-south-2')).logs).not.toBe(logs);
  });
});
