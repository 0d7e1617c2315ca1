import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch-logs';
import type { LogContent, Place } from '../../data/content.ts';
import type { LogEvent, LogGroup, LogStreamSpan } from '../../data/logs/log-group.ts';
import type { Placed } from '../document.ts';
import type { ScenarioClock } from '../format/clock.ts';
import { EventTable } from '../format/event-table.ts';
import { ByPlace, type PlaceOf } from './places.ts';
import type { ReadDocument, ReadLogGroup } from './read-document.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Events are there a second after they happened. */
const INGESTION_MS = 1_000;
/** Per event, beside its message (CloudWatch Logs quotas). */
const EVENT_OVERHEAD_BYTES = 26;

/** The logs of a scenario. */
export function createScenarioLogs(
  document: ReadDocument,
  clock: ScenarioClock,
  placeOf: PlaceOf,
  linkedAccounts: (account: string) => readonly string[],
): LogContent {
  const { logGroups = [], queryDefinitions = [], anomalies = [], indexPolicies = [] } = document;
  const groups = logGroups
    .map((group) => toLogGroup(group, placeOf(group), clock))
    .sort((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)));
  const queries = new ByPlace(queryDefinitions, placeOf);
  const anomaliesAt = new ByPlace(anomalies, placeOf);
  const policies = new ByPlace(indexPolicies, placeOf);
  const detectors = new ByPlace((document.anomalyDetectors ?? []).filter(isOfLogs), placeOf);
  return {
    groups,
    linkedAccounts,
    savedQueries: (place) =>
      queries.at(place).map((query, index) => ({
        queryDefinitionId: query.queryDefinitionId ?? `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`,
        name: query.name ?? '',
        queryString: query.queryString ?? '',
        lastModifiedEpochMs: query.lastModified ?? clock.anchorEpochMs,
        logGroupNames: query.logGroupNames ?? [],
        queryLanguage: query.queryLanguage ?? 'CWLI',
      })),
    queryHistory: () => [],
    anomalies: (place) => ({ detectors: detectors.at(place), anomalies: anomaliesAt.at(place) }),
    indexedFields: (group) =>
      policies
        .at(group)
        .filter(({ logGroupIdentifier: id }) => id === group.name || id?.endsWith(`:log-group:${group.name}`))
        .map(({ policyDocument }) => readFields(policyDocument))[0],
    accountIndexPolicy: () => undefined,
  };
}

function isOfLogs(detector: object): detector is AnomalyDetector & Placed {
  return 'anomalyDetectorArn' in detector;
}

function toLogGroup(group: ReadLogGroup, place: Place, clock: ScenarioClock): LogGroup {
  const { events = new EventTable() } = group;
  const bytes = events.messages.reduce((sum, message) => sum + message.length + EVENT_OVERHEAD_BYTES, 0);
  const firstEpochMs = clock.toEpochMs(events.seconds[0] ?? 0);
  const spanMinutes = Math.max(1, ((events.seconds.at(-1) ?? 0) - (events.seconds[0] ?? 0)) / 60);
  return {
    ...place,
    name: group.logGroupName,
    logGroupClass: group.logGroupClass ?? 'STANDARD',
    creationEpochMs: Math.min(group.creationTime ?? firstEpochMs - DAY_MS, firstEpochMs),
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    storedBytes: group.storedBytes ?? bytes,
    metricFilterCount: group.metricFilterCount ?? 0,
    ...(group.kmsKeyId !== undefined && { kmsKeyId: group.kmsKeyId }),
    ...(group.dataProtectionStatus === 'ACTIVATED' && { isDataProtected: true }),
    bytesPerMinute: bytes / spanMinutes,
    logStreams: listStreams(events, clock),
    eventsOfMinute: (minuteEpochMs) => eventsBetween(events, clock, minuteEpochMs, minuteEpochMs + MINUTE_MS),
  };
}

function listStreams(events: EventTable, clock: ScenarioClock): readonly LogStreamSpan[] {
  const spans = new Map<string, { first: number; last: number }>();
  for (const [index, name] of events.streams.entries()) {
    const time = events.seconds[index] ?? 0;
    const span = spans.get(name);
    if (span === undefined) spans.set(name, { first: time, last: time });
    else span.last = time;
  }
  return [...spans].map(([name, { first, last }]) => ({
    name,
    firstEpochMs: clock.toEpochMs(first),
    lastEpochMs: clock.toEpochMs(last),
  }));
}

function eventsBetween(events: EventTable, clock: ScenarioClock, fromEpochMs: number, toEpochMs: number): LogEvent[] {
  const found: LogEvent[] = [];
  const start = firstAtOrAfter(events.seconds, (fromEpochMs - clock.anchorEpochMs) / 1000);
  for (let index = start; index < events.length; index += 1) {
    const timestampEpochMs = clock.toEpochMs(events.seconds[index] ?? 0);
    if (timestampEpochMs >= toEpochMs) break;
    found.push({
      timestampEpochMs,
      ingestionEpochMs: timestampEpochMs + INGESTION_MS,
      logStream: events.streams[index] ?? '',
      message: events.messages[index] ?? '',
      index: index - start,
    });
  }
  return found;
}

/** Index of the first time that is not earlier, by halving. */
function firstAtOrAfter(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    // Times are served in whole milliseconds.
    if (Math.round((times[middle] ?? 0) * 1000) < Math.round(time * 1000)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readFields(policyDocument = '{}'): readonly string[] {
  try {
    const { Fields: fields = [] }: { Fields?: readonly string[] } = JSON.parse(policyDocument);
    return fields;
  } catch {
    return [];
  }
}
