import { describe, expect, it } from 'vitest';
import { createBufferedHttpCounter } from './http-counter.ts';
import { createMetrics } from './metrics.ts';

describe('createBufferedHttpCounter', () => {
  it('hands over what was counted before, and forwards what comes after', async () => {
    const counter = createBufferedHttpCounter();
    for (let i = 0; i < 1_000; i += 1) counter.countHttp('/health', 200);
    counter.countHttp('/health', 405);
    const metrics = createMetrics();
    counter.pourInto(metrics);
    counter.countHttp('/health', 200);
    const { text } = await metrics.render();
    expect(text).toContain('{route="/health",status="200"} 1001');
    expect(text).toContain('{route="/health",status="405"} 1');
  });
});
