import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { joinPages, type PageSeries } from './metric-pages.ts';

function part(id: string, label: string, times: readonly number[], more: Partial<PageSeries> = {}): PageSeries {
  return {
    id,
    label,
    timestampsEpochMs: times,
    values: times.map((time) => time * 10),
    status: 'Complete',
    messages: [],
    ...more,
  };
}

describe('joinPages', () => {
  it('keeps series of one id apart by their label', async () => {
    const joined = await joinPages([[part('e1', 'a', [4, 3]), part('e1', 'b', [4])], [part('e1', 'b', [2, 1])]]);
    expect(joined.map(({ label, timestampsEpochMs, values }) => ({ label, timestampsEpochMs, values }))).toEqual([
      { label: 'a', timestampsEpochMs: [3, 4], values: [30, 40] },
      { label: 'b', timestampsEpochMs: [1, 2, 4], values: [10, 20, 40] },
    ]);
  });

  it('never joins two series of one page, and continues the one that is not complete', async () => {
    const joined = await joinPages([
      [part('e1', 'x', [6, 5]), part('e1', 'x', [6, 5], { status: 'PartialData' })],
      [part('e1', 'x', [4, 3])],
    ]);
    expect(joined.map(({ timestampsEpochMs }) => timestampsEpochMs)).toEqual([
      [5, 6],
      [3, 4, 5, 6],
    ]);
  });

  it('takes what is not older for a series of its own', async () => {
    expect(await joinPages([[part('m1', 'x', [2, 1])], [part('m1', 'x', [2, 1])]])).toHaveLength(2);
  });

  it('keeps messages once, and the last status', async () => {
    const [series] = await joinPages([
      [part('m1', 'x', [2], { status: 'PartialData', messages: ['slow'] })],
      [part('m1', 'x', [1], { messages: ['slow', 'done'] })],
    ]);
    expect(series).toMatchObject({ status: 'Complete', messages: ['slow', 'done'] });
  });

  it('keeps a series without datapoints', async () => {
    expect(await joinPages([[part('m1', 'x', [])]])).toMatchObject([{ id: 'm1', timestampsEpochMs: [] }]);
    expect(await joinPages([])).toEqual([]);
  });
});

describe('joinPages of a back end that does as it likes', () => {
  it('sorts what comes in time order, over pages too', async () => {
    const [series, ...others] = await joinPages([[part('m1', 'x', [1, 2])], [part('m1', 'x', [3, 4])]]);
    expect(others).toEqual([]);
    expect(series).toMatchObject({ timestampsEpochMs: [1, 2, 3, 4], values: [10, 20, 30, 40] });
  });

  it('gives the same in whatever order the datapoints of a page stand', async () => {
    const order = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(order, async (times) => {
        const sorted = times.toSorted((a, b) => a - b);
        expect(await joinPages([[part('m1', 'x', times)]])).toMatchObject([
          { timestampsEpochMs: sorted, values: sorted.map((time) => time * 10) },
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it('uses nothing of a list whose lengths differ, and says so', async () => {
    const [series] = await joinPages([[part('m1', 'x', [3, 2, 1], { values: [30, 20] })]]);
    expect(series).toMatchObject({
      timestampsEpochMs: [],
      status: 'InternalError',
      messages: ['an answer with 3 times and 2 values could not be read'],
    });
  });

  it('takes one value of a time, and leaves out what is no time', async () => {
    const [series] = await joinPages([[part('m1', 'x', [2, 2, Number.NaN, 1], { values: [1, 9, 5, 3] })]]);
    expect(series).toMatchObject({ timestampsEpochMs: [1, 2], values: [3, 1] });
  });
});

it('lets others come first after every part and every series', async () => {
  let turns = 0;
  const slices = {
    isOver: () => true,
    next: async () => {
      turns += 1;
    },
  };
  const pages = [1, 2, 3].map((page) => ['a', 'b'].map((label) => part('m1', label, [10 - page])));
  expect(await joinPages(pages, slices)).toHaveLength(2);
  expect(turns).toBe(3 * 2 + 2);
});
