/** `npm run demo [-- --scenario FILE|NAME]`: a real MCP client asks the server, over HTTP, what a person on call would ask. */
import '../assert-node.mjs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ContentBlock, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { startLocalStack } from '../local/local-stack.ts';
import { loadOrExit } from '../local/scenario-option.ts';
import { tellScenario } from './scenario-story.ts';
import { Show } from './show.ts';
import { type Ask, tellStory } from './story.ts';

const show = new Show({ isTty: process.stdout.isTTY, write: (text) => process.stdout.write(text) });

const scenario = await loadOrExit(process.argv.slice(2), process.env, Date.now());
const stack = await startLocalStack({ FASTMCP_LOG_LEVEL: 'ERROR', ...process.env, CLOUDWATCH_MCP_PORT: '0' }, scenario);
const client = new Client({ name: 'demo', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
try {
  const headers = { authorization: `Bearer ${stack.tokens.olivia}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${stack.url}/mcp`), { requestInit: { headers } }));
  const data = scenario === undefined ? 'made-up data of an online shop' : `the scenario ${scenario.name}`;
  show.say(`MCP server at ${stack.url}/mcp, with the embedded CloudWatch behind it: ${data}.`);
  show.say('Asked by olivia, who is on call: her token opens the accounts prod and data.');
  show.say(`Protocol revision ${client.getNegotiatedProtocolVersion() ?? 'unknown'}. No AWS account is used.`);
  await (scenario === undefined ? tellStory : tellScenario)(createAsk(client, show));
  show.say('\nThat was the demo. npm start serves the same for your own MCP client.');
} catch (error) {
  show.say(`The demo broke off: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await client.close();
  await stack.close();
}

function createAsk(mcp: Client, screen: Show): Ask {
  let step = 0;
  return async (question, tool, args) => {
    step += 1;
    screen.question(step, question);
    screen.call(tool, args);
    const result = await mcp.callTool(
      { name: tool, arguments: { ...args } },
      {
        onprogress: ({ progress, total, message }) =>
          screen.progress(`${message ?? 'working'} (${progress}${total === undefined ? '' : ` of ${total}`})`),
      },
    );
    const texts = await Promise.all(result.content.map(describeBlock));
    screen.answer(texts.join('\n'), result.isError === true);
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
