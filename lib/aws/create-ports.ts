import { createAlarmsPort } from './alarms/alarms.ts';
import type { ByteBudget } from './answers/byte-budget.ts';
import { type ConnectionListener, createConnection } from './connection.ts';
import type { ClientSource } from './credentials/client-source.ts';
import { createDashboardsPort } from './dashboards.ts';
import { createIdentityPort } from './identity.ts';
import { createLogIndexesPort } from './logs/log-indexes.ts';
import { createLogsPort } from './logs/logs.ts';
import { createMetricsPort } from './metrics/metrics.ts';
import type { AwsPorts } from './ports/ports.ts';
import type { Target } from './ports/targets.ts';
import { createPromqlPort } from './promql/promql.ts';
import { createTrailPort } from './trail.ts';

/** The ports of one target, with the credentials of whoever the clients belong to. */
export function createPorts(
  source: ClientSource,
  target: Target,
  listener?: ConnectionListener,
  budget?: ByteBudget,
): AwsPorts {
  const aws = createConnection(target, source, listener, budget);
  return {
    alarms: createAlarmsPort(aws),
    logs: createLogsPort(aws),
    logIndexes: createLogIndexesPort(aws),
    metrics: createMetricsPort(aws),
    dashboards: createDashboardsPort(aws),
    promql: createPromqlPort(aws),
    trail: createTrailPort(aws),
    identity: createIdentityPort(aws),
  };
}
