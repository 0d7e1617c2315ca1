import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import type { Shift } from './find-shift.ts';
import { growthOf, strengthOf } from './metric-shift.ts';

it('weighs deviations and growth', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const before of [-20, -1, 0, 0.5, 5, 9.9, 10, 11, 200])
    for (const after of [-30, 0, 1, 9.9, 10, 11, 40, 1_000])
      for (const deviations of [0, 15, 29, 30, 31]) {
        const shift: Shift = { index: 0, before, after, deviations, direction: after > before ? 'up' : 'down' };
        rows.push([`${before} → ${after}, ${deviations}σ`, [growthOf(shift), strengthOf({ shift, isSlow: false })]]);
      }
  const weak: Shift = { index: 0, before: 10, after: 11, deviations: 1, direction: 'up' };
  rows.push(['slow', strengthOf({ shift: weak, isSlow: true })]);
  for (const direction of ['up', 'down', 'stopped', 'began'] as const)
    rows.push([direction, strengthOf({ shift: { ...weak, direction }, isSlow: false })]);
  await expectTable('investigation/strength', rows);
});
