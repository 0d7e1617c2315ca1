import type {
  AlarmHistoryItem,
  AnomalyDetector,
  CompositeAlarm,
  GetAlarmMuteRuleOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { Anomaly, AnomalyDetector as LogAnomalyDetector, QueryDefinition } from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceGraphEntry, Trace } from '../data/traces/application-records.ts';
import type { KnownEvent } from '../data/trail/record-event.ts';
import type { ScenarioAccount } from './scenario.ts';

/** The members of an AWS shape as a file holds them: every time in seconds relative to the anchor. */
export type Written<Shape> = Shape extends Date
  ? number
  : Shape extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : Shape extends object
      ? { readonly [Member in keyof Shape]: Written<Shape[Member]> }
      : Shape;

/** Where an item lies, if not where the whole scenario does. */
export interface Placed {
  readonly region?: string;
  /** Alias or 12-digit id. */
  readonly account?: string;
}

/** Numbers of a series: null = no datapoint; what was read from a file is typed, with NaN for null. */
export type WrittenNumbers = Float64Array | readonly (number | null)[];

export interface WrittenMetric extends Placed {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Unit?: string;
  /** Seconds. */
  readonly period: number;
  /** Time of the first value. */
  readonly start: number;
  /** One observation a period. */
  readonly values?: WrittenNumbers;
  /** SampleCount, Sum, Minimum, Maximum and percentiles such as p99, all of one length. */
  readonly statistics?: Readonly<Record<string, WrittenNumbers>>;
}

/** Time, log stream and message. */
export type WrittenEvent = readonly [time: number, logStream: string, message: string];

export interface WrittenLogGroup extends Placed {
  readonly logGroupName: string;
  readonly logGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  readonly retentionInDays?: number;
  readonly storedBytes?: number;
  readonly creationTime?: number;
  readonly metricFilterCount?: number;
  readonly kmsKeyId?: string;
  readonly dataProtectionStatus?: string;
  /** Ascending by time. */
  readonly events?: readonly WrittenEvent[];
  /** Instead of events: a file of such triples, one a line, relative to the scenario's own. */
  readonly eventsFile?: string;
}

export interface WrittenDashboard extends Placed {
  readonly DashboardName: string;
  readonly LastModified?: number;
  readonly DashboardBody: object;
}

export type WrittenHistoryItem = Omit<Written<AlarmHistoryItem>, 'HistoryData'> &
  Placed & { readonly HistoryData?: object | string };
/** QueryDefinition, whose times AWS counts in milliseconds and a scenario in seconds. */
export type WrittenQueryDefinition = QueryDefinition & Placed;

/** An incident as a file holds it (format 1). What it does not mention does not exist. */
export interface ScenarioDocument {
  readonly format: 1;
  readonly name: string;
  readonly description?: string;
  readonly region?: string;
  readonly account?: string;
  readonly accounts?: readonly ScenarioAccount[];
  readonly linkedAccounts?: readonly { readonly monitoring: string; readonly source: string }[];
  readonly metricAlarms?: readonly (Written<MetricAlarm> & Placed)[];
  readonly compositeAlarms?: readonly (Written<CompositeAlarm> & Placed)[];
  readonly logAlarms?: readonly (Written<LogAlarm> & Placed)[];
  readonly alarmHistory?: readonly WrittenHistoryItem[];
  readonly muteRules?: readonly (Written<Omit<GetAlarmMuteRuleOutput, '$metadata'>> & Placed)[];
  readonly metrics?: readonly WrittenMetric[];
  readonly logGroups?: readonly WrittenLogGroup[];
  readonly queryDefinitions?: readonly WrittenQueryDefinition[];
  /** Of metrics. */
  readonly anomalyDetectors?: readonly (Written<AnomalyDetector> & Placed)[];
  /** Anomalies that log anomaly detectors found. */
  readonly anomalies?: readonly (Anomaly & Placed)[];
  readonly logAnomalyDetectors?: readonly (LogAnomalyDetector & Placed)[];
  readonly dashboards?: readonly WrittenDashboard[];
  readonly indexPolicies?: readonly (Placed & {
    readonly logGroupIdentifier?: string;
    readonly policyDocument?: string;
  })[];
  /** CloudTrail; the record as an object. */
  readonly events?: readonly (Written<KnownEvent> & Placed)[];
  /** Kept for operations that are not served yet. */
  readonly serviceGraph?: readonly (Written<ServiceGraphEntry> & Placed)[];
  readonly traces?: readonly (Trace & Placed)[];
  readonly services?: readonly object[];
  readonly slos?: readonly object[];
  readonly tags?: readonly object[];
}
