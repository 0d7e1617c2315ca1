import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../../../local/cloudwatch/math/evaluate.ts';
import { createScenario } from '../../../../local/scenarios/create-scenario.ts';
import type { ScenarioDocument } from '../../../../local/scenarios/document.ts';
import { fc } from '../../../../test/support/property.ts';
import { BENCH_NOW_EPOCH_MS, startToolBench, type ToolBench } from '../../../../test/support/tool-bench.ts';
import { reviewAlarms } from './review-alarms.ts';

const DAY = 86_400;
/** Of data: metrics are evaluated point by point. */
const HOURS = 4;
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:on-call';

type Alarm = NonNullable<ScenarioDocument['metricAlarms']>[number];
type History = NonNullable<ScenarioDocument['alarmHistory']>[number];

const dimensions = (name: string) => [{ Name: 'FunctionName', Value: name }];
const alarm = (name: string, functionName: string, more: Partial<Alarm> = {}): Alarm => ({
  AlarmName: name,
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: dimensions(functionName),
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  // So that no two alarms are copies by chance.
  Threshold: 1_000 + Array.from(name).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'missing',
  ActionsEnabled: true,
  AlarmActions: [TOPIC],
  StateValue: 'OK',
  StateTransitionedTimestamp: -20 * DAY,
  StateUpdatedTimestamp: -20 * DAY,
  AlarmConfigurationUpdatedTimestamp: -40 * DAY,
  ...more,
});
const metric = (functionName: string, MetricName = 'Errors') => ({
  Namespace: 'AWS/Lambda',
  MetricName,
  Dimensions: dimensions(functionName),
  Unit: 'Count',
  period: 300,
  start: -HOURS * 3_600,
  values: Array.from({ length: HOURS * 12 }, () => 0),
});
function changes(name: string, times: readonly number[], seconds: number): History[] {
  return times.flatMap((time) =>
    (
      [
        [time, 'OK', 'ALARM'],
        [time + seconds, 'ALARM', 'OK'],
      ] as const
    ).map(([Timestamp, from, to]) => ({
      AlarmName: name,
      AlarmType: 'MetricAlarm' as const,
      Timestamp,
      HistoryItemType: 'StateUpdate' as const,
      HistorySummary: `Alarm updated from ${from} to ${to}`,
      HistoryData: { version: '1.0', oldState: { stateValue: from }, newState: { stateValue: to, stateReason: 'x' } },
    })),
  );
}

interface World {
  readonly document: ScenarioDocument;
  /** What must be said, `kind name`, and nothing else of any alarm. */
  readonly expected: readonly string[];
}

/** One alarm of each kind under arbitrary names, beside some that are right. */
const seeds = fc.record({
  names: fc.uniqueArray(fc.stringMatching(/^[a-z]{6,9}-[a-z]{6,9}$/), { minLength: 12, maxLength: 12 }),
  hours: fc.constantFrom(2, 3, 4, 6),
  minutes: fc.integer({ min: 5, max: 25 }),
  flaps: fc.integer({ min: 8, max: 30 }),
  days: fc.integer({ min: 3, max: 30 }),
  typo: fc.integer({ min: 0, max: 5 }),
});

type Seeds = typeof seeds extends fc.Arbitrary<infer Value> ? Value : never;

