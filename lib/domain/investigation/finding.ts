/** What an investigation finds, as its answer gives it. All text in it may be foreign. */

export const VERDICTS = ['changed', 'recurring', 'nothing_unusual', 'insufficient_data'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const CHANGE_KINDS = [
  'metric',
  'log_pattern',
  'log_field',
  'alarm',
  'dashboard_mark',
  'config_change',
  'trace_node',
] as const;

export interface Change {
  readonly atEpochMs: number;
  /** Where a datapoint stands for more than a minute: it began between the two. */
  readonly untilEpochMs?: number | undefined;
  readonly kind: (typeof CHANGE_KINDS)[number];
  readonly subject: string;
  /** Name of the resource that it belongs to, where one is known. */
  readonly resource?: string | undefined;
  readonly before: string;
  readonly after: string;
  /** 0 to 1: how far out of the usual. */
  readonly score: number;
  /** The call that shows it, in few words. */
  readonly evidence: string;
}

/** Where to look first. A place, never a proof of the cause. */
export interface Suspect {
  readonly subject: string;
  readonly resource: string;
  readonly why: string;
  /** 0 to 1. */
  readonly score: number;
  /** When it began to move. */
  readonly atEpochMs: number;
  /** Something ties it to the alarm: that it is its own, a name, what logs speak of. */
  readonly isTied: boolean;
}
