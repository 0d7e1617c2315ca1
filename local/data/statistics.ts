/** Samples of one period: value and how many measurements had it. */
export type WeightedSample = readonly [value: number, weight: number];

export interface SimpleAggregate {
  sum: number;
  sampleCount: number;
  minimum: number;
  maximum: number;
}

const SIMPLE = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;
const SHORT = /^(p|tm|wm|tc|ts)(\d{1,2}(?:\.\d{1,10})?|100)$/i;
const RANGE = /^(TM|WM|TC|TS|PR)\((\d+(?:\.\d+)?%?)?:(\d+(?:\.\d+)?%?)?\)$/i;

type Bound = { readonly kind: 'share' | 'value'; readonly value: number } | undefined;

/** A statistic as CloudWatch writes it (User Guide, "CloudWatch statistics definitions"). */
export type Statistic =
  | { readonly kind: 'simple'; readonly name: (typeof SIMPLE)[number] }
  | { readonly kind: 'percentile'; readonly share: number }
  | {
      readonly kind: 'trimmed';
      readonly name: 'tm' | 'wm' | 'tc' | 'ts' | 'pr';
      readonly low: Bound;
      readonly high: Bound;
    };

/** Reads `Average`, `p99.9`, `tm90`, `TM(10%:90%)`, `PR(:300)`, `IQM` …; undefined = no such statistic. */
export function parseStatistic(text: string): Statistic | undefined {
  const simple = SIMPLE.find((name) => name === text);
  if (simple !== undefined) return { kind: 'simple', name: simple };
  if (text === 'IQM') return { kind: 'trimmed', name: 'tm', low: toShare(0.25), high: toShare(0.75) };
  const short = SHORT.exec(text);
  if (short !== null) {
    const share = Number(short[2]) / 100;
    const name = toTrimmedName(short[1] ?? '');
    return name === undefined
      ? { kind: 'percentile', share }
      : { kind: 'trimmed', name, low: undefined, high: toShare(share) };
  }
  const range = RANGE.exec(text);
  const name = toTrimmedName(range?.[1] ?? '');
  if (range === null || name === undefined || (range[2] === undefined && range[3] === undefined)) return undefined;
  return { kind: 'trimmed', name, low: parseBound(range[2]), high: parseBound(range[3]) };
}

export function readSimple(aggregate: SimpleAggregate, name: (typeof SIMPLE)[number]): number {
  switch (name) {
    case 'Average':
      return aggregate.sum / aggregate.sampleCount;
    case 'Sum':
      return aggregate.sum;
    case 'Minimum':
      return aggregate.minimum;
    case 'Maximum':
      return aggregate.maximum;
    case 'SampleCount':
      return aggregate.sampleCount;
  }
}

/** Computes a percentile or trimmed statistic; undefined when trimming leaves nothing to average. */
export function readDistribution(
  samples: readonly WeightedSample[],
  statistic: Exclude<Statistic, { kind: 'simple' }>,
): number | undefined {
  const sorted = isAscending(samples) ? samples : samples.toSorted((left, right) => left[0] - right[0]);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  if (statistic.kind === 'percentile') return readPercentile(sorted, total, statistic.share);
  const kept = trim(sorted, total, statistic.low, statistic.high);
  const keptCount = kept.reduce((sum, [, weight]) => sum + weight, 0);
  const keptSum = kept.reduce((sum, [value, weight]) => sum + value * weight, 0);
  switch (statistic.name) {
    case 'tc':
      return keptCount;
    case 'ts':
      return keptSum;
    case 'pr':
      return total === 0 ? undefined : (keptCount / total) * 100;
    case 'tm':
      return keptCount === 0 ? undefined : keptSum / keptCount;
    case 'wm':
      return total === 0 ? undefined : winsorize(sorted, kept, total);
  }
}

/** As the samples of one minute nearly always are. */
function isAscending(samples: readonly WeightedSample[]): boolean {
  let before = Number.NEGATIVE_INFINITY;
  for (const [value] of samples) {
    if (value < before) return false;
    before = value;
  }
  return true;
}

function readPercentile(sorted: readonly WeightedSample[], total: number, share: number): number | undefined {
  let cumulated = 0;
  for (const [value, weight] of sorted) {
    cumulated += weight;
    if (cumulated >= total * share - 1e-9) return value;
  }
  return sorted.at(-1)?.[0];
}

function trim(sorted: readonly WeightedSample[], total: number, low: Bound, high: Bound): readonly WeightedSample[] {
  const from = low?.kind === 'share' ? low.value * total : 0;
  const to = high?.kind === 'share' ? high.value * total : total;
  const kept: WeightedSample[] = [];
  let cumulated = 0;
  for (const [value, weight] of sorted) {
    const inside = Math.min(to, cumulated + weight) - Math.max(from, cumulated);
    cumulated += weight;
    const isAboveLow = low?.kind !== 'value' || value > low.value;
    const isBelowHigh = high?.kind !== 'value' || value <= high.value;
    if (inside > 1e-9 && isAboveLow && isBelowHigh) kept.push([value, inside]);
  }
  return kept;
}

/** Values outside of the bounds count with the value at the bound. */
function winsorize(
  sorted: readonly WeightedSample[],
  kept: readonly WeightedSample[],
  total: number,
): number | undefined {
  const lowest = kept[0]?.[0];
  const highest = kept.at(-1)?.[0];
  if (lowest === undefined || highest === undefined) return undefined;
  const sum = sorted.reduce((acc, [value, weight]) => acc + Math.min(highest, Math.max(lowest, value)) * weight, 0);
  return sum / total;
}

function toShare(value: number): Bound {
  return { kind: 'share', value };
}

function parseBound(text: string | undefined): Bound {
  if (text === undefined) return undefined;
  return text.endsWith('%') ? toShare(Number(text.slice(0, -1)) / 100) : { kind: 'value', value: Number(text) };
}

function toTrimmedName(text: string): 'tm' | 'wm' | 'tc' | 'ts' | 'pr' | undefined {
  return (['tm', 'wm', 'tc', 'ts', 'pr'] as const).find((name) => name === text.toLowerCase());
}
