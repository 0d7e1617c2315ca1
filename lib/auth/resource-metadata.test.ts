import { describe, expect, it } from 'vitest';
import { describeResource, toMetadataUrl } from './resource-metadata.ts';

describe('toMetadataUrl', () => {
  it.each([
    ['https://mcp.example.com/mcp', 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp'],
    ['https://mcp.example.com:8443/a/b', 'https://mcp.example.com:8443/.well-known/oauth-protected-resource/a/b'],
    ['https://mcp.example.com/', 'https://mcp.example.com/.well-known/oauth-protected-resource'],
    ['https://mcp.example.com', 'https://mcp.example.com/.well-known/oauth-protected-resource'],
  ])('of %s is %s', (resource, url) => expect(toMetadataUrl(resource)).toBe(url));
});

describe('describeResource', () => {
  it('names every issuer, and scopes only where some are required', () => {
    const issuers = [
      { issuer: 'https://a.example', audiences: ['x'] },
      { issuer: 'https://b.example/', audiences: ['y'] },
    ];
    expect(describeResource({ issuers, requiredScopes: [] }, 'https://mcp.example.com/mcp')).toEqual({
      resource: 'https://mcp.example.com/mcp',
      resource_name: 'AWS CloudWatch (MCP)',
      authorization_servers: ['https://a.example', 'https://b.example/'],
      bearer_methods_supported: ['header'],
    });
  });
});
