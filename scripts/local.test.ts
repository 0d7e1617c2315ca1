import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
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
        endpoints: { cloudwatch: told.endpoint, logs: told.endpoint, sts: told.endpoint },
        region: 'us-east-1',
        accounts: { prod: { id: '111122223333' } },
      });
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

  it('refuses a PORT that is none', async () => {
    const child = startScript({ PORT: 'http' });
    const [code] = await once(child, 'exit');
    expect(code).not.toBe(0);
  });
});
