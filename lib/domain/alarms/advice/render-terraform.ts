/** An alarm as a resource of Terraform (aws_cloudwatch_metric_alarm). Pure. */
import { type AlarmTemplate, BAND_ID, bandExpression, isSimpleStatistic, METRIC_ID } from './alarm-template.ts';
import { quoteHcl, writeNumber } from './quote-template.ts';

export function renderTerraform(alarm: AlarmTemplate): string {
  const { names, condition } = alarm;
  const isPlain = condition.kind === 'threshold' && alarm.accountId === undefined;
  const body = [
    ...assign([
      ['alarm_name', quoteHcl(names.alarmName)],
      ['alarm_description', quoteHcl(alarm.description)],
      ['comparison_operator', quoteHcl(condition.comparison)],
      condition.kind === 'threshold'
        ? ['threshold', writeNumber(condition.threshold)]
        : ['threshold_metric_id', quoteHcl(BAND_ID)],
      ['evaluation_periods', String(alarm.evaluationPeriods)],
      ['datapoints_to_alarm', String(alarm.datapointsToAlarm)],
      ['treat_missing_data', quoteHcl(alarm.missingData)],
      ...(isPlain
        ? [
            ...identity(alarm),
            [
              isSimpleStatistic(alarm.statistic) ? 'statistic' : 'extended_statistic',
              quoteHcl(alarm.statistic),
            ] as const,
            ['period', String(alarm.periodSeconds)] as const,
          ]
        : []),
    ]),
    ...(isPlain ? dimensionLines(alarm) : queryBlocks(alarm)),
  ];
  return [`resource "aws_cloudwatch_metric_alarm" "${names.resourceName}" {`, ...indent(body), '}'].join('\n');
}

type Assignment = readonly [name: string, value: string];

function identity({ namespace, metricName }: AlarmTemplate): Assignment[] {
  return [
    ['namespace', quoteHcl(namespace)],
    ['metric_name', quoteHcl(metricName)],
  ];
}

function queryBlocks(alarm: AlarmTemplate): string[] {
  const { accountId, condition } = alarm;
  const metric = [
    ...assign([...identity(alarm), ['stat', quoteHcl(alarm.statistic)], ['period', String(alarm.periodSeconds)]]),
    ...dimensionLines(alarm),
  ];
  const shown: Assignment = ['return_data', 'true'];
  return [
    ...block('metric_query', [
      ...assign([
        ['id', quoteHcl(METRIC_ID)],
        ...(accountId === undefined ? [] : [['account_id', quoteHcl(accountId)] as const]),
        shown,
      ]),
      ...block('metric', metric),
    ]),
    ...(condition.kind === 'threshold'
      ? []
      : block(
          'metric_query',
          assign([['id', quoteHcl(BAND_ID)], ['expression', quoteHcl(bandExpression(condition.width))], shown]),
        )),
  ];
}

function dimensionLines({ dimensions }: AlarmTemplate): string[] {
  if (dimensions.length === 0) return [];
  return [
    'dimensions = {',
    ...indent(assign(dimensions.map(({ name, value }) => [quoteHcl(name), quoteHcl(value)] as const))),
    '}',
  ];
}

/** The equal signs below each other, as `terraform fmt` has them. */
function assign(assignments: readonly Assignment[]): string[] {
  const width = Math.max(0, ...assignments.map(([name]) => name.length));
  return assignments.map(([name, value]) => `${name.padEnd(width)} = ${value}`);
}

function block(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...indent(lines), '}'];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
