import type { Content } from '../data/content.ts';

/** A scenario that can be served: its times stand, its alarms are evaluated. */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** What the times of the scenario are relative to. */
  readonly anchorEpochMs: number;
  /** Region of what names none. */
  readonly region: string;
  readonly content: Content;
  /** Accounts that it declares besides those that always exist. */
  readonly accounts: readonly ScenarioAccount[];
  /** What a reader should know although nothing is wrong, e.g. a given state that the metrics do not give. */
  readonly warnings: readonly string[];
}

export interface ScenarioAccount {
  readonly alias: string;
  /** 12 digits. */
  readonly id: string;
}
