/** Answers of AWS by the SDK's own schemas: valid by type, and otherwise what a maker likes. Built on what an operation really gave. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { resolveSchema, SERVICE_SCHEMAS } from '../../../local/wire/schemas.ts';

export type Leaf = 'text' | 'number' | 'boolean' | 'time' | 'bytes';

export interface Maker {
  /** How many items a list or map gets that really had so many. */
  readonly count: (member: string, original: number) => number;
  readonly isLeftOut: (member: string) => boolean;
  /** @param index of the item of the innermost list */
  readonly leaf: (kind: Leaf, member: string, original: unknown, index: number) => unknown;
}

/** Every operation with a model, by name. */
export const OPERATION_MODELS = new Map(Object.values(SERVICE_SCHEMAS).flatMap(({ operations }) => [...operations]));

/** Deeper than any answer. */
const MAX_DEPTH = 10;

export function makeAnswer(operation: string, original: unknown, maker: Maker): unknown {
  const model = OPERATION_MODELS.get(operation);
  return model === undefined
    ? original
    : make(resolveSchema(model[5]), original, maker, { member: operation, index: 0, depth: 0 });
}

interface Place {
  readonly member: string;
  readonly index: number;
  readonly depth: number;
}

function make(schema: NormalizedSchema, original: unknown, maker: Maker, place: Place): unknown {
  const { member, index, depth } = place;
  if (schema.isStructSchema()) {
    const known = isMembers(original) ? original : {};
    const members = depth > MAX_DEPTH ? [] : [...schema.structIterator()];
    const made = members.flatMap(([name, inner]) =>
      maker.isLeftOut(name)
        ? []
        : [[name, make(inner, known[name], maker, { member: name, index, depth: depth + 1 })] as const],
    );
    return Object.fromEntries(made);
  }
  if (schema.isListSchema()) {
    const items: readonly unknown[] = Array.isArray(original) ? original : [];
    return Array.from({ length: maker.count(member, items.length) }, (_, at) =>
      make(schema.getValueSchema(), items[at % Math.max(1, items.length)], maker, {
        // A list of lists, such as rows of fields, has a quota of its own for each.
        member: schema.getValueSchema().isListSchema() ? `${member}[]` : member,
        index: at,
        depth: depth + 1,
      }),
    );
  }
  if (schema.isMapSchema()) {
    const entries = Object.entries(isMembers(original) ? original : {});
    return Object.fromEntries(
      Array.from({ length: maker.count(member, entries.length) }, (_, at) => {
        const [key, value] = entries[at % Math.max(1, entries.length)] ?? [`key${at}`, undefined];
        const inner = { member, index: at, depth: depth + 1 };
        return [at < entries.length ? key : `${key}-${at}`, make(schema.getValueSchema(), value, maker, inner)];
      }),
    );
  }
  return maker.leaf(kindOf(schema), member, original, index);
}

function kindOf(schema: NormalizedSchema): Leaf {
  if (schema.isTimestampSchema()) return 'time';
  if (schema.isBlobSchema()) return 'bytes';
  if (schema.isBooleanSchema()) return 'boolean';
  return schema.isNumericSchema() ? 'number' : 'text';
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
