import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { alarmNameOf, isAutoScalingAlarm, shortenAlarmArns, stateSinceEpochMs } from './alarm.ts';
import { describeAlarmActions, readAlarmAction } from './alarm-action.ts';
import { describeHistoryItem, readStateChange, shortArn } from './alarm-history.ts';
import { parseReasonData, tidyReason } from './alarm-reason.ts';
import { guessLogGroup } from './guess-log-group.ts';

it('reads names, actions, reasons and log groups', async () => {
  const arns = [
    'arn:aws:sns:eu-west-1:1:on-call',
    'arn:aws:lambda:eu-west-1:1:function:f:live',
    'arn:aws:autoscaling:eu-west-1:1:scalingPolicy:x:resource/ecs:policyName/scale-out:createdBy/y',
    'arn:aws:automate:eu-west-1:ec2:reboot',
    'arn:aws:swf:eu-west-1:1:action/actions/AWS_EC2.InstanceId.Stop/1.0',
    'arn:aws:ssm:eu-west-1:1:opsitem:3#CATEGORY=x',
    'arn:aws:ssm-incidents::1:response-plan/p',
    'arn:aws:aiops:eu-west-1:1:investigation-group/g',
    'arn:aws:odd:eu-west-1:1:a/b/c',
    'plain',
    'a:b:c:d:e:f',
    'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:my alarm',
    'TargetTracking-x',
  ];
  const dims = [
    'FunctionName',
    'function_name',
    'LogGroupName',
    'DBClusterIdentifier',
    'DBInstanceIdentifier',
    'ClusterName',
    'ServiceName',
    'GraphQLAPIId',
    'ProjectName',
    'EndpointName',
    'CanaryName',
    'DeliveryStreamName',
    'Application',
    'DomainName',
    'EnvironmentName',
    'Environment',
    'ApiId',
  ];
  const namespaces = [
    'AWS/Lambda',
    'LambdaInsights',
    'AWS/Logs',
    'AWS/RDS',
    'AWS/DocDB',
    'AWS/Neptune',
    'ContainerInsights',
    'ECS/ContainerInsights',
    'AWS/ECS',
    'AWS/EKS',
    'AWS/ApiGateway',
    'AWS/States',
    'AWS/AppSync',
    'AWS/CodeBuild',
    'Glue',
    'AWS/SageMaker',
    'CloudWatchSynthetics',
    'AWS/Firehose',
    'AWS/KinesisAnalytics',
    'AWS/ES',
    'AWS/AppRunner',
    'AWS/ElasticBeanstalk',
    'AmazonMWAA',
    'Other',
    'toString',
  ];
  const sets = [
    [],
    dims.map((name) => ({ name, value: 'x' })),
    dims.slice(0, 5).map((name) => ({ name, value: 'y' })),
    [{ name: 'ClusterName', value: 'c' }],
    [
      { name: 'ApiId', value: 'a' },
      { name: 'Stage', value: 's' },
    ],
    [{ name: 'StateMachineArn', value: 'arn:aws:states:r:1:stateMachine:m' }],
    [{ name: 'StateMachineArn', value: 'x' }],
  ];
  const guesses = namespaces.flatMap((namespace) =>
    sets.map(
      (dimensions, at) =>
        [`${namespace}, ${at}`, guessLogGroup({ namespace, dimensions, metricName: 'm', statistic: 'Sum' })] as const,
    ),
  );
  const data = [
    '',
    '{',
    '5',
    '{"threshold":5,"period":60,"statistic":"Sum"}',
    '{"threshold":"5","evaluatedDatapoints":[{"timestamp":"2026-03-01T10:00:00.000+0000","value":1},{"timestamp":"2026-03-01T11:00:00.000+0100","value":2},{"timestamp":"x","value":3},{"value":"4"},5]}',
    '{"recentDatapoints":[1,2,null,"3",4],"evaluatedDatapoints":[]}',
    '{"triggeringAlarms":[{"arn":"a"},{"arn":5},7]}',
  ];
  const reasons = [
    'Threshold Crossed: 1 out of the last 1 datapoints [0.123456789012 (01/03/26 10:00:00)] was greater than the threshold (-5.000000001) (minimum 1 datapoint for OK -> ALARM transition).',
    'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a (minimum 3 datapoints for ALARM -> OK transition)',
    '12345.12 stays',
  ];
  await expectTable('alarms/names', [
    ...arns.map(
      (arn) =>
        [
          arn,
          [
            readAlarmAction(arn),
            shortArn(arn),
            alarmNameOf(arn),
            isAutoScalingAlarm(arn),
            shortenAlarmArns(`by ${arn}`),
          ],
        ] as const,
    ),
    ['actions', describeAlarmActions(arns.slice(0, 4))],
    ...guesses.filter(([, guess]) => guess !== undefined),
    ...data.map((text) => [`data ${text}`, parseReasonData(text)] as const),
    ...reasons.map((text) => [text, tidyReason(text)] as const),
    [
      'since',
      [
        stateSinceEpochMs({}),
        stateSinceEpochMs({ updatedEpochMs: 5 }),
        stateSinceEpochMs({ transitionedEpochMs: 3, updatedEpochMs: 5 }),
      ],
    ],
  ]);
});

it('reads the history', async () => {
  const item = (type: string, data: unknown, summary = 'Alarm updated from OK to ALARM', more: object = {}) => ({
    alarmName: 'a',
    epochMs: 5,
    type,
    summary,
    ...(data !== undefined && { data: JSON.stringify(data) }),
    ...more,
  });
  const updated = (before: object, after: object) => ({ originalUpdatedFields: before, updatedAlarm: after });
  const items = [
    item('StateUpdate', undefined),
    item('StateUpdate', {
      oldState: { stateValue: 'OK' },
      newState: { stateValue: 'INSUFFICIENT_DATA', stateReason: 'r', stateReasonData: { threshold: 3 } },
    }),
    item('StateUpdate', { oldState: { stateValue: 'OK' }, newState: { stateValue: 'OK' } }),
    item('StateUpdate', { newState: { stateValue: 'odd', stateReason: 5 } }, 'no words'),
    item('AlarmContributorStateUpdate', {}, 'from ALARM to OK', {
      contributor: [
        { name: 'Host', value: 'h' },
        { name: 'b', value: 'c' },
      ],
    }),
    item('Action', { actionState: 'Succeeded', notificationResource: 'arn:aws:sns:r:1:t' }, 'Successfully executed'),
    item('Action', { actionState: 'Failed', notificationResource: 'arn:aws:sns:r:1:t', error: 'no right' }),
    item('AlarmContributorAction', { error: 'x'.repeat(300) }, 'Failed'),
    item('Action', { actionState: 5, error: '' }, 'Executed'),
    item('ConfigurationUpdate', updated({ threshold: 5, stateReason: 'x' }, { threshold: 10 }), 'Alarm updated'),
    item('ConfigurationUpdate', updated({ alarmArn: 1 }, {}), 'Alarm updated'),
    item(
      'ConfigurationUpdate',
      updated({ a: null, b: 'same', c: { d: 1 }, e: 'x'.repeat(100) }, { a: 1, b: 'same' }),
      'Alarm updated',
    ),
    item(
      'ConfigurationUpdate',
      updated(Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`f${at}`, at])), {}),
      'Alarm updated',
    ),
    item('ConfigurationUpdate', {}, 'Alarm created', { contributor: [] }),
    item('Else', { a: 1 }, 'line\nbreak'),
  ];
  await expectTable(
    'alarms/history',
    items.map((one, at) => [`${at} ${one.type}`, [describeHistoryItem(one), readStateChange(one)]]),
  );
});
