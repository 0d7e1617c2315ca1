/** `structuredContent` of get_dashboard. */
import { z } from 'zod';
import { POINT_STATES } from '../../../domain/metrics/period-state.ts';
import { formatTime } from '../../../domain/time.ts';
import type { SeriesView } from '../../metrics/shared/view-series.ts';
import type { ShownWidget } from './answer.ts';

export const dashboardOutput = z.object({
  widgets: z.array(
    z.object({
      number: z.int(),
      kind: z.string(),
      title: z.string().optional(),
      details: z.array(z.string()),
      calls: z.array(z.object({ tool: z.string(), arguments: z.string() })),
      values: z
        .array(
          z.object({
            label: z.string(),
            value: z.number().optional(),
            unit: z.string().optional(),
            time: z.string().optional(),
            open: z
              .object({ value: z.number(), time: z.string(), state: z.enum(POINT_STATES) })
              .optional()
              .describe('newer, not final'),
            max: z.number().optional(),
            sparkline: z.string(),
          }),
        )
        .optional(),
      problems: z.array(z.string()).optional(),
    }),
  ),
  variables: z.array(z.string()),
});

type WidgetOutput = z.input<typeof dashboardOutput>['widgets'][number];

export function toWidgetOutput({ widget, calls, details, values, problems }: ShownWidget): WidgetOutput {
  return {
    number: widget.number,
    kind: widget.type ?? widget.kind,
    title: widget.title,
    details: [...details],
    calls: calls.map(({ tool, args }) => ({ tool, arguments: JSON.stringify(args) })),
    ...(values !== undefined && { values: values.map(toValueOutput) }),
    ...(problems.length > 0 && { problems: [...problems] }),
  };
}

function toValueOutput({ label, id, unit, summary, open, sparkline }: SeriesView) {
  const newest = open.at(-1);
  return {
    label: label || id,
    ...(summary !== undefined && {
      value: summary.last.value,
      time: formatTime(summary.last.epochMs),
      max: summary.max.value,
    }),
    ...(newest !== undefined && {
      open: { value: newest.value, time: formatTime(newest.epochMs), state: newest.state },
    }),
    unit,
    sparkline,
  };
}
