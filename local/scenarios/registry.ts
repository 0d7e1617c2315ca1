import type { ScenarioDocument } from './document.ts';

/** A scenario that this program brings along. */
export interface BuiltInScenario {
  /** One line, for lists. */
  readonly title: string;
  /** The same document each time. */
  make(): ScenarioDocument;
}

/** By the name that `--scenario` takes. */
export const BUILT_IN_SCENARIOS: Readonly<Record<string, BuiltInScenario>> = {};
