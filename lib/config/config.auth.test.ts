import { describe, expect, it } from 'vitest';
import { AUTH_ENV, faultsOf } from '../../test/support/config-faults.ts';
import { fc } from '../../test/support/property.ts';
import { type Environment, loadConfig } from './config.ts';

const load = (env: Environment = {}) => loadConfig({ ...AUTH_ENV, ...env }, 'http');
const faults = (env: Environment) => faultsOf({ ...AUTH_ENV, ...env });

describe('authentication on', () => {
  it('is the default and takes the least that is needed', () => {
    const config = load();
    expect(config.isAuthEnabled).toBe(true);
    expect(config.issuers).toEqual([{ issuer: 'https://login.example.com', audiences: ['cloudwatch-mcp'] }]);
    expect(config).toMatchObject({
      tokenUse: 'any',
      allowedAlgorithms: ['RS256', 'ES256'],
      requiredScopes: [],
      clockSkewSeconds: 60,
      maxTokenBytes: 8192,
      unauthenticatedMethods: 'none',
      rateLimitPerMinute: 120,
      isSubjectLoggedPlain: false,
      warnings: [],
    });
  });

  it('names everything that is missing at once', () => {
    expect(faultsOf({}).map((fault) => fault.split(' ', 1)[0])).toEqual([
      'AWS_IDENTITY_CENTER_ISSUER',
      'AWS_IDENTITY_CENTER_CLIENT_ID',
      'AWS_CLOUDWATCH_ROLE_ARN',
    ]);
  });

  it('counts blanks and bare commas as missing', () => {
    expect(faults({ AWS_IDENTITY_CENTER_ISSUER: ' , ', AWS_IDENTITY_CENTER_CLIENT_ID: '  ' })).toHaveLength(2);
  });

  it('is off over stdio, whatever is set', () => {
    const config = loadConfig({ ENABLE_AUTH: 'true' }, 'stdio');
    expect(config).toMatchObject({ isAuthEnabled: false, issuers: [], credentialMode: 'ambient', roles: [] });
  });

  it.each(['true', 'TRUE', '1', ' True '])('takes ENABLE_AUTH=%j', (text) => {
    expect(load({ ENABLE_AUTH: text }).isAuthEnabled).toBe(true);
  });

  it.each(['yes', 'on', 'no', '2', 'truee', 'null'])('stops at ENABLE_AUTH=%j', (text) => {
    expect(faults({ ENABLE_AUTH: text })).toEqual([
      `ENABLE_AUTH must be true, false, 1 or 0; it is ${JSON.stringify(text)}`,
    ]);
  });

  it('accepts the OIDC names', () => {
    const { AWS_CLOUDWATCH_ROLE_ARN } = AUTH_ENV;
    const env = { AWS_CLOUDWATCH_ROLE_ARN, OIDC_ISSUER: 'https://a.example', OIDC_CLIENT_ID: 'x,y' };
    expect(loadConfig(env, 'http').issuers).toEqual([{ issuer: 'https://a.example', audiences: ['x', 'y'] }]);
  });

  it('stops when both names of a setting differ, not when they agree', () => {
    expect(faults({ OIDC_ISSUER: 'https://other.example' })).toEqual([
      'AWS_IDENTITY_CENTER_ISSUER and OIDC_ISSUER are two names of one setting and differ: set one of them',
    ]);
    expect(faults({ OIDC_ISSUER: AUTH_ENV.AWS_IDENTITY_CENTER_ISSUER })).toEqual([]);
  });
});

