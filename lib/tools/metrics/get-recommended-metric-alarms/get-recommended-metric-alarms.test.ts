import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { envelopeOutput } from '../../../tool/envelope.ts';
import { recommendOutput } from './output.ts';

const CHECKOUT = [{ name: 'FunctionName', value: 'shop-checkout' }];
const DB = [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }];
const CPU = { namespace: 'AWS/RDS', metric_name: 'CPUUtilization', dimensions: DB };
const STAGE = [
  { name: 'ApiName', value: 'shop-api' },
  { name: 'Stage', value: 'prod' },
];
const NOON = Date.parse('2026-03-01T12:00:00Z');
const TWO_WEEKS = 14 * 1_440;

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => bench.local.faults.clear());
afterAll(async () => {
  await bench.close();
});

/** Puts a series of ours in place of CloudWatch's; `valueAt` by minute. */
function answerWith(valueAt: (minute: number) => number | undefined, minutes = TWO_WEEKS): void {
  const points = Array.from({ length: minutes }, (_, minute) => ({
    time: new Date(NOON - (minutes - minute) * 60_000),
    value: valueAt(minute),
  })).filter(({ value }) => value !== undefined);
  bench.local.faults.add({
    operation: 'GetMetricData',
    fault: {
      kind: 'alterOutput',
      alter: () => ({
        MetricDataResults: [
          {
            Id: 'm1',
            Label: 'm',
            Timestamps: points.map(({ time }) => time).reverse(),
            Values: points.map(({ value }) => value).reverse(),
            StatusCode: 'Complete',
            Messages: [],
          },
        ],
        Messages: [],
      }),
    },
  });
}

const noise = (step: number): number => Math.abs((Math.sin(step * 12.9898) * 43_758.5453) % 1);

async function ask(args: unknown) {
  const result = await bench.run('get_recommended_metric_alarms', args);
  const text = bench.text(result);
  if (result.isError === true) throw new Error(text);
  return { text, structured: recommendOutput.extend(envelopeOutput).parse(result.structuredContent) };
}

