/** Alarms as get_recommended_metric_alarms makes them: of every metric with advice, and of metrics with hostile names. */
import type { MetricIdentity } from '../../../lib/aws/ports/metrics.ts';
import type { AlarmTemplate } from '../../../lib/domain/alarms/advice/alarm-template.ts';
import { listMetricsOf } from '../../../lib/domain/metrics/catalogue/metric-catalogue.ts';
import {
  chooseCandidates,
  findKnown,
} from '../../../lib/tools/metrics/get-recommended-metric-alarms/choose-candidates.ts';
import type { History } from '../../../lib/tools/metrics/get-recommended-metric-alarms/read.ts';
import { recommend } from '../../../lib/tools/metrics/get-recommended-metric-alarms/recommend.ts';
import { analyzeMetricSeries, type MetricAnalysis } from '../../../lib/tools/metrics/shared/analyze-fetched.ts';
import { viewSeries } from '../../../lib/tools/metrics/shared/view-series.ts';
import { HOSTILE_TEXTS } from '../../hostile/hostile-texts.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const DAYS = 4;
const DAILY_DAYS = 28;
const DAY_SECONDS = 86_400;
/** Below what CloudWatch takes: names of 255 characters, values of 1,024 (PutMetricData, API reference). */
const MAX_NAME_CHARS = 240;
const MAX_VALUE_CHARS = 1_000;
const STATISTICS = ['Average', 'SampleCount', 'p99.9', 'tm90', 'TM(10%:90%)', 'PR(:300)', 'IQM'];

/** What ends strings, comments and blocks of YAML and HCL, or begins something in them. */
const BREAKING = [
  'a"b',
  "a'b",
  'a\\',
  'a\nb',
  'a\r\n  Type: AWS::IAM::User',
  '"\n}\nresource "null_resource" "x" {',
  ['$', '{file("/etc/passwd")}'].join(''),
  ['%', '{ for x in y }'].join(''),
  ['$$', '{a}'].join(''),
  ['$$$', '{a}'].join(''),
  ['%%', '{a}'].join(''),
  '# comment',
  ': - & * ! | > @ ` ?',
  '!Ref Other',
  '{{resolve:ssm:name}}',
  'true',
  '0x10',
  '1e3',
  '~',
  ' leading and trailing ',
  '\u2028\u202e\u200b\ufeff\u0085',
  '日本語 ü 🚒',
];

interface Story {
  readonly history: (statistic: string) => History;
  readonly analysis: MetricAnalysis | undefined;
}

/** Days that repeat, with some noise; once per period. */
async function tell(periodSeconds: number): Promise<Story> {
  const periodMs = periodSeconds * 1_000;
  const days = periodSeconds >= DAY_SECONDS ? DAILY_DAYS : DAYS;
  const startEpochMs = NOW - days * DAY_SECONDS * 1_000;
  const count = (NOW - startEpochMs) / periodMs;
  const series = {
    id: 'm1',
    label: '',
    status: 'Complete',
    messages: [],
    timestampsEpochMs: Array.from({ length: count }, (_, at) => startEpochMs + at * periodMs),
    values: Array.from({ length: count }, (_, at) => {
      const noise = Math.abs((Math.sin(at * 12.9898) * 43_758.5453) % 1);
      return 20 + 10 * Math.sin((at * periodSeconds * 2 * Math.PI) / DAY_SECONDS) + noise;
    }),
  } as const;
  const range = { startEpochMs, endEpochMs: NOW };
  const settings = {
    ...range,
    nowEpochMs: NOW,
    sparklineWidth: 1,
    periodSeconds,
    unit: undefined,
    statistic: undefined,
  };
  const view = viewSeries(series, undefined, settings);
  return {
    analysis: await analyzeMetricSeries(view),
    history: (statistic) => ({ statistic, periodSeconds, range, view, warnings: [] }),
  };
}

function listMetrics(): { readonly metric: MetricIdentity; readonly statistic?: string }[] {
  const known = listMetricsOf().flatMap(({ namespace, metricName, alarms }) =>
    alarms.map(({ dimensions }) => ({
      metric: {
        namespace,
        metricName,
        dimensions: dimensions.map(({ name, value = `my-${name}` }) => ({ name, value })),
      },
    })),
  );
  // A lone surrogate cannot be sent to CloudWatch in any way.
  const texts = [...BREAKING, ...Object.values(HOSTILE_TEXTS)].map((text) =>
    text.slice(0, MAX_VALUE_CHARS).toWellFormed(),
  );
  const hostile = texts.map((value, index) => {
    const name = value.slice(0, MAX_NAME_CHARS).toWellFormed();
    return {
      metric: { namespace: `Own/${name}`, metricName: name, dimensions: [{ name, value }] },
      statistic: STATISTICS[index % STATISTICS.length] ?? 'Average',
    };
  });
  return [...known, ...hostile];
}

/** Names are unique across all of them. */
export async function listRecommended(): Promise<AlarmTemplate[]> {
  const stories = new Map<number, Story>();
  const found = new Map<string, AlarmTemplate>();
  for (const { metric, statistic } of listMetrics()) {
    const candidates = chooseCandidates(metric, statistic, findKnown(metric));
    const periods = [...new Set(candidates.map(({ rule }) => rule.periodSeconds))];
    for (const seconds of periods) if (!stories.has(seconds)) stories.set(seconds, await tell(seconds));
    const { recommendations } = await recommend({
      metric,
      unit: undefined,
      candidates,
      historyOf: (rule) => stories.get(rule.periodSeconds)?.history(rule.statistic),
      analysis: stories.get(candidates[0].rule.periodSeconds)?.analysis,
      incidents: [],
    });
    for (const { template } of recommendations)
      found.set(
        JSON.stringify([template.namespace, template.metricName, template.dimensions, template.names.alarmName]),
        template,
      );
  }
  return [...found.values()];
}
