/** The published tools through the converters of model providers and frameworks: each must take every one. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMCPClient } from '@ai-sdk/mcp';
import { asSchema } from 'ai';
import { TOOLS } from '../../../lib/mcp/registry.ts';
import { describeTool } from '../../../lib/mcp/tool-listing.ts';
import { runCommand } from '../../deploy/support/command.ts';
import { startServer } from '../../support/start-server.ts';
import { pythonProgram } from '../support/equipment.ts';
import type { ContractStep } from '../support/step.ts';

interface Verdict {
  readonly tools: number;
  /** By converter and tool: what went wrong. */
  readonly failures: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const CONVERTERS = ['google-genai', 'OpenAI strict', 'OpenAI Agents', 'LangChain strict', 'Bedrock'];

export const step: ContractStep = {
  title: 'converters of tools',
  needs: ['python:converters'],
  async run({ root, check, onCleanup, workDir }) {
    const file = join(workDir, 'tools.json');
    await writeFile(file, JSON.stringify({ tools: TOOLS.map(describeTool) }));
    const program = join(root, 'test/contract/python/convert.py');
    const verdict = JSON.parse(await runCommand(pythonProgram('converters'), [program, file])) as Verdict;
    await check('every converter was asked for every tool', () => {
      assert.equal(verdict.tools, TOOLS.length);
      assert.deepEqual(Object.keys(verdict.failures), CONVERTERS);
    });
    for (const name of CONVERTERS)
      await check(`${name} takes every tool`, () => assert.deepEqual(verdict.failures[name], {}));

    const server = await startServer();
    onCleanup(() => server.close());
    const client = await createMCPClient({ transport: { type: 'http', url: `${server.url}/mcp` } });
    onCleanup(() => client.close());
    await check('Vercel AI SDK takes every tool, and a call of it is answered', async () => {
      const tools = await client.tools();
      assert.deepEqual(
        Object.keys(tools),
        TOOLS.map(({ name }) => name),
      );
      for (const tool of Object.values(tools)) {
        const schema = await asSchema(tool.inputSchema).jsonSchema;
        assert.equal(schema.type, 'object');
      }
      const options = { toolCallId: '1', messages: [] };
      const answer = await tools.get_active_alarms?.execute?.({ max_items: 1, region: '' }, options);
      assert.match(JSON.stringify(answer), /alarms are firing/);
    });
  },
};
