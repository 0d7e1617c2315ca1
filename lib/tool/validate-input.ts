/**
 * Arguments of a call → what the tool's handler takes. Lenient where the meaning is certain (`"42"` for 42, one
 * string for a list of one), strict elsewhere: every fault is named in one answer.
 */
import { z } from 'zod';
import { findNearest } from '../domain/text/nearest.ts';
import { AppError } from '../errors.ts';
import { isJsonText } from './json-text.ts';
import type { Tool } from './types.ts';

export interface ValidInput {
  readonly input: unknown;
  /** About arguments that were ignored. */
  readonly warnings: readonly string[];
}

/** @throws AppError `invalid_input` naming every unknown, missing, wrong or out-of-bounds argument. */
export function validateInput(tool: Tool, args: unknown): ValidInput {
  if (args !== undefined && args !== null && (typeof args !== 'object' || Array.isArray(args))) {
    throw new AppError('invalid_input', `The arguments of ${tool.name} must be an object → ${listParameters(tool)}.`);
  }
  const shape = tool.inputSchema.shape as Readonly<Record<string, z.ZodType>>;
  const accepted: Record<string, unknown> = {};
  const faults: string[] = [];
  const warnings: string[] = [];
  for (const [name, value] of Object.entries(args ?? {})) {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (schema !== undefined) {
      if (value !== null && value !== undefined) accepted[name] = coerce(value, schema);
    } else if (tool.ignoredArguments.includes(name))
      warnings.push(`${name} has no effect here and was ignored: the server's own credentials decide.`);
    else faults.push(describeUnknown(name, Object.keys(shape)));
  }
  const parsed = tool.inputSchema.safeParse(accepted);
  if (!parsed.success) faults.push(...parsed.error.issues.map((issue) => describeIssue(issue, accepted)));
  if (faults.length > 0 || !parsed.success)
    throw new AppError('invalid_input', `${faults.join('; ')} → ${listParameters(tool)}.`);
  return { input: parsed.data, warnings };
}

function describeUnknown(name: string, valid: readonly string[]): string {
  const [nearest] = findNearest(name, valid, 1);
  return `unknown argument ${JSON.stringify(name.slice(0, 60))}${nearest === undefined ? '' : ` (did you mean ${nearest}?)`}`;
}

function describeIssue(issue: z.core.$ZodIssue, args: Readonly<Record<string, unknown>>): string {
  const path = issue.path.map(String).join('.');
  const [name = ''] = issue.path.map(String);
  if (!Object.hasOwn(args, name)) return `${path || 'the arguments'}: missing`;
  return `${path}: ${issue.message}`;
}

function listParameters(tool: Tool): string {
  const names = Object.keys(tool.inputSchema.shape);
  return names.length === 0
    ? `${tool.name} takes no arguments`
    : `valid arguments of ${tool.name}: ${names.join(', ')}`;
}

/** Undoes the usual slips of models; what does not fit is left for the schema to refuse. */
export function coerce(value: unknown, schema: z.ZodType): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    const list = typeof value === 'string' ? parseList(value) : value;
    return Array.isArray(list) ? list.map((member) => coerce(member, inner.element as z.ZodType)) : list;
  }
  if (inner instanceof z.ZodObject)
    return coerceMembers(typeof value === 'string' ? (parseJson(value) ?? value) : value, inner);
  if (inner instanceof z.ZodNumber && typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value))
    return Number(value);
  if (inner instanceof z.ZodBoolean && (value === 'true' || value === 'false')) return value === 'true';
  if (inner instanceof z.ZodString && typeof value === 'number') return String(value);
  if (isJsonText(inner) && typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}

/** Members of a small object; AWS's own spelling (`Name`) is taken for ours (`name`). */
function coerceMembers(value: unknown, schema: z.ZodObject): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = Object.hasOwn(shape, key) ? key : key.toLowerCase();
      const memberSchema = Object.hasOwn(shape, name) ? shape[name] : undefined;
      return memberSchema === undefined ? [key, member] : [name, coerce(member, memberSchema)];
    }),
  );
}

function unwrap(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) inner = inner.unwrap() as z.ZodType;
  return inner;
}

function parseList(text: string): unknown {
  const list = text.trimStart().startsWith('[') ? parseJson(text) : undefined;
  return Array.isArray(list) ? list : [text];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
