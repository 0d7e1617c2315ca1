/**
 * Requests that come behind each other on one connection, before the first is answered. Node hands out at once all that came in
 * a piece; hundreds of them would hold the event loop for most of a second, though their answers wait for each other anyway.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** More than any client sends ahead; whoever does, floods. */
export const MAX_PIPELINED = 100;
/** One that takes longer waits for AWS and not for this thread: the next one begins meanwhile. */
const MAX_WAIT_MS = 20;

interface Line {
  /** Requests that are not answered. */
  length: number;
  /** When the next one may begin. */
  turn: Promise<void>;
}

export interface Pipelining {
  /** Calls `begin` in the request's turn; not at all where its connection is gone by then. Cuts a connection of too many. */
  take(request: IncomingMessage, response: ServerResponse, begin: () => void): void;
}

export function createPipelining(): Pipelining {
  const lines = new WeakMap<Socket, Line>();
  return {
    take(request, response, begin) {
      const { socket } = request;
      // It may fail before its turn; without a listener the error would end the process.
      request.on('error', () => undefined);
      const line = lines.get(socket) ?? { length: 0, turn: Promise.resolve() };
      lines.set(socket, line);
      line.length += 1;
      response.once('close', () => {
        line.length -= 1;
      });
      if (line.length > MAX_PIPELINED) socket.destroy();
      else if (line.length === 1) {
        begin();
        line.turn = answered(response);
      } else {
        line.turn = line.turn.then(nextTurn).then(() => {
          if (response.closed || socket.destroyed) return undefined;
          begin();
          return answered(response);
        });
      }
    },
  };
}

function answered(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, MAX_WAIT_MS);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
