import type { Value } from './value.ts';

/** Where a row takes the fields from that no command made. */
export interface FieldSource {
  get(name: string): Value | undefined;
}

/** A record on its way through the commands: an event with fields made on the way, or a row of `stats`. */
export class Row {
  /** Absent after `stats` and `pattern`. */
  readonly source: FieldSource | undefined;
  #made: Map<string, Value | undefined> | undefined;

  constructor(source?: FieldSource) {
    this.source = source;
  }

  get(name: string): Value | undefined {
    if (this.#made?.has(name)) {
      return this.#made.get(name);
    }
    return this.source?.get(name);
  }

  set(name: string, value: Value | undefined): void {
    this.#made ??= new Map();
    this.#made.set(name, value);
  }
}
