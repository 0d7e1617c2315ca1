import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { compareFields } from './field-changes.ts';
import { countFields, type FieldTally, MAX_VALUES } from './field-tally.ts';

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

function tally(counts: Counts): FieldTally {
  const sum: FieldTally = new Map();
  for (const [name, values] of Object.entries(counts))
    for (const [value, events] of Object.entries(values))
      for (let index = 0; index < events; index += 1)
        countFields(sum, { text: 'message', fields: [{ name, value }], epochMs: 1_000 + index });
  return sum;
}

const compare = (before: Counts, now: Counts) =>
  compareFields(tally(before), tally(now)).map(({ name, values }) => [
    name,
    ...values.map(({ value, change, shareBefore, shareNow }) => `${change} ${value} ${shareBefore} → ${shareNow}`),
  ]);

describe('compareFields', () => {
  it('tells a deploy, with the shares before and after and the first event', () => {
    const [change] = compareFields(tally({ version: { '1.4': 40 } }), tally({ version: { '1.4': 10, '1.5': 30 } }));
    expect(change).toMatchObject({
      name: 'version',
      kind: 'release',
      values: [
        { value: '1.5', change: 'new', now: 30, before: 0, shareNow: 0.75, shareBefore: 0, firstEpochMs: 1_000 },
      ],
    });
  });

  it('tells what went, and what has another share', () => {
    expect(compare({ host: { a: 50, b: 50, c: 50 } }, { host: { a: 75, b: 75 } })).toEqual([
      ['host', `gone c ${1 / 3} → 0`],
    ]);
    expect(compare({ tenant: { acme: 20, globex: 180 } }, { tenant: { acme: 150, globex: 50 } })).toEqual([
      ['tenant', 'grown acme 0.1 → 0.75'],
    ]);
  });

  it('puts releases and places first', () => {
    const names = compareFields(
      tally({ mode: { a: 90 }, host: { a: 90 }, build: { a: 90 }, statusCode: { 200: 90 } }),
      tally({ mode: { b: 90 }, host: { b: 90 }, build: { b: 90 }, statusCode: { 503: 90 } }),
    ).map(({ name }) => name);
    expect(names).toEqual(['build', 'host', 'statusCode', 'mode']);
  });

  it.each([
    ['too few events', { version: { a: 2 } }, { version: { b: 2 } }],
    ['a field that came with its event', {}, { reason: { full: 40 } }],
    ['what may be absent by chance', { region: { a: 20 } }, { region: { a: 37, b: 3 } }],
    ['a set that is still open', { word: { a: 1, b: 1, c: 1, d: 40 } }, { word: { e: 30, d: 14 } }],
    ['nothing', {}, {}],
  ] as const)('tells nothing of %s', (_name, before, now) => {
    expect(compare(before, now)).toEqual([]);
  });

  it('counts no values of a field that holds data', () => {
    const many = Object.fromEntries(Array.from({ length: MAX_VALUES + 1 }, (_, index) => [`v${index}`, 3]));
    expect(compare({ version: many }, { version: { other: 100 } })).toEqual([]);
  });

  it('calls nothing changed between two samples of one log in 99 of 100', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 15 });
    let told = 0;
    let asked = 0;
    fc.assert(
      fc.property(weights, fc.array(fc.nat(1e6), { minLength: 200, maxLength: 400 }), (shares, draws) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        const pick = (draw: number) => {
          const sums = shares.map((_, index) => shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0));
          return `v${sums.findIndex((sum) => draw % total < sum)}`;
        };
        const sums: [FieldTally, FieldTally] = [new Map(), new Map()];
        for (const [index, draw] of draws.entries()) {
          const fields = [{ name: 'host', value: pick(draw) }];
          countFields(index % 2 === 0 ? sums[0] : sums[1], { text: '', fields, epochMs: undefined });
        }
        asked += 1;
        told += compareFields(...sums).length;
      }),
    );
    expect(told).toBeLessThanOrEqual(Math.max(1, asked / 100));
  });
});
