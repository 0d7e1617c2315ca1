import { describe, expect, it } from 'vitest';
import { scanFields } from './scan-fields.ts';

const told = (text: string) => scanFields(text).map(({ path, value }) => `${path.join('.')}=${value}`);

describe('scanFields', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['plain {"a":1}', []],
    ['{}', []],
    ['{"a":1,"b":"two","c":null}', ['a=1', 'b=two', 'c=null']],
    ['{"a":{"b":{"c":true}},"d":2}', ['a.b.c=true', 'd=2']],
    ['{"a":["first","second"],"b":1}', ['a=first', 'b=1']],
    ['{"a":[1,"second"],"b":["x"]}', ['b=x']],
    ['{"a":[{"b":1},{"b":2}]}', ['a.b=1', 'a.b=2']],
    ['{"a":<Token-3>,"b":2', ['a=<Token-3>', 'b=2']],
    ['{"a":1} {"b":2}', ['a=1']],
    ['{"a" : 1 , "b" : "cut', ['a=1', 'b=cut']],
    ['{"a","b":1}', ['b=1']],
    ['{"a":1 2,"b":3}', ['a=1', 'b=3']],
    ['{a:1}', []],
    [String.raw`{"a":"x\ny\t\"\u00e9\/"}`, ['a=x\ny\t"é/']],
  ])('%j', (text, fields) => {
    expect(told(text)).toEqual(fields);
  });

  it('keeps to its bounds', () => {
    const many = (count: number) => `{${Array.from({ length: count }, (_, index) => `"f${index}":1`).join()}}`;
    expect([199, 200, 201, 300].map((count) => told(many(count)).length)).toEqual([199, 200, 200, 200]);
    const deep = (depth: number) => `${'{"a":'.repeat(depth)}1`;
    expect([1, 11, 12, 13].map((depth) => told(deep(depth)).length)).toEqual([1, 1, 1, 0]);
    const cut = `{"a":"${'x'.repeat(9_000)}"}`;
    expect(told(cut)).toEqual([`a=${'x'.repeat(8_000 - '{"a":"'.length)}`]);
  });
});
