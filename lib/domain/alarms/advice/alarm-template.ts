/** A whole alarm, ready to be written as a template. */
import type { AlarmNames } from './alarm-names.ts';
import type { Comparison, MissingData } from './alarm-rule.ts';
import type { BAND_COMPARISONS } from './estimate-band.ts';

export interface AlarmTemplate {
  readonly names: AlarmNames;
  /** Of ours. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string; readonly value: string }[];
  /** Owner of the metric, where it is a linked account: only a query of an alarm can name it. */
  readonly accountId?: string | undefined;
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
  readonly condition:
    | { readonly kind: 'threshold'; readonly comparison: Comparison; readonly threshold: number }
    | {
        readonly kind: 'band';
        readonly comparison: (typeof BAND_COMPARISONS)[keyof typeof BAND_COMPARISONS];
        /** Standard deviations on each side. */
        readonly width: number;
      };
}

const SIMPLE_STATISTIC = /^(Average|Sum|Minimum|Maximum|SampleCount)$/;

/** The five statistics of old have a member of their own in CloudFormation and Terraform. */
export function isSimpleStatistic(statistic: string): boolean {
  return SIMPLE_STATISTIC.test(statistic);
}

export const METRIC_ID = 'm1';
export const BAND_ID = 'band';

export function bandExpression(width: number): string {
  return `ANOMALY_DETECTION_BAND(${METRIC_ID}, ${width})`;
}
