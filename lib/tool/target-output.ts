/** How answers name the accounts and regions that they come from. */
import { z } from 'zod';
import type { Target } from '../aws/ports/targets.ts';

/** The tool list says only that it is an object: each tool would repeat it. */
export const targetOutput = z.object({ account: z.string(), account_id: z.string().optional(), region: z.string() });

/** Part of every outputSchema. */
export const targetsOutput = z.array(targetOutput);

export function toTargetOutput({ account, accountId, region }: Target): z.output<typeof targetOutput> {
  return { account, ...(accountId !== undefined && { account_id: accountId }), region };
}
