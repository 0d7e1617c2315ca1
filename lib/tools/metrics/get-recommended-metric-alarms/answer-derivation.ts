/** Where the numbers of recommended alarms come from, in words of ours. Pure. */

import type { AlarmRule } from '../../../domain/alarms/advice/alarm-rule.ts';
import { type Derivation, MIN_DATAPOINTS, type NoDerivation } from '../../../domain/alarms/advice/derive-threshold.ts';
import type { BandEstimate } from '../../../domain/alarms/advice/estimate-band.ts';
import { type PeriodValues, spanMs } from '../../../domain/alarms/advice/period-values.ts';
import type { Replay } from '../../../domain/alarms/advice/replay-alarm.ts';
import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { isSure } from '../../../domain/metrics/series-analysis/trend.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { DAY_MS, formatDuration, formatTime, MINUTE_MS } from '../../../domain/time.ts';
import type { MetricAnalysis } from '../shared/analyze-fetched.ts';
import type { Candidate } from './choose-candidates.ts';

const PERCENT = 100;
const MAX_TOLD_ALARMS = 3;
const FULL = 100;
const MAX_DRIFT_DAYS = 60;

export function describeSource({ source, adviceSource }: Candidate, hasNumber: boolean): string {
  if (source === 'none') return 'Nobody advises an alarm on this metric.';
  const whose =
    source === 'aws' ? "AWS's best practice" : `Our own advice, after ${adviceSource ?? 'AWS documentation'},`;
  return hasNumber ? `${whose.replace(/,$/, '')}.` : `${whose} has no number, since it depends on the workload.`;
}

interface Derived {
  readonly rule: AlarmRule;
  readonly values: PeriodValues;
  readonly unit: string | undefined;
}

/** E.g. `Derived from 20,160 datapoints of 14d: p99 (840 ms) plus a quarter of its distance to the median (620 ms), rounded.` */
export function describeDerivation(derived: Derivation, { rule, values, unit }: Derived): string {
  const isAbove = rule.comparison.startsWith('Greater');
  const percent = isAbove ? derived.percent : FULL - derived.percent;
  const extreme = isAbove ? 'the highest' : 'the lowest';
  const of =
    derived.activeCount === undefined
      ? ''
      : ` of the ${formatNumber(derived.activeCount)} ${isAbove ? 'above' : 'below'} the median`;
  const level = `${derived.percent === FULL ? extreme : `p${formatNumber(percent)}`}${of} (${formatValue(derived.level, unit)})`;
  const median = formatValue(derived.median, unit);
  const rule_ = {
    margin: `${level} ${isAbove ? 'plus' : 'minus'} a quarter of its distance to the median (${median}), rounded`,
    zero: `half of ${level}, since the metric does not go below 0`,
    hundred: `half way from ${level} to 100%`,
  }[derived.bound];
  return `Derived from ${formatNumber(values.count)} datapoints of ${describeSpan(values)} up to ${formatTime(endOf(values))}: ${rule_}.`;
}

export function describeNoDerivation(
  reason: NoDerivation,
  values: PeriodValues,
  unit: string | undefined,
  { statistic }: AlarmRule,
): string {
  const has = `${formatNumber(values.count)} ${nounOf(values.count, 'datapoint')}`;
  const known = values.values.find((value) => !Number.isNaN(value)) ?? 0;
  const why = {
    few:
      values.count === 0
        ? 'there are no datapoints'
        : `there ${nounOf(values.count, 'is', 'are')} ${has}, and it needs ${MIN_DATAPOINTS} over a day or more`,
    short: `its ${has} span ${describeSpan(values)}, and it needs a day or more`,
    constant: `all ${has} of ${describeSpan(values)} have the same value (${formatValue(known, unit)}), which does not tell how far is too far`,
    state: `its ${has} of ${describeSpan(values)} have two values only, so it tells a state: choose the bad one as threshold`,
    bound: `the metric reaches the end of its range in normal operation`,
  }[reason];
  return `No threshold is derived for ${statistic}: ${why}.`;
}

/** Of a metric that grows into its threshold; undefined for one that does not, or not soon. */
export function describeDrift(
  { trend, grid, expected }: MetricAnalysis,
  threshold: number,
  { rule, unit }: Pick<Derived, 'rule' | 'unit'>,
): string | undefined {
  if (trend === undefined || !isSure(trend)) return undefined;
  const perDay = trend.slopePerStep * (DAY_MS / grid.stepMs);
  const days = (threshold - (expected.at(-1) ?? threshold)) / perDay;
  const isTowards = rule.comparison.startsWith('Greater') === perDay > 0;
  if (!isTowards || !(days > 0) || days > MAX_DRIFT_DAYS) return undefined;
  return `It ${perDay > 0 ? 'rises' : 'falls'} by ${formatValue(Math.abs(perDay), unit)} a day, and reaches the threshold in about ${Math.ceil(days)} days by that alone.`;
}

export function describeBand(
  { width }: BandEstimate,
  { season, stepMs, rule }: { season: { periodSamples: number; strength: number }; stepMs: number; rule: AlarmRule },
): string {
  const every = formatDuration(season.periodSamples * stepMs);
  return `The metric repeats every ${every} (strength ${Math.round(season.strength * PERCENT)}%), so a band that follows it sees what a fixed threshold cannot: ${rule.statistic} outside of ${width} standard deviations. CloudWatch trains its model on up to two weeks.`;
}

/** E.g. `1 time to ALARM in 14d (0.5 a week), in ALARM 0.2% of the time; last 2026-02-20T03:00:00Z`. */
export function describeReplay(replay: Replay, values: PeriodValues): string {
  const span = describeSpan(values);
  const { alarmsEpochMs, alarmShare, alarmsPerWeek } = replay;
  if (alarmsEpochMs.length === 0) return `never to ALARM in ${span}`;
  const times = `${formatNumber(alarmsEpochMs.length)} ${nounOf(alarmsEpochMs.length, 'time')}`;
  const last = alarmsEpochMs.slice(-MAX_TOLD_ALARMS).map(formatTime).toReversed();
  const still = replay.endState === 'ALARM' ? '; in ALARM at the end' : '';
  return `${times} to ALARM in ${span} (${Number(alarmsPerWeek.toPrecision(2))} a week), in ALARM ${formatShare(alarmShare)} of the time; last ${last.join(', ')}${still}`;
}

function formatShare(share: number): string {
  return `${Number((share * PERCENT).toPrecision(2))}%`;
}

function describeSpan(values: PeriodValues): string {
  return formatDuration(roundMinutes(spanMs(values)));
}

function endOf({ startEpochMs, values, periodMs }: PeriodValues): number {
  return startEpochMs + values.length * periodMs;
}

function roundMinutes(durationMs: number): number {
  return Math.round(durationMs / MINUTE_MS) * MINUTE_MS;
}
