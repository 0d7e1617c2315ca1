/** Why a metric was not found among those that exist: which of its dimensions does not fit. Pure. */
import { nearestOrFirst } from '../text/nearest.ts';

interface Dimension {
  readonly name: string;
  readonly value: string;
}

export type DimensionMatch =
  | { readonly kind: 'exact' }
  /** No metric has exactly these dimension names; `sets` are those that exist, the nearest first. */
  | { readonly kind: 'names'; readonly sets: readonly (readonly string[])[] }
  /** The names fit, a value does not occur. */
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly value: string;
      readonly nearest: readonly string[];
      readonly valueCount: number;
    }
  /** Each value occurs, but not together. */
  | { readonly kind: 'combination' };

const MAX_SHOWN = 8;

/** @param listed the dimension sets under which the metric exists */
export function matchDimensions(
  wanted: readonly Dimension[],
  listed: readonly (readonly Dimension[])[],
): DimensionMatch {
  const key = namesKey(wanted);
  const sameNames = listed.filter((dimensions) => namesKey(dimensions) === key);
  if (sameNames.length === 0) return { kind: 'names', sets: rankSets(wanted, listed) };
  if (sameNames.some((dimensions) => wanted.every((dimension) => hasDimension(dimensions, dimension)))) {
    return { kind: 'exact' };
  }
  for (const { name, value } of wanted) {
    const values = new Set(
      sameNames.flatMap((dimensions) => dimensions.filter((own) => own.name === name).map((own) => own.value)),
    );
    if (!values.has(value)) {
      const nearest = nearestOrFirst(value, values, MAX_SHOWN);
      return { kind: 'value', name, value, nearest, valueCount: values.size };
    }
  }
  return { kind: 'combination' };
}

function namesKey(dimensions: readonly Dimension[]): string {
  return JSON.stringify(dimensions.map(({ name }) => name).sort());
}

function hasDimension(dimensions: readonly Dimension[], wanted: Dimension): boolean {
  return dimensions.some(({ name, value }) => name === wanted.name && value === wanted.value);
}

/** Distinct sets of names; those that share most names with the wanted ones first. */
function rankSets(wanted: readonly Dimension[], listed: readonly (readonly Dimension[])[]): string[][] {
  const names = new Set(wanted.map(({ name }) => name.toLowerCase()));
  const sets = new Map(listed.map((dimensions) => [namesKey(dimensions), dimensions.map(({ name }) => name).sort()]));
  const shared = (set: readonly string[]): number => set.filter((name) => names.has(name.toLowerCase())).length;
  const distance = (set: readonly string[]): number => set.length + names.size - 2 * shared(set);
  return [...sets.values()]
    .sort((a, b) => distance(a) - distance(b) || shared(b) - shared(a) || a.join().localeCompare(b.join()))
    .slice(0, MAX_SHOWN);
}
