/** The shared base around every route, 404 included: each answer has its id, its log line and its headers. */
import { createHostPolicy } from '../lib/http/host-policy.ts';
import { accessLog } from '../lib/middleware/access-log.ts';
import { capacity } from '../lib/middleware/capacity.ts';
import { compose } from '../lib/middleware/compose.ts';
import { cors } from '../lib/middleware/cors.ts';
import { errorBoundary } from '../lib/middleware/error-boundary.ts';
import { head } from '../lib/middleware/head.ts';
import { requestId } from '../lib/middleware/request-id.ts';
import { securityHeaders } from '../lib/middleware/security-headers.ts';
import type { ComposedHandler, Handler } from '../lib/middleware/types.ts';
import type { BaseApp } from './app.ts';

export function withBase(app: BaseApp, handler: Handler): ComposedHandler {
  const { logger, metrics, clock = Date.now } = app;
  return compose(
    handler,
    [
      requestId(),
      accessLog({ logger, metrics, clock }),
      head(),
      cors(createHostPolicy(app.config)),
      securityHeaders(),
      errorBoundary(logger),
      capacity(),
    ],
    { hasTimeout: true },
  );
}
