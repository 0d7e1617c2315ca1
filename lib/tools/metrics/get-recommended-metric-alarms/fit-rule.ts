/** A rule fitted to how the metric is published: one that can fire. Pure. */

import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import { type AlarmRule, fitPeriod } from '../../../domain/alarms/advice/alarm-rule.ts';
import { makeFireable } from '../../../domain/alarms/advice/can-fire.ts';
import { type PeriodValues, toPeriodValues } from '../../../domain/alarms/advice/period-values.ts';
import { findUsualGapSeconds } from '../../../domain/metrics/period-density.ts';
import { HOUR_MS, SECOND_MS } from '../../../domain/time.ts';
import type { Candidate } from './choose-candidates.ts';
import type { History } from './read.ts';

/** A metric without so many of its datapoints is one that is only published when something happens. */
const MIN_DENSITY = 0.9;
const IGNORED_MISSING = 'CloudWatch ignores missing data in alarms on DynamoDB whatever is set, and it was tried so.';

export interface FittedRule {
  readonly rule: AlarmRule;
  /** As CloudWatch evaluates it. */
  readonly tried: AlarmRule;
  readonly values: PeriodValues;
  /** False where no count of periods would come to ALARM with the datapoints that there are. */
  readonly canFire: boolean;
  /** What became different from the candidate. */
  readonly notes: readonly string[];
}

/** The period follows the metric; of a plain rule also how missing data counts. */
export function fitRule(candidate: Candidate, history: History, metric: MetricIdentity): FittedRule {
  const { publishingSeconds, view, range } = history;
  const gap = publishingSeconds ?? findUsualGapSeconds(view.points.map(({ epochMs }) => epochMs));
  const fitted = fitPeriod(candidate.rule, Math.max(gap ?? 0, view.periodSeconds ?? 0));
  const values = toPeriodValues(view.points, fitted.periodSeconds, range.endEpochMs, fitted.statistic);
  const isRare = candidate.isFree && values.count < values.values.length * MIN_DENSITY;
  const isSlow = candidate.isFree && fitted.periodSeconds >= HOUR_MS / SECOND_MS;
  const wanted: AlarmRule = {
    ...fitted,
    ...(isRare && { missingData: 'notBreaching' }),
    ...(isSlow && { evaluationPeriods: 1, datapointsToAlarm: 1 }),
  };
  const fireable = values.count === 0 ? wanted : makeFireable(values, triedAs(wanted, metric));
  const rule = fireable === undefined ? wanted : asWritten(fireable, wanted);
  const tried = triedAs(rule, metric);
  const isPeriodMoved = !candidate.isFree && rule.periodSeconds !== candidate.rule.periodSeconds;
  const isCountMoved = rule.datapointsToAlarm !== wanted.datapointsToAlarm;
  return {
    rule,
    tried,
    values,
    canFire: fireable !== undefined,
    notes: [
      ...(isPeriodMoved
        ? [
            `The metric is published every ${rule.periodSeconds} s, so the period is that, not the ${candidate.rule.periodSeconds} s of the advice.`,
          ]
        : []),
      ...(isCountMoved
        ? [
            `With the gaps between its datapoints ${wanted.datapointsToAlarm} of ${wanted.evaluationPeriods} periods would hardly ever fire.`,
          ]
        : []),
      ...(tried.missingData === rule.missingData ? [] : [IGNORED_MISSING]),
    ],
  };
}

function asWritten(fireable: AlarmRule, wanted: AlarmRule): AlarmRule {
  return { ...fireable, missingData: wanted.missingData };
}

/** Alarms on metrics of DynamoDB ignore missing data whatever they say (PutMetricAlarm, API reference). */
function triedAs(rule: AlarmRule, { namespace }: MetricIdentity): AlarmRule {
  return namespace === 'AWS/DynamoDB' ? { ...rule, missingData: 'ignore' } : rule;
}
