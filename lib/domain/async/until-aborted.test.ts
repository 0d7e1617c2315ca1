import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { untilAborted } from './until-aborted.ts';

const never = new Promise<never>(() => undefined);

describe('untilAborted', () => {
  it('gives what the work gives, and throws what it throws', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
    await expect(untilAborted(Promise.reject(new TypeError('bug')), signal)).rejects.toThrow(TypeError);
  });

  it('throws the reason of an abort, before or during the work', async () => {
    const reason = new AppError('deadline_exceeded', 'too late');
    await expect(untilAborted(never, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const waiting = untilAborted(never, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
