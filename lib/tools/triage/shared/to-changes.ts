/** What was found, as the changes of an answer. */
import type { PatternChange } from '../../../domain/investigation/compare-logs.ts';
import type { Change } from '../../../domain/investigation/finding.ts';
import type { LogFinding } from '../../../domain/investigation/log-links.ts';
import { type MetricShift, strengthOf } from '../../../domain/investigation/metric-shift.ts';
import type { ConfigChange } from '../../../domain/investigation/rank-suspects.ts';
import { formatNumber } from '../../../domain/metrics/metric-value.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { clip } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, MINUTE_MS } from '../../../domain/time.ts';

const MAX_TEMPLATE_CHARS = 160;
/** Of one log group. */
const MAX_PATTERNS = 5;
const MAX_FIELDS = 4;
const UNEQUAL = 0.1;
const FULL_DEVIATIONS = 30;
/** What somebody did so long before the onset may have to do with it. */
const NEAR_MS = 15 * MINUTE_MS;

export function toMetricChange(one: MetricShift): Change {
  const { metric, shift, periodMs, atEpochMs, stampEpochMs = atEpochMs, endedEpochMs, isRegular, isSlow } = one;
  const ended = endedEpochMs === undefined ? '' : `, usual again since ${formatTime(endedEpochMs)}`;
  const dimensions = metric.dimensions.map(({ name, value }) => `${name}=${value}`).join(', ');
  return {
    atEpochMs: stampEpochMs,
    ...(periodMs > MINUTE_MS && { untilEpochMs: stampEpochMs + periodMs }),
    kind: 'metric',
    subject: `${metric.resource} ${metric.metricName}`,
    resource: metric.resource,
    before: formatNumber(shift.before),
    after: `${shift.direction === 'stopped' ? 'no datapoints' : formatNumber(shift.after)}${isSlow ? ', slowly' : ''}${ended}${isRegular ? ', as now and then before' : ''}`,
    score: round(strengthOf(one) * (isRegular ? 0.2 : 1)),
    evidence: `get_metric_data ${metric.namespace} ${metric.metricName} {${dimensions}}${inAccount(metric.accountId)} ${one.statistic} ${formatDuration(periodMs)}`,
  };
}

export function toLogChanges({ group, resource, comparison }: LogFinding): readonly Change[] {
  const patterns = [...comparison.patterns]
    .sort((a, b) => Number(b.isError) - Number(a.isError) || b.deviations - a.deviations)
    .slice(0, MAX_PATTERNS)
    .map(
      (pattern): Change => ({
        atEpochMs: pattern.firstEpochMs,
        kind: 'log_pattern',
        subject: clip(pattern.template, MAX_TEMPLATE_CHARS),
        resource,
        before: tellBefore(pattern),
        after: `${countOf(pattern.after, 'line')}, ${pattern.change}`,
        score: round(Math.min(1, pattern.deviations / FULL_DEVIATIONS)),
        evidence: `execute_log_insights_query ${group}`,
      }),
    );
  const fields = comparison.fields.slice(0, MAX_FIELDS).map(
    (field): Change => ({
      atEpochMs: field.firstEpochMs,
      kind: 'log_field',
      subject: `${field.name}=${field.value}`,
      resource,
      before:
        field.change === 'concentrated'
          ? `${percent(field.before)} of other lines`
          : `${percent(field.before)} of lines`,
      after:
        field.change === 'concentrated'
          ? `${percent(field.after)} of errors`
          : `${percent(field.after)} of lines, ${field.change}`,
      score: round(Math.min(1, field.deviations / FULL_DEVIATIONS)),
      evidence: `execute_log_insights_query ${group}`,
    }),
  );
  return [...patterns, ...fields];
}

/** In as long a time as the lines since: windows differ in length. */
function tellBefore({ before, expected }: PatternChange): string {
  const isAsLong = Math.abs(before - expected) <= UNEQUAL * before;
  return isAsLong ? countOf(before, 'line') : `${countOf(Math.round(expected), 'line')} in as long`;
}

export function toConfigChange({ atEpochMs, text, resources }: ConfigChange, onsetEpochMs: number): Change {
  const isNear = atEpochMs <= onsetEpochMs && atEpochMs >= onsetEpochMs - NEAR_MS;
  return {
    atEpochMs,
    kind: 'config_change',
    subject: text,
    ...(resources[0] !== undefined && { resource: resources[0] }),
    before: '',
    after: 'done',
    score: isNear ? 0.8 : 0.3,
    evidence: 'CloudTrail LookupEvents',
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
