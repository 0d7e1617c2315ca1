import type { Estate } from './estate.ts';
import type { MetricName } from './series.ts';
import { serviceMetric } from './style.ts';

/** The metrics of an estate by what they measure. */
export function nameMetrics(estate: Estate) {
  const name =
    (namespace: string, dimensions: MetricName['dimensions']) =>
    (metricName: string, unit = 'Count') => ({
      namespace,
      dimensions,
      metricName,
      unit,
    });
  return {
    api: name('AWS/ApiGateway', { ApiName: estate.api }),
    lambda(functionName: string) {
      if (estate.style.isServerless) return name('AWS/Lambda', { FunctionName: functionName });
      const own = name(`${estate.prefix}/Services`, { Service: functionName, Environment: 'prod' });
      return (metricName: string, unit = 'Count') => own(serviceMetric(metricName), unit);
    },
    database: name('AWS/RDS', { DBInstanceIdentifier: estate.database }),
    table: name('AWS/DynamoDB', { TableName: estate.table }),
    queue: name('AWS/SQS', { QueueName: estate.queue }),
    cache: name('AWS/ElastiCache', { CacheClusterId: estate.cache }),
    container: name('AWS/ECS', { ClusterName: estate.cluster, ServiceName: estate.service }),
    provider: name(`${estate.prefix}/Partners`, { Partner: estate.provider }),
    worker: name(`${estate.prefix}/Jobs`, { Worker: estate.worker }),
  };
}
