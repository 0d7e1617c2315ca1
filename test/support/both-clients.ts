/** Two kinds of client at the same time: one with an OAuth flow of its own at the public address, and LibreChat's inside. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { MemoryProvider } from './memory-oauth-provider.ts';
import { signInHeadless } from './sign-in-headless.ts';

export interface BothClients {
  /** What the client without a token was told of its first attempt. */
  readonly refusal: string;
  /** Tools that LibreChat sees without a token. */
  readonly toolCount: number;
  /** What a call of LibreChat without a token answers. */
  readonly words: string;
  /** What the signed-in user's call answers. */
  readonly answer: string;
}

export interface BothClientsOptions {
  readonly publicUrl: URL;
  readonly insideUrl: URL;
  readonly user: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Both call `list_targets`. */
export async function useBothClients({ publicUrl, insideUrl, user, fetch }: BothClientsOptions): Promise<BothClients> {
  const librechat = new ClientV1({ name: '@librechat/api-client', version: '1' });
  const [{ client, refusal }] = await Promise.all([
    signIn(publicUrl, user, fetch),
    librechat.connect(new TransportV1(insideUrl, { fetch })),
  ]);
  const call = { name: 'list_targets', arguments: {} };
  const [{ tools }, words, answer] = await Promise.all([
    librechat.listTools(),
    librechat.callTool(call),
    client.callTool(call),
  ]);
  await Promise.all([client.close(), librechat.close()]);
  return { refusal, toolCount: tools.length, words: JSON.stringify(words), answer: JSON.stringify(answer) };
}

/** Connects, is refused and sent to the issuer, signs in as the user, and connects again. */
async function signIn(url: URL, user: string, fetch: typeof globalThis.fetch) {
  const provider = new MemoryProvider();
  const options = { authProvider: provider, fetch };
  const newClient = (): Client => new Client({ name: 'test', version: '1' });
  const first = new StreamableHTTPClientTransport(url, options);
  const refusal = await newClient()
    .connect(first)
    .then(() => 'let in', String);
  if (provider.sentTo === undefined) throw new Error(`nobody was sent to sign in: ${refusal}`);
  await first.finishAuth((await signInHeadless(provider.sentTo, user)).searchParams);
  const client = newClient();
  await client.connect(new StreamableHTTPClientTransport(url, options));
  return { client, refusal };
}
