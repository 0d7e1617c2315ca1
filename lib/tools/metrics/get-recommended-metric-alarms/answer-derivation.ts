/** Where the numbers of recommended alarms come from, in words of ours. Pure. */

import type { AlarmRule } from '../../../domain/alarms/advice/alarm-rule.ts';
import { DRIFT_DAYS, type Drift, LEAD_DAYS } from '../../../domain/alarms/advice/clear-drift.ts';
import type { CounterAlarm } from '../../../domain/alarms/advice/derive-counter.ts';
import { type Derivation, MIN_DATAPOINTS, type NoDerivation } from '../../../domain/alarms/advice/derive-threshold.ts';
import type { BandEstimate } from '../../../domain/alarms/advice/estimate-band.ts';
import type { Verdict } from '../../../domain/alarms/advice/judge-rule.ts';
import type { KnownIncident } from '../../../domain/alarms/advice/known-incidents.ts';
import { type PeriodValues, spanMs } from '../../../domain/alarms/advice/period-values.ts';
import type { Replay } from '../../../domain/alarms/advice/replay-alarm.ts';
import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome, nounOf } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, MINUTE_MS, SECOND_MS } from '../../../domain/time.ts';
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
  readonly hasIncidents: boolean;
}

/** E.g. `Derived from 20,160 datapoints of 14d: p99 (840 ms) plus a quarter of its distance to the median (620 ms), rounded.` */
export function describeDerivation(derived: Derivation, { rule, values, unit, hasIncidents }: Derived): string {
  const isAbove = rule.comparison.startsWith('Greater');
  const percent = isAbove ? derived.percent : FULL - derived.percent;
  const extreme = isAbove ? 'the highest' : 'the lowest';
  const of =
    derived.activeCount === undefined
      ? ''
      : ` of the ${formatNumber(derived.activeCount)} ${isAbove ? 'above' : 'below'} the median`;
  const level = `${derived.percent === FULL ? extreme : `p${formatNumber(percent)}`}${of} (${formatValue(derived.level, unit)})`;
  const median = formatValue(derived.median, unit);
  const placed = {
    margin: `${level} ${isAbove ? 'plus' : 'minus'} a quarter of its distance to the median (${median}), rounded`,
    zero: `half of ${level}, since the metric does not go below 0`,
    top: `half way from ${level} to ${formatValue(derived.top ?? FULL, unit)}, which the metric cannot exceed`,
    incident: `half way from the only usual value (${median}) to the mildest incident (${formatValue(derived.level, unit)})`,
  }[derived.bound];
  const moved =
    derived.moved === undefined
      ? ''
      : derived.moved === 'growth'
        ? `; moved by ${DRIFT_DAYS} days of its drift, which alone would have reached it`
        : `; moved to where the drift leaves ${LEAD_DAYS} days before the end, since the drift alone would have reached it soon`;
  const without = hasIncidents ? ' without its incidents' : '';
  return `Derived from ${formatNumber(values.count)} datapoints of ${describeSpan(values)} up to ${formatTime(endOf(values))}${without}: ${placed}${moved}.`;
}

