/** Which fields a condition filters on, and for which of them a field index would help. */
import type { Condition, OtherReason } from './condition.ts';
import { isIndexable } from './index-fields.ts';

/** A field of the log events that a query filters on. */
export interface FieldUse {
  readonly field: string;
  /** Why a field index would not help; absent: it would. */
  readonly reason?: OtherReason;
  /** Log groups by name or ARN where the query says them for this part of it; absent: those of the whole query. */
  readonly logGroups?: readonly string[];
}

/** What a name means at this place of the query; undefined: the query made the field itself. */
export type ResolveField = (name: string) => FieldUse | undefined;

/**
 * A condition under `and` helps by itself; one under `or` only when an index helps each of its alternatives,
 * since otherwise all events must be read anyway.
 */
export function usesOf(condition: Condition, resolve: ResolveField): readonly FieldUse[] {
  switch (condition.kind) {
    case 'and':
      return condition.parts.flatMap((part) => usesOf(part, resolve));
    case 'or': {
      const alternatives = condition.parts.map((part) => usesOf(part, resolve));
      const areAllHelped = alternatives.every((uses) => uses.some(isHelped));
      return areAllHelped ? alternatives.flat() : alternatives.flat().map((use) => withReason(use, 'or'));
    }
    case 'not':
      return usesOf(condition.part, resolve).map((use) => withReason(use, 'negation'));
    case 'match':
      return toList(resolve(condition.field));
    case 'other':
      return condition.fields
        .flatMap((field) => toList(resolve(field)))
        .map((use) => withReason(use, condition.reason));
  }
}

function isHelped({ field, reason }: FieldUse): boolean {
  return reason === undefined && isIndexable(field);
}

function toList(use: FieldUse | undefined): readonly FieldUse[] {
  return use === undefined ? [] : [use];
}

/** The first reason stays: it is the nearest to the field. */
export function withReason(use: FieldUse, reason: OtherReason): FieldUse {
  return { ...use, reason: use.reason ?? reason };
}

/** Each field of each set of log groups once; a use that an index helps goes before one that it does not. */
export function mergeUses(uses: readonly FieldUse[]): readonly FieldUse[] {
  const merged = new Map<string, FieldUse>();
  for (const use of uses) {
    const key = JSON.stringify([use.field, use.logGroups]);
    const known = merged.get(key);
    if (known === undefined || (known.reason !== undefined && use.reason === undefined)) merged.set(key, use);
  }
  return [...merged.values()];
}
