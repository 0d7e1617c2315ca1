import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { createFakeRunner, type FakeTool } from '../../../test/support/fake-runner.ts';
import { createServer } from '../server-factory.ts';
import type { ToolCall } from '../tool-call.ts';

const ALL = [
  'investigate_alarm',
  'get_active_alarms',
  'get_alarm_history',
  'review_alarms',
  'describe_log_groups',
  'get_metric_data',
  'describe_alarms',
  'list_metrics',
];

/** A client of a server whose tools all answer the same. */
async function connect(structured: unknown, { tools = ALL, isError = false, facts = {} } = {}) {
  const calls: ToolCall[] = [];
  const tool: FakeTool = async (call) => {
    calls.push(call);
    return { content: [], isError, ...(structured !== undefined && { structuredContent: structured as never }) };
  };
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createServer(createFakeRunner(Object.fromEntries(tools.map((name) => [name, tool]))), facts).connect(theirs);
  const client = new Client({ name: 'prompts', version: '1' });
  await client.connect(ours);
  const complete = async (prompt: string, name: string, value = '') =>
    (await client.complete({ ref: { type: 'ref/prompt', name: prompt }, argument: { name, value } })).completion;
  const textOf = async (name: string, args: Record<string, string>) =>
    (await client.getPrompt({ name, arguments: args })).messages.map(({ content }) =>
      content.type === 'text' ? content.text.split('\n')[0] : content.type,
    );
  return { client, calls, complete, textOf };
}

describe('prompts/list', () => {
  it('tells name, title, description and arguments, without our own members', async () => {
    const { client } = await connect({}, { tools: ['review_alarms'] });
    expect((await client.listPrompts()).prompts).toEqual([
      {
        name: 'alarm_review',
        title: 'Review of alarms',
        description: 'Which alarms are useless, and what has none',
        arguments: [{ name: 'prefix', description: 'Only alarms whose name begins so', required: false }],
      },
    ]);
  });
});

describe('prompts/get', () => {
  it('writes it with cleaned values, and takes a blank one for none', async () => {
    const { client, textOf } = await connect({});
    expect(await textOf('investigate', { alarm: ' shop\n api ', since: ' \t' })).toEqual([
      'Find out what is behind: shop api.',
    ]);
    expect(await textOf('investigate', { alarm: 'a', since: '-1h', more: 'x' })).toEqual([
      'Find out what is behind: a (since -1h).',
    ]);
    const { description, messages } = await client.getPrompt({ name: 'alarm_review' });
    expect([description, messages[0]?.role]).toEqual(['Which alarms are useless, and what has none', 'user']);
  });

  it('refuses a required value that is missing or blank, and an unknown name', async () => {
    const { textOf } = await connect({});
    await expect(textOf('investigate', { since: '-1h' })).rejects.toThrow(
      'The prompt investigate needs alarm → send it as text.',
    );
    await expect(textOf('compare', { start: ' ' })).rejects.toThrow(
      'The prompt compare needs start → send it as text.',
    );
    await expect(textOf('x'.repeat(70), {})).rejects.toThrow(
      `There is no prompt "${'x'.repeat(60)}" → prompts/list names them: investigate, post_mortem, alarm_review, cost_of_logs, compare.`,
    );
    const { textOf: without } = await connect({}, { tools: ['list_metrics'] });
    await expect(without('compare', {})).rejects.toThrow('There is no prompt "compare" → prompts/list names them.');
  });
});

describe('completion/complete', () => {
  it.each([
    ['investigate', 'alarm', 'describe_alarms', { name_prefix: 'shop' }, {}],
    ['post_mortem', 'scope', 'describe_alarms', { name_prefix: 'shop' }, {}],
    ['alarm_review', 'prefix', 'describe_alarms', { name_prefix: 'shop' }, {}],
    [
      'cost_of_logs',
      'log_group',
      'describe_log_groups',
      { include_saved_queries: false, log_group_name_prefix: 'shop' },
      { include_saved_queries: false },
    ],
    ['compare', 'namespace', 'list_metrics', {}, {}],
  ])('asks for the %s %s by %s', async (prompt, argument, tool, args, argsOfNone) => {
    const { complete, calls } = await connect({});
    expect(await complete(prompt, argument, ' shop\n')).toEqual({ values: [], total: 0, hasMore: false });
    await complete(prompt, argument);
    expect(calls.map(({ name, args: sent }) => [name, sent])).toEqual([
      [tool, args],
      [tool, argsOfNone],
    ]);
  });

  it.each([
    ['alarm', 'alarms', 'name', 'investigate'],
    ['log_group', 'log_groups', 'name', 'cost_of_logs'],
    ['namespace', 'items', 'namespace', 'compare'],
  ])(
    'reads names of the kind %s out of %s by %s, in whatever case they begin',
    async (argument, list, member, prompt) => {
      const items = [null, 'shop-text', 7, {}, { [member]: 8 }, { [member]: 'Shop-a' }, { [member]: 'ashop' }];
      const { complete } = await connect({ [list]: [...items, { [member]: 'shop-b', name2: 'shop-c' }] });
      expect((await complete(prompt, argument, 'sHop')).values).toEqual(['Shop-a', 'shop-b']);
      expect((await complete(prompt, argument)).values).toEqual(['Shop-a', 'ashop', 'shop-b']);
    },
  );

  it.each([
    [99, 99, false],
    [100, 100, false],
    [101, 100, true],
  ])('gives of %d names %d', async (count, given, hasMore) => {
    const alarms = Array.from({ length: count }, (_, at) => ({ name: `a-${at}` }));
    const completion = await (await connect({ alarms })).complete('investigate', 'alarm');
    expect([completion.values.length, completion.total, completion.hasMore]).toEqual([given, count, hasMore]);
  });

  it('gives nothing where there is nothing to complete from', async () => {
    const alarms = [{ name: 'a' }];
    const none = { values: [], total: 0, hasMore: false };
    for (const structured of [undefined, {}, { alarms: 'a' }, { alarms: { name: 'a' } }])
      expect(await (await connect(structured)).complete('investigate', 'alarm')).toEqual(none);
    expect(await (await connect({ alarms }, { isError: true })).complete('investigate', 'alarm')).toEqual(none);
    const { complete, calls } = await connect({ alarms });
    expect(await complete('investigate', 'since', 'a')).toEqual(none);
    expect(await complete('investigate', 'no-such-argument', 'a')).toEqual(none);
    expect(calls).toEqual([]);
    const tools = ALL.filter((name) => name !== 'describe_alarms');
    expect(await (await connect({ alarms }, { tools })).complete('investigate', 'alarm')).toEqual(none);
  });

  it('refuses what is no argument of a prompt', async () => {
    const { client, complete } = await connect({});
    await expect(complete('nope', 'alarm')).rejects.toThrow('There is no prompt "nope"');
    const ref = { type: 'ref/resource', uri: 'x' } as const;
    await expect(client.complete({ ref, argument: { name: 'alarm', value: '' } })).rejects.toThrow(
      'Only arguments of prompts are completed → send ref/prompt.',
    );
  });

  it('hands on who asks and until when, and has the request id of the protocol where there is no other', async () => {
    const own = await connect({}, { facts: { requestId: 'r-7', remainingMs: 900 } });
    await own.complete('investigate', 'alarm');
    expect(own.calls[0]).toMatchObject({ requestId: 'r-7', remainingMs: 900, signal: expect.any(AbortSignal) });
    const plain = await connect({});
    await plain.complete('investigate', 'alarm');
    expect(plain.calls[0]?.requestId).toMatch(/^\d+$/);
  });
});
