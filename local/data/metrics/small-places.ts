import { constant, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory } from '../metric-factory.ts';
import type { MetricModel } from '../metric-model.ts';
import type { Story } from '../story.ts';

/** Metrics of the other regions and accounts: a few functions; in account dev one of them fails since the deploy. */
export function createSmallPlaceMetrics(
  make: MetricFactory,
  story: Story,
  functionNames: readonly string[],
  isFailing: boolean,
): readonly MetricModel[] {
  return functionNames.flatMap((functionName, index) => {
    const traffic = times(constant(24 + 9 * index), shopSeason(0.5));
    const failures = isFailing && index === 0 ? story.checkoutFailures : constant(0);
    const name = (metricName: string, unit: string) => ({
      namespace: 'AWS/Lambda',
      metricName,
      unit,
      dimensions: { FunctionName: functionName },
    });
    return [
      make.requests(name('Invocations', 'Count'), traffic),
      make.failures(name('Errors', 'Count'), traffic, plus(constant(0.001), failures)),
      make.latency(name('Duration', 'Milliseconds'), traffic, constant(120 + 30 * index), 15_000),
    ];
  });
}