/** Rare faults: how many came, and which are heard. */
export function describeCounter(
  { threshold, rule: own, values, usualFaults, usualPerHour, heardPerHour }: CounterAlarm,
  {
    rule,
    isFree,
    hasIncidents,
  }: { readonly rule: AlarmRule; readonly isFree: boolean; readonly hasIncidents: boolean },
): string {
  const without = hasIncidents ? ' outside of incidents' : '';
  const came =
    usualFaults === 0
      ? `None came in ${describeSpan(values)}${without}, so that each one is news`
      : `${formatNumber(usualFaults)} came in ${describeSpan(values)}${without}: rare, so that they are counted over ${formatDuration(own.periodSeconds * SECOND_MS)}`;
  const each = usualFaults === 0 ? '' : '; a single one fires it';
  const heard =
    heardPerHour === 0
      ? each
      : `; ${formatNumber(threshold + 1)} in each such period fire it${usualPerHour > 0 ? `, ${formatNumber(Number((heardPerHour / usualPerHour).toPrecision(2)))} times as many as usual` : ''}`;
  const isOther =
    !isFree && (own.periodSeconds !== rule.periodSeconds || own.datapointsToAlarm !== rule.datapointsToAlarm);
  const advised = isOther
    ? ` The ${rule.datapointsToAlarm} of ${rule.evaluationPeriods} periods of ${formatDuration(rule.periodSeconds * SECOND_MS)} of the advice would miss rarer ones.`
    : '';
  return `Derived from its history up to ${formatTime(endOf(values))}: ${came}${heard}.${advised}`;
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

/** Its gaps hide every incident: what cannot fire is not advised. */
export function describeUnfireable({
  rule,
  values,
}: {
  readonly rule: AlarmRule;
  readonly values: PeriodValues;
}): string {
  const has = `${formatNumber(values.count)} of ${formatNumber(values.values.length)} periods of ${formatDuration(rule.periodSeconds * SECOND_MS)}`;
  return `No alarm on ${rule.statistic} is advised: with datapoints in ${has} none would have come to ALARM in incidents put into its history.`;
}

/** Of a metric that grows into its threshold; undefined for one that does not, or not soon. */
export function describeDrift(
  drift: Drift | undefined,
  threshold: number,
  { rule, unit }: Pick<Derived, 'rule' | 'unit'>,
): [string] | undefined {
  if (drift === undefined) return undefined;
  const { perDay, now } = drift;
  const days = (threshold - now) / perDay;
  const isTowards = rule.comparison.startsWith('Greater') === perDay > 0;
  if (!isTowards || !(days > 0) || days > MAX_DRIFT_DAYS) return undefined;
  return [
    `It ${perDay > 0 ? 'rises' : 'falls'} by ${formatValue(Math.abs(perDay), unit)} a day, and reaches the threshold in about ${Math.ceil(days)} days by that alone.`,
  ];
}

interface BandFacts {
  readonly season: { readonly periodSamples: number; readonly strength: number };
  readonly stepMs: number;
  readonly rule: AlarmRule;
}

export function describeBand({ width }: BandEstimate, { season, stepMs, rule }: BandFacts): string {
  const every = formatDuration(season.periodSamples * stepMs);
  return `The metric repeats every ${every} (strength ${Math.round(season.strength * PERCENT)}%), so a band that follows it sees what a fixed threshold cannot: ${rule.statistic} outside of ${width} standard deviations. CloudWatch trains its model on up to two weeks.`;
}

export function describeNoBand({ width, verdict }: BandEstimate, { season, stepMs }: BandFacts): string {
  const rate = Number((verdict?.usual.alarmsPerWeek ?? 0).toPrecision(2));
  return `The metric repeats every ${formatDuration(season.periodSamples * stepMs)}, but no band is advised: by our own estimate even one of ${width} standard deviations would have fired ${formatNumber(rate)} times a week.`;
}

/** The replays without and with the incidents, and which incidents the rule would have missed. */
export function describeVerdict(verdict: Verdict, values: PeriodValues, unit: string | undefined): string[] {
  const { whole, usual, seen, missed } = verdict;
  const all = describeReplay(whole, values);
  const count = seen.length + missed.length;
  const isSame = usual.alarms === whole.alarmsEpochMs.length && usual.alarmShare === whole.alarmShare;
  if (count === 0 && isSame) return [`${all}.`];
  const quiet =
    usual.alarms === 0
      ? `never to ALARM in ${formatDuration(roundMinutes(usual.lengthMs))}`
      : `${formatNumber(usual.alarms)} ${nounOf(usual.alarms, 'time')} to ALARM (${Number(usual.alarmsPerWeek.toPrecision(2))} a week)`;
  return [
    `${quiet} without its incidents; with them ${all}.`,
    ...(seen.length > 0 ? [`It sees ${seen.length} of ${countOf(count, 'known incident')}.`] : []),
    ...(missed.length > 0
      ? [
          `It misses ${missed.length} of ${countOf(count, 'known incident')}: ${listSome(
            missed.toReversed().map((one) => describeIncident(one, unit)),
            MAX_TOLD_ALARMS,
          )}.`,
        ]
      : []),
  ];
}

/** E.g. `2026-02-20T03:00:00Z for 2h 10m (high by 30 ms, ALARM of shop-db-cpu)` */
export function describeIncident(
  { startEpochMs, endEpochMs, side, jump, alarmName }: KnownIncident,
  unit: string | undefined,
): string {
  const by = jump === undefined ? '' : ` by ${formatValue(Math.abs(jump), unit)}`;
  const told = [
    ...(side === undefined ? [] : [`${side === 'above' ? 'high' : 'low'}${by}`]),
    ...(alarmName === undefined ? [] : [`ALARM of ${inlineName(alarmName)}`]),
  ];
  return `${formatTime(startEpochMs)} for ${formatDuration(Math.max(MINUTE_MS, roundMinutes(endEpochMs - startEpochMs)))}${told.length === 0 ? '' : ` (${told.join(', ')})`}`;
}

/** E.g. `1 time to ALARM in 14d (0.5 a week), in ALARM 0.2% of the time; last 2026-02-20T03:00:00Z`. */
function describeReplay(replay: Replay, values: PeriodValues): string {
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
