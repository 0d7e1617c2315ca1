/**
 * Small objects that the tool list shows as text: the schema of a nested object costs every model on every turn.
 * A caller may send the object itself, its JSON, or the short form that the tool defines.
 */
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { boundValues } from './bound-values.ts';

const JSON_TEXTS = new WeakSet<z.ZodType>();

/** An item that may be sent as text or as an object; the tool gets text. To be used as it is: a copy is plain text. */
export function jsonText(maxChars: number): z.ZodString {
  const schema = z.string().max(maxChars);
  JSON_TEXTS.add(schema);
  return schema;
}

export function isJsonText(schema: z.ZodType): boolean {
  return JSON_TEXTS.has(schema);
}

function parseStrictly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The object that a text is the JSON of; undefined for text of another kind.
 * @throws AppError `invalid_input` for what begins like an object and is none
 */
export function readObject(text: string, parameter: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const value = parseStrictly(text);
  boundValues(value, parameter);
  if (typeof value === 'object' && value !== null) return { ...value };
  throw new AppError('invalid_input', `${parameter} is not JSON → check quotes, commas and brackets.`);
}
