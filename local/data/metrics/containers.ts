import { SHOP } from '../../scenario.ts';
import { constant, hourlyJob, type Level, plus, shopSeason, times } from '../levels.ts';
import type { MetricFactory } from '../metric-factory.ts';
import type { MetricModel } from '../metric-model.ts';
import type { Story } from '../story.ts';

const SERVICES = ['web', 'catalog', 'pricing', 'notifications'] as const;
const NODES = ['ip-10-0-11-21.ec2.internal', 'ip-10-0-12-87.ec2.internal', 'ip-10-0-13-40.ec2.internal'] as const;

/** ECS service metrics and Container Insights of the EKS cluster. */
export function createContainerMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  return [...createEcsMetrics(make), ...createPodMetrics(make, story), ...createNodeMetrics(make)];
}

function createEcsMetrics(make: MetricFactory): readonly MetricModel[] {
  const season = shopSeason(0.6);
  // A model refresh at the top of each hour gives the service an hourly cycle.
  const cpu = plus(times(constant(31), season), times(constant(24), hourlyJob(8)));
  const percent = (metricName: string, dimensions: Record<string, string>, level: Level) =>
    make.gauge({ namespace: 'AWS/ECS', metricName, unit: 'Percent', dimensions }, { level, maximum: 100 });
  const service = { ClusterName: SHOP.ecsCluster, ServiceName: SHOP.ecsService };
  const cluster = { ClusterName: SHOP.ecsCluster };
  return [
    percent('CPUUtilization', service, cpu),
    percent('MemoryUtilization', service, times(constant(57), shopSeason(0.1))),
    percent('CPUUtilization', cluster, times(constant(0.8), cpu)),
    percent('MemoryUtilization', cluster, constant(49)),
  ];
}

function createPodMetrics(make: MetricFactory, story: Story): readonly MetricModel[] {
  const base = { ClusterName: SHOP.eksCluster, Namespace: SHOP.eksNamespace };
  const retries: Level = (at) => (story.checkoutSlowdown(at) - 1) * 0.5;
  return SERVICES.flatMap((service, index) => {
    const cpu = plus(times(constant(18 + 7 * index), shopSeason(0.7)), service === 'web' ? retries : constant(0));
    const gauge = (metricName: string, unit: string, level: Level, options: { isInteger?: boolean; jitter?: number }) =>
      make.gauge(
        { namespace: 'ContainerInsights', metricName, unit, dimensions: { ...base, Service: service } },
        { level, ...options },
      );
    return [
      gauge('pod_cpu_utilization', 'Percent', cpu, { jitter: 0.08 }),
      gauge('pod_memory_utilization', 'Percent', times(constant(42 + 3 * index), shopSeason(0.15)), { jitter: 0.03 }),
      gauge('pod_network_rx_bytes', 'Bytes/Second', times(constant(210_000), shopSeason()), { jitter: 0.1 }),
      gauge('pod_network_tx_bytes', 'Bytes/Second', times(constant(340_000), shopSeason()), { jitter: 0.1 }),
      gauge('pod_number_of_container_restarts', 'Count', constant(0), { isInteger: true }),
      gauge('service_number_of_running_pods', 'Count', constant(3), { isInteger: true, jitter: 0 }),
    ];
  });
}

function createNodeMetrics(make: MetricFactory): readonly MetricModel[] {
  const node = (metricName: string, dimensions: Record<string, string>, level: Level) =>
    make.gauge({ namespace: 'ContainerInsights', metricName, unit: 'Percent', dimensions }, { level, maximum: 100 });
  const cluster = { ClusterName: SHOP.eksCluster };
  return [
    ...NODES.flatMap((name, index) => {
      const dimensions = { ...cluster, NodeName: name, InstanceId: `i-0f3a9c1d2e4b5a6${index}7` };
      return [
        node('node_cpu_utilization', dimensions, times(constant(34 + 4 * index), shopSeason(0.6))),
        node('node_memory_utilization', dimensions, times(constant(61), shopSeason(0.1))),
        node('node_filesystem_utilization', dimensions, constant(38 + index)),
      ];
    }),
    node('node_cpu_utilization', cluster, times(constant(38), shopSeason(0.6))),
    node('node_memory_utilization', cluster, times(constant(61), shopSeason(0.1))),
    make.gauge(
      { namespace: 'ContainerInsights', metricName: 'cluster_failed_node_count', unit: 'Count', dimensions: cluster },
      { level: constant(0), isInteger: true },
    ),
  ];
}
