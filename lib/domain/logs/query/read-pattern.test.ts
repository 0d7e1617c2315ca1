import { describe, expect, it } from 'vitest';
import { createPatternReader } from './read-pattern.ts';

describe('createPatternReader', () => {
  it.each([
    ['/a/', 'a', 3],
    ['//', undefined, 0],
    ['/', undefined, 0],
    ['/a', undefined, 0],
    ['/a\n/', undefined, 0],
    [String.raw`/a\/b/`, String.raw`a\/b`, 6],
    [String.raw`/\//`, String.raw`\/`, 4],
    [String.raw`/a\\/b/`, String.raw`a\\`, 5],
    [String.raw`/a\/`, undefined, 0],
    ['/[/]/', '[/]', 5],
    ['/[a]/]/', '[a]', 5],
    [String.raw`/[\]/]/`, String.raw`[\]/]`, 7],
    [String.raw`/\[/]/`, String.raw`\[`, 4],
    ['/[a/', '[a', 4],
    ['/a]/', 'a]', 4],
    ['/ab/ /cd/', 'ab', 4],
  ])('%j', (query, value, end) => {
    expect(createPatternReader(query)(0)).toEqual(
      value === undefined ? undefined : { kind: 'regex', value, start: 0, end },
    );
  });

  it('remembers what it sought in vain, to the end of the line and no farther', () => {
    const query = 'x /[a/ /b]/ y /c\n/d/ /e';
    const read = createPatternReader(query);
    const valuesAt = [...query.matchAll(/\//g)].map(({ index }) => read(index)?.value);
    expect(valuesAt).toEqual(['[a/ /b]', ' ', 'b]', ' y ', undefined, 'd', ' ', undefined]);
  });
});
