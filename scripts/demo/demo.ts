/** `npm run demo [-- --scenario FILE|NAME]`: a real MCP client asks the server, over HTTP, what a person on call would ask. */
import '../assert-node.mjs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ContentBlock, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import { startLocalStack } from '../local/local-stack.ts';
import { loadOrExit } from '../local/scenario-option.ts';
import { ORDINARY, tellOrdinary } from './ordinary-story.ts';
import { tellScenario } from './scenario-story.ts';
import { Show } from './show.ts';
import { type Ask, tellStory } from './story.ts';

/** A slow machine takes longer, and the story needs whole answers. */
const PATIENCE_MS = '300000';

const show = new Show({ isTty: process.stdout.isTTY, write: (text) => process.stdout.write(text) });
let step = 0;

try {
  const scenario = await loadOrExit(process.argv.slice(2), process.env, Date.now());
  if (scenario === undefined) {
    await perform(undefined, tellStory);
    for (const ordinary of ORDINARY)
      await perform(await loadScenario(ordinary.scenario, Date.now()), (ask) => tellOrdinary(ask, ordinary));
  } else await perform(scenario, tellScenario);
  show.say('\nThat was the demo. npm start serves the same for your own MCP client.');
} catch (error) {
  show.say(`The demo broke off: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** Starts the servers with what is told about, and asks. */
async function perform(scenario: Scenario | undefined, tell: (ask: Ask) => Promise<void>): Promise<void> {
  const stack = await startLocalStack(
    {
      FASTMCP_LOG_LEVEL: 'ERROR',
      CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: PATIENCE_MS,
      ...process.env,
      CLOUDWATCH_MCP_PORT: '0',
    },
    scenario,
  );
  const client = new Client({ name: 'demo', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  try {
    const headers = { authorization: `Bearer ${stack.tokens.olivia}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${stack.url}/mcp`), { requestInit: { headers } }));
    introduce(stack.url, client, scenario);
    await tell(createAsk(client));
  } finally {
    await client.close();
    await stack.close();
  }
}

function introduce(url: string, client: Client, scenario: Scenario | undefined): void {
  const data = scenario === undefined ? 'made-up data of an online shop' : `the scenario ${scenario.name}`;
  show.say(`${step === 0 ? '' : '\n'}MCP server at ${url}/mcp, with the embedded CloudWatch behind it: ${data}.`);
  if (step > 0) return;
  show.say('Asked by olivia, who is on call: her token opens the accounts prod and data.');
  show.say(`Protocol revision ${client.getNegotiatedProtocolVersion() ?? 'unknown'}. No AWS account is used.`);
}

function createAsk(mcp: Client): Ask {
  return async (question, tool, args) => {
    step += 1;
    show.question(step, question);
    show.call(tool, args);
    const result = await mcp.callTool(
      { name: tool, arguments: { ...args } },
      {
        onprogress: ({ progress, total, message }) =>
          show.progress(`${message ?? 'working'} (${progress}${total === undefined ? '' : ` of ${total}`})`),
      },
    );
    const texts = await Promise.all(result.content.map(describeBlock));
    show.answer(texts.join('\n'), result.isError === true);
    if (result.isError === true) throw new Error(`${tool} answered with an error.`);
    return result.structuredContent;
  };
}

/** A page is written to a file, since a terminal cannot show it. */
async function describeBlock(block: ContentBlock): Promise<string> {
  if (block.type === 'text') return block.text;
  if (block.type !== 'resource' || !('text' in block.resource)) return `[${block.type}]`;
  const path = join(await mkdtemp(join(tmpdir(), 'cloudwatch-mcp-demo-')), 'chart.html');
  await writeFile(path, block.resource.text);
  return `[page, to be opened in a browser: ${path}]`;
}
