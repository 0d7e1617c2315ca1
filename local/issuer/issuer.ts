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
  /** From now on another key signs, under another id, and it alone is published. */
  rotateKey(): Promise<void>;
  close(): Promise<void>;
}

export async function startLocalIssuer(options: LocalIssuerOptions = {}): Promise<LocalIssuer> {
  const audience = options.audience ?? DEFAULT_AUDIENCE;
  const server = createServer();
  const issuer = `http://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  let keys = 0;
  async function openWithNewKey() {
    const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
    const kid = keys === 0 ? KEY_ID : `${KEY_ID}-${keys}`;
    keys += 1;
    const key = { ...(await exportJWK(privateKey)), kid, alg: ALGORITHM, use: 'sig' };
    const provider = createProvider({ issuer, audience, key });
    return { provider, answer: provider.callback(), privateKey, kid };
  }
  let current = await openWithNewKey();
  server.on('request', (request, response) => {
    request.url = withDefaultScope(request.url ?? '/');
    const { provider, answer } = current;
    const isSignIn = request.url.startsWith('/interaction/');
    const answered = isSignIn ? serveSignIn(request, response, provider) : answer(request, response);
    answered.catch(() => response.writeHead(400).end('The sign-in is over or was never begun.\n'));
  });
  return {
    issuer,
    audience,
    async mint(subject, claims = {}) {
      const { kid, privateKey } = current;
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
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .sign(privateKey);
    },
    async rotateKey() {
      current = await openWithNewKey();
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
