import { defineConfig } from 'vitest/config';
import { createClosingLineReporter } from './test/support/closing-line.ts';
import { SlowFirst } from './test/support/slow-first.ts';

/** For what hangs; a busy machine with one core needs some tens of seconds for the largest. */
const TEST_TIMEOUT_MS = 90_000;
const MAX_WORKERS = 4;
const MAX_CONCURRENCY = 20;

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/support/global-setup.ts'],
    // Most of the time goes into waiting (back-off of the SDK, running queries), so more workers than cores pay.
    maxWorkers: MAX_WORKERS,
    // Of tests within a file that are marked concurrent: they wait for the SDK's back-off too.
    maxConcurrency: MAX_CONCURRENCY,
    // No test mocks a module or changes a global for good, so files may share a worker, and load the AWS SDK once.
    isolate: false,
    sequence: { sequencer: SlowFirst },
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    // The default of a second is a race on a busy machine.
    expect: { poll: { timeout: TEST_TIMEOUT_MS } },
    // The closing line must come last, so its reporter is last.
    reporters: ['default', createClosingLineReporter()],
  },
});
