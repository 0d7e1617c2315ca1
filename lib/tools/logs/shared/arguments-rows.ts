import { z } from 'zod';

/** How much of each row the text shows. */
export const maxRowCharsParam = z
  .int()
  .min(100)
  .max(20_000)
  .default(600)
  .describe('Characters of a row, 100–20000; default 600');
