/** The contract between the runner (run-steps.ts) and the step files (run in the order of their names). */
import type { ToolName } from './tools.ts';

export interface StepContext {
  /** Root of the repository. */
  readonly root: string;
  /** A folder of this run, outside of the repository; removed at the end. */
  readonly workDir: string;
  /** Runs one check and prints ok, or FAILED with what it threw. Never rejects; resolves with whether it passed. */
  readonly check: (name: string, run: () => unknown) => Promise<boolean>;
  /** To be done at the end of the step, last first, whatever happened. */
  readonly onCleanup: (clean: () => unknown) => void;
}

/** Each file exports one as `step`. What `run` throws outside of a check counts as one failure. */
export interface Step<Need extends string = ToolName> {
  readonly title: string;
  /** A tool that is missing and cannot be installed fails the step: nothing of it counts as passed. */
  readonly needs: readonly Need[];
  run(context: StepContext): Promise<void>;
}
