import { valueAt } from '../json-fields.ts';
import { Structure, type Value } from './value.ts';

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
    return this.#insideMade(name) ?? this.source?.get(name);
  }

  /** `parsed.user.id` of a column `parsed` that `jsonParse` made. */
  #insideMade(name: string): Value | undefined {
    const dot = name.indexOf('.');
    const made = dot === -1 ? undefined : this.#made?.get(name.slice(0, dot));
    if (!(made instanceof Structure)) {
      return undefined;
    }
    const found = valueAt(made.root, name.slice(dot + 1));
    if (typeof found === 'boolean') {
      return Number(found);
    }
    if (typeof found === 'object' && found !== null) {
      return new Structure(found);
    }
    return typeof found === 'string' || typeof found === 'number' ? found : undefined;
  }

  set(name: string, value: Value | undefined): void {
    this.#made ??= new Map();
    this.#made.set(name, value);
  }
}
