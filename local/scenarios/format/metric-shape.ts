import { StandardUnit } from '@aws-sdk/client-cloudwatch';
import {
  type At,
  inside,
  isObject,
  list,
  mapOf,
  members,
  number,
  oneOf,
  refuse,
  type Shape,
  seconds,
  text,
} from './shape.ts';

/** Statistics that a series of several observations must have; percentiles come beside them. */
const REQUIRED = ['SampleCount', 'Sum', 'Minimum', 'Maximum'];
const PERCENTILE = /^p(\d{1,2}(\.\d{1,10})?)$/;

const dimension = members(
  { Name: text({ minLength: 1, maxLength: 255 }), Value: text({ minLength: 1, maxLength: 1024 }) },
  ['Name', 'Value'],
);

/** A series; its numbers are typed, with NaN where there is no datapoint. `placed` says where it lies. */
export function metric(placed: Readonly<Record<string, Shape>>): Shape<Record<string, unknown>> {
  const shape = members(
    {
      ...placed,
      Namespace: text({ minLength: 1, maxLength: 255 }),
      MetricName: text({ minLength: 1, maxLength: 255 }),
      Dimensions: list(dimension, 30),
      Unit: oneOf(Object.values(StandardUnit)),
      period,
      start: seconds,
      values: numbers,
      statistics: mapOf(numbers),
    },
    ['Namespace', 'MetricName', 'period', 'start'],
  );
  return (value, at) => {
    const read = shape(value, at);
    if (read !== undefined && isObject(value)) checkSeries(read, at);
    return read;
  };
}

const period: Shape<number> = (value, at) => {
  const read = number({ minimum: 1, maximum: 86_400, isInteger: true })(value, at);
  if (read === undefined || read % 60 === 0 || [1, 5, 10, 20, 30].includes(read)) return read;
  return refuse(at, `must be 1, 5, 10, 20, 30 or a multiple of 60 seconds, not ${read}`);
};

/** What a file's reader made already passes; a list of a document made by code is typed here. */
const numbers: Shape<Float64Array> = (value, at) => {
  if (value instanceof Float64Array) return value;
  if (!Array.isArray(value)) return refuse(at, 'must be a list of numbers and null');
  const wrong = value.findIndex((item) => item !== null && !Number.isFinite(item));
  if (wrong !== -1) return refuse(inside(at, wrong), 'must be a number or null');
  return Float64Array.from(value, (item: number | null) => item ?? Number.NaN);
};

function checkSeries({ values, statistics }: Record<string, unknown>, at: At): void {
  if ((values === undefined) === (statistics === undefined)) {
    at.faults.add(at.path, 'must have one of values and statistics');
  }
  if (!isObject(statistics)) return;
  const where = inside(at, 'statistics');
  for (const name of REQUIRED) if (!(name in statistics)) at.faults.add(inside(where, name).path, 'is missing');
  const lengths = new Set<number>();
  for (const [name, series] of Object.entries(statistics)) {
    if (!REQUIRED.includes(name) && !(Number(PERCENTILE.exec(name)?.[1]) > 0)) {
      at.faults.add(
        inside(where, name).path,
        `is no member; there are ${REQUIRED.join(', ')} and percentiles such as p99`,
      );
    }
    if (series instanceof Float64Array) lengths.add(series.length);
  }
  if (lengths.size > 1) at.faults.add(where.path, `must hold lists of one length, not of ${[...lengths].join(', ')}`);
}
