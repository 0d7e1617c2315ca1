import { describe, expect, it } from 'vitest';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { compareFields, isBeyondChance, singles } from './field-changes.ts';
import type { FieldTally, ValueCount } from './field-tally.ts';

type Counts = Readonly<Record<string, number>>;

const valuesOf = (counts: Counts): Map<string, ValueCount> =>
  new Map(
    Object.entries(counts).map(([value, events], index) => [value, { events, firstEpochMs: 1_000 + index, text: '' }]),
  );
const tallyOf = (fields: Readonly<Record<string, Counts>>): FieldTally =>
  new Map(Object.entries(fields).map(([name, counts]) => [name, valuesOf(counts)]));
const compare = (before: Readonly<Record<string, Counts>>, now: Readonly<Record<string, Counts>>) =>
  compareFields(tallyOf(before), tallyOf(now));
/** What is told of the value `a`, e.g. `new`; a dash where nothing is. */
const changeOf = (name: string, before: Counts, now: Counts): string =>
  compare({ [name]: before }, { [name]: now })[0]?.values.find(({ value }) => value === 'a')?.change ?? '-';

/** One of each kind, by what it asks of chance. */
const NAMES = ['version', 'host', 'statusCode', 'mode'];

it('tells what is beyond chance by kind of field, share and events', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const name of NAMES)
    for (const events of [2, 3, 4, 10, 30, 100]) {
      const others = [2, 3, 4, 5, 8, 10, 13, 20, 50, 66, 69, 100, 150, 190, 230, 300, 379, 500];
      const [one, none] = [{ a: events, z: 100 - events }, (count: number) => ({ z: count })];
      rows.push([`${name} ${events} of 100, new`, others.map((count) => changeOf(name, none(count), one)).join(' ')]);
      rows.push([`${name} ${events} of 100, gone`, others.map((count) => changeOf(name, one, none(count))).join(' ')]);
    }
  const part = (events: number, total: number) => ({ a: events, z: total - events });
  for (const total of [40, 100, 400])
    for (const share of [0.01, 0.05, 0.1, 0.25, 0.4]) {
      const told = Array.from({ length: total + 1 }, (_, events) => events).filter(
        (events) => changeOf('host', part(share * total, total), part(events, total)) === 'grown',
      );
      rows.push([`grown from ${share} of ${total}`, [told[0], told.at(-1), told.length]]);
      const fewer = Array.from({ length: 51 }, (_, events) => events).filter(
        (events) => changeOf('host', part(share * total, total), part(events, 50)) === 'grown',
      );
      rows.push([`grown from ${share} of ${total} in 50`, [fewer[0], fewer.at(-1), fewer.length]]);
    }
  for (const name of NAMES)
    for (const known of [48, 49, 50, 99, 100])
      rows.push([
        `${name}, one of ${known + 1} came once`,
        [
          changeOf(name, { once: 1, z: known }, { a: 60, z: 40 }),
          changeOf(name, { z: 100 }, { a: 60, once: 1, z: known }),
          changeOf(name, { once: 1, a: 10, z: known * 3 }, { a: 90, z: 10 }),
        ],
      ]);
  await expectTable('field-changes', rows);
});

