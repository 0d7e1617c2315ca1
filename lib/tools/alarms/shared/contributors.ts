/** The series in ALARM behind an alarm that watches several: as text, and as structured output. */
import { z } from 'zod';
import type { AlarmContributor } from '../../../aws/ports/alarms.ts';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatTime } from '../../../domain/time.ts';

const MAX_CONTRIBUTOR_CHARS = 200;

export const contributorsOutput = z
  .array(
    z.object({
      attributes: z.array(z.object({ name: z.string(), value: z.string() })),
      since: z.string().optional(),
      reason: z.string().optional(),
    }),
  )
  .optional()
  .describe('series in ALARM');

/** Whether an alarm has contributors: it watches every series that a query gives. */
export function watchesSeveral({ watch }: Pick<Alarm, 'watch'>): boolean {
  return (
    watch.type === 'promql' ||
    watch.type === 'log' ||
    (watch.type === 'math' && watch.queries.some(({ expression = '' }) => /\bGROUP\s+BY\b/i.test(expression)))
  );
}

/** A line that counts them, and one for each of the first. */
export function describeContributors(contributors: readonly AlarmContributor[], most: number): string[] {
  if (contributors.length === 0) return [];
  const shown = contributors.slice(0, most).map(({ attributes, reason, sinceEpochMs }) => {
    const series = attributes.map(({ name, value }) => `${name}=${value}`).join(', ');
    const since = sinceEpochMs === undefined ? '' : ` since ${formatTime(sinceEpochMs)}`;
    return `  ${clip(cleanLine(`{${series}}${since}${reason === undefined ? '' : `: ${reason}`}`), MAX_CONTRIBUTOR_CHARS)}`;
  });
  const left = contributors.length - shown.length;
  return [`series in ALARM: ${contributors.length}`, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])];
}

export function toContributorOutput({ attributes, sinceEpochMs, reason }: AlarmContributor) {
  return {
    attributes: [...attributes],
    since: sinceEpochMs === undefined ? undefined : formatTime(sinceEpochMs),
    reason,
  };
}
