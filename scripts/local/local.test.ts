import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';

function startScript(env: Record<string, string>) {
  return spawn(process.execPath, [new URL('local.ts', import.meta.url).pathname], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe('npm run local', () => {
  it('prints one JSON line that a client can work with and stops on SIGTERM', async () => {
    const child = startScript({ PORT: '0' });
    try {
      const lines = createInterface({ input: child.stdout });
      const [text] = await once(lines, 'line');
      const told = JSON.parse(String(text));
      expect(told).toMatchObject({
        endpoints: { cloudwatch: told.endpoint, logs: told.endpoint, sts: told.endpoint, cloudtrail: told.endpoint },
        region: 'us-east-1',
        accounts: {
          prod: { id: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/CloudWatchMCPRole' },
          dev: { id: '222233334444' },
          data: { id: '333344445555' },
        },
        audience: 'cloudwatch-mcp',
        roleArn: told.accounts.prod.roleArn,
        tokens: { olivia: expect.stringMatching(/^eyJ/), dev: expect.any(String), guest: expect.any(String) },
      });
      const discovery = await fetch(`${told.issuer}/.well-known/openid-configuration`);
      expect(await discovery.json()).toMatchObject({ issuer: told.issuer });
      const sts = new STSClient({ endpoint: told.endpoints.sts, region: told.region, credentials: told.credentials });
      const { Credentials } = await sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: told.roleArn,
          RoleSessionName: 'olivia',
          WebIdentityToken: told.tokens.olivia,
        }),
      );
      expect(Credentials?.SessionToken).toBeTruthy();
      const client = new CloudWatchClient({
        endpoint: told.endpoints.cloudwatch,
        region: told.region,
        credentials: told.credentials,
      });
      const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
      expect(MetricAlarms?.length).toBeGreaterThanOrEqual(6);
    } finally {
      child.kill('SIGTERM');
    }
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it.each(['PORT', 'ISSUER_PORT'])('refuses a %s that is none', async (name) => {
    const child = startScript({ [name]: 'http' });
    const [code] = await once(child, 'exit');
    expect(code).not.toBe(0);
  });
});