describe('compareFields', () => {
  it('asks for three events with the field in both windows', () => {
    const cases = [2, 3, 4].flatMap((least) =>
      [least, 400].map((now) => compare({ host: { b: least } }, { host: { a: now } }).length),
    );
    expect(cases).toEqual([0, 0, 1, 1, 1, 1]);
    expect(compare({ host: { b: 400 } }, { host: { a: 2 } })).toEqual([]);
  });

  it('names four values of a field and counts the others', () => {
    const told = [3, 4, 5, 7].map((count) => {
      const values = Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}`, 50 - index]));
      const [change] = compare({ host: { old: 2_000, z: 2_000 } }, { host: { ...values, old: 1_000, z: 1_000 } });
      return [change?.values.map(({ value }) => value).join(), change?.others];
    });
    expect(told).toEqual([
      ['v0,v1,v2', 0],
      ['v0,v1,v2,v3', 0],
      ['v0,v1,v2,v3', 1],
      ['v0,v1,v2,v3', 3],
    ]);
  });

  it('puts new values before those that went before those that grew, in each the larger share first, then by name', () => {
    const before = { e: 20, f: 20, d: 70, grown: 30, big: 40, z: 220 };
    const now = { b: 20, a: 20, c: 70, grown: 110, big: 120, z: 60 };
    const [change] = compare({ host: before }, { host: now });
    const order = (list: readonly { readonly value: string; readonly change: string }[] = []) =>
      list.map(({ value, change: kind }) => `${kind} ${value}`);
    expect(order(change?.values)).toEqual(['new c', 'new a', 'new b', 'gone d']);
    expect(change?.others).toBe(4);
    const { a: _a, b: _b, c: _c, ...fewer } = now;
    expect(order(compare({ host: before }, { host: { ...fewer, z: 170 } })[0]?.values)).toEqual([
      'gone d',
      'gone e',
      'gone f',
      'grown big',
    ]);
    const { d: _d, e: _e, f: _f, ...grown } = before;
    expect(order(compare({ host: { ...grown, z: 330 } }, { host: { ...fewer, z: 170 } })[0]?.values)).toEqual([
      'grown big',
      'grown grown',
    ]);
    const even = { x: 20, w: 20 };
    expect(order(compare({ host: { ...even, z: 360 } }, { host: { w: 100, x: 100, z: 200 } })[0]?.values)).toEqual([
      'grown w',
      'grown x',
    ]);
  });

  it('knows when a new value came, and of no other', () => {
    const [change] = compare({ host: { b: 90, c: 30, z: 280 } }, { host: { c: 120, a: 90, z: 190 } });
    expect(change?.values).toEqual([
      { value: 'a', change: 'new', now: 90, before: 0, shareNow: 0.225, shareBefore: 0, firstEpochMs: 1_001 },
      { value: 'b', change: 'gone', now: 0, before: 90, shareNow: 0, shareBefore: 0.225 },
      { value: 'c', change: 'grown', now: 120, before: 30, shareNow: 0.3, shareBefore: 0.075 },
    ]);
  });

  it('puts releases before places before codes before others, in each the larger change first, then by name', () => {
    const whole = { old: 100 };
    const half = { old: 50, new: 50 };
    const names = ['mode', 'kind', 'status', 'exitCode', 'zone', 'pod', 'tag', 'build'];
    for (const order of [names, names.toReversed()]) {
      const before = Object.fromEntries(order.map((name) => [name, whole]));
      const equal = Object.fromEntries(order.map((name) => [name, half]));
      expect(compare(before, equal).map(({ name }) => name)).toEqual([
        'build',
        'tag',
        'pod',
        'zone',
        'exitCode',
        'status',
        'kind',
        'mode',
      ]);
      const larger = Object.fromEntries(
        order.map((name) => [name, ['mode', 'status', 'zone', 'tag'].includes(name) ? { new: 100 } : half]),
      );
      expect(compare(before, larger).map(({ name }) => name)).toEqual([
        'tag',
        'build',
        'zone',
        'pod',
        'status',
        'exitCode',
        'mode',
        'kind',
      ]);
    }
  });
});

it('says whether a share may be absent by chance, on the limit too', () => {
  expect([0.5, 0.49].map((chance) => isBeyondChance(0.5, 1, chance))).toEqual([true, false]);
  expect([2, 1].map((events) => isBeyondChance(0.5, events, 0.25))).toEqual([true, false]);
  expect(isBeyondChance(0, 1_000, 0.9)).toBe(false);
});

it('tells the share of events whose value came once', () => {
  const cases: readonly Counts[] = [{}, { a: 1 }, { a: 1, b: 3 }, { a: 1, b: 1, c: 2 }, { a: 2, b: 2 }];
  expect(cases.map((counts) => singles(valuesOf(counts)))).toEqual([0, 1, 0.25, 0.5, 0]);
});
