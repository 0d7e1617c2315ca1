/** What became of a log pattern between two windows of equal length. Pure. */
import { SEVERITIES, type Severity } from './pattern-severity.ts';

export const CHANGES = ['new', 'grown', 'vanished', 'steady'] as const;
export type Change = (typeof CHANGES)[number];

export interface PatternCounts {
  /** Events in the window. */
  readonly now: number;
  /** Events in the window before. */
  readonly before: number;
  /** What a sampled event stands for; 1 where every event was counted. */
  readonly eventsPerSample?: number;
  /** An error counts as new with its first event. */
  readonly isError?: boolean;
}

/** A pattern that stays away by chance although five events are to be expected: 1 in 150. */
const MIN_GONE_EVENTS = 5;
/** Less of what is no error comes and goes by chance. */
const MIN_NEW_EVENTS = 3;
/** The same for one that is new only because the sample before missed it. */
const MIN_NEW_SAMPLES = 5;
const MIN_GROWTH = 1.5;
/** Standard deviations that growth must be beyond what counts of random events differ by anyhow. */
const MIN_DEVIATIONS = 3;

export function changeOf({ now, before, eventsPerSample = 1, isError = false }: PatternCounts): Change {
  const minNew = eventsPerSample > 1 ? MIN_NEW_SAMPLES : isError ? 1 : MIN_NEW_EVENTS;
  const seen = now / eventsPerSample;
  const seenBefore = before / eventsPerSample;
  if (before === 0) return seen >= minNew ? 'new' : 'steady';
  if (now === 0) return seenBefore >= MIN_GONE_EVENTS ? 'vanished' : 'steady';
  const deviations = (seen - seenBefore) / Math.sqrt(seen + seenBefore);
  return now >= before * MIN_GROWTH && deviations >= MIN_DEVIATIONS ? 'grown' : 'steady';
}

interface Ranked {
  readonly change?: Change;
  readonly severity: Severity;
  readonly now: number;
  readonly before?: number;
  readonly template: string;
}

/** New errors first, then grown ones, other new and grown ones, what vanished last; in each the larger difference first. */
export function compareChanges(a: Ranked, b: Ranked): number {
  return (
    Number(a.change === 'vanished') - Number(b.change === 'vanished') ||
    badness(a.severity) - badness(b.severity) ||
    rankOf(a) - rankOf(b) ||
    differenceOf(b) - differenceOf(a) ||
    (a.template < b.template ? -1 : 1)
  );
}

function rankOf({ change = 'steady' }: Ranked): number {
  return CHANGES.indexOf(change);
}

function differenceOf({ now, before = 0 }: Ranked): number {
  return Math.abs(now - before);
}

/** Errors, warnings, the rest. */
function badness(severity: Severity): number {
  return Math.min(SEVERITIES.indexOf('info'), SEVERITIES.indexOf(severity));
}

/** `×4.2`, `×12`, or nothing where there is no ratio. */
export function formatGrowth(now: number, before: number): string {
  if (before === 0 || now === 0) return '';
  const ratio = now / before;
  return `×${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))}`;
}
