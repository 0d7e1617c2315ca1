/** A widget in words. Pure; everything here is foreign text. */

import type { DashboardVariable, Widget } from '../../../domain/dashboards/dashboard.ts';
import { describeExcess, describeNewest } from '../../../domain/metrics/describe-newest.ts';
import { formatValue } from '../../../domain/metrics/metric-value.ts';
import { cleanLine, clip } from '../../../domain/text/clean-text.ts';
import { formatAgo, formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import type { SeriesView } from '../../metrics/shared/view-series.ts';
import type { WidgetCall } from './answer-calls.ts';

const MAX_LABEL_CHARS = 80;
const MAX_NAMED = 5;
const MAX_CHOICES = 10;
const MAX_TARGET_CHARS = 100;
const MAX_PROBLEMS = 5;
const MAX_VARIABLE_CHARS = 1_000;

export interface ShownWidget {
  readonly widget: Widget;
  readonly calls: readonly WidgetCall[];
  readonly details: readonly string[];
  /** Undefined where none were asked for. */
  readonly values: readonly SeriesView[] | undefined;
  /** Series that are not in `values`. */
  readonly moreSeries: number;
  readonly problems: readonly string[];
}

/** Kind, title and place stand in the first line; a line for each call and each value follows. */
export function writeWidget(shown: ShownWidget, nowEpochMs: number): string {
  const { widget, calls, details, values, moreSeries, problems } = shown;
  const title = widget.title === undefined ? '' : ` "${widget.title}"`;
  return [
    `${widget.number}. ${widget.type ?? widget.kind}${title}`,
    ...(details.length === 0 ? [] : [`   ${details.join(' · ')}`]),
    ...calls.map(({ tool, args }) => `   ${tool} ${JSON.stringify(args)}`),
    ...(values ?? []).map((view) => `   ${writeValue(view, nowEpochMs)}`),
    ...(moreSeries === 0 ? [] : [`   and ${moreSeries} more series`]),
    ...(values?.length === 0 ? ['   no series'] : []),
    ...problems.slice(0, MAX_PROBLEMS).map((problem) => `   Not read: ${problem}`),
    ...(problems.length > MAX_PROBLEMS ? [`   and ${problems.length - MAX_PROBLEMS} more not read`] : []),
  ].join('\n');
}

function writeValue(view: SeriesView, nowEpochMs: number): string {
  const name = clip(cleanLine(view.label || view.id), MAX_LABEL_CHARS);
  if (view.summary === undefined) return `${name}: no datapoints`;
  const value = (number: number): string => formatValue(number, view.unit);
  const excess = describeExcess(view, { value, time: formatTime });
  const said = `${describeNewest(view, { value })}, ${formatAgo(view.summary.last.epochMs, nowEpochMs)}`;
  return `${name}: ${excess === undefined ? '' : `${excess}; `}${said} ${view.sparkline}`;
}

/** Where, what and how often; then what the widget itself adds. */
export function describeWidget(widget: Widget): readonly string[] {
  const { region, accountId, view, statistic, periodSeconds, startTime, endTime, metrics } = widget;
  const hidden = metrics.filter(({ isVisible }) => !isVisible).length;
  const right = metrics.filter(({ isRightAxis, isVisible }) => isRightAxis && isVisible);
  const names = right.slice(0, MAX_NAMED).map(({ label, id, metric }) => label ?? id ?? metric?.metricName ?? '?');
  return [
    ...(region === undefined ? [] : [region]),
    ...(accountId === undefined ? [] : [`account ${accountId}`]),
    ...(view === undefined ? [] : [view]),
    ...(statistic === undefined ? [] : [statistic]),
    ...(periodSeconds === undefined ? [] : [`every ${formatDuration(periodSeconds * SECOND_MS)}`]),
    ...(startTime === undefined ? [] : [`from ${startTime} to ${endTime ?? 'now'} whatever the dashboard shows`]),
    ...(hidden === 0 ? [] : [`${hidden} of ${metrics.length} metrics hidden`]),
    ...(right.length === 0 ? [] : [`right axis: ${names.join(', ')}${right.length > names.length ? ', …' : ''}`]),
    ...widget.details,
  ].map(cleanLine);
}

export function describeVariable(variable: DashboardVariable): string {
  const { id, label, type, target, inputType, defaultValue, choices, isApplied } = variable;
  const what = type === 'pattern' ? 'stands in place of' : type === 'property' ? 'sets' : `${type} of`;
  const parts = [
    `${id}${label === undefined ? '' : ` "${label}"`}: ${what} ${clip(target, MAX_TARGET_CHARS)}`,
    ...(inputType === undefined ? [] : [inputType]),
    ...(defaultValue === undefined
      ? []
      : [`default ${defaultValue}${isApplied ? ', put into the widgets below' : ', to be put in by hand'}`]),
    ...(choices.length === 0
      ? []
      : [`choices: ${choices.slice(0, MAX_CHOICES).join(', ')}${choices.length > MAX_CHOICES ? ', …' : ''}`]),
  ];
  return clip(parts.map(cleanLine).join('; '), MAX_VARIABLE_CHARS);
}
