/** The tools: answers of AWS that are valid by its schemas and otherwise arbitrary, and arguments of every shape. */
import { TOOLS } from '../../../lib/mcp/registry.ts';
import { callsOf } from '../../registry/calls/all-calls.ts';
import { startToolBench, type ToolBench } from '../tool-bench.ts';
import { createAnyMaker, FOREIGN_ORDER } from './any-answers.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { makeAnswer, OPERATION_MODELS } from './schema-answers.ts';

const MAX_TEXT_CHARS = 24_000;
const MAX_STRUCTURED_CHARS = 110_000;

export async function fuzzAnswers(): Promise<FuzzTarget> {
  // A time limit of its own: polls for queries that never end would take the whole of it.
  const bench = await startToolBench({ env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '2000' } });
  let random = Math.random;
  for (const operation of OPERATION_MODELS.keys()) {
    const alter = (output: unknown): unknown =>
      makeAnswer(
        operation,
        output,
        createAnyMaker(() => random()),
      );
    bench.local.faults.add({ operation, fault: { kind: 'alterOutput', alter } });
  }
  return {
    name: 'answers of AWS',
    async run(next) {
      random = next;
      const tool = TOOLS[Math.floor(next() * TOOLS.length)];
      if (tool === undefined) return undefined;
      const { minimal, example } = callsOf(tool.name);
      return judge(bench, tool, next() < 0.5 ? minimal : example.args);
    },
    close: () => bench.close(),
  };
}

export async function fuzzArguments(): Promise<FuzzTarget> {
  const bench = await startToolBench({ env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '2000' } });
  return {
    name: 'arguments of tools',
    async run(random) {
      const tool = TOOLS[Math.floor(random() * TOOLS.length)];
      if (tool === undefined) return undefined;
      const names = [...Object.keys(tool.inputSchema.shape), '__proto__', 'constructor', 'kwargs'];
      const args: Record<string, unknown> = random() < 0.7 ? { ...callsOf(tool.name).minimal } : {};
      for (let count = Math.floor(random() * 4); count >= 0; count -= 1) {
        const name = names[Math.floor(random() * names.length)] ?? '';
        Object.defineProperty(args, name, {
          value: anyJson(random, 3),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return judge(bench, tool, random() < 0.1 ? anyJson(random, 3) : args);
    },
    close: () => bench.close(),
  };
}

const SCALARS = [
  null,
  true,
  0,
  -1,
  1e300,
  0.5,
  '',
  'all',
  '*',
  '-1h',
  'now',
  '2026-03-01',
  'a=b',
  '[',
  '{"a":1}',
  '[['.repeat(9_000),
  'x'.repeat(20_000),
  '\u202e\ud800',
];

/** Any JSON value, in depth and width bounded. */
export function anyJson(random: () => number, depth: number): unknown {
  const kind = depth === 0 ? 0 : random();
  if (kind < 0.6) return SCALARS[Math.floor(random() * SCALARS.length)];
  const isWide = random() < 0.05;
  const items = Array.from({ length: isWide ? 1_200 : Math.floor(random() * 4) }, (_, index) =>
    isWide ? `item ${index}` : anyJson(random, depth - 1),
  );
  if (kind < 0.8) return items;
  return Object.fromEntries(
    items.map((item, index) => [['name', 'value', 'id', 'expression', `k${index}`][index % 5] ?? '', item]),
  );
}

async function judge(bench: ToolBench, tool: (typeof TOOLS)[number], args: unknown): Promise<string | undefined> {
  const result = await bench.run(tool.name, args);
  const text = bench.text(result);
  const problem = findProblem(tool, result, text);
  if (problem === undefined) {
    bench.logLines.length = 0;
    return undefined;
  }
  const log = bench.logLines.filter((line) => line.includes('"level":"ERROR"')).at(-1) ?? '';
  return `${tool.name}(${JSON.stringify(args).slice(0, 500)}): ${problem}\n${text.slice(0, 500)}\n${log.slice(0, 1_500)}`;
}

function findProblem(
  tool: (typeof TOOLS)[number],
  result: Awaited<ReturnType<ToolBench['run']>>,
  text: string,
): string | undefined {
  if (text.length > MAX_TEXT_CHARS) return `${text.length} characters of text`;
  if (/\(internal, /.test(text)) return 'it failed in a way nobody foresaw';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for
  if (/[\u0000\u001b\u202e\u2028]/.test(text)) return 'characters that cannot be seen';
  if (result.isError === true)
    return /^Error: .* → .*/s.test(text) ? undefined : 'an error that does not say what to do';
  const escaped = findEscaped(text);
  if (escaped !== undefined) return escaped;
  const structured = JSON.stringify(result.structuredContent);
  if (structured.length > MAX_STRUCTURED_CHARS) return `${structured.length} characters of structuredContent`;
  const parsed = tool.outputSchema.safeParse(JSON.parse(structured));
  return parsed.success ? undefined : `structuredContent does not fit: ${parsed.error.message.slice(0, 500)}`;
}

/** What is wrong with the fences around foreign text: each is closed, and what somebody wrote stands in one, in back-ticks, or is named as AWS's words. */
function findEscaped(text: string): string | undefined {
  let isInside = false;
  for (const line of text.split('\n')) {
    const isOpening = line === '<data-BOUNDARY>';
    if (isOpening || line === '</data-BOUNDARY>') {
      if (isOpening === isInside) return 'a fence inside of a fence, or an end of none';
      isInside = isOpening;
    } else if (!isInside && line.replaceAll(/`[^`]*`|CloudWatch says: .*/g, '').includes(FOREIGN_ORDER)) {
      return `foreign text outside of its fence: ${line.slice(0, 300)}`;
    }
  }
  return isInside ? 'a fence without an end' : undefined;
}
