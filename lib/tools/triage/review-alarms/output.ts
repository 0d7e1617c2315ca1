import { z } from 'zod';
import { FINDING_KINDS } from '../../../domain/alarms/review/finding.ts';

export const reviewOutput = z.object({
  alarms: z.int().describe('auto scaling ones aside'),
  start_time: z.string().describe('of the history that was read in every account and region'),
  end_time: z.string(),
  findings: z.array(
    z.object({
      kind: z.enum(FINDING_KINDS),
      account: z.string(),
      region: z.string(),
      names: z.array(z.string()).describe('alarms; of kind unwatched: resources'),
      count: z.int(),
      why: z.string(),
    }),
  ),
  next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })),
});
