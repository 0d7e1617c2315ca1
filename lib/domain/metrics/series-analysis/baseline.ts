/** The one rule that leaves incidents out of what is called usual. Pure. */
import type { SeriesAnalysis } from './analyze-series.ts';
import { type Finding, listFindings } from './findings.ts';
import type { Grid } from './grid.ts';

/** A level that has come to stay is no incident, once so much of the range has it. */
const SETTLED_SHARE = 0.25;
const DAY_MS = 86_400_000;

export interface Incident {
  readonly startEpochMs: number;
  /** Undefined: it goes on. */
  readonly endEpochMs?: number;
}

export interface Baseline {
  /** The grid without the samples of incidents; with all of them where nearly nothing would be left. */
  readonly grid: Grid;
  /** In time order. */
  readonly incidents: readonly Incident[];
}

const MIN_LEFT_SHARE = 0.5;

/** Excursions of the level, levels too fresh to be usual, outliers, and states that have lasted longer than ever. */
export function leaveOutIncidents(grid: Grid, analysis: SeriesAnalysis): Baseline {
  const endEpochMs = grid.startEpochMs + grid.length * grid.stepMs;
  const incidents = listFindings(grid, analysis)
    .filter((finding) => isIncident(finding, grid, endEpochMs))
    .map(
      ({ startEpochMs, endEpochMs: end }): Incident => ({
        startEpochMs,
        ...(end !== undefined && { endEpochMs: end }),
      }),
    )
    .toSorted((a, b) => a.startEpochMs - b.startEpochMs);
  const timeOf = (index: number): number => grid.startEpochMs + index * grid.stepMs;
  const isKept = Array.from(
    grid.indices,
    (index) =>
      !incidents.some(
        ({ startEpochMs, endEpochMs: end }) => timeOf(index) >= startEpochMs && timeOf(index) < (end ?? endEpochMs),
      ),
  );
  const left = isKept.filter(Boolean).length;
  if (left === isKept.length || left < MIN_LEFT_SHARE * isKept.length) return { grid, incidents: [] };
  return {
    grid: {
      ...grid,
      indices: grid.indices.filter((_, at) => isKept[at]),
      values: grid.values.filter((_, at) => isKept[at]),
    },
    incidents,
  };
}

function isIncident(finding: Finding, grid: Grid, endEpochMs: number): boolean {
  switch (finding.kind) {
    case 'excursion':
    case 'outliers':
    case 'stopped':
    case 'stuck':
      return true;
    case 'shift': {
      const lastsMs = endEpochMs - finding.startEpochMs;
      return lastsMs < Math.min(DAY_MS * 4, SETTLED_SHARE * grid.length * grid.stepMs);
    }
    default:
      return false;
  }
}
