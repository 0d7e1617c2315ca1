/** What the PromQL tools' structured answers have in common. */
import { z } from 'zod';
import type { Target } from '../../../aws/ports/targets.ts';
import { warningsOutput } from '../../../tool/params.ts';
import { targetsOutput, toTargetOutput } from '../../../tool/target-output.ts';
import type { Cut } from './answer.ts';

export const listOutput = {
  shown: z.int(),
  total: z.int().optional(),
  targets: targetsOutput,
  warnings: warningsOutput,
};

export function toListOutput(
  { shown, target, warnings }: { shown: number; target: Target; warnings: readonly string[] },
  { items, isCut }: Cut<unknown>,
) {
  return {
    shown,
    ...(!isCut && { total: items.length }),
    targets: [toTargetOutput(target)],
    ...(warnings.length > 0 && { warnings: [...warnings] }),
  };
}