describe('get_recommended_metric_alarms', () => {
  it('gives the number of AWS with the rate that it would have had, and a band for a season', async () => {
    const { text, structured } = await ask(CPU);
    expect(structured.recommendations).toMatchObject([
      { source: 'aws', statistic: 'Average', comparison: 'GreaterThanThreshold', threshold: 90, replay: { alarms: 0 } },
      { source: 'anomaly', statistic: 'Average', period_seconds: 60, comparison: 'GreaterThanUpperThreshold' },
    ]);
    expect(structured.unit).toBe('Percent');
    expect(text).toContain('1. Average > 90% in 5 of 5 periods of 1m, missing data: breaching');
    expect(text).toContain('On this history: never to ALARM in 14d.');
    expect(text).toContain('By our own estimate (season and trend of this history, not the model of CloudWatch)');
    expect(text).toContain('CloudWatch trains its model on up to two weeks.');
    expect(structured.recommendations[1]?.cloudformation).toContain('Expression: "ANOMALY_DETECTION_BAND(m1, ');
    expect(structured.recommendations[1]?.terraform).toContain('"DBInstanceIdentifier" = "shop-orders-db"');
  });

  it('says when a number of the advice would fire all the time, and derives one beside', async () => {
    answerWith((minute) => 93 + 2 * noise(minute));
    const { text, structured } = await ask(CPU);
    expect(structured.recommendations).toMatchObject([
      { source: 'aws', threshold: 90, replay: { alarms: 1, share: 1 } },
      { source: 'history', comparison: 'GreaterThanThreshold', replay: { alarms: 0 } },
    ]);
    expect(structured.recommendations[1]?.threshold).toBeGreaterThan(95);
    expect(text).toContain('It would have been in ALARM most of the time.');
    expect(text).toContain('Instead of the number of the advice, which does not fit this metric.');
  });

  it('never recommends "> 0" by default: errors without any in the history have no number', async () => {
    answerWith(() => 0);
    const { text, structured } = await ask({ namespace: 'AWS/Lambda', metric_name: 'Errors', dimensions: CHECKOUT });
    expect(structured.recommendations).toEqual([]);
    expect(text).toContain('No alarm is recommended for `Errors`: there is no number to compare with.');
    expect(text).toContain('all 20,157 datapoints of 13d 23h have the same value (0)');
  });

  it('says what is missing where the history is too short', async () => {
    answerWith((minute) => noise(minute), 300);
    expect((await ask({ namespace: 'Own', metric_name: 'Depth' })).structured).toMatchObject({
      recommendations: [],
      missing: ['No threshold is derived for Average: its 297 datapoints span 4h 57m, and it needs a day or more.'],
    });
    bench.local.faults.clear();
    answerWith((minute) => (minute < 7 ? minute : undefined));
    expect((await ask({ namespace: 'Own', metric_name: 'Depth' })).text).toContain(
      'there are 7 datapoints, and it needs 20 over a day or more',
    );
  });

  it('derives for custom metrics, by the side that their name tells', async () => {
    answerWith((minute) => 500 + 20 * noise(minute));
    const { structured } = await ask({ namespace: 'Own', metric_name: 'FreeSeats' });
    expect(structured.recommendations).toMatchObject([
      { source: 'history', comparison: 'LessThanThreshold', evaluation: '3 of 5', replay: { alarms: 0 } },
    ]);
    expect(structured.recommendations[0]?.threshold).toBeLessThan(500);
  });

  it('takes the period in which the metric is published', async () => {
    answerWith((minute) => (minute % 5 === 0 ? 40 + noise(minute) : undefined));
    const { structured, text } = await ask(CPU);
    expect(structured.recommendations[0]).toMatchObject({ period_seconds: 300, threshold: 90, replay: { alarms: 0 } });
    expect(text).toContain('published every 300 s, so the period is that, not the 60 s of the advice');
  });

  it('ignores missing data of DynamoDB, as CloudWatch does', async () => {
    const events = {
      namespace: 'AWS/DynamoDB',
      metric_name: 'WriteThrottleEvents',
      dimensions: [{ name: 'TableName', value: 'shop-carts' }],
    };
    // Some bad minutes, and then no datapoint at all: the alarm stays.
    answerWith((minute) =>
      minute > TWO_WEEKS - 40 ? (minute < TWO_WEEKS - 30 ? 500 : undefined) : 10 * noise(minute),
    );
    const { text } = await ask(events);
    expect(text).toContain('CloudWatch ignores missing data in alarms on DynamoDB whatever is set');
    expect(text).toContain('in ALARM at the end');
  });

  it('says when a metric grows into its threshold', async () => {
    answerWith((minute) => 100 + minute / 1_440 + noise(minute));
    const { text } = await ask({ namespace: 'Own', metric_name: 'Files' });
    expect(text).toMatch(/It rises by [\d.]+ a day, and reaches the threshold in about \d+ days by that alone\./);
  });

  it('marks an alarm that exists and does not repeat it', async () => {
    const alarms = [
      { AlarmName: 'mine', Threshold: 90, EvaluationPeriods: 5 },
      { AlarmName: 'nervous', Threshold: 50, EvaluationPeriods: 1 },
    ].map((alarm) => ({
      Namespace: 'AWS/RDS',
      MetricName: 'CPUUtilization',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'shop-orders-db' }],
      StateValue: 'OK',
      Statistic: 'Average',
      Period: 60,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'breaching',
      ...alarm,
    }));
    bench.local.faults.add({
      operation: 'DescribeAlarmsForMetric',
      fault: { kind: 'alterOutput', alter: () => ({ MetricAlarms: alarms }) },
    });
    const { text, structured } = await ask(CPU);
    expect(structured.existing).toMatchObject([
      { name: 'mine', state: 'OK', relation: 'the same as 1' },
      { name: 'nervous', relation: 'stricter than 1' },
    ]);
    expect(structured.recommendations[0]).not.toHaveProperty('cloudformation');
    expect(structured.recommendations[1]).toHaveProperty('cloudformation');
    expect(text).toContain('It exists already: mine.');
    expect(text).toContain('it has 2 already, 1 of them is the same as recommended');
  });

  it('finds an alarm on a band, which no call finds by its metric', async () => {
    const { structured } = await ask({ namespace: 'Shop/Business', metric_name: 'OrdersPlaced', statistic: 'Sum' });
    expect(structured.existing.map(({ name }) => name)).toContain('shop-orders-placed-anomaly');
  });

  it('takes advice for exactly these dimensions, and its periods for others', async () => {
    const errors = { namespace: 'AWS/ApiGateway', metric_name: '5XXError' };
    const own = await ask({ ...errors, dimensions: STAGE });
    expect(own.structured.recommendations[0]).toMatchObject({ source: 'aws', threshold: 0.05 });
    const other = await ask({ ...errors, dimensions: [{ name: 'ApiName', value: 'shop-api' }] });
    expect(other.structured.recommendations[0]).toMatchObject({ source: 'history', evaluation: '3 of 3' });
    expect(other.text).toContain('The advice is for ApiName + Stage, not for these dimensions');
  });

  it('gives advice untested where there is no data yet', async () => {
    const { text, structured } = await ask({
      ...CPU,
      dimensions: [{ name: 'DBInstanceIdentifier', value: 'shop-orders-bd' }],
    });
    expect(structured.recommendations).toHaveLength(1);
    expect(structured.recommendations[0]).not.toHaveProperty('replay');
    expect(text).toContain('no datapoints to try them on: dimension `DBInstanceIdentifier` has no value');
    expect(text).toContain('`shop-orders-db`');
    expect(text).toContain('not tried, for lack of datapoints');
  });

  it('says which dimensions exist when they are missing, and which names are near', async () => {
    const without = await ask({ namespace: 'AWS/SQS', metric_name: 'ApproximateAgeOfOldestMessage' });
    expect(without.structured.recommendations).toEqual([]);
    expect(without.text).toContain('exists with: `QueueName`');
    const typo = await ask({ namespace: 'AWS/Lambda', metric_name: 'Eror', dimensions: CHECKOUT });
    expect(typo.text).toMatch(/^No alarm can be recommended for `Eror`: `AWS\/Lambda` has no metric `Eror`/);
    expect(typo.text).toContain('Near names: `Errors`');
    const elsewhere = await ask({ namespace: 'AWS/Lamda', metric_name: 'Errors' });
    expect(elsewhere.text).toContain('Near names of AWS: `AWS/Lambda`');
    const cased = await ask({ namespace: 'aws/lambda', metric_name: 'errors', dimensions: CHECKOUT });
    expect(cased.text).toContain('AWS writes it `AWS/Lambda` `Errors`');
  });
});
