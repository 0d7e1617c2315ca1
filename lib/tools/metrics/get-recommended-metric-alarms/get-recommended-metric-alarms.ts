import { z } from 'zod';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { AlarmRule } from '../../../domain/alarms/advice/alarm-rule.ts';
import { joinIncidents } from '../../../domain/alarms/advice/known-incidents.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import type { CatalogueMetric } from '../../../domain/metrics/catalogue/encoding.ts';
import {
  findNamespace,
  findNearMetrics,
  findNearNamespaces,
} from '../../../domain/metrics/catalogue/metric-catalogue.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import type { Attempt } from '../../../tool/attempt.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { where } from '../../../tool/params.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { analyzeMetricSeries } from '../shared/analyze-fetched.ts';
import { type MetricPlan, metricArguments, planMetricQueries } from '../shared/arguments-metrics.ts';
import { lookAround } from '../shared/empty-elsewhere.ts';
import { type EmptyExplanation, explainEmpty } from '../shared/empty-series.ts';
import { findUnits } from '../shared/find-units.ts';
import {
  findBandAlarms,
  findMetricAlarms,
  findResourceAlarms,
  type LookedThrough,
  lookThroughAlarms,
  MAX_LOOKED_THROUGH,
} from '../shared/metric-alarms.ts';
import { answerRecommendations } from './answer.ts';
import { type Candidate, chooseCandidates, findKnown } from './choose-candidates.ts';
import { placeAlarms } from './existing-alarms.ts';
import { describeGuidance } from './guidance.ts';
import { recommendOutput } from './output.ts';
import { type History, readHistory } from './read.ts';
import { readAlarmTimes } from './read-alarm-times.ts';
import { recommend } from './recommend.ts';

/** Each is up to 20,160 datapoints. No metric of the catalogue has advice for more. */
const MAX_HISTORIES = 4;

export const getRecommendedMetricAlarms = defineTool({
  name: 'get_recommended_metric_alarms',
  title: 'Recommended alarms',
  description:
    'Alarms for one metric, by best practice or its history without incidents, with false-alarm rate, missed incidents and existing ones; as template.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    namespace: metricArguments.namespace.unwrap().describe('e.g. AWS/Lambda'),
    metric_name: metricArguments.metric_name.unwrap().describe('e.g. Errors'),
    dimensions: metricArguments.dimensions.describe('Exact set'),
    statistic: metricArguments.statistic.describe('Default: as advised'),
    account_id: metricArguments.account_id.describe('Linked source account that owns it'),
    format: z
      .enum(['cloudformation', 'terraform', 'both'])
      .default('cloudformation')
      .describe('Default cloudformation'),
    ...where,
  }),
  outputSchema: recommendOutput,
  async handler(input, context) {
    const plan = planMetricQueries(input);
    const planned = plan.queries[0]?.metric;
    const metric: MetricIdentity = {
      namespace: input.namespace,
      metricName: input.metric_name,
      dimensions: planned?.dimensions ?? [],
      ...(planned?.accountId !== undefined && { accountId: planned.accountId }),
    };
    const target = context.targets.one(input);
    const ports = context.aws(target);
    const known = findKnown(metric);
    const candidates = chooseCandidates(metric, input.statistic === undefined ? undefined : planned?.statistic, known);
    const looking = lookThroughAlarms(ports.alarms, context);
    const [histories, existing, looked] = await Promise.all([
      inParallel(listHistories(candidates), MAX_HISTORIES, (rule) => readHistory(ports.metrics, metric, rule, context)),
      findMetricAlarms(ports.alarms, metric, context, () => looking),
      looking,
    ]);
    const [first] = histories;
    const hasData = histories.some(({ view }) => view.points.length > 0);
    const own = 'value' in existing ? existing.value : [];
    const others = 'value' in looked ? looked.value.alarms : [];
    const [unit, analysis, explanation, alarmTimes] = await Promise.all([
      findUnit(metric, candidates[0].rule.statistic, first, { context, target, known }),
      first === undefined ? undefined : analyzeMetricSeries(first.view),
      hasData || first === undefined ? undefined : explainNothing(metric, first, context, target),
      first === undefined || !hasData
        ? undefined
        : readAlarmTimes(ports.alarms, [...own, ...findResourceAlarms(others, metric)], first.range, context),
    ]);
    const incidents =
      first === undefined || !hasData
        ? []
        : joinIncidents({
            own: analysis?.baseline.incidents ?? [],
            alarmTimes: alarmTimes?.times ?? [],
            range: first.range,
          });
    const historyOf = (rule: AlarmRule): History | undefined =>
      histories.find((history) => keyOf(history) === keyOf(rule));
    const { recommendations, missing } = await recommend({
      metric,
      unit,
      candidates,
      historyOf,
      analysis,
      incidents,
    });
    const hasBand = recommendations.some(({ source }) => source === 'anomaly');
    const alarms = [...own, ...(hasBand ? findBandAlarms(others, metric) : [])];
    return answerRecommendations({
      metric,
      target,
      unit,
      intent: known?.intent,
      recommendations,
      missing,
      histories,
      incidents,
      guidance: describeGuidance(known),
      formats: input.format === 'both' ? ['cloudformation', 'terraform'] : [input.format],
      existing: 'error' in existing && alarms.length === 0 ? undefined : placeAlarms(alarms, recommendations),
      explanation,
      hints: [
        ...(explanation?.hints ?? []).map(nameTool),
        ...(explanation === undefined ? nextSteps(recommendations.length) : hintKnown(metric, known)),
      ],
      warnings: [
        ...histories.flatMap(({ warnings }) => warnings),
        ...(explanation?.warnings ?? []),
        ...('error' in existing ? [`Existing alarms are not considered. ${existing.error.publicMessage}`] : []),
        ...warnOfOthers(looked),
        ...(alarmTimes?.warnings ?? []),
      ],
    });
  },
});

