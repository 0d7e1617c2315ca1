import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { envelopeOutput } from '../../../tool/envelope.ts';
import { recommendOutput } from './output.ts';

const CHECKOUT = [{ name: 'FunctionName', value: 'shop-checkout' }];
const DB = [{ name: 'DBInstanceIdentifier', value: 'shop-orders-db' }];
const QUIET_DB = [{ name: 'DBInstanceIdentifier', value: 'quiet' }];
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
  it('gives the number of AWS, a derived one where that is far off, and a band for a season', async () => {
    const { text, structured } = await ask(CPU);
    expect(structured.recommendations).toMatchObject([
      { source: 'aws', statistic: 'Average', comparison: 'GreaterThanThreshold', threshold: 90, replay: { alarms: 0 } },
      { source: 'history', statistic: 'Average', comparison: 'GreaterThanThreshold', usual: { alarms: 0 } },
      { source: 'anomaly', statistic: 'Average', period_seconds: 60, comparison: 'GreaterThanUpperThreshold' },
    ]);
    expect(structured.unit).toBe('Percent');
    expect(text).toContain('1. Average > 90% in 5 of 5 periods of 1m, missing data: breaching');
    expect(text).toContain(
      'never to ALARM in 14d. It misses 2 of 2 known incidents: 2026-03-01T11:23:00Z for 34m (high by 55.4%',
    );
    expect(text).toContain('Beside the number of the advice, which is far off what this metric does');
    expect(text).toContain('Low values are not watched.');
    expect(text).toContain('It sees 1 of 2 known incidents.');
    expect(text).toContain('By our own estimate (season and trend of this history, not the model of CloudWatch)');
    expect(text).toContain('CloudWatch trains its model on up to two weeks.');
    expect(structured.recommendations[2]?.cloudformation).toContain('Expression: "ANOMALY_DETECTION_BAND(m1, ');
  });

  it.each([
    ['cloudformation', true, false],
    ['terraform', false, true],
    ['both', true, true],
    [undefined, true, false],
  ])('writes templates in the format that is asked for: %s', async (format, hasCloudFormation, hasTerraform) => {
    const { text, structured } = await ask({ ...CPU, format });
    expect(text.includes('Type: AWS::CloudWatch::Alarm')).toBe(hasCloudFormation);
    expect(text.includes('resource "aws_cloudwatch_metric_alarm"')).toBe(hasTerraform);
    const [one] = structured.recommendations;
    expect(['cloudformation' in (one ?? {}), 'terraform' in (one ?? {})]).toEqual([hasCloudFormation, hasTerraform]);
    if (hasTerraform) expect(one?.terraform).toContain('"DBInstanceIdentifier" = "shop-orders-db"');
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

  it('has an alarm for errors that never came, and for rare ones', async () => {
    const errors = {
      namespace: 'AWS/Lambda',
      metric_name: 'Errors',
      dimensions: [{ name: 'FunctionName', value: 'quiet' }],
    };
    answerWith(() => 0);
    const never = await ask(errors);
    expect(never.structured.recommendations).toMatchObject([
      {
        source: 'history',
        comparison: 'GreaterThanThreshold',
        threshold: 0,
        evaluation: '1 of 1',
        missing_data: 'notBreaching',
      },
    ]);
    expect(never.text).toContain('None came in 13d 23h, so that each one is news');
    expect(never.text).toContain('AWS says, in our words: Above 0;');
    expect(never.text).toContain('The 3 of 3 periods of 1m of the advice');
    bench.local.faults.clear();
    answerWith((minute) => (minute % 700 === 0 ? 1 : 0));
    const rare = await ask(errors);
    expect(rare.structured.recommendations).toMatchObject([{ usual: { alarms: 0 }, replay: { alarms: 0 } }]);
    expect(rare.text).toMatch(/29 came in 13d 23h.*times as many as usual/);
  });

  it('leaves an incident out, shows both replays, and says which one an alarm misses', async () => {
    const latency = { namespace: 'AWS/RDS', metric_name: 'ReadLatency', dimensions: QUIET_DB };
    answerWith((minute) => (minute >= 9_000 && minute < 9_240 ? 0.034 : 0.004 + 0.0002 * noise(minute)));
    const { text, structured } = await ask(latency);
    expect(structured.incidents).toHaveLength(1);
    const [alarm] = structured.recommendations;
    expect(alarm?.threshold).toBeLessThan(0.034);
    expect(alarm).toMatchObject({ replay: { alarms: 1 }, usual: { alarms: 0 } });
    expect(text).toContain('Left out of what is usual, as incidents: ');
    expect(text).toMatch(/never to ALARM in 13d \d+h without its incidents; with them 1 time to ALARM/);
    expect(text).toContain('worth a look');
  });

  it('says what no threshold of a constant metric can be, unless an incident tells', async () => {
    answerWith((minute) => (minute >= 9_000 && minute < 9_240 ? 34 : 4));
    const { structured } = await ask({ namespace: 'Own', metric_name: 'Depth' });
    const [alarm] = structured.recommendations;
    expect(alarm?.threshold).toBeGreaterThan(4);
    expect(alarm?.threshold).toBeLessThan(34);
    bench.local.faults.clear();
    answerWith(() => 4);
    expect((await ask({ namespace: 'Own', metric_name: 'Depth' })).text).toContain('have the same value (4)');
  });

  it('gives a metric that shrinks a threshold for its end, not for the day after tomorrow', async () => {
    const disk = { namespace: 'Own', metric_name: 'FreeStorageSpace' };
    // 400 GB that lose 4 GB a day: 86 days.
    answerWith((minute) => 4e11 - (minute / 1_440) * 4e9 + 1e7 * noise(minute));
    const { text, structured } = await ask(disk);
    const [alarm] = structured.recommendations;
    expect(alarm).toMatchObject({ comparison: 'LessThanThreshold' });
    expect(alarm?.threshold).toBeGreaterThan(2.5e10);
    expect(alarm?.threshold).toBeLessThan(3.2e10);
    expect(text).toContain('moved to where the drift leaves 7 days before the end');
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

  it.each([
    ['every 5 minutes', 5, 0],
    ['every 5 minutes with gaps', 5, 0.4],
    ['every 10 minutes with gaps', 10, 0.3],
    ['every 15 minutes with gaps', 15, 0.25],
  ])('takes the period in which the metric is published: %s', async (_, every, missing) => {
    answerWith((minute) => (minute % every === 0 && noise(minute) >= missing ? 40 + noise(minute + 1) : undefined));
    const { structured, text } = await ask(CPU);
    const seconds = every * 60;
    expect(structured.recommendations[0]).toMatchObject({ period_seconds: seconds, threshold: 90 });
    expect(text).toContain(`published every ${seconds} s, so the period is that, not the 60 s of the advice`);
    const own = await ask({ namespace: 'Own', metric_name: 'Depth' });
    expect(own.structured.recommendations[0]).toMatchObject({ period_seconds: seconds, evaluation: '3 of 5' });
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
