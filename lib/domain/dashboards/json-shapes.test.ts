import { expect, it } from 'vitest';
import { isObject, lineOf, listOf, numberOf, objectOf, textOf } from './json-shapes.ts';

it('takes each member for what it should be, or for absent', () => {
  expect([{}, [], null, 'a', 5, undefined].map(isObject)).toEqual([true, false, false, false, false, false]);
  expect(objectOf({ a: 1 })).toEqual({ a: 1 });
  expect([objectOf([1]), objectOf(null)]).toEqual([{}, {}]);
  expect([listOf([1]), listOf({ length: 1 })]).toEqual([[1], []]);
});

it.each<[unknown, string | undefined]>([
  ['a', 'a'],
  [' a\u001b[31m ', ' a '],
  [' ', undefined],
  ['\u202E', undefined],
  [5, undefined],
  [undefined, undefined],
])('takes %j for the text %j', (member, text) => {
  expect(textOf({ member }, 'member')).toBe(text);
  expect(textOf({}, 'constructor')).toBeUndefined();
});

it('puts a text on one line of so many characters', () => {
  expect(lineOf({ a: 'b\nc' }, 'a', 9)).toBe('b c');
  expect(lineOf({ a: 'abcd' }, 'a', 3)).toBe('ab…');
  expect(lineOf({}, 'a', 3)).toBeUndefined();
});

it.each<[unknown, number | undefined]>([
  [5, 5],
  ['5.5', 5.5],
  [' ', undefined],
  ['x', undefined],
  [Number.POSITIVE_INFINITY, undefined],
  ['1e999', undefined],
  [true, undefined],
  [null, undefined],
  [[5], undefined],
])('takes %j for the number %j', (member, number) => {
  expect(numberOf({ member }, 'member')).toBe(number);
  expect(numberOf({}, 'constructor')).toBeUndefined();
});
