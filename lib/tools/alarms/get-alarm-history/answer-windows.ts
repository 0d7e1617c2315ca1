/** The times that an alarm's history makes worth looking at. */
import { z } from 'zod';
import type { Alarm } from '../../../domain/alarms/alarm.ts';
import type { StateChange } from '../../../domain/alarms/alarm-history.ts';
import {
  type AlarmSpan,
  findInvestigationWindows,
  type InvestigationWindow,
} from '../../../domain/alarms/alarm-windows.ts';
import { nounOf } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime } from '../../../domain/time.ts';
import type { AlarmHistory } from './read.ts';

const MAX_WINDOWS = 10;
/** For alarms that have no period, such as composite ones. */
const DEFAULT_SPAN: AlarmSpan = { periodSeconds: 300, evaluationPeriods: 1 };

export const windowOutput = z.object({
  start_time: z.string(),
  end_time: z.string(),
  changes: z.int(),
  alarms: z.array(z.string()).describe('that changed in it, first one first'),
});

/** Period and evaluation periods of an alarm; of its entries where the alarm was deleted. */
export function spanOf(alarm: Alarm | undefined, changes: readonly StateChange[]): AlarmSpan {
  const evaluated = changes.map(({ reasonData }) => reasonData.periodSeconds).find((seconds) => seconds !== undefined);
  return {
    periodSeconds: alarm?.condition.periodSeconds ?? evaluated ?? DEFAULT_SPAN.periodSeconds,
    evaluationPeriods: alarm?.condition.evaluationPeriods ?? DEFAULT_SPAN.evaluationPeriods,
  };
}

/** Newest first, at most ten. */
export function findWindows(history: AlarmHistory, nowEpochMs: number): readonly InvestigationWindow[] {
  const changes = [...history.changes, ...history.componentChanges];
  const alarms = new Map(
    [...history.components, ...(history.alarm === undefined ? [] : [history.alarm])].map((alarm) => [
      alarm.name,
      alarm,
    ]),
  );
  const spans = new Map(
    [...Map.groupBy(changes, ({ alarmName }) => alarmName)].map(([name, own]) => [name, spanOf(alarms.get(name), own)]),
  );
  return findInvestigationWindows(changes, (name) => spans.get(name) ?? DEFAULT_SPAN, nowEpochMs)
    .toReversed()
    .slice(0, MAX_WINDOWS);
}

/** The alarms that changed in a window, the first one first; then the alarm that was asked about. */
export function changedFirst(history: AlarmHistory, window: InvestigationWindow): readonly Alarm[] {
  const known = [...history.components, ...(history.alarm === undefined ? [] : [history.alarm])];
  const changed = window.alarmNames.flatMap((name) => known.find((alarm) => alarm.name === name) ?? []);
  return [...new Set([...changed, ...known.slice(-1)])];
}

export function describeWindow(window: InvestigationWindow): string {
  const length = formatDuration(window.endEpochMs - window.startEpochMs);
  const alarms = window.alarmNames.length > 1 ? ` of ${window.alarmNames.length} alarms` : '';
  return `start_time="${formatTime(window.startEpochMs)}" end_time="${formatTime(window.endEpochMs)}" (${length}; ${window.changes} ${nounOf(window.changes, 'change')}${alarms})`;
}

export function toWindowOutput(window: InvestigationWindow): z.input<typeof windowOutput> {
  return {
    start_time: formatTime(window.startEpochMs),
    end_time: formatTime(window.endEpochMs),
    changes: window.changes,
    alarms: [...window.alarmNames],
  };
}
