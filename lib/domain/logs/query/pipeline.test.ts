import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { splitPipeline } from './pipeline.ts';

function texts(query: string): string[] {
  return splitPipeline(query).map(({ text }) => text);
}

describe('splitPipeline', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['  # nothing\n', []],
    ['fields @timestamp | limit 5', ['fields @timestamp', 'limit 5']],
    ['| fields a |', ['fields a']],
    ['filter a = "x | y" | limit 1', ['filter a = "x | y"', 'limit 1']],
    ["filter a = 'it\\'s | b' | limit 1", ["filter a = 'it\\'s | b'", 'limit 1']],
    ['filter @message like /a|b/ | limit 1', ['filter @message like /a|b/', 'limit 1']],
    ['filter @message like /[/|]/ | limit 1', ['filter @message like /[/|]/', 'limit 1']],
    ['filter @message =~ /\\/|x/|limit 1', ['filter @message =~ /\\/|x/', 'limit 1']],
    ['filter @message like /[|/ | limit 1', ['filter @message like /[|/', 'limit 1']],
    ['parse @message /(?<a>x|y)/ | stats count(*) by a', ['parse @message /(?<a>x|y)/', 'stats count(*) by a']],
    ['parse `my field` /a|b/ | limit 1', ['parse `my field` /a|b/', 'limit 1']],
    ['fields a / b | sort c / d', ['fields a / b', 'sort c / d']],
    ['fields a/b | filter c/2 > 1', ['fields a/b', 'filter c/2 > 1']],
    ['filter `a|b` = 1 | limit 1', ['filter `a|b` = 1', 'limit 1']],
    ['# one | two\nfields a # three | four\n| limit 1', ['fields a', 'limit 1']],
    ['filter a = "#" | limit 1', ['filter a = "#"', 'limit 1']],
    ['filter id in (SOURCE "x" | fields id) | limit 1', ['filter id in (SOURCE "x" | fields id)', 'limit 1']],
    ['filter a in ["x|y", "z"] | limit 1', ['filter a in ["x|y", "z"]', 'limit 1']],
    ['filter a = "never closed | limit 1', ['filter a = "never closed | limit 1']],
    ['filter a like /never closed | limit 1', ['filter a like /never closed', 'limit 1']],
    ['filter a) | limit 1', ['filter a)', 'limit 1']],
  ])('splits %j', (query, expected) => {
    expect(texts(query)).toEqual(expected);
  });

  it('names commands in lower case, and tells their tokens', () => {
    const [first, second] = splitPipeline('FIELDS `a b`, x.y as z | (1)');
    expect(first?.name).toBe('fields');
    expect(first?.tokens.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'name a b',
      'symbol ,',
      'word x.y',
      'word as',
      'word z',
    ]);
    expect(second?.name).toBe('');
  });

  it('loses nothing but separators, blanks and comments, whatever the text is', () => {
    const piece = fc.constantFrom(
      'filter',
      ' ',
      '|',
      '/',
      '"',
      "'",
      '`',
      '[',
      ']',
      '(',
      ')',
      '\\',
      '#',
      '\n',
      'a.b',
      '5m',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join('')),
        ),
        (query) => {
          const commands = splitPipeline(query);
          let last = 0;
          for (const { text, start, end } of commands) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(query.slice(start, end)).toBe(text);
            last = end;
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('stays linear on text made to be slow', () => {
    for (const unit of ['/[', '\\/', '/', '(', '"\\', '`.', '#', 'a/', '/*', '1e', "''"]) {
      expect(splitPipeline(`filter a like ${unit.repeat(50_000)}`).length).toBeGreaterThan(0);
    }
  });
});
