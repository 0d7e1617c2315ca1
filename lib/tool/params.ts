/** Parameters that tools share. Spread them into a tool's `inputSchema`; descriptions are short because models pay for them. */
import { z } from 'zod';

const region = z.string().min(1).max(40).optional().describe('Default: the server’s');
const account = z.string().min(1).max(64).optional().describe('Id or alias from list_targets; default: the server’s');

/** For a tool that asks one account and region. */
export const where = { region, account };

/** For a tool that can ask several at once. */
export const whereMany = {
  ...where,
  regions: z.array(z.string().min(1).max(40)).max(50).optional().describe('Several, or ["all"]'),
  accounts: z.array(z.string().min(1).max(64)).max(50).optional().describe('Several, or ["all"]'),
};

const MAX_TIME_CHARS = 40;

/**
 * A point in time; parse it with `parseTime` or, as one end of a range, with `resolveRange`.
 * @param fallback what stands when it is left out, e.g. `-3h`
 */
export function time(fallback: string) {
  return timeText(fallback, `ISO 8601, epoch, now or relative (-3h); default ${fallback}`);
}

/** Start and end of a range; parse them with `resolveRange`. The format is said once: it is the same for both. */
export function timeRange(start: string) {
  return { start_time: time(start), end_time: timeText('now', 'Default now') };
}

function timeText(fallback: string, description: string) {
  return z.string().min(1).max(MAX_TIME_CHARS).default(fallback).describe(description);
}

/** How many items to return. Whole number from 1 to `max`. */
export function maxItems(fallback: number, max: number) {
  return z.int().min(1).max(max).default(fallback).describe(`1–${max}; default ${fallback}`);
}

export const nextToken = z
  .string()
  .min(1)
  .max(4_000)
  .optional()
  .describe('Continue an earlier answer; same other arguments');
