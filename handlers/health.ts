/** GET /health (the process lives), GET /ready (it may get requests), GET /metrics. Open to all, whatever the Host. */
import { setTimeout } from 'node:timers/promises';
import type { TokenVerifier } from '../lib/auth/verifier.ts';
import { AppError } from '../lib/errors.ts';
import { jsonResult } from '../lib/http/json-result.ts';
import { compose } from '../lib/middleware/compose.ts';
import { method } from '../lib/middleware/method.ts';
import type { ComposedHandler } from '../lib/middleware/types.ts';
import { VERSION } from '../lib/version.ts';
import type { App } from './app.ts';

const OK = 200;
const SERVICE_UNAVAILABLE = 503;

export function createHealthHandler(): ComposedHandler {
  const body = { status: 'ok', version: VERSION };
  return compose(async () => jsonResult(OK, body), [method('GET')]);
}

export function createReadyHandler({
  config,
  lifecycle,
  verifier,
}: Pick<App, 'config' | 'lifecycle' | 'verifier'>): ComposedHandler {
  return compose(async () => {
    const hasKeys = verifier === undefined || (await areKeysAtHand(verifier));
    const reasons = [...lifecycle.notReadyReasons(), ...(hasKeys ? [] : [NO_KEYS])];
    const isReady = reasons.length === 0;
    // A Function URL is public: it tells strangers no reasons.
    const shown = config.transport === 'lambda' ? [] : reasons;
    return jsonResult(isReady ? OK : SERVICE_UNAVAILABLE, { ready: isReady, reasons: shown });
  }, [method('GET')]);
}

const NO_KEYS = 'issuer keys: none could be loaded yet, so no token can be verified (the log names the reason)';
/** Below the default time limit of a probe in Kubernetes, 1 s. */
const KEYS_WAIT_MS = 800;

/** Each probe also looks whether keys are due, so that an idle server has fresh ones when somebody comes. */
async function areKeysAtHand(verifier: TokenVerifier): Promise<boolean> {
  const loading = verifier.loadKeys();
  if (!verifier.isReady()) await Promise.race([loading, setTimeout(KEYS_WAIT_MS, undefined, { ref: false })]);
  return verifier.isReady();
}

export function createMetricsHandler({ config, metrics }: Pick<App, 'config' | 'metrics'>): ComposedHandler {
  return compose(async () => {
    if (!config.isMetricsEnabled) {
      throw new AppError('route_not_found', 'Metrics are switched off: set CLOUDWATCH_MCP_METRICS_ENABLED=true.');
    }
    const { contentType, text } = await metrics.render();
    return { statusCode: OK, headers: { 'content-type': contentType }, body: text };
  }, [method('GET')]);
}
