/** Alarms are asked for by name: the ARN of another account must not be answered with an alarm of the same name, whichever tool takes it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';

const NAME = 'shop-checkout-errors';
const arnOf = (account: string, name = NAME) => `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`;
/** Tools with an argument that takes the ARN of an alarm. */
const CASES = TOOLS.flatMap((tool) => {
  const schema = z.toJSONSchema(tool.inputSchema);
  return Object.entries(schema.properties ?? {}).flatMap(([argument, about]) => {
    const { description = '' } = about as { readonly description?: string };
    return ['alarm_name', 'names'].includes(argument) && description.includes('ARN')
      ? [{ tool: tool.name, argument }]
      : [];
  });
});
const argumentsOf = (argument: string, arn: string) => ({ [argument]: argument === 'names' ? [arn] : arn });

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(() => bench.close());

it('is asked of every tool that takes one', () => {
  expect(CASES.map(({ tool }) => tool).sort()).toEqual(['describe_alarms', 'get_alarm_history', 'investigate_alarm']);
});

it.each(CASES)(
  'is refused by $tool, also of an alarm that is gone, where the ids of the accounts are not known',
  async ({ tool, argument }) => {
    for (const name of [NAME, 'gone']) {
      const text = bench.text(await bench.run(tool, argumentsOf(argument, arnOf('444455556666', name))));
      expect(text).toMatch(/^Error: The ARN belongs to another account than this server asks → pass the name alone/);
    }
  },
);

it.each(CASES.filter(({ tool }) => tool !== 'investigate_alarm'))(
  'of the own account is asked by $tool',
  async ({ tool, argument }) => {
    const [first = ''] = (await bench.run('describe_alarms', { max_items: 1 })).content.flatMap((block) =>
      block.type === 'text' ? (/• (\S+)/.exec(block.text)?.[1] ?? []) : [],
    );
    const text = bench.text(await bench.run(tool, argumentsOf(argument, arnOf('111122223333', first))));
    expect(text).toContain(first);
    expect(text).not.toMatch(/^Error/);
  },
);
