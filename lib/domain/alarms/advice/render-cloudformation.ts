/** Alarms as the `Resources` of a CloudFormation template in YAML (AWS::CloudWatch::Alarm). Pure. */
import { type AlarmTemplate, BAND_ID, bandExpression, isSimpleStatistic, METRIC_ID } from './alarm-template.ts';
import { quoteYaml, writeNumber } from './quote-template.ts';

const INDENT = '  ';

/** One resource, indented to stand below `Resources:`. */
export function renderCloudFormation(alarm: AlarmTemplate): string {
  const { names, condition } = alarm;
  const properties = [
    `AlarmName: ${quoteYaml(names.alarmName)}`,
    `AlarmDescription: ${quoteYaml(alarm.description)}`,
    ...(condition.kind === 'threshold' ? metricLines(alarm) : bandLines(alarm)),
    `ComparisonOperator: ${condition.comparison}`,
    ...(condition.kind === 'threshold'
      ? [`Threshold: ${writeNumber(condition.threshold)}`]
      : [`ThresholdMetricId: ${BAND_ID}`]),
    `EvaluationPeriods: ${alarm.evaluationPeriods}`,
    `DatapointsToAlarm: ${alarm.datapointsToAlarm}`,
    `TreatMissingData: ${alarm.missingData}`,
  ];
  const lines = [
    `${names.logicalId}:`,
    ...indent(['Type: AWS::CloudWatch::Alarm', 'Properties:', ...indent(properties)]),
  ];
  return indent(lines).join('\n');
}

function metricLines(alarm: AlarmTemplate): string[] {
  if (alarm.accountId !== undefined) return ['Metrics:', ...indent(queryLines(alarm))];
  return [
    ...identityLines(alarm),
    `${isSimpleStatistic(alarm.statistic) ? 'Statistic' : 'ExtendedStatistic'}: ${quoteYaml(alarm.statistic)}`,
    `Period: ${alarm.periodSeconds}`,
  ];
}

function bandLines(alarm: AlarmTemplate): string[] {
  const width = alarm.condition.kind === 'band' ? alarm.condition.width : 0;
  return [
    'Metrics:',
    ...indent([
      ...queryLines(alarm),
      `- Id: ${BAND_ID}`,
      ...indent([`Expression: ${quoteYaml(bandExpression(width))}`, 'ReturnData: true']),
    ]),
  ];
}

function queryLines(alarm: AlarmTemplate): string[] {
  return [
    `- Id: ${METRIC_ID}`,
    ...indent([
      ...(alarm.accountId === undefined ? [] : [`AccountId: ${quoteYaml(alarm.accountId)}`]),
      'MetricStat:',
      ...indent([
        'Metric:',
        ...indent(identityLines(alarm)),
        `Stat: ${quoteYaml(alarm.statistic)}`,
        `Period: ${alarm.periodSeconds}`,
      ]),
      'ReturnData: true',
    ]),
  ];
}

function identityLines({ namespace, metricName, dimensions }: AlarmTemplate): string[] {
  return [
    `Namespace: ${quoteYaml(namespace)}`,
    `MetricName: ${quoteYaml(metricName)}`,
    ...(dimensions.length === 0 ? [] : ['Dimensions:']),
    ...indent(
      dimensions.flatMap(({ name, value }) => [`- Name: ${quoteYaml(name)}`, `${INDENT}Value: ${quoteYaml(value)}`]),
    ),
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `${INDENT}${line}`);
}
