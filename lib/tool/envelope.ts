/**
 * What `structuredContent` of every answer has in common. The frame adds it to the schema and to the JSON out of the
 * same `Answer` that gives the text: a warning, a place or a count cannot be in one and missing in the other.
 */
import { z } from 'zod';
import type { Answer, Page } from './types.ts';

/** The tool list says only that it is an object: each tool would repeat it. */
export const targetOutput = z.object({ account: z.string(), account_id: z.string().optional(), region: z.string() });

/** Members of every outputSchema; a tool declares none of them. No descriptions: each tool would repeat them. */
export const envelopeOutput = {
  targets: z.array(targetOutput),
  warnings: z.array(z.string()).optional(),
  /** Items of the answer's list that are in this answer; 0 where it is no list. */
  shown: z.int(),
  total: z.int().optional(),
  next_token: z.string().optional(),
};

/** @param warnings all of the text, those of the frame included */
export function toEnvelope(
  { targets, list }: Answer<object>,
  { shown, nextToken }: Page,
  warnings: readonly string[],
): z.output<z.ZodObject<typeof envelopeOutput>> {
  return {
    targets: targets.map(({ account, accountId, region }) => ({ account, account_id: accountId, region })),
    warnings: warnings.length === 0 ? undefined : [...warnings],
    shown,
    total: list?.total,
    next_token: nextToken,
  };
}
