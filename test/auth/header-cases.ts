/** The header, host, origin and path family of the hostile suite. */
import { type AuthBench, ECHO_CALL, HOST, type Sent } from './bench.ts';
import {
  type Expected,
  GRANTED,
  MALFORMED,
  NO_TOKEN,
  NOT_FOUND,
  PLACEHOLDER,
  TOKEN_IN_QUERY,
  TWO_HEADERS,
} from './expected.ts';

export interface HeaderCase {
  readonly what: string;
  /** `TOKEN` stands for a good one. */
  readonly authorization: readonly string[];
  readonly expected: Expected;
}

export const AUTHORIZATION_CASES: readonly HeaderCase[] = [
  { what: 'none', authorization: [], expected: NO_TOKEN },
  { what: 'an empty one', authorization: [''], expected: NO_TOKEN },
  { what: 'the scheme alone', authorization: ['Bearer'], expected: NO_TOKEN },
  { what: 'lower case', authorization: ['bearer TOKEN'], expected: GRANTED },
  { what: 'upper case', authorization: ['BEARER TOKEN'], expected: GRANTED },
  { what: 'mixed case', authorization: ['bEARer TOKEN'], expected: GRANTED },
  { what: 'several blanks', authorization: ['Bearer     TOKEN'], expected: GRANTED },
  { what: 'a tab', authorization: ['Bearer\tTOKEN'], expected: MALFORMED },
  { what: 'two words', authorization: ['Bearer a b'], expected: MALFORMED },
  { what: 'a token and a word', authorization: ['Bearer TOKEN x'], expected: MALFORMED },
  { what: 'a quoted token', authorization: ['Bearer "TOKEN"'], expected: MALFORMED },
  { what: 'a token in angle brackets', authorization: ['Bearer <TOKEN>'], expected: MALFORMED },
  { what: 'an escaped token', authorization: ['Bearer %54OKEN'], expected: MALFORMED },
  { what: 'no blank', authorization: ['BearerTOKEN'], expected: NO_TOKEN },
  { what: 'the token alone', authorization: ['TOKEN'], expected: NO_TOKEN },
  { what: 'Basic', authorization: ['Basic dXNlcjpwYXNz'], expected: NO_TOKEN },
  { what: 'DPoP', authorization: ['DPoP TOKEN'], expected: NO_TOKEN },
  { what: 'Digest', authorization: ['Digest username="a", realm="b"'], expected: NO_TOKEN },
  {
    what: 'SigV4',
    authorization: ['AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c'],
    expected: NO_TOKEN,
  },
  { what: 'two good ones', authorization: ['Bearer TOKEN', 'Bearer TOKEN'], expected: TWO_HEADERS },
  { what: 'a good one and Basic', authorization: ['Bearer TOKEN', 'Basic dXNlcjpwYXNz'], expected: TWO_HEADERS },
  { what: 'Basic and a good one', authorization: ['Basic dXNlcjpwYXNz', 'Bearer TOKEN'], expected: TWO_HEADERS },
  { what: 'two in one', authorization: ['Bearer TOKEN,Bearer TOKEN'], expected: TWO_HEADERS },
  { what: 'an empty one and a good one', authorization: ['', 'Bearer TOKEN'], expected: TWO_HEADERS },
  {
    what: "LibreChat's placeholder",
    authorization: ['Bearer {{LIBRECHAT_OPENID_ACCESS_TOKEN}}'],
    expected: PLACEHOLDER,
  },
  {
    what: "LibreChat's other placeholder",
    authorization: ['Bearer {{LIBRECHAT_OPENID_ID_TOKEN}}'],
    expected: PLACEHOLDER,
  },
  {
    what: 'an unresolved variable',
    authorization: [['Bearer $', '{IAM_IDENTITY_CENTER_TOKEN}'].join('')],
    expected: MALFORMED,
  },
  { what: 'null', authorization: ['Bearer null'], expected: MALFORMED },
];

export interface RequestCase {
  readonly what: string;
  readonly send: (token: string) => Sent;
  readonly expected: Expected;
}

const authorized = (token: string): readonly [string, string] => ['authorization', `Bearer ${token}`];
const path = (text: string): RequestCase => ({
  what: `POST ${text}`,
  send: () => ({ ...ECHO_CALL, path: text }),
  expected: NOT_FOUND,
});

