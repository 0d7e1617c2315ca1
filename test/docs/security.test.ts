import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readTable, readText } from './markdown.ts';

/** Tests, and what proves a control elsewhere: a step of test:deploy, the check of every commit. */
const PROOFS = ['adapters', 'handlers', 'lib', 'test', 'scripts']
  .flatMap((tree) =>
    readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' }).map((path) => `${tree}/${path}`),
  )
  .filter((path) => /\.test\.ts$|^test\/deploy\/steps\/.+\.ts$|^scripts\/check[^/]*$/.test(path));

describe('the table of threats in SECURITY.md', () => {
  const threats = readTable(readText('SECURITY.md'), 'threat');

  it('has a control for each', () => {
    expect(threats.length).toBeGreaterThan(15);
    expect(threats.filter(([, control = '']) => control.trim() === '')).toEqual([]);
  });

  it.each(threats.map(([threat = '', , , tests = '']) => [threat, tests] as const))(
    '%s: its tests exist',
    (_, tests) => {
      const named = tests.split(',').map((name) => name.trim());
      const missing = named.filter((name) => {
        const isFolder = PROOFS.some((path) => path.startsWith(`${name}/`));
        return name === '' || !(isFolder || PROOFS.some((path) => path === name || path.startsWith(`${name}.`)));
      });
      expect(missing).toEqual([]);
    },
  );
});
