import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { date, flag, list, mapOf, members, number, type Shape, text } from './shape.ts';

/** Shapes that take the place of what the model says, by member name at any depth. */
export type Overrides = Readonly<Record<string, Shape>>;

export interface AwsShapeOptions {
  readonly overrides?: Overrides;
  /** Members that an item must have. */
  readonly required?: readonly string[];
  /** Members beside those of the model. */
  readonly extra?: Readonly<Record<string, Shape>>;
}

/** The shape of a structure as AWS returns it, read from the SDK's own schema; timestamps are relative seconds. */
export function awsShape(reference: SchemaRef, options: AwsShapeOptions = {}): Shape<Record<string, unknown>> {
  const { overrides = {}, required = [], extra = {} } = options;
  const shapes = memberShapes(NormalizedSchema.of(reference), overrides);
  return members({ ...shapes, ...extra }, required);
}

function memberShapes(schema: NormalizedSchema, overrides: Overrides): Record<string, Shape> {
  const shapes: Record<string, Shape> = {};
  for (const [name, member] of schema.structIterator()) shapes[name] = overrides[name] ?? toShape(member, overrides);
  return shapes;
}

function toShape(schema: NormalizedSchema, overrides: Overrides): Shape {
  if (schema.isTimestampSchema()) return date;
  if (schema.isStringSchema()) return text({ isTemplate: true });
  if (schema.isBooleanSchema()) return flag;
  if (schema.isNumericSchema()) return number();
  if (schema.isListSchema()) return list(toShape(schema.getValueSchema(), overrides));
  if (schema.isMapSchema()) return mapOf(toShape(schema.getValueSchema(), overrides));
  if (schema.isStructSchema() || schema.isUnionSchema()) return members(memberShapes(schema, overrides));
  throw new Error(`No shape for ${schema.getName(true) ?? 'a member'} of the SDK's schema`);
}
