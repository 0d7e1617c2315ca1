import type { OtherReason } from './condition.ts';
import type { FieldUse } from './field-use.ts';

/** What the names in a query mean from some place on: fields of the events, other names for them, or made by the query. */
export class FieldScope {
  readonly #made = new Set<string>();
  readonly #aliases = new Map<string, FieldUse>();
  readonly #qualifiers = new Map<string, readonly string[] | undefined>();
  #barrier: OtherReason | undefined;

  /** From here on no filter can be answered from an index any more. */
  close(reason: OtherReason): void {
    this.#barrier ??= reason;
  }

  /** The query makes the field: by `parse`, an expression, an aggregation. */
  make(...names: readonly string[]): void {
    for (const name of names) {
      this.#made.add(name);
      this.#aliases.delete(name);
    }
  }

  /** Another name for a field, as it is now. */
  rename(field: string, alias: string): void {
    const use = this.resolve(field);
    if (alias === field) return;
    if (use === undefined) this.make(alias);
    else {
      this.#aliases.set(alias, { ...use, reason: use.reason ?? 'alias' });
      this.#made.delete(alias);
    }
  }

  /** `qualifier.field` is a field of these log groups; undefined: of those of the query. */
  qualify(qualifier: string, logGroups: readonly string[] | undefined): void {
    this.#qualifiers.set(qualifier, logGroups);
  }

  resolve(name: string): FieldUse | undefined {
    const [head = name] = name.split('.', 1);
    if (head !== name && this.#qualifiers.has(head)) {
      const logGroups = this.#qualifiers.get(head);
      const use = this.#resolveBare(name.slice(`${head}.`.length));
      return use === undefined ? undefined : { ...use, ...(logGroups !== undefined && { logGroups }) };
    }
    return this.#made.has(head) ? undefined : this.#resolveBare(name);
  }

  #resolveBare(name: string): FieldUse | undefined {
    if (this.#made.has(name)) return undefined;
    const use = this.#aliases.get(name) ?? { field: name };
    return this.#barrier === undefined ? use : { ...use, reason: use.reason ?? this.#barrier };
  }
}
