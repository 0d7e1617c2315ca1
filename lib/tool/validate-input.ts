/**
 * Arguments of a call → what the tool's handler takes. Lenient where the meaning is certain, strict elsewhere: every
 * fault is named in one answer. What is certain is decided in `input/`, one kind of value a file.
 */
import { z } from 'zod';
import { listSome } from '../domain/text/counts.ts';
import { AppError } from '../errors.ts';
import { boundValues } from './bound-values.ts';
import { describeUnknown, nameArguments } from './input/argument-names.ts';
import { describeFault } from './input/describe-fault.ts';
import { readArgument } from './input/read-argument.ts';
import { createAllowance, isPlainObject, parseJson } from './input/reading.ts';
import type { Tool } from './types.ts';

export interface ValidInput {
  readonly input: unknown;
  /** About arguments that were ignored, or taken for something else. */
  readonly warnings: readonly string[];
}

const MAX_FAULTS = 10;

type Shape = Readonly<Record<string, z.ZodType>>;

/** @throws AppError `invalid_input` naming every unknown, missing, wrong or out-of-bounds argument. */
export function validateInput(tool: Tool, args: unknown): ValidInput {
  boundValues(args, 'An argument');
  const sent = readObjectOfAll(args);
  if (sent === undefined) {
    throw new AppError('invalid_input', `The arguments of ${tool.name} must be an object → ${listParameters(tool)}.`);
  }
  const shape = tool.inputSchema.shape as Shape;
  const named = nameArguments(sent, Object.keys(shape), tool.ignoredArguments);
  const warnings = named.ignored.map(
    (name) => `${name} has no effect here and was ignored: the server's own credentials decide.`,
  );
  const accepted: Record<string, unknown> = {};
  const allowance = createAllowance();
  for (const [name, value] of splitSeveral(named.values, shape)) {
    const schema = shape[name];
    if (schema === undefined) continue;
    const read = readArgument(value, schema, { argument: name, path: name, isMember: false, warnings, allowance });
    if (read !== undefined) accepted[name] = read;
  }
  const faults = [
    ...named.unknown.map((name) => describeUnknown(name, Object.keys(shape))),
    ...findPatterns(accepted, shape),
  ];
  const parsed = tool.inputSchema.safeParse(accepted);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => describeFault(issue, tool.inputSchema, accepted)));
  if (faults.length > 0 || !parsed.success)
    throw new AppError('invalid_input', `${joinFaults(faults)} → ${listParameters(tool)}.`);
  return { input: parsed.data, warnings };
}

/**
 * A value inside of an argument, read and checked as arguments are.
 * @param path where it stands, e.g. `queries.0`
 * @throws AppError `invalid_input`
 */
export function validatePart<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const read = readArgument(value, schema, {
    argument: path,
    path,
    isMember: true,
    warnings: [],
    allowance: createAllowance(),
  });
  const parsed = schema.safeParse(read);
  if (parsed.success) return parsed.data;
  const holder = z.object({ [path]: schema });
  const faults = parsed.error.issues.map((issue) =>
    describeFault({ ...issue, path: [path, ...issue.path] }, holder, { [path]: read }),
  );
  throw new AppError('invalid_input', `${joinFaults(faults)} → correct it and call again.`);
}

/** Nothing at all, and JSON as text, are taken; so is the empty list that some languages write for an empty object. */
function readObjectOfAll(args: unknown): Readonly<Record<string, unknown>> | undefined {
  const value = typeof args === 'string' && args.trim() !== '' ? parseJson(args) : args || {};
  if (isPlainObject(value)) return value;
  return Array.isArray(value) && value.length === 0 ? {} : undefined;
}

/** Several regions in `region` are meant for `regions`, where a tool has it. */
function splitSeveral(values: ReadonlyMap<string, unknown>, shape: Shape): ReadonlyMap<string, unknown> {
  const split = new Map(values);
  for (const one of ['region', 'account']) {
    const value = split.get(one);
    const isSeveral = Array.isArray(value)
      ? value.length > 1
      : typeof value === 'string' && /,|^\s*(all|\*)\s*$/i.test(value);
    if (!isSeveral || !Object.hasOwn(shape, `${one}s`) || split.has(`${one}s`)) continue;
    split.delete(one);
    split.set(`${one}s`, value);
  }
  return split;
}

/** Whole names are asked for, and there is an argument for beginnings. */
function findPatterns(accepted: Readonly<Record<string, unknown>>, shape: Shape): string[] {
  const { names } = accepted;
  if (!Array.isArray(names) || !Object.hasOwn(shape, 'name_prefix')) return [];
  const pattern: unknown = names.find((name) => typeof name === 'string' && name.includes('*'));
  if (typeof pattern !== 'string') return [];
  const [beginning = ''] = pattern.split('*');
  return [
    `names takes whole names, and ${JSON.stringify(pattern.slice(0, 60))} is a pattern: ${
      beginning === ''
        ? 'leave names out for all'
        : `pass name_prefix=${JSON.stringify(beginning.slice(0, 60))} instead`
    }`,
  ];
}

/** Whoever made more faults than that learns nothing from the next one. */
function joinFaults(faults: readonly string[]): string {
  return listSome(faults, MAX_FAULTS, '; ', (left) => `; and ${left} more`);
}

function listParameters(tool: Tool): string {
  const names = Object.keys(tool.inputSchema.shape);
  return names.length === 0
    ? `${tool.name} takes no arguments`
    : `valid arguments of ${tool.name}: ${names.join(', ')}`;
}
