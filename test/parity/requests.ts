/** The requests that every way in must answer alike. */
export interface ParityRequest {
  readonly what: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly status: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const MAX_BODY_BYTES = 1_048_576;

function mcp(what: string, message: unknown, extra: Partial<ParityRequest> = {}): ParityRequest {
  return {
    what,
    method: 'POST',
    path: '/mcp',
    headers: JSON_TYPE,
    body: JSON.stringify(message),
    status: 200,
    ...extra,
  };
}

function rest(what: string, body: unknown, status: number): ParityRequest {
  return { what, method: 'POST', path: '/mcp/tools/call', headers: JSON_TYPE, body: JSON.stringify(body), status };
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'parity', version: '1' } },
};
const CALL = { jsonrpc: '2.0', id: 'a', method: 'tools/call', params: { name: 'echo', arguments: { text: 'grün' } } };
const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'parity', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

export const PARITY_REQUESTS: readonly ParityRequest[] = [
  { what: 'health', path: '/health', status: 200 },
  { what: 'health by HEAD', method: 'HEAD', path: '/health', status: 200 },
  { what: 'health with a query', path: '/health?x=%2F&x=2', status: 200 },
  { what: 'health by POST', method: 'POST', path: '/health', body: 'x', status: 405 },
  { what: 'ready', path: '/ready', status: 200 },
  { what: 'tools', path: '/mcp/tools', status: 200 },
  { what: 'tools by HEAD', method: 'HEAD', path: '/mcp/tools', status: 200 },
  { what: 'GET on MCP', path: '/mcp', headers: { accept: 'text/event-stream' }, status: 405 },
  { what: 'HEAD on MCP', method: 'HEAD', path: '/mcp', status: 405 },
  { what: 'DELETE on MCP', method: 'DELETE', path: '/mcp', status: 405 },
  { what: 'nothing', path: '/nothing', status: 404 },
  { what: 'nothing by HEAD', method: 'HEAD', path: '/nothing', status: 404 },
  { what: 'OAuth metadata', path: '/.well-known/oauth-protected-resource/mcp', status: 404 },
  { what: 'an encoded path', path: '/mcp%2f', status: 404 },
  mcp('initialize', INITIALIZE),
  mcp('initialize at the root', INITIALIZE, { path: '/' }),
  mcp('a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }, { status: 202 }),
  mcp('ping', { jsonrpc: '2.0', id: 2, method: 'ping' }),
  mcp('a tool', CALL),
  mcp(
    'a tool of 2026',
    { ...CALL, params: { ...CALL.params, _meta: MODERN_META } },
    {
      headers: { ...JSON_TYPE, 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' },
    },
  ),
  mcp('an unknown tool', { ...CALL, params: { name: 'nope' } }),
  mcp('a foreign Origin', CALL, { headers: { ...JSON_TYPE, origin: 'https://evil.example' }, status: 403 }),
  mcp('an allowed Origin', CALL, { headers: { ...JSON_TYPE, origin: 'https://chat.example.com' } }),
  mcp('no content type', CALL, { headers: {}, status: 415 }),
  mcp('broken JSON', null, { body: '{"a":', status: 400 }),
  mcp('no body', null, { body: '', status: 400 }),
  mcp('bytes that are no UTF-8', null, { body: Buffer.from([0x7b, 0xff, 0x7d]), status: 400 }),
  mcp('a prototype', null, { body: '{"__proto__":{"a":1}}', status: 400 }),
  mcp('deep nesting', null, { body: '['.repeat(1_000), status: 400 }),
  mcp('a body that is too large', null, { body: 'x'.repeat(MAX_BODY_BYTES + 1), status: 413 }),
  {
    what: 'preflight',
    method: 'OPTIONS',
    path: '/mcp',
    headers: { origin: 'https://chat.example.com', 'access-control-request-method': 'POST' },
    status: 204,
  },
  rest('a REST call', { name: 'echo', arguments: { n: 1 } }, 200),
  rest('a REST call of nothing', { name: 'nope' }, 404),
  rest('a REST call without a name', {}, 400),
  { what: 'cookies', path: '/health', headers: { cookie: 'a=1; b=2' }, status: 200 },
];
