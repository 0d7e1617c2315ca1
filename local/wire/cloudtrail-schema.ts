/**
 * The schema of CloudTrail's LookupEvents (API reference), in the form in which the SDK's clients export theirs: this
 * repository has no client of CloudTrail.
 */
import type { StaticErrorSchema, StaticListSchema, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

const NAMESPACE = 'com.amazonaws.cloudtrail';
const [TEXT, NUMBER, TIME] = [0, 1, 4] as const;

const lookupAttribute: StaticStructureSchema = [
  3,
  NAMESPACE,
  'LookupAttribute',
  0,
  ['AttributeKey', 'AttributeValue'],
  [TEXT, TEXT],
];
const lookupAttributes: StaticListSchema = [1, NAMESPACE, 'LookupAttributesList', 0, () => lookupAttribute];
const lookupEventsRequest: StaticStructureSchema = [
  3,
  NAMESPACE,
  'LookupEventsRequest',
  0,
  ['LookupAttributes', 'StartTime', 'EndTime', 'EventCategory', 'MaxResults', 'NextToken'],
  [() => lookupAttributes, TIME, TIME, TEXT, NUMBER, TEXT],
];

const resource: StaticStructureSchema = [3, NAMESPACE, 'Resource', 0, ['ResourceType', 'ResourceName'], [TEXT, TEXT]];
const resources: StaticListSchema = [1, NAMESPACE, 'ResourceList', 0, () => resource];
const event: StaticStructureSchema = [
  3,
  NAMESPACE,
  'Event',
  0,
  [
    'EventId',
    'EventName',
    'ReadOnly',
    'AccessKeyId',
    'EventTime',
    'EventSource',
    'Username',
    'Resources',
    'CloudTrailEvent',
  ],
  [TEXT, TEXT, TEXT, TEXT, TIME, TEXT, TEXT, () => resources, TEXT],
];
const events: StaticListSchema = [1, NAMESPACE, 'EventsList', 0, () => event];
const lookupEventsResponse: StaticStructureSchema = [
  3,
  NAMESPACE,
  'LookupEventsResponse',
  0,
  ['Events', 'NextToken'],
  [() => events, TEXT],
];

const lookupEvents: StaticOperationSchema = [
  9,
  NAMESPACE,
  'LookupEvents',
  0,
  () => lookupEventsRequest,
  () => lookupEventsResponse,
];

const refusals = [
  'InvalidEventCategoryException',
  'InvalidLookupAttributesException',
  'InvalidMaxResultsException',
  'InvalidNextTokenException',
  'InvalidTimeRangeException',
].map((name): StaticErrorSchema => [-3, NAMESPACE, name, { error: 'client', httpError: 400 }, ['Message'], [TEXT]]);

/** Operations and errors, as the exports of a client would have them. */
export const CLOUDTRAIL = [lookupEvents, ...refusals];
