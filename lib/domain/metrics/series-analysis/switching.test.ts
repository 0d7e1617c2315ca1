import { it } from 'vitest';
import { ALL_KINDS, gridOf, toGridOf, valuesOf } from '../../../../test/analysis/small-series.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { findSwitching } from './switching.ts';

const noise = valuesOf('noise', 600, 3);

/** Runs of the two states in turn. */
const ofRuns = (lengths: readonly number[], high = (_run: number): number => 40) =>
  Float64Array.from(lengths.flatMap((length, run) => Array<number>(length).fill(run % 2 === 0 ? 2 : high(run)))).map(
    (value, at) => value + 0.3 * (noise[at] ?? 0),
  );
const turns = (count: number, length: number): number[] => Array.from({ length: count }, () => length);

it('tells series that jump to and fro, and what they changed', async () => {
  const kinds = ALL_KINDS.flatMap((kind) =>
    [95, 96, 97, 400].map((length) => [`${kind}, ${length}`, findSwitching(gridOf(kind, length))] as const),
  );
  const counts = [11, 12, 13, 14, 15, 30].map(
    (count) => [`${count} runs`, findSwitching(toGridOf(ofRuns(turns(count, 9))))] as const,
  );
  const last = [8, 15, 16, 17, 18, 30].flatMap((length) =>
    [10, 11, 12, 13, 14, 15].map(
      (count) =>
        [`${count} runs, then ${length}`, findSwitching(toGridOf(ofRuns([...turns(count, 8), length])))] as const,
    ),
  );
  const bursts = [20, 27, 28, 29, 36, 51, 52, 53, 80].flatMap((height) =>
    [1, 2, 3, 8, 10, 11, 12].map(
      (count) =>
        [
          `the last ${count} bursts at ${height}`,
          findSwitching(toGridOf(ofRuns(turns(31, 6), (run) => (run >= 31 - 2 * count ? height : 40)))),
        ] as const,
    ),
  );
  const lengths = [1, 2, 3, 4].map(
    (length) => [`runs of ${length}`, findSwitching(toGridOf(ofRuns(turns(120, length))))] as const,
  );
  const shares = [1, 2, 3, 4].map(
    (on) =>
      [
        `${on} of 40 on`,
        findSwitching(toGridOf(ofRuns(turns(28, 0).map((_, run) => (run % 2 === 0 ? 40 - on : on))))),
      ] as const,
  );
  const between = [6, 10, 14, 18, 20, 22, 26, 30].map((value) => {
    const values = ofRuns(turns(40, 6)).map((one, at) => (at % 9 === 4 ? value + (noise[at] ?? 0) : one));
    return [`some at ${value}`, findSwitching(toGridOf(values))] as const;
  });
  // Two near states beside few values far away: their gap is a small part of the range.
  const far = [4, 8, 14, 18, 20, 22, 26, 60].map((high) => {
    const values = ofRuns(turns(40, 6), () => high).map((one, at) => (at % 30 === 17 ? 200 : one));
    return [`states at 2 and ${high} below 200`, findSwitching(toGridOf(values))] as const;
  });
  await expectTable('series-analysis/switching', [
    ...kinds,
    ...counts,
    ...last,
    ...bursts,
    ...lengths,
    ...shares,
    ...between,
    ...far,
  ]);
});
