import { vi } from 'vitest';
import { until, untilRead } from './until.ts';

/**
 * Runs something while time stands still, and lets the time go on when it has come so far: the timers that end by then
 * run out, whatever the machine takes for the rest. Network and promises go on as ever.
 */
export async function runLate<Result>(
  start: () => Promise<Result>,
  isSoFar: () => boolean,
  afterMs: number,
): Promise<Result> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const running = start();
    await until(isSoFar);
    await untilRead();
    vi.advanceTimersByTime(afterMs);
    return await running;
  } finally {
    vi.useRealTimers();
  }
}
