import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { type FetchPage, pages, readAll, readSome } from './pages.ts';

/** A service whose pages are named `1`, `2`, …; it notes the tokens that it is asked with. */
function service(lengths: readonly number[], nextOf = (page: number): string | undefined => String(page)) {
  const asked: (string | undefined)[] = [];
  const fetch: FetchPage<number> = async (token) => {
    const page = Number(token ?? 0);
    asked.push(token);
    const isLast = page === lengths.length - 1;
    return {
      items: Array.from({ length: lengths[page] ?? 0 }, (_, index) => page * 100 + index),
      nextToken: isLast ? undefined : nextOf(page + 1),
    };
  };
  return { fetch, asked };
}

async function readPages<Item>(list: AsyncGenerator<readonly Item[], boolean, void>) {
  const read: Item[][] = [];
  let page = await list.next();
  for (; page.done !== true; page = await list.next()) read.push([...page.value]);
  return { read, hasEnded: page.value };
}

describe('pages', () => {
  it('gives every page of a list once, in order, whatever their lengths', async () => {
    const pauses = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 3 }));
    const lengths = fc
      .array(pauses, { minLength: 1, maxLength: 5 })
      .map((parts) => parts.flatMap(([empty, length]) => [...Array.from({ length: empty }, () => 0), length]));
    await fc.assert(
      fc.asyncProperty(lengths, async (list) => {
        const { fetch, asked } = service(list);
        const { read, hasEnded } = await readPages(pages(fetch));
        expect(read.map((page) => page.length)).toEqual(list);
        expect(hasEnded).toBe(true);
        expect(asked).toEqual(list.map((_, page) => (page === 0 ? undefined : String(page))));
      }),
    );
  });

  it('takes an empty token for the end, and begins at a token', async () => {
    expect(await readPages(pages(async () => ({ items: [1], nextToken: '' })))).toEqual({
      read: [[1]],
      hasEnded: true,
    });
    const { fetch, asked } = service([1, 1, 1]);
    expect((await readPages(pages(fetch, undefined, '1'))).read).toEqual([[100], [200]]);
    expect(asked).toEqual(['1', '2']);
  });

  it('asks for nothing more when it may not, and does not call that the end', async () => {
    const { fetch, asked } = service([1, 1, 1]);
    expect(await readPages(pages(fetch, () => asked.length < 2))).toEqual({ read: [[0], [100]], hasEnded: false });
    const last = service([1]);
    expect(await readPages(pages(last.fetch, () => false))).toEqual({ read: [[0]], hasEnded: true });
  });

  it.each([
    ['the same token', () => '1', 2],
    ['tokens in a circle', (page: number) => String(page % 3 === 0 ? 1 : page), 3],
    ['the token that it began with', () => 'start', 1],
  ])('ends with %s', async (_what, nextOf, calls) => {
    const asked: unknown[] = [];
    const fetch: FetchPage<number> = async (token) => {
      asked.push(token);
      return { items: [1], nextToken: nextOf(Number(token === 'start' ? 0 : token) + 1) };
    };
    const { read, hasEnded } = await readPages(pages(fetch, undefined, 'start'));
    expect(hasEnded).toBe(false);
    expect(asked).toHaveLength(calls);
    expect(read).toHaveLength(calls - 1);
  });

  it('ends after ten empty pages in a row, but not after nine', async () => {
    const empty = (count: number): number[] => Array.from({ length: count }, () => 0);
    const nine = service([1, ...empty(9), 1, ...empty(9), 1]);
    expect((await readPages(pages(nine.fetch))).hasEnded).toBe(true);
    const ten = service([1, ...empty(10), 1]);
    const { read, hasEnded } = await readPages(pages(ten.fetch));
    expect([read.length, hasEnded, ten.asked.length]).toEqual([11, false, 11]);
  });

  it('ends a list of new tokens without end', async () => {
    let calls = 0;
    const fetch: FetchPage<number> = async () => {
      calls += 1;
      return { items: [calls], nextToken: String(calls) };
    };
    expect((await readPages(pages(fetch))).hasEnded).toBe(false);
    expect(calls).toBe(1_000);
  });
});

describe('readSome and readAll', () => {
  it.each([
    [[2, 2], 5, { items: [0, 1, 100, 101], isTruncated: false }],
    [[2, 2], 4, { items: [0, 1, 100, 101], isTruncated: false }],
    [[2, 2], 3, { items: [0, 1, 100], isTruncated: true }],
    [[2, 2], 2, { items: [0, 1], isTruncated: true }],
    [[2], 2, { items: [0, 1], isTruncated: false }],
  ])('gives of pages of %j at most %d items', async (lengths, maxItems, expected) => {
    const { fetch } = service(lengths);
    expect(await readSome(fetch, { maxItems })).toEqual(expected);
    expect(await readAll(fetch, maxItems)).toEqual(expected.items);
  });

  it('says that there may be more when the time is over', async () => {
    expect(await readSome(service([1, 1]).fetch, { maxItems: 9, hasTime: () => false })).toEqual({
      items: [0],
      isTruncated: true,
    });
  });

  it('says of a list without an end that it is not whole', async () => {
    const { fetch } = service([1, 1, 1], () => '1');
    expect(await readSome(fetch, { maxItems: 9 })).toEqual({ items: [0], isTruncated: true });
    await expect(readAll(fetch)).rejects.toMatchObject({ code: 'upstream_unavailable' });
    await expect(readAll(fetch, 9)).rejects.toMatchObject({ code: 'upstream_unavailable' });
  });
});

it('keeps all items of a page that has more than a call takes arguments', async () => {
  const { fetch } = service([300_000, 1]);
  expect(await readAll(fetch)).toHaveLength(300_001);
});
