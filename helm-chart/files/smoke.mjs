/**
 * Is a deployed server well? `node scripts/deploy/smoke.mjs URL [TOKEN]`; the token also from the variable TOKEN.
 * Asks probes, MCP and one tool that every caller may use. Exit code 0 when all is well, else 1. Needs nothing but Node.
 */
const [given, token = process.env.TOKEN ?? ''] = process.argv.slice(2);
const TIMEOUT_MS = 15_000;
const PROTOCOL = '2025-11-25';

if (given === undefined || !/^https?:\/\//.test(given)) {
  process.stderr.write('Usage: node scripts/deploy/smoke.mjs URL [TOKEN], for example http://localhost:3334\n');
  process.exit(1);
}
const base = given.replace(/\/(mcp\/?)?$/, '');
let failed = 0;

/** Prints what was found, or why not; never stops the rest. */
async function check(name, run) {
  try {
    const found = await run();
    process.stdout.write(`ok     ${name}${found === undefined ? '' : `: ${found}`}\n`);
  } catch (error) {
    failed += 1;
    const cause = error.cause?.code ?? error.cause?.message;
    process.stdout.write(`FAILED ${name}: ${error.message}${cause === undefined ? '' : ` (${cause})`}\n`);
  }
}

function ask(path, init = {}) {
  const authorization = token === '' ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...authorization, ...init.headers };
  return fetch(base + path, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
}

function post(path, body, headers = {}) {
  const accept = 'application/json, text/event-stream';
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: JSON.stringify(body),
  });
}

async function expectStatus(response, status) {
  if (response.status === status) return;
  const text = (await response.text()).slice(0, 300);
  throw new Error(`HTTP ${response.status} instead of ${status}: ${text}`);
}

/** The JSON-RPC answer, be it plain JSON or the last event of a stream. */
async function readRpc(response) {
  await expectStatus(response, 200);
  const text = await response.text();
  const isStream = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
  const data = isStream
    ? text
        .split('\n')
        .findLast((line) => line.startsWith('data: {'))
        ?.slice('data: '.length)
    : text;
  if (data === undefined) throw new Error('the stream holds no answer');
  const message = JSON.parse(data);
  if (message.error !== undefined) throw new Error(message.error.message);
  return message.result;
}

await check('GET /health', async () => {
  const response = await ask('/health');
  await expectStatus(response, 200);
  return `version ${(await response.json()).version}`;
});
await check('GET /ready', async () => {
  await expectStatus(await ask('/ready'), 200);
});

const probe = await post('/mcp/tools/call', { name: 'list_targets', arguments: {} }).catch((error) => error);
if (probe.status === 401 && token === '') {
  await check('a call without a token is refused, and says where to sign in', async () => {
    const challenge = probe.headers.get('www-authenticate') ?? '';
    const metadata = await ask('/.well-known/oauth-protected-resource');
    await expectStatus(metadata, 200);
    const { authorization_servers: servers } = await metadata.json();
    if (!challenge.startsWith('Bearer ')) throw new Error('the WWW-Authenticate header is missing');
    return `${servers?.join(', ')}; pass a TOKEN to check the tools`;
  });
} else {
  await check('MCP initialize', async () => {
    const clientInfo = { name: 'smoke', version: '1' };
    const params = { protocolVersion: PROTOCOL, capabilities: {}, clientInfo };
    const result = await readRpc(await post('/mcp', { jsonrpc: '2.0', id: 1, method: 'initialize', params }));
    return `protocol ${result.protocolVersion}`;
  });
  await check('MCP tools/list', async () => {
    const headers = { 'mcp-protocol-version': PROTOCOL };
    const { tools } = await readRpc(await post('/mcp', { jsonrpc: '2.0', id: 2, method: 'tools/list' }, headers));
    if (tools.length === 0) throw new Error('there is no tool');
    return `${tools.length} tools`;
  });
  await check('GET /mcp is refused with 405, as clients expect', async () => {
    await expectStatus(await ask('/mcp'), 405);
  });
  await check('tool list_targets', async () => {
    const response = await post('/mcp/tools/call', { name: 'list_targets', arguments: {} });
    await expectStatus(response, 200);
    const { isError, content } = await response.json();
    const text = content?.[0]?.text ?? '';
    if (isError === true) throw new Error(text);
    return text.split('\n')[0];
  });
}
process.exitCode = failed === 0 ? 0 : 1;
