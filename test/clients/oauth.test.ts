/** The MCP OAuth flow as a real client runs it: metadata, registration, PKCE, resource, refresh; both client packages. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBothClients } from '../support/both-clients.ts';
import { findFreePort } from '../support/free-port.ts';
import { MemoryProvider } from '../support/memory-oauth-provider.ts';
import { signInHeadless } from '../support/sign-in-headless.ts';
import { type SignedInServer, startSignedInServer } from '../support/signed-in-server.ts';

let server: SignedInServer;
beforeAll(async () => {
  server = await startSignedInServer({ env: { AUTH_REQUIRED_SCOPES: 'cloudwatch:read' } });
});
afterAll(() => server.close());

const client = () => new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
const urlOf = ({ url }: SignedInServer) => new URL(`${url}/mcp`);

/** Connects, is sent to sign in, signs in as the user, and connects again. */
async function connectAs(user: string, provider = new MemoryProvider(), url = urlOf(server)): Promise<Client> {
  const refused = new StreamableHTTPClientTransport(url, { authProvider: provider });
  await expect(client().connect(refused)).rejects.toThrow(/[Uu]nauthorized/);
  if (provider.sentTo === undefined) throw new Error('nobody was sent to sign in');
  await refused.finishAuth((await signInHeadless(provider.sentTo, user)).searchParams);
  const connected = client();
  await connected.connect(new StreamableHTTPClientTransport(url, { authProvider: provider }));
  return connected;
}

const firstText = (result: { content: readonly { type: string }[] }): string => JSON.stringify(result.content);

/** As LibreChat registers itself: for all that the issuer's metadata offer, back to an address of plain http. */
class LibreChatProvider extends MemoryProvider {
  override readonly redirectUrl = 'http://localhost:3080/api/mcp/cloudwatch/oauth/callback';
  override readonly clientMetadata: MemoryProvider['clientMetadata'];

  constructor(offered: { response_types_supported: string[]; grant_types_supported: string[] }) {
    super();
    this.clientMetadata = {
      client_name: 'LibreChat MCP Client',
      redirect_uris: [this.redirectUrl],
      grant_types: offered.grant_types_supported,
      response_types: offered.response_types_supported,
      token_endpoint_auth_method: 'none',
    };
  }
}

describe('LibreChat', () => {
  it('registers for all that is offered, and two of its users are themselves', async () => {
    const metadata = await fetch(`${server.local.issuer.issuer}/.well-known/openid-configuration`);
    const offered = (await metadata.json()) as ConstructorParameters<typeof LibreChatProvider>[0];
    expect(offered.response_types_supported).toEqual(['code']);
    const users = ['olivia', 'dev'];
    const clients = [];
    for (const user of users) clients.push(await connectAs(user, new LibreChatProvider(offered)));
    const answers = await Promise.all(clients.map((each) => each.callTool({ name: 'list_targets', arguments: {} })));
    expect(answers.map(firstText)).toEqual([
      expect.stringContaining('3 accounts (2 reachable)'),
      expect.stringContaining('3 accounts (1 reachable)'),
    ]);
    await Promise.all(clients.map((each) => each.close()));
  });
});

