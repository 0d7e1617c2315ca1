/** Members of JSON that somebody else wrote: each is what it should be, or absent. */
import { cleanLine, cleanText, clip } from '../text/clean-text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The member's text, cleaned; undefined where it is absent, empty or something else. */
export function textOf(object: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  const text = typeof value === 'string' ? cleanText(value) : '';
  return text.trim() === '' ? undefined : text;
}

/** The same on one line, of at most so many characters. */
export function lineOf(object: JsonObject, key: string, maxChars: number): string | undefined {
  const text = textOf(object, key);
  return text === undefined ? undefined : clip(cleanLine(text), maxChars);
}

/** Also out of a text, as templates write numbers. */
export function numberOf(object: JsonObject, key: string): number | undefined {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
