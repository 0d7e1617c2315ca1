import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { boundStructured, isLongerThan } from './fit-structured.ts';
import { renderAnswer } from './render-answer.ts';
import type { Answer } from './types.ts';

const MAX = 2_000;
const ENVELOPE_CHARS = 500;
const options = { maxChars: 24_000, maxStructuredChars: MAX, boundary: 'abcdef012345' };

function answerOf(structured: Answer<object>['structured'], list?: Answer<object>['list']): Answer<object> {
  return { headline: 'Some things.', targets: [], structured, ...(list !== undefined && { list }) };
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length;

describe('isLongerThan', () => {
  it('counts as JSON does, escapes too', () => {
    const json = fc.jsonValue({ stringUnit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', '\ud800', '\u{1f600}') });
    fc.assert(
      fc.property(json, fc.integer({ min: 0, max: 300 }), (value, max) => {
        const text = JSON.stringify(value);
        const { length } = text;
        // A comma and a colon of each member and item are counted, also behind the last.
        if (isLongerThan(value, max)) expect(length + (text.match(/[[{,]/g)?.length ?? 0) + 1).toBeGreaterThan(max);
        else expect(length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('structuredContent that is too long', () => {
  const items = Array.from({ length: 100 }, (_, index) => ({ name: `item-${index}`, note: 'x'.repeat(50) }));
  const list = {
    items: items.map(({ name }) => name),
    noun: 'item',
    total: items.length,
    nextToken: (shown: number) => (shown < items.length ? `token-${shown}` : undefined),
  };

  it('holds fewer items of a list that goes on, and the text and the token go along', () => {
    const { text, structured } = renderAnswer(
      answerOf(({ shown }) => ({ items: items.slice(0, shown) }), list),
      options,
    );
    const {
      shown,
      next_token: token,
      items: kept,
    } = structured as { shown: number; next_token: string; items: object[] };
    expect(sizeOf(structured)).toBeLessThan(MAX + ENVELOPE_CHARS);
    expect(kept).toEqual(items.slice(0, shown));
    expect([token, shown > 10]).toEqual([`token-${shown}`, true]);
    expect(text).toContain(
      `Showing ${shown} of 100 items. For the next ones repeat the call with next_token="token-${shown}"`,
    );
  });

  it('holds the first items of each list inside, and says so, where nothing goes on', () => {
    const { text, structured } = renderAnswer(
      answerOf(() => ({
        series: [
          { times: items.map((_, i) => i), values: items },
          { times: [], values: [1] },
        ],
      })),
      options,
    );
    const [first, second] = (structured as { series: { times: number[]; values: unknown[] }[] }).series;
    expect(sizeOf(structured)).toBeLessThan(MAX + ENVELOPE_CHARS);
    expect(first?.values).toEqual(items.slice(0, first?.values.length));
    expect(first?.times).toHaveLength(first?.values.length ?? 0);
    expect(second).toEqual({ times: [], values: [1] });
    expect(text).toMatch(
      /Warning: structuredContent holds the first \d+ items of each of its lists: .* → ask for less/,
    );
    expect(structured.warnings).toEqual([expect.stringContaining('structuredContent holds the first')]);
  });

  it('is as it was where it fits', () => {
    const small = { items: items.slice(0, 10) };
    expect(
      renderAnswer(
        answerOf(() => small),
        options,
      ).structured,
    ).toMatchObject(small);
  });

  it('is never longer than its budget and its envelope, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue(), { maxKeys: 5 }),
        fc.nat(4_000),
        (value, longs) => {
          const wide = {
            ...value,
            texts: Array.from({ length: longs }, () => 'some text'),
            text: 'y'.repeat(longs * 5),
          };
          const bounded = boundStructured(
            answerOf(() => wide),
            0,
            MAX,
          ).structured({ shown: 0 });
          if (isLongerThan(wide, MAX)) expect(isLongerThan(bounded, MAX)).toBe(false);
          else expect(bounded).toEqual(wide);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('cuts texts to 2,000 and then to 200 characters where lists of one item are still too long', () => {
    const lengths = [6_000, 3_000, 2_100, 2_000, 1_000, 100].map((maxChars) => {
      const bounded = boundStructured(
        answerOf(() => ({ items: [{ text: 'x'.repeat(5_000) }, { text: 'y' }] })),
        0,
        maxChars,
      ).structured({ shown: 0 }) as { items: { text: string }[] };
      return [bounded.items.length, bounded.items[0]?.text.length];
    });
    expect(lengths).toEqual([
      [2, 5_000],
      [2, 2_000],
      [2, 2_000],
      [2, 200],
      [2, 200],
      [0, undefined],
    ]);
  });
});
