/**
 * The open connections of the server, how many there may be, and what goes on in them. Node's own `maxConnections` would
 * shut out the kubelet with everybody else, its `closeIdleConnections` spares connections that never sent a request
 * (load balancers and browsers open them ahead), and its timeouts stop with `close`: a drain would hang.
 */
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** At this many, whoever is idle longest makes room for the next; where nobody is idle, it joins the reserve. */
  readonly maxOpen: number;
  /** Connections above `maxOpen`, for probes; the oldest makes room for the next. */
  readonly maxReserve: number;
  /** A probe sends its request at once. */
  readonly reserveHeadMs: number;
}

export interface Connections {
  add(socket: Socket): void;
  readonly count: number;
  /** Whether the connection is one above the cap. */
  isReserve(socket: object): boolean;
  /** Counts a request on the socket until the returned function is called; pipelining may put several on one. */
  beginRequest(socket: Socket): () => void;
  /** From when the answer may be on its way until the returned function is called. */
  beginAnswer(socket: Socket): () => void;
  isAnswering(socket: object): boolean;
  /** Closes every connection without a request. */
  closeIdle(): void;
  /** Resolves when no connection is open, at the latest after `maxMs`. */
  whenEmpty(maxMs: number): Promise<void>;
}

interface State {
  requests: number;
  answers: number;
}

export function createConnections({ maxOpen, maxReserve, reserveHeadMs }: ConnectionLimits): Connections {
  // Whoever has been idle longest stands first.
  const open = new Map<object, State & { readonly socket: Socket }>();
  const reserve = new Map<object, State & { readonly socket: Socket }>();
  const stateOf = (socket: object): State | undefined => open.get(socket) ?? reserve.get(socket);

  function count(socket: Socket, key: keyof State): () => void {
    const state = stateOf(socket);
    if (state === undefined) return () => undefined;
    state[key] += 1;
    return () => {
      state[key] -= 1;
      touch(socket);
    };
  }

  function touch(socket: Socket): void {
    const state = open.get(socket);
    if (state === undefined) return;
    open.delete(socket);
    open.set(socket, state);
  }

  function findIdle(): Socket | undefined {
    for (const { requests, socket } of open.values()) if (requests === 0) return socket;
    return undefined;
  }

  function enter(sockets: typeof open, socket: Socket): void {
    sockets.set(socket, { requests: 0, answers: 0, socket });
  }

  function joinReserve(socket: Socket): void {
    const [oldest] = reserve.values();
    if (reserve.size >= maxReserve && oldest !== undefined) remove(oldest.socket);
    enter(reserve, socket);
    const timer = setTimeout(() => {
      if (reserve.get(socket)?.requests === 0) socket.destroy();
    }, reserveHeadMs);
    socket.once('close', () => clearTimeout(timer));
  }

  /** At once: the event of the closed socket comes later, and until then it would be counted. */
  function remove(socket: Socket): void {
    open.delete(socket);
    reserve.delete(socket);
    socket.destroy();
  }

  return {
    get count() {
      return open.size + reserve.size;
    },
    add(socket) {
      const idle = open.size >= maxOpen ? findIdle() : undefined;
      if (idle !== undefined) remove(idle);
      if (open.size < maxOpen) enter(open, socket);
      else joinReserve(socket);
      socket.once('close', () => remove(socket));
    },
    isReserve: (socket) => reserve.has(socket),
    beginRequest: (socket) => count(socket, 'requests'),
    beginAnswer: (socket) => count(socket, 'answers'),
    isAnswering: (socket) => (stateOf(socket)?.answers ?? 0) > 0,
    closeIdle() {
      for (const { socket, requests } of [...open.values(), ...reserve.values()]) {
        // Soon: what is written already still leaves.
        if (requests === 0 && !socket.writableEnded) socket.destroySoon();
      }
    },
    whenEmpty(maxMs) {
      const sockets = [...open.values(), ...reserve.values()].map(({ socket }) => socket);
      if (sockets.length === 0) return Promise.resolve();
      let left = sockets.length;
      return new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(finish, maxMs);
        for (const socket of sockets) {
          socket.once('close', () => {
            left -= 1;
            if (left === 0) finish();
          });
        }
      });
    },
  };
}