function makeWorld({ names, hours, minutes, flaps, days, typo }: Seeds): World {
  const [right = '', bad = '', regular = '', flappy = '', stuck = '', off = '', quiet = '', child = '', ...more] =
    names;
  const [muted = '', copy = '', gone = '', late = ''] = more;
  const misspelt = `${right.slice(0, typo)}${right[typo + 1]}${right[typo]}${right.slice(typo + 2)}`;
  const isMisspelt = misspelt !== right;
  const made = Array.from({ length: Math.floor((13 * 24) / hours) }, (_, index) => -600 - index * hours * 3_600);
  // Gaps that no clock has, all within some hours.
  const wild = Array.from(
    { length: flaps },
    (_, index) => -8 * DAY + Math.round(60 * (index * 17 + 13 * Math.sin(index * 7))),
  ).sort((a, b) => a - b);
  const metricAlarms = [
    alarm(right, right),
    ...(isMisspelt ? [alarm(bad, misspelt, { StateValue: 'INSUFFICIENT_DATA' })] : []),
    alarm(regular, right),
    alarm(flappy, right),
    alarm(stuck, right, {
      StateValue: 'ALARM',
      StateTransitionedTimestamp: -days * DAY,
      StateUpdatedTimestamp: -days * DAY,
    }),
    alarm(off, right, { ActionsEnabled: false }),
    alarm(quiet, right, { AlarmActions: [] }),
    alarm(child, right, { AlarmActions: [] }),
    alarm(muted, right),
    alarm(copy, right, { Threshold: 7 }),
    alarm(`${copy}-two`, right, { Threshold: 7 }),
    alarm(gone, right, { MetricName: 'Errrors', StateValue: 'INSUFFICIENT_DATA' }),
    alarm(late, right, {
      StateValue: 'INSUFFICIENT_DATA',
      MetricName: 'Throttles',
      StateTransitionedTimestamp: -600,
      StateUpdatedTimestamp: -600,
    }),
  ];
  const one = (kind: string, ...names_: string[]): string[] => names_.map((name) => `${kind} ${name}`);
  return {
    document: {
      format: 1,
      name: 'review',
      metricAlarms,
      compositeAlarms: [
        {
          AlarmName: 'shop-health',
          AlarmRule: `ALARM("${child}") OR ALARM(${right})`,
          AlarmActions: [TOPIC],
          ActionsEnabled: true,
        },
      ],
      alarmHistory: [...changes(regular, made, minutes * 60), ...changes(flappy, wild, 40)],
      muteRules: [
        {
          Name: 'until-fixed',
          Rule: { Schedule: { Expression: 'cron(0 0 * * *)', Duration: 'PT23H59M' } },
          MuteTargets: { AlarmNames: [muted] },
          Status: 'ACTIVE',
          StartDate: -DAY,
        },
      ],
      metrics: [metric(right), metric('billing-invoices')],
    },
    expected: [
      ...(isMisspelt ? one('never_any_data', bad) : []),
      ...one('never_any_data', gone),
      ...one('unwatched', 'billing-invoices'),
      ...one('in_alarm_for_days', stuck),
      ...one('flapping', flappy),
      ...one('regular', regular),
      ...one('disabled', off),
      ...one('muted', muted),
      ...one('no_action', quiet),
      ...one('copies', copy, `${copy}-two`),
    ],
  };
}

const startWorld = (document: ScenarioDocument, options: object = {}): Promise<ToolBench> =>
  startToolBench({
    scenario: createScenario(document, {
      source: 'review',
      anchorEpochMs: BENCH_NOW_EPOCH_MS,
      evaluateQueries: evaluateMetricDataQueries,
    }),
    ...options,
  });

interface Answer {
  readonly alarms: number;
  readonly start_time: string;
  readonly findings: readonly { readonly kind: string; readonly names: readonly string[]; readonly why: string }[];
  readonly next_calls: readonly { readonly tool: string; readonly arguments: string }[];
}

async function review(bench: ToolBench, args: object = {}) {
  const result = await bench.run('review_alarms', args);
  const { structuredContent } = result;
  if (result.isError !== true) expect(reviewAlarms.outputSchema.parse(structuredContent)).toEqual(structuredContent);
  return { text: bench.text(result), answer: structuredContent as Answer };
}

const told = ({ findings }: Answer): string[] =>
  findings.flatMap(({ kind, names }) => names.map((name) => `${kind} ${name}`));

