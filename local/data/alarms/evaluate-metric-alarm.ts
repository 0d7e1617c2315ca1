import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { EVALUATION_DELAY_MS, evaluateAlarm } from './alarm-evaluation.ts';
import type { AlarmPoints } from './alarm-points.ts';
import type { Transition } from './transition.ts';

const MINUTE_MS = 60_000;
/** An alarm that was created has its first state some minutes later. */
const FIRST_STATE_MS = 4 * MINUTE_MS;

export interface MetricAlarmSource {
  readonly config: MetricAlarm;
  readonly createdEpochMs: number;
  /** How far back its metrics are looked at; before, nothing happened. */
  readonly sinceEpochMs: number;
  readonly untilEpochMs: number;
  readPoints(range: { readonly startEpochMs: number; readonly endEpochMs: number }): AlarmPoints;
}

/** The changes of state of a metric alarm since it was created, oldest first. */
export function evaluateMetricAlarm(source: MetricAlarmSource): readonly Transition[] {
  const { config, createdEpochMs, sinceEpochMs, untilEpochMs } = source;
  const isOlder = createdEpochMs < sinceEpochMs;
  const startEpochMs = isOlder ? sinceEpochMs : createdEpochMs;
  const points = source.readPoints({ startEpochMs, endEpochMs: untilEpochMs - EVALUATION_DELAY_MS });
  const evaluate = (initialState: StateValue): readonly Transition[] => evaluateAlarm({ config, points, initialState });
  const fromNothing = evaluate('INSUFFICIENT_DATA');
  // An alarm from before that finds itself OK has been so since it was created.
  if (fromNothing[0]?.to !== 'OK' || !isOlder) return fromNothing;
  const firstEpochMs = points.startEpochMs + (config.EvaluationPeriods ?? 1) * points.periodMs + EVALUATION_DELAY_MS;
  // What came after its first look is the same whatever was before.
  const later = fromNothing[0].epochMs === firstEpochMs ? fromNothing.slice(1) : evaluate('OK');
  return [firstOk(createdEpochMs), ...later];
}

function firstOk(createdEpochMs: number): Transition {
  return {
    epochMs: createdEpochMs + FIRST_STATE_MS,
    from: 'INSUFFICIENT_DATA',
    to: 'OK',
    reason:
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    reasonData: undefined,
  };
}
