/** docs/DEPLOYMENT_EKS.md as a text: every heading of the platform team's guide, a proof for every command, blocks that parse. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../support/command.ts';
import { CREATE_REPOSITORY } from '../support/ecr-command.ts';
import { readBlocks as readBlocksOf, readCommands } from '../support/guide.ts';
import { findProof } from '../support/guide-proofs.ts';
import type { Step } from '../support/step.ts';

const GUIDE = 'docs/DEPLOYMENT_EKS.md';
const MAX_LINES = 800;
const MIN_BLOCKS = 45;

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function readBlocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const fences = lines.flatMap((line, index) => (line.startsWith('```') ? [index] : []));
  return fences.flatMap((start, place) => {
    const end = fences[place + 1];
    if (place % 2 === 1 || end === undefined) return [];
    return {
      language: lines[start]?.slice(3) ?? '',
      text: lines.slice(start + 1, end).join('\n'),
      line: start + 1,
    };
  });
}

function listHeadings(markdown: string): string[] {
  return markdown
    .replaceAll(/^```[\s\S]*?^```/gm, '')
    .split('\n')
    .filter((line) => line.startsWith('#'));
}

async function assertShell({ text, line }: Block): Promise<void> {
  const { code, stderr } = await tryCommand('bash', ['-n'], { input: text.replaceAll(/<[a-z-]+>/g, 'NAME') });
  assert.equal(code, 0, `line ${line}: ${stderr}`);
}

export const step: Step = {
  title: 'The guide as a text',
  needs: [],
  async run({ root, check }) {
    const guide = await readFile(join(root, GUIDE), 'utf8');
    const blocks = readBlocks(guide);
    await check('has the headings of the guide of the platform team, in their order', async () => {
      const expected = (await readFile(join(root, 'test/deploy/guide-headings.txt'), 'utf8')).trim().split('\n');
      assert.equal(expected.length, 57);
      assert.deepEqual(listHeadings(guide), expected);
    });
    await check(`is a reference of at most ${MAX_LINES} lines`, () => {
      assert(blocks.length >= MIN_BLOCKS, String(blocks.length));
      assert(guide.trimEnd().split('\n').length <= MAX_LINES);
    });
    await check('names a proof for every command, or why there is none', () =>
      runCommand(process.execPath, [join(root, 'scripts/deploy/render-guide-proofs.ts'), '--check']),
    );
    await check('the proofs are there, and .ci/run runs them', async () => {
      const ci = await readFile(join(root, '.ci/run'), 'utf8');
      const commands = readBlocksOf(guide, ['bash']).flatMap(readCommands);
      for (const by of new Set(commands.map((command) => findProof(command)?.by ?? ''))) {
        if (by === '') continue;
        const isHere = by.startsWith('test/');
        assert(existsSync(join(root, isHere ? by : `test/deploy/${by}`)), by);
        const suite = by.startsWith('kube/') ? 'npm run test:kube' : isHere ? 'npm test' : 'npm run test:deploy';
        assert(ci.includes(`run_counted ${suite}\n`), suite);
      }
    });
    await check('every shell block parses', async () => {
      for (const block of blocks.filter(({ language }) => language === 'bash')) await assertShell(block);
      await assert.rejects(assertShell({ language: 'bash', text: 'if true; then', line: 1 }));
    });
    await check('shows the trust policy of iam/', async () => {
      const [shown] = blocks
        .filter(({ language }) => language === 'json')
        .map(({ text }) => JSON.parse(text) as unknown);
      const file = JSON.parse(await readFile(join(root, 'iam/trust-policy.json'), 'utf8')) as { Statement: unknown[] };
      assert.deepEqual(shown, { ...file, Statement: file.Statement.slice(0, 1) });
    });
    await check('IAM_IDENTITY_CENTER_SETUP.md shows the documents of iam/, and names no other role', async () => {
      const page = await readFile(join(root, 'docs/IAM_IDENTITY_CENTER_SETUP.md'), 'utf8');
      const shown = readBlocks(page).filter(({ language }) => language === 'json');
      const files = ['iam/trust-policy.json', 'iam/trust-policy-assume-role.json'];
      const [trust, ofPod] = await Promise.all(
        files.map(async (file) => JSON.parse(await readFile(join(root, file), 'utf8')) as { Statement: unknown[] }),
      );
      assert.deepEqual(
        shown.map(({ text }) => JSON.parse(text) as unknown),
        [{ ...trust, Statement: trust?.Statement.slice(0, 1) }, ofPod],
      );
      const roles = new Set(
        [...page.matchAll(/\bCloudWatchMCP\w*Role\b|role\/(\w+)/g)].map(([name, role]) => role ?? name),
      );
      assert.deepEqual([...roles].sort(), ['CloudWatchMCPPodRole', 'CloudWatchMCPRole']);
    });
    await check('shows the call that scripts/deploy/create-ecr.sh makes', () => {
      const calls = blocks.map(({ text }) => text.replaceAll(/\\\n\s*/g, ''));
      assert(calls.includes(CREATE_REPOSITORY), CREATE_REPOSITORY);
    });
    await check('the pages that the guide refers to are where it says', async () => {
      for (const path of ['IAM_IDENTITY_CENTER_SETUP.md', 'AUTHENTICATION_CHANGES_REVIEW.md']) {
        const pointer = await readFile(join(root, path), 'utf8');
        assert(pointer.includes(`docs/${path}`), path);
      }
      for (const path of ['docs/AUTHENTICATION_CHANGES_REVIEW.md', 'k8s/jarvis-demo/README.md', 'README.md'])
        assert((await readFile(join(root, path), 'utf8')).length > 0, path);
    });
  },
};
