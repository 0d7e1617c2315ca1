import { z } from 'zod';
import { VERDICTS } from '../../../domain/investigation/finding.ts';
import { findingsOutput } from '../shared/output.ts';

export const investigationOutput = z.object({
  alarm: z.string(),
  state: z.string(),
  verdict: z.enum(VERDICTS),
  onset: z.string().nullable().describe('first unusual datapoint'),
  ...findingsOutput,
});
