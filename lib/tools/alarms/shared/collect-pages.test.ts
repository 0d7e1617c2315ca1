import { describe, expect, it } from 'vitest';
import type { Pages } from '../../../aws/ports/pages.ts';
import { collectPages } from './collect-pages.ts';

async function* pages(lengths: readonly number[], seen: number[] = [], hasEnd = true): Pages<number> {
  for (const [index, length] of lengths.entries()) {
    seen.push(index);
    yield Array.from({ length }, (_, item) => index * 100 + item);
  }
  return hasEnd;
}

const inTime = () => true;

describe('collectPages', () => {
  it('reads all pages', async () => {
    const read = await collectPages(pages([2, 0, 1]), { maxItems: 10, hasTime: inTime });
    expect(read).toEqual({ items: [0, 1, 200], isComplete: true });
  });

  it('is not complete where the list did not come to its end', async () => {
    const read = await collectPages(pages([2], [], false), { maxItems: 10, hasTime: inTime });
    expect(read).toEqual({ items: [0, 1], isComplete: false });
  });

  it('is complete when exactly as many items are there as may be read', async () => {
    const read = await collectPages(pages([2, 1]), { maxItems: 3, hasTime: inTime });
    expect(read).toEqual({ items: [0, 1, 100], isComplete: true });
  });

  it('asks for no page beyond what may be read', async () => {
    const seen: number[] = [];
    const read = await collectPages(pages([2, 2, 2], seen), { maxItems: 3, hasTime: inTime });
    expect(read).toEqual({ items: [0, 1, 100], isComplete: false });
    expect(seen).toEqual([0, 1]);
  });

  it('stops when the time is over, with what it has', async () => {
    const seen: number[] = [];
    const read = await collectPages(pages([2, 2], seen), { maxItems: 10, hasTime: () => false });
    expect(read).toEqual({ items: [0, 1], isComplete: false });
    expect(seen).toEqual([0]);
  });
});
