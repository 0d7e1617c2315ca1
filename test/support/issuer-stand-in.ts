/** An issuer on loopback: discovery document and key set over real HTTP, and every misbehaviour that a test wants. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';

export type Responder = (request: IncomingMessage, response: ServerResponse) => void;

export const DISCOVERY_PATH = '/.well-known/openid-configuration';
export const KEYS_PATH = '/keys';

export interface IssuerStandIn {
  /** Value of `iss`. */
  readonly issuer: string;
  readonly origin: string;
  /** Paths asked for so far, in order. */
  readonly requests: readonly string[];
  setKeys(keys: readonly JWK[]): void;
  /** Answers a path (or `*`, all of them) in another way, until {@link IssuerStandIn.recover}. */
  misbehave(path: string, responder: Responder): void;
  recover(): void;
  close(): Promise<void>;
}

/** @param suffix what follows the origin in `iss`, such as `/` or `/realms/shop` */
export async function startIssuer(keys: readonly JWK[], suffix = ''): Promise<IssuerStandIn> {
  let published = keys;
  const requests: string[] = [];
  const misbehaviours = new Map<string, Responder>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const responder = misbehaviours.get(path) ?? misbehaviours.get('*');
    if (responder !== undefined) responder(request, response);
    else if (path === `${base}${DISCOVERY_PATH}`) sendJson(response, { issuer, jwks_uri: `${origin}${KEYS_PATH}` });
    else if (path === KEYS_PATH) sendJson(response, { keys: published });
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}${suffix}`;
  const base = suffix.replace(/\/$/, '');
  return {
    issuer,
    origin,
    requests,
    setKeys(next) {
      published = next;
    },
    misbehave: (path, responder) => void misbehaviours.set(path, responder),
    recover: () => misbehaviours.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

export const hangUp: Responder = (request) => request.socket.destroy();

export const answerStatus =
  (status: number): Responder =>
  (_request, response) =>
    void response.writeHead(status).end();

export const redirectTo =
  (location: string): Responder =>
  (_request, response) =>
    void response.writeHead(302, { location }).end();

/** Never ends by itself. */
export const drip: Responder = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
};

/** Sends as fast as it is read; `onSent` learns how much left before the reader went away. */
export const flood =
  (bytes: number, onSent: (bytes: number) => void = () => undefined): Responder =>
  (_request, response) => {
    const chunk = Buffer.alloc(65_536, ' ');
    let sent = 0;
    response.writeHead(200, { 'content-type': 'application/json' });
    const send = (): void => {
      while (sent < bytes && !response.destroyed) {
        sent += chunk.byteLength;
        if (!response.write(chunk)) return void response.once('drain', send);
      }
      response.end();
    };
    response.once('close', () => onSent(sent));
    send();
  };
