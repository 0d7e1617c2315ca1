/** `npm start` as a person runs it: child processes, looked at from outside. The demo is run by `npm run test:deploy`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pointAtLocal } from './local-stack.ts';

const children: ChildProcess[] = [];
/** Kept between runs: it goes by content, and saves each process the compiling of the whole program. */
const COMPILE_CACHE = join(tmpdir(), 'cloudwatch-mcp-compile-cache');

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
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
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

async function call(url: string, name: string, token?: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/tools/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ name, arguments: {} }),
  });
  return { status: response.status, text: await response.text() };
}

/** The token that stands under a user's name. */
function tokenOf(user: string, output: string): string {
  return new RegExp(`^${user} \\(.*\\):\n(eyJ\\S+)$`, 'm').exec(output)?.[1] ?? '';
}

const HOSTILE_ENV = {
  CLOUDWATCH_MCP_PORT: '0',
  AWS_PROFILE: 'does-not-exist',
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_SESSION_TOKEN: 'not-ours',
};

describe('npm start', () => {
  it('says where it listens, serves the embedded CloudWatch whatever the AWS set-up, and drains on a signal', async () => {
    const started = run('start.ts', HOSTILE_ENV);
    await started.says('Ctrl-C stops it.');
    const output = started.output();
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(output) ?? [];
    for (const text of ['get_active_alarms', '@modelcontextprotocol/inspector', 'mcpServers:', 'dist/server.mjs'])
      expect(output).toContain(text);
    expect(output).toContain('Authentication is ON');
    expect((await call(url, 'list_targets')).status).toBe(401);
    const olivia = tokenOf('olivia', output);
    expect(output).toContain(`export TOKEN=${olivia}\n`);
    const { status, text } = await call(url, 'list_targets', olivia);
    expect(status).toBe(200);
    expect(text).toContain('3 accounts (2 reachable)');
    expect(text).toContain('"default_region":"us-east-1"');
    expect((await call(url, 'list_targets', tokenOf('dev', output))).text).toContain('3 accounts (1 reachable)');
    expect((await call(url, 'list_targets', tokenOf('guest', output))).text).toContain('3 accounts (0 reachable)');
    started.child.kill('SIGTERM');
    expect(await started.exitCode()).toBe(0);
  });

  it('is open with ENABLE_AUTH=false, and says so', async () => {
    const started = run('start.ts', { ...HOSTILE_ENV, ENABLE_AUTH: 'false' });
    await started.says('Ctrl-C stops it.');
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(started.output()) ?? [];
    expect(started.output()).toContain('Authentication is OFF');
    expect(started.output()).not.toContain('TOKEN');
    expect((await call(url, 'list_targets')).text).toContain('1 account (1 reachable)');
    started.child.kill('SIGTERM');
    expect(await started.exitCode()).toBe(0);
  });

  it('says that its port is taken, and how to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const started = run('start.ts', { CLOUDWATCH_MCP_PORT: port });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toBe(
      `Port ${port} is taken by another program → stop it, or choose another port: CLOUDWATCH_MCP_PORT=3335 npm start\n`,
    );
    other.close();
  });

  it('names every wrong setting', async () => {
    const started = run('start.ts', { CLOUDWATCH_MCP_PORT: 'many', LOG_LEVEL: 'loud' });
    expect(await started.exitCode()).toBe(1);
    expect(started.output()).toContain('CLOUDWATCH_MCP_PORT must be a port number');
    expect(started.output()).toContain('LOG_LEVEL must be one of');
  });
});

describe('pointAtLocal', () => {
  const local = {
    endpoint: 'http://127.0.0.1:1',
    issuer: {
      issuer: 'http://127.0.0.1:2',
      audience: 'cloudwatch-mcp',
      mint: async () => '',
      rotateKey: async () => {},
      close: async () => {},
    },
    roleArns: { prod: 'arn:prod', dev: 'arn:dev', data: 'arn:data' },
  };
  const env = {
    AWS_PROFILE: 'mine',
    AWS_SESSION_TOKEN: 'x',
    AWS_ENDPOINT_URL: 'https://x.example',
    OIDC_ISSUER: 'https://other.example',
    CLOUDWATCH_MCP_PORT: '1',
  };
  const open = [
    'AWS_ACCESS_KEY_ID',
    'AWS_CONFIG_FILE',
    'AWS_EC2_METADATA_DISABLED',
    'AWS_ENDPOINT_URL_CLOUDTRAIL',
    'AWS_ENDPOINT_URL_CLOUDWATCH',
    'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
    'AWS_ENDPOINT_URL_STS',
    'AWS_REGION',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SHARED_CREDENTIALS_FILE',
    'CLOUDWATCH_MCP_PORT',
  ];

  it('replaces every AWS variable and keeps the others', () => {
    const pointed = pointAtLocal(env, local);
    expect(Object.keys(pointed).sort()).toEqual(
      [
        ...open,
        'AWS_CLOUDWATCH_ROLE_ARN',
        'AWS_CLOUDWATCH_ROLE_ARNS',
        'AWS_IDENTITY_CENTER_CLIENT_ID',
        'AWS_IDENTITY_CENTER_ISSUER',
      ].sort(),
    );
    expect(pointed).toMatchObject({ CLOUDWATCH_MCP_PORT: '1', AWS_IDENTITY_CENTER_ISSUER: 'http://127.0.0.1:2' });
  });

  it.each(['false', 'FALSE', ' 0 '])('names no issuer with ENABLE_AUTH=%j', (text) => {
    const pointed = pointAtLocal({ ...env, ENABLE_AUTH: text }, local);
    expect(Object.keys(pointed).sort()).toEqual([...open, 'ENABLE_AUTH'].sort());
  });
});
