/** The leading MCP server for CloudWatch, from PyPI, in front of the embedded one: its tools find what is there. */
import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { startEmbedded } from '../support/embedded.ts';
import { pythonProgram } from '../support/equipment.ts';
import type { ContractStep } from '../support/step.ts';

interface TextResult {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string }[];
}

export const step: ContractStep = {
  title: 'awslabs.cloudwatch-mcp-server',
  needs: ['python:clients'],
  async run({ check, onCleanup, workDir }) {
    const { local, env, anchorEpochMs } = await startEmbedded();
    onCleanup(() => local.close());
    const variables = Object.entries({ ...process.env, ...env, HOME: workDir, FASTMCP_LOG_LEVEL: 'ERROR' });
    const client = new Client({ name: 'contract', version: '1' });
    await client.connect(
      new StdioClientTransport({
        command: pythonProgram('clients'),
        args: ['-m', 'awslabs.cloudwatch_mcp_server.server'],
        env: Object.fromEntries(variables.filter((entry): entry is [string, string] => entry[1] !== undefined)),
        stderr: 'ignore',
      }),
      // It loads its scientific libraries first.
      { timeout: 300_000 },
    );
    onCleanup(() => client.close());
    const call = async (name: string, args: Record<string, unknown>): Promise<string> => {
      const result = (await client.callTool({ name, arguments: args }, undefined, { timeout: 240_000 })) as TextResult;
      const text = result.content.map((block) => block.text ?? '').join('\n');
      assert(result.isError !== true, text);
      return text;
    };
    const iso = (agoMs: number): string => new Date(anchorEpochMs - agoMs).toISOString();

    await check('get_active_alarms', async () =>
      assert.match(await call('get_active_alarms', {}), /shop-checkout-duration-p99/),
    );
    await check('get_alarm_history', async () => {
      assert.match(await call('get_alarm_history', { alarm_name: 'shop-checkout-duration-p99' }), /OK to ALARM/);
    });
    await check('describe_log_groups', async () => {
      assert.match(await call('describe_log_groups', { log_group_name_prefix: '/aws/lambda/shop-' }), /shop-checkout/);
    });
    await check('execute_log_insights_query', async () => {
      const range = { start_time: iso(1_800_000), end_time: iso(0) };
      const query = { query_string: 'filter level = "ERROR" | stats count(*) as n', limit: 5 };
      assert.match(
        await call('execute_log_insights_query', {
          log_group_names: ['/aws/lambda/shop-checkout'],
          ...query,
          ...range,
        }),
        /Complete/,
      );
    });
    await check('get_metric_data', async () => {
      const dimensions = [{ name: 'FunctionName', value: 'shop-checkout' }];
      const args = {
        namespace: 'AWS/Lambda',
        metric_name: 'Invocations',
        dimensions,
        statistic: 'Sum',
        start_time: iso(3_600_000),
      };
      assert.match(await call('get_metric_data', args), /Invocations/);
    });
  },
};
