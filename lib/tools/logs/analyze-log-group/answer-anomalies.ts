/** What CloudWatch's own anomaly detectors say of a window. Pure. */
import { z } from 'zod';
import type { LogAnomalies, LogAnomaly } from '../../../aws/ports/logs.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { countOf } from '../../../domain/text/counts.ts';
import { formatTime, type TimeRange } from '../../../domain/time.ts';

const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW'];
export const MAX_ANOMALIES = 10;
const MAX_TEXT_CHARS = 240;

export const anomalyOutput = z.object({
  priority: z.string(),
  description: z.string(),
  pattern: z.string(),
  first_seen: z.string(),
  last_seen: z.string(),
  active: z.boolean(),
});

export interface AnomalyFindings {
  /** Overlap the window and are not suppressed; the worst and newest first. */
  readonly anomalies: readonly LogAnomaly[];
  /** One line of ours. */
  readonly fact: string;
}

export function selectAnomalies(found: LogAnomalies, range: TimeRange): AnomalyFindings {
  const overlapping = found.anomalies.filter(
    ({ firstSeenEpochMs, lastSeenEpochMs }) =>
      firstSeenEpochMs <= range.endEpochMs && lastSeenEpochMs >= range.startEpochMs,
  );
  const anomalies = overlapping
    .filter(({ isSuppressed }) => !isSuppressed)
    .sort((a, b) => rankOf(a) - rankOf(b) || b.firstSeenEpochMs - a.firstSeenEpochMs);
  const suppressed = overlapping.length - anomalies.length;
  return { anomalies, fact: describe(found, anomalies.length, suppressed) };
}

function rankOf({ priority }: LogAnomaly): number {
  const rank = PRIORITIES.indexOf(priority.toUpperCase());
  return rank < 0 ? PRIORITIES.length : rank;
}

function describe({ detectors, isTruncated }: LogAnomalies, count: number, suppressed: number): string {
  if (detectors.length === 0)
    return isTruncated
      ? 'Anomalies: not known, since not all anomaly detectors were listed.'
      : 'Anomalies: no anomaly detector watches this log group.';
  const idle = detectors.filter(({ status }) => status !== 'ANALYZING').map(({ status }) => status.toLowerCase());
  const notes = [
    countOf(detectors.length, 'detector'),
    ...idle,
    ...(suppressed === 0 ? [] : [`${suppressed} more suppressed`]),
  ];
  return `Anomalies: ${isTruncated ? 'at least ' : ''}${count} (${cleanLine(notes.join(', '))}).`;
}

export function writeAnomaly(anomaly: LogAnomaly): string {
  const { priority, isActive, firstSeenEpochMs, lastSeenEpochMs, description, pattern } = anomaly;
  const span = `${formatTime(firstSeenEpochMs)} – ${formatTime(lastSeenEpochMs)}`;
  return [
    cleanLine(priority),
    isActive ? 'active' : 'over',
    span,
    clip(cleanLine(description), MAX_TEXT_CHARS),
    clip(cleanLine(pattern), MAX_TEXT_CHARS),
  ].join(' | ');
}

export function toAnomalyOutput(anomaly: LogAnomaly): z.input<typeof anomalyOutput> {
  return {
    priority: anomaly.priority,
    description: clip(anomaly.description, MAX_TEXT_CHARS),
    pattern: clip(anomaly.pattern, MAX_TEXT_CHARS),
    first_seen: formatTime(anomaly.firstSeenEpochMs),
    last_seen: formatTime(anomaly.lastSeenEpochMs),
    active: anomaly.isActive,
  };
}
