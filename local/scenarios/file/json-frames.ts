import { EventTable } from '../format/event-table.ts';
import { LIMITS } from '../format/limits.ts';
import type { At } from '../format/shape.ts';
import type { NumberColumn } from './number-column.ts';

/** An object or a list that is being read. */
export type Frame =
  | { readonly kind: 'object'; readonly value: Record<string, unknown>; key: string }
  | { readonly kind: 'list'; readonly value: unknown[] }
  | { readonly kind: 'numbers'; readonly numbers: NumberColumn; readonly path: string }
  | { readonly kind: 'events'; readonly value: EventTable; readonly path: string; count: number };

/** Where the long lists of a scenario go, and what is wrong in them. */
export interface Sinks {
  readonly at: Omit<At, 'path'>;
  readonly numbers: NumberColumn;
  /** Told of a value of a series that is no number. */
  fault(path: string, message: string, index: number): void;
  /** Values beside the long lists; @throws beyond the limit */
  count(values: number): void;
}

export function openObject(): Frame {
  return { kind: 'object', value: {}, key: '' };
}

/** A list of numbers or of events by its place in a scenario, else any. */
export function openArray(frames: readonly Frame[], sinks: Sinks): Frame {
  const [root, items, item, inner] = frames;
  if (root?.kind !== 'object' || items?.kind !== 'list' || item?.kind !== 'object') return { kind: 'list', value: [] };
  const path = `${root.key}[${items.value.length}].${item.key}`;
  const isValues = frames.length === 3 && item.key === 'values';
  const isStatistic = frames.length === 4 && item.key === 'statistics' && inner?.kind === 'object';
  if (root.key === 'metrics' && (isValues || isStatistic)) {
    return {
      kind: 'numbers',
      numbers: sinks.numbers.begin(),
      path: inner?.kind === 'object' ? `${path}.${inner.key}` : path,
    };
  }
  if (root.key === 'logGroups' && frames.length === 3 && item.key === 'events') {
    return { kind: 'events', value: new EventTable(), path, count: 0 };
  }
  return { kind: 'list', value: [] };
}

/** Puts a value that is whole into what it stands in. */
export function store(frame: Frame, value: unknown, sinks: Sinks): void {
  sinks.count(1);
  if (frame.kind === 'list') frame.value.push(value);
  if (frame.kind === 'object') {
    // As a plain member whatever its name: "__proto__" is one too.
    Object.defineProperty(frame.value, frame.key, { value, writable: true, enumerable: true, configurable: true });
  }
  if (frame.kind === 'events') {
    if (frame.count >= LIMITS.events) throw new RangeError(`${frame.path}: has more than ${LIMITS.events} events`);
    frame.value.add(value, { ...sinks.at, path: `${frame.path}[${frame.count}]` });
    frame.count += 1;
  }
}
