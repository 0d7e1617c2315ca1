/** Where a refusal was kept until the JSON-RPC method is known: lets the handshake pass, refuses the rest. Stands after json-body. */
import { isHandshake } from '../auth/handshake.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export function handshake(): Middleware {
  function before({ context }: MiddlewareRequest): void {
    const { refusal, parsedBody } = context;
    if (refusal !== undefined && !isHandshake(parsedBody)) throw refusal;
  }

  return { name: 'handshake', before };
}
