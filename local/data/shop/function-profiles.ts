import { SHOP } from '../../scenario.ts';
import { constant, type Level, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory, MetricName } from '../metric-factory.ts';
import type { SampledMetric } from '../metric-model.ts';
import type { Story } from '../story.ts';

/** What a function of the shop does, minute by minute: its metrics and its logs are both made of it. */
export interface FunctionProfile {
  readonly name: string;
  /** Invocations a minute. */
  readonly traffic: Level;
  /** Milliseconds. */
  readonly medianDuration: Level;
  readonly timeoutMs: number;
  readonly errorShare: Level;
  readonly throttleShare: Level;
}

export function listProfiles(story: Story): readonly FunctionProfile[] {
  const season = shopSeason();
  const flaps = story.searchFlaps;
  return [
    {
      name: SHOP.checkoutFunction,
      traffic: times(constant(140), season),
      medianDuration: times(constant(160), story.checkoutSlowdown),
      timeoutMs: 15_000,
      errorShare: plus(constant(0.002), story.checkoutFailures),
      throttleShare: times(constant(0.04), story.checkoutFailures),
    },
    {
      name: SHOP.cartFunction,
      traffic: times(constant(150), season),
      medianDuration: plus(constant(48), times(constant(1.5), story.checkoutSlowdown)),
      timeoutMs: 10_000,
      errorShare: constant(0.0015),
      throttleShare: constant(0),
    },
    {
      name: SHOP.paymentFunction,
      traffic: times(constant(95), season, story.ordersPlaced),
      medianDuration: constant(310),
      timeoutMs: 20_000,
      errorShare: plus(constant(0.003), times(constant(0.18), story.paymentIncident)),
      throttleShare: constant(0),
    },
    {
      name: SHOP.searchFunction,
      traffic: times(constant(165), season),
      medianDuration: plus(constant(85), times(constant(420), flaps)),
      timeoutMs: 6000,
      errorShare: constant(0.001),
      throttleShare: times(constant(0.01), flaps),
    },
  ];
}

export function nameFunctionMetric(functionName: string, metricName: string, unit: string): MetricName {
  return { namespace: 'AWS/Lambda', metricName, unit, dimensions: { FunctionName: functionName } };
}

/** One sample an invocation, as many as {@link countInvocations} counts. */
export function measureDurations(make: MetricFactory, profile: FunctionProfile): SampledMetric {
  const name = nameFunctionMetric(profile.name, 'Duration', 'Milliseconds');
  return make.latency(name, profile.traffic, profile.medianDuration, profile.timeoutMs);
}

export function countInvocations(make: MetricFactory, { name, traffic }: FunctionProfile): SampledMetric {
  return make.requests(nameFunctionMetric(name, 'Invocations', 'Count'), traffic);
}

export function countErrors(make: MetricFactory, { name, traffic, errorShare }: FunctionProfile): SampledMetric {
  return make.failures(nameFunctionMetric(name, 'Errors', 'Count'), traffic, errorShare);
}
