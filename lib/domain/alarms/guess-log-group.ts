/** Where a service writes the logs of what a metric measures: the names that the services give by convention. Pure. */
import type { WatchedMetric } from './alarm.ts';

/** The name where it follows from the dimensions, else what the names of its groups begin with. */
export type GuessedLogGroup = { readonly name: string } | { readonly prefix: string };

/** Gives the value of a dimension; undefined where the metric lacks it. */
type Dimension = (name: string) => string | undefined;
type Rule = (dimension: Dimension) => GuessedLogGroup | undefined;

const named = (before: string, value: string | undefined, after = ''): GuessedLogGroup | undefined =>
  value === undefined ? undefined : { name: before + value + after };
const below = (before: string, value: string | undefined): GuessedLogGroup | undefined =>
  value === undefined ? undefined : { prefix: `${before}${value}/` };

/** Each from the user guide of its service: what is written there unless somebody chose another name. */
const RULES: Readonly<Record<string, Rule>> = {
  'AWS/Lambda': (of) => named('/aws/lambda/', of('FunctionName')),
  LambdaInsights: (of) => named('/aws/lambda/', of('function_name')),
  'AWS/Logs': (of) => named('', of('LogGroupName')),
  // `error`, `postgresql`, `slowquery`: no dimension tells the engine.
  'AWS/RDS': (of) =>
    below('/aws/rds/cluster/', of('DBClusterIdentifier')) ?? below('/aws/rds/instance/', of('DBInstanceIdentifier')),
  'AWS/DocDB': (of) => below('/aws/docdb/', of('DBClusterIdentifier')),
  'AWS/Neptune': (of) => below('/aws/neptune/', of('DBClusterIdentifier')),
  ContainerInsights: (of) => named('/aws/containerinsights/', of('ClusterName'), '/application'),
  'ECS/ContainerInsights': (of) => ecsLog(of),
  'AWS/ECS': (of) => ecsLog(of),
  'AWS/EKS': (of) => named('/aws/eks/', of('ClusterName'), '/cluster'),
  'AWS/ApiGateway': (of) => apiLog(of),
  'AWS/States': (of) => named('/aws/vendedlogs/states/', stateMachineName(of('StateMachineArn')), '-Logs'),
  'AWS/AppSync': (of) => named('/aws/appsync/apis/', of('GraphQLAPIId')),
  'AWS/CodeBuild': (of) => named('/aws/codebuild/', of('ProjectName')),
  Glue: () => ({ name: '/aws-glue/jobs/error' }),
  'AWS/SageMaker': (of) => named('/aws/sagemaker/Endpoints/', of('EndpointName')),
  CloudWatchSynthetics: (of) =>
    of('CanaryName') === undefined ? undefined : { prefix: `/aws/lambda/cwsyn-${of('CanaryName')}-` },
  'AWS/Firehose': (of) => named('/aws/kinesisfirehose/', of('DeliveryStreamName')),
  'AWS/KinesisAnalytics': (of) => named('/aws/kinesis-analytics/', of('Application')),
  'AWS/ES': (of) => below('/aws/OpenSearchService/domains/', of('DomainName')),
  'AWS/AppRunner': (of) => below('/aws/apprunner/', of('ServiceName')),
  'AWS/ElasticBeanstalk': (of) => below('/aws/elasticbeanstalk/', of('EnvironmentName')),
  AmazonMWAA: (of) => named('airflow-', of('Environment'), '-Task'),
};

/** The log group that most likely tells why; undefined where no convention names one. */
export function guessLogGroup({ namespace, dimensions }: WatchedMetric): GuessedLogGroup | undefined {
  const rule = Object.hasOwn(RULES, namespace) ? RULES[namespace] : undefined;
  return rule?.((name) => dimensions.find((dimension) => dimension.name === name)?.value);
}

/** The console names it after the task definition, which as a rule is named like the service. */
function ecsLog(of: Dimension): GuessedLogGroup | undefined {
  return named('/ecs/', of('ServiceName')) ?? (of('ClusterName') === undefined ? undefined : { prefix: '/ecs/' });
}

/** Execution logs are named by the id of the API and its stage; metrics of REST APIs have its name only. */
function apiLog(of: Dimension): GuessedLogGroup {
  const [id, stage] = [of('ApiId'), of('Stage')];
  const name = `API-Gateway-Execution-Logs_${id}/${stage}`;
  return id === undefined || stage === undefined ? { prefix: 'API-Gateway-Execution-Logs_' } : { name };
}

function stateMachineName(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : /:stateMachine:(.+)$/.exec(arn)?.[1];
}
