/** The one rule that leaves incidents out of what is called usual. Pure. */
import type { SeriesAnalysis } from './analyze-series.ts';
import { type Finding, listFindings } from './findings.ts';
import type { Grid } from './grid.ts';
import { medianOf } from './robust.ts';

/** A level that has come to stay is no incident, once so much of the range has it. */
const SETTLED_SHARE = 0.25;
const DAY_MS = 86_400_000;

export interface Incident {
  readonly kind: 'shift' | 'excursion' | 'outliers' | 'stopped' | 'stuck';
  /** How far the level went, up or down; of outliers how far the farthest one lies off. */
  readonly jump: number;
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
/** A series that nearly always has one value has no noise to measure anything by: runs off it are told by themselves. */
const MAX_OFF_SHARE = 0.1;
const MIN_RUN = 10;
const MAX_HOLE = 4;

/** Excursions of the level, levels too fresh to be usual, outliers, and states that have lasted longer than ever. */
export function leaveOutIncidents(grid: Grid, analysis: SeriesAnalysis): Baseline {
  const endEpochMs = grid.startEpochMs + grid.length * grid.stepMs;
  const found = listFindings(grid, analysis).flatMap((finding) => toIncident(finding, grid, endEpochMs) ?? []);
  const blocks = listBlocks(grid).filter(
    (block) =>
      !found.some((one) => one.startEpochMs < block.endEpochMs && block.startEpochMs < (one.endEpochMs ?? endEpochMs)),
  );
  const incidents = [...found, ...blocks].toSorted((a, b) => a.startEpochMs - b.startEpochMs);
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

function toIncident(finding: Finding, grid: Grid, endEpochMs: number): Incident | undefined {
  const { startEpochMs, endEpochMs: end } = finding;
  const span = { startEpochMs, ...(end !== undefined && { endEpochMs: end }) };
  switch (finding.kind) {
    case 'outliers':
      return { ...span, kind: finding.kind, jump: finding.value - finding.expected };
    case 'excursion':
    case 'stopped':
    case 'stuck':
      return { ...span, kind: finding.kind, jump: finding.after - finding.before };
    case 'shift': {
      const isFresh = endEpochMs - startEpochMs < Math.min(DAY_MS * 4, SETTLED_SHARE * grid.length * grid.stepMs);
      return isFresh ? { ...span, kind: finding.kind, jump: finding.after - finding.before } : undefined;
    }
    default:
      return undefined;
  }
}

/** Long runs off the one value that a series nearly always has; single ones are no incidents. */
function listBlocks({ values, indices, startEpochMs, stepMs }: Grid): (Incident & { readonly endEpochMs: number })[] {
  const usual = medianOf(values);
  const off = [...values.keys()].filter((at) => values[at] !== usual);
  if (off.length > values.length * MAX_OFF_SHARE) return [];
  const runs: number[][] = [];
  for (const at of off) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || at - before > MAX_HOLE) runs.push([at]);
    else last.push(at);
  }
  const timeOf = (at: number | undefined): number => startEpochMs + (indices[at ?? 0] ?? 0) * stepMs;
  return runs
    .filter((run) => run.length >= MIN_RUN)
    .map((run) => ({
      kind: 'excursion',
      jump: medianOf(Float64Array.from(run, (at) => values[at] ?? usual)) - usual,
      startEpochMs: timeOf(run[0]),
      endEpochMs: timeOf(run.at(-1)) + stepMs,
    }));
}
