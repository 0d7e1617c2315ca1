/** Recommended alarms → the answer. Pure. */
import type { z } from 'zod';
import type { MetricIdentity } from '../../../aws/ports/metrics.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import type { AlarmTemplate } from '../../../domain/alarms/advice/alarm-template.ts';
import type { KnownIncident } from '../../../domain/alarms/advice/known-incidents.ts';
import { renderCloudFormation } from '../../../domain/alarms/advice/render-cloudformation.ts';
import { renderTerraform } from '../../../domain/alarms/advice/render-terraform.ts';
import { COMPARISON_SIGNS, describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { metricsLink } from '../../../domain/console-links.ts';
import { formatNumber, formatValue } from '../../../domain/metrics/metric-value.ts';
import { inAccount } from '../../../domain/metrics/owner-account.ts';
import { cleanLine, inlineName } from '../../../domain/text/clean-text.ts';
import { listSome, nounOf } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import type { Answer, Section } from '../../../tool/types.ts';
import type { EmptyExplanation } from '../shared/empty-series.ts';
import { describeIncident, describeVerdict } from './answer-derivation.ts';
import type { FoundAlarm } from './existing-alarms.ts';
import {
  RELATIONS,
  type recommendOutput,
  type TemplateFormat,
  toAlarmOutput,
  toExistingOutput,
  toIncidentOutput,
} from './output.ts';
import type { History } from './read.ts';
import type { Recommendation } from './recommendation.ts';

const SIGNS: Readonly<Record<string, string>> = {
  ...COMPARISON_SIGNS,
  GreaterThanUpperThreshold: 'above the band',
  LessThanLowerThreshold: 'below the band',
  LessThanLowerOrGreaterThanUpperThreshold: 'outside of the band',
};
const OFTEN_SHARE = 0.5;
const MAX_INCIDENTS = 3;
const ESTIMATED = 'By our own estimate (season and trend of this history, not the model of CloudWatch)';
/** The nearest to the recommendations first. */
const MAX_EXISTING = 50;

export interface Facts {
  readonly metric: MetricIdentity;
  readonly target: Target;
  readonly unit: string | undefined;
  /** What the catalogue says to watch it for. */
  readonly intent: string | undefined;
  readonly recommendations: readonly Recommendation[];
  readonly missing: readonly string[];
  readonly histories: readonly History[];
  /** Left out of what is usual. */
  readonly incidents: readonly KnownIncident[];
  /** What AWS says of the metric, in words of ours. */
  readonly guidance: string | undefined;
  readonly formats: readonly TemplateFormat[];
  /** Undefined where AWS did not tell. */
  readonly existing: readonly FoundAlarm[] | undefined;
  readonly explanation: EmptyExplanation | undefined;
  readonly hints: readonly string[];
  readonly warnings: readonly string[];
}

export function answerRecommendations(facts: Facts): Answer<z.input<typeof recommendOutput>> {
  const { metric, target, unit, intent, recommendations, histories } = facts;
  const all = facts.existing ?? [];
  const existing = all.slice(0, MAX_EXISTING);
  const left = all.length - existing.length;
  const warnings = [
    ...facts.warnings,
    ...(left > 0 ? [`${formatNumber(left)} of the alarms that it has are left out → describe_alarms lists them.`] : []),
  ];
  const twins = recommendations.map(
    (_, index) => all.find(({ nearest }) => nearest?.relation === 'duplicate' && nearest.index === index)?.alarm.name,
  );
  const [history] = histories;
  const datapoints = Math.max(0, ...histories.map(({ view }) => view.points.length));
  return {
    headline: describeHeadline(facts, twins),
    targets: [target],
    facts: [
      ...(intent === undefined ? [] : [`What for: ${intent}`]),
      ...histories.map(describeHistory),
      ...(datapoints === 0
        ? []
        : [`Thresholds are in the unit of the metric${unit === undefined ? ', which is not known' : `: ${unit}`}.`]),
      ...(facts.guidance === undefined ? [] : [facts.guidance]),
      ...describeIncidents(facts.incidents, unit),
      ...facts.missing,
    ],
    ...(recommendations.length > 0 && {
      list: {
        noun: 'recommendation',
        isUntrusted: true,
        total: recommendations.length,
        items: recommendations.map((recommendation, index) =>
          describeOne(recommendation, index, { unit, twin: twins[index], formats: facts.formats }),
        ),
      },
    }),
    sections: describeExisting(existing),
    hints: facts.hints,
    warnings,
    link:
      history &&
      metricsLink(target.region, {
        metrics: [{ ...metric, statistic: history.statistic }],
        ...history.range,
        ...(history.view.periodSeconds !== undefined && { periodSeconds: history.view.periodSeconds }),
      }),
    structured: ({ shown }) => ({
      account_id: metric.accountId,
      unit,
      intent,
      recommendations: recommendations
        .slice(0, shown)
        .map((recommendation, index) => toAlarmOutput(recommendation, twins[index] === undefined ? facts.formats : [])),
      missing: [...facts.missing],
      incidents: facts.incidents.map(toIncidentOutput),
      existing: existing.map(toExistingOutput),
    }),
  };
}

function describeHeadline(
  { metric, recommendations, missing, explanation, existing }: Facts,
  twins: readonly (string | undefined)[],
): string {
  const name = `${inlineName(metric.metricName)}${inAccount(metric.accountId)}`;
  const untested = explanation === undefined ? '' : `; no datapoints to try them on: ${explanation.reason}`;
  if (recommendations.length === 0) {
    return explanation === undefined
      ? `No alarm is recommended for ${name}: ${missing.length === 0 ? 'nothing is known of it' : 'there is no number to compare with'}.`
      : `No alarm can be recommended for ${name}: ${explanation.reason}.`;
  }
  const counts = [
    [recommendations.filter(({ source, isDerived }) => source !== 'anomaly' && !isDerived).length, 'by advice'],
    [recommendations.filter(({ isDerived }) => isDerived).length, 'with a threshold derived from its history'],
    [recommendations.filter(({ source }) => source === 'anomaly').length, 'with an anomaly band'],
  ] as const;
  const parts = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  const same = twins.filter((twin) => twin !== undefined).length;
  const have =
    existing === undefined
      ? 'which ones it has already is not known'
      : existing.length === 0
        ? 'it has none of its own yet'
        : `it has ${formatNumber(existing.length)} already${same === 0 ? '' : `, ${same} of them ${nounOf(same, 'is', 'are')} the same as recommended`}`;
  const noun = nounOf(recommendations.length, 'alarm');
  return `${recommendations.length} ${noun} for ${name}: ${parts.join(', ')}; ${have}${untested}.`;
}

function describeHistory({ view, range, statistic }: History): string {
  const { startEpochMs, endEpochMs } = range;
  const period =
    view.periodSeconds === undefined ? '' : ` in periods of ${formatDuration(view.periodSeconds * SECOND_MS)}`;
  return `History: ${statistic}${period}, ${formatTime(startEpochMs)} to ${formatTime(endEpochMs)} (${formatDuration(endEpochMs - startEpochMs)}), ${formatNumber(view.points.length)} of ${formatNumber(view.expectedCount)} datapoints.`;
}

function describeIncidents(incidents: readonly KnownIncident[], unit: string | undefined): string[] {
  if (incidents.length === 0) return [];
  const told = listSome(
    incidents.toReversed().map((one) => describeIncident(one, unit)),
    MAX_INCIDENTS,
    '; ',
    (left) => `; and ${left} earlier`,
  );
  return [`Left out of what is usual, as incidents: ${told}.`];
}

interface Beside {
  readonly unit: string | undefined;
  readonly twin: string | undefined;
  readonly formats: readonly TemplateFormat[];
}

function describeOne(recommendation: Recommendation, index: number, { unit, twin, formats }: Beside): string {
  const { template, why, verdict, history, isNoisy, source } = recommendation;
  const by = source === 'anomaly' ? ESTIMATED : 'On this history';
  return [
    `${index + 1}. ${describeCondition(recommendation, unit)}`,
    `Why: ${why}`,
    verdict === undefined
      ? 'On this history: not tried, for lack of datapoints.'
      : `${by}: ${describeVerdict(verdict, history, unit).join(' ')}`,
    ...(isNoisy && verdict !== undefined
      ? [
          `It would have been in ALARM ${verdict.usual.alarmShare >= OFTEN_SHARE ? 'most of the time' : 'too often to be of use'}.`,
        ]
      : []),
    ...(twin === undefined
      ? formats.flatMap((format) => writeTemplate(format, template))
      : [`It exists already: ${cleanLine(twin)}.`]),
  ].join('\n');
}

function writeTemplate(format: TemplateFormat, template: AlarmTemplate): string[] {
  return format === 'terraform'
    ? ['Terraform:', renderTerraform(template)]
    : ['CloudFormation:', 'Resources:', renderCloudFormation(template)];
}

/** E.g. `p90 > 1,300 ms in 15 of 15 periods of 1m, missing data: missing`. */
function describeCondition({ template }: Recommendation, unit: string | undefined): string {
  const { condition, statistic, datapointsToAlarm, evaluationPeriods, periodSeconds, missingData } = template;
  const sign = SIGNS[condition.comparison] ?? condition.comparison;
  const limit =
    condition.kind === 'threshold'
      ? ` ${formatLimit(condition.threshold, unit)}`
      : ` (${condition.width} standard deviations)`;
  const periods = `${datapointsToAlarm} of ${evaluationPeriods} ${nounOf(evaluationPeriods, 'period')} of ${formatDuration(periodSeconds * SECOND_MS)}`;
  return `${statistic} ${sign}${limit} in ${periods}, missing data: ${missingData}`;
}

/** The number as it stands in the templates, and how one would say it where that differs. */
function formatLimit(threshold: number, unit: string | undefined): string {
  const said = formatValue(threshold, unit);
  return said.replaceAll(',', '').startsWith(String(threshold)) ? said : `${threshold} (${said})`;
}

function describeExisting(existing: readonly FoundAlarm[]): Section[] {
  if (existing.length === 0) return [];
  const items = existing.map(({ alarm, nearest }) => {
    const relation =
      nearest === undefined
        ? ' — of another statistic, side or kind than recommended'
        : ` — ${RELATIONS[nearest.relation]} recommendation ${nearest.index + 1}`;
    return `${cleanLine(alarm.name)} [${alarm.state}]: ${describeWatch(alarm)}${relation}`;
  });
  return [{ title: 'Alarms on this metric already:', items, isUntrusted: true }];
}
