import { describe, expect, it } from 'vitest';
import { createEvent } from '../../test/support/events.ts';
import { findResourceUrl, type ResourceUrlSettings } from './resource-url.ts';

const SETTINGS: ResourceUrlSettings = {
  resourceUrl: undefined,
  transport: 'http',
  host: '127.0.0.1',
  port: 3334,
  listeningPort: undefined,
};
const event = createEvent({ headers: { host: 'evil.example.org' }, domainName: 'abc.lambda-url.us-east-1.on.aws' });
const find = (settings: Partial<ResourceUrlSettings>) => findResourceUrl({ ...SETTINGS, ...settings }, event);

describe('findResourceUrl', () => {
  it.each([
    [{ resourceUrl: 'https://mcp.example.com/mcp' }, 'https://mcp.example.com/mcp'],
    [{ resourceUrl: 'https://mcp.example.com/mcp', transport: 'lambda' }, 'https://mcp.example.com/mcp'],
    [{ transport: 'lambda' }, 'https://abc.lambda-url.us-east-1.on.aws/mcp'],
    [{}, 'http://127.0.0.1:3334/mcp'],
    [{ port: 0, listeningPort: 41_234 }, 'http://127.0.0.1:41234/mcp'],
    [{ host: '0.0.0.0' }, 'http://localhost:3334/mcp'],
    [{ host: '::' }, 'http://localhost:3334/mcp'],
    [{ host: '::1' }, 'http://[::1]:3334/mcp'],
    [{ host: '[::1]' }, 'http://[::1]:3334/mcp'],
  ] as const)('of %j is %s', (settings, url) => expect(find(settings)).toBe(url));
});
