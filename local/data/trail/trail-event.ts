/** An event as CloudTrail's LookupEvents gives it (API reference, Event). */
export interface TrailEvent {
  readonly EventId: string;
  readonly EventName: string;
  readonly ReadOnly: 'true' | 'false';
  readonly AccessKeyId?: string;
  /** Whole seconds. */
  readonly EventTime: Date;
  readonly EventSource?: string;
  readonly Username?: string;
  readonly Resources: readonly TrailResource[];
  /** The whole record, as JSON text. */
  readonly CloudTrailEvent: string;
  /** CloudTrail Insights events are looked up by a category of their own; all others are management events. */
  readonly category: 'insight' | 'management';
}

export interface TrailResource {
  readonly ResourceType?: string;
  readonly ResourceName?: string;
}
