/** Proxies that do not let the program out: what the doctor says to the operator, and what a caller of a tool is told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTools } from '../../adapters/doctor.ts';
import { createClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { runDoctor } from '../../lib/doctor/run-doctor.ts';
import { createToolRunner } from '../../lib/mcp/tool-runner.ts';
import { createLogger } from '../../lib/telemetry/logger.ts';
import { createMetrics } from '../../lib/telemetry/metrics.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import { type ConnectProxy, type ConnectProxyOptions, startConnectProxy } from '../support/connect-proxy.ts';
import { findFreePort } from '../support/free-port.ts';

const PASSWORD = 'wrong-horse';

let local: LocalAws;
let proxy: ConnectProxy | undefined;
beforeAll(async () => {
  local = await startLocalAws();
});
afterAll(() => local.close());
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});

/** @param options undefined: nobody listens at the address of the proxy */
async function findPort(options: ConnectProxyOptions | undefined): Promise<number> {
  if (options === undefined) return findFreePort();
  proxy = await startConnectProxy(options);
  return proxy.port;
}

const REFUSALS = [
  [
    'that asks for a password',
    { credentials: 'u:right' },
    'asks for a user and password, or does not take them (HTTP 407) → write',
    'HTTP 407',
  ],
  ['that refuses', { refusal: 403 }, 'does not let it through (HTTP 403) → let its rules allow', 'HTTP 403'],
  ['without a route', { refusal: 502 }, 'does not reach it (HTTP 502) → the proxy needs DNS', 'HTTP 502'],
  ['that is down', undefined, 'refuses the connection (ECONNREFUSED) → check host and port of HTTPS_PROXY', undefined],
] as const;

describe.each(REFUSALS)('a proxy %s', (_what, options, words, told) => {
  it('is named by the doctor, with the reason and without its password', async () => {
    const port = await findPort(options);
    const env = {
      AWS_REGION: 'us-east-1',
      AWS_IDENTITY_CENTER_ISSUER: local.issuer.issuer,
      AWS_IDENTITY_CENTER_CLIENT_ID: local.issuer.audience,
      AWS_CLOUDWATCH_ROLE_ARN: local.roleArns.prod,
      HTTPS_PROXY: `http://u:${PASSWORD}@127.0.0.1:${port}`,
    };
    const token = await local.issuer.mint('olivia');
    const report = await runDoctor({ env, title: 't', token, open: openTools, clock: Date.now, timeoutMs: 10_000 });
    expect(report.exitCode).toBe(3);
    for (const service of ['sts', 'monitoring', 'logs']) {
      expect(report.text).toContain(
        `FAILED   ${service}.us-east-1.amazonaws.com is not reached: the proxy http://127.0.0.1:${port} ${words}`,
      );
    }
    expect(report.text).toContain(
      `AWS does not say who this user is: sts.us-east-1.amazonaws.com is not reached: the proxy`,
    );
    expect(report.text + report.json).not.toContain(PASSWORD);
  });

  it('is told to the caller of a tool, and written down without its password', async () => {
    const port = await findPort(options);
    const HTTPS_PROXY = `http://u:${PASSWORD}@127.0.0.1:${port}`;
    const config = loadConfig(
      { ENABLE_AUTH: 'false', AWS_REGION: 'us-east-1', LOG_LEVEL: 'DEBUG', HTTPS_PROXY },
      'http',
    );
    const lines: string[] = [];
    const logger = createLogger(config, (line) => lines.push(line));
    const clients = createClientPool(config, { overrides: { credentials: AMBIENT_CREDENTIALS } });
    const runner = createToolRunner({ config, logger, metrics: createMetrics(), clients });
    const answer = await runner.run({ name: 'get_active_alarms', args: {}, requestId: 'r' });
    runner.close();
    expect(answer.isError).toBe(true);
    const shown = JSON.stringify(answer);
    expect(shown).toContain(
      told === undefined
        ? 'CloudWatch, or the forward proxy on the way to it, cannot be reached or fails'
        : `The forward proxy of this server does not let it reach AWS (${told}) → tell the administrator: --doctor says`,
    );
    expect(shown).not.toContain(`:${port}`);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('') + shown).not.toContain(PASSWORD);
  });
});

describe('a proxy that takes connections and says nothing', () => {
  it('is named, too', async () => {
    const port = await findPort({ isMute: true });
    const env = { ENABLE_AUTH: 'false', AWS_REGION: 'us-east-1', HTTPS_PROXY: `http://127.0.0.1:${port}` };
    const open: typeof openTools = (config) => {
      const tools = openTools(config);
      return { ...tools, ambient: createClientPool(config, { overrides: { credentials: AMBIENT_CREDENTIALS } }) };
    };
    const { text } = await runDoctor({ env, title: 't', open, clock: Date.now, timeoutMs: 300 });
    expect(text).toMatch(
      /FAILED {3}monitoring\.us-east-1\.amazonaws\.com is not reached: the proxy http:\/\/127\.0\.0\.1:\d+ does not answer, or gets no answer \(TimeoutError\)/,
    );
  });
});

describe('the settings of a proxy', () => {
  const load = (env: Record<string, string>) => loadConfig({ ENABLE_AUTH: 'false', ...env }, 'http');

  it.each([
    ['proxy.example.com:3128', 'http://proxy.example.com:3128/'],
    ['http://10.0.0.1', 'http://10.0.0.1/'],
    ['https://u:p%40ss@proxy.example.com', 'https://u:p%40ss@proxy.example.com/'],
    ['http://[fd00::1]:3128', 'http://[fd00::1]:3128/'],
  ])('%s is taken', (text, url) => {
    expect(load({ HTTPS_PROXY: text }).httpsProxy).toBe(url);
    expect(load({ https_proxy: text }).httpsProxy).toBe(url);
    expect(load({ http_proxy: text }).httpProxy).toBe(url);
  });

  it.each([
    'socks5://proxy:1080',
    'http://u:sec/ret@proxy:3128',
    'http://u:secret%@proxy:3128',
    'http://u:secret@proxy:3128/path',
    'http://u:secret@proxy:99999',
    'http://',
  ])('%s is refused, and not quoted', (text) => {
    expect(() => load({ HTTPS_PROXY: text })).toThrow(/HTTPS_PROXY must be the URL of an HTTP proxy/);
    expect(() => load({ HTTPS_PROXY: text })).not.toThrow(/sec/);
  });

  it('that have no effect are told at the start', () => {
    expect(load({ NO_PROXY: 'fd00::/8,x', NODE_USE_ENV_PROXY: '1' }).warnings).toEqual([
      expect.stringMatching(/^NO_PROXY holds .* no effect: "fd00::\/8"$/),
      expect.stringMatching(/^NODE_USE_ENV_PROXY set/),
    ]);
  });
});
