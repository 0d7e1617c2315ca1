/**
 * `prompts/list`, `prompts/get` and `completion/complete` of one server. A completion asks AWS by a tool of the program, so
 * that it has the caller's credentials, limits and audit line; where that fails there is nothing to complete from.
 */
import {
  type CompleteRequest,
  type GetPromptRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { CallFacts } from '../tool-call.ts';
import type { ToolRunner } from '../tool-runner.ts';
import { type Completed, cleanValue, type Prompt, selectPrompts } from './prompts.ts';

/** Of one completion (protocol, `completion.values`). */
const MAX_VALUES = 100;

interface Source {
  readonly tool: string;
  readonly argsOf: (value: string) => object;
  /** Where the answer holds the names. */
  readonly list: string;
  readonly member: string;
}

const SOURCES: Readonly<Record<Completed, Source>> = {
  alarm: {
    tool: 'describe_alarms',
    argsOf: (value) => (value === '' ? {} : { name_prefix: value }),
    list: 'alarms',
    member: 'name',
  },
  log_group: {
    tool: 'describe_log_groups',
    argsOf: (value) => ({ include_saved_queries: false, ...(value !== '' && { log_group_name_prefix: value }) }),
    list: 'log_groups',
    member: 'name',
  },
  namespace: { tool: 'list_metrics', argsOf: () => ({}), list: 'items', member: 'namespace' },
};

export function servePrompts(server: Server, runner: ToolRunner, facts: Partial<CallFacts>): void {
  const prompts = selectPrompts((tool) => runner.has(tool));
  server.setRequestHandler('prompts/list', () => ({ prompts: prompts.map(describePrompt) }));
  server.setRequestHandler('prompts/get', (request) => getPrompt(prompts, request));
  server.setRequestHandler('completion/complete', async (request, context) => {
    const values = await complete(prompts, runner, request, context, facts);
    return {
      completion: { values: values.slice(0, MAX_VALUES), total: values.length, hasMore: values.length > MAX_VALUES },
    };
  });
}

function describePrompt({ name, title, description, arguments: args }: Prompt) {
  return {
    name,
    title,
    description,
    arguments: args.map((one) => ({ name: one.name, description: one.description, required: one.required })),
  };
}

function getPrompt(prompts: readonly Prompt[], { params }: GetPromptRequest) {
  const prompt = findPrompt(prompts, params.name);
  const values: Record<string, string> = {};
  for (const { name, required } of prompt.arguments) {
    const value = cleanValue(params.arguments?.[name] ?? '');
    if (value !== '') values[name] = value;
    else if (required)
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `The prompt ${prompt.name} needs ${name} → send it as text.`,
      );
  }
  return {
    description: prompt.description,
    messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.write(values) } }],
  };
}

async function complete(
  prompts: readonly Prompt[],
  runner: ToolRunner,
  { params }: CompleteRequest,
  context: ServerContext,
  facts: Partial<CallFacts>,
): Promise<string[]> {
  if (params.ref.type !== 'ref/prompt')
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      'Only arguments of prompts are completed → send ref/prompt.',
    );
  const prompt = findPrompt(prompts, params.ref.name);
  const { completed } = prompt.arguments.find(({ name }) => name === params.argument.name) ?? {};
  const source = completed === undefined ? undefined : SOURCES[completed];
  if (source === undefined || !runner.has(source.tool)) return [];
  const value = cleanValue(params.argument.value);
  const { isError, structuredContent } = await runner.run({
    ...facts,
    requestId: facts.requestId ?? String(context.mcpReq.id),
    name: source.tool,
    args: source.argsOf(value),
    signal: context.mcpReq.signal,
  });
  return isError === true ? [] : readNames(Reflect.get(structuredContent ?? {}, source.list), source.member, value);
}

function readNames(list: unknown, member: string, value: string): string[] {
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const names = items.map((item): unknown =>
    typeof item === 'object' && item !== null ? Reflect.get(item, member) : undefined,
  );
  const wanted = value.toLowerCase();
  return names.filter((name) => typeof name === 'string').filter((name) => name.toLowerCase().startsWith(wanted));
}

function findPrompt(prompts: readonly Prompt[], name: string): Prompt {
  const prompt = prompts.find((one) => one.name === name);
  if (prompt !== undefined) return prompt;
  const names = prompts.map((one) => one.name).join(', ');
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no prompt ${JSON.stringify(name.slice(0, 60))} → prompts/list names them${names === '' ? '' : `: ${names}`}.`,
  );
}
