import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { directionOf } from '../../../domain/alarms/advice/alarm-rule.ts';
import { canFire } from '../../../domain/alarms/advice/can-fire.ts';
import { joinIncidents } from '../../../domain/alarms/advice/known-incidents.ts';
import { detectPublishingSeconds } from '../../../domain/metrics/period-density.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../domain/time.ts';
import { analyzeMetricSeries } from '../shared/analyze-fetched.ts';
import { viewSeries } from '../shared/view-series.ts';
import { chooseCandidates, findKnown } from './choose-candidates.ts';
import { recommend } from './recommend.ts';

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

/** Usual values of a level, by kind; day is the time in days. */
const KINDS: Readonly<Record<string, (level: number, next: () => number, day: number) => number>> = {
  noise: (level, next) => level * (1 + 0.05 * (next() - 0.5)),
  skewed: (level, next) => level * (1 - 0.2 * Math.log(1 - 0.999 * next())),
  season: (level, next, day) => level * (1 + 0.4 * Math.sin(2 * Math.PI * day) + 0.05 * (next() - 0.5)),
  constant: (level) => level,
  zero: () => 0,
  rare: (_, next) => (next() < 0.004 ? 1 + Math.floor(2 * next()) : 0),
  counts: (level, next) => Math.round(level * next()),
};

const story = fc.record({
  kind: fc.constantFrom(...Object.keys(KINDS)),
  name: fc.constantFrom('CheckoutFailures', 'CardDeclines', 'LoadBalancerLatency', 'QueueDepth', 'Visitors'),
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

interface Story {
  readonly kind: string;
  readonly name: string;
  readonly level: number;
  readonly everyMinutes: number;
  readonly missing: number;
  readonly seed: number;
  readonly incident: { readonly atShare: number; readonly hours: number; readonly factor: number } | undefined;
}

async function advise({ kind, name, level, everyMinutes, missing, seed, incident }: Story) {
  const next = mixer(seed);
  const from =
    incident === undefined ? Number.NaN : START + Math.floor((incident.atShare * DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
  const to = from + (incident?.hours ?? 0) * HOUR_MS;
  const points = Array.from({ length: (DAYS * DAY_MS) / (everyMinutes * MINUTE_MS) }, (_, at) => {
    const epochMs = START + at * everyMinutes * MINUTE_MS;
    const usual = KINDS[kind]?.(level, next, (epochMs - START) / DAY_MS) ?? 0;
    const isIn = epochMs >= from && epochMs < to;
    return {
      epochMs,
      value: isIn ? Math.max(usual, level, 3) * (incident?.factor ?? 1) : usual,
      isThere: next() >= missing,
    };
  }).filter(({ isThere }) => isThere);
  const timestamps = points.map(({ epochMs }) => epochMs);
  const range = { startEpochMs: START, endEpochMs: NOW };
  const series = {
    id: 'm1',
    label: '',
    status: 'Complete',
    messages: [],
    timestampsEpochMs: timestamps,
    values: points.map(({ value }) => value),
  } as const;
  const settings = {
    ...range,
    nowEpochMs: NOW + HOUR_MS,
    sparklineWidth: 1,
    periodSeconds: 60,
    unit: undefined,
    statistic: undefined,
  };
  const view = viewSeries(series, undefined, settings);
  const metric = { namespace: 'Own', metricName: name, dimensions: [] };
  const candidates = chooseCandidates(metric, undefined, findKnown(metric));
  const analysis = await analyzeMetricSeries(view);
  const incidents = joinIncidents({ own: analysis?.baseline.incidents ?? [], alarmTimes: [], range });
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
  const advice = recommend({ metric, unit: undefined, candidates, historyOf: () => history, analysis, incidents });
  return { ...advice, incidents, real: incident === undefined ? undefined : { startEpochMs: from, endEpochMs: to } };
}

describe('recommend', () => {
  it('advises only what can fire, is quiet at usual times, and tells each incident that it misses', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { recommendations, incidents } = await advise(told);
        for (const { template, verdict, history, isNoisy, isDerived } of recommendations) {
          const isMet = canFire(history, { ...template, comparison: 'GreaterThanThreshold' });
          expect(isMet, JSON.stringify(told)).toBe(true);
          expect(template.periodSeconds % (told.everyMinutes * 60)).toBe(0);
          if (verdict === undefined) continue;
          expect(verdict.usual.alarmsPerWeek, JSON.stringify(told)).toBeLessThanOrEqual(1);
          if (isDerived) expect(isNoisy).toBe(false);
          const direction = template.condition.kind === 'threshold' ? directionOf(template.condition) : undefined;
          const asked = incidents.filter(
            ({ side }) => direction === undefined || side === undefined || side === direction,
          );
          if (direction !== undefined) expect(verdict.seen.length + verdict.missed.length).toBe(asked.length);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('leaves a level shift out: its alarm would have seen an incident of several times the usual', async () => {
    const cases: Story[] = [];
    for (const kind of ['noise', 'constant', 'zero', 'rare'])
      for (const [at, name] of ['CheckoutFailures', 'LoadBalancerLatency', 'QueueDepth'].entries())
        cases.push({
          kind,
          name,
          level: 7,
          everyMinutes: 5,
          missing: at * 0.1,
          seed: 11 + at,
          incident: { atShare: 0.6, hours: 4 + at, factor: 6 },
        });
    for (const told of cases) {
      const { recommendations, real } = await advise(told);
      const derived = recommendations.filter(({ isDerived }) => isDerived);
      const label = JSON.stringify(told);
      expect(derived.length, label).toBeGreaterThan(0);
      for (const { verdict } of derived) {
        const spans = verdict?.whole.spans ?? [];
        expect(
          spans.some(
            (span) => span.startEpochMs < (real?.endEpochMs ?? 0) && span.endEpochMs > (real?.startEpochMs ?? 0),
          ),
          label,
        ).toBe(true);
        expect(verdict?.missed, label).toEqual([]);
      }
    }
  });

  it('has an alarm for faults that never came, or rarely, and none of a band that fires daily', async () => {
    for (const kind of ['zero', 'rare']) {
      for (const missing of [0, 0.35]) {
        const { recommendations } = await advise({
          kind,
          name: 'CardDeclines',
          level: 7,
          everyMinutes: 5,
          missing,
          seed: 5,
          incident: undefined,
        });
        expect(recommendations).toMatchObject([{ isDerived: true, template: { statistic: 'Sum' } }]);
        expect(recommendations[0]?.verdict?.usual.alarmsPerWeek).toBeLessThanOrEqual(1);
      }
    }
  });

  it('does not add up levels', async () => {
    const { recommendations } = await advise({
      kind: 'noise',
      name: 'QueueDepth',
      level: 7,
      everyMinutes: 5,
      missing: 0,
      seed: 5,
      incident: undefined,
    });
    expect(recommendations.map(({ template }) => template.statistic)).toEqual(['Average']);
    expect(recommendations[0]?.why).toContain(
      'High values are assumed to be the bad ones (its name says `queue`); low ones are not watched.',
    );
  });
});
