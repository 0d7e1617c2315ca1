/** What the readers of one call share. */
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { boundValues, MAX_VALUES, tooManyValues } from '../bound-values.ts';

/** The place of a value in the arguments, and where to say what was taken for something else. */
export interface Place {
  /** The argument that the value is, or is part of. */
  readonly argument: string;
  /** E.g. `queries.0.period`. */
  readonly path: string;
  /** A member of a small object: nothing is guessed from its name. */
  readonly isMember: boolean;
  /** For `Answer.warnings`. */
  readonly warnings: string[];
  /** One for all arguments of a call. */
  readonly allowance: Allowance;
}

/** How many values of a call may still be read: what texts and shorthand make of themselves counts too. */
export interface Allowance {
  left: number;
}

export function createAllowance(): Allowance {
  return { left: MAX_VALUES };
}

/** @throws AppError `invalid_input` where a call holds more values than any needs */
export function spend({ allowance, path }: Place, values: number): void {
  allowance.left -= values;
  if (allowance.left < 0) throw tooManyValues(`The call, up to ${path},`);
}

/** The schema inside of defaults and options. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap() as z.ZodType;
  return inner;
}

/** Deeper than any argument; what is deeper holds something. */
const MAX_DEPTH = 6;

/** Null, blank text, and lists and objects of nothing else: what fills an argument that must be there and is not meant. */
export function isBlank(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return false;
  return Object.values(value).every((member) => isBlank(member, depth + 1));
}

/**
 * The value of a JSON text; undefined for text of another kind. Python's quotes are taken where no other is inside.
 * @throws AppError `invalid_input` for one that nests too deep
 */
export function parseJson(text: string): unknown {
  for (const candidate of text.includes('"') ? [text] : [text, text.replaceAll("'", '"')]) {
    const parsed = tryJson(candidate);
    if (parsed === undefined) continue;
    boundValues(parsed, 'JSON inside of an argument');
    return parsed;
  }
  return undefined;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is too large to be looked at piece by piece. @param size e.g. `2000 items were given, at most 1000` */
export function tooMany(place: string, size: string): AppError {
  return new AppError('invalid_input', `${place} is too long: ${size} are taken → send fewer.`);
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
