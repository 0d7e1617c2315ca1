import { pageItems } from '../cloudwatch/paging.ts';
import type { Content } from '../data/content.ts';
import type { TrailEvent } from '../data/trail/trail-event.ts';
import { awsError, type Operation } from '../types.ts';

/** Events of the last 90 days can be looked up (API reference, LookupEvents). */
const KEPT_MS = 90 * 86_400_000;
const MAX_RESULTS = 50;
const MAX_VALUE_LENGTH = 2_000;

interface LookupEventsInput {
  readonly LookupAttributes?: readonly { readonly AttributeKey?: string; readonly AttributeValue?: string }[];
  readonly StartTime?: Date;
  readonly EndTime?: Date;
  readonly EventCategory?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** What an attribute is compared with. */
const ATTRIBUTES: Readonly<Record<string, (event: TrailEvent) => readonly (string | undefined)[]>> = {
  AccessKeyId: ({ AccessKeyId }) => [AccessKeyId],
  EventId: ({ EventId }) => [EventId],
  EventName: ({ EventName }) => [EventName],
  EventSource: ({ EventSource }) => [EventSource],
  ReadOnly: ({ ReadOnly }) => [ReadOnly],
  ResourceName: ({ Resources }) => Resources.map(({ ResourceName }) => ResourceName),
  ResourceType: ({ Resources }) => Resources.map(({ ResourceType }) => ResourceType),
  Username: ({ Username }) => [Username],
};

/** CloudTrail's LookupEvents: the events of the caller's account and region, newest first, by at most one attribute. */
export function createLookupEvents(content: Pick<Content, 'trail'>): Operation {
  return (input: LookupEventsInput, { account, region, nowEpochMs }) => {
    const { NextToken, MaxResults = MAX_RESULTS, ...query } = input;
    if (!Number.isInteger(MaxResults) || MaxResults < 1 || MaxResults > MAX_RESULTS) {
      throw awsError('InvalidMaxResultsException', `MaxResults must be between 1 and ${MAX_RESULTS}.`);
    }
    const isInRange = readRange(query, nowEpochMs);
    const hasAttribute = readAttribute(query.LookupAttributes ?? []);
    const category = readCategory(query.EventCategory);
    const events = content
      .trail({ account, region })
      .filter((event) => event.category === category && isInRange(event) && hasAttribute(event));
    const page = pageItems(events, MaxResults, NextToken, [account, region, query], 'InvalidNextTokenException');
    return {
      Events: page.items.map(({ category: _category, ...event }) => event),
      ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
    };
  };
}

/** Both ends count. */
function readRange({ StartTime, EndTime }: LookupEventsInput, nowEpochMs: number): (event: TrailEvent) => boolean {
  const endEpochMs = EndTime?.getTime() ?? nowEpochMs;
  const startEpochMs = StartTime?.getTime() ?? Math.min(endEpochMs, nowEpochMs - KEPT_MS);
  if (startEpochMs > endEpochMs) {
    throw awsError('InvalidTimeRangeException', 'The specified start time is after the specified end time.');
  }
  const fromEpochMs = Math.max(startEpochMs, nowEpochMs - KEPT_MS);
  const toEpochMs = Math.min(endEpochMs, nowEpochMs);
  return ({ EventTime }) => EventTime.getTime() >= fromEpochMs && EventTime.getTime() <= toEpochMs;
}

function readAttribute(attributes: NonNullable<LookupEventsInput['LookupAttributes']>): (event: TrailEvent) => boolean {
  const [attribute, ...more] = attributes;
  if (attribute === undefined) return () => true;
  const { AttributeKey = '', AttributeValue = '' } = attribute;
  if (more.length > 0) throw refuseAttribute('The list of lookup attributes can contain only one item.');
  const read = Object.hasOwn(ATTRIBUTES, AttributeKey) ? ATTRIBUTES[AttributeKey] : undefined;
  if (read === undefined) {
    throw refuseAttribute(
      `${AttributeKey} is not a valid attribute key. Valid keys: ${Object.keys(ATTRIBUTES).join(', ')}.`,
    );
  }
  if (AttributeValue === '' || AttributeValue.length > MAX_VALUE_LENGTH) {
    throw refuseAttribute(`The value of ${AttributeKey} must have 1 to ${MAX_VALUE_LENGTH} characters.`);
  }
  return (event) => read(event).includes(AttributeValue);
}

function refuseAttribute(message: string): Error {
  return awsError('InvalidLookupAttributesException', message);
}

function readCategory(category: string | undefined): TrailEvent['category'] {
  if (category === undefined) return 'management';
  if (category === 'insight') return category;
  throw awsError('InvalidEventCategoryException', `${category} is not a valid event category. Valid values: insight.`);
}
