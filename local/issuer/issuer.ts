/** An OIDC issuer on loopback: a real authorization server, and tokens for its sample users without asking it. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createProvider, SCOPE } from './provider.ts';
import { serveSignIn } from './sign-in.ts';
import { findUser } from './users.ts';

export const DEFAULT_AUDIENCE = 'cloudwatch-mcp';
const ALGORITHM = 'RS256';
const KEY_ID = 'local-1';
const HOUR_SECONDS = 3_600;

export interface LocalIssuerOptions {
  /** 0 or undefined = a free port. */
  readonly port?: number;
  readonly audience?: string;
}

export interface LocalIssuer {
  /** `http://127.0.0.1:<port>`, exactly as in the tokens' `iss`. */
  readonly issuer: string;
  readonly audience: string;
  /**
   * A token of a sample user for one hour, as the OAuth flow would give it.
   * @param claims replace or add claims; `undefined` removes one
   */
  mint(subject: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

export async function startLocalIssuer(options: LocalIssuerOptions = {}): Promise<LocalIssuer> {
  const audience = options.audience ?? DEFAULT_AUDIENCE;
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' };
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const provider = createProvider({ issuer, audience, key });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    request.url = withDefaultScope(request.url ?? '/');
    const isSignIn = request.url.startsWith('/interaction/');
    const answered = isSignIn ? serveSignIn(request, response, provider) : answer(request, response);
    answered.catch(() => response.writeHead(400).end('The sign-in is over or was never begun.\n'));
  });
  return {
    issuer,
    audience,
    async mint(subject, claims = {}) {
      const nowEpochSeconds = Math.floor(Date.now() / 1_000);
      return new SignJWT({
        iss: issuer,
        sub: subject,
        aud: audience,
        iat: nowEpochSeconds,
        exp: nowEpochSeconds + HOUR_SECONDS,
        email: findUser(subject)?.email,
        scope: SCOPE,
        ...claims,
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: 'JWT' })
        .sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A client that asks for no scope gets the usual one (RFC 6749, section 3.3). */
function withDefaultScope(url: string): string {
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  if (path !== '/auth' || parameters.has('scope')) return url;
  parameters.set('scope', SCOPE);
  return `${path}?${parameters.toString()}`;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
