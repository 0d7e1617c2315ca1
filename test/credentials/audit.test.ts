/** One line a tool call: who, what, where, how it ended, and under which ids AWS knows it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../lib/config/config.ts';
import { type CredentialBench, startCredentialBench } from '../support/credential-bench.ts';

let bench: CredentialBench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(env: Environment = {}): Promise<CredentialBench> {
  bench = await startCredentialBench({ env });
  return bench;
}

const UUID = /^[0-9a-f-]{36}$/;

function auditLines({ logLines }: CredentialBench): Record<string, unknown>[] {
  return logLines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'tool call');
}

describe('the audit line', () => {
  it('tells who asked what of which account, and the ids of AWS', async () => {
    const opened = await open();
    const olivia = await opened.caller('olivia');
    await opened.run(olivia, 'get_active_alarms', { accounts: ['prod', 'data'], regions: ['us-east-1', 'eu-west-1'] });
    const [line] = auditLines(opened);
    expect(line).toMatchObject({
      level: 'INFO',
      tool: 'get_active_alarms',
      requestId: 'call-1',
      outcome: 'ok',
      durationMs: expect.any(Number),
      principal: olivia.principal.id,
      account: 'prod,data',
      region: 'us-east-1,eu-west-1',
    });
    const ids = line?.awsRequestIds as string[];
    expect(ids.length).toBe(Math.min(20, Number(line?.awsRequests)));
    expect(ids.length).toBeGreaterThanOrEqual(4);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(line).not.toHaveProperty('subject');
  });

  it('tells the bytes that a query scanned, and nothing of the query or its rows', async () => {
    const opened = await open();
    await opened.run(await opened.caller('olivia'), 'execute_log_insights_query', {
      log_group_names: ['/aws/lambda/shop-checkout'],
      query_string: 'fields @message | filter @message like /needle-in-the-arguments/ | limit 1',
      start_time: '-1h',
    });
    const [line] = auditLines(opened);
    expect(line).toMatchObject({ outcome: 'ok', account: 'prod', bytesScanned: expect.any(Number) });
    expect(opened.logLines.join('')).not.toContain('needle-in-the-arguments');
  });

  it('tells a refusal, with the id that AWS gave it', async () => {
    const opened = await open();
    const guest = await opened.caller('guest');
    await opened.ask(guest, 'prod');
    expect(auditLines(opened)[0]).toMatchObject({
      outcome: 'role_denied',
      principal: guest.principal.id,
      account: 'prod',
    });
    const refused = opened.logLines.map((line) => JSON.parse(line)).find(({ message }) => message === 'tool refused');
    expect(refused).toMatchObject({
      code: 'role_denied',
      action: 'sts:AssumeRoleWithWebIdentity',
      awsError: 'AccessDenied',
      awsRequestId: expect.stringMatching(UUID),
    });
  });

  it('tells what failed in a call that succeeded', async () => {
    const opened = await open();
    await opened.run(await opened.caller('olivia'), 'list_targets');
    expect(auditLines(opened)[0]).toMatchObject({
      outcome: 'ok',
      account: 'prod,dev,data',
      failures: [
        {
          code: 'role_denied',
          account: 'dev',
          action: 'sts:AssumeRoleWithWebIdentity',
          awsError: 'AccessDenied',
          awsStatus: 403,
          awsRequestId: expect.stringMatching(UUID),
        },
      ],
    });
  });

  it('has an id also for what AWS denied', async () => {
    const opened = await open();
    opened.local.faults.add({ operation: 'DescribeAlarms', fault: { kind: 'accessDenied' } });
    await opened.ask(await opened.caller('olivia'), 'prod');
    const [line] = auditLines(opened);
    expect(line).toMatchObject({ outcome: 'access_denied', awsRequestIds: [expect.stringMatching(UUID)] });
    expect(opened.logLines.join('')).not.toContain('olivia');
  });

  it('names no account where the arguments are refused', async () => {
    const opened = await open();
    await opened.run(await opened.caller('olivia'), 'get_active_alarms', { bogus: 1 });
    const [line] = auditLines(opened);
    expect(line).toMatchObject({ outcome: 'invalid_input' });
    for (const field of ['account', 'region', 'awsRequestIds', 'bytesScanned']) expect(line).not.toHaveProperty(field);
  });

  it('names the subject only where AUDIT_SUBJECT=plain', async () => {
    const opened = await open({ AUDIT_SUBJECT: 'plain' });
    await opened.ask(await opened.caller('olivia'), 'prod');
    expect(auditLines(opened)[0]).toMatchObject({ subject: 'olivia' });
  });

  it('has no principal where nobody is authenticated', async () => {
    const opened = await open({
      ENABLE_AUTH: 'false',
      AWS_CLOUDWATCH_ROLE_ARN: undefined,
      AWS_CLOUDWATCH_ROLE_ARNS: undefined,
    });
    await opened.ask(undefined);
    expect(auditLines(opened)[0]).toMatchObject({ outcome: 'ok', account: 'default' });
    expect(auditLines(opened)[0]).not.toHaveProperty('principal');
  });
});
