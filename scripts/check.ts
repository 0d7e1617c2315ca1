/** `npm run check`: every rule that a machine can check, as one verdict. Runs all steps, then says which failed. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const STEPS: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: 'lockfile fits package.json', command: ['npm', 'ci', '--dry-run', '--silent'] },
  { name: 'format, lint, import boundaries', command: ['biome', 'ci', '.', '--error-on-warnings'] },
  { name: 'type-aware lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'no slow regular expression', command: ['node', 'scripts/check-patterns.mjs'] },
  { name: 'types', command: ['tsc'] },
  { name: 'types of the chart page', command: ['tsc', '-p', 'lib/domain/metrics/chart/client'] },
  { name: 'dead code and dependencies', command: ['knip', '--no-progress'] },
  { name: 'generated files', command: ['node', 'scripts/generate/generate.ts', '--check'] },
  { name: 'size of the tool list', command: ['node', 'scripts/token-cost.ts'] },
  { name: 'bundle', command: ['node', 'esbuild.config.mjs'] },
];

let failed = 0;
for (const { name, command } of STEPS) {
  const [program, ...args] = command;
  const startedMs = performance.now();
  const run = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const isOk = run.status === 0;
  console.log(`${isOk ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (isOk) continue;
  failed += 1;
  console.log(`       ${command.join(' ')}${run.error === undefined ? '' : `: ${run.error.message}`}`);
  console.log(`${run.stdout ?? ''}${run.stderr ?? ''}`);
}
console.log(`${STEPS.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