describe('a client that finds its way by itself', () => {
  it('is led from a 401 to the issuer and back, with a token for this server', async () => {
    const provider = new MemoryProvider();
    const olivia = await connectAs('olivia', provider);
    expect(provider.sentTo?.origin).toBe(server.local.issuer.issuer);
    expect(Object.fromEntries(provider.sentTo?.searchParams ?? [])).toMatchObject({
      resource: `${server.url}/mcp`,
      code_challenge_method: 'S256',
      scope: 'cloudwatch:read offline_access',
    });
    expect(decodeJwt(provider.tokens()?.access_token ?? '')).toMatchObject({
      iss: server.local.issuer.issuer,
      sub: 'olivia',
      aud: 'cloudwatch-mcp',
      scope: expect.stringContaining('cloudwatch:read'),
    });
    const answer = await olivia.callTool({ name: 'list_targets', arguments: {} });
    expect(firstText(answer)).toContain('3 accounts (2 reachable)');
    expect(server.local.requests.of('GetCallerIdentity').at(-1)?.sessionName).toMatch(/^olivia-[0-9a-f]{12}$/);
    await olivia.close();
  });

  it('is itself whoever signs in', async () => {
    const [dev, guest] = [await connectAs('dev'), await connectAs('guest')];
    expect(firstText(await dev.callTool({ name: 'list_targets', arguments: {} }))).toContain(
      '3 accounts (1 reachable)',
    );
    const denied = await guest.callTool({ name: 'get_active_alarms', arguments: {} });
    expect([denied.isError, firstText(denied)]).toEqual([true, expect.stringContaining('role_denied')]);
    await Promise.all([dev.close(), guest.close()]);
  });

  it('gets a new token by itself when the old one has expired', async () => {
    const provider = new MemoryProvider();
    await (await connectAs('dev', provider)).close();
    const tokens = provider.tokens();
    const expired = await server.token('dev', { exp: Math.floor(Date.now() / 1_000) - 3_600 });
    if (tokens === undefined) throw new Error('no tokens');
    provider.saveTokens({ ...tokens, access_token: expired });
    provider.sentTo = undefined;
    const connected = client();
    await connected.connect(new StreamableHTTPClientTransport(urlOf(server), { authProvider: provider }));
    expect(firstText(await connected.callTool({ name: 'list_targets', arguments: {} }))).toContain('(1 reachable)');
    expect(provider.sentTo).toBeUndefined();
    expect(provider.tokens()?.access_token).not.toBe(expired);
    await connected.close();
  });

  it('is led the same way where no scope is required', async () => {
    const plain = await startSignedInServer();
    const olivia = await connectAs('olivia', new MemoryProvider(), urlOf(plain));
    expect(firstText(await olivia.callTool({ name: 'list_targets', arguments: {} }))).toContain('(2 reachable)');
    await olivia.close();
    await plain.close();
  });

  it('serves LibreChat’s own client package with the token that it got', async () => {
    const provider = new MemoryProvider();
    await (await connectAs('olivia', provider)).close();
    const headers = { authorization: `Bearer ${provider.tokens()?.access_token}` };
    const v1 = new ClientV1({ name: '@librechat/api-client', version: '1' });
    await v1.connect(new TransportV1(urlOf(server), { requestInit: { headers } }));
    const answer = await v1.callTool({ name: 'get_active_alarms', arguments: { max_items: 1 } });
    expect(JSON.stringify(answer)).toContain('alarms are firing');
    await v1.close();
  });

  it('is challenged at the published name while LibreChat’s handshake passes at the other, at the same time', async () => {
    const port = await findFreePort();
    const both = await startSignedInServer({
      env: {
        CLOUDWATCH_MCP_PORT: String(port),
        MCP_RESOURCE_URL: `http://127.0.0.1:${port}/mcp`,
        MCP_UNAUTHENTICATED_METHODS: 'handshake',
      },
    });
    const { refusal, toolCount, words, answer } = await useBothClients({
      publicUrl: urlOf(both),
      insideUrl: new URL(`http://localhost:${port}/mcp`),
      user: 'olivia',
      fetch,
    });
    expect(refusal).toMatch(/[Uu]nauthorized/);
    expect(toolCount).toBeGreaterThan(10);
    expect(words).toContain('"isError":true');
    expect(words).toContain('(unauthorized');
    expect(answer).toContain('(2 reachable)');
    await both.close();
  });

  it('leaves no token in the log', () => {
    expect(server.logLines.length).toBeGreaterThan(0);
    expect(server.logLines.join('\n')).not.toMatch(/eyJ[\w-]{20,}\./);
  });
});
