/** `structuredContent` of get_recommended_metric_alarms. */
import { z } from 'zod';
import { renderCloudFormation } from '../../../domain/alarms/advice/render-cloudformation.ts';
import { renderTerraform } from '../../../domain/alarms/advice/render-terraform.ts';
import { describeWatch } from '../../../domain/alarms/alarm-watch.ts';
import { formatTime } from '../../../domain/time.ts';
import type { FoundAlarm } from './existing-alarms.ts';
import type { Recommendation } from './recommend.ts';

/** Of an alarm that exists to a recommendation, by its number. */
export const RELATIONS = {
  duplicate: 'the same as',
  similar: 'nearly the same as',
  stricter: 'stricter than',
  looser: 'looser than',
} as const;

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
  cloudformation: z.string().optional(),
  terraform: z.string().optional(),
});

export const recommendOutput = z.strictObject({
  unit: z.string().optional(),
  intent: z.string().optional().describe('what to watch it for, when it is bad'),
  recommendations: z.array(alarmOutput),
  missing: z.array(z.string()),
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
  { source, isDerived, why, template, replay }: Recommendation,
  isThere: boolean,
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
    ...(replay !== undefined && {
      replay: {
        alarms: replay.alarmsEpochMs.length,
        per_week: tidy(replay.alarmsPerWeek),
        share: tidy(replay.alarmShare),
        last: replay.alarmsEpochMs.slice(-MAX_TIMES).map(formatTime),
      },
    }),
    ...(!isThere && { cloudformation: renderCloudFormation(template), terraform: renderTerraform(template) }),
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
