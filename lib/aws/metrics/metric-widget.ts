/** What a picture is to show → the JSON that GetMetricWidgetImage takes (API reference, "Metric Widget Structure"). Pure. */
import { AppError } from '../../errors.ts';
import type { MetricDataQuery, WidgetImageRequest } from '../ports/metrics.ts';

/** What stands for parts of the row above, and cannot be escaped. */
const SHORTHAND = new Set(['.', '...']);

/**
 * @param region must be that of the call
 * @throws AppError `invalid_input` for a name that the definition would take for shorthand
 */
export function buildMetricWidget(request: WidgetImageRequest, region: string): object {
  const { lines, marks, unit } = request;
  return {
    title: request.title,
    view: 'timeSeries',
    stacked: false,
    region,
    timezone: '+0000',
    start: new Date(request.startEpochMs).toISOString(),
    end: new Date(request.endEpochMs).toISOString(),
    width: request.widthPixels,
    height: request.heightPixels,
    metrics: request.queries.map(toRow),
    ...(unit !== undefined && { yAxis: { left: { label: unit, showUnits: false } } }),
    ...(lines.length + marks.length > 0 && {
      annotations: {
        ...(lines.length > 0 && { horizontal: lines.map(({ value, label, color }) => ({ value, label, color })) }),
        ...(marks.length > 0 && {
          vertical: marks.map(({ epochMs, label }) => ({ value: new Date(epochMs).toISOString(), label })),
        }),
      },
    }),
  };
}

/** Namespace, name and dimensions in a row, then what belongs to this metric alone. */
function toRow(query: MetricDataQuery): readonly unknown[] {
  const base = { id: query.id, label: query.label, ...(!query.isReturned && { visible: false }) };
  if ('expression' in query)
    return [{ ...base, expression: query.expression, period: query.periodSeconds, accountId: query.accountId }];
  const { namespace, metricName, dimensions, statistic, periodSeconds, accountId } = query.metricStat;
  const names = [namespace, metricName, ...dimensions.flatMap(({ name, value }) => [name, value])];
  if (names.some((name) => SHORTHAND.has(name))) {
    throw new AppError(
      'invalid_input',
      `CloudWatch cannot draw a metric that has "." or "..." as a name or value (query ${query.id}) → pass format=html.`,
    );
  }
  return [...names, { ...base, stat: statistic, period: periodSeconds, accountId }];
}