function keyOf({ statistic, periodSeconds }: Pick<AlarmRule, 'statistic' | 'periodSeconds'>): string {
  return `${periodSeconds} ${statistic}`;
}

/** One for each statistic and period. */
function listHistories(candidates: readonly Candidate[]): AlarmRule[] {
  return [...new Map(candidates.map(({ rule }) => [keyOf(rule), rule])).values()].slice(0, MAX_HISTORIES);
}

interface Place {
  readonly context: ToolContext;
  readonly target: Target;
}

async function findUnit(
  metric: MetricIdentity,
  statistic: string,
  history: History | undefined,
  { context, target, known }: Place & { readonly known: CatalogueMetric | undefined },
): Promise<string | undefined> {
  if (history === undefined || history.view.points.length === 0) return known?.unit;
  const plan: MetricPlan = {
    mode: 'metric',
    queries: [{ id: 'm1', isReturned: true, metric: { ...metric, statistic } }],
  };
  const units = await findUnits(context.aws(target).metrics, plan, history.range, context.signal);
  return units.get('m1') ?? known?.unit;
}

async function explainNothing(
  metric: MetricIdentity,
  { statistic, range, view }: History,
  context: ToolContext,
  target: Target,
): Promise<EmptyExplanation> {
  return await explainEmpty({
    metric: { ...metric, statistic, periodSeconds: view.periodSeconds },
    range,
    nowEpochMs: context.nowEpochMs,
    ...lookAround(context, target),
  });
}

/** Times are arguments of another tool. */
function nameTool(hint: string): string {
  return hint.replace(/^Pass start_time=/, 'Pass to get_metric_data start_time=');
}

function nextSteps(count: number): string[] {
  return count === 0
    ? ['analyze_metric tells how the metric behaves; with that, choose a threshold by what its users notice.']
    : ['No actions are set: add AlarmActions or alarm_actions with a topic of your own.'];
}

/** What AWS has under such a name, when the account has no data under it. */
function hintKnown({ namespace, metricName }: MetricIdentity, known: CatalogueMetric | undefined): string[] {
  if (known !== undefined) {
    const sets = known.dimensionSets.map((set) => (set.length === 0 ? 'none' : set.join(' + ')));
    const isCased = known.namespace !== namespace || known.metricName !== metricName;
    return [
      ...(isCased ? [`AWS writes it ${inlineName(known.namespace)} ${inlineName(known.metricName)}.`] : []),
      ...(sets.length === 0 ? [] : [`AWS publishes it with the dimensions: ${sets.join('; ')}.`]),
    ];
  }
  const knownNamespace = findNamespace(namespace);
  const near =
    knownNamespace === undefined ? findNearNamespaces(namespace) : findNearMetrics(metricName, knownNamespace);
  return near.length === 0 ? [] : [`Near names of AWS: ${near.map(inlineName).join(', ')}.`];
}

function warnOfOthers(looked: Attempt<LookedThrough>): string[] {
  if ('error' in looked) {
    return [
      `Alarms with a band, and ALARM times of the resource's other alarms, are not considered. ${looked.error.publicMessage}`,
    ];
  }
  return looked.value.isComplete
    ? []
    : [
        `Alarms with a band or on the same resource were looked for among the first ${MAX_LOOKED_THROUGH} metric alarms only.`,
      ];
}
