/**
 * The open connections of the server and what goes on in them. Node's own `closeIdleConnections` spares those that never
 * sent a request (load balancers and browsers open them ahead), and its timeouts stop with `close`: a drain would hang.
 */
import type { Socket } from 'node:net';

export interface Connections {
  add(socket: Socket): void;
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

export function createConnections(): Connections {
  const states = new Map<object, State>();
  const open = new Set<Socket>();

  function count(socket: Socket, key: keyof State): () => void {
    const state = states.get(socket) ?? { requests: 0, answers: 0 };
    state[key] += 1;
    return () => {
      state[key] -= 1;
    };
  }

  return {
    add(socket) {
      open.add(socket);
      states.set(socket, { requests: 0, answers: 0 });
      socket.once('close', () => {
        open.delete(socket);
        states.delete(socket);
      });
    },
    beginRequest: (socket) => count(socket, 'requests'),
    beginAnswer: (socket) => count(socket, 'answers'),
    isAnswering: (socket) => (states.get(socket)?.answers ?? 0) > 0,
    closeIdle() {
      for (const socket of open) {
        // Soon: what is written already still leaves.
        if (states.get(socket)?.requests === 0 && !socket.writableEnded) socket.destroySoon();
      }
    },
    whenEmpty(maxMs) {
      if (open.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(finish, maxMs);
        for (const socket of open) socket.once('close', () => open.size === 0 && finish());
      });
    },
  };
}
