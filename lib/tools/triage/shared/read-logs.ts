/** Samples of the logs of some resources before and after an onset, compared by pattern and field. */
import type { LogGroup } from '../../../aws/ports/logs.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { mapInSlices, runInSlices } from '../../../domain/async/slices.ts';
import { compareLogs } from '../../../domain/investigation/compare-logs.ts';
import type { LogFinding } from '../../../domain/investigation/log-links.ts';
import { type LogLine, readLogLine } from '../../../domain/investigation/log-sample.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import { formatCount } from '../../../domain/text/counts.ts';
import { formatBytes, GIGABYTE } from '../../../domain/text/log-size.ts';
import { DAY_MS, formatDuration, MINUTE_MS, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { createQueryRunner, createScanMeter, type QueryRunner } from '../../logs/shared/read-queries.ts';
import { type LogPlace, referenceOf } from './choose-log-groups.ts';
import { readMetrics } from './read-metrics.ts';
import { miss, type Session } from './session.ts';

export interface LogQuestion {
  readonly onsetEpochMs: number;
  readonly endEpochMs: number;
  readonly maxScanGb: number;
}

/** Rows of each sample; the nearest to the onset where there are more. */
const MAX_ROWS = 4_000;
/** Log groups at once; queries wait for each other by the limit of the account besides. */
const CONCURRENCY = 8;
const BEFORE_MS = 60 * MINUTE_MS;
const AFTER_MS = 30 * MINUTE_MS;
/** What led to the first unusual datapoint was logged up to so long before. */
const MARGIN_MS = 2 * MINUTE_MS;
const MIN_WINDOW_MS = MINUTE_MS;
const DEFAULT_RETENTION_DAYS = 365;

export async function readLogs(
  session: Session,
  places: readonly LogPlace[],
  question: LogQuestion,
): Promise<readonly LogFinding[]> {
  const readable = places.filter(({ group, resource, known }) => {
    const isDelivered = known?.logGroupClass === 'DELIVERY';
    if (isDelivered)
      session.notLookedAt.push(`logs of ${resource}: ${group} is of class DELIVERY, which cannot be queried`);
    return !isDelivered;
  });
  if (readable.length === 0) return [];
  const bytes = await readIncomingBytes(session, readable, question);
  const found = await inParallel(readable, CONCURRENCY, (place, index) => {
    const perMinute = bytes[index] ?? estimateBytes(place.known, question);
    const windows = shrink(question, place, { perMinute, groups: readable.length }, session);
    return readGroup(session, place, windows, question, readable.length);
  });
  return found.flatMap((one) => one ?? []);
}

/** A minute's bytes of each group, as CloudWatch counts them when they come in. */
async function readIncomingBytes(
  session: Session,
  places: readonly LogPlace[],
  { onsetEpochMs }: LogQuestion,
): Promise<readonly (number | undefined)[]> {
  const metrics = places.map(({ group, accountId }) => ({
    namespace: 'AWS/Logs',
    metricName: 'IncomingBytes',
    dimensions: [{ name: 'LogGroupName', value: group }],
    statistic: 'Sum',
    accountId,
  }));
  const hour = { startEpochMs: onsetEpochMs - BEFORE_MS, endEpochMs: onsetEpochMs };
  const series = await readMetrics(session, 'sizes of logs', metrics, hour, 300);
  return places.map((_, index) => {
    const values = series?.[index]?.values ?? [];
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / (values.length * 5);
  });
}

/** From what is stored, spread over the time that it is kept. */
function estimateBytes(group: LogGroup | undefined, { onsetEpochMs }: LogQuestion): number {
  const keptMs = (group?.retentionDays ?? DEFAULT_RETENTION_DAYS) * DAY_MS;
  const ageMs = Math.max(MINUTE_MS, Math.min(keptMs, onsetEpochMs - (group?.createdEpochMs ?? 0)));
  return (group?.storedBytes ?? 0) / (ageMs / MINUTE_MS);
}

interface Windows {
  readonly before: TimeRange;
  readonly after: TimeRange;
}

/** Both windows, shorter where a group writes more than its share of the budget in them. */
function shrink(
  question: LogQuestion,
  place: LogPlace,
  { perMinute, groups }: { readonly perMinute: number; readonly groups: number },
  session: Session,
): Windows {
  const whole = (perMinute * (BEFORE_MS + AFTER_MS)) / MINUTE_MS;
  const share = (question.maxScanGb * GIGABYTE) / groups;
  const factor = whole <= share ? 1 : share / whole;
  const afterMs = Math.max(MIN_WINDOW_MS, AFTER_MS * factor) + MARGIN_MS;
  if (factor < 1)
    session.notLookedAt.push(
      `logs of ${place.resource}: only ${formatDuration(afterMs)} around the onset, since ${formatBytes(whole)} would be scanned (max_scan_gb)`,
    );
  const cut = floorToSecond(question.onsetEpochMs - MARGIN_MS);
  return {
    before: {
      startEpochMs: floorToSecond(cut - Math.max(MIN_WINDOW_MS, BEFORE_MS * factor)),
      endEpochMs: cut - SECOND_MS,
    },
    after: { startEpochMs: cut, endEpochMs: floorToSecond(Math.min(question.endEpochMs, cut + afterMs)) },
  };
}

async function readGroup(
  session: Session,
  place: LogPlace,
  windows: Windows,
  question: LogQuestion,
  groups: number,
): Promise<LogFinding | undefined> {
  const { context, target } = session;
  const reference = referenceOf(place, session);
  const meter = createScanMeter((question.maxScanGb * GIGABYTE) / groups);
  const runner = createQueryRunner(
    { target, reference, meter },
    { ...context, deadlineEpochMs: session.untilEpochMs, hasTime: session.hasTime },
  );
  const [before, after] = await Promise.all([
    sample(runner, `logs of ${place.resource} before`, windows.before, 'desc'),
    sample(runner, `logs of ${place.resource} since`, windows.after, 'asc'),
  ]);
  session.cost.bytesScanned += meter.bytes();
  const failed = runner.results().find(({ error }) => error !== undefined)?.error;
  if (failed !== undefined) {
    miss(session, `logs of ${place.resource}`, failed);
    return undefined;
  }
  const problems = runner.results().flatMap(({ problem }) => problem ?? []);
  session.notLookedAt.push(...problems);
  // What is missing in a part of a sample is no news: nothing is new, gone or grown against it.
  if (problems.length > 0) return undefined;
  const spans = [spanOf(before, windows.before), spanOf(after, windows.after)];
  const scale = Math.max(0.1, (spans[0] ?? 1) / Math.max(1, spans[1] ?? 1));
  const comparison = await runInSlices(compareLogs(before, after, scale, question.onsetEpochMs));
  if (comparison.patternsLeft > 0)
    session.notLookedAt.push(
      `logs of ${place.resource}: ${formatCount(comparison.patternsLeft)} less clear ones of the patterns that changed`,
    );
  return { group: reference, resource: place.resource, comparison };
}

/** The time that the rows cover: less than the window where there were more of them. */
function spanOf(lines: readonly LogLine[], { startEpochMs, endEpochMs }: TimeRange): number {
  if (lines.length < MAX_ROWS) return endEpochMs - startEpochMs + SECOND_MS;
  const times = lines.map(({ epochMs }) => epochMs);
  return Math.max(SECOND_MS, Math.max(...times) - Math.min(...times));
}

async function sample(
  runner: QueryRunner,
  about: string,
  range: TimeRange,
  order: 'asc' | 'desc',
): Promise<readonly LogLine[]> {
  if (range.endEpochMs <= range.startEpochMs) return [];
  const { rows } = await runner.run({
    about,
    text: `fields @timestamp, @message | sort @timestamp ${order} | limit ${MAX_ROWS}`,
    range,
    limit: MAX_ROWS,
    columns: ['@timestamp', '@message'],
  });
  return mapInSlices(rows, (row) => readLogLine(timeOf(row), cellOf(row, '@message')));
}

/** Logs Insights writes `2026-03-01 12:00:00.000`, in UTC. */
function timeOf(row: InsightsRow): number {
  return Date.parse(`${cellOf(row, '@timestamp').replace(' ', 'T')}Z`);
}

function cellOf(row: InsightsRow, name: string): string {
  return row.find(({ field }) => field === name)?.value ?? '';
}

function floorToSecond(epochMs: number): number {
  return Math.floor(epochMs / SECOND_MS) * SECOND_MS;
}
