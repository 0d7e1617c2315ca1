import type { LogAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { LogGroup } from '../logs/log-group.ts';
import { type AlarmPoints, pointAt } from './alarm-points.ts';
import type { LogAlarmSpec } from './alarm-spec.ts';
import { createBreachTest } from './breach-test.ts';
import { evaluateMetricAlarm } from './evaluate-metric-alarm.ts';
import { formatDouble } from './state-reason.ts';
import type { Transition } from './transition.ts';

const MINUTE_MS = 60_000;
/** Of the schedules here, `rate(5 minutes)`. */
const PERIOD_MS = 5 * MINUTE_MS;

/**
 * The changes of an alarm over a scheduled query that counts events: the results of the query are counted from the log
 * group's own events, then evaluated as datapoints are.
 * @param sinceEpochMs how far back; before, nothing was counted
 */
export function evaluateLogAlarm(
  spec: LogAlarmSpec,
  group: LogGroup,
  createdEpochMs: number,
  sinceEpochMs: number,
  untilEpochMs: number,
): readonly Transition[] {
  const config = toMetricAlarm(spec.config);
  const readPoints = (range: { startEpochMs: number; endEpochMs: number }): AlarmPoints => {
    const startEpochMs = Math.ceil(range.startEpochMs / PERIOD_MS) * PERIOD_MS;
    const length = Math.max(0, Math.floor((range.endEpochMs - startEpochMs) / PERIOD_MS));
    const values = Float64Array.from({ length }, (_, index) =>
      countEvents(group, startEpochMs + index * PERIOD_MS, spec.counts),
    );
    return { startEpochMs, periodMs: PERIOD_MS, values };
  };
  const points = readPoints({ startEpochMs: sinceEpochMs, endEpochMs: untilEpochMs });
  return evaluateMetricAlarm({
    config,
    createdEpochMs,
    sinceEpochMs,
    untilEpochMs,
    readPoints: () => points,
  }).map(({ epochMs, from, to }) => ({
    epochMs,
    from,
    to,
    reason: describeResults(config, points, epochMs),
    reasonData: undefined,
  }));
}

function toMetricAlarm(config: LogAlarm): MetricAlarm {
  const { QueryResultsToEvaluate, QueryResultsToAlarm, Threshold, ComparisonOperator, TreatMissingData } = config;
  return {
    Period: PERIOD_MS / 1000,
    EvaluationPeriods: QueryResultsToEvaluate,
    DatapointsToAlarm: QueryResultsToAlarm,
    Threshold,
    ComparisonOperator,
    TreatMissingData,
  };
}

function countEvents(group: LogGroup, startEpochMs: number, counts: (message: string) => boolean): number {
  let count = 0;
  for (let minute = startEpochMs; minute < startEpochMs + PERIOD_MS; minute += MINUTE_MS)
    for (const { message } of group.eventsOfMinute(minute)) if (counts(message)) count += 1;
  return count;
}

/** `Threshold Crossed: 1 out of the last 1 query results [118.0] was greater than the threshold (5.0).` */
function describeResults(config: MetricAlarm, points: AlarmPoints, epochMs: number): string {
  const { EvaluationPeriods: count = 1, Threshold: threshold = 0 } = config;
  const end = Math.max(count, Math.floor((epochMs - points.startEpochMs) / points.periodMs));
  const results = Array.from({ length: count }, (_, index) => pointAt(points, end - 1 - index).value ?? 0);
  const isBreaching = createBreachTest(config);
  const breaching = results.filter((value) => isBreaching(value, undefined, undefined));
  const told =
    breaching.length >= (config.DatapointsToAlarm ?? count)
      ? breaching
      : results.filter((value) => !breaching.includes(value));
  const verb = `${told.length === 1 ? 'was' : 'were'}${told === breaching ? '' : ' not'}`;
  return `Threshold Crossed: ${told.length} out of the last ${count} query results [${told.map(formatDouble).join(', ')}] ${verb} greater than the threshold (${formatDouble(threshold)}).`;
}
