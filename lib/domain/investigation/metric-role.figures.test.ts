import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { layerOf, roleOf, statisticFor } from './metric-role.ts';

const NAMESPACES =
  'AWS/ApiGateway AWS/ApplicationELB AWS/NetworkELB AWS/ELB AWS/CloudFront AWS/AppSync AWS/Route53 AWS/GlobalAccelerator AWS/SQS AWS/SNS AWS/Kinesis AWS/Firehose AWS/Events AWS/Lambda AWS/ECS ECS/ContainerInsights ContainerInsights LambdaInsights AWS/EC2 AWS/AutoScaling AWS/States AWS/AppRunner AWS/ElasticBeanstalk CWAgent AWS/RDS AWS/DynamoDB Own toString'.split(
    ' ',
  );
const METRICS =
  'Errors Requests Duration TargetResponseTime ProcessingTime TimeTaken ElapsedMs AgeOfOldestMessage IteratorAge ConsumerLag MessagesVisible MessagesDelayed QueueLength Backlog PendingTasks CPUUtilization MemoryUsage HeapUsed FreeStorageSpace DiskQueueDepth DatabaseConnections CPUCreditBalance ConcurrentExecutions Threads ReadIOPS InodesFree PoolSize Available HealthyHosts Invocations BytesIn 5XXError Throttles Timeouts Success Hits Temperature'.split(
    ' ',
  );

it('tells part and layer by names', async () => {
  await expectTable('investigation/metric-role', [
    ...NAMESPACES.map((namespace) => [namespace, layerOf({ namespace, dimensions: [] })] as const),
    ...METRICS.map((name) => [name, [roleOf(name), statisticFor(name)]] as const),
  ]);
});
