/** What tools may ask about alarms, in one account and region. */
import type { Alarm, AlarmKind, AlarmState } from '../../domain/alarms/alarm.ts';
import type { AlarmHistoryItem, HistoryItemType } from '../../domain/alarms/alarm-history.ts';
import type { AnomalyDetector } from '../../domain/alarms/anomaly-detector.ts';
import type { MetricIdentity } from './metrics.ts';
import type { Pages } from './pages.ts';

/** Alarms of every kind; `names` and `namePrefix` exclude each other. */
export interface AlarmQuery {
  readonly state?: AlarmState | undefined;
  readonly namePrefix?: string | undefined;
  /** At most 100. */
  readonly names?: readonly string[] | undefined;
  /** Every kind when left out. */
  readonly kinds?: readonly AlarmKind[] | undefined;
  /** Alarms of a page, 1–100; default 100. One tells whether there is any. */
  readonly pageSize?: number | undefined;
}

/** Another alarm that a composite alarm's rule names; the service tells no more about it. */
export interface RelatedAlarm {
  readonly name: string;
  readonly state?: AlarmState | undefined;
  readonly updatedEpochMs?: number | undefined;
}

/** `active` mutes at this moment; `scheduled` will, sooner or later. */
export type MuteRuleState = 'active' | 'scheduled';

export interface MuteRule {
  readonly name: string;
  readonly state: MuteRuleState;
  readonly alarmNames: readonly string[];
  /** `at(…)` or `cron(…)`. */
  readonly schedule?: string | undefined;
  /** ISO 8601 duration, e.g. `PT4H`. */
  readonly duration?: string | undefined;
  readonly expiresEpochMs?: number | undefined;
  readonly startsEpochMs?: number | undefined;
  /** Of the schedule; UTC where there is none. */
  readonly timeZone?: string | undefined;
  readonly description?: string | undefined;
}

/** One of the series behind an alarm that watches several. */
export interface AlarmContributor {
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly reason?: string | undefined;
  readonly sinceEpochMs?: number | undefined;
}

export interface AnomalyDetectors {
  readonly detectors: readonly AnomalyDetector[];
  /** False when there are more than the one page that is read. */
  readonly isComplete: boolean;
}

export interface AlarmHistoryQuery {
  /** Of all alarms when left out. */
  readonly alarmName?: string | undefined;
  /** All types when left out. */
  readonly type?: HistoryItemType | undefined;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

export interface AlarmsPort {
  /** Metric, composite and log alarms, in pages of at most 100; stop iterating to stop asking. */
  describeAlarms(query: AlarmQuery, signal: AbortSignal): Pages<Alarm>;
  /**
   * The metric alarms on exactly this metric, of every statistic and period. Alarms on metric math are not found by it
   * (DescribeAlarmsForMetric, API reference), and whether those on an anomaly band are is not documented.
   */
  describeAlarmsForMetric(metric: MetricIdentity, signal: AbortSignal): Promise<readonly Alarm[]>;
  /** The alarms that a composite alarm's rule names directly; empty for other kinds. At most 500. */
  listChildren(alarmName: string, signal: AbortSignal): Promise<readonly RelatedAlarm[]>;
  /** The composite alarms whose rule names this alarm directly. At most 500. */
  listParents(alarmName: string, signal: AbortSignal): Promise<readonly RelatedAlarm[]>;
  /** The series in ALARM behind an alarm that watches several; empty for one that watches a single series. At most 100. */
  listContributors(alarmName: string, signal: AbortSignal): Promise<readonly AlarmContributor[]>;
  /** The mute rules in one of the states, of all alarms. At most 100. */
  listMuteRules(states: readonly MuteRuleState[], signal: AbortSignal): Promise<readonly MuteRule[]>;
  /** The anomaly detectors on this metric, of every statistic; those on metric math when it is left out. One call, at most 100. */
  listAnomalyDetectors(metric: MetricIdentity | undefined, signal: AbortSignal): Promise<AnomalyDetectors>;
  /** Names of the rules that mute this alarm at this moment: one call, however many there are. At most 100. */
  listMutingRules(alarmName: string, signal: AbortSignal): Promise<readonly string[]>;
  /** The history of one alarm or of all, whatever their kind, newest first, in pages of at most 100. Empty for an unknown name. */
  describeHistory(query: AlarmHistoryQuery, signal: AbortSignal): Pages<AlarmHistoryItem>;
}
