/** What `tools/list` says of a tool: made once when the program starts, never per request. */
import { z } from 'zod';
import type { Tool, ToolAnnotations } from '../tool/types.ts';

interface JsonObjectSchema {
  readonly type: 'object';
  readonly [keyword: string]: unknown;
}

export interface ToolListing {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: JsonObjectSchema;
  readonly outputSchema: JsonObjectSchema;
  readonly annotations: ToolAnnotations & { readonly title: string };
}

export function describeTool(tool: Tool): ToolListing {
  const { name, title, description, annotations } = tool;
  return {
    name,
    title,
    description,
    inputSchema: toJsonSchema(tool.inputSchema, 'input'),
    outputSchema: toJsonSchema(tool.outputSchema, 'output'),
    annotations: { title, ...annotations },
  };
}

/** Draft 2020-12 without the `$schema` line, which every client assumes and every model would pay for. */
function toJsonSchema(schema: z.ZodObject, io: 'input' | 'output'): JsonObjectSchema {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return trim({ ...json, type: 'object', ...(io === 'input' && { additionalProperties: false }) }) as JsonObjectSchema;
}

/** zod writes the bounds of safe integers out; they say nothing. */
function trim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trim);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== Number.MAX_SAFE_INTEGER && member !== Number.MIN_SAFE_INTEGER)
      .map(([key, member]) => [key, trim(member)]),
  );
}
