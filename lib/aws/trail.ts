import { type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { TrailEvent } from '../domain/changes/trail-event.ts';
import type { AwsConnection } from './connection.ts';
import type { TrailPort } from './ports/trail.ts';

export function createTrailPort(aws: AwsConnection): TrailPort {
  return {
    async lookUpEvents({ attribute, startEpochMs, endEpochMs }, awsToken, signal) {
      const input = {
        LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
        StartTime: new Date(startEpochMs),
        EndTime: new Date(endEpochMs),
        NextToken: awsToken,
      };
      const page = await aws.call('cloudtrail:LookupEvents', signal, ({ cloudtrail }, options) =>
        cloudtrail.send(new LookupEventsCommand(input), options),
      );
      const next = page.NextToken === '' ? undefined : page.NextToken;
      return { events: (page.Events ?? []).flatMap(toEvent), awsToken: next };
    },
  };
}

/** What has no name or no time tells nothing. */
function toEvent({ EventId, EventName, EventTime, ...event }: Event): TrailEvent[] {
  if (EventName === undefined || EventTime === undefined) return [];
  return [
    {
      id: EventId,
      name: EventName,
      epochMs: EventTime.getTime(),
      source: event.EventSource,
      isReadOnly: event.ReadOnly === undefined ? undefined : event.ReadOnly === 'true',
      userName: event.Username,
      resources: (event.Resources ?? []).flatMap(({ ResourceName }) => ResourceName ?? []),
      record: event.CloudTrailEvent,
    },
  ];
}
