/** `npm start [-- --scenario FILE|NAME]`: the MCP server over HTTP with the embedded AWS and its OIDC issuer behind it, until Ctrl-C. */
import '../assert-node.mjs';
import { ConfigError } from '../../lib/config/config.ts';
import { SAMPLE_USERS } from '../../local/issuer/users.ts';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { TOKEN_HOURS } from './local-tokens.ts';
import { loadOrExit } from './scenario-option.ts';
import { whenParentEnds } from './when-parent-ends.ts';

const DEFAULT_PORT = '3334';

const scenario = await loadOrExit(process.argv.slice(2), process.env, Date.now());
const started = await startOrExit();
console.log(describeStart(started));
exitOnSignal(started);

async function startOrExit(): Promise<LocalStack> {
  try {
    return await startLocalStack(process.env, scenario);
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
  whenParentEnds(onSignal);
}

function describeStart(stack: LocalStack): string {
  const { server, url, local, composition } = stack;
  const { port, address } = server.address;
  const hasAuth = composition.config.isAuthEnabled;
  // npm brought this Node along; outside npm scripts the machine's own comes first.
  const node = process.execPath.includes('node_modules') ? 'npx node' : 'node';
  const header = hasAuth ? ' -H "Authorization: Bearer $TOKEN"' : '';
  const inspectorHeader = hasAuth ? ' --header "Authorization: Bearer $TOKEN"' : '';
  const libreChatHeader = hasAuth ? `\n       headers: { Authorization: 'Bearer \${TOKEN}' }` : '';
  return `
CloudWatch MCP server: ${url}/mcp
Embedded AWS:          ${local.endpoint} (an imitation with ${scenario === undefined ? 'made-up data of an online shop' : `the scenario ${scenario.name}`}; no AWS account is used)
${hasAuth ? describeUsers(stack) : `Authentication is OFF (ENABLE_AUTH=false): whoever reaches the port may ask. It listens on ${address}.`}

Three things to try:

1. The alarms that are firing, by curl
   curl -X POST http://localhost:${port}/mcp/tools/call${header} \\
     -H "Content-Type: application/json" \\
     -d '{"name": "get_active_alarms", "arguments": {"max_items": 5, "region": "us-east-1"}}'

2. MCP Inspector, in this folder
   npx @modelcontextprotocol/inspector --cli http://localhost:${port}/mcp --transport http${inspectorHeader} --method tools/list

3. LibreChat, in librechat.yaml
   mcpServers:
     cloudwatch:
       type: streamable-http
       url: http://localhost:${port}/mcp${libreChatHeader}
       requiresOAuth: false
       serverInstructions: true
   mcpSettings:
     allowedAddresses: ['localhost:${port}']

Your own AWS account instead, without authentication on your own machine:
   npm run build
   AWS_PROFILE=my-profile AWS_REGION=us-east-1 ENABLE_AUTH=false ${node} dist/server.mjs

Ctrl-C stops it.
`;
}

function describeUsers({ local, tokens }: LocalStack): string {
  const users = SAMPLE_USERS.map(
    ({ subject, accounts }) => `${subject} (${accounts.join(' and ') || 'no account'}):\n${tokens[subject]}`,
  );
  return `OIDC issuer:           ${local.issuer.issuer} (MCP clients that know OAuth find it by themselves; its page has a button per user)
Authentication is ON: each request needs a token, and AWS is asked with that user's own credentials.

A token per user, good for ${TOKEN_HOURS} hours:

${users.join('\n\n')}

For the commands below:
export TOKEN=${tokens.olivia}`;
}
