/** The contract between the runner (scripts/test-browser.ts) and the steps (test/browser/steps/*.ts, in the order of their names). */
import type { Checks } from '../../deploy/support/checks.ts';
import type { OpenChart } from './open-chart.ts';

export interface StepContext {
  readonly check: Checks['check'];
  readonly open: OpenChart;
  /** Screenshots, for people. */
  readonly picturesDir: string;
}

export interface Step {
  readonly title: string;
  run(context: StepContext): Promise<void>;
}
