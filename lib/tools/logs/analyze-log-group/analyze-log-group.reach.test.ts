/** A short form of `npm run bench:logs`. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addScores,
  type ChangeJudge,
  REACHES,
  shareOf,
  startChangeJudge,
  TOLD,
} from '../../../../test/support/judge-changes.ts';
import { makeWindows } from '../../../../test/support/labelled-windows.ts';

let judge: ChangeJudge;
beforeAll(async () => {
  judge = await startChangeJudge();
});
afterAll(() => judge.close());

it('finds what is new, grown, gone or failing among more than a hundred statements, and makes up nothing', async () => {
  const windows = makeWindows(1, 500);
  expect(windows.fates.size).toBeGreaterThan(100);
  const standard = await judge.judge(windows, 'STANDARD');
  const infrequent = await judge.judge(makeWindows(2, 500), 'INFREQUENT_ACCESS');
  const scores = addScores([standard.scores, infrequent.scores]);
  for (const kind of TOLD) {
    const { labels, found, told, right } = scores[kind];
    const faults = `${kind}: ${JSON.stringify([standard.faults, infrequent.faults])}`;
    expect(labels).toBeGreaterThanOrEqual(8);
    expect(shareOf(found, labels), faults).toBeGreaterThanOrEqual(REACHES[kind]);
    expect(shareOf(right, told), faults).toBeGreaterThanOrEqual(REACHES[kind]);
  }
});
