import type { MetricStore } from '../data/metric-store.ts';
import {
  type LabelledMetric,
  type Labels,
  type MinutePoint,
  readMinutes,
  requireName,
  selectMetrics,
} from './catalog.ts';
import type { Expression, Selector } from './parser.ts';
import { parseError } from './promql-error.ts';

export interface Histogram {
  readonly sum: number;
  readonly count: number;
}

/** One series at one time. */
export type Element = { readonly labels: Labels } & ({ readonly value: number } | { readonly histogram: Histogram });

export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'vector'; readonly elements: readonly Element[] };

export interface Evaluation {
  readonly metrics: readonly LabelledMetric[];
  readonly store: MetricStore;
  readonly epochMs: number;
}

/** The newest datapoint counts when it is not older (Prometheus, "Staleness"). */
const LOOKBACK_MS = 5 * 60_000;

export function evaluate(expression: Expression, at: Evaluation): Value {
  switch (expression.kind) {
    case 'number':
      return { kind: 'scalar', value: expression.value };
    case 'string':
      return expression;
    case 'selector':
      return { kind: 'vector', elements: readInstant(expression, at) };
    case 'call':
      return call(expression, at);
    case 'aggregate':
      return aggregate(expression, at);
    case 'binary':
      return combine(expression, at);
  }
}

function readInstant(selector: Selector, at: Evaluation): Element[] {
  if (selector.rangeMs !== undefined) throw parseError(0, 'expected type instant vector, got range vector');
  return readWindows(selector, LOOKBACK_MS, at).flatMap(({ metric, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [toElement(metric, metric.labels, last)];
  });
}

function readWindows(selector: Selector, rangeMs: number, { metrics, store, epochMs }: Evaluation) {
  requireName(selector.matchers);
  return selectMetrics(metrics, selector.matchers).map((metric) => ({
    metric,
    points: readMinutes(metric, store, { startEpochMs: epochMs - rangeMs, endEpochMs: epochMs }),
  }));
}

function toElement({ isHistogram }: LabelledMetric, labels: Labels, { sum, count }: MinutePoint): Element {
  return isHistogram ? { labels, histogram: { sum, count } } : { labels, value: sum / count };
}

function call({ name, args, offset }: Extract<Expression, { kind: 'call' }>, at: Evaluation): Value {
  const [argument] = args;
  if (name === 'time') return { kind: 'scalar', value: at.epochMs / 1_000 };
  if (argument === undefined || args.length > 1) {
    throw parseError(offset, `expected 1 argument(s) in call to "${name}", got ${args.length}`);
  }
  if (name === 'rate' || name === 'increase' || name === 'avg_over_time') {
    if (argument.kind !== 'selector' || argument.rangeMs === undefined)
      throw parseError(offset, `expected type range vector in call to function "${name}", got instant vector`);
    return overTime(name, argument, argument.rangeMs, at);
  }
  const value = evaluate(argument, at);
  if (name === 'vector' && value.kind === 'scalar')
    return { kind: 'vector', elements: [{ labels: {}, value: value.value }] };
  if (value.kind !== 'vector') throw parseError(offset, `expected type instant vector in call to function "${name}"`);
  if (name === 'scalar') {
    const [only] = value.elements;
    const isOne = value.elements.length === 1 && only !== undefined && 'value' in only;
    return { kind: 'scalar', value: isOne ? only.value : Number.NaN };
  }
  // Plain numbers are left out, as Prometheus does.
  const elements = value.elements.flatMap((element) => {
    if (!('histogram' in element)) return [];
    const { sum, count } = element.histogram;
    const figure = name === 'histogram_sum' ? sum : name === 'histogram_count' ? count : sum / count;
    return [{ labels: unnamed(element.labels), value: figure }];
  });
  return { kind: 'vector', elements };
}

function overTime(name: string, selector: Selector, rangeMs: number, at: Evaluation): Value {
  const elements = readWindows(selector, rangeMs, at).flatMap(({ metric, points }): Element[] => {
    if (points.length === 0) return [];
    const labels = unnamed(metric.labels);
    if (name === 'avg_over_time') {
      const sum = points.reduce((total, point) => total + point.sum, 0);
      const count = points.reduce((total, point) => total + point.count, 0);
      if (metric.isHistogram)
        return [{ labels, histogram: { sum: sum / points.length, count: count / points.length } }];
      return [{ labels, value: points.reduce((total, point) => total + point.sum / point.count, 0) / points.length }];
    }
    if (points.length < 2 || metric.isHistogram) return [];
    const increase = sumIncreases(points.map(({ sum, count }) => sum / count));
    return [{ labels, value: name === 'rate' ? increase / (rangeMs / 1_000) : increase }];
  });
  return { kind: 'vector', elements };
}

/** A drop is a counter that began again. Nothing is extrapolated to the edges of the window, other than in Prometheus. */
function sumIncreases(values: readonly number[]): number {
  let total = 0;
  for (const [index, value] of values.entries()) {
    const previous = values[index - 1];
    if (previous !== undefined) total += value >= previous ? value - previous : value;
  }
  return total;
}

function aggregate({ name, by, args, offset }: Extract<Expression, { kind: 'aggregate' }>, at: Evaluation): Value {
  const over = args.at(-1);
  if (over === undefined || args.length !== (name === 'topk' ? 2 : 1)) {
    throw parseError(offset, `wrong number of arguments for aggregate expression provided, got ${args.length}`);
  }
  const value = evaluate(over, at);
  if (value.kind !== 'vector') throw parseError(offset, 'expected type instant vector in aggregation expression');
  const groups = new Map<string, { labels: Labels; members: { labels: Labels; value: number }[] }>();
  for (const element of value.elements) {
    if (!('value' in element)) continue;
    const labels = Object.fromEntries(
      by.flatMap((label) => (label in element.labels ? [[label, element.labels[label] ?? '']] : [])),
    );
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, members: [] };
    group.members.push(element);
    groups.set(key, group);
  }
  if (name === 'topk') {
    const count = args[0]?.kind === 'number' ? args[0].value : 0;
    const elements = [...groups.values()].flatMap(({ members }) =>
      members.toSorted((a, b) => b.value - a.value).slice(0, count),
    );
    return { kind: 'vector', elements };
  }
  const elements = [...groups.values()].map(({ labels, members }) => ({
    labels,
    value: summarize(
      name,
      members.map((member) => member.value),
    ),
  }));
  return { kind: 'vector', elements };
}

