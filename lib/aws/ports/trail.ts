/** What tools may ask of CloudTrail, in one account and region: who changed what. */
import type { TrailEvent } from '../../domain/changes/trail-event.ts';

/** LookupEvents compares one attribute, byte for byte. */
export interface TrailAttribute {
  readonly key: 'ResourceName' | 'EventSource' | 'EventName' | 'ReadOnly';
  /** At most 2,000 characters. */
  readonly value: string;
}

export interface TrailQuery {
  readonly attribute: TrailAttribute;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

export interface TrailPage {
  readonly events: readonly TrailEvent[];
  /** Undefined at the end of the list. */
  readonly awsToken: string | undefined;
}

export interface TrailPort {
  /**
   * Management events of the last 90 days, newest first, at most 50. They arrive minutes late. AWS takes two calls a second,
   * account and region (LookupEvents, API reference).
   * @param awsToken of the page before, with the same query
   */
  lookUpEvents(query: TrailQuery, awsToken: string | undefined, signal: AbortSignal): Promise<TrailPage>;
}
