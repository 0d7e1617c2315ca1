import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readImportGraph } from './related-tests.ts';

const TREE = {
  'lib/auth/unit.ts': '',
  'lib/auth/user.ts': "import { unit } from './unit.ts';",
  'lib/auth/unit.test.ts': "import { unit } from './unit.ts';",
  'lib/auth/a.test.ts': "import { unit } from './unit.ts';",
  'lib/auth/user.test.ts': "import './user.ts';",
  'lib/app.ts': "export * from './auth/user.ts';",
  'test/auth/far.test.ts': "import { app } from '../../lib/app.ts';",
  'test/http/farther.test.ts': "const { app } = await import('../../lib/app.ts');",
  'test/http/near.test.ts': "import { unit } from '../../lib/auth/unit.ts';",
  'test/http/types.test.ts': "import type { Unit } from '../../lib/auth/unit.ts';",
  'test/http/bundle.test.ts': "import { app } from '../../lib/app.ts';\ninject('bundlePath');",
};

const root = mkdtempSync(join(tmpdir(), 'related-tests-'));
for (const [file, text] of Object.entries(TREE)) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
afterAll(() => rmSync(root, { recursive: true }));

it('names the tests that run a file, its own and those of its subject first, then by the imports in between', () => {
  const graph = readImportGraph(root, Object.keys(TREE));
  expect(graph.testsOf('lib/auth/unit.ts')).toEqual([
    'lib/auth/unit.test.ts',
    'lib/auth/a.test.ts',
    'lib/auth/user.test.ts',
    'test/auth/far.test.ts',
    'test/http/near.test.ts',
    'test/http/farther.test.ts',
  ]);
  expect(graph.testsOf('lib/auth/nobody.ts')).toEqual([]);
});