describe('authentication off', () => {
  it('has no issuers, and warns of identity settings that do nothing', () => {
    const config = load({ ENABLE_AUTH: 'false' });
    expect(config.issuers).toEqual([]);
    expect(config.warnings).toEqual([
      expect.stringContaining('AWS_IDENTITY_CENTER_ISSUER, AWS_IDENTITY_CENTER_CLIENT'),
    ]);
  });

  it.each(['0.0.0.0', '10.1.2.3', '::'])('warns once and loudly on %s', (host) => {
    const { warnings } = loadConfig({ ENABLE_AUTH: '0', CLOUDWATCH_MCP_SERVER_HOST: host }, 'http');
    expect(warnings).toEqual([expect.stringMatching(/^ENABLE_AUTH=false on .*everybody/)]);
  });

  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '::1', '[::1]'])('is quiet on %s', (host) => {
    expect(loadConfig({ ENABLE_AUTH: '0', CLOUDWATCH_MCP_SERVER_HOST: host }, 'http').warnings).toEqual([]);
  });

  it('needs a second switch on Lambda', () => {
    expect(faultsOf({ ENABLE_AUTH: 'false' }, 'lambda')).toEqual([expect.stringContaining('ALLOW_UNAUTHENTICATED')]);
    expect(faultsOf({ ENABLE_AUTH: 'false', ALLOW_UNAUTHENTICATED: 'true' }, 'lambda')).toEqual([]);
  });
});

describe('issuers', () => {
  it.each([
    ['https://portal.sso.us-east-1.amazonaws.com'],
    ['https://d-1234567890.awsapps.com/start'],
    ['https://identitycenter.amazonaws.com/ssoins-1234'],
  ])('sends %s to the setup document', (issuer) => {
    expect(faults({ AWS_IDENTITY_CENTER_ISSUER: issuer })).toEqual([
      expect.stringContaining('docs/IAM_IDENTITY_CENTER_SETUP.md'),
    ]);
  });

  it.each([
    ['http://login.example.com', 'https'],
    ['https://user:secret@login.example.com', 'without user and password'],
    ['login.example.com', 'issuer URLs'],
    ['ftp://login.example.com', 'https'],
    ['https://login.example.com?tenant=1', 'without ? and #'],
    ['https://login.example.com/#x', 'without ? and #'],
    ['http://127.0.0.1.evil.example', 'https'],
    ['http://localhost.evil.example', 'https'],
  ])('refuses %s', (issuer, word) => {
    const [fault, ...others] = faults({ AWS_IDENTITY_CENTER_ISSUER: issuer });
    expect(others).toEqual([]);
    expect(fault).toContain(word);
    expect(fault).not.toContain('secret');
  });

  it.each(['http://localhost:4000', 'http://127.0.0.1:9', 'http://[::1]:9/realm', 'https://x.auth0.com/'])(
    'takes %s as it is',
    (issuer) => {
      expect(load({ AWS_IDENTITY_CENTER_ISSUER: issuer }).issuers[0]?.issuer).toBe(issuer);
    },
  );

  it('gives every listed issuer every audience, and those of the JSON form their own', () => {
    const config = load({
      AWS_IDENTITY_CENTER_ISSUER: 'https://a.example, https://b.example/',
      AUTH_AUDIENCE: 'extra,cloudwatch-mcp',
      AUTH_ISSUERS_JSON: '[{"issuer":"https://c.example","audiences":["own"],"jwksUri":"https://keys.example/c"}]',
    });
    expect(config.issuers).toEqual([
      { issuer: 'https://a.example', audiences: ['cloudwatch-mcp', 'extra'] },
      { issuer: 'https://b.example/', audiences: ['cloudwatch-mcp', 'extra'] },
      { issuer: 'https://c.example', audiences: ['own'], jwksUri: 'https://keys.example/c' },
    ]);
  });

  it('needs no listed issuer beside the JSON form, but never half a pair', () => {
    const { AWS_CLOUDWATCH_ROLE_ARN } = AUTH_ENV;
    const json = '[{"issuer":"https://c.example","audiences":["own"]}]';
    const env = { AWS_CLOUDWATCH_ROLE_ARN, AUTH_ISSUERS_JSON: json };
    expect(faultsOf(env)).toEqual([]);
    expect(faultsOf({ ...env, OIDC_CLIENT_ID: 'x' })).toEqual([
      expect.stringMatching(/^AWS_IDENTITY_CENTER_ISSUER is/),
    ]);
    expect(faultsOf({ ...env, OIDC_ISSUER: 'https://a.example' })).toEqual([
      expect.stringMatching(/^AWS_IDENTITY_CENTER_CLIENT_ID is/),
    ]);
  });

  it.each([
    ['not json'],
    ['{}'],
    ['[{"issuer":"https://c.example"}]'],
    ['[{"issuer":"https://c.example","audiences":[]}]'],
    ['[{"issuer":"https://c.example","audiences":["a"],"jwks_uri":"https://x.example"}]'],
    ['[{"issuer":"http://c.example","audiences":["a"]}]'],
    ['[{"issuer":"https://c.example","audiences":["a"],"jwksUri":"http://x.example"}]'],
  ])('refuses AUTH_ISSUERS_JSON=%s', (text) => {
    expect(faults({ AUTH_ISSUERS_JSON: text })).toEqual([expect.stringMatching(/^AUTH_ISSUERS_JSON must/)]);
  });

  it('refuses an issuer that is named twice, and an AUTH_JWKS_URI for several', () => {
    const twice = '[{"issuer":"https://login.example.com","audiences":["a"]}]';
    expect(faults({ AUTH_ISSUERS_JSON: twice })).toEqual([expect.stringContaining('more than once')]);
    expect(
      faults({
        AWS_IDENTITY_CENTER_ISSUER: 'https://a.example,https://b.example',
        AUTH_JWKS_URI: 'https://keys.example',
      }),
    ).toEqual([expect.stringContaining('names 2')]);
    expect(load({ AUTH_JWKS_URI: 'https://keys.example/k' }).issuers[0]?.jwksUri).toBe('https://keys.example/k');
  });
});

