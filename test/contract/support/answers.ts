/** Answers of clients in different languages, made comparable. */
import type { ContractRequest } from './requests.ts';

/** What a client was given: the output, or the error's code; or that it has no such operation. */
export interface ContractAnswer {
  readonly output?: unknown;
  readonly error?: string;
  readonly isUnknown?: boolean;
}

/** Members that differ from call to call or stand for the transport. */
const VOLATILE = new Set(['responsemetadata', 'resultmetadata', '$metadata', 'queryid', 'nexttoken', 'userid']);
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Names in lower case without volatile ones, times as epoch ms, bytes as base64; without null, empty lists and empty objects,
 * which languages and protocols do not tell apart. `hasZeroValues`: nor, in Go, zero, false and the empty text.
 */
export function normalise(value: unknown, hasZeroValues = false): unknown {
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'string') return TIME.test(value) ? Date.parse(value) : value;
  if (Array.isArray(value)) return value.map((item) => normalise(item, hasZeroValues));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name.toLowerCase(), normalise(member, hasZeroValues)] as const)
    .filter(([name, member]) => !VOLATILE.has(name) && !isNothing(member) && !(hasZeroValues && !member));
  return Object.fromEntries(members);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** Members that `actual` lacks, as paths without indexes, e.g. `metricalarms.alarmrule`; a client of an older model drops them. */
export function listDropped(expected: unknown, actual: unknown, path = ''): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const paths = expected.flatMap((item, index) => listDropped(item, actual[index], path));
    return [...new Set(paths)];
  }
  if (!isObject(expected) || !isObject(actual)) return [];
  return Object.entries(expected).flatMap(([name, member]) => {
    const inner = path === '' ? name : `${path}.${name}`;
    return name in actual ? listDropped(member, actual[name], inner) : [inner];
  });
}

/** `expected` without the members of {@link listDropped}. */
export function withoutDropped(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.map((item, index) => withoutDropped(item, actual[index]));
  }
  if (!isObject(expected) || !isObject(actual)) return expected;
  const kept = Object.entries(expected).filter(([name]) => name in actual);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutDropped(member, actual[name])]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function describeRequest({ service, operation }: ContractRequest): string {
  return `${service}:${operation}`;
}
