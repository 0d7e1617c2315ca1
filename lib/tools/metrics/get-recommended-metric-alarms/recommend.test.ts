import { describe, expect, it } from 'vitest';
import { advise, anyStory, EVENT_KINDS, firesInIncident, type Story } from '../../../../test/support/advice-story.ts';
import { fc } from '../../../../test/support/property.ts';
import { directionOf } from '../../../domain/alarms/advice/alarm-rule.ts';
import { canFire } from '../../../domain/alarms/advice/can-fire.ts';
import { describeVerdict } from './answer-derivation.ts';

const QUIET: Story = {
  kind: 'noise',
  name: 'LoadBalancerLatency',
  level: 7,
  everyMinutes: 5,
  missing: 0,
  seed: 5,
  incident: undefined,
};

describe('recommend', () => {
  it('advises only what can fire, is quiet at usual times, and tells each incident that it misses', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (told) => {
        const { recommendations, incidents, missing, points } = await advise(told);
        // Where nothing is advised, it is said why.
        expect(recommendations.length + missing.length, JSON.stringify(told)).toBeGreaterThan(0);
        const values = points.map(({ value }) => value);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        for (const one of recommendations) {
          const { template, verdict, history, isNoisy, isDerived, why } = one;
          const isMet = canFire(history, { ...template, comparison: 'GreaterThanThreshold' });
          expect(isMet || EVENT_KINDS.has(told.kind), JSON.stringify(told)).toBe(true);
          const isHigh = template.condition.kind !== 'threshold' || directionOf(template.condition) === 'above';
          const worst = told.kind === 'share' ? Number(isHigh) : isHigh ? 3 * high + 3 : low <= 0 ? low - 3 : low / 3;
          expect(
            firesInIncident(one, { ...told, points }, worst),
            `${template.names.alarmName} ${JSON.stringify(told)}`,
          ).toBe(true);
          if (!EVENT_KINDS.has(told.kind)) expect(template.periodSeconds % (told.everyMinutes * 60)).toBe(0);
          if (template.condition.kind === 'threshold')
            expect(why).toMatch(/(low|high|Low|High) (ones|values) are not watched/);
          if (/Latency|Depth/.test(told.name)) expect(template.statistic).not.toBe('Sum');
          if (verdict === undefined) continue;
          const text = describeVerdict(verdict, history, undefined).join(' ');
          expect(verdict.usual.alarmsPerWeek, JSON.stringify(told)).toBeLessThanOrEqual(1);
          if (isDerived) expect(isNoisy).toBe(false);
          const direction = template.condition.kind === 'threshold' ? directionOf(template.condition) : undefined;
          const asked = incidents.filter(
            ({ side }) => direction === undefined || side === undefined || side === direction,
          );
          if (direction === undefined) continue;
          expect(verdict.seen.length + verdict.missed.length).toBe(asked.length);
          if (asked.length > 0) expect(text).toContain('without its incidents; with them ');
          if (verdict.missed.length > 0) expect(text).toContain(`It misses ${verdict.missed.length} of `);
        }
      }),
      { numRuns: 14 },
    );
  });

  it('leaves a level shift out: its alarm would have seen an incident of several times the usual', async () => {
    const cases: Story[] = [];
    for (const kind of ['noise', 'constant', 'zero', 'rare'] as const)
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
    for (const kind of ['zero', 'rare'] as const) {
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

  it('puts a derived threshold beside a public one that is far off, and says so', async () => {
    const metric = {
      namespace: 'AWS/RDS',
      metricName: 'CPUUtilization',
      dimensions: [{ name: 'DBInstanceIdentifier', value: 'orders' }],
    };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 99 }), async (level, seed) => {
        const story: Story = { ...QUIET, kind: 'noise', level, seed };
        const { recommendations } = await advise(story, { metric, unit: 'Percent' });
        const [advised, derived] = recommendations;
        expect(advised).toMatchObject({ isDerived: false, template: { condition: { threshold: 90 } } });
        expect(advised?.why).toContain("AWS's best practice");
        expect(derived?.why).toContain('far off what this metric does');
        const { condition } = derived?.template ?? {};
        const threshold = condition?.kind === 'threshold' ? condition.threshold : Number.NaN;
        expect(threshold).toBeGreaterThan(level);
        expect(threshold).toBeLessThan(90);
      }),
      { numRuns: 4 },
    );
  });

  it('leaves ALARM times of the same resource out of what is usual, and tells whether it sees them', async () => {
    const incident = fc.record({
      atShare: fc.double({ min: 0.3, max: 0.8, noNaN: true }),
      hours: fc.integer({ min: 2, max: 9 }),
      factor: fc.constantFrom(1.05, 1.2, 1.6, 3),
    });
    await fc.assert(
      fc.asyncProperty(incident, fc.constantFrom(7, 300), async (told, level) => {
        const story: Story = { ...QUIET, kind: 'noise', level, incident: told };
        const { recommendations, incidents } = await advise(story, { isAlarmed: true });
        const quiet = await advise({ ...story, incident: undefined });
        expect(incidents.map(({ alarmName }) => alarmName)).toContain('other-alarm');
        const limits = [recommendations, quiet.recommendations].map(([one]) =>
          one?.template.condition.kind === 'threshold' ? one.template.condition.threshold : Number.NaN,
        );
        expect(limits[0]).toBeCloseTo(limits[1] ?? Number.NaN, level === 7 ? 0 : -1);
        for (const { verdict, history } of recommendations) {
          if (verdict === undefined) continue;
          expect(verdict.seen.length + verdict.missed.length).toBeGreaterThan(0);
          expect(describeVerdict(verdict, history, undefined).join(' ')).toMatch(/It (sees|misses) \d+ of \d+ known/);
        }
      }),
      { numRuns: 4 },
    );
  });
});