function summarize(name: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  if (name === 'count') return values.length;
  if (name === 'max') return Math.max(...values);
  if (name === 'min') return Math.min(...values);
  return name === 'avg' ? sum / values.length : sum;
}

function combine({ operator, left, right, offset }: Extract<Expression, { kind: 'binary' }>, at: Evaluation): Value {
  const a = evaluate(left, at);
  const b = evaluate(right, at);
  if (a.kind === 'scalar' && b.kind === 'scalar') return { kind: 'scalar', value: apply(operator, a.value, b.value) };
  if (a.kind === 'vector' && b.kind === 'scalar')
    return { kind: 'vector', elements: mapValues(a.elements, (value) => apply(operator, value, b.value)) };
  if (a.kind === 'scalar' && b.kind === 'vector')
    return { kind: 'vector', elements: mapValues(b.elements, (value) => apply(operator, a.value, value)) };
  throw parseError(
    offset,
    `binary operator ${operator} between these operands is not known to the embedded CloudWatch`,
  );
}

function mapValues(elements: readonly Element[], map: (value: number) => number): Element[] {
  return elements.flatMap((element) =>
    'value' in element ? [{ labels: unnamed(element.labels), value: map(element.value) }] : [],
  );
}

function apply(operator: string, a: number, b: number): number {
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  return operator === '*' ? a * b : a / b;
}

function unnamed(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));
}
