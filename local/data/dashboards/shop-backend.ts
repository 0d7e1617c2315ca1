import { ACCOUNTS, DEFAULT_REGION, LOG_GROUPS, SHOP } from '../../scenario.ts';
import { arrange, type DashboardBody, graph, logTable } from './widgets.ts';

/** Database, queue and storage. */
export const SHOP_BACKEND: DashboardBody = {
  start: '-PT6H',
  widgets: arrange([
    graph('Connections and CPU', {
      metrics: [
        ['AWS/RDS', 'DatabaseConnections', 'DBInstanceIdentifier', SHOP.database],
        ['.', 'CPUUtilization', '.', '.', { yAxis: 'right' }],
      ],
      period: 60,
      stat: 'Average',
      annotations: {
        horizontal: [
          [
            { label: 'Alarm', value: 85 },
            { label: 'max_connections', value: 100 },
          ],
        ],
      },
      yAxis: { left: { min: 0 }, right: { min: 0, max: 100, label: '%' } },
    }),
    graph('Latency', {
      metrics: [
        ['AWS/RDS', 'ReadLatency', 'DBInstanceIdentifier', SHOP.database],
        ['.', 'WriteLatency', '.', '.'],
      ],
      period: 60,
      stat: 'Average',
    }),
    graph('Orders in the queue', {
      metrics: [
        ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', SHOP.queue],
        ['...', SHOP.deadLetterQueue],
        ['.', 'ApproximateAgeOfOldestMessage', '.', SHOP.queue, { stat: 'Maximum', yAxis: 'right' }],
      ],
      stat: 'Average',
    }),
    graph('Product images', {
      metrics: [['AWS/S3', 'BucketSizeBytes', 'BucketName', SHOP.bucket, 'StorageType', 'StandardStorage']],
      period: 86_400,
      stat: 'Average',
      start: '-P2W',
      view: 'gauge',
      yAxis: { left: { min: 0, max: 1_000_000_000_000 } },
    }),
    graph('CPU of the pods', {
      metrics: [
        [
          {
            expression:
              'SELECT MAX(pod_cpu_utilization) FROM ContainerInsights GROUP BY Service ORDER BY MAX() DESC LIMIT 5',
            id: 'q1',
            period: 300,
          },
        ],
      ],
    }),
    logTable(
      'Slow statements',
      `SOURCE '${LOG_GROUPS.database}' | fields @timestamp, @message\n| filter @message like /duration/\n| sort @timestamp desc\n| limit 20`,
    ),
    {
      type: 'explorer',
      properties: {
        title: 'Instances of the shop',
        metrics: [{ metricName: 'CPUUtilization', resourceType: 'AWS::EC2::Instance', stat: 'Average' }],
        labels: [{ key: 'team', value: 'shop' }],
        aggregateBy: { key: 'InstanceType', func: 'MAX' },
        splitBy: 'AvailabilityZone',
        period: 300,
        region: DEFAULT_REGION,
      },
    },
    {
      type: 'custom',
      properties: {
        title: 'Open tickets',
        endpoint: `arn:aws:lambda:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:function:shop-tickets-widget`,
        updateOn: { refresh: true, resize: true, timeRange: false },
        params: { queue: 'shop' },
      },
    },
  ]),
};
