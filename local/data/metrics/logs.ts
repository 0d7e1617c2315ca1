import type { LogGroup } from '../logs/log-group.ts';
import { type MetricModel, sampleMetric } from '../metric-model.ts';

interface Volume {
  readonly bytes: number;
  readonly events: number;
}

/**
 * `IncomingBytes` and `IncomingLogEvents` of each log group, counted from its own events: the sums of a range are what a
 * query over the range finds, for every group that keeps all its events.
 */
export function createLogMetrics(groups: readonly LogGroup[]): readonly MetricModel[] {
  return groups.flatMap((group) => {
    const volumeAt = rememberVolumes(group);
    const metric = (metricName: string, unit: string, value: (volume: Volume) => number): MetricModel => {
      const dimensions = [{ name: 'LogGroupName', value: group.name }];
      const name = { namespace: 'AWS/Logs', metricName, dimensions, unit, publishingPeriodSeconds: 60 };
      return sampleMetric(name, (minuteEpochMs, sink) => {
        const volume = volumeAt(minuteEpochMs);
        if (volume.events > 0) sink(value(volume), 1);
      });
    };
    return [
      metric('IncomingBytes', 'Bytes', ({ bytes }) => bytes),
      metric('IncomingLogEvents', 'Count', ({ events }) => events),
    ];
  });
}

/** A minute never changes, and making its events costs more than remembering their size. */
function rememberVolumes(group: LogGroup): (minuteEpochMs: number) => Volume {
  const known = new Map<number, Volume>();
  return (minuteEpochMs) => {
    let volume = known.get(minuteEpochMs);
    if (volume === undefined) {
      const events = group.eventsOfMinute(minuteEpochMs);
      const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
      volume = { bytes, events: events.length };
      known.set(minuteEpochMs, volume);
    }
    return volume;
  };
}
