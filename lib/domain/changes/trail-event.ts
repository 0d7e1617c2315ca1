/** An event as CloudTrail's LookupEvents gives it. Everything but its time is foreign text. */
export interface TrailEvent {
  readonly id: string | undefined;
  /** Name of the operation, e.g. `UpdateFunctionCode20150331v2`. */
  readonly name: string;
  /** Of whole seconds. */
  readonly epochMs: number;
  /** E.g. `lambda.amazonaws.com`. */
  readonly source: string | undefined;
  /** Undefined where the service does not say. */
  readonly isReadOnly: boolean | undefined;
  readonly userName: string | undefined;
  /** Names or ARNs. */
  readonly resources: readonly string[];
  /** The whole record, JSON text. */
  readonly record: string | undefined;
}
