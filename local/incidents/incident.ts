import type { ScenarioDocument } from '../scenarios/document.ts';

export type Verdict = 'changed' | 'recurring' | 'nothing_unusual' | 'insufficient_data';

/** What somebody who investigates an incident should find, beside the scenario that hides it. */
export interface Truth {
  readonly kind: string;
  readonly seed: number;
  readonly verdict: Verdict;
  /** The alarm that the investigation begins with. */
  readonly alarm: string;
  /** What it really is; undefined where nothing is. */
  readonly subject: Subject | undefined;
  /** Seconds relative to the anchor at which it began. */
  readonly onset: number | undefined;
  /** Resources and texts that look like a cause and are none. */
  readonly redHerrings: readonly string[];
}

/** A resource, and the metric, field value or text by which it shows. */
export interface Subject {
  readonly resource: string;
  readonly metric?: string;
  readonly field?: { readonly name: string; readonly value: string };
  readonly pattern?: string;
}

export interface Incident {
  readonly document: ScenarioDocument;
  readonly truth: Truth;
}
