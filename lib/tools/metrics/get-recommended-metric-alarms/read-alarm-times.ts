/** The times in which alarms on the same resource were in ALARM. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { AlarmTime } from '../../../domain/alarms/advice/known-incidents.ts';
import { type Alarm, stateSinceEpochMs } from '../../../domain/alarms/alarm.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { readBands } from '../get-metric-chart/read-alarms.ts';

/** Each is a call of its own: the history of one alarm. */
const MAX_HISTORIES = 5;

export interface AlarmTimes {
  readonly times: readonly AlarmTime[];
  readonly warnings: readonly string[];
}

/**
 * ALARM times of the alarms on the metric's resource that changed in the range, or are in ALARM; those that changed last
 * first. What led to an ALARM lies before it, so each begins as much earlier as the alarm looks back.
 */
export async function readAlarmTimes(
  port: AlarmsPort,
  alarms: readonly Alarm[],
  range: TimeRange,
  context: ToolContext,
): Promise<AlarmTimes> {
  const changed = alarms
    .filter((alarm) => alarm.state === 'ALARM' || stateSinceEpochMs(alarm) >= range.startEpochMs)
    .toSorted((a, b) => stateSinceEpochMs(b) - stateSinceEpochMs(a));
  const byName = new Map(changed.map((alarm) => [alarm.name, alarm]));
  const { bands, warnings } = await readBands(port, [...byName.values()].slice(0, MAX_HISTORIES), range, context);
  const left = byName.size - MAX_HISTORIES;
  return {
    times: bands
      .filter(({ state }) => state === 'ALARM')
      .map(({ label, startEpochMs, endEpochMs }) => ({
        alarmName: label,
        startEpochMs: startEpochMs - lookBackMs(byName.get(label)),
        endEpochMs,
      })),
    warnings: [
      ...warnings,
      ...(left > 0 ? [`ALARM times of ${left} more alarms on this resource were not looked at.`] : []),
    ],
  };
}

function lookBackMs(alarm: Alarm | undefined): number {
  const { periodSeconds = 0, evaluationPeriods = 0 } = alarm?.condition ?? {};
  return periodSeconds * evaluationPeriods * SECOND_MS;
}
