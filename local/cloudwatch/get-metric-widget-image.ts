import type {
  GetMetricWidgetImageInput,
  GetMetricWidgetImageOutput,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Color } from '../png/canvas.ts';
import { drawChart } from '../png/draw-chart.ts';
import type { DrawnSeries } from '../png/drawn-chart.ts';
import type { Operation } from '../types.ts';
import { checkMetricDataInput } from './check-metric-data.ts';
import { readWidget, type Widget } from './get-metric-widget-image-input.ts';
import { evaluateMetricDataQueries } from './math/evaluate.ts';
import type { RegionData } from './region-data.ts';
import { checkEnum, requireMember } from './validation.ts';

const MAX_SERIES = 100;
const FALLBACK_PERIOD_SECONDS = 60;
const PALETTE: readonly Color[] = [
  [31, 119, 180],
  [255, 127, 14],
  [44, 160, 44],
  [214, 39, 40],
  [148, 103, 189],
  [140, 86, 75],
  [227, 119, 194],
  [127, 127, 127],
  [188, 189, 34],
  [23, 190, 207],
];
const LINE_COLOR: Color = [255, 127, 14];

/** GetMetricWidgetImage: evaluates the metrics as GetMetricData does and draws them; one axis, always as lines. */
export function createGetMetricWidgetImage(dataOf: RegionData): Operation {
  return (input: GetMetricWidgetImageInput, context): GetMetricWidgetImageOutput => {
    requireMember(input.MetricWidget, 'MetricWidget');
    if (input.OutputFormat !== undefined) checkEnum([input.OutputFormat], 'outputFormat', ['png', 'image/png']);
    const widget = readWidget(input.MetricWidget ?? '', context.region, context.nowEpochMs);
    const queries = [...widget.queries];
    const range = checkMetricDataInput({
      MetricDataQueries: queries,
      StartTime: new Date(widget.startEpochMs),
      EndTime: new Date(widget.endEpochMs),
    });
    const results = evaluateMetricDataQueries(
      queries,
      range,
      dataOf(context).linkedStoreAt(context.nowEpochMs),
      context.nowEpochMs,
    );
    return { MetricWidgetImage: draw(widget, results.slice(0, MAX_SERIES)) };
  };
}

function draw(
  { definition, queries, colors, startEpochMs, endEpochMs }: Widget,
  results: readonly MetricDataResult[],
): Uint8Array {
  const { width, height, title = '', yAxis, annotations } = definition;
  const periods = new Map(queries.map(({ Id, MetricStat, Period }) => [Id, MetricStat?.Period ?? Period]));
  const series = results.map(
    (result, index): DrawnSeries => ({
      label: result.Label ?? '',
      color: readColor(colors.get(result.Id ?? '')) ?? PALETTE[index % PALETTE.length] ?? LINE_COLOR,
      periodSeconds: periods.get(result.Id) ?? FALLBACK_PERIOD_SECONDS,
      timestampsEpochMs: (result.Timestamps ?? []).map((timestamp) => timestamp.getTime()),
      values: result.Values ?? [],
    }),
  );
  const { label: axisLabel = '', min, max } = yAxis?.left ?? {};
  return drawChart({
    width,
    height,
    title,
    axisLabel,
    startEpochMs,
    endEpochMs,
    series,
    lines: (annotations?.horizontal ?? [])
      .filter(({ visible }) => visible !== false)
      .map(({ value, label = '', color }) => ({ value, label, color: readColor(color) ?? LINE_COLOR })),
    marks: (annotations?.vertical ?? [])
      .filter(({ visible }) => visible !== false)
      .map(({ value, label = '', color }) => ({
        epochMs: Date.parse(value),
        label,
        color: readColor(color) ?? LINE_COLOR,
      })),
    ...(min !== undefined && { low: min }),
    ...(max !== undefined && { high: max }),
  });
}

/** `#rgb` or `#rrggbb`. */
function readColor(text: string | undefined): Color | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text ?? '')?.[1];
  if (digits === undefined) return undefined;
  const full =
    digits.length === 6
      ? digits
      : Array.from(digits)
          .map((digit) => digit + digit)
          .join('');
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
  return [red, green, blue];
}
