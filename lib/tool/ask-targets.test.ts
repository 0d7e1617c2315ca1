import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { askTargets } from './ask-targets.ts';

const targets = Array.from({ length: 25 }, (_, index) => ({ account: 'default', region: `r-${index}` }));

const { signal } = new AbortController();

describe('askTargets', () => {
  it('answers in the order of the targets, at most twenty at once, and reports progress', async () => {
    let running = 0;
    let widest = 0;
    const progress: number[] = [];
    const { answers, warnings } = await askTargets(
      signal,
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
    expect(widest).toBe(20);
    expect(warnings).toEqual([]);
    expect(progress).toHaveLength(25);
    expect(progress.at(-1)).toBe(1);
  });

  it('gives the rest and a warning when one fails', async () => {
    const { answers, warnings } = await askTargets(signal, targets.slice(0, 3), async ({ region }) => {
      if (region === 'r-1') throw new AppError('access_denied', 'AWS denies it → ask.');
      return region;
    });
    expect(answers.map(({ value }) => value)).toEqual(['r-0', 'r-2']);
    expect(warnings).toEqual(['default/r-1 gave no answer: AWS denies it → ask.']);
  });

  it('tells once what several fail with', async () => {
    const { warnings } = await askTargets(signal, targets, async ({ region }) => {
      if (region === 'r-0') return region;
      throw new AppError(region === 'r-1' ? 'throttled' : 'access_denied', region === 'r-1' ? 'Slow down.' : 'Denied.');
    });
    expect(warnings).toEqual([
      'default/r-1 gave no answer: Slow down.',
      'default × 23 regions gave no answer: Denied.',
    ]);
  });

  it('says once which accounts do not let the caller in, and names none of them as a way out', async () => {
    const refusal = async ({ account }: { account: string }) => {
      if (account === 'c') return account;
      throw new AppError('role_denied', `No ${account} → ask another account.`);
    };
    const of = (accounts: readonly string[]) =>
      accounts.flatMap((account) => ['r-1', 'r-2'].map((region) => ({ account, region })));
    expect((await askTargets(signal, of(['a', 'b', 'c']), refusal)).warnings).toEqual([
      'AWS does not let you use accounts a, b → ask the administrator for access to them, if you need them.',
    ]);
    await expect(askTargets(signal, of(['a', 'b']), refusal)).rejects.toMatchObject({
      code: 'role_denied',
      publicMessage: 'AWS lets you use none of the accounts a, b → ask the administrator for access to one of them.',
    });
    await expect(askTargets(signal, of(['a']), refusal)).rejects.toMatchObject({
      publicMessage: 'No a → ask another account.',
    });
  });

  it('fails with the first failure when all fail, and with a foreign error at once', async () => {
    await expect(
      askTargets(signal, targets.slice(0, 2), async ({ region }) => Promise.reject(new AppError('throttled', region))),
    ).rejects.toMatchObject({ code: 'throttled', publicMessage: 'r-0' });
    await expect(
      askTargets(signal, targets.slice(0, 2), async () => Promise.reject(new TypeError('bug'))),
    ).rejects.toThrow(TypeError);
  });

  it('stops when the call is cancelled: no further target is asked, no progress is told', async () => {
    const controller = new AbortController();
    const asked: string[] = [];
    let progress = 0;
    const asking = askTargets(
      controller.signal,
      targets,
      async ({ region }) => {
        asked.push(region);
        if (asked.length === 3) controller.abort();
        await Promise.resolve();
        if (controller.signal.aborted) throw new AppError('cancelled', 'gone');
      },
      () => (progress += 1),
    );
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(progress).toBe(0);
  });

  it('has nothing to say of no targets', async () => {
    expect(await askTargets(signal, [], async () => 1)).toEqual({ answers: [], warnings: [] });
  });
});
