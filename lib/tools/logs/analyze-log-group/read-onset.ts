/** When new and grown patterns began: by the messages that were read, else by one query that counts their events over time. */
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { findProbe, toCountQuery, toFilter } from '../../../domain/logs/patterns/pattern-probe.ts';
import type { Point } from '../../../domain/metrics/series-summary.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { QueryRunner } from '../shared/read-queries.ts';
import type { Windows } from './arguments.ts';

/** Patterns that are followed over time. */
const MAX_FOLLOWED = 8;
/** Messages of each pattern, and their length, that words are looked for in. */
const MAX_TEXTS = 5;
const MAX_TEXT_CHARS = 1_000;
/** The counted events are those of the pattern when they differ from its own count by at most this share. */
const MAX_DIFFERENCE = 0.1;

export interface Onset {
  readonly points: readonly Point[];
  /** The first event, or the begin of the first period with one; undefined where the words found other events. */
  readonly firstEpochMs?: number;
}

export interface PatternFinder {
  /** A filter that finds the events of the pattern and of no other. */
  readonly filter: string;
  readonly probe: readonly string[];
}

export type Finders = ReadonlyMap<LogPattern, PatternFinder>;

/** Words that find the events of each pattern, where there are such. */
export function findFinders(wanted: readonly LogPattern[], all: readonly LogPattern[]): Finders {
  return new Map(
    wanted.slice(0, MAX_FOLLOWED).flatMap((pattern) => {
      const others = all.flatMap((other) => (other === pattern ? [] : textsOf(other)));
      const probe = findProbe(textsOf(pattern), others, pattern.mark?.value);
      return probe === undefined ? [] : [[pattern, { probe, filter: toFilter(probe) }] as const];
    }),
  );
}

/** Enough of a pattern to tell it from others: thousands of long messages would take long to search. */
function textsOf({ texts }: LogPattern): readonly string[] {
  return texts.slice(0, MAX_TEXTS).map((text) => text.slice(0, MAX_TEXT_CHARS));
}

/** @param scanBytes what a query over the window reads */
export async function findOnsets(
  changed: readonly LogPattern[],
  finders: Finders,
  windows: Windows,
  runner: QueryRunner,
  scanBytes: number,
): Promise<ReadonlyMap<LogPattern, Onset>> {
  const known = changed.flatMap((pattern) => {
    const onset = readOwn(pattern, windows);
    return onset === undefined ? [] : [[pattern, onset] as const];
  });
  const isKnown = new Set(known.map(([pattern]) => pattern));
  const isChanged = new Set(changed);
  const followed = [...finders].filter(
    ([pattern]) => pattern.now > 0 && isChanged.has(pattern) && !isKnown.has(pattern),
  );
  if (followed.length === 0 || !runner.hasRoomFor(scanBytes)) return new Map(known);
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
  if (!result.isWhole) return new Map(known);
  const counted = followed.map(([pattern], index) => [pattern, readOnset(result.rows, index, pattern.now)] as const);
  return new Map([...known, ...counted]);
}

/** By the messages of a pattern, where all were read. */
function readOwn({ firstEpochMs, seen }: LogPattern, { bin }: Windows): Onset | undefined {
  if (firstEpochMs === undefined) return undefined;
  return {
    firstEpochMs: Math.floor(firstEpochMs / SECOND_MS) * SECOND_MS,
    points: toPoints(seen.now?.steps, bin.stepMs),
  };
}

/** Events by the begin of their step, in time order. */
export function toPoints(steps: ReadonlyMap<number, number> | undefined, stepMs: number): Point[] {
  return [...(steps ?? [])]
    .map(([step, value]) => ({ epochMs: step * stepMs, value }))
    .sort((a, b) => a.epochMs - b.epochMs);
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
