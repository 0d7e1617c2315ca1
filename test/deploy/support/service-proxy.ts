/**
 * A Kubernetes Service as kube-proxy makes it: each new TCP connection goes to one of the endpoints of the moment; a
 * connection that exists stays where it is.
 */
import { connect, createServer, type Socket } from 'node:net';

export interface ServiceProxy {
  readonly port: number;
  /** From now on new connections go to these ports. */
  setEndpoints(ports: readonly number[]): void;
  close(): Promise<void>;
}

export async function startServiceProxy(): Promise<ServiceProxy> {
  let endpoints: readonly number[] = [];
  let next = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const port = endpoints[next % endpoints.length];
    next += 1;
    if (port === undefined) {
      client.destroy();
      return;
    }
    const pod = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, to] of [
      [client, pod],
      [pod, client],
    ] as const) {
      open.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.once('close', () => open.delete(from));
      // A reset is passed on as a reset.
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    setEndpoints(ports) {
      endpoints = ports;
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
