import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import {
  findOwnLimit,
  isAggregating,
  maskQuery,
  namesLogGroups,
  namesPointer,
  pointAt,
  QUERY_LANGUAGES,
} from './query-text.ts';

describe('maskQuery', () => {
  it('never changes the length, and blanks what is quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.constantFrom(...QUERY_LANGUAGES), (text, language) => {
        expect(maskQuery(text, language)).toHaveLength(text.length);
      }),
    );
  });

  it.each([
    ['filter a like /| limit 5/ | limit 6', 'filter a like             | limit 6'],
    ['parse @message /x|y/ | fields a/b', 'parse @message       | fields a/b'],
    ['fields a / b # c / d', 'fields a / b        '],
    [String.raw`filter a = "\"| limit 5"`, 'filter a =              '],
    ["filter `a b` = '|'", 'filter       =    '],
  ])('masks %j', (query, masked) => {
    expect(maskQuery(query, 'CWLI')).toBe(masked);
  });

  it('is quick on long hostile text', () => {
    for (const text of ['/', '"', "'\\", '`', '/ ', '| limit ', 'like /', 'parse a '])
      expect(maskQuery(text.repeat(5_000), 'CWLI')).toHaveLength(text.length * 5_000);
  });
});

describe('a comment without its end', () => {
  it.each(['SQL', 'PPL'] as const)('runs to the end of the text in %s', (language) => {
    expect(maskQuery('SELECT a /* | head 5\nlimit 5', language)).toBe(`SELECT a ${' '.repeat(19)}`);
    expect(findOwnLimit('SELECT a /* | head 5\nlimit 5', language)).toBeUndefined();
    expect(maskQuery('a /* b */ c /* d */', language)).toBe('a         c        ');
  });
});

describe('findOwnLimit', () => {
  it.each([
    ['fields a | limit 20', 20],
    ['limit 3', 3],
    ['fields a\n|LIMIT any 7\n', 7],
    ['fields a | limit 5 | limit 9', 9],
    ['fields a | head 4', 4],
    ['limit 5 | stats count(*) by a', undefined],
    ['stats count(*) by a | limit 5', 5],
    ['filter @message like "| limit 5"', undefined],
    ['filter @message like /a| limit 5/', undefined],
    ['fields a # | limit 5', undefined],
    ['fields limit', undefined],
    ['fields a', undefined],
  ])('reads %j', (query, limit) => {
    expect(findOwnLimit(query, 'CWLI')).toBe(limit);
  });

  it('reads PPL and SQL', () => {
    expect(findOwnLimit('source = x | head 12', 'PPL')).toBe(12);
    expect(findOwnLimit("SELECT a FROM b WHERE c = 'limit 4' -- limit 5", 'SQL')).toBeUndefined();
    expect(findOwnLimit('SELECT a FROM b limit 6', 'SQL')).toBe(6);
  });
});

describe('what a query says', () => {
  it.each([
    ['SOURCE logGroups() | limit 1', 'CWLI', true],
    ['# note\nsource logGroups()', 'CWLI', true],
    ['# source logGroups()', 'CWLI', false],
    ['filter a = "source x"', 'CWLI', false],
    ['SELECT a FROM `x`', 'SQL', true],
    ['source = [`a`] | head 1', 'PPL', true],
    ['fields a', 'PPL', false],
  ] as const)('names log groups: %j in %s is %s', (query, language, expected) => {
    expect(namesLogGroups(query, language)).toBe(expected);
  });

  it('aggregates or not', () => {
    expect(isAggregating('filter a | stats count(*)', 'CWLI')).toBe(true);
    expect(isAggregating('fields stats', 'CWLI')).toBe(false);
    expect(isAggregating('SELECT count(*) FROM a', 'SQL')).toBe(true);
  });

  it('asks for pointers or not', () => {
    expect(namesPointer('fields @message, @ptr', 'CWLI')).toBe(true);
    expect(namesPointer('filter @message like "@ptr"', 'CWLI')).toBe(false);
  });
});

describe('pointAt', () => {
  it('shows the line and carets under it', () => {
    expect(pointAt('fields a\n| filtr b\n| limit 1', 11, 16)).toBe('| filtr b\n  ^^^^^');
    expect(pointAt('abc', 3, 3)).toBe('abc\n   ^');
  });

  it('keeps the caret on the character for any text and place', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z |\n]{1,400}$/), fc.nat(400), (query, start) => {
        const excerpt = pointAt(query, start, start + 1);
        if (query.trim() === '' || start > query.length) {
          expect(excerpt).toBeUndefined();
          return;
        }
        const [line = '', carets = ''] = (excerpt ?? '').split('\n');
        expect(line.length).toBeLessThanOrEqual(100);
        expect(carets).toMatch(/^ *\^$/);
        const char = query[start];
        if (char !== undefined && char !== '\n') expect(line[carets.indexOf('^')]).toBe(char);
      }),
    );
  });

  it('shows nothing for a place outside the text', () => {
    expect(pointAt('abc', 9, 10)).toBeUndefined();
    expect(pointAt('abc', -1, 1)).toBeUndefined();
    expect(pointAt('abc', Number.NaN, 1)).toBeUndefined();
  });
});
