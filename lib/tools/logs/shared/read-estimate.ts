/** What is asked of AWS for a dry run: the log groups and what came in; no query is started. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { splitIntoChunks } from '../../../domain/logs/batch/batch-ranges.ts';
import type { LogGroupId } from '../../../domain/logs/log-group-id.ts';
import {
  chooseIncomingPeriod,
  estimateScan,
  type IncomingBytes,
  type ScanEstimate,
} from '../../../domain/logs/scan-estimate.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** DescribeLogGroups, logGroupIdentifiers. */
const MAX_IDENTIFIERS = 50;
/** GetMetricData takes 500 queries; of more log groups the largest are asked for, since each costs. */
const MAX_METRICS = 500;
const MAX_NAMED = 3;
/** Places at once, and lists of each: DescribeLogGroups allows 10 a second (CloudWatch Logs quotas). */
const CONCURRENCY = 5;

export interface EstimatedGroup {
  readonly target: Target;
  readonly name: string;
  readonly estimate: ScanEstimate;
}

export interface ScanSurvey {
  readonly groups: readonly EstimatedGroup[];
  readonly warnings: readonly string[];
}

export interface EstimatedPlace {
  readonly target: Target;
  readonly groups: readonly LogGroupId[];
}

export async function surveyScan(
  places: readonly EstimatedPlace[],
  range: TimeRange,
  context: ToolContext,
): Promise<ScanSurvey> {
  const surveys = await inParallel(places, CONCURRENCY, (place) => surveyPlace(place, range, context));
  return {
    groups: surveys.flatMap(({ groups }) => groups),
    warnings: surveys.flatMap(({ warnings }) => warnings),
  };
}

interface KnownGroup {
  readonly id: LogGroupId;
  readonly facts: Partial<LogGroup>;
}

async function surveyPlace(place: EstimatedPlace, range: TimeRange, context: ToolContext): Promise<ScanSurvey> {
  const { target } = place;
  const found = await describeGroups(place, context);
  const incoming = await readIncoming(target, found.groups, range, context);
  return {
    groups: found.groups.map(({ id, facts }) => ({
      target,
      name: id.name,
      estimate: estimateScan(range, facts, incoming.byGroup.get(id), context.nowEpochMs),
    })),
    warnings: [...found.warnings, ...incoming.warnings],
  };
}

async function describeGroups({ target, groups }: EstimatedPlace, context: ToolContext) {
  const { logs } = context.aws(target);
  const identifiers = groups.map(({ name, arn }) => arn ?? name);
  const answers = await inParallel(splitIntoChunks(identifiers, MAX_IDENTIFIERS), CONCURRENCY, (chunk) =>
    attempt(context.signal, logs.getLogGroups(chunk, context.signal)),
  );
  const failed = answers.find((answer) => 'error' in answer);
  const listed = answers.flatMap((answer) => ('value' in answer ? answer.value : []));
  const known = groups.map((id): KnownGroup & { isFound: boolean } => {
    const group = listed.find(({ name, arn }) => (id.arn === undefined ? name === id.name : arn === id.arn));
    return { id, facts: group ?? {}, isFound: group !== undefined || failed !== undefined };
  });
  const missing = known.filter(({ isFound }) => !isFound).map(({ id }) => inlineName(id.name));
  return {
    groups: known.filter(({ isFound }) => isFound),
    warnings: [
      ...(failed === undefined || !('error' in failed)
        ? []
        : [`Size and retention of the log groups are not known: ${failed.error.publicMessage}`]),
      ...(missing.length === 0
        ? []
        : [
            `${countOf(missing.length, 'log group')} not found in ${target.account}/${target.region}: ${listSome(missing, MAX_NAMED)} → take names from describe_log_groups.`,
          ]),
    ],
  };
}

async function readIncoming(
  target: Target,
  groups: readonly KnownGroup[],
  range: TimeRange,
  context: ToolContext,
): Promise<{ byGroup: ReadonlyMap<LogGroupId, IncomingBytes>; warnings: readonly string[] }> {
  if (groups.length === 0) return { byGroup: new Map(), warnings: [] };
  const largest = groups
    .toSorted((a, b) => (b.facts.storedBytes ?? 0) - (a.facts.storedBytes ?? 0))
    .slice(0, MAX_METRICS);
  const periodSeconds = chooseIncomingPeriod(range, context.nowEpochMs);
  const periodMs = periodSeconds * SECOND_MS;
  const startEpochMs = Math.floor(range.startEpochMs / periodMs) * periodMs;
  const endEpochMs = Math.ceil(range.endEpochMs / periodMs) * periodMs;
  const queries = largest.map(({ id }, index) => ({
    id: `g${index}`,
    isReturned: true,
    metricStat: {
      namespace: 'AWS/Logs',
      metricName: 'IncomingBytes',
      dimensions: [{ name: 'LogGroupName', value: id.name }],
      ...(id.accountId !== undefined && id.accountId !== target.accountId && { accountId: id.accountId }),
      periodSeconds,
      statistic: 'Sum',
    },
  }));
  const maxDatapoints = largest.length * ((endEpochMs - startEpochMs) / periodMs);
  const read = await attempt(
    context.signal,
    context
      .aws(target)
      .metrics.getMetricData(
        { queries, startEpochMs, endEpochMs, maxDatapoints, hasTime: context.hasTime },
        context.signal,
      ),
  );
  if ('error' in read)
    return { byGroup: new Map(), warnings: [`What came in is not known: ${read.error.publicMessage}`] };
  const series = new Map(read.value.series.map((one) => [one.id, one]));
  return {
    byGroup: new Map(
      largest.flatMap(({ id }, index) => {
        const one = series.get(`g${index}`);
        return one === undefined || one.values.length === 0 ? [] : [[id, { ...one, periodSeconds }] as const];
      }),
    ),
    warnings: [
      ...(read.value.isTruncated ? ['Not all of what came in could be read: the estimate is too low.'] : []),
      ...(groups.length > largest.length
        ? [
            `Of ${countOf(groups.length - largest.length, 'log group')} of little size only what is stored was looked at.`,
          ]
        : []),
    ],
  };
}
