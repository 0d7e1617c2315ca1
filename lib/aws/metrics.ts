import type { AwsConnection } from './connection.ts';
import type { MetricsPort } from './ports/metrics.ts';

export function createMetricsPort(_aws: AwsConnection): MetricsPort {
  return {};
}