/** Tokens where they do not belong, and paths that look like others. */
export const REQUEST_CASES: readonly RequestCase[] = [
  {
    what: 'a token in the query',
    send: (token) => ({ ...ECHO_CALL, path: `/mcp/tools/call?access_token=${token}` }),
    expected: TOKEN_IN_QUERY,
  },
  {
    what: 'a token in the query and in the header',
    send: (token) => ({ ...ECHO_CALL, path: `/mcp/tools/call?access_token=${token}`, headers: [authorized(token)] }),
    expected: TOKEN_IN_QUERY,
  },
  {
    what: 'an escaped token in the query of MCP',
    send: (token) => ({ method: 'POST', path: `/mcp?a=b&access%5ftoken=${token}`, body: '{}' }),
    expected: TOKEN_IN_QUERY,
  },
  {
    what: 'a token in a cookie',
    send: (token) => ({ ...ECHO_CALL, headers: [['cookie', `access_token=${token}; authorization=${token}`]] }),
    expected: NO_TOKEN,
  },
  {
    what: 'a token in other headers',
    send: (token) => ({
      ...ECHO_CALL,
      headers: ['x-access-token', 'x-forwarded-access-token', 'x-amzn-oidc-data', 'proxy-authorization'].map(
        (name): readonly [string, string] => [name, `Bearer ${token}`],
      ),
    }),
    expected: NO_TOKEN,
  },
  {
    what: 'a token in the body',
    send: (token) => ({ ...ECHO_CALL, body: JSON.stringify({ name: 'echo', arguments: {}, access_token: token }) }),
    expected: NO_TOKEN,
  },
  {
    what: 'an identity that a proxy might have set',
    send: () => ({
      ...ECHO_CALL,
      headers: [
        ['x-forwarded-user', 'root'],
        ['x-forwarded-for', '127.0.0.1'],
        ['x-original-url', '/health'],
        ['x-rewrite-url', '/health'],
        ['x-http-method-override', 'GET'],
      ],
    }),
    expected: NO_TOKEN,
  },
  ...[
    '//mcp',
    '/mcp/',
    '/health/../mcp',
    '/mcp%2f',
    '/mcp%2Ftools',
    '/%6dcp',
    '/MCP',
    '/mcp;x=1',
    '/mcp/.',
    '/./mcp',
  ].map(path),
  ...['/health/', '/health/mcp', '/metrics/../auth/whoami', '/mcp/tools/call/', '/mcp\\tools', '/auth', '/auth/'].map(
    path,
  ),
  ...['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/.env', '/token'].map(path),
];

export interface HostCase {
  readonly what: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly isAllowed: boolean;
  readonly message?: string;
}

const FOREIGN_HOST =
  'The Host header is not one that this server answers to: use its configured name, or have the operator add yours to MCP_ALLOWED_HOSTS.';
const FOREIGN_ORIGIN = 'Pages of this Origin may not call: have the operator add it to MCP_ALLOWED_ORIGINS.';

const host = (value: string, isAllowed: boolean): HostCase => ({
  what: `Host ${value}`,
  headers: [['host', value]],
  isAllowed,
  message: FOREIGN_HOST,
});
const origin = (value: string, isAllowed: boolean): HostCase => ({
  what: `Origin ${value}`,
  headers: [['origin', value]],
  isAllowed,
  message: FOREIGN_ORIGIN,
});

export const HOST_CASES: readonly HostCase[] = [
  host(HOST, true),
  host(`${HOST}:8443`, true),
  host('MCP.example.com', true),
  host('localhost:3334', true),
  host('127.0.0.1', true),
  host('[::1]:3334', true),
  host('cloudwatch-mcp:3334', true),
  host('evil.example.org', false),
  host(`${HOST}.evil.example.org`, false),
  host(`evil.example.org:3334`, false),
  host(`${HOST}@evil.example.org`, false),
  host('169.254.169.254', false),
  host('10.0.0.7:3334', false),
  host('localhost.', false),
  host('127.0.0.1.nip.io', false),
  origin('https://chat.example.com', true),
  origin(`https://${HOST}`, true),
  origin('http://chat.example.com', false),
  origin('https://chat.example.com:8443', false),
  origin('https://evil.example.org', false),
  origin('https://chat.example.com.evil.example.org', false),
  origin('null', false),
  origin('file://', false),
];

export async function withToken(bench: AuthBench, text: string): Promise<string> {
  return text.includes('TOKEN') ? text.replaceAll('TOKEN', await bench.token()) : text;
}
