import { expect, it } from 'vitest';
import { expectTable } from '../../../../test/support/golden-table.ts';
import type { FieldTally } from '../fields/field-tally.ts';
import type { LogPattern } from './log-pattern.ts';
import { splitValues } from './split-values.ts';

type Counts = Readonly<Record<string, number>>;
type Fields = Readonly<Record<string, Counts>>;

const START = Date.UTC(2026, 2, 1, 12);
const tallyOf = (fields: Fields): FieldTally =>
  new Map(
    Object.entries(fields).map(([name, counts]) => [
      name,
      new Map(
        Object.entries(counts).map(([value, events]) => [
          value,
          { events, firstEpochMs: START, text: `${name} ${value}` },
        ]),
      ),
    ]),
  );
const sum = (counts: Counts = {}) => Object.values(counts).reduce((total, count) => total + count, 0);
const totalOf = (fields: Fields) => Math.max(0, ...Object.values(fields).map(sum));

/** @param scale events that one message read stands for */
function patternOf(before: Fields, now: Fields, more: Partial<LogPattern> = {}, scale = 1): LogPattern {
  const seen = (fields: Fields) => ({
    firstEpochMs: START,
    steps: new Map([[START, totalOf(fields)]]),
    fields: tallyOf(fields),
  });
  return {
    template: 'paid',
    severity: 'info',
    now: totalOf(now) * scale,
    before: totalOf(before) * scale,
    change: 'steady',
    texts: ['t'],
    firstEpochMs: START,
    seen: { now: seen(now), before: seen(before) },
    ...more,
  };
}
const tell = (patterns: readonly LogPattern[]) =>
  splitValues(patterns).map(
    ({ template, change, now, before, severity }) => `${change} ${now}/${before} ${severity} ${template}`,
  );
/** What is told besides the pattern itself. */
const split = (...args: Parameters<typeof patternOf>) =>
  tell([patternOf(...args)])
    .slice(1)
    .join('; ') || '-';

it('splits by values that are new, or of failure and grown', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const name of ['outcome', 'version', 'host', 'statusCode', 'level', 'msg', 'deep.state'])
    for (const value of ['failure', 'later'])
      for (const known of [3, 20, 60, 400])
        rows.push([
          `${name}=${value} beside ${known}`,
          [1, 2, 3, 20].map((events) =>
            split({ [name]: { done: known } }, { [name]: { done: known, [value]: events } }),
          ),
        ]);
  for (const known of [20, 60, 100, 143, 200, 400])
    rows.push([
      `new words beside ${known}`,
      [2, 3, 10, 20].map((events) => split({ mode: { a: known } }, { mode: { a: 100 - events, b: events } })),
    ]);
  for (const events of [10, 14, 15, 16, 20, 25, 30, 40])
    for (const [total, scale] of [
      [100, 1],
      [200, 1],
      [50, 1],
      [100, 10],
    ] as const)
      rows.push([
        `failures 10 of 100 → ${events} of ${total}, × ${scale}`,
        split({ outcome: { done: 90, failed: 10 } }, { outcome: { done: total - events, failed: events } }, {}, scale),
      ]);
  for (const once of [48, 49, 50, 99])
    rows.push([`one of ${once + 1} came once`, split({ mode: { once: 1, a: once } }, { mode: { a: 20, b: 40 } })]);
  for (const count of [1, 19, 20, 21]) {
    const set = Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}`, 10]));
    rows.push([
      `a set of ${count}`,
      [split({ mode: set }, { mode: { new: 30 } }), split({ mode: { v0: 90 } }, { mode: set }).split('; ').length],
    ]);
  }
  for (const count of [4, 5, 6]) {
    const failures = Object.fromEntries(Array.from({ length: count }, (_, index) => [`failed${index}`, 9 + index]));
    rows.push([`${count} failures`, split({ outcome: { done: 100 } }, { outcome: { done: 50, ...failures } })]);
  }
  for (const template of [
    'paid outcome=failure',
    'paid outcome=<*>',
    'paid outcome=<*> now',
    'paid outcome=<',
    'outcome="x y"',
  ])
    rows.push([template, split({ outcome: { done: 90 } }, { outcome: { done: 80, failure: 9 } }, { template })]);
  rows.push(['words', split({ outcome: { done: 90 } }, { outcome: { done: 80, 'not found: failed': 9 } })]);
  rows.push([
    'fields that say the same',
    split(
      { code: { OK: 90 }, state: { up: 90 }, mode: { a: 90 } },
      { code: { OK: 81, DOWN: 9 }, state: { up: 81, failed: 9 }, mode: { a: 50, b: 40 } },
    ),
  ]);
  rows.push([
    'more failures in another field',
    split({ code: { OK: 90 }, state: { up: 90 } }, { code: { OK: 81, DOWN: 5 }, state: { up: 81, failed: 9 } }),
  ]);
  for (const more of [
    { change: undefined },
    { before: 0 },
    { now: 0 },
    { seen: { now: undefined, before: undefined } },
  ])
    rows.push([
      `with ${Object.keys(more).join()}`,
      split({ outcome: { done: 90 } }, { outcome: { done: 80, failure: 9 } }, more as Partial<LogPattern>),
    ]);
  await expectTable('patterns/split-values', rows);
});

it('takes a value that is new in three patterns at once for a matter of the field, but no failure', () => {
  const many = (count: number, value: string) =>
    tell(
      Array.from({ length: count }, (_, index) =>
        patternOf({ mode: { a: 400 } }, { mode: { a: 350, [value]: 50 } }, { template: `p${index}` }),
      ),
    ).length;
  expect([1, 2, 3, 4].map((count) => many(count, 'b'))).toEqual([2, 4, 3, 4]);
  expect([1, 2, 3, 4].map((count) => many(count, 'failed'))).toEqual([2, 4, 6, 8]);
});

it('leaves to the pattern what remains, and gives the child its own text, mark and time', () => {
  const [rest, child] = splitValues([
    patternOf({ outcome: { done: 90 } }, { outcome: { done: 80, failure: 10 } }, {}, 3),
  ]);
  expect(rest).toMatchObject({ now: 240, before: 270, template: 'paid', severity: 'info' });
  expect(child).toMatchObject({
    now: 30,
    before: 0,
    change: 'new',
    severity: 'error',
    template: 'paid outcome=failure',
    texts: ['outcome failure'],
    mark: { name: 'outcome', value: 'failure' },
    firstEpochMs: START,
    seen: { now: undefined, before: undefined },
  });
  const [, untimed] = splitValues([
    patternOf({ outcome: { done: 90 } }, { outcome: { done: 80, failure: 10 } }, { firstEpochMs: undefined }),
  ]);
  expect(untimed).not.toHaveProperty('firstEpochMs');
});
