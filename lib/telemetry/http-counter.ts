/**
 * Counts HTTP requests before the metrics themselves are loaded, so that a process that only answers `/health` starts
 * without them. Grows with routes × statuses, not with requests.
 */
import type { Metrics } from './metrics.ts';

export type HttpCounter = Pick<Metrics, 'countHttp' | 'observeHttp'>;

export interface BufferedHttpCounter extends HttpCounter {
  /** Hands over what was counted; from then on every count goes straight to `target`. */
  pourInto(target: HttpCounter): void;
}

export function createBufferedHttpCounter(): BufferedHttpCounter {
  let target: HttpCounter | undefined;
  const counts = new Map<string, { readonly route: string; readonly status: number; count: number }>();
  return {
    countHttp(route, status) {
      if (target !== undefined) {
        target.countHttp(route, status);
        return;
      }
      const key = `${status} ${route}`;
      const entry = counts.get(key);
      if (entry === undefined) counts.set(key, { route, status, count: 1 });
      else entry.count += 1;
    },
    // Until then nothing but probes is answered, whose durations nobody misses.
    observeHttp: (route, seconds) => target?.observeHttp(route, seconds),
    pourInto(next) {
      target = next;
      for (const { route, status, count } of counts.values()) next.countHttp(route, status, count);
      counts.clear();
    },
  };
}
