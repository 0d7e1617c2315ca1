import { constant, type Level, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory } from '../metric-factory.ts';
import { type MetricModel, sampleMetric } from '../metric-model.ts';
import type { Story } from '../story.ts';

const LOAD_BALANCER = 'app/shop-public/50dc6c495c0c9188';
const TARGET_GROUP = 'targetgroup/storefront-web/73e2d6bc24d8a067';
export const BUSINESS_NAMESPACE = 'Shop/Business';
/** A dimension that breaks naive quoting of Metrics Insights and of shells. */
export const HOSTILE_DIMENSION = { name: `Market "EU" / it's \\ here`, value: `a"b'c\\d; DROP` } as const;
/** A resource whose metric stopped ten days ago. */
export const SILENT_WORKER = 'shop-nightly-export';

const DAY_MS = 86_400_000;

/** Load balancer in front of the storefront, and the shop's own business metrics. */
export function createEdgeMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  return [...createLoadBalancerMetrics(make, story), ...createBusinessMetrics(make, story)];
}

function createLoadBalancerMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const traffic = times(constant(1900), shopSeason());
  const namespace = 'AWS/ApplicationELB';
  const dimensions = { LoadBalancer: LOAD_BALANCER };
  const total = (metricName: string, level: Level) =>
    make.gauge({ namespace, metricName, unit: 'Count', dimensions }, { level, isInteger: true, jitter: 0.08 });
  return [
    make.requests({ namespace, metricName: 'RequestCount', unit: 'Count', dimensions }, traffic),
    make.latency(
      { namespace, metricName: 'TargetResponseTime', unit: 'Seconds', dimensions },
      traffic,
      plus(constant(0.06), times(constant(0.004), story.checkoutSlowdown)),
      60,
    ),
    total(
      'HTTPCode_Target_5XX_Count',
      times(traffic, plus(constant(0.0006), times(constant(0.06), story.checkoutFailures))),
    ),
    total('HTTPCode_Target_4XX_Count', times(traffic, constant(0.018))),
    make.gauge(
      {
        namespace,
        metricName: 'HealthyHostCount',
        unit: 'Count',
        dimensions: { ...dimensions, TargetGroup: TARGET_GROUP },
      },
      { level: constant(3), jitter: 0, isInteger: true },
    ),
  ];
}

function createBusinessMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const total = (metricName: string, dimensions: Record<string, string>, level: Level) =>
    make.gauge(
      { namespace: BUSINESS_NAMESPACE, metricName, unit: 'Count', dimensions },
      { level, isInteger: true, jitter: 0.07 },
    );
  const orders = times(constant(84), shopSeason(), story.ordersPlaced);
  const silentFrom = story.anchorEpochMs - 10 * DAY_MS;
  const silent = total('ExportedRows', { Worker: SILENT_WORKER }, constant(5200));
  return [
    total('OrdersPlaced', {}, orders),
    total('OrdersPlaced', { Country: 'DE' }, times(constant(0.4), orders)),
    total('OrdersPlaced', { Country: 'FR' }, times(constant(0.25), orders)),
    total('OrdersPlaced', { [HOSTILE_DIMENSION.name]: HOSTILE_DIMENSION.value }, times(constant(0.05), orders)),
    total('CartsAbandoned', {}, plus(times(constant(31), shopSeason()), times(constant(60), story.checkoutFailures))),
    // Somebody announced maintenance of the data layer when the database filled up.
    total('MaintenanceMode', { Layer: 'data' }, (at) => (at >= story.anchorEpochMs - 20 * 60_000 ? 1 : 0)),
    make.gauge(
      { namespace: BUSINESS_NAMESPACE, metricName: 'Revenue', unit: 'None', dimensions: { Currency: 'EUR' } },
      { level: times(constant(46), orders), jitter: 0.12 },
    ),
    sampleMetric(silent, (minuteEpochMs, sink) => {
      if (minuteEpochMs < silentFrom) silent.emit(minuteEpochMs, sink);
    }),
  ];
}
