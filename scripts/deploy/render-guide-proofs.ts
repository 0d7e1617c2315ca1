/** docs/DEPLOYMENT_EKS.md → docs/guide-proofs.md: every command of the guide with what proves it. With `--check` compares instead. */
import '../assert-node.mjs';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBlocks, readCommands } from '../../test/deploy/support/guide.ts';
import { findProof } from '../../test/deploy/support/guide-proofs.ts';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const TARGET = join(DOCS, 'guide-proofs.md');
const MAX_COMMAND_CHARS = 110;
const HEAD = `# What proves each command of the guide

Generated from [DEPLOYMENT_EKS.md](DEPLOYMENT_EKS.md) by \`node scripts/deploy/render-guide-proofs.ts\`. Steps stand under \`test/deploy\`; \`npm run test:deploy\` and
\`npm run test:kube\` run all of them, \`npm test\` the others. A command without a proof says why only a real account or cluster can show it.

| line | command | proof | how |
| --- | --- | --- | --- |
`;

function render(): string {
  const guide = readFileSync(join(DOCS, 'DEPLOYMENT_EKS.md'), 'utf8');
  const rows = readBlocks(guide, ['bash']).flatMap((block) =>
    readCommands(block).map((command) => {
      const proof = findProof(command);
      const text = command.words.join(' ').replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
      if (proof === undefined) throw new Error(`line ${command.line}: nothing proves "${text}" → guide-proofs.ts`);
      const shown = text.length > MAX_COMMAND_CHARS ? `${text.slice(0, MAX_COMMAND_CHARS)}…` : text;
      return `| ${command.line} | \`${shown}\` | ${proof.by === undefined ? '—' : `\`${proof.by}\``} | ${proof.how} |\n`;
    }),
  );
  return HEAD + rows.join('');
}

const text = render();
if (process.argv.includes('--check')) {
  if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== text) {
    console.error('docs/guide-proofs.md is out of date → node scripts/deploy/render-guide-proofs.ts');
    process.exitCode = 1;
  }
} else writeFileSync(TARGET, text);
