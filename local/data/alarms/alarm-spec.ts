import type { CompositeAlarm, LogAlarm, MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';

/** A metric alarm as somebody configured it; its state is not written down but evaluated over the metric data. */
export interface MetricAlarmSpec {
  readonly config: MetricAlarm & { readonly AlarmName: string };
  readonly createdDaysAgo: number;
  /** How far back its transitions are worked out; default 14 days. Less for what nothing happens to, which a test makes sure of. */
  readonly evaluatedDays?: number;
}

export interface CompositeAlarmSpec {
  readonly config: CompositeAlarm & { readonly AlarmName: string; readonly AlarmRule: string };
  readonly createdDaysAgo: number;
}

/** An alarm whose source is not evaluated here (PromQL): its transitions are given. */
export interface TimedTransition {
  readonly agoMs: number;
  readonly to: StateValue;
  readonly reason: string;
}

export interface LogAlarmSpec {
  readonly config: LogAlarm & { readonly AlarmName: string };
  readonly createdDaysAgo: number;
  readonly logGroup: string;
  /** Whether its query counts an event. */
  readonly counts: (message: string) => boolean;
}

export interface PromQlAlarmSpec {
  readonly config: MetricAlarm & { readonly AlarmName: string };
  readonly createdDaysAgo: number;
  readonly transitions: readonly TimedTransition[];
}

export interface AlarmSpecs {
  readonly metric: readonly MetricAlarmSpec[];
  readonly composite: readonly CompositeAlarmSpec[];
  readonly log: readonly LogAlarmSpec[];
  readonly promQl: readonly PromQlAlarmSpec[];
}
