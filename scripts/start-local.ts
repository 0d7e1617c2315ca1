/** `npm start`: the MCP server over HTTP with the embedded CloudWatch behind it, until Ctrl-C. */
import './assert-node.mjs';
import { ConfigError } from '../lib/config.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';

const DEFAULT_PORT = '3334';

const started = await startOrExit();
console.log(describeStart(started));
exitOnSignal(started);

async function startOrExit(): Promise<LocalStack> {
  try {
    return await startLocalStack(process.env);
  } catch (error) {
    console.error(describeFailure(error));
    process.exit(1);
  }
}

function describeFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const port = process.env.CLOUDWATCH_MCP_PORT ?? DEFAULT_PORT;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program → stop it, or choose another port: CLOUDWATCH_MCP_PORT=3335 npm start`;
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The server could not start: ${reason}`;
}

function exitOnSignal(stack: LocalStack): void {
  let hasSignal = false;

  function onSignal(): void {
    if (hasSignal) process.exit(1);
    hasSignal = true;
    console.log('Stopping: calls in flight may finish. Once more to stop at once.');
    stack.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  }

  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function describeStart({ server, url, awsEndpoint }: LocalStack): string {
  const { port } = server.address;
  // npm brought this Node along; outside npm scripts the machine's own comes first.
  const node = process.execPath.includes('node_modules') ? 'npx node' : 'node';
  return `
CloudWatch MCP server: ${url}/mcp
Embedded CloudWatch:   ${awsEndpoint} (an imitation with made-up data of an online shop; no AWS account is used)
Authentication is OFF (ENABLE_AUTH=false): whoever reaches the port may ask. It listens on ${server.address.address}.

Three things to try:

1. The alarms that are firing, by curl
   curl -X POST http://localhost:${port}/mcp/tools/call \\
     -H "Content-Type: application/json" \\
     -d '{"name": "get_active_alarms", "arguments": {"max_items": 5, "region": "us-east-1"}}'

2. MCP Inspector, in this folder
   npx @modelcontextprotocol/inspector --cli http://localhost:${port}/mcp --transport http --method tools/list

3. LibreChat, in librechat.yaml
   mcpServers:
     cloudwatch:
       type: streamable-http
       url: http://localhost:${port}/mcp
       requiresOAuth: false
       serverInstructions: true
   mcpSettings:
     allowedAddresses: ['localhost:${port}']

Your own AWS account instead:
   npm run build
   AWS_PROFILE=my-profile AWS_REGION=us-east-1 ENABLE_AUTH=false ${node} dist/server.mjs

Ctrl-C stops it.
`;
}
