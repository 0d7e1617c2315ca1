/** Templates of get_recommended_metric_alarms: valid, and with the very values that were meant. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseTerraform } from '@cdktf/hcl2json';
import {
  type AlarmTemplate,
  bandExpression,
  isSimpleStatistic,
} from '../../../lib/domain/alarms/advice/alarm-template.ts';
import { renderCloudFormation } from '../../../lib/domain/alarms/advice/render-cloudformation.ts';
import { renderTerraform } from '../../../lib/domain/alarms/advice/render-terraform.ts';
import { type Resource, validateTemplate } from '../support/cloudformation.ts';
import { listRecommended } from '../support/recommended-alarms.ts';
import type { Step } from '../support/step.ts';

/** CloudFormation takes 500 resources a template. */
const MAX_RESOURCES = 400;

function dimensionsOf({ dimensions }: AlarmTemplate) {
  return dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
}

function assertCloudFormation({ Type, Properties }: Resource, alarm: AlarmTemplate): void {
  const { names, condition } = alarm;
  const metric = { Namespace: alarm.namespace, MetricName: alarm.metricName };
  const dimensions = alarm.dimensions.length === 0 ? {} : { Dimensions: dimensionsOf(alarm) };
  const common = {
    AlarmName: names.alarmName,
    AlarmDescription: alarm.description,
    ComparisonOperator: condition.comparison,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    TreatMissingData: alarm.missingData,
  };
  assert.equal(Type, 'AWS::CloudWatch::Alarm');
  if (condition.kind === 'threshold') {
    const statistic = { [isSimpleStatistic(alarm.statistic) ? 'Statistic' : 'ExtendedStatistic']: alarm.statistic };
    const expected = { ...common, ...metric, ...dimensions, ...statistic };
    assert.deepEqual(Properties, { ...expected, Period: alarm.periodSeconds, Threshold: condition.threshold });
    return;
  }
  assert.deepEqual(Properties, {
    ...common,
    ThresholdMetricId: 'band',
    Metrics: [
      {
        Id: 'm1',
        MetricStat: { Metric: { ...metric, ...dimensions }, Stat: alarm.statistic, Period: alarm.periodSeconds },
        ReturnData: true,
      },
      { Id: 'band', Expression: bandExpression(condition.width), ReturnData: true },
    ],
  });
}

/** In Terraform's JSON every string is a template, so that a literal `${` is written with two signs. */
function readLiterals(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/([$%])\1\{/g, '$1{');
  if (Array.isArray(value)) return value.map(readLiterals);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [readLiterals(key), readLiterals(member)]));
}

function assertTerraform(resource: unknown, alarm: AlarmTemplate): void {
  const { condition } = alarm;
  const dimensions =
    alarm.dimensions.length === 0
      ? {}
      : { dimensions: Object.fromEntries(alarm.dimensions.map(({ name, value }) => [name, value])) };
  const metric = {
    namespace: alarm.namespace,
    metric_name: alarm.metricName,
    period: alarm.periodSeconds,
    ...dimensions,
  };
  const common = {
    alarm_name: alarm.names.alarmName,
    alarm_description: alarm.description,
    comparison_operator: condition.comparison,
    evaluation_periods: alarm.evaluationPeriods,
    datapoints_to_alarm: alarm.datapointsToAlarm,
    treat_missing_data: alarm.missingData,
  };
  const statistic = { [isSimpleStatistic(alarm.statistic) ? 'statistic' : 'extended_statistic']: alarm.statistic };
  assert.deepEqual(
    readLiterals(resource),
    condition.kind === 'threshold'
      ? { ...common, ...metric, ...statistic, threshold: condition.threshold }
      : {
          ...common,
          threshold_metric_id: 'band',
          metric_query: [
            { id: 'm1', return_data: true, metric: [{ ...metric, stat: alarm.statistic }] },
            { id: 'band', expression: bandExpression(condition.width), return_data: true },
          ],
        },
  );
}

function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

function toTemplate(alarms: readonly AlarmTemplate[]): string {
  return ['Resources:', ...alarms.map(renderCloudFormation)].join('\n');
}

interface TerraformFile {
  readonly resource?: { readonly aws_cloudwatch_metric_alarm?: Readonly<Record<string, readonly unknown[]>> };
}

export const step: Step = {
  title: 'alarm templates',
  needs: [],
  async run({ workDir, check }) {
    const alarms = await listRecommended();
    const count = (isWanted: (alarm: AlarmTemplate) => boolean): number => alarms.filter(isWanted).length;

    await check('the recommendations are of every kind', () => {
      assert(count(({ condition }) => condition.kind === 'threshold') > 250);
      assert(count(({ condition }) => condition.kind === 'band') > 200);
      assert(count(({ names }) => names.alarmName.includes('-derived')) > 100);
      assert.equal(new Set(alarms.map(({ names }) => names.alarmName)).size, alarms.length);
    });
    await check(`CloudFormation takes all ${alarms.length}, with the values that were meant`, async () => {
      for (const [index, some] of chunk(alarms, MAX_RESOURCES).entries()) {
        const file = join(workDir, `alarms-${index}.yaml`);
        await writeFile(file, toTemplate(some));
        const { Resources } = validateTemplate(file, join(workDir, `alarms-${index}`));
        assert.equal(Object.keys(Resources).length, some.length);
        for (const alarm of some) {
          const resource = Resources[alarm.names.logicalId];
          assert(resource !== undefined, alarm.names.logicalId);
          assertCloudFormation(resource, alarm);
        }
      }
    });
    await check(`Terraform parses all ${alarms.length}, with the values that were meant`, async () => {
      const parsed = (await parseTerraform('alarms.tf', alarms.map(renderTerraform).join('\n'))) as TerraformFile;
      const resources = parsed.resource?.aws_cloudwatch_metric_alarm ?? {};
      assert.equal(Object.keys(resources).length, alarms.length);
      for (const alarm of alarms) assertTerraform(resources[alarm.names.resourceName]?.[0], alarm);
    });
    await check('the checks refuse what CloudFormation and Terraform would refuse', async () => {
      const [alarm] = alarms;
      assert(alarm !== undefined);
      const text = toTemplate([alarm]);
      const faults = [
        ['EvaluationPeriods: ', 'EvaluationPeriod: '],
        ['Threshold: ', 'Threshold: many # '],
        ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Alarms'],
        ['MetricName: "', 'MetricName: "" "'],
      ] as const;
      for (const [index, [good, bad]] of faults.entries()) {
        const broken = join(workDir, `broken-alarm-${index}.yaml`);
        assert(text.includes(good), good);
        await writeFile(broken, text.replace(good, bad));
        assert.throws(() => validateTemplate(broken, join(workDir, `broken-alarm-${index}`)), Error, bad);
      }
      await assert.rejects(async () => {
        await parseTerraform('broken.tf', renderTerraform(alarm).replace('namespace', '"'));
      });
    });
  },
};
