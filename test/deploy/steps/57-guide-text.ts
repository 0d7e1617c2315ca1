/** docs/DEPLOYMENT_EKS.md as a text: every heading of the platform team's guide, every block with its mark, blocks that parse. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tryCommand } from '../support/command.ts';
import { CREATE_REPOSITORY } from '../support/ecr-command.ts';
import type { Step } from '../support/step.ts';

const GUIDE = 'docs/DEPLOYMENT_EKS.md';
const MARK = /^\*(Checked|Needs AWS|Needs the cluster)\b/;
const MIN_BLOCKS = 45;

interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
  /** The first line of text after the block. */
  readonly next: string;
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
      next: lines.slice(end + 1).find((line) => line !== '') ?? '',
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
    await check('marks every block as checked or as needing AWS or the cluster', () => {
      assert(blocks.length >= MIN_BLOCKS, String(blocks.length));
      assert.deepEqual(
        blocks.filter(({ next }) => !MARK.test(next)).map(({ line }) => line),
        [],
      );
    });
    await check('calls no block checked that only a cluster could run', () => {
      const remote = /^\s*(kubectl (get|describe|logs|rollout|set|annotate|patch|top|apply)|aws |eksctl )/m;
      const boasting = blocks.filter(({ text, next }) => next.startsWith('*Checked') && remote.test(text));
      assert.deepEqual(
        boasting.map(({ text }) => text).filter((text) => !text.includes('--version')),
        [],
      );
    });
    await check('every shell block parses', async () => {
      for (const block of blocks.filter(({ language }) => language === 'bash')) await assertShell(block);
      await assert.rejects(assertShell({ language: 'bash', text: 'if true; then', line: 1, next: '' }));
    });
    await check('shows the trust policy of iam/', async () => {
      const [shown] = blocks
        .filter(({ language }) => language === 'json')
        .map(({ text }) => JSON.parse(text) as unknown);
      const file = JSON.parse(await readFile(join(root, 'iam/trust-policy.json'), 'utf8')) as { Statement: unknown[] };
      assert.deepEqual(shown, { ...file, Statement: file.Statement.slice(0, 1) });
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
