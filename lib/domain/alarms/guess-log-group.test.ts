import { describe, expect, it } from 'vitest';
import { guessLogGroup } from './guess-log-group.ts';

const guess = (namespace: string, dimensions: Readonly<Record<string, string>>) =>
  guessLogGroup({
    namespace,
    metricName: 'Errors',
    statistic: 'Sum',
    dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
  });

describe('guessLogGroup', () => {
  it.each([
    ['AWS/Lambda', { FunctionName: 'a' }, { name: '/aws/lambda/a' }],
    ['AWS/RDS', { DBInstanceIdentifier: 'a' }, { prefix: '/aws/rds/instance/a/' }],
    ['AWS/RDS', { DBClusterIdentifier: 'a', Role: 'WRITER' }, { prefix: '/aws/rds/cluster/a/' }],
    ['AWS/ECS', { ClusterName: 'c', ServiceName: 'a' }, { name: '/ecs/a' }],
    ['ECS/ContainerInsights', { ClusterName: 'c' }, { prefix: '/ecs/' }],
    ['ContainerInsights', { ClusterName: 'c', PodName: 'a' }, { name: '/aws/containerinsights/c/application' }],
    ['AWS/EKS', { ClusterName: 'c' }, { name: '/aws/eks/c/cluster' }],
    ['AWS/ApiGateway', { ApiId: 'x1', Stage: 'prod' }, { name: 'API-Gateway-Execution-Logs_x1/prod' }],
    ['AWS/ApiGateway', { ApiName: 'shop', Stage: 'prod' }, { prefix: 'API-Gateway-Execution-Logs_' }],
    [
      'AWS/States',
      { StateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:orders' },
      { name: '/aws/vendedlogs/states/orders-Logs' },
    ],
    ['AWS/AppSync', { GraphQLAPIId: 'x1' }, { name: '/aws/appsync/apis/x1' }],
    ['AWS/CodeBuild', { ProjectName: 'a' }, { name: '/aws/codebuild/a' }],
    ['AWS/Logs', { LogGroupName: '/a/b' }, { name: '/a/b' }],
    // Nothing is made up.
    ['AWS/Lambda', {}, undefined],
    ['AWS/States', { StateMachineArn: 'orders' }, undefined],
    ['AWS/SQS', { QueueName: 'a' }, undefined],
    ['constructor', { FunctionName: 'a' }, undefined],
  ])('%s %j', (namespace, dimensions, expected) => {
    expect(guess(namespace, dimensions)).toEqual(expected);
  });
});
