/** What the doctor says of one thing. */
export interface Finding {
  /** `unknown`: could not be checked, which alone is no failure. */
  readonly state: 'ok' | 'failed' | 'unknown';
  /** One plain sentence; for a failure *what was wrong → what to do next*. For the administrator: may hold ARNs. */
  readonly text: string;
}

export function isFailed({ state }: Finding): boolean {
  return state === 'failed';
}
