/** The shapes in which models write dimensions: `[{"name":"A","value":"b"}]` is ours. */
import type { z } from 'zod';
import { isPlainObject } from './reading.ts';

/** 30 dimensions, their names and values as long as CloudWatch takes them. */
const MAX_PAIRS_CHARS = 40_000;

/** Lists of small objects with a name and a value. */
export function takesPairs(item: z.ZodObject): boolean {
  return 'name' in item.shape && 'value' in item.shape;
}

/** A map, one object, or text → a list of items; a list as it is. */
export function toPairs(value: unknown): unknown {
  if (typeof value === 'string') return [value];
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value).map((key) => key.toLowerCase());
  if (keys.includes('name') || keys.includes('key')) return [value];
  const isMap = Object.values(value).every((member) => typeof member !== 'object' || member === null);
  return isMap ? Object.entries(value).map(([name, member]) => ({ name, value: member })) : [value];
}

/** One item → one or more objects: `A=b,C=d`, a name alone, a map of one, the AWS CLI's `Name=A,Value=b`, or `{Key, Value}`. */
export function toPair(item: unknown): readonly unknown[] {
  if (typeof item === 'string') return fromText(item);
  if (!isPlainObject(item)) return [item];
  const entries = Object.entries(item);
  const [first] = entries;
  const keys = entries.map(([key]) => key.toLowerCase());
  if (entries.length === 1 && first !== undefined && !keys.some(isMemberName))
    return [{ name: first[0], value: first[1] }];
  if (!keys.includes('key') || keys.includes('name')) return [item];
  return [Object.fromEntries(entries.map(([key, member]) => [key.toLowerCase() === 'key' ? 'name' : key, member]))];
}

/** A member of ours, cut short or not: not a name of a dimension. */
function isMemberName(key: string): boolean {
  return ['name', 'value', 'key'].some((member) => member.startsWith(key));
}

/** Each part has one `=`, so that a comma inside of a value is not taken for the end of it. */
function isPairs(text: string): boolean {
  if (text.length > MAX_PAIRS_CHARS) return false;
  const parts = text.split(',').map((part) => part.split('='));
  const [[first = ''] = []] = parts;
  return (
    !/[{}[\]]/.test(first) &&
    parts.every(([name = '', value = '', ...more]) => name.trim() !== '' && value !== '' && more.length === 0)
  );
}

function fromText(text: string): readonly unknown[] {
  const parts = isPairs(text) ? text.split(',') : [text];
  const pairs = parts.map((part) => {
    const at = part.indexOf('=');
    return at === -1 ? { name: part.trim() } : { name: part.slice(0, at).trim(), value: part.slice(at + 1).trim() };
  });
  const [first, second] = pairs;
  const isShorthand = first?.name.toLowerCase() === 'name' && second?.name.toLowerCase() === 'value';
  return isShorthand && pairs.length === 2 ? [{ name: first?.value, value: second?.value }] : pairs;
}
