/**
 * What an alarm would have done on a history: CloudWatch's evaluation, M of N with missing data (User Guide, "Configuring
 * how CloudWatch alarms treat missing data"). Pure.
 */
import { DAY_MS, type TimeRange } from '../../time.ts';
import { type AlarmRule, isBreaching } from './alarm-rule.ts';
import type { PeriodValues } from './period-values.ts';

/**
 * CloudWatch looks at some more periods than N, so that it needs to assume fewer missing datapoints; how many more is not
 * documented but for the example of the guide: 5 for N = 3.
 */
export const EXTRA_PERIODS = 2;
const WEEK_MS = 7 * DAY_MS;

export type ReplayRule = Pick<AlarmRule, 'comparison' | 'evaluationPeriods' | 'datapointsToAlarm' | 'missingData'>;

export type ReplayState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Replay {
  /** How often the alarm was evaluated: once per period. */
  readonly evaluations: number;
  /** When it went to ALARM, oldest first. */
  readonly alarmsEpochMs: readonly number[];
  /** When it was in ALARM, oldest first. */
  readonly spans: readonly TimeRange[];
  /** Share of the evaluations after which it was in ALARM, 0 … 1. */
  readonly alarmShare: number;
  readonly alarmsPerWeek: number;
  readonly endState: ReplayState;
}

/** Begins in OK, with the first period that has enough periods before it. */
export function replayAlarm(history: PeriodValues, rule: ReplayRule, threshold: number): Replay {
  const { values, startEpochMs, periodMs } = history;
  const range = rule.evaluationPeriods + EXTRA_PERIODS;
  const spans: { startEpochMs: number; endEpochMs: number }[] = [];
  let state: ReplayState = 'OK';
  let evaluations = 0;
  let inAlarm = 0;
  for (let newest = range - 1; newest < values.length; newest += 1) {
    const next = decide(values, newest, { ...rule, range, threshold }, state);
    const evaluatedEpochMs = startEpochMs + (newest + 1) * periodMs;
    if (next === 'ALARM' && state !== 'ALARM') spans.push({ startEpochMs: evaluatedEpochMs, endEpochMs: 0 });
    const open = spans.at(-1);
    if (next === 'ALARM' && open !== undefined) {
      open.endEpochMs = evaluatedEpochMs + periodMs;
      inAlarm += 1;
    }
    state = next;
    evaluations += 1;
  }
  return {
    evaluations,
    alarmsEpochMs: spans.map((span) => span.startEpochMs),
    spans,
    alarmShare: evaluations === 0 ? 0 : inAlarm / evaluations,
    alarmsPerWeek: evaluations === 0 ? 0 : (spans.length * WEEK_MS) / (evaluations * periodMs),
    endState: state,
  };
}

interface Evaluation extends ReplayRule {
  /** Periods looked at. */
  readonly range: number;
  readonly threshold: number;
}

function decide(values: Float64Array, newest: number, rule: Evaluation, state: ReplayState): ReplayState {
  const { evaluationPeriods, datapointsToAlarm, missingData } = rule;
  let known = 0;
  let breaching = 0;
  /** Age in periods of the oldest breaching datapoint after which nothing but breaching and missing ones came. */
  let unbrokenAge = 0;
  let isBroken = false;
  for (let age = 1; age <= rule.range && known < evaluationPeriods; age += 1) {
    const value = values[newest - age + 1] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    known += 1;
    if (isBreaching(value, rule.comparison, rule.threshold)) {
      breaching += 1;
      if (!isBroken) unbrokenAge = age;
    } else isBroken = true;
  }
  if (known === 0) return withoutData(missingData, state);
  const assumed = missingData === 'breaching' ? evaluationPeriods - known : 0;
  if (breaching + assumed >= datapointsToAlarm) return 'ALARM';
  // Fewer datapoints than M, but as long in a row as M periods last, are enough for an alarm that assumes nothing.
  const isLongEnough = known < datapointsToAlarm && unbrokenAge >= datapointsToAlarm;
  if (isLongEnough && missingData === 'missing') return 'ALARM';
  return isLongEnough && missingData === 'ignore' ? state : 'OK';
}

function withoutData(missingData: AlarmRule['missingData'], state: ReplayState): ReplayState {
  switch (missingData) {
    case 'breaching':
      return 'ALARM';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return state;
    case 'missing':
      return 'INSUFFICIENT_DATA';
  }
}
