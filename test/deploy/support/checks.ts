/** Counts checks and prints a line for each: `ok     name (0.1 s)` or `FAILED name (0.1 s)` and why. */

export interface Checks {
  /** Resolves with whether it passed; never rejects. */
  readonly check: (name: string, run: () => unknown) => Promise<boolean>;
  /** Prints the closing line and sets the exit code. */
  readonly close: () => void;
}

export function createChecks(): Checks {
  let passed = 0;
  let failed = 0;
  return {
    async check(name, run) {
      const startedMs = performance.now();
      try {
        await run();
        passed += 1;
        console.log(`ok     ${name} (${secondsSince(startedMs)} s)`);
        return true;
      } catch (error) {
        failed += 1;
        console.log(`FAILED ${name} (${secondsSince(startedMs)} s)`);
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        console.log(text.replaceAll(/^/gm, '       '));
        return false;
      }
    },
    close() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}

function secondsSince(startedMs: number): string {
  return ((performance.now() - startedMs) / 1_000).toFixed(1);
}
