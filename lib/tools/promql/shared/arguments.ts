import { z } from 'zod';
import { resolveRange, type TimeRange } from '../../../domain/time.ts';

/** Longest text that this server passes on. */
const MAX_QUERY_CHARS = 8_000;
const MAX_MATCHES = 20;
const MAX_SELECTOR_CHARS = 1_000;

export const queryParam = z.string().min(1).max(MAX_QUERY_CHARS).describe('PromQL that names a metric');

/** Start and end as Prometheus calls them. */
export const rangeParams = {
  start: z.string().min(1).max(40).default('-3h').describe('ISO 8601, epoch or relative; default -3h'),
  end: z.string().min(1).max(40).default('now').describe('Default now'),
};

export const matchParam = z
  .array(z.string().min(1).max(MAX_SELECTOR_CHARS))
  .max(MAX_MATCHES)
  .describe('Series selectors; several: any of them');

/** @throws AppError `invalid_input` */
export function readRange({ start, end }: { start: string; end: string }, nowEpochMs: number): TimeRange {
  return resolveRange(start, end, nowEpochMs, { start: 'start', end: 'end' });
}
