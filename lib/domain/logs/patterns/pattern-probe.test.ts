import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { findProbe, toCountQuery, toFilter } from './pattern-probe.ts';

describe('findProbe', () => {
  it('finds the words that no other pattern has', () => {
    const others = ['<Timestamp-1> <UUID-2> Task started', 'END RequestId: <UUID-1>'];
    expect(findProbe(['<Timestamp-1> <UUID-2> Task timed out after <Token-3> seconds'], others)).toEqual([
      'Task timed out after',
    ]);
  });

  it('takes several where one does not do', () => {
    const own = ['{"level":"ERROR","message":"checkout"}'];
    const others = ['{"level":"ERROR","message":"payment"}', '{"level":"INFO","message":"checkout"}'];
    expect(findProbe(own, others)).toEqual(['checkout', 'ERROR']);
  });

  it('gives up where the words are those of another pattern', () => {
    expect(findProbe(['disk full'], ['disk full again'])).toBeUndefined();
    expect(findProbe(['<*> 12 34'], [])).toBeUndefined();
    expect(findProbe([], [])).toBeUndefined();
  });

  it('takes no word of less than four letters', () => {
    expect(['abc', 'abcd', 'abc d', 'ab cd', '1 abc 2', '1 abcd 2'].map((text) => findProbe([text], []))).toEqual([
      undefined,
      ['abcd'],
      ['abc d'],
      undefined,
      undefined,
      ['abcd'],
    ]);
  });

  it('takes only what every message of the pattern has', () => {
    expect(findProbe(['paid by card at last', 'paid by cash at last'], ['sold'])).toBeUndefined();
    expect(findProbe(['<*> paid', '<*> paid <*>'], ['sold'])).toEqual(['paid']);
  });

  it('finds its own and nothing else, and never breaks out of the quotes of a query', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'cdef', ' ', '"', "'", '\\', '`', '\n', '\u202e', '1', '<*>', '|', '/'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.array(text, { maxLength: 6 }), (own, others) => {
        const probe = findProbe(own, others);
        if (probe === undefined) return;
        expect(own.every((each) => probe.every((part) => each.includes(part)))).toBe(true);
        expect(others.some((each) => probe.every((part) => each.includes(part)))).toBe(false);
        expect(probe.join('')).not.toMatch(/["'`\\\n\u202e]/);
      }),
      { numRuns: 500 },
    );
  });
});

it('writes a filter and a count of several patterns', () => {
  expect(toFilter(['a b', 'c'])).toBe('filter @message like "a b" and @message like "c"');
  expect(toCountQuery([['a b', 'c'], ['d']], '5m')).toBe(
    'stats sum(strcontains(@message, "a b") * strcontains(@message, "c")) as c0, sum(strcontains(@message, "d")) as c1 by bin(5m)',
  );
});

describe('the length of a probe', () => {
  it.each([
    ['abc', undefined],
    ['abcd', ['abcd']],
    ['ab c', undefined],
    ['abc-', ['abc-']],
    ['long '.repeat(30), ['long '.repeat(24).trim()]],
  ])('%j', (text, probe) => {
    expect(findProbe([text], ['another'])).toEqual(probe);
  });
});
