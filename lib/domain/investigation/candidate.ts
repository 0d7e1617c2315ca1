/** A resource that moved, as one of several that may be where trouble began. Pure. */
import { MINUTE_MS } from '../time.ts';
import type { KnownNames } from './known-names.ts';
import type { LogFinding } from './log-links.ts';
import type { MetricShift } from './metric-shift.ts';
import { slackOf, weighShift } from './weigh-shift.ts';

export interface ConfigChange {
  readonly atEpochMs: number;
  /** Of the operation. */
  readonly name: string;
  /** The same in words: on what, by whom. */
  readonly text: string;
  /** Empty for what only its text tells, as of a mark on a dashboard. */
  readonly resources: readonly string[];
}

export interface Evidence {
  readonly onsetEpochMs: number;
  readonly shifts: readonly MetricShift[];
  readonly logs: readonly LogFinding[];
  readonly configChanges: readonly ConfigChange[];
  /** Whether what recurs is what is asked for. */
  readonly isRecurring: boolean;
  /** Resources of the alarm; none where there is no alarm. */
  readonly own: readonly string[];
  /** All that were looked at. */
  readonly resources: readonly string[];
}

/** What ties a resource to the alarm: nothing, its name, or that it is the alarm's own or logs speak of it. */
export type Tie = 'none' | 'name' | 'told';

export interface Candidate {
  readonly resource: string;
  readonly lead: MetricShift;
  readonly shifts: readonly MetricShift[];
  readonly atEpochMs: number;
  readonly reasons: string[];
  /** Of resources of which one moved too. */
  isSum: boolean;
  tie: Tie;
  score: number;
}

/** So many minutes before what it does a cause shows at most: the more ties it to the alarm, the longer. */
const LEAD_MINUTES: Readonly<Record<Tie, number>> = { none: 2, name: 6, told: 15 };
const EARLIER = 0.04;
const MAX_EARLIER_MINUTES = 6;
/** What was usual again when it began. */
const OVER = 0.2;
/** Resources of an alarm whose names are compared with all others: its first metrics. */
const MAX_AKIN = 20;
/** Within this it is still in question. */
const NEAR_MINUTES = 15;

/** @param looked the names of all that were looked at */
export function toCandidate(
  resource: string,
  shifts: readonly MetricShift[],
  evidence: Evidence,
  looked: KnownNames,
): Candidate {
  const weighed = shifts
    .map((shift) => ({
      shift,
      weight:
        weighShift(shift, evidence.shifts, evidence.isRecurring) *
        ((shift.endedEpochMs ?? Number.POSITIVE_INFINITY) <= evidence.onsetEpochMs ? OVER : 1),
    }))
    .sort((a, b) => b.weight - a.weight || a.shift.atEpochMs - b.shift.atEpochMs);
  const lead = (weighed[0]?.shift ?? shifts[0]) as MetricShift;
  const weight = weighed[0]?.weight ?? 0;
  const telling = weighed.filter((one) => one.weight >= 0.5 * weight).map(({ shift }) => shift);
  const atEpochMs = Math.min(...telling.map((one) => one.atEpochMs));
  const tie = tieOf(resource, lead, evidence.own, looked);
  const score = weight * timing({ atEpochMs, lead, tie }, evidence.onsetEpochMs);
  return { resource, lead, shifts: telling, atEpochMs, reasons: [], isSum: false, tie, score };
}

function tieOf(resource: string, { metric }: MetricShift, own: Evidence['own'], looked: KnownNames): Tie {
  if (own.length === 0) return 'name';
  // Its own metric, or one that has a dimension in common with it.
  if (own.includes(resource) || metric.distance === 1) return 'told';
  return own.slice(0, MAX_AKIN).some((name) => looked.areAkin(name, resource)) ? 'name' : 'none';
}

function timing({ atEpochMs, lead, tie }: Pick<Candidate, 'atEpochMs' | 'lead' | 'tie'>, onsetEpochMs: number): number {
  if (lead.isSlow) return 1;
  const minutes = (onsetEpochMs - atEpochMs) / MINUTE_MS;
  if (minutes < 0) return Math.max(0.15, Math.exp(Math.min(0, minutes + slackOf(lead) / MINUTE_MS) / 6));
  if (minutes <= LEAD_MINUTES[tie]) return 1 + EARLIER * Math.min(MAX_EARLIER_MINUTES, minutes);
  return minutes <= NEAR_MINUTES ? 0.6 : 0.4;
}

/** Whether it began no longer before the onset than what leads to it does, and not after it. */
export function isInTime({ atEpochMs, lead, tie }: Candidate, onsetEpochMs: number): boolean {
  return (
    atEpochMs >= onsetEpochMs - LEAD_MINUTES[tie] * MINUTE_MS &&
    atEpochMs <= onsetEpochMs + 2 * MINUTE_MS + slackOf(lead)
  );
}

/** What logs speak of may have begun earlier than others. */
export function tieByLogs(candidate: Candidate, onsetEpochMs: number): void {
  const before = timing(candidate, onsetEpochMs);
  candidate.tie = 'told';
  candidate.score *= timing(candidate, onsetEpochMs) / before;
}
