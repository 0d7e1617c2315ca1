/** `structuredContent` of an investigation: every member is always there, so that programs may count on it. */
import { z } from 'zod';
import { CHANGE_KINDS, type Change, type Suspect } from '../../../domain/investigation/finding.ts';
import { formatTime } from '../../../domain/time.ts';

const period = z.object({ start: z.string(), end: z.string() });

export const findingsOutput = {
  baseline: period,
  changes: z.array(
    z.object({
      at: z.string(),
      until: z.string().optional(),
      kind: z.enum(CHANGE_KINDS),
      subject: z.string(),
      before: z.string(),
      after: z.string(),
      score: z.number(),
      evidence: z.string(),
    }),
  ),
  suspects: z.array(z.object({ subject: z.string(), resource: z.string(), why: z.string(), score: z.number() })),
  alarms_around: z.array(z.string()),
  unchanged: z.array(z.string()),
  not_looked_at: z.array(z.string()),
  examples: z.array(z.object({ at: z.string(), log_group: z.string(), message: z.string() })),
  next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })),
  cost: z.object({ metrics: z.int(), bytes_scanned: z.number(), usd: z.number() }),
};

export function toChangeOutput({ atEpochMs, untilEpochMs, kind, subject, before, after, score, evidence }: Change) {
  return {
    at: formatTime(atEpochMs),
    ...(untilEpochMs !== undefined && { until: formatTime(untilEpochMs) }),
    kind,
    subject,
    before,
    after,
    score,
    evidence,
  };
}

export function toSuspectOutput({ subject, resource, why, score }: Suspect) {
  return { subject, resource, why, score };
}
