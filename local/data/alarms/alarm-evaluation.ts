/**
 * How CloudWatch evaluates a metric alarm (User Guide, "Alarm evaluation" and "Configuring how CloudWatch alarms treat
 * missing data"): M out of N, with more periods looked at than N where some lack data.
 */
import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { type AlarmPoints, pointAt } from './alarm-points.ts';
import { createBreachTest } from './breach-test.ts';
import { describeTransition } from './describe-transition.ts';
import type { Transition } from './transition.ts';

/** Datapoints arrive and are evaluated somewhat after their period ended. */
export const EVALUATION_DELAY_MS = 19_000;
/** Periods looked at beyond EvaluationPeriods (the example of the User Guide has five for three). */
const EXTRA_PERIODS = 2;

/** What stands in a window of periods, newest first; undefined = no datapoint. */
export type Window = readonly (boolean | undefined)[];

/**
 * The state that a window gives.
 * @param isBreachingNewestFirst the evaluation range: EvaluationPeriods and the extra ones
 */
export function decideState(
  config: Pick<MetricAlarm, 'EvaluationPeriods' | 'DatapointsToAlarm' | 'TreatMissingData'>,
  isBreachingNewestFirst: Window,
  state: StateValue,
): StateValue {
  const count = config.EvaluationPeriods ?? 1;
  const needed = config.DatapointsToAlarm ?? count;
  const known = isBreachingNewestFirst.filter((isBreach) => isBreach !== undefined).slice(0, count);
  const breaching = known.filter(Boolean).length;
  if (breaching >= needed) return 'ALARM';
  const missing = count - known.length;
  if (missing === 0) return 'OK';
  switch (config.TreatMissingData) {
    case 'breaching':
      return breaching + missing >= needed ? 'ALARM' : 'OK';
    case 'notBreaching':
      return 'OK';
    case 'ignore':
      return known.length > breaching ? 'OK' : state;
    default:
      if (known.length === 0) return 'INSUFFICIENT_DATA';
      // All that is known breaches, since at least M periods: the alarm does not wait for the missing ones.
      return known.length === breaching && isBreachingNewestFirst.lastIndexOf(true) + 1 >= needed ? 'ALARM' : 'OK';
  }
}

export interface EvaluationInput {
  readonly config: MetricAlarm;
  readonly points: AlarmPoints;
  readonly initialState: StateValue;
}

/** Walks over the periods and gives each change of state, oldest first. */
export function evaluateAlarm({ config, points, initialState }: EvaluationInput): readonly Transition[] {
  const { startEpochMs, periodMs } = points;
  const count = config.EvaluationPeriods ?? 1;
  const range = count + EXTRA_PERIODS;
  const marks = markBreaches(config, points);
  const transitions: Transition[] = [];
  let state = initialState;
  let changedAt = 0;
  for (let end = 1; end <= marks.length; end += 1) {
    if (marks[end - 1] !== marks[changedAt]) changedAt = end - 1;
    // Where all that is looked at is alike and was before, so is the state.
    if (end < count || end > changedAt + range) continue;
    const to = decideState(config, windowBefore(marks, end, range), state);
    if (to === state) continue;
    const considered = Array.from({ length: count }, (_, index) => pointAt(points, end - 1 - index));
    const epochMs = startEpochMs + end * periodMs + EVALUATION_DELAY_MS;
    transitions.push(describeTransition(config, considered, { from: state, to, epochMs }));
    state = to;
  }
  return transitions;
}

const MISSING = 0;
const FINE = 1;
const BREACHING = 2;

function markBreaches(config: MetricAlarm, points: AlarmPoints): Uint8Array {
  const test = createBreachTest(config);
  const { values, lower, upper } = points;
  const marks = new Uint8Array(values.length);
  // A plain loop: a large scenario has a hundred million points.
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) marks[index] = test(value, lower?.[index], upper?.[index]) ? BREACHING : FINE;
  }
  return marks;
}

function windowBefore(breaches: Uint8Array, end: number, length: number): Window {
  return Array.from({ length: Math.min(length, end) }, (_, index) => {
    const mark = breaches[end - 1 - index];
    return mark === MISSING ? undefined : mark === BREACHING;
  });
}
