/** What an answer suggests can be followed by its caller and was not just done, whatever the tool. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOOLSETS } from '../../lib/domain/toolsets.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { callsOf } from './calls/all-calls.ts';
import type { Arguments } from './calls/tool-calls.ts';

/** Stand for what an earlier answer gave. */
const PLACEHOLDER = /<(query_id|pointer)>/;

/** What costs most has its hints from the frame as all others have. */
const DEAR = new Set([
  'analyze_log_group',
  'what_changed',
  'get_recommended_metric_alarms',
  'recommend_indexes_account',
]);

const CASES = TOOLS.flatMap(({ name, toolset }) => {
  const { example, empty = [], unknown = [] } = callsOf(name);
  const calls = [example.args, ...(DEAR.has(name) ? [] : empty.slice(0, 1)), ...unknown.slice(0, 1)];
  return calls.filter((args) => !PLACEHOLDER.test(JSON.stringify(args))).map((args) => ({ name, toolset, args }));
});
const EMPTY = TOOLS.filter(({ name }) => !DEAR.has(name)).flatMap(({ name }) =>
  (callsOf(name).empty ?? []).slice(0, 1).map((args) => [name, args] as const),
);

let whole: ToolBench;
const benches = new Map<string, ToolBench>();
beforeAll(async () => {
  whole = await startToolBench();
  for (const toolset of TOOLSETS) {
    const shared = { local: whole.local, accessKeyId: `AKIALOCAL${toolset.toUpperCase().padEnd(11, '0')}` };
    benches.set(toolset, await startToolBench({ env: { CLOUDWATCH_MCP_TOOLSETS: toolset }, shared }));
  }
});
afterAll(async () => {
  for (const bench of benches.values()) await bench.close();
  await whole.close();
});

const hintsOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('Hint: '));

describe('an answer', () => {
  it.each(CASES)('of $name for $args names no tool that is switched off', async ({ name, toolset, args }) => {
    const bench = benches.get(toolset) ?? whole;
    const result = await bench.run(name, args);
    const off = new Set(TOOLS.filter((tool) => tool.toolset !== toolset).map((tool) => tool.name));
    const said = `${bench.text(result)}\n${JSON.stringify(result.structuredContent)}`;
    expect([said, (said.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []).filter((word) => off.has(word))]).toEqual([said, []]);
    if (result.isError === true) expect(said).toMatch(/→ \S/);
  });

  it.each(['get_alarm_history', 'get_dashboard', 'what_changed'])(
    'of %s would be found out above: with all tools on it leads to those of other toolsets',
    async (name) => {
      const toolset = TOOLS.find((tool) => tool.name === name)?.toolset;
      const text = whole.text(await whole.run(name, callsOf(name).example.args));
      expect(TOOLS.filter((tool) => tool.toolset !== toolset && text.includes(tool.name))).not.toEqual([]);
    },
  );

  it.each(EMPTY)('of %s for %j does not ask for what was just done', async (name, args) => {
    const first = whole.text(await whole.run(name, args));
    const [pair, argument = '', value = ''] = findOwnPair(name, args, hintsOf(first)) ?? [];
    if (pair === undefined) return;
    const again = whole.text(await whole.run(name, { ...args, [argument]: JSON.parse(value) }));
    expect([again, hintsOf(again).filter((hint) => hint.includes(pair))]).toEqual([again, []]);
  });
});

/** E.g. `regions=["all"]` of a hint: a switch or list of the tool itself, which the call did not have. */
function findOwnPair(name: string, args: Arguments, hints: readonly string[]): readonly string[] | undefined {
  const tool = TOOLS.find((one) => one.name === name);
  const others = TOOLS.filter((one) => one !== tool).map((one) => one.name);
  const own = hints
    .flatMap((hint) => hint.split(/[.;](?= |$)/))
    .filter((clause) => !others.some((other) => clause.includes(other)));
  return own
    .flatMap((clause) => [...clause.matchAll(/\b([a-z_]+)=(\["[a-z]+"\]|true|false)/g)])
    .find(([, argument = '']) => argument in (tool?.inputSchema.shape ?? {}) && !(argument in args));
}
