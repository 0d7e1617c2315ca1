/** Made-up histories of a metric, and what is advised for it: for tests of the advice on alarms. */
import { joinIncidents } from '../../lib/domain/alarms/advice/known-incidents.ts';
import { toPeriodValues } from '../../lib/domain/alarms/advice/period-values.ts';
import { type ReplayRule, replayAlarm } from '../../lib/domain/alarms/advice/replay-alarm.ts';
import { detectPublishingSeconds } from '../../lib/domain/metrics/period-density.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, type TimeRange } from '../../lib/domain/time.ts';
import {
  chooseCandidates,
  findKnown,
} from '../../lib/tools/metrics/get-recommended-metric-alarms/choose-candidates.ts';
import { recommend } from '../../lib/tools/metrics/get-recommended-metric-alarms/recommend.ts';
import type { Recommendation } from '../../lib/tools/metrics/get-recommended-metric-alarms/recommendation.ts';
import { analyzeMetricSeries } from '../../lib/tools/metrics/shared/analyze-fetched.ts';
import { viewSeries } from '../../lib/tools/metrics/shared/view-series.ts';
import { fc } from './property.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');
const DAYS = 10;
const START = NOW - DAYS * DAY_MS;

/** Made anew from its own numbers, so that a case is the same in every run. */
function mixer(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A usual value of a level; undefined where nothing is published. `day` is the time in days. */
type Shape = (level: number, next: () => number, day: number) => number | undefined;

const noise: Shape = (level, next) => level * (1 + 0.05 * (next() - 0.5));
const SHAPES = {
  noise,
  skewed: (level, next) => level * (1 - 0.2 * Math.log(1 - 0.999 * next())),
  season: (level, next, day) => level * (1 + 0.4 * Math.sin(2 * Math.PI * day) + 0.05 * (next() - 0.5)),
  constant: (level) => level,
  zero: () => 0,
  rare: (_, next) => (next() < 0.004 ? 1 + Math.floor(2 * next()) : 0),
  /** Published with a fault only. */
  sparse: (_, next) => (next() < 0.004 ? 1 + Math.floor(2 * next()) : undefined),
  counts: (level, next) => Math.round(level * next()),
  /** Half an hour of work every night. */
  batch: (level, next, day) => ((day % 1) * 24 >= 3 && (day % 1) * 24 < 3.5 ? level * (1 + next()) : 0),
  /** On for hours, then off. */
  bursts: (level, next, day) => (Math.sin(day * 9) + Math.sin(day * 23.7) > 0.9 ? level * (1 + 0.2 * next()) : 0),
  /** Nothing for a third of every second day. */
  gaps: (level, next, day) => (day % 2 < 0.33 ? undefined : noise(level, next, day)),
  /** A share of one, which is nearly all at times. */
  share: (_, next) => 1 - 0.12 * next(),
} as const satisfies Readonly<Record<string, Shape>>;

export interface Story {
  readonly kind: keyof typeof SHAPES;
  readonly name: string;
  readonly level: number;
  readonly everyMinutes: number;
  readonly missing: number;
  readonly seed: number;
  readonly incident: { readonly atShare: number; readonly hours: number; readonly factor: number } | undefined;
}

const KINDS = (Object.keys(SHAPES) as (keyof typeof SHAPES)[]).filter((kind) => kind !== 'share');
/** Kinds whose datapoints come with what happens: in an incident every period has one. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(['sparse']);
const NAMES = ['CheckoutFailures', 'CardDeclines', 'LoadBalancerLatency', 'QueueDepth', 'Visitors'];
const SHARE_NAMES = ['MemoryUsedRatio', 'CacheHitRatio', 'PoolUtilization'];

const named = fc.oneof(
  { weight: KINDS.length, arbitrary: fc.record({ kind: fc.constantFrom(...KINDS), name: fc.constantFrom(...NAMES) }) },
  fc.record({ kind: fc.constant('share' as const), name: fc.constantFrom(...SHARE_NAMES) }),
);
const others = fc.record({
  level: fc.constantFrom(0.004, 7, 300, 5e6),
  everyMinutes: fc.constantFrom(5, 10, 15),
  missing: fc.constantFrom(0, 0, 0.1, 0.35),
  seed: fc.integer({ min: 1, max: 1e6 }),
  incident: fc.option(
    fc.record({
      atShare: fc.double({ min: 0.3, max: 0.8, noNaN: true }),
      hours: fc.integer({ min: 3, max: 9 }),
      factor: fc.integer({ min: 4, max: 12 }),
    }),
    { nil: undefined },
  ),
});
export const anyStory: fc.Arbitrary<Story> = fc.tuple(named, others).map(([one, more]) => ({ ...one, ...more }));

interface StoryPoint {
  readonly epochMs: number;
  readonly value: number;
}

export interface Told {
  readonly points: readonly StoryPoint[];
  /** When its incident was. */
  readonly real: TimeRange | undefined;
}

