/** `npm start` and `npm run demo` as a person runs them: child processes, looked at from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pointAtLocal } from './local-stack.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Running {
  readonly child: ChildProcess;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  /** Resolves when the output holds the text. */
  says(text: string): Promise<void>;
  exitCode(): Promise<number | null>;
}

function run(script: string, env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [join(import.meta.dirname, script)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      output += chunk;
      child.emit('output');
    });
  }
  const exited = once(child, 'close');
  return {
    child,
    output: () => output,
    async says(text) {
      while (!output.includes(text)) {
        const isOver = await Promise.race([once(child, 'output').then(() => false), exited.then(() => true)]);
        if (isOver && !output.includes(text))
          throw new Error(`ended without saying ${JSON.stringify(text)}:\n${output}`);
      }
    },
    exitCode: async () => {
      await exited;
      return child.exitCode;
    },
  };
}

async function call(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/tools/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, arguments: {} }),
  });
  return await response.text();
}

describe('npm start', () => {
  it('says where it listens, serves the embedded CloudWatch whatever the AWS set-up, and drains on a signal', async () => {
    const started = run('start-local.ts', {
      CLOUDWATCH_MCP_PORT: '0',
      AWS_PROFILE: 'does-not-exist',
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_SESSION_TOKEN: 'not-ours',
    });
    await started.says('Ctrl-C stops it.');
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(started.output()) ?? [];
    expect(started.output()).toContain('Authentication is OFF');
    expect(started.output()).toContain('get_active_alarms');
    expect(started.output()).toContain('@modelcontextprotocol/inspector');
    expect(started.output()).toContain('mcpServers:');
    expect(started.output()).toContain('dist/server.mjs');
    const who = await call(url, 'list_targets');
    expect(who).toContain('111122223333');
    expect(who).toContain('"default_region":"us-east-1"');
    started.child.kill('SIGTERM');
    expect(await started.exitCode()).toBe(0);
  });

  it('says that its port is taken, and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const started = run('start-local.ts', { CLOUDWATCH_MCP_PORT: port });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toBe(
      `Port ${port} is taken by another program → stop it, or choose another port: CLOUDWATCH_MCP_PORT=3335 npm start\n`,
    );
    other.close();
  });

  it('names every wrong setting', async () => {
    const started = run('start-local.ts', { CLOUDWATCH_MCP_PORT: 'many', LOG_LEVEL: 'loud' });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain('CLOUDWATCH_MCP_PORT must be a port number');
    expect(started.output()).toContain('LOG_LEVEL must be one of');
  });
});

describe('npm run demo', () => {
  it('tells the whole story without colours in a pipe, and ends with 0', async () => {
    const demo = run('demo.ts');
    expect(await demo.exitCode(), demo.output()).toBe(0);
    const tools = [...demo.output().matchAll(/^\d\. .+\n {3}([a-z_]+) \{/gm)].map(([, tool]) => tool);
    expect(tools).toEqual([
      'list_targets',
      'get_active_alarms',
      'get_alarm_history',
      'get_metric_data',
      'describe_log_groups',
      'execute_log_insights_query',
    ]);
    expect(demo.output()).toContain('alarms are firing');
    expect(demo.output()).toContain('error.message | is_timeout | events | first_seen');
    expect(demo.output()).not.toContain('\u001b');
    expect(demo.output()).not.toContain('Error: ');
  });
});

describe('pointAtLocal', () => {
  it('replaces every AWS variable and keeps the others', () => {
    const env = pointAtLocal(
      {
        AWS_PROFILE: 'mine',
        AWS_SESSION_TOKEN: 'x',
        AWS_ENDPOINT_URL: 'https://x.example',
        CLOUDWATCH_MCP_PORT: '1',
        ENABLE_AUTH: 'true',
      },
      'http://127.0.0.1:1',
    );
    expect(Object.keys(env).sort()).toMatchInlineSnapshot(`
      [
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_ENDPOINT_URL_CLOUDWATCH",
        "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
        "AWS_ENDPOINT_URL_STS",
        "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SHARED_CREDENTIALS_FILE",
        "CLOUDWATCH_MCP_PORT",
        "ENABLE_AUTH",
      ]
    `);
    expect(env.ENABLE_AUTH).toBe('false');
    expect(env.CLOUDWATCH_MCP_PORT).toBe('1');
  });
});
