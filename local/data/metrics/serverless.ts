import { SHOP } from '../../scenario.ts';
import { constant, type Level, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory } from '../metric-factory.ts';
import type { MetricModel } from '../metric-model.ts';
import {
  countErrors,
  countInvocations,
  type FunctionProfile,
  listProfiles,
  measureDurations,
  nameFunctionMetric,
} from '../shop/function-profiles.ts';
import type { Story } from '../story.ts';

/** Lambda metrics of the shop's functions, account-wide ones, and API Gateway in front of them. */
export function createServerlessMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const profiles = listProfiles(story);
  return [
    ...profiles.flatMap((profile) => createFunctionMetrics(make, profile)),
    ...createAccountMetrics(make, profiles),
    ...createApiMetrics(make, story),
  ];
}

function createFunctionMetrics(make: MetricFactory, profile: FunctionProfile): readonly MetricModel[] {
  const name = (metricName: string, unit: string) => nameFunctionMetric(profile.name, metricName, unit);
  const concurrency: Level = times(profile.traffic, (at) => Math.min(profile.medianDuration(at), 9000) / 60_000);
  return [
    countInvocations(make, profile),
    countErrors(make, profile),
    make.failures(name('Throttles', 'Count'), profile.traffic, profile.throttleShare),
    measureDurations(make, profile),
    make.gauge(name('ConcurrentExecutions', 'Count'), {
      level: (at) => Math.max(1, concurrency(at) * 1.4),
      jitter: 0.15,
      isInteger: true,
    }),
  ];
}

function createAccountMetrics(make: MetricFactory, profiles: readonly FunctionProfile[]): readonly MetricModel[] {
  const name = (metricName: string) => ({ namespace: 'AWS/Lambda', metricName, unit: 'Count', dimensions: {} });
  const traffic = plus(...profiles.map((profile) => profile.traffic));
  const share: Level = (at) =>
    profiles.reduce((sum, profile) => sum + profile.traffic(at) * profile.errorShare(at), 0) / traffic(at);
  const concurrency: Level = (at) =>
    profiles.reduce((sum, profile) => sum + profile.traffic(at) * Math.min(profile.medianDuration(at), 9000), 0) /
    42_000;
  return [
    make.requests(name('Invocations'), traffic),
    make.failures(name('Errors'), traffic, share),
    make.failures(name('Throttles'), traffic, constant(0)),
    make.gauge(name('ConcurrentExecutions'), { level: concurrency, jitter: 0.1, minimum: 1, isInteger: true }),
  ];
}

function createApiMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const traffic = times(constant(1500), shopSeason());
  const serverErrors = plus(constant(0.0008), times(constant(0.11), story.checkoutFailures));
  const latency = plus(constant(70), times(constant(9), story.checkoutSlowdown));
  const stages = [{ ApiName: SHOP.api, Stage: SHOP.apiStage }, { ApiName: SHOP.api }];
  return stages.flatMap((dimensions) => {
    const name = (metricName: string, unit: string) => ({
      namespace: 'AWS/ApiGateway',
      metricName,
      unit,
      dimensions,
    });
    return [
      make.requests(name('Count', 'Count'), traffic),
      make.failures(name('4XXError', 'Count'), traffic, constant(0.021)),
      make.failures(name('5XXError', 'Count'), traffic, serverErrors),
      make.latency(name('Latency', 'Milliseconds'), traffic, latency, 29_000),
      make.latency(name('IntegrationLatency', 'Milliseconds'), traffic, times(constant(0.93), latency), 29_000),
    ];
  });
}
