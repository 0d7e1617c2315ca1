/** The program with authentication on, a stand-in issuer, and two ways to ask it: over HTTP and through the Lambda adapter. */
import { request as httpRequest } from 'node:http';
import { encodeBody } from '../../lib/http/event-body.ts';
import type { HttpEvent } from '../../lib/http/types.ts';
import { type IssuerStandIn, startIssuer } from '../support/issuer-stand-in.ts';
import { invokeLambda } from '../support/lambda-runtime.ts';
import { startTestServer, type TestAppOptions, type TestServer } from '../support/test-app.ts';
import { type Claims, createKey, mint, nowSeconds, type SigningKey } from '../support/token-mint.ts';

export const TRANSPORTS = ['HTTP', 'Lambda'] as const;
export type Via = (typeof TRANSPORTS)[number];

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  /** Pairs, so that one name can come twice; `host` may be left out. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const AUDIENCE = 'cloudwatch-mcp';
const RESOURCE_URL = 'https://mcp.example.com/mcp';
export const HOST = 'mcp.example.com';
/** Subjects and addresses that must show up in no log and in no answer but the person's own whoami. */
export const SUBJECT = 'olivia.ops@example.com';
export const EMAIL = 'olivia.private@example.net';

export const BASE_ENV = {
  ENABLE_AUTH: 'true',
  AWS_IDENTITY_CENTER_CLIENT_ID: AUDIENCE,
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::123456789012:role/CloudWatchMCPRole',
  AUTH_REQUIRED_SCOPES: 'logs:read',
  MCP_RESOURCE_URL: RESOURCE_URL,
  MCP_ALLOWED_ORIGINS: 'https://chat.example.com',
} as const;

export interface AuthBench {
  readonly issuer: IssuerStandIn;
  readonly key: SigningKey;
  readonly ecKey: SigningKey;
  readonly server: TestServer;
  readonly claims: (changes?: Claims) => Claims;
  token(changes?: Claims, header?: Claims): Promise<string>;
  ask(via: Via, sent: Sent): Promise<Received>;
  /** One call of the tool `echo`, in the plain REST form. */
  call(via: Via, token?: string): Promise<Received>;
  /** Every answer so far, as text. */
  readonly answers: readonly string[];
  stop(): Promise<void>;
}

export interface BenchOptions extends Omit<TestAppOptions, 'env'> {
  readonly env?: Readonly<Record<string, string>>;
  readonly issuer?: IssuerStandIn;
}

const keys = Promise.all([createKey({ kid: 'rsa-1' }), createKey({ kid: 'ec-1', alg: 'ES256' })]);

export async function startAuthBench({ env, issuer: given, ...options }: BenchOptions = {}): Promise<AuthBench> {
  const [key, ecKey] = await keys;
  const issuer = given ?? (await startIssuer([key.jwk, ecKey.jwk]));
  const server = await startTestServer({
    ...options,
    env: { ...BASE_ENV, AWS_IDENTITY_CENTER_ISSUER: issuer.issuer, ...env },
  });
  const answers: string[] = [];
  const claims = (changes: Claims = {}): Claims => ({
    iss: issuer.issuer,
    sub: SUBJECT,
    aud: AUDIENCE,
    email: EMAIL,
    scope: 'openid logs:read',
    iat: nowSeconds() - 5,
    exp: nowSeconds() + 600,
    ...changes,
  });

  async function ask(via: Via, sent: Sent): Promise<Received> {
    const complete = withDefaults(sent);
    const received = via === 'HTTP' ? await askHttp(server.port, complete) : await askLambda(server, complete);
    answers.push(JSON.stringify([received.headers, received.text]));
    return received;
  }

  return {
    issuer,
    key,
    ecKey,
    server,
    answers,
    claims,
    ask,
    token: (changes, header) => mint(key, claims(changes), header),
    call: (via, token) =>
      ask(via, { ...ECHO_CALL, headers: token === undefined ? [] : [['authorization', `Bearer ${token}`]] }),
    async stop() {
      await server.stop();
      await issuer.close();
    },
  };
}

export const ECHO_CALL = {
  method: 'POST',
  path: '/mcp/tools/call',
  body: JSON.stringify({ name: 'echo', arguments: { text: 'hi' } }),
} as const;

type Complete = Required<Sent>;

function withDefaults({ method = 'GET', path = '/', headers = [], body = '' }: Sent): Complete {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const more: [string, string][] = [];
  if (!names.has('host')) more.push(['host', HOST]);
  if (body !== '' && !names.has('content-type')) more.push(['content-type', 'application/json']);
  return { method, path, headers: [...more, ...headers], body };
}

function askHttp(port: number, { method, path, headers, body }: Complete): Promise<Received> {
  return new Promise((resolve, reject) => {
    const length = ['content-length', String(Buffer.byteLength(body))];
    const flat = [...headers.flat(), ...(body === '' ? [] : length)];
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers: flat }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** Repeated headers are joined by a comma, as a Function URL does. */
async function askLambda(server: TestServer, { method, path, headers, body }: Complete): Promise<Received> {
  const joined: Record<string, string> = {};
  for (const [name, value] of headers) {
    const earlier = joined[name.toLowerCase()];
    joined[name.toLowerCase()] = earlier === undefined ? value : `${earlier},${value}`;
  }
  const [rawPath = '', ...query] = path.split('?');
  const event: HttpEvent = {
    version: '2.0',
    rawPath,
    rawQueryString: query.join('?'),
    headers: joined,
    requestContext: { requestId: 'lambda-1', http: { method, path: rawPath, sourceIp: '192.0.2.1' } },
    ...encodeBody(Buffer.from(body)),
  };
  const answer = await invokeLambda(server.app.route, event);
  const { statusCode = 0, headers: sentHeaders = {} } = answer.prelude ?? {};
  return { status: statusCode, headers: { ...sentHeaders }, text: answer.body.toString() };
}
