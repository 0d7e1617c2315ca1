import type { ComparisonOperator, StateValue } from '@aws-sdk/client-cloudwatch';

/** One evaluated period, newest first in lists. Band alarms carry their own bounds per period. */
export interface EvaluatedPoint {
  readonly epochMs: number;
  readonly value: number | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
}

export interface ReasonInput {
  readonly to: StateValue;
  readonly from: StateValue;
  readonly comparison: ComparisonOperator;
  /** Undefined for alarms on an anomaly band. */
  readonly threshold: number | undefined;
  /** The datapoints that decided, newest first. */
  readonly deciding: readonly EvaluatedPoint[];
  readonly consideredCount: number;
  readonly neededCount: number;
}

const WORDS: Readonly<Record<ComparisonOperator, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  GreaterThanUpperThreshold: 'greater than',
  LessThanLowerOrGreaterThanUpperThreshold: 'less than the lower thresholds or greater than',
  LessThanLowerThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
  LessThanThreshold: 'less than',
};

/** The sentence that CloudWatch writes into StateReason. */
export function describeReason(input: ReasonInput): string {
  const { to, from, deciding, comparison, threshold, consideredCount, neededCount } = input;
  if (to === 'INSUFFICIENT_DATA') {
    return consideredCount === 1
      ? 'Insufficient Data: 1 datapoint was unknown.'
      : `Insufficient Data: ${consideredCount} datapoints were unknown.`;
  }
  const points = deciding.map(({ value = 0, epochMs }) => `${formatDouble(value)} (${formatShortTime(epochMs)})`);
  const verb = `${deciding.length === 1 ? 'was' : 'were'}${to === 'OK' ? ' not' : ''}`;
  const bound =
    threshold === undefined ? describeBand(deciding, comparison) : `the threshold (${formatDouble(threshold)})`;
  const minimum = `(minimum ${neededCount} datapoint${neededCount === 1 ? '' : 's'} for ${from} -> ${to} transition)`;
  const head = threshold === undefined ? 'Thresholds Crossed' : 'Threshold Crossed';
  return `${head}: ${deciding.length} out of the last ${consideredCount} datapoints [${points.join(', ')}] ${verb} ${WORDS[comparison]} ${bound} ${minimum}.`;
}

function describeBand(deciding: readonly EvaluatedPoint[], comparison: ComparisonOperator): string {
  const isLower = comparison === 'LessThanLowerThreshold';
  const bounds = deciding.map(({ lower, upper }) => formatDouble((isLower ? lower : upper) ?? 0));
  return `the ${isLower ? 'lower' : 'upper'} thresholds [${bounds.join(', ')}]`;
}

/** A number as the service prints it: a Java double, `3000.0`. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e7)) {
    const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `22/11/26 13:05:00`, as in StateReason. */
function formatShortTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
}

/** `2026-11-22T13:05:00.000+0000`, as in StateReasonData and HistoryData. */
export function formatDataTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '+0000');
}
