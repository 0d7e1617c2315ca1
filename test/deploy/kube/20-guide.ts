/** Every kubectl command of the guide that needs no kubelet, as it stands there and in its order, against a real API server. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { tryCommand } from '../support/command.ts';
import { type Command, readBlocks, readCommands } from '../support/guide.ts';
import { isForCluster } from '../support/guide-proofs.ts';
import type { Step } from '../support/step.ts';
import { waitFor } from '../support/wait-for.ts';

const MIN_COMMANDS = 40;
const READY_MS = 60_000;
/** A watch has no end of its own. */
const WATCH_MS = 3_000;

interface Placed extends Command {
  /** Folder that the block has gone to before. */
  readonly folder: string;
}

function listCommands(markdown: string): Placed[] {
  return readBlocks(markdown, ['bash']).flatMap((block) => {
    let folder = '';
    return readCommands(block).flatMap((command) => {
      if (command.words[0] === 'cd') folder = command.words[1] ?? '';
      return isForCluster(command) ? [{ ...command, folder }] : [];
    });
  });
}

const isCreate = ({ words }: Command): boolean => words[1] === 'create' || words[1] === 'apply';

async function run(cluster: Cluster, root: string, { words, folder }: Placed): Promise<void> {
  const pods = await cluster.api.get('/api/v1/namespaces/jarvis-demo/pods?labelSelector=app%3Dcloudwatch-mcp');
  const pod = (pods.items[0]?.metadata.name ?? '<none>') as string;
  const [program = '', ...args] = words.map((word) =>
    word.replace('$(date +%s)', String(Math.floor(Date.now() / 1_000))).replace('<pod-name>', pod),
  );
  const isWatch = args.includes('-w');
  const { code, stdout, stderr } = await tryCommand(program, args, {
    cwd: join(root, folder),
    env: { KUBECONFIG: cluster.kubeconfig('admin') },
    ...(isWatch && { timeoutMs: WATCH_MS }),
  });
  // A watch is ended from outside, which is no exit code of its own.
  if (!isWatch) assert.equal(code, 0, `${words.join(' ')}: ${stderr}`);
  // There is no operator here, so nobody has pods in its namespace.
  if (words.includes('external-secrets-system')) return;
  assert.notEqual(stdout, '', words.join(' '));
  assert.doesNotMatch(stderr, /error|not found|No resources/i);
}

export const step: Step = {
  title: 'the guide, command by command',
  needs: ['go', 'etcd', 'openssl', 'jq'],
  async run(context) {
    const { check, root } = context;
    const cluster = await startCluster(context);
    const commands = listCommands(await readFile(join(root, 'docs/DEPLOYMENT_EKS.md'), 'utf8'));
    await check(`there are at least ${MIN_COMMANDS} of them`, () => {
      assert(commands.length >= MIN_COMMANDS, String(commands.length));
      assert.equal(commands.filter(isCreate).length, 2);
    });
    // The chapter on secrets looks at objects that the chapter on deployment makes.
    for (const command of [...commands.filter(isCreate), ...commands.filter((other) => !isCreate(other))]) {
      const text = command.words.join(' ').replaceAll(/\s+/g, ' ').slice(0, 110);
      if (command.words.some((word) => ['undo', 'pods', 'pod'].includes(word))) await settle(cluster);
      await check(`line ${command.line}: ${text}`, () => run(cluster, root, command));
    }
  },
};

/** Revisions and events are there once the controllers have seen the change before. */
async function settle(cluster: Cluster): Promise<void> {
  await waitFor('rollout', READY_MS, async () => {
    const { status, metadata, spec } = await cluster.api.get(
      '/apis/apps/v1/namespaces/jarvis-demo/deployments/cloudwatch-mcp',
    );
    assert.equal(status.observedGeneration, metadata.generation);
    assert.equal(status.updatedReplicas, spec.replicas);
    assert.equal(status.readyReplicas, spec.replicas);
    // Those that were replaced are gone.
    const pods = await cluster.api.get('/api/v1/namespaces/jarvis-demo/pods?labelSelector=app%3Dcloudwatch-mcp');
    assert.equal(pods.items.length, spec.replicas);
  });
}
