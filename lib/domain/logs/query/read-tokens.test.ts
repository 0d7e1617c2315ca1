import { describe, expect, it } from 'vitest';
import { readTokens } from './read-tokens.ts';
import type { QueryDialect, TokenKind } from './token.ts';

const read = (query: string, dialect: QueryDialect) =>
  readTokens(query, dialect).map(({ kind, value }): [TokenKind, string] => [kind, value]);

describe('readTokens', () => {
  it.each<[string, [TokenKind, string][]]>([
    [
      'a.b_1 @x $y 9',
      [
        ['word', 'a.b_1'],
        ['word', '@x'],
        ['word', '$y'],
        ['number', '9'],
      ],
    ],
    ['`a b`.c', [['name', 'a b.c']]],
    ['`open', [['name', 'open']]],
    [
      '5m 2.5e-3',
      [
        ['number', '5m'],
        ['number', '2.5e-3'],
      ],
    ],
    [
      'a=~b!=c<>d<=e>=f==g',
      'a =~ b != c <> d <= e >= f == g'.split(' ').map((value) => [value.length === 1 ? 'word' : 'symbol', value]),
    ],
    [
      String.raw`"it\"s" 'it\'s' "a\\b" "\d"`,
      [
        ['string', 'it"s'],
        ['string', "it's"],
        ['string', String.raw`a\b`],
        ['string', String.raw`\d`],
      ],
    ],
    ['"open', [['string', 'open']]],
    ['"', [['string', '']]],
    [
      'a # no | b\nc',
      [
        ['word', 'a'],
        ['word', 'c'],
      ],
    ],
    [
      'a // b',
      [
        ['word', 'a'],
        ['symbol', '/'],
        ['symbol', '/'],
        ['word', 'b'],
      ],
    ],
  ])('CWLI: %s', (query, tokens) => {
    expect(read(query, 'CWLI')).toEqual(tokens);
  });

  it.each(['like', 'ilike', 'and', 'or', 'not', 'in', 'parse', 'filter', 'where', 'regex', '=~', '(', ',', '|'])(
    'takes a slash behind %s for the beginning of a pattern',
    (before) => {
      expect(read(`x ${before} /a b/`, 'CWLI').at(-1)).toEqual(['regex', 'a b']);
    },
  );

  it.each(['x', '`x`', '5', '"x"', ')', ']', '}', '/a/'])('takes a slash behind %s for a division', (before) => {
    expect(read(`x = ${before} /a b/`, 'CWLI').filter(({ 1: value }) => value === '/').length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it('finds the pattern behind the operand of parse, also of one in parentheses, and of no other command', () => {
    expect(read('fields a | parse b /c d/', 'CWLI').at(-1)).toEqual(['regex', 'c d']);
    expect(read('parse f(b) /c d/', 'CWLI').at(-1)).toEqual(['regex', 'c d']);
    expect(read('x (parse b /c d/)', 'CWLI').at(-2)).toEqual(['regex', 'c d']);
    expect(read('parse b /c/ | fields b /c d/', 'CWLI').at(-1)).toEqual(['symbol', '/']);
    expect(read('fields parse /c/ b /c d/', 'CWLI').at(-1)).toEqual(['symbol', '/']);
    expect(read('parse (b /c d/)', 'CWLI').at(-2)).toEqual(['symbol', '/']);
  });

  it('ends a pattern at its own slash, on its own line', () => {
    const patternOf = (query: string) => read(`a like ${query}`, 'CWLI').find(([kind]) => kind === 'regex')?.[1];
    expect(patternOf(String.raw`/a\/b/ /c/`)).toBe(String.raw`a\/b`);
    expect(patternOf('/[/]b/')).toBe('[/]b');
    expect(patternOf('/a[/')).toBe('a[');
    expect(patternOf('/a]/b/')).toBe('a]');
    expect(patternOf('/a\n/')).toBeUndefined();
    expect(patternOf('//')).toBeUndefined();
    expect(patternOf('/[a\n or b like /[b]/')).toBe('[b]');
  });

  it.each<[QueryDialect, string, string[]]>([
    ['PPL', 'a // b\nc /* d\n| */ e /* open', ['a', 'c', 'e']],
    ['SQL', 'a -- b\nc /* d\n; */ e /* open', ['a', 'c', 'e']],
    ['SQL', 'a # b', ['a', '#', 'b']],
    ['PPL', `'it''s' "a""b"`, ["it''s", 'a""b']],
    ['SQL', 'a like /b/', ['a', 'like', '/', 'b', '/']],
  ])('%s: %s', (dialect, query, values) => {
    expect(read(query, dialect).map(([, value]) => value)).toEqual(values);
  });

  it('says where each token stands', () => {
    const query = ' a = `b c` ';
    expect(readTokens(query, 'CWLI').map(({ start, end }) => query.slice(start, end))).toEqual(['a', '=', '`b c`']);
  });
});
