import type { StateValue } from '@aws-sdk/client-cloudwatch';

/** One change of state of an alarm. */
export interface Transition {
  readonly epochMs: number;
  readonly from: StateValue;
  readonly to: StateValue;
  readonly reason: string;
  /** JSON text, as in `StateReasonData`; undefined where the service gives none. */
  readonly reasonData: string | undefined;
}
