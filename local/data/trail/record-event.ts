import { createHash } from 'node:crypto';
import type { TrailEvent, TrailResource } from './trail-event.ts';

/** What is known of an event; the rest follows from it. */
export interface KnownEvent {
  readonly EventId?: string;
  readonly EventName: string;
  readonly ReadOnly?: string;
  readonly AccessKeyId?: string;
  readonly EventTime: Date;
  readonly EventSource?: string;
  readonly Username?: string;
  readonly Resources?: readonly TrailResource[];
  /** Members of the record; they win over what follows. */
  readonly CloudTrailEvent?: object;
}

/** Where it was recorded. */
export interface TrailPlace {
  /** 12-digit id. */
  readonly account: string;
  readonly region: string;
}

/** Names of operations that change nothing. */
const READS = /^(Get|List|Describe|Lookup|Search|Query|Scan|Head|BatchGet|Assume|Decode)/;

/**
 * Makes the event that LookupEvents gives, with the members of its record that CloudTrail always writes (User Guide,
 * "CloudTrail record contents").
 */
export function recordEvent(known: KnownEvent, place: TrailPlace): TrailEvent {
  const { EventName, EventSource, AccessKeyId, Username, Resources = [], CloudTrailEvent: given } = known;
  const EventTime = new Date(Math.floor(known.EventTime.getTime() / 1000) * 1000);
  const EventId = known.EventId ?? nameEvent([place.account, place.region, known]);
  const isRead = (known.ReadOnly ?? String(READS.test(EventName))) === 'true';
  const record = {
    eventVersion: '1.11',
    eventTime: EventTime.toISOString().replace('.000Z', 'Z'),
    ...(EventSource !== undefined && { eventSource: EventSource }),
    eventName: EventName,
    awsRegion: place.region,
    eventID: EventId,
    readOnly: isRead,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: place.account,
    eventCategory: 'Management',
    ...given,
  };
  return {
    EventId,
    EventName,
    ReadOnly: isRead ? 'true' : 'false',
    ...(AccessKeyId !== undefined && { AccessKeyId }),
    EventTime,
    ...(EventSource !== undefined && { EventSource }),
    ...(Username !== undefined && { Username }),
    Resources,
    CloudTrailEvent: JSON.stringify(record),
    category: record.eventCategory === 'Insight' ? 'insight' : 'management',
  };
}

/** Newest first, as CloudTrail gives them; of one second in the given order. */
export function sortTrail(events: readonly TrailEvent[]): readonly TrailEvent[] {
  return events.toSorted((left, right) => right.EventTime.getTime() - left.EventTime.getTime());
}

/** An id in the form of a UUID that is the same for the same event. */
function nameEvent(parts: readonly unknown[]): string {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
