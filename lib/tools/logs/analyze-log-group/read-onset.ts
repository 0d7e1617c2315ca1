/** When new and grown patterns began: their events counted over time, in one query. */
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { findProbe, toCountQuery, toFilter } from '../../../domain/logs/patterns/pattern-probe.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import type { AnalysisResult, QueryRunner } from '../shared/read-queries.ts';
import type { Windows } from './arguments.ts';

/** Patterns that are followed over time. */
const MAX_FOLLOWED = 8;
/** Messages of each pattern, and their length, that words are looked for in. */
const MAX_TEXTS = 5;
const MAX_TEXT_CHARS = 1_000;
/** Less time than this is not worth starting a query. */
const MIN_TIME_MS = 3_000;
/** The counted events are those of the pattern when they differ from its own count by at most this share. */
const MAX_DIFFERENCE = 0.1;

export interface Onset {
  readonly points: readonly Point[];
  /** Begin of the first period with an event; undefined where the words found other events. */
  readonly firstEpochMs?: number;
}

export interface PatternFinder {
  /** A filter that finds the events of the pattern and of no other. */
  readonly filter: string;
  readonly probe: readonly string[];
}

/** Words that find the events of each pattern, where there are such. */
export function findFinders(
  wanted: readonly LogPattern[],
  all: readonly LogPattern[],
): ReadonlyMap<LogPattern, PatternFinder> {
  return new Map(
    wanted.slice(0, MAX_FOLLOWED).flatMap((pattern) => {
      const others = all.flatMap((other) => (other === pattern ? [] : textsOf(other)));
      const probe = findProbe(textsOf(pattern), others);
      return probe === undefined ? [] : [[pattern, { probe, filter: toFilter(probe) }] as const];
    }),
  );
}

/** Enough of a pattern to tell it from others: thousands of long messages would take long to search. */
function textsOf({ texts }: LogPattern): readonly string[] {
  return texts.slice(0, MAX_TEXTS).map((text) => text.slice(0, MAX_TEXT_CHARS));
}

/** @param lastScanBytes what the dearest query over the window has scanned: this one reads as much */
export async function findOnsets(
  finders: ReadonlyMap<LogPattern, PatternFinder>,
  windows: Windows,
  runner: QueryRunner,
  limits: { readonly nowEpochMs: number; readonly lastScanBytes: number },
): Promise<{ readonly onsets: ReadonlyMap<LogPattern, Onset>; readonly result?: AnalysisResult }> {
  const followed = [...finders].filter(([{ now }]) => now > 0);
  const hasTime = runner.untilEpochMs - limits.nowEpochMs >= MIN_TIME_MS;
  const hasBudget = runner.scannedBytes() + limits.lastScanBytes <= runner.maxScanBytes;
  if (followed.length === 0 || !hasTime || !hasBudget) return { onsets: new Map() };
  const result = await runner.run({
    about: 'The times at which new patterns began',
    text: toCountQuery(
      followed.map(([, { probe }]) => probe),
      windows.bin.name,
    ),
    range: windows.now,
    limit: 10_000,
    columns: ['bin('],
  });
  if (!result.isWhole) return { onsets: new Map(), result };
  return {
    onsets: new Map(followed.map(([pattern], index) => [pattern, readOnset(result.rows, index, pattern.now)])),
    result,
  };
}

function readOnset(rows: readonly InsightsRow[], index: number, expected: number): Onset {
  const points = readSeries(rows, `c${index}`).filter(({ value }) => value > 0);
  const counted = points.reduce((sum, { value }) => sum + value, 0);
  const isSame = Math.abs(counted - expected) <= Math.max(1, expected * MAX_DIFFERENCE);
  const [first] = points;
  return isSame && first !== undefined ? { points, firstEpochMs: first.epochMs } : { points: [] };
}

/** Values by the begin of their period, ascending; the period is the one field that is not named by the query. */
export function readSeries(rows: readonly InsightsRow[], name: string): Point[] {
  return rows
    .flatMap((row) => {
      const period = row.find(({ field }) => field.startsWith('bin('));
      const value = row.find(({ field }) => field === name);
      const epochMs = Date.parse(`${(period?.value ?? '').replace(' ', 'T')}Z`);
      return Number.isNaN(epochMs) ? [] : [{ epochMs, value: Number(value?.value ?? 0) || 0 }];
    })
    .sort((a, b) => a.epochMs - b.epochMs);
}
