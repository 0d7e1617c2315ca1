/** The series of a metric that have data, looked up by many alarms. Pure. */
import type { WatchedMetric } from '../alarm.ts';

type Dimensions = WatchedMetric['dimensions'];

export class PublishedSeries {
  readonly isEmpty: boolean;
  readonly #series: readonly Dimensions[];
  #keys: ReadonlySet<string> | undefined;
  #byNames: ReadonlyMap<string, readonly Dimensions[]> | undefined;

  /** @param series all that have data, each by its dimensions, in any order */
  constructor(series: readonly Dimensions[]) {
    this.#series = series;
    this.isEmpty = series.length === 0;
  }

  /** In whatever order its dimensions stand. */
  has(dimensions: Dimensions): boolean {
    this.#keys ??= new Set(this.#series.map(keyOf));
    return this.#keys.has(keyOf(dimensions));
  }

  /** The sets of names of dimensions that occur, each as of {@link namesOf}. */
  sets(): readonly string[] {
    return [...this.#named().keys()];
  }

  /** Of each name of a dimension the values with which there is a series that has all others of these dimensions. */
  valuesBeside(dimensions: Dimensions): ReadonlyMap<string, readonly string[]> {
    const own = new Map(dimensions.map(({ name, value }) => [name, value]));
    const values = new Map<string, string[]>();
    for (const series of this.#named().get(namesOf(dimensions)) ?? []) {
      const differing = series.filter(({ name, value }) => own.get(name) !== value);
      const [first] = differing;
      if (first === undefined || differing.some(({ name }) => name !== first.name)) continue;
      const known = values.get(first.name);
      if (known === undefined) values.set(first.name, [first.value]);
      else known.push(first.value);
    }
    return values;
  }

  #named(): ReadonlyMap<string, readonly Dimensions[]> {
    this.#byNames ??= Map.groupBy(this.#series, namesOf);
    return this.#byNames;
  }
}

/** Names of dimensions, sorted: `FunctionName + Resource`. */
export function namesOf(dimensions: readonly { readonly name: string }[]): string {
  return dimensions
    .map(({ name }) => name)
    .sort()
    .join(' + ');
}

function keyOf(dimensions: Dimensions): string {
  return JSON.stringify(dimensions.map(memberOf).sort());
}

function memberOf({ name, value }: Dimensions[number]): string {
  return `${name}=${value}`;
}
