/** An alarm for faults that are rare, or never came yet: the smallest number of them that is not usual. Pure. */
import { HOUR_MS, SECOND_MS } from '../../time.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { isQuiet, judgeRule, type Verdict } from './judge-rule.ts';
import { incidentAt, type KnownIncident, sortUsual } from './known-incidents.ts';
import { type PeriodValues, toPeriodValues } from './period-values.ts';
import { quantileOf } from './place-threshold.ts';

/** Of usual periods that hold a fault: with more it is no rare one. */
const MAX_BUSY_SHARE = 0.5;
const PERIODS_SECONDS = [300, 900];
/** M of N, from the quickest on. */
const COUNTS = [
  [1, 1],
  [2, 3],
  [3, 5],
] as const;
/** Somebody should hear of it within so long. */
const MAX_WAIT_SECONDS = 900;
/** Of the usual counts of a period, tried as thresholds beside 0. */
const TRIED_SHARES = [0.5, 0.9, 0.99, 0.999, 1];

export interface CounterAlarm {
  readonly rule: AlarmRule;
  /** It fires above it. */
  readonly threshold: number;
  readonly values: PeriodValues;
  readonly verdict: Verdict;
  /** Outside of incidents. */
  readonly usualFaults: number;
  readonly usualPerHour: number;
  /** So many an hour, evenly, are heard for certain; 0: each single one is. */
  readonly heardPerHour: number;
}

export interface CounterHistory {
  /** In time order. */
  readonly points: readonly { readonly epochMs: number; readonly value: number }[];
  readonly endEpochMs: number;
  readonly incidents: readonly KnownIncident[];
}

/** @param rule its statistic adds up, and much is bad @returns undefined where faults are not rare */
export function deriveCounter(
  { points, endEpochMs, incidents }: CounterHistory,
  rule: AlarmRule,
): CounterAlarm | undefined {
  const base = toPeriodValues(points, rule.periodSeconds, endEpochMs, rule.statistic);
  const usual = sortUsual(base, incidents);
  if (base.count === 0 || (usual[0] ?? 0) < 0) return undefined;
  const usualPeriods = base.values.reduce(
    (count, _, at) => count + Number(incidentAt(incidents, base.startEpochMs + at * base.periodMs) === undefined),
    0,
  );
  const busy = usual.reduce((count, value) => count + Number(value > 0), 0);
  if (busy > usualPeriods * MAX_BUSY_SHARE) return undefined;
  const usualFaults = usual.reduce((sum, value) => sum + value, 0);
  const usualPerHour = usualPeriods === 0 ? 0 : (usualFaults * HOUR_MS) / (usualPeriods * base.periodMs);
  const found = listRules(rule).flatMap((option) => {
    const values =
      option.periodSeconds === rule.periodSeconds
        ? base
        : toPeriodValues(points, option.periodSeconds, endEpochMs, rule.statistic);
    return findLeast(option, values, incidents) ?? [];
  });
  const [first] = found.toSorted((a, b) => a.heardPerHour - b.heardPerHour || waitOf(a.rule) - waitOf(b.rule));
  return first === undefined ? undefined : { ...first, usualFaults, usualPerHour };
}

function listRules(rule: AlarmRule): AlarmRule[] {
  const periods = [
    rule.periodSeconds,
    ...PERIODS_SECONDS.filter((seconds) => seconds > rule.periodSeconds && seconds % rule.periodSeconds === 0),
  ];
  return periods.flatMap((periodSeconds) =>
    COUNTS.map(
      ([datapointsToAlarm, evaluationPeriods]): AlarmRule => ({
        ...rule,
        comparison: 'GreaterThanThreshold',
        periodSeconds,
        datapointsToAlarm,
        evaluationPeriods,
        missingData: 'notBreaching',
      }),
    ).filter((option) => option.datapointsToAlarm === 1 || waitOf(option) <= MAX_WAIT_SECONDS),
  );
}

function waitOf({ periodSeconds, datapointsToAlarm }: AlarmRule): number {
  return periodSeconds * datapointsToAlarm;
}

type Found = Omit<CounterAlarm, 'usualFaults' | 'usualPerHour'>;

/** The least threshold that is quiet at usual times. */
function findLeast(rule: AlarmRule, values: PeriodValues, incidents: readonly KnownIncident[]): Found | undefined {
  const busy = sortUsual(values, incidents).filter((value) => value > 0);
  const tried = busy.length === 0 ? [] : TRIED_SHARES.map((share) => quantileOf(busy, share)).map(Math.floor);
  for (const threshold of new Set([0, ...tried, Math.ceil(busy.at(-1) ?? 0)])) {
    const verdict = judgeRule(values, rule, threshold, incidents);
    if (!isQuiet(verdict.usual)) continue;
    const isEach = threshold === 0 && rule.datapointsToAlarm === 1;
    const heardPerHour = isEach ? 0 : ((threshold + 1) * (HOUR_MS / SECOND_MS)) / rule.periodSeconds;
    return { rule, threshold, values, verdict, heardPerHour };
  }
  return undefined;
}
