/** The catalogue costs a start nothing: in a process of its own, since others here have asked it before. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = `
  let rows = 0;
  const split = String.prototype.split;
  String.prototype.split = function (...args) {
    if (args[0] === '~') rows += 1;
    return split.apply(this, args);
  };
  await import('./lib/mcp/registry.ts');
  const atStart = rows;
  const { readCatalogue } = await import('./lib/domain/metrics/catalogue/metric-catalogue.ts');
  const namespaces = readCatalogue().size;
  const once = rows;
  readCatalogue();
  console.log(JSON.stringify({ atStart, namespaces, once, twice: rows }));`;

it('is parsed when it is first asked for, once, and by no tool that is only loaded', async () => {
  const root = join(import.meta.dirname, '../../../..');
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: root,
  });
  const { atStart, namespaces, once, twice } = JSON.parse(stdout);
  expect(atStart).toBe(0);
  expect(namespaces).toBeGreaterThan(80);
  expect(once).toBe(namespaces);
  expect(twice).toBe(once);
});
