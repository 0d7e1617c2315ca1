import { Agent, request } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readNoProxy } from './no-proxy.ts';
import { findProxy, type ProxyConfig, toProxyEnv } from './proxy.ts';

const PROXY = 'http://proxy.example.com:3128';
const config = (noProxy = ''): ProxyConfig => ({ httpsProxy: PROXY, httpProxy: PROXY, noProxy: readNoProxy(noProxy) });

/** Whether Node's own agent goes round the proxy: to a proxy it gives the whole URL as the path. No socket is opened. */
async function isDirectForNode(url: string): Promise<boolean> {
  class Unplugged extends Agent {
    override createConnection(): Duplex {
      return new Duplex({ read() {} }).destroy(new Error('unplugged'));
    }
  }
  const asked = request(url, { agent: new Unplugged({ proxyEnv: toProxyEnv(config()) }) });
  await new Promise((resolve) => asked.once('error', resolve).end());
  return asked.path === new URL(url).pathname;
}

describe('addresses that give credentials, and this machine', () => {
  it.each([
    'http://169.254.169.254/latest/api/token',
    'http://169.254.170.2/v2/credentials',
    'http://169.254.170.23/v1/credentials',
    'http://[fd00:ec2::23]/v1/credentials',
    'http://[fd00:ec2::254]/latest/api/token',
    'http://127.0.0.1:9911/x',
    'http://localhost:9911/x',
    'http://[::1]:9911/x',
  ])('%s is asked directly, whatever is set', async (url) => {
    expect(findProxy(url, config())).toBeUndefined();
    expect(await isDirectForNode(url)).toBe(true);
  });
});

describe('everything else', () => {
  it.each([
    'http://169.253.0.1/',
    'http://aws.example.com/',
    'http://localhost.example.com/',
    'http://[fd00:ec2::25]/',
  ])('%s goes through the proxy', async (url) => {
    expect(findProxy(url, config())).toBe(PROXY);
    expect(await isDirectForNode(url)).toBe(false);
  });

  it('goes directly where NO_PROXY says so, or no proxy is for its scheme', () => {
    const url = 'https://logs.us-east-1.amazonaws.com';
    expect(findProxy(url, config('us-east-1.amazonaws.com'))).toBeUndefined();
    expect(findProxy(url, { ...config(), httpsProxy: undefined })).toBeUndefined();
    expect(toProxyEnv({ ...config(), httpProxy: undefined, httpsProxy: undefined })).toBeUndefined();
  });
});
