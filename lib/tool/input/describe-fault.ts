/** What a schema found wrong → one clause of ours that shows the right form, never the library's words. */
import { z } from 'zod';
import { cleanLine, clip } from '../../domain/text/clean-text.ts';
import { findNearest } from '../../domain/text/nearest.ts';
import { describeForm } from './describe-form.ts';
import { unwrap } from './reading.ts';

const MAX_SHOWN_CHARS = 40;

/** @param args what the schema was given, after reading */
export function describeFault(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  args: Readonly<Record<string, unknown>>,
): string {
  const path = issue.path.map(String);
  const where = path.join('.');
  const value = path.reduce<unknown>((at, key) => (isHolder(at) ? at[key] : undefined), args);
  const wanted = findSchema(schema, path);
  const form = describeForm(wanted, path.findLast((key) => !/^\d+$/.test(key)) ?? '');
  if (value === undefined) return path.length === 1 ? `${where}: missing` : `${where} is missing: it takes ${form}`;
  if (isOurs(issue)) return `${where}: ${issue.message}`;
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${where} ${describeStrangers(issue.keys, wanted)}; it takes ${form}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `${where} must be ${form} (${show(value)} was given)`
        : `${where} is too long: ${sizeOf(value)} were given, at most ${issue.maximum} are taken`;
    case 'too_small':
      return issue.origin === 'number'
        ? `${where} must be ${form} (${show(value)} was given)`
        : issue.minimum === 1
          ? `${where} must not be empty: it takes ${form}`
          : `${where} is too short: ${sizeOf(value)} were given, at least ${issue.minimum} are needed`;
    default:
      return `${where} must be ${form} (${show(value)} was given)`;
  }
}

/** Where the schema says in our own words what is wrong. */
function isOurs({ message }: z.core.$ZodIssue): boolean {
  return !/^(Invalid|Too (big|small)|Unrecognized)\b/.test(message);
}

function describeStrangers(keys: readonly string[], schema: z.ZodType): string {
  const inner = unwrap(schema);
  const valid = inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  return keys
    .slice(0, 3)
    .map((key) => {
      const [nearest] = findNearest(key, valid, 1);
      return `has an unknown member ${show(key)}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`;
    })
    .join(' and ');
}

function findSchema(schema: z.ZodType, path: readonly string[]): z.ZodType {
  return path.reduce<z.ZodType>((at, key) => {
    const inner = unwrap(at);
    if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
    const shape = inner instanceof z.ZodObject ? (inner.shape as Readonly<Record<string, z.ZodType>>) : {};
    return (Object.hasOwn(shape, key) ? shape[key] : undefined) ?? inner;
  }, schema);
}

function isHolder(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function sizeOf(value: unknown): string {
  return Array.isArray(value) ? `${value.length} items` : `${String(value).length} characters`;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (isHolder(value)) return 'an object';
  return JSON.stringify(typeof value === 'string' ? clip(cleanLine(value), MAX_SHOWN_CHARS) : value) ?? 'nothing';
}
