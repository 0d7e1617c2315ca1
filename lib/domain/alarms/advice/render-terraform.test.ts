import { it } from 'vitest';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { nameAlarm } from './alarm-names.ts';
import { type AlarmTemplate, bandExpression, isSimpleStatistic } from './alarm-template.ts';
import { type ExistingAlarm, relate } from './compare-existing.ts';
import { readMetricName } from './metric-words.ts';
import { quoteHcl, quoteYaml, writeNumber } from './quote-template.ts';
import { renderCloudFormation } from './render-cloudformation.ts';
import { renderTerraform } from './render-terraform.ts';

const METRIC = {
  namespace: 'AWS/Lambda',
  metricName: 'Errors',
  dimensions: [
    { name: 'FunctionName', value: 'pay "it" \u0024{now}' },
    { name: 'Resource', value: 'pay:live' },
  ],
};
const TEMPLATE: AlarmTemplate = {
  ...METRIC,
  names: nameAlarm(METRIC, 'sum-high', new Set()),
  description: 'Errors: more than\nusual',
  statistic: 'Sum',
  periodSeconds: 300,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  missingData: 'notBreaching',
  condition: { kind: 'threshold', comparison: 'GreaterThanThreshold', threshold: 5 },
};
const BAND = { kind: 'band', comparison: 'LessThanLowerThreshold', width: 3 } as const;
const TEMPLATES: Readonly<Record<string, AlarmTemplate>> = {
  plain: TEMPLATE,
  'percentile, no dimensions': { ...TEMPLATE, statistic: 'p99.9', dimensions: [] },
  band: { ...TEMPLATE, condition: BAND },
  'band of a percentile': { ...TEMPLATE, statistic: 'p90', condition: BAND, dimensions: [] },
  'a small threshold': {
    ...TEMPLATE,
    condition: { kind: 'threshold', comparison: 'LessThanThreshold', threshold: 1e-7 },
  },
};

it('writes alarms in both languages', async () => {
  const rows = Object.entries(TEMPLATES).flatMap(([name, template]) =>
    [renderTerraform(template), renderCloudFormation(template)].flatMap((text) =>
      text.split('\n').map((line) => [name, line] as const),
    ),
  );
  await expectTable('advice/templates', rows);
});

it('quotes what would end or change a text', async () => {
  const texts = [
    '',
    'plain',
    '"',
    '\\',
    '\u0024{a}',
    '%{a}',
    '$a%',
    '$${a}',
    'a\tb\nc',
    '\u0000',
    '\u2028',
    'é',
    '😀',
    '\u{E0041}',
    '\uD800',
    '\u00a0',
    '\u200b',
  ];
  const numbers = [0, -1, 1.5, 1e21, 1.5e21, -1e-7, 123_456];
  await expectTable('advice/quotes', [
    ...texts.map((text) => [JSON.stringify(text), [quoteYaml(text), quoteHcl(text)]] as const),
    ...numbers.map((number) => [String(number), writeNumber(number)] as const),
    ...['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount', 'p90', 'Sums', 'TM(1:2)'].map(
      (one) => [one, isSimpleStatistic(one)] as const,
    ),
    ['band', bandExpression(2.5)],
  ]);
});

