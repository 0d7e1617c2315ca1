/** What an analysis found, as a list in order of size and recency. Pure. */
import type { LevelShift, SeriesAnalysis } from './analyze-series.ts';
import type { Grid } from './grid.ts';
import { robustSigma } from './robust.ts';

export type Finding = FindingPlace &
  (
    | { readonly kind: 'shift'; readonly before: number; readonly after: number }
    /** A level that came and went. */
    | { readonly kind: 'excursion'; readonly before: number; readonly after: number }
    | { readonly kind: 'outliers'; readonly value: number; readonly expected: number; readonly count: number }
    | { readonly kind: 'spread'; readonly before: number; readonly after: number; readonly isRelative: boolean }
    | { readonly kind: 'stopped' | 'stuck'; readonly before: number; readonly after: number }
    | { readonly kind: 'bursts'; readonly before: number; readonly after: number }
    | { readonly kind: 'missing' }
    | { readonly kind: 'hour' }
  );

interface FindingPlace {
  readonly startEpochMs: number;
  /** Undefined: it goes on at the end of the data. */
  readonly endEpochMs?: number;
  /** In standard deviations of what is usual, or as many. */
  readonly size: number;
}

/** Of the jump: a level that comes so near to the one before has come back. */
const RETURN_SHARE = 0.35;
const DAY_MS = 86_400_000;
const MIN_HALF_LIFE_MS = 600_000;
/** Of the range: what is so much older counts half. */
const HALF_LIFE_SHARE = 0.1;
/** What is old still counts a little. */
const OLD_WEIGHT = 0.25;
/** Outliers so near to each other are one event. */
const JOIN_STEPS = 4;
/** What has no size of its own. */
const STATE_SIZE = 12;

export function listFindings(grid: Grid, analysis: SeriesAnalysis): Finding[] {
  const timeOf = (at: number): number => grid.startEpochMs + (grid.indices[at] ?? 0) * grid.stepMs;
  const sigma = robustSigma(grid.values.map((value, at) => value - (analysis.expected[at] ?? 0))) || 1;
  const { spread, switching, event, hour } = analysis;
  const change = switching?.change;
  const findings: Finding[] = [
    ...pairShifts(analysis.shifts, timeOf, sigma),
    ...joinOutliers(grid, analysis, timeOf),
    ...(spread === undefined
      ? []
      : [
          {
            ...spread,
            kind: 'spread' as const,
            isRelative: spread.isRelative === true,
            startEpochMs: timeOf(spread.at),
            size: 4 * Math.abs(Math.log2(spread.after / spread.before)),
          },
        ]),
    ...(change === undefined ? [] : [{ ...change, startEpochMs: timeOf(change.at), size: STATE_SIZE }]),
    ...(event?.missingAt === undefined
      ? []
      : [{ kind: 'missing' as const, startEpochMs: timeOf(event.missingAt), size: STATE_SIZE }]),
  ];
  const endEpochMs = grid.startEpochMs + grid.length * grid.stepMs;
  if (hour !== undefined && hour.verdict !== 'usual' && change === undefined) {
    const size = hour.limit === 0 ? STATE_SIZE : (4 * Math.abs(hour.off)) / hour.limit;
    findings.push({ kind: 'hour', startEpochMs: endEpochMs - Math.max(grid.stepMs, DAY_MS / 24), size });
  }
  const kept = findings.filter((finding) => !isPartOf(finding, findings, grid.stepMs, endEpochMs));
  const halfLifeMs = Math.min(DAY_MS, Math.max(MIN_HALF_LIFE_MS, grid.length * grid.stepMs * HALF_LIFE_SHARE));
  const weigh = (finding: Finding): number => {
    const ageMs = Math.max(
      0,
      endEpochMs - (finding.endEpochMs ?? Math.max(finding.startEpochMs, endEpochMs - 10 * halfLifeMs)),
    );
    const freshMs = Math.min(ageMs, endEpochMs - finding.startEpochMs);
    return Math.log2(1 + finding.size) * (OLD_WEIGHT + (1 - OLD_WEIGHT) * 2 ** (-freshMs / halfLifeMs));
  };
  return kept.toSorted((a, b) => weigh(b) - weigh(a));
}

/** Outliers inside of a level that came and went, or has just come, and the hour in which it came: one event is told once. */
function isPartOf(finding: Finding, all: readonly Finding[], stepMs: number, lastEpochMs: number): boolean {
  if (finding.kind !== 'outliers' && finding.kind !== 'hour') return false;
  return all.some(({ kind, startEpochMs, endEpochMs = lastEpochMs }) => {
    if (kind !== 'shift' && kind !== 'excursion') return false;
    const isNear = endEpochMs - startEpochMs <= DAY_MS;
    const from = startEpochMs - JOIN_STEPS * stepMs;
    if (finding.kind === 'hour') return isNear && endEpochMs === lastEpochMs;
    return isNear && finding.startEpochMs >= from && (finding.endEpochMs ?? 0) <= endEpochMs + JOIN_STEPS * stepMs;
  });
}

/** Two shifts of which the second takes the first back are one excursion. */
function pairShifts(shifts: readonly LevelShift[], timeOf: (at: number) => number, sigma: number): Finding[] {
  const found: Finding[] = [];
  for (let index = 0; index < shifts.length; index += 1) {
    const shift = shifts[index];
    const next = shifts[index + 1];
    if (shift === undefined) continue;
    const { at, before, after } = shift;
    const base = { startEpochMs: timeOf(at), before, after, size: Math.abs(after - before) / sigma };
    if (next !== undefined && Math.abs(next.after - before) <= RETURN_SHARE * Math.abs(after - before)) {
      found.push({ ...base, kind: 'excursion', endEpochMs: timeOf(next.at) });
      index += 1;
    } else found.push({ ...base, kind: 'shift' });
  }
  return found;
}

function joinOutliers(grid: Grid, { outliers, expected }: SeriesAnalysis, timeOf: (at: number) => number): Finding[] {
  const found: (Finding & { kind: 'outliers'; last: number })[] = [];
  for (const { at, sigmas } of outliers.toSorted((a, b) => a.at - b.at)) {
    const open = found.at(-1);
    const index = grid.indices[at] ?? 0;
    const one = { value: grid.values[at] ?? 0, expected: expected[at] ?? 0 };
    if (open !== undefined && index - open.last <= JOIN_STEPS) {
      const isFarther = Math.abs(sigmas) > open.size;
      found[found.length - 1] = {
        ...open,
        ...(isFarther && one),
        size: Math.max(open.size, Math.abs(sigmas)),
        count: open.count + 1,
        last: index,
        endEpochMs: timeOf(at) + grid.stepMs,
      };
    } else {
      const startEpochMs = timeOf(at);
      found.push({
        kind: 'outliers',
        ...one,
        size: Math.abs(sigmas),
        count: 1,
        last: index,
        startEpochMs,
        endEpochMs: startEpochMs + grid.stepMs,
      });
    }
  }
  return found.map(({ last: _last, ...finding }) => finding);
}
