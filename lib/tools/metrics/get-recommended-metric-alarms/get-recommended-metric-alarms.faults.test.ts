import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../../local/faults.ts';
import { HOSTILE_TEXTS, MARK } from '../../../../test/hostile/hostile-texts.ts';
import { startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';

const ERRORS = {
  namespace: 'AWS/Lambda',
  metric_name: 'Errors',
  dimensions: [{ name: 'FunctionName', value: 'shop-checkout' }],
};

/** Two days and a half of minutes. */
const POINTS = 3_600;

let bench: ToolBench;
beforeAll(async () => {
  bench = await startToolBench();
});
afterEach(() => bench.local.faults.clear());
afterAll(async () => {
  await bench.close();
});

function arm(operation: string, fault: Fault, times?: number): void {
  bench.local.faults.add({ operation, fault, ...(times !== undefined && { times }) });
}

async function ask(args: unknown = ERRORS) {
  const result = await bench.run('get_recommended_metric_alarms', args);
  return { text: bench.text(result), isError: result.isError === true };
}

describe('get_recommended_metric_alarms when something is wrong', () => {
  it('goes on without the alarms that exist, and claims nothing about them', async () => {
    arm('DescribeAlarmsForMetric', { kind: 'accessDenied' });
    const { text, isError } = await ask();
    expect(isError).toBe(false);
    expect(text).toContain(
      'Warning: Existing alarms are not considered. AWS denies cloudwatch:DescribeAlarmsForMetric',
    );
    expect(text).toContain('which ones it has already is not known');
  });

  it('goes on without the alarms on bands', async () => {
    arm('DescribeAlarms', { kind: 'accessDenied' });
    const { text } = await ask({ ...ERRORS, metric_name: 'Invocations', statistic: 'Sum' });
    expect(text).toContain(
      "Warning: Alarms with a band, and ALARM times of the resource's other alarms, are not considered. AWS denies cloudwatch:DescribeAlarms",
    );
    expect(text).toContain('ANOMALY_DETECTION_BAND');
  });

  it('goes on without the history of an alarm', async () => {
    arm('DescribeAlarmHistory', { kind: 'accessDenied' });
    const { text, isError } = await ask({ ...ERRORS, metric_name: 'Duration', statistic: 'p99' });
    expect(isError).toBe(false);
    expect(text).toContain('Warning: States of alarms are missing: AWS denies cloudwatch:DescribeAlarmHistory');
    expect(text).not.toContain('ALARM of');
  });

  it.each([
    [{ ...ERRORS, statistic: 'p101' }, 'a percentile lies between 0 and 100'],
    [{ ...ERRORS, statistic: 'Mittel' }, 'is not a statistic'],
    [{ ...ERRORS, statistik: 'Sum' }, 'statistic'],
    [{ namespace: 'AWS/Lambda' }, 'metric_name'],
    [{ ...ERRORS, namespace: '' }, 'namespace'],
    [{ ...ERRORS, metric_name: ['Errors', 'x'] }, 'metric_name'],
    [{ ...ERRORS, dimensions: [{ name: 'FunctionName' }] }, 'value'],
    [{ ...ERRORS, dimensions: [ERRORS.dimensions[0], ERRORS.dimensions[0]] }, 'twice'],
    [{ ...ERRORS, dimensions: Array.from({ length: 31 }, (_, at) => ({ name: `d${at}`, value: 'x' })) }, 'dimensions'],
    [{ ...ERRORS, region: 'mars-east-1' }, 'region'],
    [{ ...ERRORS, format: 'pulumi' }, 'format'],
  ])('refuses %j', async (args, says) => {
    const { text, isError } = await ask(args);
    expect(isError).toBe(true);
    expect(text).toContain(says);
  });

  it('stays within its budget with a thousand alarms on the metric', async () => {
    const alarm = {
      Namespace: ERRORS.namespace,
      MetricName: ERRORS.metric_name,
      StateValue: 'OK',
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
    };
    arm('DescribeAlarmsForMetric', {
      kind: 'alterOutput',
      alter: () => ({
        MetricAlarms: Array.from({ length: 1_000 }, (_, at) => ({
          ...alarm,
          AlarmName: `alarm-${at}-${'x'.repeat(200)}`,
        })),
      }),
    });
    const result = await bench.run('get_recommended_metric_alarms', ERRORS);
    const text = bench.text(result);
    expect(text.length).toBeLessThanOrEqual(24_000);
    expect(text).toContain('it has 1,000 already');
    expect(text).toContain('950 of the alarms that it has are left out');
    expect(JSON.stringify(result.structuredContent).length).toBeLessThan(60_000);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s in names harmless', async (_, hostile) => {
    const value = hostile.slice(0, 1_000);
    arm('DescribeAlarmsForMetric', {
      kind: 'alterOutput',
      alter: () => ({
        MetricAlarms: [
          {
            AlarmName: value.slice(0, 255),
            StateValue: 'OK',
            Statistic: 'Sum',
            Period: 60,
            Threshold: 1,
            EvaluationPeriods: 1,
          },
        ],
      }),
    });
    arm('GetMetricData', {
      kind: 'alterOutput',
      alter: () => ({
        MetricDataResults: [
          {
            Id: 'm1',
            Label: 'm',
            StatusCode: 'Complete',
            Messages: [],
            Timestamps: Array.from(
              { length: POINTS },
              (_all, at) => new Date(Date.parse('2026-03-01T11:59:00Z') - at * 60_000),
            ),
            Values: Array.from({ length: POINTS }, (_all, at) => Math.round(100 * Math.abs(Math.sin(at * 7)))),
          },
        ],
        Messages: [],
      }),
    });
    const args = { namespace: 'Own', metric_name: 'M', dimensions: [{ name: 'd', value }] };
    const result = await bench.run('get_recommended_metric_alarms', args);
    const [block] = result.content;
    const text = block?.type === 'text' ? block.text : '';
    expect(text).toMatch(/^\d alarms? for `M`/);
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const boundary = /^Text in <(data-[0-9a-f]+)>/m.exec(text)?.[1] ?? '';
    const parts = text.split(new RegExp(`^</?${boundary}>$`, 'm'));
    const outside = parts.filter((_part, index) => index % 2 === 0).join('');
    expect(parts).toHaveLength(5);
    expect(outside.replaceAll(/\]\(https:\S+/g, '')).not.toContain(MARK);
  });
});
