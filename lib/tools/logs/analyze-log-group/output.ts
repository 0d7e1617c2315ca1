import { z } from 'zod';
import { anomalyOutput } from './answer-anomalies.ts';
import { fieldOutput } from './answer-fields.ts';
import { patternOutput } from './answer-patterns.ts';

export const analysisOutput = z.object({
  log_group: z.string().optional().describe('of several: groups'),
  class: z.string().optional(),
  groups: z
    .array(
      z.object({
        log_group: z.string(),
        events: z.int().optional(),
        events_before: z.int().optional(),
        changes: z.int(),
        is_compared: z.boolean(),
      }),
    )
    .optional(),
  start_time: z.string(),
  end_time: z.string(),
  events: z.int().optional(),
  events_before: z.int().optional(),
  events_over_time: z.object({ period_seconds: z.int(), start: z.string(), counts: z.array(z.number()) }).optional(),
  is_sampled: z.boolean().describe('counts are estimates'),
  is_compared: z.boolean(),
  changed: z.array(patternOutput),
  fields: z.array(fieldOutput),
  error_patterns: z.array(patternOutput),
  top_patterns: z.array(patternOutput),
  anomalies: z.array(anomalyOutput),
  statistics: z.object({ queries: z.int(), bytes_scanned: z.number(), estimated_cost_usd: z.number() }),
});
