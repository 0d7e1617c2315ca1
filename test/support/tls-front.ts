/**
 * TLS in front of plain servers of loopback, under the names of AWS: what stands behind a tunnel. The certificate is of an
 * authority that no machine trusts (`tls/`, made by openssl; it has no other use), valid for *.us-east-1.amazonaws.com,
 * portal.sso.us-east-1.amazonaws.com, login.example.com and loopback.
 */
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, 'tls');
/** For NODE_EXTRA_CA_CERTS. */
export const AUTHORITY_FILE = join(FOLDER, 'ca.pem');

export interface SeenRequest {
  readonly host: string;
  readonly userAgent: string;
}

export interface TlsFront {
  readonly port: number;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

/** @param target where everything goes: a port of loopback, or a handler that answers by itself */
export async function startTlsFront(
  target: number | ((message: IncomingMessage, response: ServerResponse) => void),
): Promise<TlsFront> {
  const seen: SeenRequest[] = [];
  const files = { key: readFileSync(join(FOLDER, 'server.key')), cert: readFileSync(join(FOLDER, 'server.pem')) };
  const server = createServer(files, (message, response) => {
    const { method, url, headers } = message;
    seen.push({ host: headers.host ?? '', userAgent: headers['user-agent'] ?? '' });
    if (typeof target !== 'number') {
      target(message, response);
      return;
    }
    const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
    });
    onward.on('error', () => response.destroy());
    message.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
