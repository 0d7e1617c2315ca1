/**
 * The token of the request → `context.caller`. Stands after the body limit and before the body is parsed: what a
 * stranger sends is not looked into. Not here: judging the token (lib/auth).
 */
import { readBearer } from '../auth/bearer.ts';
import { type ChallengeOptions, withChallenge } from '../auth/challenge.ts';
import type { TokenVerifier } from '../auth/verifier.ts';
import { AppError, isAppError } from '../errors.ts';
import type { HttpEvent } from '../http/types.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export interface BearerAuthOptions {
  readonly verifier: Pick<TokenVerifier, 'verify'>;
  readonly challengeOf: (event: HttpEvent) => ChallengeOptions;
  /** Keeps the refusal in `context.refusal`, for where the JSON-RPC method decides (handshake.ts). */
  readonly isDeferred?: (event: HttpEvent) => boolean;
}

export function bearerAuth({ verifier, challengeOf, isDeferred = () => false }: BearerAuthOptions): Middleware {
  async function before(request: MiddlewareRequest): Promise<void> {
    const { event } = request;
    try {
      const token = readBearer(event);
      if (token === undefined) throw new AppError('unauthorized', NO_TOKEN);
      const principal = await verifier.verify(token);
      request.context = { ...request.context, caller: { principal, token } };
    } catch (error) {
      if (!isAppError(error)) throw error;
      const refusal = withChallenge(error, challengeOf(event));
      // A request that is malformed in itself is so for every method.
      if (!isDeferred(event) || error.code === 'invalid_request') throw refusal;
      request.context = { ...request.context, refusal };
    }
  }

  return { name: 'bearer-auth', before };
}

const NO_TOKEN = 'This server takes signed-in users only: send their token as Authorization: Bearer <token>.';
