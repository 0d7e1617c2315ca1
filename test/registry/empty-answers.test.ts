/** An empty answer says what to try, and what it names exists: tools, and arguments of the tool itself or of those named. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startLogsBench } from '../support/logs-bench.ts';
import type { ToolBench } from '../support/tool-bench.ts';
import { callsOf } from './calls/all-calls.ts';

/** E.g. `list_metrics with list_metrics with namespace`. */
const TWICE = /\b([a-z_]+ with) \1/;

const CASES = TOOLS.map(({ name }) => ({ name, ...callsOf(name) }));
const EMPTY = CASES.flatMap(({ name, empty = [] }) => empty.map((args) => [name, args] as const));
/** What an error names instead of an empty answer: nothing has the name. */
const UNKNOWN = CASES.flatMap(({ name, unknown = [] }) => unknown.map((args) => [name, args] as const));

let bench: ToolBench;
beforeAll(async () => {
  bench = await startLogsBench();
});
afterEach(() => bench.local.requests.clear());
afterAll(() => bench.close());

describe('an empty answer', () => {
  it.each(EMPTY)('of %s for %j says what to try, with tools and arguments that exist', async (tool, args) => {
    const result = await bench.run(tool, args);
    const text = bench.text(result);
    expect([text, result.isError]).toEqual([text, undefined]);
    const hints = text.split('\n').filter((line) => line.startsWith('Hint: '));
    expect(hints).not.toEqual([]);
    for (const hint of hints) {
      expect([hint, findUnknown(hint, tool)]).toEqual([hint, []]);
      expect(hint).not.toMatch(TWICE);
    }
  });

  it.each(UNKNOWN)('in place of %s for %j says what to do, with tools and arguments that exist', async (tool, args) => {
    const text = bench.text(await bench.run(tool, args));
    expect(text).toMatch(/^Error: .*(→|Did you mean|did you mean)/s);
    expect([text, findUnknown(text, tool)]).toEqual([text, []]);
  });

  it('would be found out if it named what does not exist', () => {
    const hint = 'Hint: pass group_by_dimension=`x`, or ask get_metric_values with metric_name.';
    expect(findUnknown(hint, 'analyze_metric')).toEqual([
      'group_by_dimension',
      'get_metric_values',
      'group_by_dimension',
    ]);
    expect(findUnknown(hint.replace('get_metric_values', 'list_metrics'), 'get_metric_data')).toEqual([]);
  });

  it.each(CASES.filter(({ name }) => !WITHOUT.has(name)))('of $name is tried above', ({ empty = [], unknown = [] }) => {
    expect([...empty, ...unknown]).not.toEqual([]);
  });
});

/** It has an answer always. */
const WITHOUT = new Set(['list_targets']);
/** Words of other languages: of the errors, and of PromQL. */
const OTHER_WORDS = new Set(['not_found', 'histogram_avg']);

/** Names in the notation of tools and arguments that are neither. */
function findUnknown(text: string, tool: string): string[] {
  const ours = text.replaceAll(/`[^`]*`/g, '').replaceAll(/"[^"]*"/g, '');
  const words: readonly string[] = ours.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  const assigned = [...ours.matchAll(/\b([a-z][a-z_]*)=/g)].map(([, name = '']) => name);
  const named = TOOLS.filter(({ name }) => name === tool || words.includes(name));
  const known = new Set([...TOOLS.map(({ name }) => name), ...named.flatMap(argumentsOf), ...OTHER_WORDS]);
  return [...words, ...assigned].filter((word) => !known.has(word));
}

/** With those inside of others. */
function argumentsOf({ inputSchema }: (typeof TOOLS)[number]): string[] {
  const names = new Set<string>();
  z.toJSONSchema(inputSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      for (const name of Object.keys(jsonSchema.properties ?? {})) names.add(name);
    },
  });
  return [...names];
}
