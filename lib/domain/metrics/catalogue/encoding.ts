/** How the catalogue of AWS's metrics is kept in the bundle: one string a namespace, a sixth of the same as JSON. Pure. */

import { dropAtEnd } from '../../text/drop-at-end.ts';

export interface AlarmAdvice {
  readonly statistic: string;
  readonly periodSeconds: number;
  /** As PutMetricAlarm takes it, e.g. `GreaterThanThreshold`. */
  readonly comparison: string;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
  /** Absent where it depends on the workload. */
  readonly threshold?: number;
  /** A value stands where it is always the same. */
  readonly dimensions: readonly { readonly name: string; readonly value?: string }[];
}

export interface CatalogueMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly unit?: string;
  /** The useful ones, the most useful first. */
  readonly statistics: readonly string[];
  readonly dimensionSets: readonly (readonly string[])[];
  /** One line that says more than the name. */
  readonly meaning: string;
  readonly alarms: readonly AlarmAdvice[];
  /** Where our own advice was taken from; absent for AWS's own. */
  readonly adviceSource?: string;
  /** What to watch it for and when it is bad, in one line; of metrics with alarm advice. */
  readonly intent?: string;
  /** What AWS says of alarms on it beside numbers, in words of ours; one sentence or two. */
  readonly guidance?: string;
}

const METRIC = '~';
const FIELD = '|';
const ITEM = ';';
const PART = ',';
const JOIN = '+';

/** @throws Error when a name or text holds a separator */
export function encodeNamespace(namespace: string, metrics: readonly CatalogueMetric[]): string {
  const rows = metrics.map((metric) =>
    dropAtEnd(
      [
        plain(metric.metricName, METRIC, FIELD),
        plain(metric.unit ?? '', METRIC, FIELD),
        metric.statistics.map((statistic) => plain(statistic, METRIC, FIELD, PART)).join(PART),
        metric.dimensionSets.map((set) => joinNames(set)).join(ITEM),
        plain(metric.meaning, METRIC, FIELD),
        metric.alarms.map(encodeAdvice).join(ITEM),
        plain(metric.adviceSource ?? '', METRIC, FIELD),
        plain(metric.intent ?? '', METRIC, FIELD),
        plain(metric.guidance ?? '', METRIC, FIELD),
      ].join(FIELD),
      FIELD,
    ),
  );
  return [plain(namespace, METRIC, FIELD), ...rows].join(METRIC);
}

export function decodeNamespace(text: string): CatalogueMetric[] {
  const [namespace = '', ...rows] = text.split(METRIC);
  return rows.map((row) => {
    const [metricName = '', unit = '', statistics = '', sets = '', meaning = '', alarms = '', ...rest] =
      row.split(FIELD);
    const [source = '', intent = '', guidance = ''] = rest;
    return {
      namespace,
      metricName,
      ...(unit !== '' && { unit }),
      statistics: statistics === '' ? [] : statistics.split(PART),
      dimensionSets: sets === '' ? [] : sets.split(ITEM).map((set) => (set === NONE ? [] : set.split(JOIN))),
      meaning,
      alarms: alarms === '' ? [] : alarms.split(ITEM).map(decodeAdvice),
      ...(source !== '' && { adviceSource: source }),
      ...(intent !== '' && { intent }),
      ...(guidance !== '' && { guidance }),
    };
  });
}

/** Stands for the set without dimensions. */
const NONE = '-';

function joinNames(names: readonly string[]): string {
  return names.length === 0 ? NONE : names.map((name) => plain(name, METRIC, FIELD, ITEM, PART, JOIN)).join(JOIN);
}

function encodeAdvice(advice: AlarmAdvice): string {
  return [
    advice.statistic,
    advice.periodSeconds,
    advice.comparison,
    advice.evaluationPeriods,
    advice.datapointsToAlarm,
    advice.treatMissingData,
    advice.threshold ?? '',
    joinNames(advice.dimensions.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))),
  ].join(PART);
}

function decodeAdvice(text: string): AlarmAdvice {
  const [statistic = '', period, comparison = '', periods, datapoints, missing = '', threshold = '', names = NONE] =
    text.split(PART);
  return {
    statistic,
    periodSeconds: Number(period),
    comparison,
    evaluationPeriods: Number(periods),
    datapointsToAlarm: Number(datapoints),
    treatMissingData: missing,
    ...(threshold !== '' && { threshold: Number(threshold) }),
    dimensions: names === NONE ? [] : names.split(JOIN).map(decodeDimension),
  };
}

function decodeDimension(text: string): { name: string; value?: string } {
  const [name = '', value] = text.split('=');
  return { name, ...(value !== undefined && { value }) };
}

function plain(text: string, ...separators: readonly string[]): string {
  const found = separators.find((separator) => text.includes(separator));
  if (found !== undefined) throw new Error(`${JSON.stringify(text)} holds the separator ${found}`);
  return text;
}
