/** Parts of a small scenario for tests of investigations: series by the minute, and alarms on them. */
const DAY_SECONDS = 86_400;
const STEPS = (DAY_SECONDS * 8) / 60;

/** A value a minute over eight days, by the minutes before now; null = no datapoint. */
export function metric(
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
  valueAt: (minutes: number) => number | null,
) {
  const noise = (index: number): number => 1 + 0.04 * Math.sin(index * 7.7);
  return {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    period: 60,
    start: -STEPS * 60,
    values: Array.from({ length: STEPS }, (_, index) => {
      const value = valueAt(STEPS - index);
      return value === null ? null : Math.round(value * noise(index) * 100) / 100;
    }),
  };
}

/** A level that changed so many minutes ago. */
export const since = (minute: number, before: number, after: number) => (minutes: number) =>
  minutes <= minute ? after : before;

/** On a metric of {@link metric}: above 20 three minutes in a row. */
export const alarm = (AlarmName: string, watched: ReturnType<typeof metric>, more: object = {}) => ({
  AlarmName,
  Namespace: watched.Namespace,
  MetricName: watched.MetricName,
  Dimensions: watched.Dimensions,
  Statistic: 'Sum' as const,
  Period: 60,
  EvaluationPeriods: 3,
  Threshold: 20,
  ComparisonOperator: 'GreaterThanThreshold' as const,
  AlarmActions: ['arn:aws:sns:us-east-1:111122223333:on-call'],
  ...more,
});

/** What an alarm on queries has instead of a metric. */
export const onQueries = (Metrics: readonly object[], more: object = {}) => ({
  Namespace: undefined,
  MetricName: undefined,
  Dimensions: undefined,
  Statistic: undefined,
  Period: undefined,
  Metrics,
  ...more,
});
