import { afterEach, describe, expect, it } from 'vitest';
import type { Operations } from '../../../../local/types.ts';
import { type LogsBenchOptions, startLogsBench, structuredOf } from '../../../../test/support/logs-bench.ts';
import type { ToolBench } from '../../../../test/support/tool-bench.ts';
import { describeLogGroups } from './describe-log-groups.ts';

let bench: ToolBench | undefined;
afterEach(() => bench?.close());

async function describeGroups(args: Record<string, unknown>, options: LogsBenchOptions = {}) {
  await bench?.close();
  bench = await startLogsBench(options);
  return ask(bench, args);
}

async function ask(open: ToolBench, args: Record<string, unknown>) {
  const result = await open.run('describe_log_groups', args);
  if (result.isError !== true) describeLogGroups.outputSchema.strict().parse(result.structuredContent);
  return { result, text: open.text(result), structured: structuredOf(result), requests: open.local.requests };
}

describe('pages of describe_log_groups', () => {
  it('pages to the limit and on by next_token, each group once', async () => {
    const whole = await describeGroups({ max_items: 500, include_saved_queries: false });
    const all = whole.structured.log_groups.map(({ name }: { name: string }) => name);
    expect(all.length).toBeGreaterThan(60);
    expect(whole.structured.total).toBe(all.length);
    const seen: string[] = [];
    let next: string | undefined;
    const open = bench as ToolBench;
    do {
      const page = await ask(open, {
        max_items: 7,
        include_saved_queries: false,
        ...(next !== undefined && { next_token: next }),
      });
      seen.push(...page.structured.log_groups.map(({ name }: { name: string }) => name));
      next = page.structured.next_token as string | undefined;
    } while (next !== undefined);
    expect(seen).toEqual(all);
  });

  it('asks several regions at once and pages through them', async () => {
    const open = await startLogsBench();
    bench = open;
    const args = { regions: ['us-east-1', 'eu-west-1'], include_saved_queries: false };
    const whole = await ask(open, { ...args, max_items: 500 });
    const regionsOf = (groups: { region: string }[]) => [...new Set(groups.map(({ region }) => region))];
    expect(regionsOf(whole.structured.log_groups)).toEqual(['us-east-1', 'eu-west-1']);
    expect(whole.text).toContain('default/eu-west-1 | ');
    const first = await ask(open, { ...args, max_items: 80 });
    const second = await ask(open, { ...args, max_items: 500, next_token: first.structured.next_token });
    expect([...first.structured.log_groups, ...second.structured.log_groups]).toEqual(whole.structured.log_groups);
  });

  it('keeps thousands of groups within the budget and goes on after the last one shown', async () => {
    const groups = Array.from({ length: 3_000 }, (_, index) => ({
      logGroupName: `/very/long/${'n'.repeat(200)}/${String(index).padStart(5, '0')}`,
      storedBytes: 1,
    }));
    const paged: Operations = {
      DescribeLogGroups: ({ nextToken }: { nextToken?: string }) => {
        const offset = Number(nextToken ?? 0);
        return { logGroups: groups.slice(offset, offset + 50), nextToken: String(offset + 50) };
      },
      DescribeQueryDefinitions: () => ({ queryDefinitions: [] }),
    };
    const open = await startLogsBench({ logs: paged });
    bench = open;
    const first = await ask(open, { max_items: 500 });
    expect(first.text.length).toBeLessThanOrEqual(24_000);
    const shown = first.structured.shown as number;
    const second = await ask(open, { max_items: 500, next_token: first.structured.next_token });
    expect(second.structured.log_groups[0].name).toBe(groups[shown]?.logGroupName);
  });

  it('refuses a token with other arguments', async () => {
    const first = await describeGroups({ max_items: 2 });
    const { text } = await ask(bench as ToolBench, {
      log_group_name_prefix: '/aws',
      next_token: first.structured.next_token,
    });
    expect(text).toContain('next_token belongs to a call with other arguments');
  });
});
