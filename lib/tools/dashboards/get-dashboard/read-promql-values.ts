/** The newest values of a PromQL query of a widget. */
import { z } from 'zod';
import type { PromqlSeries } from '../../../aws/ports/promql.ts';
import { mapInSlices } from '../../../domain/async/slices.ts';
import { settleSeries } from '../../../domain/metrics/period-state.ts';
import { drawSparkline } from '../../../domain/metrics/sparkline.ts';
import { resolveStep } from '../../../domain/promql/step.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { ToolContext } from '../../../tool/types.ts';
import type { SeriesView } from '../../metrics/shared/view-series.ts';
import { cut, gatherWarnings, MAX_SERIES, writeSeries } from '../../promql/shared/answer.ts';
import { queryParam, rangeParams, readRange } from '../../promql/shared/arguments.ts';
import type { WidgetCall } from './answer-calls.ts';

export const SPARKLINE_WIDTH = 24;
/** More than a widget shows, so that it is told how many there are. */
const SERIES_PER_QUERY = 50;

/** A series and what tells it from another with the same label. */
export interface PlacedView {
  readonly view: SeriesView;
  readonly distinction: string;
}

export interface ReadViews {
  readonly views: readonly PlacedView[];
  readonly warnings: readonly string[];
}

const argumentsSchema = z.object({
  query: queryParam,
  ...rangeParams,
  step: z.string().optional(),
  region: z.string().optional(),
  account: z.string().optional(),
});

/** @throws AppError as of the query */
export async function readPromqlValues(
  { args, label }: WidgetCall,
  context: ToolContext,
  signal: AbortSignal,
): Promise<ReadViews> {
  const input = argumentsSchema.parse(args);
  const target = context.targets.one(input);
  const range = readRange(input, context.nowEpochMs);
  const stepSeconds = resolveStep(input.step, range);
  const asked = { query: input.query, ...range, stepSeconds, limit: SERIES_PER_QUERY + 1 };
  const { value, warnings } = await context.aws(target).promql.queryRange(asked, signal);
  const all = value.kind === 'series' ? value.series : [];
  const kept = cut(all, SERIES_PER_QUERY);
  const { lines } = writeSeries(kept.items.map(({ labels }) => labels));
  return {
    views: await mapInSlices(kept.items, (series, index) => {
      const name = lines[index] ?? '';
      const own = label === undefined ? name : all.length === 1 ? label : `${label} ${name}`;
      const view = viewSamples(series, own, { ...range, stepSeconds, nowEpochMs: context.nowEpochMs });
      return { view, distinction: target.region };
    }),
    warnings: gatherWarnings(warnings, kept, 'series', MAX_SERIES),
  };
}

interface Question extends TimeRange {
  readonly stepSeconds: number;
  readonly nowEpochMs: number;
}

/** Each sample is the value of an instant. */
function viewSamples(
  { samples }: PromqlSeries,
  label: string,
  { stepSeconds, nowEpochMs, ...range }: Question,
): SeriesView {
  const finite = samples.filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.epochMs - b.epochMs);
  const stepMs = stepSeconds * SECOND_MS;
  return {
    ...settleSeries(finite, { periodMs: 0, ...range, nowEpochMs }, undefined),
    id: label,
    label,
    expectedCount: finite.length,
    droppedCount: samples.length - finite.length,
    sparkline: drawSparkline(finite, {
      startEpochMs: range.startEpochMs,
      // The last one stands at the end itself.
      endEpochMs: range.endEpochMs + stepMs,
      width: SPARKLINE_WIDTH,
      stepMs,
    }),
  };
}
