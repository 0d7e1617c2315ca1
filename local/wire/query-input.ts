import type { NormalizedSchema } from '@smithy/core/schema';

/**
 * Decodes the flat form of the AWS Query protocol (`Tags.member.1.Key=…`) by a structure schema into the SDK's shape.
 * Unknown parameters are ignored, as the service does.
 */
export function decodeQueryInput(schema: NormalizedSchema, form: URLSearchParams): Record<string, unknown> {
  return readStructure(schema, form, '');
}

function readStructure(schema: NormalizedSchema, form: URLSearchParams, prefix: string): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const value = readMember(member, form, `${prefix}${name}`);
    if (value !== undefined) input[name] = value;
  }
  return input;
}

function readMember(schema: NormalizedSchema, form: URLSearchParams, path: string): unknown {
  if (schema.isListSchema()) return readList(schema.getValueSchema(), form, `${path}.member`);
  if (schema.isStructSchema()) return hasPrefix(form, `${path}.`) ? readStructure(schema, form, `${path}.`) : undefined;
  const text = form.get(path);
  if (text === null) return undefined;
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isBooleanSchema()) return text === 'true';
  return schema.isTimestampSchema() ? new Date(text) : text;
}

function readList(schema: NormalizedSchema, form: URLSearchParams, path: string): unknown[] | undefined {
  const items: unknown[] = [];
  for (let index = 1; ; index += 1) {
    const item = readMember(schema, form, `${path}.${index}`);
    if (item === undefined) break;
    items.push(item);
  }
  return items.length === 0 ? undefined : items;
}

function hasPrefix(form: URLSearchParams, prefix: string): boolean {
  return [...form.keys()].some((name) => name.startsWith(prefix));
}
