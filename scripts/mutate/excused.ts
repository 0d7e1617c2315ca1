/** Changes that no test can notice, each with its reason. `npm run mutate` does not try them; docs/testing.md lists them. */

export interface Excuse {
  readonly file: string;
  /** The line of the file that the change is made in, without its indentation. */
  readonly line: string;
  /** What is written there instead of what. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export const EXCUSED: readonly Excuse[] = [];
