import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch';
import type { AlarmSet } from './alarms/alarm-set.ts';
import type { LocalDashboard } from './dashboards/dashboards.ts';
import type { AnomalyData } from './logs/anomalies.ts';
import type { LogGroup } from './logs/log-group.ts';
import type { PastQuery } from './logs/query-history.ts';
import type { SavedQuery } from './logs/saved-queries.ts';
import type { MetricCatalog } from './metric-reader.ts';
import type { ApplicationRecords } from './traces/application-records.ts';
import type { TrailEvent } from './trail/trail-event.ts';

/** One account's part of one region. */
export interface Place {
  /** 12-digit id. */
  readonly account: string;
  readonly region: string;
}

/**
 * All that the services answer from. The shop makes it up, a scenario brings its own; the services do not know which
 * of the two they serve.
 */
export interface Content {
  /** Made on first use, then kept. A place where nothing is has empty lists. */
  region(place: Place): RegionContent;
  /** Source accounts whose metrics a monitoring account sees besides its own. */
  metricSources(account: string): readonly string[];
  /** By name. Dashboards belong to the account, so they are the same in every region. */
  dashboards(account: string, nowEpochMs: number): readonly LocalDashboard[];
  readonly logs: LogContent;
  /** What CloudTrail recorded, newest first; those of the time to come too. */
  trail(place: Place): readonly TrailEvent[];
  /** What X-Ray, Application Signals and the tagging API would answer; no operation serves it yet. */
  applications(place: Place): ApplicationRecords;
}

/** What CloudWatch holds of one account in one region. */
export interface RegionContent {
  readonly metrics: MetricCatalog;
  readonly anomalyDetectors: readonly AnomalyDetector[];
  /** The alarms as they stand at an instant. History may hold later items: who answers leaves them out. */
  alarmsAt(nowEpochMs: number): AlarmSet;
}

/** What CloudWatch Logs holds of all accounts and regions. */
export interface LogContent {
  /** By name. */
  readonly groups: readonly LogGroup[];
  /** Accounts whose log groups a monitoring account may read besides its own. */
  linkedAccounts(account: string): readonly string[];
  savedQueries(place: Place): readonly SavedQuery[];
  /** Queries that were run before the start, newest first. */
  queryHistory(place: Place): readonly PastQuery[];
  anomalies(place: Place): AnomalyData;
  /** Fields that the group's own index policy names; undefined = it has none. */
  indexedFields(group: LogGroup): readonly string[] | undefined;
  /** The account's index policy, which covers groups by prefix. */
  accountIndexPolicy(place: Place): AccountIndexPolicy | undefined;
}

export interface AccountIndexPolicy {
  readonly name: string;
  readonly prefix: string;
  readonly fields: readonly string[];
}
