/** What the PromQL tools' structured answers have in common. */
import { z } from 'zod';
import { warningsOutput } from '../../tool/params.ts';
import type { Cut } from './promql-words.ts';

export const listOutput = { shown: z.int(), total: z.int().optional(), warnings: warningsOutput };

export function toListOutput(shown: number, { items, isCut }: Cut<unknown>, warnings: readonly string[]) {
  return { shown, ...(!isCut && { total: items.length }), ...(warnings.length > 0 && { warnings: [...warnings] }) };
}
