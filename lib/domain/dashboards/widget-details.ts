/** What a widget shows beside its data, in words. Pure; the words hold foreign text. */

import { formatNumber } from '../metrics/metric-value.ts';
import { cleanLine, clip } from '../text/clean-text.ts';
import { isObject, type JsonObject, listOf, numberOf, objectOf, textOf } from './json-shapes.ts';

const MAX_TEXT_CHARS = 500;
const MAX_WORD_CHARS = 100;
/** Of each kind in one widget. */
const MAX_MARKS = 10;
const MAX_LISTED = 10;

const quote = (text: string): string => `"${clip(cleanLine(text), MAX_WORD_CHARS)}"`;
const word = (text: string): string => clip(cleanLine(text), MAX_WORD_CHARS);

/** Thresholds, marks, axes and switches of a metric widget. */
export function describeGraph(properties: JsonObject): string[] {
  const annotations = objectOf(properties.annotations);
  return [
    ...listOf(annotations.horizontal).slice(0, MAX_MARKS).map(describeThreshold),
    ...listOf(annotations.vertical).slice(0, MAX_MARKS).map(describeMark),
    ...(['left', 'right'] as const).flatMap((side) => describeAxis(side, objectOf(objectOf(properties.yAxis)[side]))),
    ...(properties.stacked === true ? ['stacked'] : []),
    ...(properties.liveData === true ? ['live data: the running period is shown too'] : []),
    ...(properties.setPeriodToTimeRange === true ? ['one value over the whole time range'] : []),
    ...describeInsightRule(objectOf(properties.insightRule)),
  ].filter((text) => text !== '');
}

function describeThreshold(entry: unknown): string {
  const [from, to] = (Array.isArray(entry) ? entry : [entry]).filter(isObject);
  const low = from === undefined ? undefined : numberOf(from, 'value');
  if (from === undefined || low === undefined) return '';
  const high = to === undefined ? undefined : numberOf(to, 'value');
  const label = textOf(from, 'label') ?? (to === undefined ? undefined : textOf(to, 'label'));
  const fill = textOf(from, 'fill');
  return [
    high === undefined ? `threshold ${formatNumber(low)}` : `band ${formatNumber(low)} to ${formatNumber(high)}`,
    ...(label === undefined ? [] : [quote(label)]),
    ...(high === undefined && (fill === 'above' || fill === 'below') ? [`and ${fill}`] : []),
    ...(from.yAxis === 'right' ? ['on the right axis'] : []),
    ...(from.visible === false ? ['(hidden)'] : []),
  ].join(' ');
}

function describeMark(entry: unknown): string {
  const [from, to] = (Array.isArray(entry) ? entry : [entry]).filter(isObject);
  const start = from === undefined ? undefined : textOf(from, 'value');
  if (from === undefined || start === undefined) return '';
  const end = to === undefined ? undefined : textOf(to, 'value');
  const label = textOf(from, 'label');
  return `mark ${word(start)}${end === undefined ? '' : ` to ${word(end)}`}${label === undefined ? '' : ` ${quote(label)}`}`;
}

function describeAxis(side: 'left' | 'right', axis: JsonObject): string[] {
  const [min, max, label] = [numberOf(axis, 'min'), numberOf(axis, 'max'), textOf(axis, 'label')];
  const parts = [
    ...(label === undefined ? [] : [quote(label)]),
    ...(min === undefined ? [] : [`from ${formatNumber(min)}`]),
    ...(max === undefined ? [] : [`to ${formatNumber(max)}`]),
  ];
  return parts.length === 0 ? [] : [`${side} axis ${parts.join(' ')}`];
}

function describeInsightRule(rule: JsonObject): string[] {
  const name = textOf(rule, 'ruleName');
  return name === undefined ? [] : [`top contributors of the Contributor Insights rule ${quote(name)}`];
}

export function describeText(properties: JsonObject): string[] {
  const markdown = textOf(properties, 'markdown');
  return markdown === undefined ? [] : [clip(cleanLine(markdown), MAX_TEXT_CHARS)];
}

export function describeAlarmList(properties: JsonObject): string[] {
  const states = listOf(properties.states).filter((state) => typeof state === 'string');
  const sortBy = textOf(properties, 'sortBy');
  return [
    ...(states.length === 0 ? [] : [`only in state ${states.slice(0, MAX_LISTED).map(word).join(', ')}`]),
    ...(sortBy === undefined ? [] : [`sorted by ${word(sortBy)}`]),
  ];
}

/** Metrics of all resources with certain tags: no tool of this server looks resources up by tag. */
export function describeExplorer(properties: JsonObject): string[] {
  const objects = (key: string): JsonObject[] => listOf(properties[key]).slice(0, MAX_LISTED).filter(isObject);
  const metrics = objects('metrics').map((metric) =>
    [textOf(metric, 'resourceType'), textOf(metric, 'metricName'), textOf(metric, 'stat')]
      .filter((part) => part !== undefined)
      .map(word)
      .join(' '),
  );
  const labels = objects('labels').map((label) => {
    const value = textOf(label, 'value');
    return `${word(textOf(label, 'key') ?? '?')}${value === undefined ? '' : `=${word(value)}`}`;
  });
  const aggregate = objectOf(properties.aggregateBy);
  const [key, splitBy] = [textOf(aggregate, 'key'), textOf(properties, 'splitBy')];
  return [
    ...(metrics.length === 0 ? [] : [`metrics ${metrics.join(', ')}`]),
    ...(labels.length === 0 ? [] : [`of resources with the tags ${labels.join(', ')}`]),
    ...(key === undefined ? [] : [`combined by ${word(key)} (${word(textOf(aggregate, 'func') ?? 'AVG')})`]),
    ...(splitBy === undefined ? [] : [`split by ${word(splitBy)}`]),
  ];
}

export function describeCustom(properties: JsonObject): string[] {
  const endpoint = textOf(properties, 'endpoint');
  const name = endpoint === undefined ? undefined : /:function:([^:]+)/.exec(endpoint)?.[1];
  const events = Object.entries(objectOf(properties.updateOn)).filter(([, isOn]) => isOn === true);
  return [
    ...(endpoint === undefined ? [] : [`drawn by the Lambda function ${quote(name ?? endpoint)}`]),
    ...(events.length === 0
      ? []
      : [
          `anew on ${events
            .slice(0, MAX_LISTED)
            .map(([event]) => word(event))
            .join(', ')}`,
        ]),
  ];
}

/** The texts of a widget whose type is not known here. */
export function describeOther(properties: JsonObject): string[] {
  return Object.keys(properties)
    .filter((key) => key !== 'title' && key !== 'region' && key !== 'view')
    .slice(0, MAX_LISTED)
    .flatMap((key) => {
      const text = textOf(properties, key);
      return text === undefined ? [] : [`${word(key)}: ${clip(cleanLine(text), MAX_TEXT_CHARS)}`];
    });
}
