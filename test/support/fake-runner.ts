/** A runner of two lines per tool, for tests in which the tools themselves are not the point. */
import type { ToolCall } from '../../lib/mcp/tool-call.ts';
import type { ToolRunner } from '../../lib/mcp/tool-runner.ts';

type RunResult = ReturnType<ToolRunner['run']>;
export type FakeTool = (call: ToolCall) => RunResult;

export function textResult(text: string): Awaited<RunResult> {
  return { content: [{ type: 'text', text }] };
}

/** Answers with its arguments. */
export const echo: FakeTool = async ({ args }) => textResult(JSON.stringify(args));

export function createFakeRunner(tools: Readonly<Record<string, FakeTool>> = { echo }): ToolRunner {
  const found = new Map(Object.entries(tools));
  return {
    listing: [...found.keys()].map((name) => ({
      name,
      title: name,
      description: `The tool ${name}`,
      inputSchema: { type: 'object' },
      outputSchema: { type: 'object' },
      annotations: {
        title: name,
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: true,
      },
    })),
    has: (name) => found.has(name),
    run: async (call) =>
      call.refusal !== undefined
        ? { isError: true, ...textResult(`Error: ${call.refusal.publicMessage} (${call.refusal.code})`) }
        : ((await found.get(call.name)?.(call)) ?? textResult('Error: no such tool')),
    close: () => undefined,
  };
}
