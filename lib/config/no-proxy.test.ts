import { Agent, request } from 'node:http';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { isListed, readNoProxy } from './no-proxy.ts';

describe('readNoProxy', () => {
  it.each([
    ['', []],
    ['*', ['*']],
    ['Example.COM', ['.example.com']],
    ['.svc, .cluster.local', ['.svc', '.cluster.local']],
    ['*.internal', ['*.internal']],
    ['proxy.local:8443', ['proxy.local:8443']],
    ['10.0.0.7 localhost', ['10.0.0.7', '.localhost']],
    ['10.1.2.3/8', ['10.0.0.0-10.255.255.255']],
    ['172.20.0.0/16', ['172.20.0.0-172.20.255.255']],
    ['192.168.1.7/32,0.0.0.0/0', ['192.168.1.7-192.168.1.7', '0.0.0.0-255.255.255.255']],
    ['10.0.0.1-10.0.0.9', ['10.0.0.1-10.0.0.9']],
    ['::1,[FD00:0EC2::0023],[::1]:443', ['::1', 'fd00:ec2::23', '::1:443']],
  ])('reads %j', (text, entries) => {
    expect(readNoProxy(text)).toEqual({ entries, ignored: [] });
  });

  it.each([
    'fd00::/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    'a b/c',
    'http://example.com',
    'a:b',
    '..',
    '-',
    '[x]',
    'ex*mple.com',
  ])('has no effect by %j, and says so', (text) => {
    const { entries, ignored } = readNoProxy(text);
    expect(ignored.length + entries.length).toBe(text.split(' ').length);
    expect(ignored).toContain(text.split(' ').at(-1));
  });

  it('reads a list of any length, up to a bound', () => {
    const { entries, ignored } = readNoProxy('a.example,'.repeat(100_000));
    expect(entries).toHaveLength(1_000);
    expect(ignored).toHaveLength(99_000);
  });
});

/** Whether Node's own agent goes round the proxy: to a proxy it gives the whole URL as the path. No socket is opened. */
async function isDirectForNode(entries: readonly string[], host: string, port: string): Promise<boolean> {
  class Unplugged extends Agent {
    override createConnection(): Duplex {
      return new Duplex({ read() {} }).destroy(new Error('unplugged'));
    }
  }
  const agent = new Unplugged({ proxyEnv: { HTTP_PROXY: 'http://proxy:3128', NO_PROXY: entries.join(',') } });
  const asked = request({ host, port, agent });
  await new Promise((resolve) => asked.once('error', resolve).end());
  return asked.path === '/';
}

describe('isListed', () => {
  const label = fc.constantFrom('a', 'b', 'example', 'com', 'amazonaws');
  const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
  const address = fc
    .tuple(fc.constantFrom(10, 127, 169), fc.nat(3), fc.nat(3), fc.nat(255))
    .map((octets) => octets.join('.'));
  const host = fc.oneof(name, address, fc.constant('::1'));
  const port = fc.constantFrom('80', '443', '3128');
  const entry = fc.oneof(
    host,
    name.map((text) => `.${text}`),
    name.map((text) => `*.${text}`),
    fc.tuple(name, port).map(([text, number]) => `${text}:${number}`),
    fc.tuple(address, fc.nat(32)).map(([text, bits]) => `${text}/${bits}`),
    fc.tuple(address, address).map(([first, last]) => `${first}-${last}`),
    fc.constantFrom('*', 'fd00::/8', ''),
  );

  it('decides as Node does, which decides for the requests themselves', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), host, port, async (list, asked, number) => {
        const { entries } = readNoProxy(list.join(','));
        expect(isListed(entries, asked, number)).toBe(await isDirectForNode(entries, asked, number));
      }),
      { numRuns: 100 },
    );
  });
});
