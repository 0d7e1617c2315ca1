import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { type BodyHold, createBodyBudget, MAX_STRANGER_BODIES } from './body-budget.ts';

const MAX_BYTES = 1_000;
const BUSY = { code: 'unavailable', headers: { 'retry-after': '2' } };

describe('createBodyBudget', () => {
  it('holds as many bytes as it may, and not one more', () => {
    const budget = createBodyBudget(MAX_BYTES);
    const first = budget.open(false);
    first.take(MAX_BYTES - 1);
    const second = budget.open(false);
    second.take(1);
    expect(() => second.take(1)).toThrow(expect.objectContaining(BUSY));
    first.release();
    second.take(MAX_BYTES - 1);
    expect(budget.heldBytes()).toBe(MAX_BYTES);
  });

  it('counts the bodies of strangers, and those of nobody else', () => {
    const budget = createBodyBudget(MAX_BYTES);
    const strangers = Array.from({ length: MAX_STRANGER_BODIES }, () => budget.open(true));
    expect(() => budget.open(true)).toThrow(expect.objectContaining(BUSY));
    budget.open(false);
    strangers[0]?.release();
    strangers[0]?.release();
    budget.open(true);
    expect(() => budget.open(true)).toThrow(expect.objectContaining(BUSY));
  });

  it('ends empty, in whatever order bodies come, grow, are refused and end', () => {
    const step = fc.record({ kind: fc.constantFrom('open', 'take', 'release'), at: fc.nat(20), bytes: fc.nat(400) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.boolean(), (steps, isStranger) => {
        const budget = createBodyBudget(MAX_BYTES);
        const holds: BodyHold[] = [];
        for (const { kind, at, bytes } of steps) {
          const hold = holds[at % Math.max(1, holds.length)];
          try {
            if (kind === 'open') holds.push(budget.open(isStranger));
            else if (kind === 'take') hold?.take(bytes);
            else hold?.release();
          } catch (error) {
            expect(error).toMatchObject(BUSY);
          }
          expect(budget.heldBytes()).toBeLessThanOrEqual(MAX_BYTES);
        }
        for (const hold of holds) hold.release();
        expect(budget.heldBytes()).toBe(0);
        for (let count = 0; count < MAX_STRANGER_BODIES; count += 1) budget.open(true);
      }),
    );
  });
});
