/** What docs/tools.md shows of each tool under its text: the arguments, and a call against the embedded CloudWatch with its answer. */
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { callsOf } from '../../test/registry/calls/all-calls.ts';
import { POINTER, QUERY_ID } from '../../test/registry/calls/tool-calls.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../test/support/tool-bench.ts';
import { describeArguments } from './describe-arguments.ts';

const MAX_ANSWER_LINES = 40;
const MAX_LINE_CHARS = 240;
/** What an example says must not depend on how busy the machine is. */
const PATIENT = { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' };
/** By so much the clock of AWS is ahead: all events of the past have been taken in, however quick the machine is. */
const AHEAD_MS = 10_000;

/**
 * One text a tool.
 * @throws Error for a tool without a record in test/registry/calls, or an example that fails
 */
export async function renderToolSections(): Promise<ReadonlyMap<string, string>> {
  const bootedMs = performance.now();
  const nowEpochMs = () => BENCH_NOW_EPOCH_MS + AHEAD_MS + Math.floor(performance.now() - bootedMs);
  const bench = await startToolBench({ env: PATIENT, nowEpochMs });
  // Tells how long a tool may take, which is the default.
  const usual = await startToolBench({ shared: { local: bench.local, accessKeyId: 'LOCALDOCS' } });
  try {
    const known = { [QUERY_ID]: await findQueryId(bench), [POINTER]: await findPointer(bench) };
    const sections = new Map<string, string>();
    for (const tool of TOOLS) {
      sections.set(
        tool.name,
        `${describeArguments(tool)}\n${await renderExample(tool.name, tool.name === 'list_targets' ? usual : bench, known)}`,
      );
    }
    return sections;
  } finally {
    await usual.close();
    await bench.close();
  }
}

async function renderExample(name: string, bench: ToolBench, known: Readonly<Record<string, string>>): Promise<string> {
  const { example } = callsOf(name);
  const args = Object.fromEntries(
    Object.entries(example.args).map(([key, value]) => [key, known[String(value)] ?? value]),
  );
  const result = await bench.run(name, args);
  const text = bench.text(result);
  if (result.isError === true) throw new Error(`the example of ${name} fails: ${text}`);
  return `<details><summary>Example: ${example.question}</summary>

\`\`\`json
${JSON.stringify(example.args)}
\`\`\`

\`\`\`\`text
${shorten(text)}
\`\`\`\`

</details>
`;
}

/** Ids are random, and console links are long. */
function shorten(text: string): string {
  const lines = text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .split('\n')
    .map((line) => (line.length > MAX_LINE_CHARS ? `${line.slice(0, MAX_LINE_CHARS)}…` : line));
  return (lines.length > MAX_ANSWER_LINES ? [...lines.slice(0, MAX_ANSWER_LINES), '…'] : lines).join('\n');
}

const QUERY = 'execute_log_insights_query';
const startedQuery = z.object({ query_id: z.string() });

async function findQueryId(bench: ToolBench): Promise<string> {
  const { structuredContent } = await bench.run(QUERY, callsOf(QUERY).example.args);
  return startedQuery.parse(structuredContent).query_id;
}

/** Columns of the query below: @timestamp, @message, @ptr. */
const eventRows = z.object({ rows: z.array(z.array(z.string())) });

async function findPointer(bench: ToolBench): Promise<string> {
  const query = {
    ...callsOf(QUERY).example.args,
    query_string: 'filter level = "ERROR" | sort @timestamp desc | limit 1',
    include_ptr: true,
  };
  const result = await bench.run(QUERY, query);
  const { rows } = eventRows.parse(result.structuredContent);
  return rows[0]?.[2] ?? '';
}
