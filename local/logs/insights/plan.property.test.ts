import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { parseQuery } from './parser.ts';
import { planQuery } from './plan.ts';
import { evaluateQuery, TEST_NOW_EPOCH_MS } from './query-fixture.ts';
import { QuerySyntaxError } from './syntax-error.ts';

const record = fc.record({
  level: fc.constantFrom('INFO', 'WARN', 'ERROR'),
  ms: fc.integer({ min: -1_000, max: 1_000 }),
  user: fc.constantFrom('ann', 'bob', 'cid', 'dee'),
});
const records = fc.array(record, { maxLength: 60 });

describe('the evaluator agrees with plain code', () => {
  it('on filters', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: -1_000, max: 1_000 }), fc.boolean(), (list, bound, isNegated) => {
        const condition = `(ms >= ${bound < 0 ? `-${-bound}` : bound} and level in ["WARN", "ERROR"]) or user like /^[ad]/`;
        const query = `fields ms, level, user | filter ${isNegated ? `not (${condition})` : condition}`;
        const expected = list.filter(
          ({ ms, level, user }) => ((ms >= bound && level !== 'INFO') || /^[ad]/.test(user)) !== isNegated,
        );
        expect(evaluateQuery(query, list)).toEqual(
          expected.map(({ ms, level, user }) => ({ ms: String(ms), level, user })),
        );
      }),
    );
  });

  it('on sums and counts by group', () => {
    fc.assert(
      fc.property(records, (list) => {
        const rows = evaluateQuery(
          'stats sum(ms) as total, count(*) as n, min(ms) as low, max(ms) as high by level, user',
          list,
        );
        const groups = Map.groupBy(list, ({ level, user }) => `${level} ${user}`);
        const expected = [...groups.values()].map((group) => {
          const values = group.map(({ ms }) => ms);
          return {
            level: group[0]?.level,
            user: group[0]?.user,
            total: String(values.reduce((sum, value) => sum + value, 0)),
            n: String(values.length),
            low: String(Math.min(...values)),
            high: String(Math.max(...values)),
          };
        });
        expect(rows).toEqual(expected);
      }),
    );
  });

  it('on sorting and limits', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 70 }), (list, count) => {
        const rows = evaluateQuery(`fields user, ms | sort user asc, ms desc | limit ${count}`, list);
        const expected = list
          .toSorted((a, b) => (a.user === b.user ? b.ms - a.ms : a.user < b.user ? -1 : 1))
          .slice(0, count);
        expect(rows).toEqual(expected.map(({ user, ms }) => ({ user, ms: String(ms) })));
      }),
    );
  });

  it('on percentiles: within the range, and rising with the rank', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 60 }), (list) => {
        const [row] = evaluateQuery(
          'stats pct(ms, 0) as a, pct(ms, 50) as b, pct(ms, 90) as c, pct(ms, 100) as d',
          list,
        );
        const ranks = ['a', 'b', 'c', 'd'].map((name) => Number(row?.[name]));
        const values = list.map(({ ms }) => ms);
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(ranks[0]).toBe(Math.min(...values));
        expect(ranks[3]).toBe(Math.max(...values));
      }),
    );
  });
});

describe('any text', () => {
  it('is either a query or refused with a position inside the text', () => {
    const word = fc.constantFrom(
      'fields',
      'filter',
      'stats',
      'sort',
      '|',
      '(',
      ')',
      'a',
      '=',
      '"x"',
      '/r/',
      'count(*)',
      'by',
      ',',
      '5m',
      '*',
      'not',
      'in',
      '[',
      ']',
      'like',
      '#',
      '`',
      '1',
      '-',
      'as',
      'parse',
      'dedup',
      'limit',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          planQuery(parseQuery(query), { nowEpochMs: TEST_NOW_EPOCH_MS });
        } catch (error) {
          expect(error).toBeInstanceOf(QuerySyntaxError);
          const { start, end } = (error as QuerySyntaxError).span;
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(query.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
