/** A reporter whose last line is the sum of the run: `N passed, N failed`, and `, N skipped` where some were. */
import type { Reporter, TestModule } from 'vitest/node';

type Errors = Parameters<NonNullable<Reporter['onTestRunEnd']>>[1];

export interface RunSum {
  readonly passed: number;
  /** Failed tests, modules that could not be loaded, and errors outside any test. */
  readonly failed: number;
  readonly skipped: number;
}

export function sumRun(modules: readonly TestModule[], errors: Errors): RunSum {
  const sum = { passed: 0, failed: errors.length, skipped: 0 };
  for (const module of modules) {
    sum.failed += module.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') sum.passed += 1;
      else if (state === 'failed') sum.failed += 1;
      else sum.skipped += 1;
    }
    for (const suite of module.children.allSuites()) sum.failed += suite.errors().length;
  }
  return sum;
}

export function formatSum({ passed, failed, skipped }: RunSum): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

export function createClosingLineReporter(): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      process.stdout.write(`${formatSum(sumRun([...modules], errors))}\n`);
    },
  };
}