describe('review_alarms', () => {
  it('finds each alarm that is useless and nothing else, whatever the names and times', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (given) => {
        const { document, expected } = makeWorld(given);
        const bench = await startWorld(document);
        const { answer } = await review(bench);
        await bench.close();
        expect(told(answer).sort()).toEqual([...expected].sort());
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });

  it('says nothing of an account without alarms but what has none', async () => {
    const bench = await startWorld({
      format: 1,
      name: 'bare',
      metrics: [metric('shop-cart'), metric('shop-cart', 'Invocations')],
    });
    const { text, answer } = await review(bench);
    expect(answer.alarms).toBe(0);
    expect(told(answer)).toEqual(['unwatched shop-cart']);
    expect(text).toContain('advised, but missing: AWS/Lambda Errors of 1 of 1 by FunctionName: shop-cart');
    const [call] = answer.next_calls;
    const advice = await bench.run(call?.tool ?? '', JSON.parse(call?.arguments ?? ''));
    expect(bench.text(advice)).not.toMatch(/^Error/);
    await bench.close();
  });
});

describe('review_alarms of the shop', () => {
  let bench: ToolBench;
  beforeAll(async () => {
    bench = await startToolBench();
  });
  afterEach(() => bench.local.faults.clear());
  afterAll(() => bench.close());

  it('answers the question in one page', async () => {
    const { text, answer } = await review(bench);
    expect(text).toContain('FunctionName=shop-crat does not exist, FunctionName=shop-cart does');
    expect(text).toMatch(/shop-search-duration-p90 — fires by the clock: every 4h at :\d\d for \d+m, 84 of 84 times/);
    expect(text).toContain('muted: shop-orders-dlq-depth');
    expect(text).toContain('disabled: shop-api-4xx-noise');
    expect(text).toContain('History: 14d, since 2026-02-15T12:00:00Z, whole.');
    expect(text.length).toBeLessThan(4_000);
    expect(answer.next_calls).toHaveLength(3);
    for (const call of answer.next_calls) {
      const result = await bench.run(call.tool, JSON.parse(call.arguments));
      expect(bench.text(result)).not.toMatch(/^(Error|No )/);
    }
  });

  it('looks at the named ones only, and says what it did not look for', async () => {
    const { text, answer } = await review(bench, { name_prefix: 'shop-search' });
    expect(told(answer)).toEqual(['regular shop-search-duration-p90']);
    expect(text).toContain('Resources without alarms are looked for without name_prefix only.');
  });

  it.each([
    [
      'DescribeAlarmHistory',
      'The history of alarms could not be read: AWS denies cloudwatch:DescribeAlarmHistory',
      'regular',
    ],
    ['ListAlarmMuteRules', 'Which alarms are muted is not known: AWS denies cloudwatch:ListAlarmMuteRules', 'muted'],
    ['ListMetrics', 'Resources without alarms were not looked for: AWS denies cloudwatch:ListMetrics', 'unwatched'],
  ])('goes on without %s, and says what is missing', async (operation, warning, kind) => {
    bench.local.faults.add({ operation, fault: { kind: 'accessDenied' } });
    const { text, answer } = await review(bench);
    expect(text).toContain(warning);
    expect(answer.findings.map((finding) => finding.kind)).not.toContain(kind);
    expect(answer.findings.length).toBeGreaterThan(2);
  });

  it('reads thirty pages of history at most, and says which days they cover', async () => {
    bench.local.faults.add({ operation: 'DescribeAlarmHistory', fault: { kind: 'endlessPages' } });
    // The pace waits by this clock, not by a watch.
    bench.local.faults.add({
      operation: 'DescribeAlarmHistory',
      fault: {
        kind: 'alterOutput',
        alter(output) {
          bench.pass(400);
          return output;
        },
      },
    });
    const before = bench.local.requests.of('DescribeAlarmHistory').length;
    const { text, answer } = await review(bench);
    expect(bench.local.requests.of('DescribeAlarmHistory').length - before).toBe(30);
    expect(text).toMatch(/History: only from 2026-0\d-\d\dT[\d:]+Z on \(asked for 14d\)/);
    expect(Date.parse(answer.start_time)).toBeGreaterThan(BENCH_NOW_EPOCH_MS - 14 * DAY * 1_000);
  });
});
