/**
 * The JSON of Prometheus' HTTP API → our shapes, series by series and in slices: half a million samples do not hold the event
 * loop. What does not fit the format is the service's failure, not the caller's.
 */
import { z } from 'zod';
import { mapInSlices, type Slices } from '../../domain/async/slices.ts';
import { JsonPieces } from '../answers/json-pieces.ts';
import { UnreadableAnswer } from '../answers/unreadable-answer.ts';
import type { PromqlLabels, PromqlResult, PromqlSample, PromqlSeries } from '../ports/promql.ts';

const point = z.tuple([z.number(), z.string()]);
const histogram = z.tuple([z.number(), z.looseObject({ count: z.string(), sum: z.string() })]);
const metric = z.record(z.string(), z.string());
const series = z.looseObject({
  metric,
  value: point.optional(),
  values: z.array(point).optional(),
  histogram: histogram.optional(),
  histograms: z.array(histogram).optional(),
});
const list = z.array(z.unknown());
const result = z.discriminatedUnion('resultType', [
  z.looseObject({ resultType: z.literal('vector'), result: list }),
  z.looseObject({ resultType: z.literal('matrix'), result: list }),
  z.looseObject({ resultType: z.literal('scalar'), result: point }),
  z.looseObject({ resultType: z.literal('string'), result: point }),
]);
const body = z.looseObject({
  status: z.literal('success'),
  data: z.unknown(),
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
});

export interface PromqlBody {
  readonly data?: unknown;
  readonly warnings?: readonly string[] | undefined;
  readonly infos?: readonly string[] | undefined;
}

/** @throws UnreadableAnswer where reading fails; the parsers' own texts hold what was sent */
export async function readOrThrow<Value>(
  read: () => Promise<Value>,
  metadata: UnreadableAnswer['$metadata'],
): Promise<Value> {
  try {
    return await read();
  } catch {
    throw new UnreadableAnswer("The answer is none of Prometheus' API.", metadata);
  }
}

/** @throws Error for what is no answer of Prometheus' API */
export async function readBody(bytes: Uint8Array, slices: Slices): Promise<PromqlBody> {
  const pieces = new JsonPieces(bytes);
  const members: [string, unknown][] = [];
  for (const name of pieces.members()) members.push([name, await readMember(pieces, slices)]);
  return body.parse(Object.fromEntries(members));
}

/** Lists item by item, also those that the members of an object are. */
async function readMember(pieces: JsonPieces, slices: Slices): Promise<unknown> {
  if (!pieces.isAtObject()) return await readValue(pieces, slices);
  const members: [string, unknown][] = [];
  for (const name of pieces.inner()) members.push([name, await readValue(pieces, slices)]);
  return Object.fromEntries(members);
}

async function readValue(pieces: JsonPieces, slices: Slices): Promise<unknown> {
  const parse = (text: string): unknown => JSON.parse(text);
  return pieces.isAtList() ? await mapInSlices(pieces.values(), parse, slices) : parse(pieces.value());
}

export function readWarnings({ warnings = [], infos = [] }: PromqlBody): readonly string[] {
  return [...warnings, ...infos];
}

export async function readResult(data: unknown, slices: Slices): Promise<PromqlResult> {
  const parsed = result.parse(data);
  switch (parsed.resultType) {
    case 'scalar':
      return { kind: 'scalar', sample: toSample(parsed.result) };
    case 'string':
      return { kind: 'string', text: parsed.result[1] };
    default:
      return { kind: 'series', series: await mapInSlices(parsed.result, (one) => toSeries(series.parse(one)), slices) };
  }
}

export function readLabelSets(data: unknown, slices: Slices): Promise<readonly PromqlLabels[]> {
  return mapInSlices(list.parse(data), (one) => toLabels(metric.parse(one)), slices);
}

export function readNames(data: unknown, slices: Slices): Promise<readonly string[]> {
  return mapInSlices(list.parse(data), (one) => z.string().parse(one), slices);
}

function toSeries(raw: z.infer<typeof series>): PromqlSeries {
  const points = raw.values ?? (raw.value === undefined ? [] : [raw.value]);
  const histograms = raw.histograms ?? (raw.histogram === undefined ? [] : [raw.histogram]);
  const means = histograms.map(
    ([seconds, { count, sum }]): PromqlSample => ({
      epochMs: toEpochMs(seconds),
      value: readNumber(sum) / readNumber(count),
    }),
  );
  const samples = [...points.map(toSample), ...means];
  return {
    labels: toLabels(raw.metric),
    samples: points.length > 0 && means.length > 0 ? samples.sort((a, b) => a.epochMs - b.epochMs) : samples,
    isHistogram: means.length > 0,
  };
}

function toLabels(raw: Readonly<Record<string, string>>): PromqlLabels {
  return Object.entries(raw).map(([name, value]) => ({ name, value }));
}

function toSample([seconds, text]: readonly [number, string]): PromqlSample {
  return { epochMs: toEpochMs(seconds), value: readNumber(text) };
}

function toEpochMs(seconds: number): number {
  return Math.round(seconds * 1_000);
}

/** `+Inf`, `-Inf` and `NaN` are numbers in Prometheus. */
function readNumber(text: string): number {
  return Number(text.replace(/Inf$/, 'Infinity'));
}
