import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, 'when-parent-ends.ts');
/** Waits for its parent's end, and says so; the timer keeps it alive meanwhile. */
const CHILD = `
  import { whenParentEnds } from ${JSON.stringify(MODULE)};
  const alive = setInterval(() => {}, 1000);
  whenParentEnds(() => { console.log('parent ended'); clearInterval(alive); });
  console.log('waiting');`;

it('notices that the shell in between has ended, as after a SIGTERM to npm', async () => {
  const shell = spawn('sh', ['-c', '"$0" --input-type=module-typescript -e "$1"; true', process.execPath, CHILD], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  while (!output.includes('waiting')) await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  // The pipe stays open until the grandchild, too, has ended.
  await once(shell.stdout, 'end');
  expect(output).toBe('waiting\nparent ended\n');
});
