import { LOG_GROUPS, SHOP } from '../../scenario.ts';
import type { LogWorld } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, trafficAt } from './minute-writer.ts';
import { integerBetween, pick, uuid } from './random.ts';

const REQUESTS_PER_MINUTE = 12;
const GATEWAY_TIMEOUT_MS = 29_000;

export const API_STREAMS = ['5f93f983524def3dca464469d2cf9f3e', '1c383cd30b7c298ab50293adfecb7b18'] as const;

const ROUTES = [
  'GET /products',
  'GET /search',
  'POST /cart',
  'POST /checkout',
  'POST /checkout',
  'GET /recommendations',
] as const;

/** Access log of the shop's API: 5xx on `/checkout` since the time-outs began. */
export function apiAccessEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.apiAccess, ({ random, phase, minuteEpochMs, write }) => {
    const count = Math.round(REQUESTS_PER_MINUTE * trafficAt(minuteEpochMs));
    for (let index = 0; index < count; index += 1) {
      const offsetMs = random() * 59_000;
      const [httpMethod = 'GET', resourcePath = '/'] = pick(random, ROUTES).split(' ');
      const isCheckout = resourcePath === '/checkout';
      const isFailed = isCheckout && phase.isFailing && random() < 0.38;
      const slowMs = isCheckout && phase.isDeployed ? 1_800 * phase.severity * (0.5 + random()) : 0;
      const responseLatencyMs = isFailed ? 15_040 + random() * 200 : 30 + random() * 180 + slowMs;
      const status = isFailed ? pick(random, [502, 504]) : pick(random, [200, 200, 200, 200, 201, 304, 200, 404]);
      const record = {
        requestId: uuid(random),
        requestTimeEpoch: minuteEpochMs + Math.round(offsetMs),
        apiId: SHOP.api,
        stage: SHOP.apiStage,
        httpMethod,
        resourcePath,
        status,
        responseLatency: Math.round(Math.min(GATEWAY_TIMEOUT_MS, responseLatencyMs)),
        responseLength: isFailed ? 36 : integerBetween(random, 200, 40_000),
        ip: `203.0.113.${integerBetween(random, 1, 254)}`,
        userAgent: pick(random, ['Mozilla/5.0 (iPhone)', 'Mozilla/5.0 (Windows NT 10.0)', 'shop-app/7.2.1']),
      };
      write(offsetMs, pick(random, API_STREAMS), JSON.stringify(record));
    }
  });
}
