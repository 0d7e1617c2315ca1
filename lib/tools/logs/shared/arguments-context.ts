/** The argument of the tools that show the lines around an event. */
import { z } from 'zod';

const MAX_LINES = 50;

/** @param events whose lines are shown */
export function contextParam(events: string) {
  return z
    .int()
    .min(0)
    .max(MAX_LINES)
    .default(0)
    .describe(`Lines of the log stream before and after ${events}, 0–${MAX_LINES}; default 0`);
}
