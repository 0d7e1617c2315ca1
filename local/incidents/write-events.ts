import { integerBetween, pick, randomFor, uuid } from '../data/logs/random.ts';
import type { ScenarioDocument } from '../scenarios/document.ts';
import type { Story } from './effects.ts';
import type { Estate } from './estate.ts';

const PEOPLE = ['ada', 'grace', 'linus', 'margaret', 'lee'] as const;
type Change = readonly [eventName: string, source: string];
/** Changes that have nothing to do with anything. */
const EVERYDAY: readonly [Change, ...Change[]] = [
  ['PutMetricAlarm', 'monitoring.amazonaws.com'],
  ['PutImage', 'ecr.amazonaws.com'],
  ['UpdateFunctionCode20150331v2', 'lambda.amazonaws.com'],
  ['CreateLogGroup', 'logs.amazonaws.com'],
];

/** What CloudTrail recorded: the changes of the incident among those of any day. */
export function writeEvents(story: Story, seed: number): NonNullable<ScenarioDocument['events']> {
  const random = randomFor(seed, 'cloudtrail', 3);
  const write = (minute: number, eventName: string, eventSource: string, resource: string) => {
    const user = pick(random, PEOPLE);
    return {
      EventId: uuid(random),
      EventName: eventName,
      ReadOnly: 'false',
      EventTime: minute * 60 + integerBetween(random, 0, 59),
      EventSource: eventSource,
      Username: user,
      Resources: [{ ResourceType: 'AWS::Resource', ResourceName: resource }],
      CloudTrailEvent: {
        userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::111122223333:assumed-role/ci-deployer/${user}` },
        requestParameters: {},
      },
    };
  };
  const everyday = Array.from({ length: 5 }, () => {
    const [name, source] = pick(random, EVERYDAY);
    return write(
      -integerBetween(random, 90, 1_400),
      name,
      source,
      pick(random, ['old-reports', 'media-thumbs', 'tools']),
    );
  });
  const changes = (story.changes ?? []).map((change) =>
    write(change.minute, change.eventName, change.source, change.resource),
  );
  return [...everyday, ...changes];
}

export function writeDashboards(estate: Estate): NonNullable<ScenarioDocument['dashboards']> {
  const widget = (title: string, metric: readonly string[], stat: string, index: number) => ({
    type: 'metric',
    x: (index % 2) * 12,
    y: Math.floor(index / 2) * 6,
    width: 12,
    height: 6,
    properties: { title, region: 'us-east-1', stat, period: 60, metrics: [metric] },
  });
  return [
    {
      DashboardName: `${estate.prefix}-overview`,
      LastModified: -86_400 * 30,
      DashboardBody: {
        widgets: [
          widget('Requests', ['AWS/ApiGateway', 'Count', 'ApiName', estate.api], 'Sum', 0),
          widget('Errors', ['AWS/ApiGateway', '5XXError', 'ApiName', estate.api], 'Sum', 1),
          widget(
            'Connections',
            ['AWS/RDS', 'DatabaseConnections', 'DBInstanceIdentifier', estate.database],
            'Average',
            2,
          ),
          widget('Queue', ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'QueueName', estate.queue], 'Maximum', 3),
        ],
      },
    },
  ];
}
