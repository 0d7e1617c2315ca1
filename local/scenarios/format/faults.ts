/** Faults that are told one by one; of more of them the number. */
const MAX_TOLD = 50;

/** What is wrong with a scenario, all of it at once. */
export class ScenarioError extends Error {
  /** Path of the member, a colon, and what it should be. */
  readonly faults: readonly string[];

  constructor(source: string, faults: readonly string[], total: number = faults.length) {
    const more = total > faults.length ? `\n  … and ${total - faults.length} more` : '';
    const count = total === 1 ? 'one fault' : `${total} faults`;
    super(
      `${source} has ${count} → mend the file and load it again:\n${faults.map((text) => `  ${text}`).join('\n')}${more}`,
    );
    this.name = 'ScenarioError';
    this.faults = faults;
  }
}

/** Gathers faults while a document is read. */
export class FaultList {
  readonly #faults: string[] = [];
  #total = 0;

  add(path: string, message: string): void {
    this.#total += 1;
    if (this.#faults.length < MAX_TOLD) this.#faults.push(`${path || 'the document'}: ${message}`);
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** @throws ScenarioError if there is any */
  throwIfAny(source: string): void {
    if (!this.isEmpty) throw new ScenarioError(source, this.#faults, this.#total);
  }
}
