import { defineConfig } from 'vitest/config';
import { createClosingLineReporter } from './test/support/closing-line.ts';

const TEST_TIMEOUT_MS = 20_000;

export default defineConfig({
  test: {
    environment: 'node',
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: TEST_TIMEOUT_MS,
    hookTimeout: TEST_TIMEOUT_MS,
    // The closing line must come last, so its reporter is last.
    reporters: ['default', createClosingLineReporter()],
  },
});
