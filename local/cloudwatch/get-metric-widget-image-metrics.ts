/** The rows of a metric widget → queries of GetMetricData. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { invalidWidget } from './get-metric-widget-image-error.ts';

/** What may stand last in a row. */
const optionsSchema = z.object({
  id: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9_]*$/)
    .optional(),
  label: z.string().optional(),
  expression: z.string().optional(),
  stat: z.string().optional(),
  period: z.int().min(1).optional(),
  region: z.string().optional(),
  accountId: z.string().optional(),
  color: z.string().optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(['left', 'right']).optional(),
});

interface Defaults {
  readonly stat: string;
  readonly period: number;
  readonly accountId?: string | undefined;
}

export interface WidgetMetrics {
  readonly queries: readonly MetricDataQuery[];
  readonly colors: ReadonlyMap<string, string>;
}

/**
 * `[namespace, name, dimension, value, …, {options}]` or `[{expression, …}]`; `.` stands for what is above it and a
 * leading `...` for all that is above and not given.
 */
export function readWidgetMetrics(rows: readonly (readonly unknown[])[], defaults: Defaults): WidgetMetrics {
  const colors = new Map<string, string>();
  let above: readonly string[] = [];
  const queries = rows.map((row, index): MetricDataQuery => {
    const last = row.at(-1);
    const options = typeof last === 'object' ? readOptions(last, index) : {};
    const names = fillIn(typeof last === 'object' ? row.slice(0, -1) : row, above, index);
    const id = options.id ?? `row${index}`;
    if (options.color !== undefined) colors.set(id, options.color);
    const base = {
      Id: id,
      Label: options.label,
      ReturnData: options.visible !== false,
      AccountId: options.accountId ?? defaults.accountId,
    };
    if (options.expression !== undefined) {
      if (names.length > 0) throw invalidWidget(`is invalid: /metrics/${index} has both a metric and an expression`);
      return { ...base, Expression: options.expression, Period: options.period ?? defaults.period };
    }
    const [namespace = '', metricName = '', ...pairs] = names;
    if (metricName === '' || pairs.length % 2 === 1) {
      throw invalidWidget(`is invalid: /metrics/${index} is not a namespace, a name and pairs of dimension and value`);
    }
    above = names;
    const dimensions = Array.from({ length: pairs.length / 2 }, (_, pair) => ({
      Name: pairs[pair * 2],
      Value: pairs[pair * 2 + 1],
    }));
    return {
      ...base,
      MetricStat: {
        Metric: { Namespace: namespace, MetricName: metricName, Dimensions: dimensions },
        Period: options.period ?? defaults.period,
        Stat: options.stat ?? defaults.stat,
      },
    };
  });
  return { queries, colors };
}

function readOptions(value: unknown, index: number): z.output<typeof optionsSchema> {
  const parsed = optionsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidWidget(
    `is invalid: /metrics/${index} ${issue?.path.map(String).join('/') ?? ''} ${issue?.message ?? ''}`,
  );
}

function fillIn(row: readonly unknown[], above: readonly string[], index: number): string[] {
  const given = row.map((part) => {
    if (typeof part !== 'string') throw invalidWidget(`is invalid: /metrics/${index} should hold texts`);
    return part;
  });
  const [first, ...rest] = given;
  const full = first === '...' ? [...above.slice(0, above.length - rest.length), ...rest] : given;
  return full.map((part, position) => {
    const named = part === '.' ? above[position] : part;
    if (named === undefined) throw invalidWidget(`is invalid: /metrics/${index} repeats what is not above it`);
    return named;
  });
}
