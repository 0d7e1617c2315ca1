/** A scenario of the size that the embedded CloudWatch must bear, written as a file without ever being whole in memory. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { integerBetween, type Random, randomFor } from '../../local/data/logs/random.ts';

/** Minutes of fourteen days. */
const POINTS = 20_160;
const DAY = 86_400;
const STATISTICS = ['SampleCount', 'Sum', 'Minimum', 'Maximum', 'p50', 'p90', 'p99'] as const;
const EVENTS_PER_GROUP = 25_000;
/** Every so many alarms one watches an expression, and one a percentile. */
const [EXPRESSION_EVERY, PERCENTILE_EVERY] = [25, 20];
const TREATMENTS = ['missing', 'notBreaching', 'breaching', 'ignore'] as const;

/** What the format asks to bear. */
export interface LargeSizes {
  /** Series of one observation a period. */
  readonly series: number;
  /** Series with seven statistics. */
  readonly distributions: number;
  readonly alarms: number;
  readonly events: number;
}

export function countNumbers({ series, distributions }: LargeSizes): number {
  return (series + distributions * STATISTICS.length) * POINTS;
}

export async function writeLargeScenario(path: string, sizes: LargeSizes, seed: number): Promise<void> {
  await pipeline(Readable.from(writePieces(sizes, randomFor(seed, 'large', 0))), createWriteStream(path));
}

function* writePieces(sizes: LargeSizes, random: Random): Generator<string> {
  yield '{"format":1,"name":"large","metrics":[';
  for (let index = 0; index < sizes.series; index += 1) {
    yield `${comma(index)}{${describeMetric(plainMetric(index))},"values":[${writeValues(index, random)}]}`;
  }
  for (let index = 0; index < sizes.distributions; index += 1) {
    yield `,{${describeMetric(distributedMetric(index))},"statistics":{`;
    for (const [position, name] of STATISTICS.entries())
      yield `${comma(position)}"${name}":[${writeValues(index, random)}]`;
    yield '}}';
  }
  yield '],"metricAlarms":[';
  for (let index = 0; index < sizes.alarms; index += 1) {
    yield `${comma(index)}${JSON.stringify(describeAlarm(index, sizes))}`;
  }
  yield '],"logGroups":[';
  for (let first = 0; first < sizes.events; first += EVENTS_PER_GROUP) {
    const count = Math.min(EVENTS_PER_GROUP, sizes.events - first);
    yield `${comma(first)}{"logGroupName":"/aws/lambda/large-${first / EVENTS_PER_GROUP}","events":[`;
    for (let event = 0; event < count; event += 1) yield `${comma(event)}${writeEvent(event, count, random)}`;
    yield ']}';
  }
  yield ']}';
}

function comma(index: number): string {
  return index === 0 ? '' : ',';
}

interface Metric {
  readonly MetricName: string;
  readonly Namespace: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

function plainMetric(index: number): Metric {
  const Dimensions = [{ Name: 'Host', Value: `host-${index}` }];
  return { Namespace: 'Large', MetricName: `Requests${index % 7}`, Dimensions };
}

function distributedMetric(index: number): Metric {
  return {
    Namespace: 'AWS/Lambda',
    MetricName: 'Duration',
    Dimensions: [{ Name: 'FunctionName', Value: `large-${index}` }],
  };
}

function describeMetric(metric: Metric): string {
  return `${JSON.stringify(metric).slice(1, -1)},"period":60,"start":${-POINTS * 60}`;
}

function levelOf(metric: number): number {
  return 5 + ((metric * 7_919) % 4_999);
}

/** Around a level of its own, of different precision, with gaps and a few high values. */
function writeValues(metric: number, random: Random): string {
  const level = levelOf(metric);
  const digits = integerBetween(random, 0, 3);
  const spikeEvery = integerBetween(random, 900, 9_000);
  const values: string[] = [];
  for (let index = 0; index < POINTS; index += 1) {
    if (index % 997 === 0) values.push('null');
    else values.push((level * (index % spikeEvery < 9 ? 3 : 0.8 + 0.4 * random())).toFixed(digits));
  }
  return values.join(',');
}

/** The thresholds of one alarm in four are crossed now and then, the others never. */
function describeAlarm(index: number, { series, distributions }: LargeSizes): object {
  const settings = {
    AlarmName: `large-${index}`,
    AlarmActions: ['arn:aws:sns:us-east-1:111122223333:on-call'],
    EvaluationPeriods: 1 + (index % 5),
    DatapointsToAlarm: 1 + (index % 5 > 2 ? 1 : 0),
    Threshold: levelOf(index % series) * (index % 4 === 0 ? 2 : 4),
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: TREATMENTS[index % TREATMENTS.length],
  };
  const plain = plainMetric(index % series);
  if (index % EXPRESSION_EVERY === 0) {
    const stat = (Id: string, Metric: Metric) => ({
      Id,
      MetricStat: { Metric, Period: 60, Stat: 'Sum' },
      ReturnData: false,
    });
    const parts = [stat('a', plain), stat('b', plainMetric((index + 1) % series))];
    return { ...settings, Metrics: [{ Id: 'ratio', Expression: '100 * a / b', ReturnData: true }, ...parts] };
  }
  if (index % PERCENTILE_EVERY === 1 && distributions > 0) {
    return { ...settings, ...distributedMetric(index % distributions), Period: 60, ExtendedStatistic: 'p95' };
  }
  return { ...settings, ...plain, Period: index % 4 === 0 ? 300 : 60, Statistic: index % 3 === 0 ? 'Sum' : 'Average' };
}

function writeEvent(index: number, count: number, random: Random): string {
  const time = (-DAY + (index * DAY) / count).toFixed(3);
  const requestId = Math.floor(random() * 0xffff_ffff).toString(16);
  const message = JSON.stringify({
    level: index % 50 === 0 ? 'ERROR' : 'INFO',
    message: 'request served',
    requestId,
    durationMs: integerBetween(random, 3, 900),
    path: `/orders/${index % 1_000}`,
  });
  return `[${time},"2026/11/01/[$LATEST]${index % 16}",${JSON.stringify(message)}]`;
}