describe('the other settings', () => {
  it.each([
    ['AUTH_ALLOWED_ALGS', 'none'],
    ['AUTH_ALLOWED_ALGS', 'RS256,HS256'],
    ['AUTH_ALLOWED_ALGS', 'PS256'],
    ['AUTH_ALLOWED_ALGS', 'EdDSA'],
    ['AUTH_ALLOWED_ALGS', ','],
    ['AUTH_TOKEN_USE', 'refresh'],
    ['AUTH_CLOCK_SKEW_SECONDS', '301'],
    ['AUTH_CLOCK_SKEW_SECONDS', '-1'],
    ['AUTH_MAX_TOKEN_BYTES', '100000'],
    ['AUTH_REQUIRED_SCOPES', 'a"b'],
    ['AUTH_JWKS_URI', 'http://keys.example'],
    ['AUTH_JWKS_URI', 'https://u:p@keys.example'],
    ['MCP_RESOURCE_URL', 'mcp.example.com/mcp'],
    ['MCP_RESOURCE_URL', 'https://mcp.example.com/mcp?x=1'],
    ['MCP_RESOURCE_URL', 'https://mcp.example.com/"x'],
    ['MCP_UNAUTHENTICATED_METHODS', 'all'],
    ['MCP_ALLOWED_HOSTS', '*'],
    ['MCP_ALLOWED_ORIGINS', '*'],
    ['MCP_ALLOWED_ORIGINS', 'https://*.example.com'],
    ['RATE_LIMIT_PER_MINUTE', 'many'],
    ['AUDIT_SUBJECT', 'mail'],
  ])('refuses %s=%s', (name, value) => {
    const found = faults({ [name]: value });
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${name} must`))]);
  });

  it('knows the public URL of the service by its namespace, and takes a given one before', () => {
    expect(load({ POD_NAMESPACE: 'jarvis' }).resourceUrl).toBe(
      'http://cloudwatch-mcp.jarvis.svc.cluster.local:3334/mcp',
    );
    expect(load({ POD_NAMESPACE: 'jarvis', MCP_RESOURCE_URL: 'https://m.example/mcp' }).resourceUrl).toBe(
      'https://m.example/mcp',
    );
    expect(load().resourceUrl).toBeUndefined();
  });

  it('is frozen to the bottom', () => {
    const config = load();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.issuers[0]?.audiences)).toBe(true);
    expect(Object.isFrozen(config.roles[0])).toBe(true);
  });

  it('never throws anything but its own error, whatever the text', () => {
    const names = fc.constantFrom('AUTH_ISSUERS_JSON', 'AWS_CLOUDWATCH_ROLE_ARNS', 'OIDC_ISSUER', 'MCP_RESOURCE_URL');
    fc.assert(
      fc.property(names, fc.oneof(fc.string(), fc.json()), (name, text) => {
        expect(Array.isArray(faults({ [name]: text }))).toBe(true);
      }),
    );
  });
});
