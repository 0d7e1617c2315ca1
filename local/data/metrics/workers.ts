import { constant, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory } from '../metric-factory.ts';
import type { MetricModel } from '../metric-model.ts';

const TEAMS = [
  'billing',
  'catalog',
  'customers',
  'fulfilment',
  'inventory',
  'marketing',
  'partners',
  'shipping',
] as const;
const JOBS = ['api', 'audit', 'batch', 'cleanup', 'events', 'export', 'import', 'notify', 'reindex', 'sync'] as const;

/** Names of the quiet background functions: they make lists long, as in a real account. */
export const WORKER_FUNCTIONS: readonly string[] = TEAMS.flatMap((team) => JOBS.map((job) => `${team}-${job}`));

/** Lambda metrics of the background functions; nothing ever happens there. */
export function createWorkerMetrics(make: MetricFactory): readonly MetricModel[] {
  return WORKER_FUNCTIONS.flatMap((functionName, index) => {
    const traffic = plus(constant(4 + (index % 7)), times(constant(6 + (index % 5)), shopSeason()));
    const name = (metricName: string, unit: string) => ({
      namespace: 'AWS/Lambda',
      metricName,
      unit,
      dimensions: { FunctionName: functionName },
    });
    return [
      make.requests(name('Invocations', 'Count'), traffic),
      make.failures(name('Errors', 'Count'), traffic, constant(0.0005)),
      make.failures(name('Throttles', 'Count'), traffic, constant(0)),
      make.latency(name('Duration', 'Milliseconds'), traffic, constant(60 + 15 * (index % 9)), 30_000),
      make.gauge(name('ConcurrentExecutions', 'Count'), { level: constant(1), jitter: 0, isInteger: true }),
    ];
  });
}
