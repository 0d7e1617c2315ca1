/** Whatever AWS writes, in any text of any answer or error: nothing that cannot be seen reaches a reader, of any tool. */
import type { CallToolResult } from '@modelcontextprotocol/server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
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

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
  return () => bench.close();
});
afterEach(() => bench.local.faults.clear());

describe.each(TOOLS.map(({ name }) => ({ name, ...callsOf(name) })))('$name', ({ name, minimal, example }) => {
  it.each(ALTERED)('shows nothing invisible where %s of AWS ends in it', async (_what, isAltered) => {
    for (const operation of OPERATION_MODELS.keys()) {
      const alter = (output: unknown): unknown => appendTo(operation, output, isAltered);
      bench.local.faults.add({ operation, fault: { kind: 'alterOutput', alter } });
    }
    for (const args of [minimal, example.args]) expectVisible(await bench.run(name, args));
  });
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
