import type { AlarmsPort } from './alarms.ts';
import type { DashboardsPort } from './dashboards.ts';
import type { IdentityPort } from './identity.ts';
import type { LogIndexesPort } from './log-indexes.ts';
import type { LogsPort } from './logs.ts';
import type { MetricsPort } from './metrics.ts';
import type { PromqlPort } from './promql.ts';
import type { TrailPort } from './trail.ts';

/** All that tools may ask of AWS, in one account and region. Every method takes a signal and throws AppError only. */
export interface AwsPorts {
  readonly alarms: AlarmsPort;
  readonly logs: LogsPort;
  readonly logIndexes: LogIndexesPort;
  readonly metrics: MetricsPort;
  readonly dashboards: DashboardsPort;
  readonly promql: PromqlPort;
  readonly trail: TrailPort;
  readonly identity: IdentityPort;
}
