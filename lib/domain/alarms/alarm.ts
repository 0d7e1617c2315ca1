/** Alarms as the tools see them: every kind in one shape. Names, reasons and expressions are foreign text. */

export const ALARM_STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];
export const ALARM_KINDS = ['metric', 'composite', 'log'] as const;
export type AlarmKind = (typeof ALARM_KINDS)[number];

export interface WatchedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  readonly statistic: string;
  readonly unit?: string | undefined;
  readonly periodSeconds?: number | undefined;
  /** Owner of the metric where it is not the alarm's own account: a source account linked to it. */
  readonly accountId?: string | undefined;
}

/** One entry of a metric math alarm. */
export interface WatchedQuery {
  readonly id: string;
  readonly metric?: WatchedMetric | undefined;
  readonly expression?: string | undefined;
  readonly label?: string | undefined;
  readonly periodSeconds?: number | undefined;
  readonly isReturned: boolean;
  /** As of {@link WatchedMetric}; also of an expression that looks metrics up itself. */
  readonly accountId?: string | undefined;
}

/** What an alarm looks at. */
export type AlarmWatch =
  | {
      readonly type: 'metric';
      readonly metric: WatchedMetric;
      /** Of a list of one query, which may name it. */
      readonly id?: string | undefined;
      readonly label?: string | undefined;
    }
  | {
      readonly type: 'math';
      readonly expression: string;
      readonly label?: string | undefined;
      readonly queries: readonly WatchedQuery[];
    }
  | {
      readonly type: 'anomaly';
      /** Expression of the band, e.g. `ANOMALY_DETECTION_BAND(m1, 2)`. */
      readonly band: string;
      readonly queries: readonly WatchedQuery[];
    }
  | { readonly type: 'promql'; readonly query: string; readonly pendingSeconds?: number | undefined }
  | {
      readonly type: 'log';
      readonly query: string;
      readonly aggregation: string;
      readonly logGroups: readonly string[];
      /** E.g. `rate(5 minutes)`. */
      readonly schedule: string;
    }
  | { readonly type: 'composite'; readonly rule: string };

/** When what is watched makes the alarm fire. A band, a PromQL query and a rule have no threshold. */
export interface AlarmCondition {
  readonly operator?: string | undefined;
  readonly threshold?: number | undefined;
  readonly periodSeconds?: number | undefined;
  /** The N of "M of N". */
  readonly evaluationPeriods?: number | undefined;
  /** The M of "M of N". */
  readonly datapointsToAlarm?: number | undefined;
  readonly treatMissingData?: string | undefined;
}

/** Why a composite alarm's actions do not run at the moment. */
export interface ActionSuppression {
  /** Alarm whose ALARM state suppresses the actions; name or ARN. */
  readonly suppressor?: string | undefined;
  /** `Alarm`, `WaitPeriod` or `ExtensionPeriod`; undefined = the actions are not suppressed now. */
  readonly suppressedBy?: string | undefined;
  readonly reason?: string | undefined;
  /** How long the actions wait for the suppressor to go into ALARM. */
  readonly waitSeconds?: number | undefined;
  /** How long they stay suppressed after it has left ALARM. */
  readonly extensionSeconds?: number | undefined;
}

export interface Alarm {
  readonly kind: AlarmKind;
  readonly name: string;
  readonly arn?: string | undefined;
  readonly description?: string | undefined;
  readonly state: AlarmState;
  readonly reason?: string | undefined;
  /** JSON text of the service. */
  readonly reasonData?: string | undefined;
  /** Last real change of the state. */
  readonly transitionedEpochMs?: number | undefined;
  /** Last update of the state, even one that did not change it. */
  readonly updatedEpochMs?: number | undefined;
  readonly configuredEpochMs?: number | undefined;
  /** `PARTIAL_DATA`, `EVALUATION_ERROR` or `EVALUATION_FAILURE`. */
  readonly evaluationState?: string | undefined;
  readonly actionsEnabled: boolean;
  readonly alarmActions: readonly string[];
  readonly okActions: readonly string[];
  readonly insufficientDataActions: readonly string[];
  readonly suppression?: ActionSuppression | undefined;
  /** What else decides when it is evaluated and what it tells, each in words. */
  readonly settings?: readonly string[] | undefined;
  readonly watch: AlarmWatch;
  readonly condition: AlarmCondition;
}

/** Since when an alarm is in its state; 0 when the service does not say. */
export function stateSinceEpochMs(alarm: Pick<Alarm, 'transitionedEpochMs' | 'updatedEpochMs'>): number {
  return alarm.transitionedEpochMs ?? alarm.updatedEpochMs ?? 0;
}

/** Alarms that target tracking policies of auto scaling make for themselves: they "fire" as part of normal scaling. */
export function isAutoScalingAlarm(name: string): boolean {
  return name.startsWith('TargetTracking-');
}

/** `my-alarm` out of `arn:aws:cloudwatch:us-east-1:111122223333:alarm:my-alarm`; a plain name stays. */
export function alarmNameOf(nameOrArn: string): string {
  return /^arn:[^:]+:cloudwatch:[^:]*:\d*:alarm:(.+)$/s.exec(nameOrArn)?.[1] ?? nameOrArn;
}

/** The first metric that an alarm looks at, where it looks at one. */
export function firstMetric(watch: AlarmWatch): WatchedMetric | undefined {
  if (watch.type === 'metric') return watch.metric;
  if (watch.type === 'math' || watch.type === 'anomaly')
    return watch.queries.find(({ metric }) => metric !== undefined)?.metric;
  return undefined;
}

/** Foreign text with the ARNs of alarms in it shortened to their names. */
export function shortenAlarmArns(text: string): string {
  return text.replace(/\barn:[\w-]+:cloudwatch:[\w-]*:\d*:alarm:/g, '');
}