it('relates alarms that exist', async () => {
  const same: ExistingAlarm['condition'] = {
    operator: 'GreaterThanThreshold',
    threshold: 5,
    periodSeconds: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: 'notBreaching',
  };
  const changes: readonly Partial<ExistingAlarm['condition']>[] = [
    {},
    { threshold: 4 },
    { threshold: 6 },
    { threshold: 5 * (1 + 1e-10) },
    { threshold: undefined },
    { operator: 'GreaterThanOrEqualToThreshold' },
    { operator: 'LessThanThreshold' },
    { operator: undefined },
    { periodSeconds: 60 },
    { periodSeconds: 600 },
    { periodSeconds: undefined },
    { evaluationPeriods: 4 },
    { evaluationPeriods: undefined },
    { datapointsToAlarm: 1 },
    { datapointsToAlarm: 3 },
    { datapointsToAlarm: undefined },
    { treatMissingData: undefined },
    { treatMissingData: 'missing' },
    { threshold: 4, datapointsToAlarm: 3 },
  ];
  const statistics = ['Sum', 'sum', 'Average'];
  const rows = statistics.flatMap((statistic) =>
    changes.map(
      (change) =>
        [
          `${statistic} ${JSON.stringify(change)}`,
          relate({ type: 'metric', statistic, condition: { ...same, ...change } }, TEMPLATE),
        ] as const,
    ),
  );
  const below = {
    ...TEMPLATE,
    missingData: 'missing',
    condition: { kind: 'threshold', comparison: 'LessThanOrEqualToThreshold', threshold: 5 },
  } as const;
  const lower = changes.map(
    (change) =>
      [
        `below ${JSON.stringify(change)}`,
        relate(
          { type: 'metric', statistic: 'Sum', condition: { ...same, operator: 'LessThanThreshold', ...change } },
          below,
        ),
      ] as const,
  );
  const bands = [
    undefined,
    'ANOMALY_DETECTION_BAND(m1)',
    'anomaly_detection_band( m1 , 3 )',
    'ANOMALY_DETECTION_BAND(m1, 2.5)',
    'ANOMALY_DETECTION_BAND(m1, 4)',
    'else',
  ].flatMap((band) =>
    ['LessThanLowerThreshold', 'GreaterThanUpperThreshold'].flatMap((operator) =>
      (['anomaly', 'metric'] as const).map(
        (type) =>
          [
            `${band}, ${operator}, ${type}`,
            relate(
              { type, statistic: 'p90.0', band, condition: { ...same, operator } },
              { ...TEMPLATE, statistic: 'p90', condition: BAND },
            ),
          ] as const,
      ),
    ),
  );
  await expectTable('advice/compare-existing', [
    ...rows,
    ...lower,
    ...bands,
    ['an anomaly alarm', relate({ type: 'anomaly', statistic: 'Sum', condition: same }, TEMPLATE)],
  ]);
});

it('names alarms apart', async () => {
  const taken = new Set<string>();
  const metrics = [
    METRIC,
    METRIC,
    { ...METRIC, dimensions: [] },
    { ...METRIC, dimensions: [] },
    { ...METRIC, dimensions: [] },
    { ...METRIC, namespace: '/a b/', dimensions: [{ name: 'x', value: '--' }] },
    { ...METRIC, dimensions: [{ name: 'x', value: 'v'.repeat(61) }] },
    { ...METRIC, dimensions: Array.from({ length: 5 }, (_, at) => ({ name: `n${at}`, value: `${at}`.repeat(50) })) },
    { namespace: 'é', metricName: 'ü', dimensions: [] },
  ];
  await expectTable(
    'advice/alarm-names',
    metrics.map((metric, at) => [String(at), nameAlarm(metric, 'p90-high', taken)]),
  );
});

it('reads the side that is bad from the words of a name', async () => {
  const words =
    'error err fault fail failure exception crash freeze frozen panic fatal decline reject rejection refuse refusal deny denied denial drop discard lost loss timeout timed throttle throttling abort cancel invalid unsuccessful unauthorized forbidden corrupt corruption conflict deadlock violation evict eviction exceed overflow overrun miss retry retransmit restart reboot kill oom bounce complaint malformed broken breach dlq 4xx 5xx 4xxs 5xxs outage leak expire disconnect latency delay duration age lag behind queue backlog pending wait blocked slow long dead unhealthy unavailable unreachable overdue stale usage used utilization utilisation pressure saturation congestion exhausted exhaustion downtime down inactive free freeable available availability avail remaining left balance healthy success successful succeed succeeded hit uptime credit inservice running throughput ready alive heartbeat online headroom spare idle time depth length size rate ratio percent percentage pct share level temperature memory storage space average avg capacity load concurrency current active open waiting visible queued connection thread host node instance task pod replica session consumer worker concurrent cpu heap oldest newest count counts counter total totals number num sum value metric per'.split(
      ' ',
    );
  const phrases = [
    'LimitHits',
    'TimeOuts',
    'DeadLetters',
    'InServiceInstances',
    'UsageIdle',
    'up',
    'upstream',
    'UnHealthyHostCount',
    'NotReady',
    'FreeErrors',
    'retries',
    'dropped',
    'ErrorRate',
    'RequestsPerSecond',
    'HTTPCode_Target_5XX_Count',
    'CPUUtilization',
    'ThrottledRequests',
  ];
  const rows = [...words.flatMap((word) => [word, `${word}s`, `${word}Count`, `Request_${word}`]), ...phrases].map(
    (name) => {
      const { direction, word, isFault, isGauge } = readMetricName(name);
      return [name, `${direction} ${word ?? '-'}${isFault ? ' fault' : ''}${isGauge ? ' gauge' : ''}`] as const;
    },
  );
  await expectTable('advice/metric-words', rows);
});
