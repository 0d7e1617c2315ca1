/** Whatever AWS writes, in any text of any answer or error: nothing that cannot be seen reaches a reader, of any tool. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { LOG_GROUPS } from '../../local/scenario.ts';
import { callsOf } from '../registry/calls/all-calls.ts';
import { makeAnswer, OPERATION_MODELS } from '../support/fuzz/schema-answers.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { findInvisible, stringsOf } from './invisible.ts';

/** An escape of terminals, a bidi override, a zero-width space, NUL, half of a pair, a line separator, a tag. */
const INVISIBLE = '\u001b[31m\u202e\u200b\u0000\ud800\u2028\u{e0041}';
/** What the service itself compares or gives back, and what says that a query is at its end. */
const TOKEN = /token|queryId|^status$/i;
/** Words of the service: with something behind them they are others, and most answers hold nothing then. */
const WORD = /(State|Status|StateValue|Type|Class|Statistic|Operator|Unit|Language|Code)s?$|^(Id|state)$/;

/** What is altered of an answer of AWS, by its member's name. */
const ALTERED: readonly (readonly [what: string, isAltered: (member: string) => boolean])[] = [
  ['every text', (member) => !TOKEN.test(member) && !WORD.test(member)],
  ['every text and every word of the service', (member) => !TOKEN.test(member)],
];

/** Instead of calls that read ten thousand events for the same kinds of text. */
const SMALLER: Readonly<Record<string, readonly unknown[]>> = {
  analyze_log_group: [
    { log_group_arn: LOG_GROUPS.database },
    { log_group_names: [LOG_GROUPS.ecs, LOG_GROUPS.database] },
  ],
};

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
  return () => bench.close();
});
afterEach(() => bench.local.faults.clear());

/** Each tool meets both alterations and both of its calls, the one with the one, the other with the other. */
const LINES = TOOLS.flatMap(({ name }, index) => {
  const { minimal, example } = callsOf(name);
  const calls = SMALLER[name] ?? [minimal, example.args];
  return ALTERED.map(([what, isAltered], row) => ({ name, what, isAltered, args: calls[(index + row) % 2] }));
});

it.each(LINES)('$name shows nothing invisible where $what of AWS ends in it', async ({ name, isAltered, args }) => {
  for (const operation of OPERATION_MODELS.keys()) {
    const alter = (output: unknown): unknown => appendTo(operation, output, isAltered);
    bench.local.faults.add({ operation, fault: { kind: 'alterOutput', alter } });
  }
  expectVisible(await bench.run(name, args));
});

function appendTo(operation: string, output: unknown, isAltered: (member: string) => boolean): unknown {
  return makeAnswer(operation, output, {
    count: (_member, original) => original,
    isLeftOut: () => false,
    leaf: (_kind, member, original) =>
      typeof original === 'string' && isAltered(member) ? `${original}${INVISIBLE}` : original,
  });
}

function expectVisible({ content, structuredContent }: CallToolResult): void {
  expect(stringsOf(content).flatMap(findInvisible)).toEqual([]);
  expect(stringsOf(structuredContent).flatMap(findInvisible)).toEqual([]);
}
