/** One vitest that stays: runs test files of the scratch copy as often as it is told to. Started by tester.ts. */
import { createVitest } from 'vitest/node';

export interface TestOrder {
  /** Absolute paths: files whose text is another than in the last run, and test files. */
  readonly changed: readonly string[];
  readonly tests: readonly string[];
}

/** Absolute paths of test files in which something failed. */
export type TestVerdict = readonly string[];

const [root = '.'] = process.argv.slice(2);
const vitest = await createVitest('test', {
  root,
  watch: false,
  bail: 1,
  globalSetup: [],
  silent: true,
  maxWorkers: 1,
  reporters: [{}],
});
const specifications = await vitest.globTestSpecifications();

async function run({ changed, tests }: TestOrder): Promise<TestVerdict> {
  for (const file of changed) vitest.invalidateFile(file);
  const wanted = new Set(tests);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    specifications.filter(({ moduleId }) => wanted.has(moduleId)),
  );
  // The result holds the modules of all runs so far.
  const failed = testModules
    .filter((module) => wanted.has(module.moduleId) && module.state() === 'failed')
    .map(({ moduleId }) => moduleId);
  return failed.length === 0 && unhandledErrors.length > 0 ? tests : failed;
}

process.on('message', (order: TestOrder) => {
  run(order).then(
    (verdict) => process.send?.(verdict),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.([]);
