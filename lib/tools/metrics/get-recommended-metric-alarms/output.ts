/** `structuredContent` of get_recommended_metric_alarms. */
import { z } from 'zod';
import type { KnownIncident } from '../../../domain/alarms/advice/known-incidents.ts';
import { renderCloudFormation } from '../../../domain/alarms/advice/render-cloudformation.ts';
import { renderTerraform } from '../../../domain/alarms/advice/render-terraform.ts';
import { describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { formatTime } from '../../../domain/time.ts';
import type { FoundAlarm } from './existing-alarms.ts';
import type { Recommendation } from './recommendation.ts';

/** Of an alarm that exists to a recommendation, by its number. */
export const RELATIONS = {
  duplicate: 'the same as',
  similar: 'nearly the same as',
  stricter: 'stricter than',
  looser: 'looser than',
} as const;

export type TemplateFormat = 'cloudformation' | 'terraform';

const MAX_TIMES = 5;
const FIGURE_DIGITS = 4;

const alarmOutput = z.strictObject({
  source: z.string(),
  why: z.string(),
  statistic: z.string(),
  period_seconds: z.int(),
  comparison: z.string(),
  threshold: z.number().optional(),
  band_width: z.number().optional(),
  evaluation: z.string(),
  missing_data: z.string(),
  replay: z
    .strictObject({ alarms: z.int(), per_week: z.number(), share: z.number(), last: z.array(z.string()) })
    .optional(),
  usual: z
    .strictObject({ alarms: z.int(), per_week: z.number(), share: z.number() })
    .optional()
    .describe('without incidents'),
  missed_incidents: z.array(z.string()).optional(),
  cloudformation: z.string().optional(),
  terraform: z.string().optional(),
});

export const recommendOutput = z.strictObject({
  account_id: z.string().optional(),
  unit: z.string().optional(),
  intent: z.string().optional().describe('what to watch it for, when it is bad'),
  recommendations: z.array(alarmOutput),
  missing: z.array(z.string()),
  incidents: z.array(z.strictObject({ start_time: z.string(), end_time: z.string(), alarm: z.string().optional() })),
  existing: z.array(
    z.strictObject({
      name: z.string(),
      state: z.string(),
      watches: z.string(),
      relation: z.string().optional(),
    }),
  ),
});

export function toAlarmOutput(
  { source, isDerived, why, template, verdict }: Recommendation,
  formats: readonly TemplateFormat[],
): z.input<typeof alarmOutput> {
  const { condition } = template;
  return {
    source: isDerived || source === 'none' ? 'history' : source,
    why,
    statistic: template.statistic,
    period_seconds: template.periodSeconds,
    comparison: condition.comparison,
    ...(condition.kind === 'threshold' ? { threshold: condition.threshold } : { band_width: condition.width }),
    evaluation: `${template.datapointsToAlarm} of ${template.evaluationPeriods}`,
    missing_data: template.missingData,
    ...(verdict !== undefined && {
      replay: {
        alarms: verdict.whole.alarmsEpochMs.length,
        per_week: tidy(verdict.whole.alarmsPerWeek),
        share: tidy(verdict.whole.alarmShare),
        last: verdict.whole.alarmsEpochMs.slice(-MAX_TIMES).map(formatTime),
      },
      usual: {
        alarms: verdict.usual.alarms,
        per_week: tidy(verdict.usual.alarmsPerWeek),
        share: tidy(verdict.usual.alarmShare),
      },
      ...(verdict.missed.length > 0 && {
        missed_incidents: verdict.missed.slice(-MAX_TIMES).map(({ startEpochMs }) => formatTime(startEpochMs)),
      }),
    }),
    ...(formats.includes('cloudformation') && { cloudformation: renderCloudFormation(template) }),
    ...(formats.includes('terraform') && { terraform: renderTerraform(template) }),
  };
}

export function toIncidentOutput({ startEpochMs, endEpochMs, alarmName }: KnownIncident) {
  return {
    start_time: formatTime(startEpochMs),
    end_time: formatTime(endEpochMs),
    ...(alarmName !== undefined && { alarm: alarmName }),
  };
}

export function toExistingOutput({ alarm, nearest }: FoundAlarm) {
  return {
    name: alarm.name,
    state: alarm.state,
    watches: describeWatch(alarm),
    ...(nearest !== undefined && { relation: `${RELATIONS[nearest.relation]} ${nearest.index + 1}` }),
  };
}

function tidy(value: number): number {
  return Number(value.toPrecision(FIGURE_DIGITS));
}
