import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../test/support/property.ts';
import { TOOLSETS } from '../domain/toolsets.ts';
import { ConfigError, type Environment, loadConfig, type Transport } from './config.ts';

const OPEN = { ENABLE_AUTH: 'false' };

function faultsOf(env: Environment, transport: Transport = 'http'): readonly string[] {
  try {
    loadConfig(env, transport);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('defaults', () => {
  it('serve this machine only, with the documented limits', () => {
    expect(loadConfig(OPEN, 'http')).toMatchObject({
      host: '127.0.0.1',
      port: 3334,
      region: 'us-east-1',
      logLevel: 'INFO',
      maxResultChars: 24_000,
      toolTimeoutMs: 50_000,
      drainTimeoutMs: 55_000,
      insightsConcurrency: 20,
      maxScanGb: 100,
      insightsUsdPerGb: 0.005,
      toolsets: TOOLSETS,
      allowedHosts: [],
      allowedOrigins: [],
      warnings: [],
    });
  });

  it('count blank values as unset', () => {
    expect(loadConfig({ ...OPEN, CLOUDWATCH_MCP_PORT: ' ', AWS_REGION: '' }, 'http')).toMatchObject({
      port: 3334,
      region: 'us-east-1',
    });
  });

  it('are frozen', () => {
    expect(Object.isFrozen(loadConfig(OPEN, 'http'))).toBe(true);
  });

  it.each([
    ['http', true],
    ['stdio', true],
    ['lambda', false],
  ] as const)('serve metrics over %s: %s', (transport, isMetricsEnabled) => {
    const config = loadConfig({ ...OPEN, ALLOW_UNAUTHENTICATED: 'true' }, transport);
    expect(config).toMatchObject({ transport, isMetricsEnabled });
  });
});

describe('what is accepted', () => {
  it.each([
    ['CLOUDWATCH_MCP_PORT', 'tcp://10.0.0.1:3334', { port: 3334 }],
    ['CLOUDWATCH_MCP_PORT', ' 8080 ', { port: 8080 }],
    ['CLOUDWATCH_MCP_PORT', '0', { port: 0 }],
    ['LOG_LEVEL', 'warning', { logLevel: 'WARN' }],
    ['LOG_LEVEL', 'Critical', { logLevel: 'CRITICAL' }],
    ['AWS_DEFAULT_REGION', 'eu-central-1', { region: 'eu-central-1' }],
    ['CLOUDWATCH_MCP_TOOLSETS', 'all', { toolsets: TOOLSETS }],
    ['CLOUDWATCH_MCP_METRICS_ENABLED', '0', { isMetricsEnabled: false }],
    [
      'MCP_ALLOWED_HOSTS',
      'a.example.com, b.example.com:8443,[::1]',
      { allowedHosts: ['a.example.com', 'b.example.com:8443', '[::1]'] },
    ],
    ['MCP_ALLOWED_ORIGINS', 'https://chat.example.com', { allowedOrigins: ['https://chat.example.com'] }],
    ['CLOUDWATCH_MCP_MAX_SCAN_GB', '0.5', { maxScanGb: 0.5 }],
  ])('%s=%s', (name, value, expected) => {
    expect(loadConfig({ ...OPEN, [name]: value }, 'http')).toMatchObject(expected);
  });

  it.each(['false', 'FALSE', '0', ' False '])('ENABLE_AUTH=%j', (value) => {
    expect(loadConfig({ ENABLE_AUTH: value }, 'http').isAuthEnabled).toBe(false);
  });

  it('prefers FASTMCP_LOG_LEVEL and AWS_REGION', () => {
    const env = {
      ...OPEN,
      FASTMCP_LOG_LEVEL: 'DEBUG',
      LOG_LEVEL: 'ERROR',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'us-east-2',
    };
    expect(loadConfig(env, 'http')).toMatchObject({ logLevel: 'DEBUG', region: 'eu-west-1' });
  });
});

describe('what is refused', () => {
  it.each([
    ['CLOUDWATCH_MCP_PORT', '65536'],
    ['CLOUDWATCH_MCP_PORT', '-1'],
    ['CLOUDWATCH_MCP_PORT', '3334abc'],
    ['CLOUDWATCH_MCP_PORT', 'tcp://10.0.0.1'],
    ['ENABLE_AUTH', 'yes'],
    ['AWS_REGION', 'mars-1'],
    ['AWS_REGION', '__proto__'],
    ['LOG_LEVEL', 'LOUD'],
    ['CLOUDWATCH_MCP_MAX_RESULT_CHARS', '1999'],
    ['CLOUDWATCH_MCP_TOOL_TIMEOUT_MS', '50s'],
    ['CLOUDWATCH_MCP_TOOL_TIMEOUT_MS', '1e5'],
    ['CLOUDWATCH_MCP_DRAIN_TIMEOUT_MS', '9999999'],
    ['CLOUDWATCH_MCP_TOOLSETS', 'alarms,nonsense'],
    ['CLOUDWATCH_MCP_REGIONS', 'us-east-1,mars-1'],
    ['CLOUDWATCH_MCP_MAX_SCAN_GB', '-1'],
    ['MCP_ALLOWED_HOSTS', '*'],
    ['MCP_ALLOWED_HOSTS', '*.example.com'],
    ['MCP_ALLOWED_ORIGINS', '*'],
    ['MCP_ALLOWED_ORIGINS', 'chat.example.com'],
    ['MCP_ALLOWED_ORIGINS', 'https://chat.example.com/path'],
    ['POD_NAMESPACE', 'Not A Namespace'],
  ])('%s=%s, by name and value', (name, value) => {
    const faults = faultsOf({ ...OPEN, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} must|^${name} is not`));
    expect(faults[0]).toContain(JSON.stringify(value));
  });

  it('names every fault at once', () => {
    const faults = faultsOf({ ENABLE_AUTH: 'x', CLOUDWATCH_MCP_PORT: 'x', AWS_REGION: 'x', LOG_LEVEL: 'x' });
    const names = new Set(faults.map((fault) => fault.split(' ')[0]));
    expect(names).toEqual(new Set(['AWS_REGION', 'CLOUDWATCH_MCP_PORT', 'ENABLE_AUTH', 'LOG_LEVEL']));
    expect(faults).toHaveLength(names.size);
  });

  it('quotes at most the beginning of a long value', () => {
    expect(faultsOf({ ...OPEN, AWS_REGION: 'x'.repeat(10_000) })[0]?.length).toBeLessThan(200);
  });

  it('never throws anything but ConfigError, whatever the environment holds', () => {
    const names = [
      'ENABLE_AUTH',
      'CLOUDWATCH_MCP_PORT',
      'AWS_REGION',
      'LOG_LEVEL',
      'MCP_ALLOWED_HOSTS',
      'CLOUDWATCH_MCP_MAX_SCAN_GB',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string({ unit: anyCharacter })), (env) => {
        expect(() => faultsOf(env)).not.toThrow();
      }),
    );
  });
});

describe('contradictions and doubts', () => {
  it('wants to know whose tokens to take over HTTP and Lambda, but not over stdio', () => {
    const missing = [
      expect.stringMatching(/^AWS_IDENTITY_CENTER_ISSUER is missing.*ENABLE_AUTH=false/),
      expect.stringMatching(/^AWS_IDENTITY_CENTER_CLIENT_ID is missing/),
      expect.stringMatching(/^AWS_CLOUDWATCH_ROLE_ARN is missing/),
    ];
    expect(faultsOf({})).toEqual(missing);
    expect(faultsOf({}, 'lambda')).toEqual(missing);
    expect(faultsOf({}, 'stdio')).toEqual([]);
  });

  it('needs a second yes behind a public Function URL', () => {
    expect(faultsOf(OPEN, 'lambda')).toEqual([expect.stringContaining('ALLOW_UNAUTHENTICATED')]);
    expect(faultsOf({ ...OPEN, ALLOW_UNAUTHENTICATED: 'true' }, 'lambda')).toEqual([]);
  });

  it('wants the default region among the allowed ones', () => {
    expect(faultsOf({ ...OPEN, AWS_REGION: 'us-east-1', CLOUDWATCH_MCP_REGIONS: 'eu-west-1' })).toEqual([
      expect.stringMatching(/us-east-1.*CLOUDWATCH_MCP_REGIONS/),
    ]);
  });

  it('warns about an open port that others can reach', () => {
    const { warnings } = loadConfig({ ...OPEN, CLOUDWATCH_MCP_SERVER_HOST: '0.0.0.0' }, 'http');
    expect(warnings).toEqual([expect.stringContaining('ENABLE_AUTH=false on 0.0.0.0')]);
    for (const host of ['localhost', '::1', '127.0.0.1']) {
      expect(loadConfig({ ...OPEN, CLOUDWATCH_MCP_SERVER_HOST: host }, 'http').warnings).toEqual([]);
    }
  });

  it('warns about identity settings that do nothing', () => {
    const { warnings } = loadConfig({ ...OPEN, AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::123456789012:role/x' }, 'http');
    expect(warnings).toEqual([expect.stringContaining('AWS_CLOUDWATCH_ROLE_ARN')]);
    expect(warnings.join()).not.toContain('123456789012');
  });
});
