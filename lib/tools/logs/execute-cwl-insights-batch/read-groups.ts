/**
 * Looks at the log groups before they are queried: one that does not exist, or cannot answer, would spoil the query of
 * all that stand with it in one chunk.
 */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { splitIntoChunks } from '../../../domain/logs/batch/batch-ranges.ts';
import type { LogGroupId } from '../../../domain/logs/log-group-id.ts';
import { splitPipeline } from '../../../domain/logs/query/pipeline.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, listSome } from '../../../domain/text/counts.ts';
import { DAY_MS, formatTime, type TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { nameMissingGroups } from '../shared/empty-log-groups.ts';
import type { TargetGroups } from './arguments.ts';

/** StartQuery and DescribeLogGroups (logGroupIdentifiers) take 50 log groups. */
export const MAX_GROUPS = 50;
/** Commands that the Infrequent Access class lacks (CloudWatch Logs User Guide, log classes). */
const STANDARD_ONLY: ReadonlySet<string> = new Set(['pattern', 'diff', 'anomaly', 'unmask', 'filterindex']);
const MAX_NAMED = 3;
/** Places at once, and lists of each: DescribeLogGroups allows 10 a second (CloudWatch Logs quotas). */
const CONCURRENCY = 5;

export interface SurveyedGroups {
  readonly target: Target;
  /** Names or ARNs that can be queried, each group once. */
  readonly groups: readonly string[];
}

export interface Survey {
  readonly places: readonly SurveyedGroups[];
  /** What is worth knowing: log groups that only some regions have, retention. */
  readonly notes: readonly string[];
  /** Log groups that were left out. */
  readonly warnings: readonly string[];
}

interface Place extends SurveyedGroups {
  readonly missing: readonly LogGroupId[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** @throws AppError when not one log group can be queried: `not_found` with near names, or `invalid_input` */
export async function surveyGroups(
  assigned: readonly TargetGroups[],
  query: string,
  range: TimeRange,
  context: ToolContext,
): Promise<Survey> {
  const standardOnly = splitPipeline(query).find(({ name }) => STANDARD_ONLY.has(name))?.name;
  const places = await inParallel(assigned, CONCURRENCY, (place) => surveyPlace(place, standardOnly, range, context));
  const absent = await describeMissing(places, context);
  const usable = places.filter(({ groups }) => groups.length > 0);
  const warnings = [
    ...absent.errors.map(({ publicMessage }) => publicMessage),
    ...places.flatMap((place) => place.warnings),
  ];
  if (usable.length === 0) {
    const [error] = absent.errors;
    if (error !== undefined && warnings.length === absent.errors.length) throw error;
    throw new AppError('invalid_input', `No log group is left to query: ${warnings.join(' ')} → name others.`);
  }
  return { places: usable, notes: [...absent.notes, ...places.flatMap(({ notes }) => notes)], warnings };
}

async function surveyPlace(
  { target, groups }: TargetGroups,
  standardOnly: string | undefined,
  range: TimeRange,
  context: ToolContext,
): Promise<Place> {
  const identifiers = groups.map(({ name, arn }) => arn ?? name);
  const answers = await inParallel(splitIntoChunks(identifiers, MAX_GROUPS), CONCURRENCY, (chunk) =>
    attempt(context.signal, context.aws(target).logs.getLogGroups(chunk, context.signal)),
  );
  // Whoever may query need not be allowed to list: then the queries themselves tell.
  if (answers.some((answer) => 'error' in answer))
    return { target, groups: identifiers, missing: [], notes: [], warnings: [] };
  const found = answers.flatMap((answer) => ('value' in answer ? answer.value : []));
  const described = groups.map((id) => ({ id, group: findGroup(found, id) }));
  // A name and an ARN may be the same log group.
  const known = [
    ...new Map(
      described.flatMap(({ id, group }) => (group === undefined ? [] : [[group.arn ?? group.name, { id, group }]])),
    ).values(),
  ];
  const { usable, warnings } = dropUnusable(known, target, standardOnly, range, context.nowEpochMs);
  return {
    target,
    groups: usable.map(({ id }) => id.arn ?? id.name),
    missing: described.flatMap(({ id, group }) => (group === undefined ? [id] : [])),
    notes: noteRetention(
      usable.map(({ group }) => group),
      target,
      range,
      context.nowEpochMs,
    ),
    warnings,
  };
}

function findGroup(found: readonly LogGroup[], { name, arn }: LogGroupId): LogGroup | undefined {
  return found.find((group) => (arn === undefined ? group.name === name : group.arn === arn));
}

interface KnownGroup {
  readonly id: LogGroupId;
  readonly group: LogGroup;
}

function dropUnusable(
  known: readonly KnownGroup[],
  target: Target,
  standardOnly: string | undefined,
  range: TimeRange,
  nowEpochMs: number,
) {
  const reasonOf = ({ logGroupClass, createdEpochMs, ...group }: LogGroup): string | undefined => {
    if (logGroupClass === 'DELIVERY') return 'of class DELIVERY, which cannot be queried';
    if (standardOnly !== undefined && isInfrequent(logGroupClass))
      return `of class ${logGroupClass}, which has no ${standardOnly}`;
    const sinceEpochMs = Math.max(createdEpochMs ?? 0, retainedSince(group, nowEpochMs));
    return range.endEpochMs < sinceEpochMs ? 'newer than end_time, or keeping nothing so old' : undefined;
  };
  const reasons = known.map(({ group }) => reasonOf(group));
  const warnings = [...new Set(reasons)].flatMap((reason) => {
    if (reason === undefined) return [];
    const names = known.filter((_, index) => reasons[index] === reason).map(({ group }) => group.name);
    return [`Left out, ${reason}: ${nameSome(names)} (${target.account}/${target.region}).`];
  });
  return { usable: known.filter((_, index) => reasons[index] === undefined), warnings };
}

function isInfrequent(logGroupClass: string | undefined): boolean {
  return logGroupClass === 'INFREQUENT_ACCESS' || logGroupClass === 'ESSENTIALS';
}

function retainedSince({ retentionDays }: Pick<LogGroup, 'retentionDays'>, nowEpochMs: number): number {
  return retentionDays === undefined ? 0 : nowEpochMs - retentionDays * DAY_MS;
}

function noteRetention(groups: readonly LogGroup[], target: Target, range: TimeRange, nowEpochMs: number): string[] {
  const short = groups.filter((group) => retainedSince(group, nowEpochMs) > range.startEpochMs);
  if (short.length === 0) return [];
  const sinceEpochMs = Math.max(...short.map((group) => retainedSince(group, nowEpochMs)));
  return [
    `start_time lies before what ${countOf(short.length, 'log group')} still keep (${nameSome(short.map(({ name }) => name))}, ${target.account}/${target.region}; the shortest since ${formatTime(sinceEpochMs)}).`,
  ];
}

/** A name that no target has is a mistake; one that some lack is usual. */
async function describeMissing(places: readonly Place[], context: ToolContext) {
  const lacking = places.filter(({ missing }) => missing.length > 0);
  const isNowhere = ({ name, arn }: LogGroupId): boolean =>
    arn !== undefined ||
    (lacking.length === places.length &&
      lacking.every(({ missing }) => missing.some((id) => id.arn === undefined && id.name === name)));
  const seen = new Set<string>();
  const errors: AppError[] = [];
  const notes: string[] = [];
  for (const { target, missing } of lacking) {
    const lost = missing.filter((id) => isNowhere(id) && !seen.has(id.arn ?? id.name));
    for (const id of lost) seen.add(id.arn ?? id.name);
    if (lost.length > 0) errors.push(await explainMissing(lost, target, context));
    const elsewhere = missing.filter((id) => !isNowhere(id)).map(({ name }) => name);
    if (elsewhere.length > 0) notes.push(`Not in ${target.account}/${target.region}: ${nameSome(elsewhere)}.`);
  }
  return { errors, notes };
}

function explainMissing(ids: readonly LogGroupId[], target: Target, context: ToolContext): Promise<AppError> {
  const names = ids.map(({ name }) => name);
  const error = new AppError(
    'not_found',
    `${countOf(ids.length, 'log group')} not found in account ${target.account}, region ${target.region}: ${nameSome(names)} → take names from describe_log_groups.`,
  );
  return nameMissingGroups(error, names, context.aws(target).logs, target, context.signal);
}

function nameSome(names: readonly string[]): string {
  return listSome(names.map(inlineName), MAX_NAMED);
}
