import { describe, expect, it } from 'vitest';
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
  it('keeps series of one id apart by their label', () => {
    const joined = joinPages([[part('e1', 'a', [4, 3]), part('e1', 'b', [4])], [part('e1', 'b', [2, 1])]]);
    expect(joined.map(({ label, timestampsEpochMs, values }) => ({ label, timestampsEpochMs, values }))).toEqual([
      { label: 'a', timestampsEpochMs: [3, 4], values: [30, 40] },
      { label: 'b', timestampsEpochMs: [1, 2, 4], values: [10, 20, 40] },
    ]);
  });

  it('never joins two series of one page, and continues the one that is not complete', () => {
    const joined = joinPages([
      [part('e1', 'x', [6, 5]), part('e1', 'x', [6, 5], { status: 'PartialData' })],
      [part('e1', 'x', [4, 3])],
    ]);
    expect(joined.map(({ timestampsEpochMs }) => timestampsEpochMs)).toEqual([
      [5, 6],
      [3, 4, 5, 6],
    ]);
  });

  it('takes what is not older for a series of its own', () => {
    expect(joinPages([[part('m1', 'x', [2, 1])], [part('m1', 'x', [2, 1])]])).toHaveLength(2);
  });

  it('keeps messages once, and the last status', () => {
    const [series] = joinPages([
      [part('m1', 'x', [2], { status: 'PartialData', messages: ['slow'] })],
      [part('m1', 'x', [1], { messages: ['slow', 'done'] })],
    ]);
    expect(series).toMatchObject({ status: 'Complete', messages: ['slow', 'done'] });
  });

  it('keeps a series without datapoints', () => {
    expect(joinPages([[part('m1', 'x', [])]])).toMatchObject([{ id: 'm1', timestampsEpochMs: [] }]);
    expect(joinPages([])).toEqual([]);
  });
});
