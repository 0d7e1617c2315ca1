import { z } from 'zod';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { type LogGroupId, parseLogGroupId } from '../../../domain/logs/log-group-id.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { GIGABYTE } from '../../../domain/text/log-size.ts';
import { resolveRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { timeRange, where } from '../../../tool/params.ts';
import { chooseScanBudget, scanBudget } from '../shared/arguments-query.ts';
import { targetOfLogGroups } from '../shared/choose-target.ts';
import type { LogGroupAt } from '../shared/one-log-group.ts';
import { createQueryRunner, createScanMeter } from '../shared/read-queries.ts';
import { answerAnalysis } from './answer.ts';
import { answerSeveral } from './answer-several.ts';
import { baselineParam, planWindows } from './arguments.ts';
import { hintNext, hintNextOfSeveral } from './hints.ts';
import { analysisOutput } from './output.ts';
import { analyzeGroup } from './read.ts';

const MAX_GROUPS = 10;
/** Log groups read at once: each holds its messages while they are counted. */
const GROUPS_AT_ONCE = 3;

const groupName = z.string().min(1).max(2_048);

const inputSchema = z.object({
  log_group_arn: groupName.optional().describe('Name or ARN, from describe_log_groups'),
  log_group_names: z.array(groupName).max(MAX_GROUPS).optional().describe('Several at once, names or ARNs'),
  ...timeRange('-1h'),
  baseline: baselineParam,
  max_scan_gb: scanBudget('Stop when all queries together have scanned more gigabytes'),
  ...where,
});

type Input = z.output<typeof inputSchema>;

export const analyzeLogGroup = defineTool({
  name: 'analyze_log_group',
  title: 'Say what is new in log groups',
  description:
    'What is new in one log group, or over several: message patterns that are new, grown or vanished in a time window against the same length before it, field values (version, host, code …) that came or went, the most frequent error and message patterns, event counts over time, anomalies that CloudWatch detected. Use it first when something broke: set start_time to when it began. For single events take the filters that it gives to execute_log_insights_query.',
  toolset: 'logs',
  annotations: READ_ONLY,
  inputSchema,
  outputSchema: analysisOutput,
  async handler(input, context) {
    const ids = readGroups(input);
    const target = targetOfLogGroups(ids, input, context.targets);
    const windows = planWindows(resolveRange(input.start_time, input.end_time, context.nowEpochMs), input.baseline);
    const budget = chooseScanBudget(input.max_scan_gb, context.config.maxScanGb);
    const meter = createScanMeter(budget.gb * GIGABYTE);
    let queries = 0;
    const onEnd = () => {
      queries += 1;
      context.reportProgress({ progress: queries, message: `${queries} queries ended` });
    };
    const hasAnomalies = ids.length === 1;

    const asked = await inParallel(ids, GROUPS_AT_ONCE, async (id) => {
      const at: LogGroupAt = { name: id.name, reference: id.arn ?? id.name, target };
      const runner = createQueryRunner({ target, reference: at.reference, meter, onEnd }, context);
      const work = analyzeGroup({ at, windows, hasAnomalies, runner }, context);
      return { name: id.name, ...(await attempt(context.signal, work)) };
    });

    const analyses = asked.flatMap((each) => ('value' in each ? [each.value] : []));
    const failures = asked.flatMap((each) => ('error' in each ? [each] : []));
    const [first] = analyses;
    const [failure] = failures;
    if (first === undefined && failure !== undefined) throw failure.error;
    const warnings = [
      ...budget.warnings,
      ...failures.map(({ name, error }) => `${inlineName(name)} gave no answer: ${error.publicMessage}`),
    ];
    const cost = { queries, bytesScanned: meter.bytes(), usdPerGb: context.config.insightsUsdPerGb };
    const facts = { nowEpochMs: context.nowEpochMs, cost, warnings };
    return first !== undefined && ids.length === 1
      ? answerAnalysis(first, { ...facts, hints: await hintNext(first, context) })
      : answerSeveral(analyses, windows, { ...facts, asked: ids.length, hints: hintNextOfSeveral(analyses) });
  },
});

/** @throws AppError `invalid_input` when none is named, or too many are */
function readGroups({ log_group_arn: one, log_group_names: names = [] }: Input): readonly LogGroupId[] {
  const ids = [
    ...(one === undefined ? [] : [parseLogGroupId(one, 'log_group_arn')]),
    ...names.map((name) => parseLogGroupId(name, 'log_group_names')),
  ];
  const each = [...new Map(ids.map((id) => [id.arn ?? id.name, id])).values()];
  if (each.length === 0)
    throw new AppError(
      'invalid_input',
      'No log group is named → pass log_group_arn, or log_group_names for several (describe_log_groups lists them).',
    );
  if (each.length > MAX_GROUPS)
    throw new AppError(
      'invalid_input',
      `${each.length} log groups are named, and a call takes ${MAX_GROUPS} → name fewer.`,
    );
  return each;
}
