/** Small parts that describe what a member of a scenario must be. A shape checks a value and gives it with its times set. */
import type { ScenarioClock } from './clock.ts';
import type { FaultList } from './faults.ts';

/** Where a value stands, and where its faults go. */
export interface At {
  readonly path: string;
  readonly faults: FaultList;
  readonly clock: ScenarioClock;
}

/** Gives undefined, and a fault, for what it does not take. */
export type Shape<Value = unknown> = (value: unknown, at: At) => Value | undefined;

export interface TextOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** What the pattern means, for the fault. */
  readonly form?: string;
  /** Fill in the times that a text may hold. */
  readonly isTemplate?: boolean;
}

export function refuse(at: At, expected: string): undefined {
  at.faults.add(at.path, expected);
  return undefined;
}

export function inside(at: At, member: string | number): At {
  const path = typeof member === 'number' ? `${at.path}[${member}]` : at.path === '' ? member : `${at.path}.${member}`;
  return { ...at, path };
}

export function text(options: TextOptions = {}): Shape<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, form = String(pattern) } = options;
  return (value, at) => {
    if (typeof value !== 'string') return refuse(at, `must be a text, not ${nameKind(value)}`);
    if (value.length < minLength || value.length > maxLength) {
      return refuse(at, `must have ${minLength} to ${maxLength} characters, not ${value.length}`);
    }
    if (pattern !== undefined && !pattern.test(value)) return refuse(at, `must be ${form}`);
    return options.isTemplate ? at.clock.fill(value) : value;
  };
}

export function oneOf<const Value extends string>(values: readonly Value[]): Shape<Value> {
  return (value, at) =>
    values.find((known) => known === value) ?? refuse(at, `must be one of ${values.join(', ')}, not ${show(value)}`);
}

export interface NumberOptions {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly isInteger?: boolean;
}

export function number(options: NumberOptions = {}): Shape<number> {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, isInteger = false } = options;
  return (value, at) => {
    if (typeof value !== 'number') return refuse(at, `must be a number, not ${nameKind(value)}`);
    if (isInteger && !Number.isInteger(value)) return refuse(at, `must be a whole number, not ${value}`);
    if (value < minimum || value > maximum) return refuse(at, `must be ${minimum} to ${maximum}, not ${value}`);
    return value;
  };
}

export const flag: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : refuse(at, `must be true or false, not ${nameKind(value)}`);

/** Ten years around the anchor: whoever writes epoch seconds is told. */
const MAX_SECONDS = 315_360_000;

/** A time in seconds relative to the anchor. */
export const seconds: Shape<number> = (value, at) => {
  if (typeof value === 'number' && Math.abs(value) <= MAX_SECONDS) return value;
  return refuse(at, `must be a time in seconds relative to the anchor (negative in the past), not ${show(value)}`);
};

/** The same, as a Date. */
export const date: Shape<Date> = (value, at) => {
  const relative = seconds(value, at);
  return relative === undefined ? undefined : new Date(at.clock.toEpochMs(relative));
};

/** The same, in epoch milliseconds. */
export const epochMs: Shape<number> = (value, at) => {
  const relative = seconds(value, at);
  return relative === undefined ? undefined : at.clock.toEpochMs(relative);
};

export function list<Item>(shape: Shape<Item>, maxItems = Number.POSITIVE_INFINITY): Shape<Item[]> {
  return (value, at) => {
    if (!Array.isArray(value)) return refuse(at, `must be a list, not ${nameKind(value)}`);
    if (value.length > maxItems) return refuse(at, `must have at most ${maxItems} items, not ${value.length}`);
    return value.flatMap((item: unknown, index) => shape(item, inside(at, index)) ?? []);
  };
}

export function mapOf<Item>(shape: Shape<Item>, readKey: Shape<string> = text()): Shape<Record<string, Item>> {
  return (value, at) => {
    if (!isObject(value)) return refuse(at, `must be an object, not ${nameKind(value)}`);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => {
        const read = shape(item, inside(at, key));
        const name = readKey(key, inside(at, key));
        return read === undefined || name === undefined ? [] : [[name, read]];
      }),
    );
  };
}

/** Any JSON object; the times in its texts are filled in. */
export const anyObject: Shape<object> = (value, at) =>
  isObject(value) ? Object(at.clock.fillDeep(value)) : refuse(at, `must be an object, not ${nameKind(value)}`);

/** An object with these members and no others. */
export function members(
  shapes: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): Shape<Record<string, unknown>> {
  return (value, at) => {
    if (!isObject(value)) return refuse(at, `must be an object, not ${nameKind(value)}`);
    for (const name of required) {
      if (!Object.hasOwn(value, name)) at.faults.add(inside(at, name).path, 'is missing');
    }
    const entries = Object.entries(value).flatMap(([name, item]) => {
      // Code may leave a member out by undefined; a file cannot.
      if (item === undefined) return [];
      const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
      if (shape === undefined) {
        at.faults.add(inside(at, name).path, `is no member; there are ${Object.keys(shapes).join(', ')}`);
        return [];
      }
      return [[name, shape(item, inside(at, name))]];
    });
    return Object.fromEntries(entries);
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function nameKind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : show(value);
}

function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
