import type { z } from 'zod';
import { parseDuration, SECOND_MS } from '../../domain/time.ts';
import { kindOf } from './argument-kind.ts';
import type { Place } from './reading.ts';

const PLAIN = /^[+-]?\d+(\.\d+)?(e\d{1,2})?$/i;
const THOUSANDS = /^\d{1,3}([,_]\d{3})+$/;
const GIGABYTES = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i;
const GB_OF: Readonly<Record<string, number>> = { MB: 0.001, GB: 1, TB: 1_000 };
/** Lowering it would give other rows than those asked for. */
const NEVER_LOWERED = /(^|_)offset$/;

/**
 * A number that was written as text, with its unit where the argument has one. 0 below the minimum is how clients fill
 * what is not meant: left out. Above the maximum: lowered, and said.
 */
export function readNumber(value: unknown, schema: z.ZodNumber, place: Place): unknown {
  const number = typeof value === 'string' ? fromText(value.trim(), place.argument) : value;
  if (typeof number !== 'number') return value;
  const { minValue, maxValue } = schema;
  if (number === 0 && minValue !== null && minValue > 0) return undefined;
  if (maxValue === null || number <= maxValue || NEVER_LOWERED.test(place.argument)) return number;
  place.warnings.push(`${place.path} ${number} was lowered to ${maxValue}, the most that is taken.`);
  return maxValue;
}

function fromText(text: string, argument: string): number | undefined {
  if (PLAIN.test(text)) return Number(text);
  if (THOUSANDS.test(text)) return Number(text.replaceAll(/[,_]/g, ''));
  if (kindOf(argument) === 'duration') {
    const durationMs = parseDuration(text);
    return durationMs === undefined ? undefined : durationMs / SECOND_MS;
  }
  const [, amount, unit = ''] = argument.endsWith('_gb') ? (GIGABYTES.exec(text) ?? []) : [];
  return amount === undefined ? undefined : Number(amount) * (GB_OF[unit.toUpperCase()] ?? 1);
}

/** E.g. `a whole number from 1 to 500, such as 50`. */
export function describeNumber(schema: z.ZodNumber, argument: string, example: unknown): string {
  const { minValue, maxValue, isInt } = schema;
  const bounds =
    isBound(minValue) && isBound(maxValue)
      ? ` from ${minValue} to ${maxValue}`
      : isBound(minValue)
        ? ` of at least ${minValue}`
        : isBound(maxValue)
          ? ` of at most ${maxValue}`
          : '';
  const such = typeof example === 'number' ? `, such as ${example}` : '';
  const seconds = kindOf(argument) === 'duration' ? ', in seconds' : '';
  return `a ${isInt ? 'whole ' : ''}number${bounds}${such}${seconds}`;
}

/** Without a bound of its own a schema has the number system's. */
export function isBound(value: number | null): value is number {
  return value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}
