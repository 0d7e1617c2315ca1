import { describe, expect, it } from 'vitest';
import { formatSum } from './closing-line.ts';

describe('formatSum', () => {
  it.each([
    [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
    [{ passed: 0, failed: 3, skipped: 0 }, '0 passed, 3 failed'],
    [{ passed: 1, failed: 2, skipped: 3 }, '1 passed, 2 failed, 3 skipped'],
  ])('%j', (sum, line) => {
    expect(formatSum(sum)).toBe(line);
  });
});
