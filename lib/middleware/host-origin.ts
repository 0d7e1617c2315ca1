/** Refuses foreign Host and Origin headers with 403. Stands after the method check and before everything that costs. */
import { AppError } from '../errors.ts';
import type { HostPolicy } from '../http/host-policy.ts';
import type { Middleware, MiddlewareRequest } from './types.ts';

export function hostOrigin(policy: HostPolicy): Middleware {
  function before({ event }: MiddlewareRequest): void {
    const { host, origin } = event.headers;
    if (!policy.isHostAllowed(host, event.requestContext.domainName)) {
      throw new AppError(
        'forbidden_host',
        'The Host header is not one that this server answers to: use its configured name, or have the operator add yours to MCP_ALLOWED_HOSTS.',
        { details: { host } },
      );
    }
    if (!policy.isOriginAllowed(origin, host)) {
      throw new AppError(
        'forbidden_origin',
        'Pages of this Origin may not call: have the operator add it to MCP_ALLOWED_ORIGINS.',
        { details: { origin } },
      );
    }
  }

  return { name: 'host-origin', before };
}
