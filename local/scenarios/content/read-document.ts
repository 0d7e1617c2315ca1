import type {
  AlarmHistoryItem,
  AnomalyDetector,
  CompositeAlarm,
  GetAlarmMuteRuleOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type {
  Anomaly,
  IndexPolicy,
  AnomalyDetector as LogAnomalyDetector,
  QueryDefinition,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ServiceGraphEntry, Trace } from '../../data/traces/application-records.ts';
import type { KnownEvent } from '../../data/trail/record-event.ts';
import type { Placed } from '../document.ts';
import type { ScenarioClock } from '../format/clock.ts';
import { SCENARIO } from '../format/document-shape.ts';
import type { EventTable } from '../format/event-table.ts';
import { FaultList } from '../format/faults.ts';
import type { ScenarioAccount } from '../scenario.ts';

export interface ReadMetric extends Placed {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Unit?: string;
  readonly period: number;
  readonly start: number;
  readonly values?: Float64Array;
  readonly statistics?: Readonly<Record<string, Float64Array>>;
}

export interface ReadLogGroup extends Placed {
  readonly logGroupName: string;
  readonly logGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  readonly retentionInDays?: number;
  readonly storedBytes?: number;
  readonly creationTime?: number;
  readonly metricFilterCount?: number;
  readonly kmsKeyId?: string;
  readonly dataProtectionStatus?: string;
  readonly events?: EventTable;
  readonly eventsFile?: string;
}

export interface ReadDashboard extends Placed {
  readonly DashboardName: string;
  readonly LastModified?: number;
  readonly DashboardBody: object;
}

/** A document whose members are right: AWS's shapes with instants in place of relative times. */
export interface ReadDocument {
  readonly name: string;
  readonly description?: string;
  readonly region?: string;
  readonly account?: string;
  readonly accounts?: readonly ScenarioAccount[];
  readonly linkedAccounts?: readonly { readonly monitoring: string; readonly source: string }[];
  readonly metricAlarms?: readonly (MetricAlarm & Placed)[];
  readonly compositeAlarms?: readonly (CompositeAlarm & Placed)[];
  readonly logAlarms?: readonly (LogAlarm & Placed)[];
  readonly alarmHistory?: readonly (AlarmHistoryItem & Placed)[];
  readonly muteRules?: readonly (GetAlarmMuteRuleOutput & Placed)[];
  readonly metrics?: readonly ReadMetric[];
  readonly logGroups?: readonly ReadLogGroup[];
  readonly queryDefinitions?: readonly (QueryDefinition & Placed)[];
  readonly anomalyDetectors?: readonly ((AnomalyDetector | LogAnomalyDetector) & Placed)[];
  readonly anomalies?: readonly (Anomaly & Placed)[];
  readonly dashboards?: readonly ReadDashboard[];
  readonly indexPolicies?: readonly (IndexPolicy & Placed)[];
  readonly events?: readonly (KnownEvent & Placed)[];
  readonly serviceGraph?: readonly (ServiceGraphEntry & Placed)[];
  readonly traces?: readonly (Trace & Placed)[];
  readonly services?: readonly PlacedRecord[];
  readonly slos?: readonly PlacedRecord[];
  readonly tags?: readonly PlacedRecord[];
}

/** An item of AWS's shape whose members are not looked at. */
export type PlacedRecord = Readonly<Record<string, unknown>> & Placed;

/**
 * Checks a document and sets its times.
 * @param source what the faults are told of, e.g. the file's name
 * @throws ScenarioError with all faults of the members
 */
export function readDocument(
  document: unknown,
  source: string,
  clock: ScenarioClock,
  faults: FaultList = new FaultList(),
): ReadDocument {
  const read = SCENARIO(document, { path: '', faults, clock });
  faults.throwIfAny(source);
  // The shapes are the interface's: what passed them has its members.
  return read as unknown as ReadDocument;
}
