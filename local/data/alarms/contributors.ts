import { createHash } from 'node:crypto';
import type { AlarmContributor, AlarmHistoryItem, AlarmType } from '@aws-sdk/client-cloudwatch';
import { SHOP } from '../../scenario.ts';
import type { AlarmRecord } from './alarm-record.ts';
import { PROMQL_ALARM_NAME } from './other-alarms.ts';

const MINUTE_MS = 60_000;

/**
 * The series behind the alarms that watch several: those that are in ALARM now.
 * @param logAlarms evaluated; all that they count comes from one version
 */
export function createContributors(
  anchorEpochMs: number,
  logAlarms: readonly AlarmRecord[],
): ReadonlyMap<string, readonly AlarmContributor[]> {
  const contributor = (attributes: Record<string, string>, reason: string, agoMs: number): AlarmContributor => ({
    ContributorId: createHash('sha256').update(JSON.stringify(attributes)).digest('hex').slice(0, 16),
    ContributorAttributes: attributes,
    StateReason: reason,
    StateTransitionedTimestamp: new Date(anchorEpochMs - agoMs),
  });
  const pod = (name: string, percent: number, agoMinutes: number): AlarmContributor =>
    contributor(
      { 'k8s.cluster.name': SHOP.eksCluster, 'k8s.namespace.name': SHOP.eksNamespace, 'k8s.pod.name': name },
      `Pending period passed: the query returned ${percent.toFixed(1)} for this series.`,
      agoMinutes * MINUTE_MS,
    );
  return new Map<string, readonly AlarmContributor[]>([
    [PROMQL_ALARM_NAME, [pod('web-7c9d8f6b5-x2x9k', 91.2, 31), pod('web-7c9d8f6b5-q7r4t', 86.7, 28)]],
    ...logAlarms.flatMap(({ name, transitions }) => {
      const last = transitions.at(-1);
      if (last?.to !== 'ALARM') return [];
      return [
        [name, [contributor({ functionVersion: '$LATEST' }, last.reason, anchorEpochMs - last.epochMs)]] as const,
      ];
    }),
  ]);
}

/** History items of the contributors themselves, newest first. */
export function createContributorHistory(
  contributors: ReadonlyMap<string, readonly AlarmContributor[]>,
): readonly AlarmHistoryItem[] {
  return [...contributors].flatMap(([alarmName, list]) => {
    const alarmType: AlarmType = alarmName === PROMQL_ALARM_NAME ? 'MetricAlarm' : 'LogAlarm';
    return list.map(
      (contributor): AlarmHistoryItem => ({
        AlarmName: alarmName,
        AlarmType: alarmType,
        AlarmContributorId: contributor.ContributorId,
        AlarmContributorAttributes: contributor.ContributorAttributes,
        Timestamp: contributor.StateTransitionedTimestamp,
        HistoryItemType: 'AlarmContributorStateUpdate',
        HistorySummary: 'Alarm contributor updated from OK to ALARM',
        HistoryData: JSON.stringify({
          version: '1.0',
          oldState: { stateValue: 'OK' },
          newState: { stateValue: 'ALARM', stateReason: contributor.StateReason },
        }),
      }),
    );
  });
}
