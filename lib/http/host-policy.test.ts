import { describe, expect, it } from 'vitest';
import { createHostPolicy, isPublishedHost } from './host-policy.ts';

const SETTINGS = { allowedHosts: [], allowedOrigins: [], host: '0.0.0.0', podNamespace: undefined };

describe('isHostAllowed', () => {
  const policy = createHostPolicy({
    ...SETTINGS,
    podNamespace: 'mcp',
    allowedHosts: ['Tools.Example.com', 'exact.example.com:8443'],
  });

  it.each([
    'localhost',
    'LOCALHOST:3334',
    '127.0.0.1:1',
    '[::1]:3334',
    '[::1]',
    'cloudwatch-mcp:3334',
    'cloudwatch-mcp.mcp:3334',
    'cloudwatch-mcp.mcp.svc',
    'cloudwatch-mcp.mcp.svc.cluster.local:3334',
    'tools.example.com',
    'tools.example.com:9999',
    'exact.example.com:8443',
  ])('takes %s', (host) => {
    expect(policy.isHostAllowed(host, undefined)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.example.com',
    'localhost.evil.example.com',
    'evil.localhost',
    'cloudwatch-mcp.other',
    'cloudwatch-mcp.mcp.svc.evil.com',
    '10.1.2.3:3334',
    '0.0.0.0:3334',
    'exact.example.com',
    'exact.example.com:1',
    'localhost:3334@evil.com',
    'localhost:3334,evil.com',
    'localhost:333444',
    'localhost:',
    'local host',
    'http://localhost',
    'localhost/',
    '*',
  ])('refuses %j', (host) => {
    expect(policy.isHostAllowed(host, undefined)).toBe(false);
  });

  it('takes the name of the Function URL, in any case', () => {
    const domainName = 'abc.lambda-url.us-east-1.on.aws';
    expect(policy.isHostAllowed('ABC.lambda-url.us-east-1.on.aws', domainName)).toBe(true);
    expect(policy.isHostAllowed('abd.lambda-url.us-east-1.on.aws', domainName)).toBe(false);
  });

  it.each([
    ['192.168.1.5', '192.168.1.5:3334', true],
    ['fd00::1', '[fd00::1]:3334', true],
    ['::', '[::]:3334', false],
  ])('listening on %s, %s is allowed: %s', (host, header, isAllowed) => {
    expect(createHostPolicy({ ...SETTINGS, host }).isHostAllowed(header, undefined)).toBe(isAllowed);
  });
});

describe('isOriginAllowed', () => {
  const policy = createHostPolicy({ ...SETTINGS, allowedOrigins: ['https://chat.example.com'] });

  it.each([
    [undefined, 'localhost:3334'],
    ['https://chat.example.com', 'localhost:3334'],
    ['https://CHAT.example.com', undefined],
    ['http://localhost:3334', 'localhost:3334'],
    ['https://localhost:3334', 'LOCALHOST:3334'],
  ])('takes %s at %s', (origin, host) => {
    expect(policy.isOriginAllowed(origin, host)).toBe(true);
  });

  it.each([
    ['null', 'localhost:3334'],
    ['', 'localhost:3334'],
    ['http://chat.example.com', 'localhost:3334'],
    ['https://chat.example.com:444', 'localhost:3334'],
    ['https://chat.example.com.evil.com', 'localhost:3334'],
    ['http://localhost:3335', 'localhost:3334'],
    ['http://localhost', 'localhost:3334'],
    ['http://127.0.0.1:3334', 'localhost:3334'],
    ['file://localhost:3334', 'localhost:3334'],
    ['http://', undefined],
  ])('refuses %j at %s', (origin, host) => {
    expect(policy.isOriginAllowed(origin, host)).toBe(false);
  });
});

describe('isPublishedHost', () => {
  const published = { resourceUrl: 'https://cw.example.com/mcp', podNamespace: 'mcp' };

  it.each(['cw.example.com', 'CW.example.com', 'cw.example.com:443', 'cw.example.com:8443'])('is at %s', (host) => {
    expect(isPublishedHost(published, host)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'localhost',
    'cloudwatch-mcp:3334',
    'cloudwatch-mcp.mcp.svc',
    'cw.example.com.evil.com',
    'cw.example.com/x',
  ])('is not at %s', (host) => {
    expect(isPublishedHost(published, host)).toBe(false);
  });

  it.each([
    [undefined, undefined],
    ['http://cloudwatch-mcp.mcp.svc.cluster.local:3334/mcp', 'mcp'],
    ['http://cloudwatch-mcp.mcp:3334/mcp', 'mcp'],
    ['http://cloudwatch-mcp:3334/mcp', undefined],
  ])('a name of the cluster is none: %s', (resourceUrl, podNamespace) => {
    const host = resourceUrl === undefined ? 'localhost' : new URL(resourceUrl).host;
    expect(isPublishedHost({ resourceUrl, podNamespace }, host)).toBe(false);
  });
});
