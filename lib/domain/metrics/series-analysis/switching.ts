/** Series that jump to and fro between two states: bursts, hosts that work on demand. Pure. */
import type { Grid } from './grid.ts';
import { medianOf, quantileOf, robustSigma } from './robust.ts';

export interface Switching {
  readonly low: number;
  readonly high: number;
  readonly switches: number;
  /** Median lengths in samples. */
  readonly onSamples: number;
  readonly offSamples: number;
  readonly isOn: Uint8Array;
  readonly change?: SwitchingChange;
}

/** `stopped`, `stuck`: in one state for far longer than ever before. `bursts`: the upper state is another one. */
export interface SwitchingChange {
  readonly kind: 'stopped' | 'stuck' | 'bursts';
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

const MIN_SAMPLES = 96;
/** Of the distance from the 1st to the 99th percentile. */
const MIN_GAP_SHARE = 0.1;
/** Of the distance of the two states. */
const MIN_VALLEY = 0.35;
const MIN_STATE_SHARE = 0.05;
const MIN_SWITCHES = 12;
/** Of the switches that independent values would make. */
const MAX_SWITCH_SHARE = 0.5;
const MIN_RUNS = 5;
const LONG_FACTOR = 2;
const BURST_SIGMAS = 6;
const MIN_BURST_CHANGE = 0.3;
const MIN_RUNS_AFTER = 2;

export function findSwitching({ values }: Grid): Switching | undefined {
  if (values.length < MIN_SAMPLES) return undefined;
  const threshold = findValley(values.slice().sort());
  if (threshold === undefined) return undefined;
  const isOn = Uint8Array.from(values, (value) => (value > threshold ? 1 : 0));
  const runs = toRuns(isOn);
  const share = isOn.reduce((sum, on) => sum + on, 0) / isOn.length;
  const switches = runs.length - 1;
  if (switches < MIN_SWITCHES || switches > MAX_SWITCH_SHARE * 2 * share * (1 - share) * isOn.length) return undefined;
  const lengthOf = (on: number): number =>
    medianOf(
      Float64Array.from(
        runs.filter((run) => run.on === on),
        ({ from, to }) => to - from,
      ),
    );
  const stateOf = (on: number): number => medianOf(values.filter((_, at) => isOn[at] === on));
  const change = findChange(values, runs);
  return {
    low: stateOf(0),
    high: stateOf(1),
    switches,
    onSamples: lengthOf(1),
    offSamples: lengthOf(0),
    isOn,
    ...(change !== undefined && { change }),
  };
}

/** The lowest wide gap between values with enough of them on both sides. */
function findValley(sorted: Float64Array): number | undefined {
  const range = quantileOf(sorted, 0.99) - quantileOf(sorted, 0.01);
  const from = Math.floor(sorted.length * MIN_STATE_SHARE);
  for (let at = from; at < sorted.length - from; at += 1) {
    const [below, above] = [sorted[at] ?? 0, sorted[at + 1] ?? 0];
    if (above - below < MIN_GAP_SHARE * range) continue;
    const distance = medianOf(sorted.subarray(at + 1)) - medianOf(sorted.subarray(0, at + 1));
    if (above - below >= MIN_VALLEY * distance) return (below + above) / 2;
  }
  return undefined;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly on: number;
}

function toRuns(isOn: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let at = 1; at <= isOn.length; at += 1) {
    if (at < isOn.length && isOn[at] === isOn[from]) continue;
    runs.push({ from, to: at, on: isOn[from] ?? 0 });
    from = at;
  }
  return runs;
}

function findChange(values: Float64Array, runs: readonly Run[]): SwitchingChange | undefined {
  const last = runs.at(-1);
  if (last === undefined) return undefined;
  const alike = runs.slice(1, -1).filter(({ on }) => on === last.on);
  const longest = alike.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  if (alike.length >= MIN_RUNS && last.to - last.from > LONG_FACTOR * longest) {
    return { kind: last.on === 1 ? 'stuck' : 'stopped', at: last.from, before: longest, after: last.to - last.from };
  }
  const bursts = runs.filter(({ on }) => on === 1);
  const heights = Float64Array.from(bursts, ({ from, to }) => medianOf(values.slice(from, to)));
  for (let split = MIN_RUNS; split <= heights.length - MIN_RUNS_AFTER; split += 1) {
    const earlier = heights.slice(0, split);
    const later = heights.slice(split);
    const before = medianOf(earlier);
    const after = medianOf(later);
    const sigma = Math.max(robustSigma(earlier, before), MIN_BURST_CHANGE * Math.abs(before) * 0.1);
    const isApart = later.every((height) => Math.abs(height - before) > (BURST_SIGMAS / 2) * sigma);
    if (!isApart || Math.abs(after - before) < Math.max(BURST_SIGMAS * sigma, MIN_BURST_CHANGE * Math.abs(before)))
      continue;
    return { kind: 'bursts', at: bursts[split]?.from ?? 0, before, after };
  }
  return undefined;
}
