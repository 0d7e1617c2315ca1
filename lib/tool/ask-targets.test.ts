import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { askTargets } from './ask-targets.ts';

const targets = Array.from({ length: 25 }, (_, index) => ({ account: 'default', region: `r-${index}` }));

describe('askTargets', () => {
  it('answers in the order of the targets, at most ten at once, and reports progress', async () => {
    let running = 0;
    let widest = 0;
    const progress: number[] = [];
    const { answers, warnings } = await askTargets(
      targets,
      async ({ region }) => {
        running += 1;
        widest = Math.max(widest, running);
        await new Promise((resolve) => setTimeout(resolve, Number(region.slice(2)) % 3));
        running -= 1;
        return region;
      },
      (done, total) => progress.push(done / total),
    );
    expect(answers.map(({ value }) => value)).toEqual(targets.map(({ region }) => region));
    expect(widest).toBe(10);
    expect(warnings).toEqual([]);
    expect(progress).toHaveLength(25);
    expect(progress.at(-1)).toBe(1);
  });

  it('gives the rest and a warning when one fails', async () => {
    const { answers, warnings } = await askTargets(targets.slice(0, 3), async ({ region }) => {
      if (region === 'r-1') throw new AppError('access_denied', 'AWS denies it → ask.');
      return region;
    });
    expect(answers.map(({ value }) => value)).toEqual(['r-0', 'r-2']);
    expect(warnings).toEqual(['default/r-1 gave no answer: AWS denies it → ask.']);
  });

  it('fails with the first failure when all fail, and with a foreign error at once', async () => {
    await expect(
      askTargets(targets.slice(0, 2), async ({ region }) => Promise.reject(new AppError('throttled', region))),
    ).rejects.toMatchObject({ code: 'throttled', publicMessage: 'r-0' });
    await expect(askTargets(targets.slice(0, 2), async () => Promise.reject(new TypeError('bug')))).rejects.toThrow(
      TypeError,
    );
  });

  it('has nothing to say of no targets', async () => {
    expect(await askTargets([], async () => 1)).toEqual({ answers: [], warnings: [] });
  });
});
