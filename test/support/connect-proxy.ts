/** A forward proxy on loopback: tunnels by CONNECT, and requests in absolute form, each to where a table leads. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
  /** Port of loopback for `host:port`; what is not in it is answered with 502, as by a proxy without a route. */
  readonly routes?: Readonly<Record<string, number>>;
  /** `user:password` that must be shown; without it 407. */
  readonly credentials?: string;
  /** Status instead of a tunnel, for everybody. */
  readonly refusal?: number;
  /** Takes connections and never says a word. */
  readonly isMute?: boolean;
}

export interface ConnectProxy {
  /** With the credentials in it. */
  readonly url: string;
  readonly port: number;
  /** `CONNECT host:port` and `GET http://…`, in the order in which they came. */
  readonly asked: string[];
  close(): Promise<void>;
}

export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const { routes = {}, credentials, refusal, isMute = false } = options;
  const asked: string[] = [];
  const sockets = new Set<Duplex>();
  const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;

  function judge({ headers }: IncomingMessage, target: string): number {
    if (refusal !== undefined) return refusal;
    if (expected !== undefined && headers['proxy-authorization'] !== expected) return 407;
    return target in routes ? 200 : 502;
  }

  function tunnel(message: IncomingMessage, socket: Socket): void {
    const target = message.url ?? '';
    asked.push(`CONNECT ${target}`);
    socket.on('error', () => socket.destroy());
    if (isMute) return;
    const status = judge(message, target);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} As Told\r\nproxy-authenticate: Basic realm="proxy"\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(routes[target] ?? 0, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  }

  function passOn(message: IncomingMessage, response: ServerResponse): void {
    asked.push(`${message.method} ${message.url}`);
    if (isMute) return;
    const url = new URL(message.url ?? '');
    const status = judge(message, url.host);
    if (status !== 200) {
      response.writeHead(status).end();
      return;
    }
    const { method, headers } = message;
    const onward = request({ port: routes[url.host], method, path: url.pathname + url.search, headers }, (answer) => {
      answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers));
    });
    message.pipe(onward);
  }

  const server = createServer(passOn);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('connect', tunnel);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`,
    port,
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
