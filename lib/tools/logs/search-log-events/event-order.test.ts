import { expect, it } from 'vitest';
import { watchOrder } from './event-order.ts';

it.each([
  [[], true, 'newest first'],
  [[], false, 'oldest first'],
  [[5], true, 'newest first'],
  [[5, 5], false, 'oldest first'],
  [[5, 5, 4], true, 'newest first'],
  [[5, 4, 4], false, 'newest first'],
  [[4, 4, 5], true, 'oldest first'],
  [[4, 5, 4], true, 'none'],
  [[5, 4, 5], false, 'none'],
] as const)('%j, newest first asked for: %s, came %s', (times, isNewestFirst, order) => {
  const watch = watchOrder(isNewestFirst);
  for (const epochMs of times) watch.see({ epochMs, logStream: 's', message: '' });
  expect(watch.order()).toBe(order);
});
