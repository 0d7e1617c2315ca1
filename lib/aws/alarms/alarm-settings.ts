/** Settings of alarms that tell when one is evaluated and what it sends, in words; one line each. */
import type { CompositeAlarm, LogAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { cleanLine } from '../../domain/text/clean-text.ts';
import { formatDuration, MINUTE_MS, SECOND_MS } from '../../domain/time.ts';

/** Empty where everything is as it is by default. */
export function describeSettings(alarm: MetricAlarm | CompositeAlarm | LogAlarm): readonly string[] {
  return [
    ...('EvaluationWindow' in alarm ? describeWindow(alarm) : []),
    ...('WarmUpConfiguration' in alarm ? describeWarmUp(alarm.WarmUpConfiguration) : []),
    ...('EvaluateLowSampleCountPercentile' in alarm ? describeLowSamples(alarm) : []),
    ...('EvaluationInterval' in alarm ? describePace(alarm) : []),
    ...('ScheduledQueryConfiguration' in alarm ? describeLogSettings(alarm) : []),
    ...(alarm.ActionConfiguration?.AlarmTagsPropagation === undefined
      ? []
      : [`tags in notifications: ${JSON.stringify(alarm.ActionConfiguration.AlarmTagsPropagation)}`]),
  ].map(cleanLine);
}

function describeWindow({ EvaluationWindow: window }: MetricAlarm): string[] {
  const wallClock = window?.WallClockWindow;
  return wallClock === undefined
    ? []
    : [
        `evaluated by the wall clock in ${wallClock.Timezone ?? 'UTC'}: its periods begin with the minute, hour, day or week there`,
      ];
}

function describeWarmUp(warmUp: MetricAlarm['WarmUpConfiguration']): string[] {
  const minutes = warmUp?.WarmUpPeriodDurationInMinutes;
  if (minutes === undefined) return [];
  const early = warmUp?.OnlyStartEvaluatingAfterWarmUpPeriodEnds === true ? '' : ', or until it has data enough';
  return [
    `warm-up: INSUFFICIENT_DATA and no actions for ${formatDuration(minutes * MINUTE_MS)} after a change${early}`,
  ];
}

function describeLowSamples({ EvaluateLowSampleCountPercentile: setting }: MetricAlarm): string[] {
  if (setting === undefined) return [];
  return [
    setting === 'ignore'
      ? 'percentile of too few samples: keeps the state (ignore)'
      : `percentile of too few samples: judged all the same (${setting})`,
  ];
}

function describePace({ EvaluationInterval: interval, EvaluationCriteria: criteria }: MetricAlarm): string[] {
  const recovery = criteria?.PromQLCriteria?.RecoveryPeriod;
  return [
    ...(interval === undefined ? [] : [`evaluated every ${formatDuration(interval * SECOND_MS)}`]),
    ...(recovery === undefined ? [] : [`recovers after ${formatDuration(recovery * SECOND_MS)} without breaching`]),
  ];
}

function describeLogSettings({ ScheduledQueryConfiguration: query, ActionLogLineCount: lines }: LogAlarm): string[] {
  const { StartTimeOffset: from, EndTimeOffset: to = 0 } = query?.ScheduleConfiguration ?? {};
  return [
    ...(from === undefined
      ? []
      : [
          `each run looks at ${formatDuration((from - to) * SECOND_MS)}${to === 0 ? '' : ` that ended ${formatDuration(to * SECOND_MS)} before it`}`,
        ]),
    ...(lines === undefined || lines === 0 ? [] : [`sends ${lines} log lines with its notifications`]),
  ];
}
