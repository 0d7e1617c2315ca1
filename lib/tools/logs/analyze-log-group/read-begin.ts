/** Since when there are errors that the window compared with has too: by its messages, else by one look further back. */
import { type Begin, findBegin } from '../../../domain/logs/patterns/find-begin.ts';
import type { LogPattern } from '../../../domain/logs/patterns/log-pattern.ts';
import { toCountQuery } from '../../../domain/logs/patterns/pattern-probe.ts';
import { DAY_MS, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { QueryRunner } from '../shared/read-queries.ts';
import { chooseBin, type Windows } from './arguments.ts';
import { type Finders, readSeries, toPoints } from './read-onset.ts';

/** How far back: so many times the window, which is what the look costs. */
const LOOK_BACK_WINDOWS = 6;
const MAX_LOOK_BACK_MS = 7 * DAY_MS;

export interface Lasting {
  /** Errors that both windows have, and of which is known since when. */
  readonly begins: ReadonlyMap<LogPattern, Begin>;
  /** Errors of both windows. */
  readonly patterns: readonly LogPattern[];
}

interface LookBack {
  readonly windows: Windows;
  readonly runner: QueryRunner;
  /** What a query over one window reads. */
  readonly scanBytes: number;
  /** Nothing older is kept. */
  readonly keptSinceEpochMs: number;
}

/** @param finders of at least the errors among the patterns */
export async function findBegins(patterns: readonly LogPattern[], finders: Finders, look: LookBack): Promise<Lasting> {
  const lasting = patterns.filter(({ severity, now, before = 0 }) => severity === 'error' && now > 0 && before > 0);
  const own = lasting.flatMap((pattern) => {
    const begin = readOwn(pattern, look.windows);
    return begin === undefined ? [] : [[pattern, begin] as const];
  });
  const known = new Map(own);
  const asked = lasting.flatMap((pattern) => {
    const finder = finders.get(pattern);
    return known.has(pattern) || finder === undefined ? [] : [{ pattern, probe: finder.probe }];
  });
  const range = rangeBefore(look);
  if (asked.length === 0 || range === undefined || !look.runner.hasRoomFor(look.scanBytes * (LOOK_BACK_WINDOWS + 1)))
    return { patterns: lasting, begins: known };
  const bin = chooseBin((range.endEpochMs - range.startEpochMs) / SECOND_MS);
  const result = await look.runner.run({
    about: 'When the errors of both windows began',
    text: toCountQuery(
      asked.map(({ probe }) => probe),
      bin.name,
    ),
    range,
    limit: 10_000,
    columns: ['bin('],
  });
  if (!result.isWhole) return { patterns: lasting, begins: known };
  for (const [index, { pattern }] of asked.entries()) {
    const begin = findBegin(readSeries(result.rows, `c${index}`), range, bin.stepMs, rateOf(pattern, look.windows));
    if (begin !== undefined) known.set(pattern, begin);
  }
  return { patterns: lasting, begins: known };
}

/** A begin inside the window before: its messages tell it without a query. */
function readOwn({ seen, ...pattern }: LogPattern, windows: Windows): Begin | undefined {
  if (seen.before?.firstEpochMs === undefined || windows.before.endEpochMs + SECOND_MS !== windows.now.startEpochMs)
    return undefined;
  const points = toPoints(seen.before.steps, windows.bin.stepMs);
  const begin = findBegin(points, windows.before, windows.bin.stepMs, rateOf({ ...pattern, seen }, windows));
  return begin === undefined || begin.isOlder ? undefined : begin;
}

/** Of the quieter window: what grows was rarer at first. */
function rateOf({ now, before = 0 }: LogPattern, { lengthMs }: Windows): number {
  return Math.min(now, before) / lengthMs;
}

/** From the begin of the window back: it holds the window before, where that is next to it. */
function rangeBefore({ windows, keptSinceEpochMs }: LookBack): TimeRange | undefined {
  const { now, lengthMs } = windows;
  const backMs = Math.min(Math.max(MAX_LOOK_BACK_MS, lengthMs), lengthMs * (LOOK_BACK_WINDOWS + 1));
  const startEpochMs = Math.max(now.startEpochMs - backMs, Math.ceil(keptSinceEpochMs / SECOND_MS) * SECOND_MS);
  const endEpochMs = now.startEpochMs - SECOND_MS;
  return endEpochMs - startEpochMs > lengthMs ? { startEpochMs, endEpochMs } : undefined;
}