function tell({ kind, level, everyMinutes, missing, seed, incident }: Story): Told {
  const next = mixer(seed);
  const from =
    incident === undefined ? Number.NaN : START + Math.floor((incident.atShare * DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
  const to = from + (incident?.hours ?? 0) * HOUR_MS;
  const points = Array.from({ length: (DAYS * DAY_MS) / (everyMinutes * MINUTE_MS) }, (_, at) => {
    const epochMs = START + at * everyMinutes * MINUTE_MS;
    const usual = SHAPES[kind](level, next, (epochMs - START) / DAY_MS);
    const isIn = epochMs >= from && epochMs < to;
    const value = isIn ? Math.max(usual ?? 0, level, 3) * (incident?.factor ?? 1) : usual;
    return { epochMs, value, isThere: next() >= missing };
  });
  return {
    points: points.flatMap(({ epochMs, value, isThere }) =>
      isThere && value !== undefined ? [{ epochMs, value }] : [],
    ),
    real: incident === undefined ? undefined : { startEpochMs: from, endEpochMs: to },
  };
}

export interface AdviceSettings {
  readonly metric?: Parameters<typeof chooseCandidates>[0];
  readonly unit?: string;
  /** Whether an alarm on the same resource was in ALARM during the incident. */
  readonly isAlarmed?: boolean;
}

export async function advise(story: Story, settings: AdviceSettings = {}) {
  const { points, real } = tell(story);
  const timestamps = points.map(({ epochMs }) => epochMs);
  const range = { startEpochMs: START, endEpochMs: NOW };
  const view = viewSeries(
    {
      id: 'm1',
      label: '',
      status: 'Complete',
      messages: [],
      timestampsEpochMs: timestamps,
      values: points.map(({ value }) => value),
    },
    undefined,
    {
      ...range,
      nowEpochMs: NOW + HOUR_MS,
      sparklineWidth: 1,
      periodSeconds: 60,
      unit: undefined,
      statistic: undefined,
    },
  );
  const metric = settings.metric ?? { namespace: 'Own', metricName: story.name, dimensions: [] };
  const candidates = chooseCandidates(metric, undefined, findKnown(metric));
  const analysis = await analyzeMetricSeries(view);
  const alarmTimes = settings.isAlarmed === true && real !== undefined ? [{ ...real, alarmName: 'other-alarm' }] : [];
  const incidents = joinIncidents({ own: analysis?.baseline.incidents ?? [], alarmTimes, range });
  const publishingSeconds = detectPublishingSeconds(timestamps);
  const { rule } = candidates[0];
  const history = {
    statistic: rule.statistic,
    periodSeconds: rule.periodSeconds,
    range,
    view,
    warnings: [],
    ...(publishingSeconds !== undefined && { publishingSeconds }),
  };
  const question = { metric, unit: settings.unit, candidates, historyOf: () => history, analysis, incidents };
  return { ...(await recommend(question)), incidents, real, points };
}

const INCIDENT_MS = 3 * HOUR_MS;
/** Times of the injected incidents, as shares of the history. */
const TRIED_SHARES = [0.25, 0.5, 0.75];

/**
 * Whether an advised alarm comes to ALARM in an incident that is put into the history: every datapoint of three hours is
 * at the far bad end, where the metric's usual datapoints are, or one each time where it is published with what happens.
 * @param worst the value of the incident
 */
export function firesInIncident(
  { template, history }: Recommendation,
  { points, everyMinutes, kind }: { points: readonly StoryPoint[]; everyMinutes: number; kind: string },
  worst: number,
): boolean {
  if (template.condition.kind !== 'threshold') return true;
  const { condition } = template;
  const rule: ReplayRule = { ...template, comparison: condition.comparison };
  const hits = TRIED_SHARES.filter((share) => {
    const from = START + Math.floor((share * DAYS * DAY_MS) / DAY_MS) * DAY_MS + 10 * HOUR_MS;
    const to = from + INCIDENT_MS;
    const isIn = ({ epochMs }: StoryPoint): boolean => epochMs >= from && epochMs < to;
    const stepMs = everyMinutes * MINUTE_MS;
    const events = Array.from({ length: INCIDENT_MS / stepMs }, (_, at) => ({ epochMs: from + at * stepMs }));
    const inside = EVENT_KINDS.has(kind) ? events : points.filter(isIn);
    const story = [
      ...points.filter((point) => !isIn(point)),
      ...inside.map(({ epochMs }) => ({ epochMs, value: worst })),
    ].sort((a, b) => a.epochMs - b.epochMs);
    const values = toPeriodValues(story, history.periodMs / SECOND_MS, NOW, template.statistic);
    const { spans } = replayAlarm(values, rule, condition.threshold);
    return spans.some((span) => span.endEpochMs > from && span.startEpochMs <= to + HOUR_MS);
  });
  return hits.length >= 2;
}
