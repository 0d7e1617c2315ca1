import type {
  AlarmContributor,
  AlarmHistoryItem,
  CompositeAlarm,
  GetAlarmMuteRuleOutput,
  LogAlarm,
  MetricAlarm,
} from '@aws-sdk/client-cloudwatch';

/** The alarms of one account and region, in the SDK's shapes, each list sorted by name. */
export interface AlarmSet {
  readonly metricAlarms: readonly MetricAlarm[];
  readonly compositeAlarms: readonly CompositeAlarm[];
  readonly logAlarms: readonly LogAlarm[];
  /** Newest first. */
  readonly history: readonly AlarmHistoryItem[];
  /** Alarm name → the series that its state came from, for alarms that watch several. */
  readonly contributors: ReadonlyMap<string, readonly AlarmContributor[]>;
  readonly muteRules: readonly GetAlarmMuteRuleOutput[];
}

export const EMPTY_ALARM_SET: AlarmSet = {
  metricAlarms: [],
  compositeAlarms: [],
  logAlarms: [],
  history: [],
  contributors: new Map(),
  muteRules: [],
};
