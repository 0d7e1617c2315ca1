/** The five paths of Prometheus' HTTP API that CloudWatch has. */
import type { RegionData } from '../cloudwatch/region-data.ts';
import type { OperationContext } from '../types.ts';
import { type LabelledMetric, labelMetrics, requireName, selectMetrics } from './catalog.ts';
import { type Element, evaluate, type Value } from './evaluate.ts';
import { readDurationMs } from './lexer.ts';
import { type Expression, type Matcher, parsePromql } from './parser.ts';
import { PromqlError } from './promql-error.ts';

export interface PromqlOutput {
  readonly status: 'success';
  readonly data: unknown;
  readonly warnings?: readonly string[];
}

/** Most series and most labels of an answer (API reference, QueryMetrics, GetSeries and GetLabels). */
const MAX_SERIES = 500;
const MAX_LABELS = 10_000;
/** Prometheus refuses more points a series. */
const MAX_POINTS = 11_000;

/** The operation of AWS's documentation behind a path; undefined where nothing is there. */
export function nameOperation(path: string): string | undefined {
  if (/^\/api\/v1\/query(_range)?$/.test(path)) return 'QueryMetrics';
  if (path === '/api/v1/series') return 'GetSeries';
  return /^\/api\/v1\/(labels|label\/[^/]+\/values)$/.test(path) ? 'GetLabels' : undefined;
}

/** @throws PromqlError for what Prometheus answers with 400 */
export function answerApi(
  path: string,
  form: URLSearchParams,
  dataOf: RegionData,
  context: OperationContext,
): PromqlOutput {
  const { account, region, nowEpochMs } = context;
  const store = dataOf(context).storeAt(nowEpochMs);
  const metrics = labelMetrics(store, { account, region });
  const evaluateAt = (expression: Expression, epochMs: number): Value =>
    evaluate(expression, { metrics, store, epochMs });
  if (path === '/api/v1/query') {
    const epochMs = form.has('time') ? readTime(form, 'time') : nowEpochMs;
    return limitSeries(writeInstant(evaluateAt(readQuery(form), epochMs), epochMs), form);
  }
  if (path === '/api/v1/query_range') {
    const expression = readQuery(form);
    const series = new Map<string, RangeSeries>();
    for (const epochMs of readSteps(form)) addStep(series, evaluateAt(expression, epochMs), epochMs);
    return limitSeries({ resultType: 'matrix', result: [...series.values()] }, form);
  }
  if (path === '/api/v1/series') {
    const selectors = readSelectors(form);
    if (selectors.length === 0) throw new PromqlError('no match[] parameter provided');
    for (const selector of selectors) requireName(selector);
    readTime(form, 'start');
    const data = selectAny(metrics, selectors).map(({ labels }) => labels);
    return limitList(data, form, MAX_SERIES);
  }
  const chosen = form.has('match[]') ? selectAny(metrics, readSelectors(form)) : metrics;
  const label = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
  const names =
    label === undefined
      ? chosen.flatMap(({ labels }) => Object.keys(labels))
      : chosen.flatMap(({ labels }) => labels[decodeURIComponent(label)] ?? []);
  return limitList([...new Set(names)].sort(), form, MAX_LABELS);
}

function readQuery(form: URLSearchParams): Expression {
  return parsePromql(form.get('query') ?? '');
}

function readSelectors(form: URLSearchParams): (readonly Matcher[])[] {
  return form.getAll('match[]').map((text) => {
    const parsed = parsePromql(text);
    if (parsed.kind !== 'selector') throw new PromqlError('invalid parameter "match[]": not a series selector');
    return parsed.matchers;
  });
}

function selectAny(metrics: readonly LabelledMetric[], selectors: readonly (readonly Matcher[])[]): LabelledMetric[] {
  return [...new Set(selectors.flatMap((selector) => selectMetrics(metrics, selector)))];
}

function readTime(form: URLSearchParams, name: string): number {
  const text = form.get(name) ?? '';
  const epochMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text);
  if (!Number.isFinite(epochMs)) {
    throw new PromqlError(`invalid parameter "${name}": cannot parse ${JSON.stringify(text)} to a valid timestamp`);
  }
  return epochMs;
}

function readSteps(form: URLSearchParams): number[] {
  const startEpochMs = readTime(form, 'start');
  const endEpochMs = readTime(form, 'end');
  const text = form.get('step') ?? '';
  const stepMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : readDurationMs(text);
  if (endEpochMs < startEpochMs)
    throw new PromqlError('invalid parameter "end": end timestamp must not be before start time');
  if (stepMs <= 0)
    throw new PromqlError('invalid parameter "step": zero or negative query resolution step widths are not accepted');
  const count = Math.floor((endEpochMs - startEpochMs) / stepMs) + 1;
  if (count > MAX_POINTS) throw new PromqlError('exceeded maximum resolution of 11,000 points per timeseries');
  return Array.from({ length: count }, (_, index) => startEpochMs + index * stepMs);
}

function writeInstant(value: Value, epochMs: number): SeriesData {
  if (value.kind === 'scalar') return { resultType: 'scalar', result: writePoint(epochMs, value.value) };
  if (value.kind === 'string') return { resultType: 'string', result: [epochMs / 1_000, value.text] };
  return { resultType: 'vector', result: value.elements.map((element) => writeElement(element, epochMs)) };
}

interface SeriesData {
  readonly resultType: string;
  readonly result: readonly unknown[];
}

interface RangeSeries {
  readonly metric: object;
  readonly values?: unknown[];
  readonly histograms?: unknown[];
}

function writeElement(element: Element, epochMs: number): object {
  return 'value' in element
    ? { metric: element.labels, value: writePoint(epochMs, element.value) }
    : { metric: element.labels, histogram: writeHistogram(element.histogram, epochMs) };
}

function addStep(series: Map<string, RangeSeries>, value: Value, epochMs: number): void {
  if (value.kind === 'string')
    throw new PromqlError('invalid expression type "string" for range query, must be Scalar or instant Vector');
  const elements: readonly Element[] = value.kind === 'scalar' ? [{ labels: {}, value: value.value }] : value.elements;
  for (const element of elements) {
    const key = JSON.stringify(element.labels);
    const known = series.get(key) ?? {
      metric: element.labels,
      ...('value' in element ? { values: [] } : { histograms: [] }),
    };
    if ('value' in element) known.values?.push(writePoint(epochMs, element.value));
    else known.histograms?.push(writeHistogram(element.histogram, epochMs));
    series.set(key, known);
  }
}

function writePoint(epochMs: number, value: number): [number, string] {
  return [epochMs / 1_000, String(value).replace('Infinity', 'Inf').replace(/^Inf/, '+Inf')];
}

function writeHistogram({ sum, count }: { sum: number; count: number }, epochMs: number): unknown[] {
  return [epochMs / 1_000, { count: String(count), sum: String(sum) }];
}

function limitSeries(data: SeriesData, form: URLSearchParams): PromqlOutput {
  if (data.resultType !== 'vector' && data.resultType !== 'matrix') return { status: 'success', data };
  const { data: result, ...rest } = limitList(data.result, form, MAX_SERIES);
  return { ...rest, data: { ...data, result } };
}

function limitList(items: readonly unknown[], form: URLSearchParams, max: number): PromqlOutput {
  const limit = Math.min(max, Number(form.get('limit') ?? max));
  if (items.length <= limit) return { status: 'success', data: items };
  return { status: 'success', data: items.slice(0, limit), warnings: ['results truncated due to limit'] };
}
