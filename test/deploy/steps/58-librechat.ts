/** The snippets for librechat.yaml, against the schema that LibreChat itself loads its file with. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configSchema } from 'librechat-data-provider';
import { parse } from 'yaml';
import type { Step } from '../support/step.ts';

interface LibreChatConfig {
  readonly mcpServers: Readonly<
    Record<
      string,
      { readonly url: string; readonly requiresOAuth: boolean; readonly headers?: { Authorization: string } }
    >
  >;
  readonly mcpSettings?: { readonly allowedAddresses?: readonly string[] };
}

async function readSnippets(root: string, path: string): Promise<LibreChatConfig[]> {
  const text = await readFile(join(root, path), 'utf8');
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = '']) => parse(yaml) as LibreChatConfig);
}

/** LibreChat drops keys that it does not know, without a word: what goes in must come out. */
function findFaults(config: unknown): string[] {
  const result = configSchema.strict().safeParse(config);
  if (!result.success) return result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return findLost(config, result.data, '');
}

function findLost(before: unknown, after: unknown, path: string): string[] {
  if (typeof before !== 'object' || before === null) return before === after ? [] : [`${path}: changed`];
  if (typeof after !== 'object' || after === null) return [`${path}: dropped`];
  const kept = after as Readonly<Record<string, unknown>>;
  return Object.entries(before).flatMap(([key, value]) =>
    key in kept ? findLost(value, kept[key], `${path}.${key}`) : [`${path}.${key}: dropped`],
  );
}

/** Addresses inside the cluster are private, and LibreChat refuses those that are not listed. */
function assertReachable({ mcpServers, mcpSettings }: LibreChatConfig): void {
  for (const { url } of Object.values(mcpServers)) {
    const { protocol, host } = new URL(url);
    if (protocol === 'https:') continue;
    assert.equal(host, 'cloudwatch-mcp.jarvis-demo.svc.cluster.local:3334');
    assert(mcpSettings?.allowedAddresses?.includes(host), `${host} is not in allowedAddresses`);
  }
}

export const step: Step = {
  title: 'LibreChat',
  needs: [],
  async run({ root, check }) {
    const snippets = await readSnippets(root, 'docs/librechat.md');
    await check('docs/librechat.md has four snippets', () => assert.equal(snippets.length, 4));
    for (const [index, snippet] of snippets.entries()) {
      await check(`docs/librechat.md, snippet ${'abcd'[index]}`, () => {
        assert.deepEqual(findFaults(snippet), []);
        assertReachable(snippet);
      });
    }
    await check('the snippet of the guide', async () => {
      const shown = await readSnippets(root, 'docs/DEPLOYMENT_EKS.md');
      assert.equal(shown.length, 1);
      for (const snippet of shown) {
        assert.deepEqual(findFaults(snippet), []);
        assertReachable(snippet);
      }
    });
    for (const path of ['README.md', 'docs/clients.md']) {
      await check(`the snippets of ${path}`, async () => {
        const shown = (await readSnippets(root, path)).filter(({ mcpServers }) => mcpServers !== undefined);
        assert.equal(shown.length, 1);
        for (const snippet of shown) assert.deepEqual(findFaults(snippet), []);
      });
    }
    await check('the four ways of authentication', () => {
      const servers = snippets.flatMap(({ mcpServers }) => Object.values(mcpServers));
      assert.deepEqual(
        servers.map(({ requiresOAuth }) => requiresOAuth),
        [false, false, true, false],
      );
      assert.deepEqual(
        servers.map(({ headers }) => headers?.Authorization),
        [undefined, 'Bearer {{LIBRECHAT_OPENID_ID_TOKEN}}', undefined, `Bearer \${IAM_IDENTITY_CENTER_TOKEN}`],
      );
    });
    await check('the schema refuses what LibreChat refuses or drops', () => {
      const [good] = snippets;
      const server = { type: 'streamable-http', url: 'http://x:3334/mcp' };
      const bad: unknown[] = [
        { ...good, mcp_servers: [] },
        { ...good, mcpServers: { cloudwatch: { ...server, type: 'http-stream' } } },
        { ...good, mcpServers: { cloudwatch: { ...server, requireOAuth: false } } },
        { ...good, mcpSettings: { allowedAdresses: ['x:3334'] } },
      ];
      for (const config of bad) assert.notDeepEqual(findFaults(config), [], JSON.stringify(config));
    });
  },
};
