/** Reads the JSON that GetMetricWidgetImage takes (API reference, "Metric Widget Structure and Syntax"). */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { invalidWidget } from './get-metric-widget-image-error.ts';
import { readWidgetMetrics } from './get-metric-widget-image-metrics.ts';

/** Of the whole definition (API reference). */
const MAX_PAYLOAD_BYTES = 100_000;
const MAX_METRICS = 100;
const MAX_PIXELS = 2_000;
const DEFAULT_WIDTH = 600;
const DEFAULT_HEIGHT = 400;
const DEFAULT_PERIOD_SECONDS = 300;
const HOUR_MS = 3_600_000;
const UNIT_MS: Readonly<Record<string, number>> = { D: 24 * HOUR_MS, H: HOUR_MS, M: 60_000, S: 1_000 };

const pixels = z.int().min(1).max(MAX_PIXELS);
const color = z
  .string()
  .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)
  .optional();
const axis = z.object({
  label: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  showUnits: z.boolean().optional(),
});
const widgetSchema = z.object({
  metrics: z.array(z.array(z.unknown()).min(1)).min(1).max(MAX_METRICS),
  title: z.string().optional(),
  view: z.enum(['timeSeries', 'bar', 'pie']).optional(),
  stacked: z.boolean().optional(),
  region: z.string().optional(),
  accountId: z.string().optional(),
  stat: z.string().default('Average'),
  period: z.int().min(1).default(DEFAULT_PERIOD_SECONDS),
  start: z.string().default('-PT3H'),
  end: z.string().default('-PT0H'),
  timezone: z
    .string()
    .regex(/^[+-]\d{4}$/)
    .optional(),
  width: pixels.default(DEFAULT_WIDTH),
  height: pixels.default(DEFAULT_HEIGHT),
  yAxis: z.object({ left: axis.optional(), right: axis.optional() }).optional(),
  annotations: z
    .object({
      horizontal: z
        .array(z.object({ value: z.number(), label: z.string().optional(), color, visible: z.boolean().optional() }))
        .optional(),
      vertical: z
        .array(
          z.object({ value: z.iso.datetime(), label: z.string().optional(), color, visible: z.boolean().optional() }),
        )
        .optional(),
    })
    .optional(),
});

export interface Widget {
  readonly definition: z.output<typeof widgetSchema>;
  readonly queries: readonly MetricDataQuery[];
  /** `#rrggbb` by query id, where one is set. */
  readonly colors: ReadonlyMap<string, string>;
  readonly startEpochMs: number;
  readonly endEpochMs: number;
}

/** @throws ValidationError that says where the definition is wrong */
export function readWidget(text: string, region: string, nowEpochMs: number): Widget {
  if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) throw invalidWidget(`is larger than ${MAX_PAYLOAD_BYTES} bytes`);
  const parsed = widgetSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw invalidWidget(
      `is invalid: ${parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')} ${message}`).join('; ')}`,
    );
  }
  const definition = parsed.data;
  if (definition.region !== undefined && definition.region !== region) {
    throw invalidWidget(`is invalid: /region must be the local region ${region}`);
  }
  return {
    definition,
    ...readWidgetMetrics(definition.metrics, definition),
    startEpochMs: readTime(definition.start, nowEpochMs, 'start'),
    endEpochMs: readTime(definition.end, nowEpochMs, 'end'),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidWidget('is not valid JSON');
  }
}

/** A time, or an ISO 8601 duration before now such as `-PT3H` and `-P1DT12H`. */
function readTime(text: string, nowEpochMs: number, member: string): number {
  const [, days, rest = ''] = /^-P(?:(\d{1,5})D)?(?:T((?:\d{1,7}[HMS])+))?$/.exec(text) ?? [];
  if (days !== undefined || rest !== '') {
    const parts = [...rest.matchAll(/(\d+)([HMS])/g)].map(
      ([, count, unit = '']) => Number(count) * (UNIT_MS[unit] ?? 0),
    );
    return nowEpochMs - parts.reduce((sum, part) => sum + part, Number(days ?? 0) * (UNIT_MS.D ?? 0));
  }
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) throw invalidWidget(`is invalid: /${member} is neither a time nor a duration`);
  return epochMs;
}
