/** Whether a rule can come to ALARM at all with the datapoints that a metric has: tried with an incident put into its history. Pure. */
import { HOUR_MS } from '../../time.ts';
import type { PeriodValues } from './period-values.ts';
import { EXTRA_PERIODS, type ReplayRule, replayAlarm } from './replay-alarm.ts';

/** Incidents, each beginning with a datapoint, evenly over them. */
const PROBES = 12;
/** Gaps of hours hide some from every rule. */
const MIN_SEEN_SHARE = 0.75;
const LEAST_EVALUATIONS = 2;

/**
 * An incident of an hour (or twice what the rule looks at) is put in at several times: the datapoints that are there all
 * breach, gaps stay gaps. Without any datapoint nothing can fire; undefined where the history is shorter than such an
 * incident, which tells nothing.
 */
export function canFire({ values, periodMs }: PeriodValues, rule: ReplayRule): boolean | undefined {
  const before = rule.evaluationPeriods + EXTRA_PERIODS;
  const length = Math.max(Math.ceil(HOUR_MS / periodMs), LEAST_EVALUATIONS * before);
  const known = [...values.keys()].filter((at) => !Number.isNaN(values[at] ?? Number.NaN));
  if (known.length > 0 && values.length < length) return undefined;
  const whole = known.filter((at) => at + length <= values.length);
  const probes = new Set(
    Array.from({ length: PROBES }, (_, at) => whole[Math.floor(((whole.length - 1) * at) / (PROBES - 1))]),
  );
  let seen = 0;
  for (const from of probes) {
    if (from === undefined) return false;
    const part = values.slice(from, from + length);
    const pattern = Float64Array.from({ length: before + part.length }, (_, at) =>
      at < before ? 0 : Number.isNaN(part[at - before] ?? Number.NaN) ? Number.NaN : 1,
    );
    const replay = replayAlarm(
      { startEpochMs: 0, periodMs, values: pattern, count: pattern.length },
      { ...rule, comparison: 'GreaterThanThreshold' },
      0.5,
    );
    if (replay.alarmShare > 0) seen += 1;
  }
  return seen >= probes.size * MIN_SEEN_SHARE;
}

/** The rule, or the nearest one that can fire: fewer datapoints of as many periods, then any single one. Undefined: none can. */
export function makeFireable<Rule extends ReplayRule>(history: PeriodValues, rule: Rule): Rule | undefined {
  const half = Math.ceil(rule.datapointsToAlarm / 2);
  const options = [rule, { ...rule, datapointsToAlarm: half }, { ...rule, evaluationPeriods: 1, datapointsToAlarm: 1 }];
  return options.find((option) => canFire(history, option) !== false);
}
