/** Inputs of every kind and what they mean, and the calls of strict clients, which fill every argument. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAppError } from '../../lib/errors.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import type { Tool } from '../../lib/tool/types.ts';
import { type ValidInput, validateInput } from '../../lib/tool/validate-input.ts';
import { fc } from '../support/property.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { callsOf } from './calls/all-calls.ts';
import { TAKEN } from './input-cases.ts';
import { REFUSED } from './refused-inputs.ts';

/** Words of the library that validates; a reader of ours never meets them. */
const LIBRARY_WORDS = /Invalid (input|option|string|ISO)|Too (big|small)|Unrecognized key|expected \w+ to|received /;

/** Ids that name nothing: the answer to them is an error, with or without more arguments. */
const NEEDS_AN_EARLIER_CALL = new Set(['get_logs_insight_query_results', 'cancel_logs_insight_query']);

function toolNamed(name: string): Tool {
  const tool = TOOLS.find((other) => other.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return tool;
}

function validate(name: string, args: Readonly<Record<string, unknown>>): ValidInput {
  return validateInput(toolNamed(name), { ...callsOf(name).minimal, ...args });
}

function refusal(name: string, args: Readonly<Record<string, unknown>>): string {
  try {
    validate(name, args);
  } catch (error) {
    if (isAppError(error)) return error.publicMessage;
    throw error;
  }
  return 'was taken';
}

describe('the table of inputs', () => {
  it('has at least 150 of them', () => {
    expect(TAKEN.length + REFUSED.length).toBeGreaterThanOrEqual(150);
  });

  it.each(TAKEN)('$tool takes $args as $meaning', ({ tool, args, meaning, says }) => {
    const { input, warnings } = validate(tool, args);
    const values = input as Readonly<Record<string, unknown>>;
    expect(Object.fromEntries(Object.keys(meaning).map((key) => [key, values[key]]))).toEqual(meaning);
    expect(warnings).toEqual(says === undefined ? [] : [expect.stringMatching(says)]);
  });

  it.each(REFUSED)('%s refuses %j and shows the right form', (tool, args, words) => {
    const text = refusal(tool, args);
    expect(text).toMatch(words);
    expect(text).toMatch(/ → (valid arguments of \w+: |\w+ takes no arguments)/);
    expect(text).not.toMatch(LIBRARY_WORDS);
  });
});

describe('texts on which a pattern could try for ever', () => {
  const LONG = 50_000;
  const schemas = new Map(
    TOOLS.flatMap(({ inputSchema, name }) => Object.keys(inputSchema.shape).map((key) => [key, name] as const)),
  );

  it.each([
    ['blanks', `a=1,${' '.repeat(LONG)}x`],
    ['stars', `${'*'.repeat(LONG)}x*`],
    ['a fence', `\`\`\`\n${' '.repeat(LONG)}x`],
    ['pairs', `${'a=1, '.repeat(LONG / 5)}b`],
    ['digits', `${'1_'.repeat(LONG / 2)}x`],
    ['quotes and brackets', `["${"'a',".repeat(LONG / 4)}`],
  ])('are read once: %s', (_what, text) => {
    for (const [argument, tool] of schemas) {
      const said = refusal(tool, { [argument]: text });
      expect(said).not.toMatch(LIBRARY_WORDS);
      expect(said.length).toBeLessThan(2_000);
    }
  });
});

const tools = TOOLS.map((tool) => [tool.name, tool] as const);

describe.each(tools)('%s', (name, tool) => {
  const shape = tool.inputSchema.shape as Readonly<Record<string, z.ZodType>>;
  const value = fc.oneof(
    { maxDepth: 3 },
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom('', 'null', '-1', '[', '{"a":1}', 'a=b', -1, 1e300, [[]], [{}], { name: 'x' }, '['.repeat(9_000)),
  );

  it('refuses in words of ours, whatever is sent', () => {
    const args = fc.dictionary(fc.constantFrom(...Object.keys(shape), 'kwargs', '__proto__'), value, { maxKeys: 4 });
    fc.assert(
      fc.property(args, (sent) => {
        const text = refusal(name, sent);
        expect(text).not.toMatch(LIBRARY_WORDS);
        expect(text).not.toContain('undefined');
      }),
      { numRuns: 25 },
    );
  });
});

describe('a strict client, which fills what it does not mean', () => {
  let bench: ToolBench;
  beforeAll(async () => {
    bench = await startToolBench();
  });
  afterAll(() => bench.close());

  it.each(tools)('gets the same call of %s for each kind of nothing', (name, tool) => {
    const plain = validateInput(tool, callsOf(name).minimal);
    for (const nothing of [null, '', '  ', []]) {
      const filled = fillWith(tool, () => nothing);
      expect(validateInput(tool, filled)).toEqual(plain);
    }
  });

  it.each(tools)('gets the plain answer of %s', async (name, tool) => {
    const filled = fillWith(tool, emptyOf);
    expect(validateInput(tool, filled)).toEqual(validateInput(tool, callsOf(name).minimal));
    const result = await bench.run(name, filled);
    const text = bench.text(result);
    expect([text, result.isError]).toEqual([text, NEEDS_AN_EARLIER_CALL.has(name) ? true : undefined]);
    expect(text).not.toContain('invalid_input');
  });
});

/** The minimal call with every other argument filled. */
function fillWith(tool: Tool, empty: (schema: z.ZodType) => unknown): Record<string, unknown> {
  const minimal = callsOf(tool.name).minimal;
  const shape = Object.entries<z.ZodType>(tool.inputSchema.shape);
  return { ...Object.fromEntries(shape.map(([name, schema]) => [name, empty(schema)])), ...minimal };
}

/** What a model sends for an argument that it must send and does not mean. */
function emptyOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodDefault && schema.unwrap() instanceof z.ZodBoolean) return schema.def.defaultValue;
  const { type } = z.toJSONSchema(schema, { io: 'input' });
  if (type === 'array') return [];
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return false;
  return type === 'object' ? {} : '';
}
