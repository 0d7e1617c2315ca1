import { createAlarmsPort } from './alarms.ts';
import type { ClientPool } from './client-pool.ts';
import { createConnection } from './connection.ts';
import { createIdentityPort } from './identity.ts';
import { createLogIndexesPort } from './log-indexes.ts';
import { createLogsPort } from './logs.ts';
import { createMetricsPort } from './metrics.ts';
import type { AwsPorts } from './ports/ports.ts';
import type { Target } from './ports/targets.ts';

/** The ports of one target over the pool's clients. */
export function createPorts(pool: ClientPool, target: Target): AwsPorts {
  const aws = createConnection(target, pool.clientsFor(target));
  return {
    alarms: createAlarmsPort(aws),
    logs: createLogsPort(aws),
    logIndexes: createLogIndexesPort(aws),
    metrics: createMetricsPort(aws),
    identity: createIdentityPort(aws),
  };
}
