/** What `tools/list` says of a tool: made once of each, when the program starts, never per request. */
import { z } from 'zod';
import { targetOutput } from '../tool/envelope.ts';
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

/** A tool never changes, and converting its schemas takes milliseconds: runners of one process share what is said of it. */
const listings = new WeakMap<Tool, ToolListing>();

/**
 * Describes a tool for `tools/list`; of the same tool it gives the same listing, which nobody is to change.
 * @throws Error for a schema that JSON Schema cannot express
 */
export function describeTool(tool: Tool): ToolListing {
  const listing = listings.get(tool) ?? makeListing(tool);
  listings.set(tool, listing);
  return listing;
}

function makeListing(tool: Tool): ToolListing {
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

/**
 * Draft 2020-12 without the `$schema` line, which every client assumes, and without what only makes the list longer.
 * Every model that is given the list pays for each word of it.
 */
function toJsonSchema(schema: z.ZodObject, io: 'input' | 'output'): JsonObjectSchema {
  const { $schema: _draft, ...json } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema !== targetOutput) return;
      delete jsonSchema.properties;
      delete jsonSchema.required;
    },
  });
  return without({ ...json, type: 'object' }, io === 'input' ? saysNothing : isForReadersOfTheCode) as JsonObjectSchema;
}

/**
 * zod writes the bounds of safe integers out; that a text is not empty goes without saying, and validation says it.
 * That nothing else is taken, too: google-genai converts no schema with the keyword, and an answer may gain members.
 */
function saysNothing(keyword: string, value: unknown): boolean {
  return (
    value === Number.MAX_SAFE_INTEGER ||
    value === Number.MIN_SAFE_INTEGER ||
    (keyword === 'minLength' && value === 1) ||
    (keyword === 'additionalProperties' && value === false)
  );
}

/** Notes on members of an answer. */
function isForReadersOfTheCode(keyword: string, value: unknown): boolean {
  return (keyword === 'description' && typeof value === 'string') || saysNothing(keyword, value);
}

function without(schema: unknown, isLeftOut: (keyword: string, value: unknown) => boolean): unknown {
  if (Array.isArray(schema)) return schema.map((member) => without(member, isLeftOut));
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword, value]) => !isLeftOut(keyword, value))
      .map(([keyword, value]) => [keyword, without(value, isLeftOut)]),
  );
}
